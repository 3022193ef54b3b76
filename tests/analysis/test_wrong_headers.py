"""Files whose headers or times say where the music is, and are wrong: heard over all of it."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from genretagger.analysis import audio
from genretagger.core.errors import TrackError
from tests.analysis.test_audio import SPEC, write_wav
from tests.analysis.test_listening import RATE, noise, spread_over
from tests.handmade import riff_chunk
from tests.samples import encode_signal

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
