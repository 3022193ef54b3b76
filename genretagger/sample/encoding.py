"""Encodes samples as audio files. The only module that encodes audio.

Uses the encoders in PyAV, because the ffmpeg command may be missing. Makes files in memory, so that
the caller handles errors of paths and disks.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import av
import numpy as np
from av.stream import Disposition
from numpy.typing import NDArray

if TYPE_CHECKING:
    from av.container import OutputContainer

_LAYOUTS: Final = {1: "mono", 2: "stereo"}
_FRAMES_PER_STEP: Final = 4096
# Leaves out the encoder's version and random serial numbers: equal samples make equal files.
_MUXING: Final = {"fflags": "+bitexact"}


@dataclass(frozen=True, slots=True)
class Coding:
    """Container and encoder by FFmpeg's names, with a sample rate if the encoder requires one.

    muxing, encoding : further options of FFmpeg for container and encoder
    """

    suffix: str
    container: str
    encoder: str
    bit_rate: int | None = None
    sample_rate_hz: int | None = None
    muxing: Mapping[str, str] = field(default_factory=dict)
    encoding: Mapping[str, str] = field(default_factory=dict)


FLAC: Final = Coding(".flac", "flac", "flac")
WAV: Final = Coding(".wav", "wav", "pcm_s16le")
MP3_32: Final = Coding(".mp3", "mp3", "libmp3lame", bit_rate=32_000)
MP3_64: Final = Coding(".mp3", "mp3", "libmp3lame", bit_rate=64_000)
MP3_96: Final = Coding(".mp3", "mp3", "libmp3lame", bit_rate=96_000)
AAC_96: Final = Coding(".m4a", "ipod", "aac", bit_rate=96_000)
# Opus knows 48, 24, 16, 12 and 8 kHz only (RFC 6716, 2.1.3); encoders are fed with 48 kHz.
OPUS_64: Final = Coding(".opus", "opus", "libopus", bit_rate=64_000, sample_rate_hz=48_000)
# FFmpeg's own encoder, which it calls experimental; PyAV brings no other. It does stereo only.
VORBIS: Final = Coding(".ogg", "ogg", "vorbis", encoding={"strict": "experimental"})


def encode(
    samples: NDArray[np.float32],
    *,
    sample_rate_hz: int,
    coding: Coding = FLAC,
    tags: Mapping[str, str] | None = None,
    cover: NDArray[np.uint8] | None = None,
) -> bytes:
    """Return a file with `samples`, 16-bit where the codec has a sample size.

    Parameters
    ----------
    samples : np.ndarray [float32, shape=(n_samples,) or (n_channels, n_samples)]
        In [-1, 1] (beyond that it is clipped), one or two channels.
    sample_rate_hz : int
        The rate of `samples`; the file has the coding's own rate if it requires one.
    coding : Coding
        Container, encoder and bit rate.
    tags : mapping of str to str, optional
        Texts by FFmpeg's names: title, artist, album, album_artist, track, date, genre, comment.
    cover : np.ndarray [uint8, shape=(height, width, 3)], optional
        The front cover, red, green and blue; for MP3 and FLAC only.
    """
    channels = np.atleast_2d(np.clip(samples, -1, 1).astype(np.float32))
    content = io.BytesIO()
    options = {**_MUXING, **coding.muxing}
    with av.open(content, "w", format=coding.container, options=options) as container:
        container.metadata.update(tags or {})
        _put_audio(container, channels, sample_rate_hz=sample_rate_hz, coding=coding, cover=cover)
    return content.getvalue()


def _put_audio(
    container: OutputContainer,
    channels: NDArray[np.float32],
    *,
    sample_rate_hz: int,
    coding: Coding,
    cover: NDArray[np.uint8] | None,
) -> None:
    layout = _LAYOUTS[len(channels)]
    file_rate_hz = coding.sample_rate_hz or sample_rate_hz
    # The type of the stream depends on the encoder's name, which only FFmpeg knows.
    stream: Any = container.add_stream(coding.encoder, rate=file_rate_hz)
    stream.codec_context.layout = layout
    stream.codec_context.options = dict(coding.encoding)
    if coding.encoder == "flac":
        stream.codec_context.format = "s16"
    if coding.bit_rate is not None:
        stream.codec_context.bit_rate = coding.bit_rate
    if cover is not None:
        _put_cover(container, cover)  # its stream comes second; its packet must come first
    resampler = av.AudioResampler(stream.codec_context.format, layout, file_rate_hz)
    for frame in _frames(channels, sample_rate_hz=sample_rate_hz):
        for ready in resampler.resample(frame):
            container.mux(stream.encode(ready))
    container.mux(stream.encode(None))


def _put_cover(container: OutputContainer, cover: NDArray[np.uint8]) -> None:
    picture: Any = container.add_stream("png", rate=1)
    picture.height, picture.width = cover.shape[:2]
    picture.pix_fmt = "rgb24"
    picture.disposition = Disposition.attached_pic
    for packets in map(picture.encode, (av.VideoFrame.from_ndarray(cover, format="rgb24"), None)):
        container.mux(packets)


def _frames(
    channels: NDArray[np.float32], *, sample_rate_hz: int
) -> Iterator[av.AudioFrame | None]:
    """Yield frames that FFmpeg takes, then None for the end."""
    for start in range(0, channels.shape[1], _FRAMES_PER_STEP):
        piece = np.ascontiguousarray(channels[:, start : start + _FRAMES_PER_STEP])
        frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout=_LAYOUTS[len(channels)])
        frame.sample_rate = sample_rate_hz
        frame.pts = start
        yield frame
    yield None
