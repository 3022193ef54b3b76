"""Files whose headers or times say where the music is, and are wrong: heard over all of it."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest

from genretagger.analysis import audio
from genretagger.analysis.audio.timing import Clock
from genretagger.core.errors import TrackError
from genretagger.tagging.layout import ogg
from tests.analysis.audio.test_listening import RATE, noise, spread_over
from tests.analysis.audio.test_source import SPEC, write_wav
from tests.helpers.raw_files import riff_chunk
from tests.helpers.samples import encode, encode_signal

# Ogg Vorbis


def with_granules(path, granule):
    """Give each page of an Ogg the granule that `granule` makes of its number and its own one."""
    pages = list(ogg.read_pages(io.BytesIO(path.read_bytes())))
    for page in pages:
        page.position = granule(page.sequence, page.position)
    path.write_bytes(b"".join(page.write() for page in pages))


@pytest.fixture
def vorbis(tmp_path):
    """Return an Ogg Vorbis file of 60 s, and the number of its last page."""
    path = encode(tmp_path / "a.ogg", seconds=60, noise=0.3)
    *_, last = ogg.read_pages(io.BytesIO(path.read_bytes()))
    return path, last.sequence


@pytest.mark.parametrize("seconds", [0, 6, 65, 110, 36000])
def test_an_ogg_whose_last_page_says_another_end(vorbis, seconds):
    path, last = vorbis
    with_granules(path, lambda number, own: 44100 * seconds if number == last else own)
    spread_over(path, 60)


@pytest.mark.parametrize("seconds", [3600, 40, -30])
def test_an_ogg_whose_times_jump(vorbis, seconds):
    path, last = vorbis
    jump = 44100 * seconds
    with_granules(path, lambda number, own: own + jump if number > last // 2 < own else own)
    spread_over(path, 60)


def test_an_ogg_that_says_less_than_what_is_heard_of_it(vorbis):
    path, last = vorbis
    with_granules(path, lambda number, own: own - 44100 * 29 if number > last // 2 else own)
    spread_over(path, 60)


def test_an_ogg_of_uneven_bit_rate_is_heard_where_its_times_say(tmp_path):
    signal = noise(60)[np.newaxis].repeat(2, axis=0)
    signal[:, : 40 * RATE] *= 0.003
    path = encode_signal(tmp_path / "a.ogg", signal, sample_rate_hz=RATE)
    spread_over(path, 60)


def test_a_clock_counts_on_where_times_jump():
    clock = Clock(is_sought=False)
    times = [(0.0, 1.0), (1.0, 1.0), (None, 1.0), (100.0, 1.0), (101.0, 1.0), (5.0, 900.0)]
    assert [clock.place(*time) for time in times] == [(float(n), 1.0) for n in range(6)]
    assert clock.has_jumped


def test_a_clock_does_not_take_long_packets_of_no_length_for_jumps():
    clock = Clock(is_sought=False)
    assert [clock.place(at, 0.0) for at in (0.0, 6.7, 13.4)] == [
        (0.0, 0.0),
        (6.7, 0.0),
        (13.4, 0.0),
    ]
    assert not clock.has_jumped


# FLAC


@pytest.mark.parametrize("lengths_s", [(25, 15, 20), (12, 30), (8, 8, 8)])
def test_flacs_that_were_appended_to_each_other(tmp_path, lengths_s):
    path = tmp_path / "a.flac"
    links = [
        encode(tmp_path / f"{n}.flac", seconds=s, channels=1, noise=0.3, seed=n).read_bytes()
        for n, s in enumerate(lengths_s)
    ]
    path.write_bytes(b"".join(links))
    # FFmpeg loses a few frames at each seam.
    decoded = audio.decode_track(path, spec=SPEC)
    assert decoded.duration_s == pytest.approx(sum(lengths_s), abs=1)
    heard_s = sum(excerpt.samples.size for excerpt in decoded.excerpts) / SPEC.sample_rate_hz
    assert heard_s == pytest.approx(min(29.92, sum(lengths_s)), abs=1)


# Musepack


def test_a_musepack_is_as_long_as_its_packets(tmp_path):
    path = encode(tmp_path / "a.mpc", seconds=60, noise=0.3)
    duration_s = audio.decode_track(path, spec=SPEC).duration_s
    assert 60 <= duration_s < 60 + 64 * 1152 / 44100
    whole = audio.decode_from_start(path, sample_rate_hz=16000, at_most_s=70).samples
    for excerpt in audio.decode_excerpts(path, spec=SPEC):
        start = round(excerpt.start_s * 16000)
        around = whole[start - 1600 : start + 32000 + 1600]
        # What the decoder leaves out at its beginning FFmpeg does not add where it seeks.
        found = np.argmax(np.correlate(around, excerpt.samples[:32000], "valid"))
        assert abs(int(found) - 1600) < 0.05 * 16000


# WAV


def with_field(path, name, offset, value):
    """Write `value` into the chunk `name`, at `offset` from the start of what is in it."""
    content = bytearray(path.read_bytes())
    at = content.index(name) + 8 + offset
    content[at : at + 4] = struct.pack("<I", value)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("byte_rate", [0, 20000, 1_000_000])
@pytest.mark.parametrize("codec", ["pcm_s16le", "pcm_f32le", "pcm_mulaw"])
def test_a_wav_whose_byte_rate_is_wrong(tmp_path, codec, byte_rate):
    path = tmp_path / "a.wav"
    encode_signal(path, noise(60)[np.newaxis], sample_rate_hz=RATE, codec=codec)
    spread_over(with_field(path, b"fmt ", 8, byte_rate), 60)


@pytest.mark.parametrize("byte_rate", [0, 4000, 400_000])
@pytest.mark.parametrize("codec", ["adpcm_ms", "adpcm_ima_wav"])
def test_an_adpcm_whose_byte_rate_is_wrong(tmp_path, codec, byte_rate):
    path = tmp_path / "a.wav"
    encode_signal(path, noise(60)[np.newaxis], sample_rate_hz=RATE, codec=codec)
    spread_over(with_field(path, b"fmt ", 8, byte_rate), 60)


def test_an_mp3_in_a_wav_has_the_byte_rate_that_it_has(tmp_path):
    path = tmp_path / "a.wav"
    encode_signal(path, noise(60)[np.newaxis], sample_rate_hz=RATE, codec="libmp3lame")
    spread_over(with_field(path, b"fmt ", 8, 3000), 60)


def recorded(tmp_path, codec="pcm_s16le"):
    """Return a WAV of 60 s whose header was filled in when there were 10 s."""
    path = tmp_path / "a.wav"
    encode_signal(path, noise(60)[np.newaxis], sample_rate_hz=RATE, codec=codec)
    width = {"pcm_s16le": 2, "pcm_s24le": 3, "pcm_s32le": 4}[codec]
    return with_field(path, b"data", -4, 10 * RATE * width)


@pytest.mark.parametrize("codec", ["pcm_s16le", "pcm_s24le", "pcm_s32le"])
def test_a_wav_whose_header_was_not_renewed_is_heard_to_its_end(tmp_path, codec):
    spread_over(recorded(tmp_path, codec), 60)


@pytest.mark.parametrize(
    "behind",
    [
        np.random.default_rng(1).bytes(1 << 20),
        bytes(1 << 20),
        riff_chunk(b"bext", bytes(1 << 20)),
        b"ID3\4\0\0" + bytes(1 << 20),
    ],
    ids=["an archive", "zeros", "a chunk", "a tag"],
)
def test_what_is_not_sound_behind_a_wav_is_not_heard(tmp_path, behind):
    music = (8000 * noise(5)).astype("<i2")
    path = write_wav(tmp_path / "a.wav", music, sample_rate_hz=RATE)
    path.write_bytes(path.read_bytes() + behind)
    assert audio.decode_track(path, spec=SPEC).duration_s == pytest.approx(5)


@pytest.mark.parametrize("size", range(0, 80, 7))
def test_a_wav_that_ends_in_its_header_is_no_error_of_ours(tmp_path, size):
    path = recorded(tmp_path)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(TrackError):
        audio.decode_track(path, spec=SPEC)
