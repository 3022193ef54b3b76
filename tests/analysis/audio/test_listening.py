"""What is heard of files as they are in life: cancelled, silent in parts, of a wrong length."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from genretagger.analysis import audio
from genretagger.analysis.envelope import read_envelope
from genretagger.core.errors import TrackSilentError
from tests.analysis.audio.test_source import SPEC
from tests.helpers.samples import encode, encode_signal, encode_streams

RATE = 48000


def noise(seconds, *, seed=0, level=0.2):
    """Return mono noise, most of it low as in music: float32 [n_samples]."""
    white = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    spectrum = np.fft.rfft(white)
    spectrum *= 1 / np.sqrt(1 + np.arange(spectrum.size) * RATE / white.size / 100)
    pink = np.fft.irfft(spectrum, white.size)
    return (level * pink / pink.std()).astype(np.float32)


def late(samples, n_samples):
    return np.concatenate([np.zeros(n_samples, np.float32), samples])[: samples.size]


def alike(heard, wanted):
    """Return the correlation of excerpts with `wanted`, which is mono at 48 kHz."""
    here = np.concatenate([excerpt.samples for excerpt in heard]).astype(np.float64)
    there = wanted.astype(np.float64)
    there = there[: there.size // 3 * 3].reshape(-1, 3).mean(axis=1)[: here.size]
    return float(np.corrcoef(here[: there.size], there)[0, 1])


def correlation(one, other):
    n_samples = min(one.samples.size, other.samples.size)
    return float(np.corrcoef(one.samples[:n_samples], other.samples[:n_samples])[0, 1])


def level(excerpts):
    return float(np.sqrt(np.mean([np.square(one.samples).mean() for one in excerpts])))


# Channels that cancel each other


@pytest.mark.parametrize("lateness", [0, 10, 50])
@pytest.mark.parametrize("suffix", [".flac", ".mp3"])
def test_of_inverted_channels_one_is_heard(tmp_path, suffix, lateness):
    left = noise(12)
    path = tmp_path / f"a{suffix}"
    encode_signal(path, np.stack([left, -0.9 * late(left, lateness)]), sample_rate_hz=RATE)
    assert level(audio.decode_excerpts(path, spec=SPEC)) > 0.15
    alone = encode_signal(tmp_path / f"b{suffix}", left[np.newaxis], sample_rate_hz=RATE)
    (here,) = audio.decode_excerpts(path, spec=SPEC)
    (there,) = audio.decode_excerpts(alone, spec=SPEC)
    assert correlation(here, there) > 0.95


def test_all_excerpts_of_a_track_are_mixed_alike(tmp_path):
    # The middle is inverted, the rest is not: the left channel is heard in all of it.
    left = noise(60)
    right = left.copy() * 0.8
    right[20 * RATE : 40 * RATE] *= -1
    path = encode_signal(tmp_path / "a.flac", np.stack([left, right]), sample_rate_hz=RATE)
    alone = encode_signal(tmp_path / "b.flac", left[np.newaxis], sample_rate_hz=RATE)
    for here, there in zip(
        audio.decode_excerpts(path, spec=SPEC),
        audio.decode_excerpts(alone, spec=SPEC),
        strict=True,
    ):
        assert correlation(here, there) > 0.999


@pytest.mark.parametrize("relation", [1.0, 0.5, 0.0, -0.5])
def test_normal_stereo_is_heard_as_the_mean_of_its_channels(tmp_path, relation):
    left, other = noise(10), noise(10, seed=1)
    right = relation * left + np.sqrt(1 - relation**2) * other
    path = encode_signal(tmp_path / "a.flac", np.stack([left, right]), sample_rate_hz=RATE)
    mean = encode_signal(tmp_path / "b.flac", (left + right)[np.newaxis] / 2, sample_rate_hz=RATE)
    (here,) = audio.decode_excerpts(path, spec=SPEC)
    (there,) = audio.decode_excerpts(mean, spec=SPEC)
    assert correlation(here, there) > 0.99999


@pytest.mark.parametrize("gains", [(0, 0, 0, 0, 1, -1), (0, 0, 0, 0, 1, 1), (0, 0, 0, 0, 1, 0)])
def test_music_in_the_surrounds_alone_is_heard(tmp_path, gains):
    left = noise(6)
    signal = np.array(gains, np.float32)[:, np.newaxis] * left
    path = encode_signal(tmp_path / "a.flac", signal, sample_rate_hz=RATE)
    assert alike(audio.decode_excerpts(path, spec=SPEC), left) > 0.8


def test_music_in_the_low_frequency_channel_alone_is_heard(tmp_path):
    left = noise(6)
    gains = np.array([0, 0, 0, 1, 0, 0], np.float32)[:, np.newaxis]
    path = encode_signal(tmp_path / "a.flac", gains * left, sample_rate_hz=RATE)
    assert alike(audio.decode_excerpts(path, spec=SPEC), left) > 0.8
    signal = gains * left + 0.01 * (1 - gains) * noise(6, seed=1)  # which is not heard otherwise
    path = encode_signal(tmp_path / "b.flac", signal, sample_rate_hz=RATE)
    assert alike(audio.decode_excerpts(path, spec=SPEC), noise(6, seed=1)) > 0.8


def test_eight_channels_in_planes_are_looked_into(tmp_path):
    left = noise(4)
    gains = np.array((0, 0, 0, 0, 0, 0, 1, -1), np.float32)
    path = encode_signal(tmp_path / "a.opus", gains[:, np.newaxis] * left, sample_rate_hz=RATE)
    assert level(audio.decode_excerpts(path, spec=SPEC)) > 0.1
    assert read_envelope(path).levels.max() == 1.0


def test_one_silent_side_changes_nothing(tmp_path):
    left = noise(6)
    path = encode_signal(tmp_path / "a.flac", np.stack([left, 0 * left]), sample_rate_hz=RATE)
    assert alike(audio.decode_excerpts(path, spec=SPEC), left) > 0.8


def test_the_envelope_of_inverted_channels_is_not_flat(tmp_path):
    left = noise(4)
    left[: 2 * RATE] *= 0.1
    path = encode_signal(tmp_path / "a.flac", np.stack([left, -left]), sample_rate_hz=RATE)
    levels = read_envelope(path).levels
    assert levels[: levels.size // 2 - 1].max() < 0.2 < levels[levels.size // 2 + 1 :].min()


# Silence inside a track


def parts(*lengths_s):
    """Return noise of the given lengths, silence for the negative ones; one channel."""
    made = [
        noise(s, seed=n) if s > 0 else np.zeros(round(-s * RATE), np.float32)
        for n, s in enumerate(lengths_s)
    ]
    return np.concatenate(made)[np.newaxis]


@pytest.mark.parametrize(
    "lengths_s",
    [(20, -60), (-60, 20), (10, -70, 10), (-25, 10, -150, 10), (60, -90, 15), (8, -20)],
)
def test_silence_is_left_out_and_all_else_is_heard(tmp_path, lengths_s):
    path = encode_signal(tmp_path / "a.flac", parts(*lengths_s), sample_rate_hz=RATE)
    decoded = audio.decode_track(path, spec=SPEC)
    assert decoded.duration_s == pytest.approx(sum(map(abs, lengths_s)))
    heard_s = sum(excerpt.samples.size for excerpt in decoded.excerpts) / SPEC.sample_rate_hz
    sound_s = sum(length for length in lengths_s if length > 0)
    assert heard_s == pytest.approx(min(sound_s, 29.92), abs=0.5)
    edges = np.cumsum([0, *map(abs, lengths_s)])
    for excerpt in decoded.excerpts:
        assert np.sqrt(np.square(excerpt.samples).mean()) > 0.1
        part = int(np.searchsorted(edges, excerpt.start_s + 0.3, side="right")) - 1
        assert lengths_s[part] > 0


def test_the_hiss_of_a_tape_is_no_music(tmp_path):
    signal = parts(-100, 20, -100)
    signal += 0.0005 * np.random.default_rng(9).standard_normal(signal.size).astype(np.float32)
    path = encode_signal(tmp_path / "a.flac", signal, sample_rate_hz=RATE)
    excerpts = audio.decode_excerpts(path, spec=SPEC)
    assert all(99 < excerpt.start_s < 120 for excerpt in excerpts)


@pytest.mark.parametrize("offset", [0.0005, 0.003, 0.1])
def test_a_constant_offset_is_silent(tmp_path, offset):
    signal = np.concatenate([parts(20), parts(-80) + offset], axis=1).astype(np.float32)
    path = encode_signal(tmp_path / "a.flac", signal, sample_rate_hz=RATE)
    (excerpt,) = audio.decode_excerpts(path, spec=SPEC)
    assert excerpt.start_s == 0
    assert excerpt.samples.size == pytest.approx(20 * SPEC.sample_rate_hz, rel=0.03)
    path = encode_signal(tmp_path / "b.flac", signal[:, 30 * RATE :], sample_rate_hz=RATE)
    with pytest.raises(TrackSilentError):
        audio.decode_excerpts(path, spec=SPEC)


def test_an_offset_under_music_changes_nothing(tmp_path):
    path = encode_signal(tmp_path / "a.flac", parts(60) + 0.1, sample_rate_hz=RATE)
    excerpts = audio.decode_excerpts(path, spec=SPEC)
    assert [excerpt.start_s for excerpt in excerpts] == pytest.approx(
        [3.008, 15.008, 27.008, 39.008, 51.008]
    )
    heard = np.concatenate([excerpt.samples for excerpt in excerpts])
    assert heard.mean() == pytest.approx(0.1, abs=0.01)


def test_a_soft_track_is_heard_as_it_is(tmp_path):
    path = encode_signal(tmp_path / "a.flac", parts(60) * 0.002, sample_rate_hz=RATE)
    starts_s = [excerpt.start_s for excerpt in audio.decode_excerpts(path, spec=SPEC)]
    assert starts_s == pytest.approx([3.008, 15.008, 27.008, 39.008, 51.008])


def test_silent_is_what_is_silent_as_a_whole(tmp_path):
    path = encode_signal(tmp_path / "a.flac", parts(-100), sample_rate_hz=RATE)
    with pytest.raises(TrackSilentError):
        audio.decode_excerpts(path, spec=SPEC)


# Lengths


def spread_over(path, duration_s):
    """Assert that `path` is heard in pieces spread over `duration_s`, each from its place."""
    decoded = audio.decode_track(path, spec=SPEC)
    assert decoded.duration_s == pytest.approx(duration_s, abs=0.5)
    middles = np.array([excerpt.start_s + 2.992 for excerpt in decoded.excerpts])
    assert np.allclose(middles, duration_s * np.array([0.1, 0.3, 0.5, 0.7, 0.9]), atol=0.5)
    whole = audio.decode_from_start(path, sample_rate_hz=16000, at_most_s=2 * duration_s).samples
    for excerpt in decoded.excerpts:
        start = round(excerpt.start_s * 16000)
        around = whole[start - 400 : start + 32000 + 400]
        found = np.correlate(around, excerpt.samples[:32000], "valid")
        assert abs(int(np.argmax(found)) - 400) <= 200  # what FFmpeg trims where a header is wrong


@pytest.mark.parametrize("n_samples", [0, 6 * 44100, 3600 * 44100])
def test_a_flac_whose_header_counts_wrongly(tmp_path, n_samples):
    path = encode(tmp_path / "a.flac", seconds=60, channels=1, noise=0.3)
    content = bytearray(path.read_bytes())
    # https://www.rfc-editor.org/rfc/rfc9639#section-8.2: 36 bits up to the checksum
    fields = int.from_bytes(content[18:26], "big") >> 36 << 36
    content[18:26] = (fields | n_samples).to_bytes(8, "big")
    path.write_bytes(content)
    spread_over(path, 60)


@pytest.mark.parametrize("n_frames", [500, 2**31])
def test_an_mp3_whose_header_counts_wrongly(tmp_path, n_frames):
    path = encode(tmp_path / "a.mp3", seconds=60, channels=1, noise=0.3)
    content = bytearray(path.read_bytes())
    at = max(content.find(b"Xing"), content.find(b"Info")) + 8
    content[at : at + 4] = n_frames.to_bytes(4, "big")
    path.write_bytes(content)
    spread_over(path, 60)


def test_an_mp3_whose_first_frames_have_another_bit_rate(tmp_path):
    fast, slow = (
        encode_signal(
            tmp_path / f"{rate}.mp3",
            noise(seconds)[np.newaxis],
            sample_rate_hz=RATE,
            codec="libmp3lame",
            options={"write_xing": "0", "b": rate},
        ).read_bytes()
        for rate, seconds in (("320k", 1), ("64k", 60))
    )
    path = tmp_path / "a.mp3"
    path.write_bytes(fast + slow)
    spread_over(path, 61)


@pytest.mark.parametrize("size", [0, 0x7FFFF000, 0xFFFFFFFF])
def test_a_wav_whose_size_was_never_filled_in(tmp_path, size):
    path = encode(tmp_path / "a.wav", seconds=60, channels=1, noise=0.3)
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = struct.pack("<I", size)
    path.write_bytes(content)
    spread_over(path, 60)


@pytest.mark.parametrize(
    ("suffix", "codec", "container"),
    [(".aac", "aac", "adts"), (".wav", "libmp3lame", "wav")],
)
def test_streams_without_a_length(tmp_path, suffix, codec, container):
    path = tmp_path / f"a{suffix}"
    signal = noise(60)[np.newaxis]
    signal[:, : 20 * RATE] *= 0.01  # the first seconds are not what the bit rate is
    encode_signal(path, signal, sample_rate_hz=RATE, codec=codec, container=container)
    spread_over(path, 60)


def test_adpcm_in_a_wav_is_heard_over_all_of_it(tmp_path):
    path = tmp_path / "a.wav"
    encode_signal(path, noise(60)[np.newaxis], sample_rate_hz=RATE, codec="adpcm_ms")
    decoded = audio.decode_track(path, spec=SPEC)
    assert decoded.duration_s == pytest.approx(60, rel=0.02)
    assert len(decoded.excerpts) == 5


def test_an_ogg_without_its_last_page(tmp_path):
    path = encode(tmp_path / "a.opus", seconds=60, channels=1, noise=0.3)
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"OggS")])
    duration_s = audio.decode_track(path, spec=SPEC).duration_s
    assert 57 < duration_s <= 60
    spread_over(path, duration_s)


def test_a_chain_of_oggs_is_heard_over_all_of_it(tmp_path):
    links = [
        encode(tmp_path / f"{n}.opus", seconds=30 + n, channels=1, noise=0.3, seed=n).read_bytes()
        for n in range(2)
    ]
    path = tmp_path / "a.opus"
    path.write_bytes(b"".join(links))
    spread_over(path, 61)


@pytest.mark.parametrize("n_lost", [3000, 30000])
def test_a_damaged_ogg_is_not_taken_for_a_chain(tmp_path, n_lost):
    path = encode(tmp_path / "a.oga", seconds=20, sample_rate_hz=22050, noise=0.3)
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:middle] + content[middle + n_lost :])
    assert audio.decode_track(path, spec=SPEC).duration_s == pytest.approx(20, abs=0.5)


def test_a_right_claim_is_taken_as_it_is(tmp_path):
    path = encode(tmp_path / "a.flac", seconds=61.23, noise=0.3)
    assert audio.decode_track(path, spec=SPEC).duration_s == pytest.approx(61.23, abs=1e-4)


# Several streams


@pytest.mark.parametrize("default", [0, 1])
def test_of_two_streams_the_default_one_is_heard(tmp_path, default):
    signals = [noise(6, seed=seed)[np.newaxis] for seed in (1, 2)]
    path = tmp_path / "a.mp4"
    encode_streams(path, signals, default=default, container="mp4", codec="aac")
    excerpts = audio.decode_excerpts(path, spec=SPEC)
    assert alike(excerpts, signals[default][0]) > 0.5
    assert abs(alike(excerpts, signals[1 - default][0])) < 0.2


# Damage


@pytest.mark.parametrize("suffix", [".ogg", ".opus", ".m4a", ".wma", ".mp3", ".flac", ".wv"])
@pytest.mark.parametrize("seconds", [20, 60])
def test_damage_in_the_middle_costs_only_itself(tmp_path, suffix, seconds):
    path = encode(tmp_path / f"a{suffix}", seconds=seconds, noise=0.3)
    content = bytearray(path.read_bytes())
    junk = np.random.default_rng(3).integers(0, 256, 4000, dtype=np.uint8).tobytes()
    for share in (0.32, 0.5, 0.71):
        at = int(share * len(content))
        content[at : at + len(junk)] = junk
    path.write_bytes(content)
    excerpts = audio.decode_excerpts(path, spec=SPEC)
    heard_s = sum(excerpt.samples.size for excerpt in excerpts) / SPEC.sample_rate_hz
    # WavPack's demuxer does not find its way back to the start of a block by itself.
    assert heard_s > (0.4 if suffix == ".wv" else 0.8) * min(seconds, 29.92)


@pytest.mark.parametrize("suffix", [".ogg", ".opus", ".m4a", ".wma", ".mp3", ".flac", ".wv"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_file_that_is_cut_off_is_heard_as_far_as_it_goes(tmp_path, suffix, share):
    options = {"movflags": "faststart"} if suffix == ".m4a" else None
    path = encode(tmp_path / f"a{suffix}", seconds=60, noise=0.3, options=options)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    decoded = audio.decode_track(path, spec=SPEC)
    assert decoded.duration_s == pytest.approx(60 * share, rel=0.1)
    heard_s = sum(excerpt.samples.size for excerpt in decoded.excerpts) / SPEC.sample_rate_hz
    assert heard_s == pytest.approx(min(60 * share, 29.92), rel=0.1)
