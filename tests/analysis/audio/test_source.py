"""Decoding by seeking: the right samples, from anything, or one clear failure."""

from __future__ import annotations

import wave
from pathlib import Path

import av
import numpy as np
import pytest

from genretagger.analysis import audio
from genretagger.core.errors import DecodeError, TrackSilentError, TrackTooShortError
from genretagger.core.predictions import FeatureSpec
from tests.helpers.samples import FORMATS, encode

SPEC = FeatureSpec(
    sample_rate_hz=16000,
    n_fft=512,
    hop_length=256,
    n_mels=96,
    n_frames=187,
    log_multiplier=10000.0,
    max_segments=10,
    segments_per_excerpt=2,
    level_db=-17.4,
)


def write_wav(path, samples, *, sample_rate_hz, channels=1):
    """Write interleaved int16 `samples` by the standard library."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(sample_rate_hz)
        file.writeframes(np.asarray(samples, "<i2").tobytes())
    return path


def write_float_wav(path, samples, *, sample_rate_hz):
    """Write float32 mono `samples` (format 3, IEEE float), which the standard library cannot."""
    data = np.asarray(samples, "<f4").tobytes()
    fmt = np.array([3 | 1 << 16], "<u4").tobytes()
    fmt += np.array([sample_rate_hz, sample_rate_hz * 4], "<u4").tobytes()
    fmt += np.array([4, 32], "<u2").tobytes()
    chunks = b"fmt " + np.array([len(fmt)], "<u4").tobytes() + fmt
    chunks += b"data" + np.array([len(data)], "<u4").tobytes() + data
    path.write_bytes(b"RIFF" + np.array([len(chunks) + 4], "<u4").tobytes() + b"WAVE" + chunks)
    return path


def test_a_file_in_which_nothing_can_be_sought_is_too_short_and_not_damaged(tmp_path):
    path = encode(tmp_path / "a.flac", seconds=0.08)
    with pytest.raises(TrackTooShortError):
        audio.decode_excerpts(path, spec=SPEC)


def test_a_short_track_is_heard_in_one_piece_from_its_start():
    assert audio.plan_excerpts(30.0, spec=SPEC) == ((0.0, 29.92),)


@pytest.mark.parametrize("duration_s", [45.0, 200.0, 36000.0])
def test_a_long_track_is_heard_in_pieces_spread_over_it(duration_s):
    plan = audio.plan_excerpts(duration_s, spec=SPEC)
    middles = [start_s + length_s / 2 for start_s, length_s in plan]
    assert np.allclose(middles, duration_s * np.array([0.1, 0.3, 0.5, 0.7, 0.9]))
    assert plan[0][0] >= 0
    assert plan[-1][0] + plan[-1][1] <= duration_s


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_every_container_is_decoded_at_the_asked_rate(tmp_path, suffix):
    path = encode(tmp_path / f"a{suffix}", seconds=2.0, frequencies_hz=(440.0,))
    (excerpt,) = audio.decode_excerpts(path, spec=SPEC)
    assert excerpt.samples.dtype == np.float32
    assert excerpt.samples.size == pytest.approx(2.0 * 16000, rel=0.08)
    middle = excerpt.samples[8000:24000]
    spectrum = np.abs(np.fft.rfft(middle))
    assert np.argmax(spectrum) == 440


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".m4a", ".opus", ".ogg"])
def test_an_excerpt_starts_at_the_very_sample_that_was_asked_for(tmp_path, suffix):
    # Noise: a shift by one sample would be seen at once.
    path = encode(tmp_path / f"a{suffix}", seconds=60.0, frequencies_hz=(), noise=0.3)
    whole = audio.decode_from_start(path, sample_rate_hz=16000, at_most_s=60.0).samples
    excerpts = audio.decode_excerpts(path, spec=SPEC)
    assert len(excerpts) == 5
    for excerpt in excerpts:
        start = round(excerpt.start_s * 16000)
        around = whole[start - 200 : start + excerpt.samples.size + 200]
        found = int(np.argmax(np.correlate(around, excerpt.samples, "valid"))) - 200
        assert abs(found) <= 1


@pytest.mark.parametrize("sample_rate_hz", [8000, 11025, 96000, 192000])
def test_sample_rates_from_8_to_192_khz(tmp_path, sample_rate_hz):
    path = encode(tmp_path / "a.flac", sample_rate_hz=sample_rate_hz, frequencies_hz=(440.0,))
    (excerpt,) = audio.decode_excerpts(path, spec=SPEC)
    assert np.argmax(np.abs(np.fft.rfft(excerpt.samples[8000:24000]))) == 440


@pytest.mark.parametrize("channels", [1, 2, 3, 4, 6, 8])
def test_mono_to_seven_point_one(tmp_path, channels):
    sine = 9000 * np.sin(2 * np.pi * 440 * np.arange(32000) / 16000)
    samples = np.repeat(sine, channels)
    path = write_wav(tmp_path / "a.wav", samples, sample_rate_hz=16000, channels=channels)
    (excerpt,) = audio.decode_excerpts(path, spec=SPEC)
    assert np.argmax(np.abs(np.fft.rfft(excerpt.samples[8000:24000]))) == 440


def test_one_second_is_enough_and_less_is_refused_by_name(tmp_path):
    rate = 16000
    noise = np.random.default_rng(0).integers(-9000, 9000, 2 * rate)
    just = write_wav(tmp_path / "just.wav", noise[:rate], sample_rate_hz=rate)
    short = write_wav(tmp_path / "short.wav", noise[: rate // 2], sample_rate_hz=rate)
    assert audio.decode_excerpts(just, spec=SPEC)[0].samples.size == rate
    with pytest.raises(TrackTooShortError, match=r"short\.wav has 0\.5 s of audio"):
        audio.decode_excerpts(short, spec=SPEC)


def test_silence_is_refused_by_name(tmp_path):
    path = write_wav(tmp_path / "quiet.wav", np.zeros(48000), sample_rate_hz=16000)
    with pytest.raises(TrackSilentError, match=r"quiet\.wav is silent"):
        audio.decode_excerpts(path, spec=SPEC)


def test_samples_that_are_no_numbers_or_far_too_loud_become_harmless(tmp_path):
    samples = np.random.default_rng(0).normal(size=48000) * 0.1
    samples[5000:5010] = np.nan
    samples[9000] = np.inf
    samples[12000:12100] = 1e30
    path = write_float_wav(tmp_path / "bad.wav", samples, sample_rate_hz=16000)
    (excerpt,) = audio.decode_excerpts(path, spec=SPEC)
    assert np.isfinite(excerpt.samples).all()
    assert np.abs(excerpt.samples).max() <= 8.0


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"ID3", b"RIFF\0\0\0\0WAVE", b"fLaC" * 99])
def test_garbage_is_one_failure_that_names_the_file(tmp_path, content):
    path = tmp_path / "garbage.mp3"
    path.write_bytes(content)
    with pytest.raises(DecodeError, match=r"garbage\.mp3"):
        audio.decode_excerpts(path, spec=SPEC)


@pytest.mark.parametrize("suffix", [".ofr", ".OFS"])
def test_optimfrog_says_that_nobody_can_decode_it(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"OFR \x0c\0\0\0" + bytes(500))
    with pytest.raises(DecodeError, match="no free decoder for OptimFROG"):
        audio.decode_excerpts(path, spec=SPEC)


def test_a_truncated_file_is_judged_by_what_is_left(tmp_path):
    whole = encode(tmp_path / "whole.flac", seconds=60.0, noise=0.3)
    cut = tmp_path / "cut.flac"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 4])
    excerpts = audio.decode_excerpts(cut, spec=SPEC)
    assert excerpts
    assert all(excerpt.samples.size for excerpt in excerpts)


def test_damaged_packets_in_the_middle_are_left_out(tmp_path):
    path = encode(tmp_path / "a.mp3", seconds=10.0, noise=0.3)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 3000] = b"\xff" * 3000
    path.write_bytes(content)
    (excerpt,) = audio.decode_excerpts(path, spec=SPEC)
    assert excerpt.samples.size > 7 * 16000


def test_a_file_without_audio_says_so(tmp_path):
    path = tmp_path / "video.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 32
        for _ in range(5):
            frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(DecodeError, match=r"video\.mp4 is a video without sound"):
        audio.decode_excerpts(path, spec=SPEC)


def test_a_playlist_is_never_followed(tmp_path):
    encode(tmp_path / "target.flac", noise=0.3)
    hls = tmp_path / "hls.mp3"
    hls.write_text("#EXTM3U\n#EXTINF:2,\ntarget.flac\n#EXT-X-ENDLIST\n")
    concat = tmp_path / "concat.mp3"
    concat.write_text("ffconcat version 1.0\nfile target.flac\n")
    for path in (hls, concat):
        with pytest.raises(DecodeError):
            audio.decode_excerpts(path, spec=SPEC)


def test_a_name_that_is_not_utf8_is_opened(tmp_path):
    encode(tmp_path / "a.flac").rename(tmp_path / "\udcff\udcfe.flac")
    assert audio.decode_excerpts(tmp_path / "\udcff\udcfe.flac", spec=SPEC)


def test_a_name_like_a_protocol_is_only_a_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    encode(tmp_path / "a.flac").rename(tmp_path / "concat:a.flac")
    assert audio.decode_excerpts(Path("concat:a.flac"), spec=SPEC)


def test_ten_hours_are_heard_by_seeking(tmp_path):
    rate, hours = 8000, 10
    path = write_wav(tmp_path / "long.wav", np.zeros(0), sample_rate_hz=rate)
    header = bytearray(path.read_bytes())
    n_bytes = hours * 3600 * rate * 2
    header[4:8] = (n_bytes + 36).to_bytes(4, "little")
    header[40:44] = n_bytes.to_bytes(4, "little")
    noise = np.random.default_rng(0).integers(-9000, 9000, 10 * rate).astype("<i2").tobytes()
    with path.open("wb") as file:
        file.write(header)
        for start_s, _ in audio.plan_excerpts(hours * 3600.0, spec=SPEC):
            file.seek(44 + int(start_s - 1) * rate * 2)
            file.write(noise)
        file.truncate(44 + n_bytes)
    excerpts = audio.decode_excerpts(path, spec=SPEC)
    assert [round(excerpt.start_s) for excerpt in excerpts] == [3597, 10797, 17997, 25197, 32397]
    assert all(np.abs(excerpt.samples).max() > 0.1 for excerpt in excerpts)
