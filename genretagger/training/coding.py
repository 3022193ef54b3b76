"""Write and read whole audio files for training. The only user of PyAV beside `analysis.audio`.

The application only ever decodes excerpts, and refuses what is too short or silent to be judged;
training also has to encode, and to read single effects of a tenth of a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import av
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_LAYOUTS: Final = {1: "mono", 2: "stereo"}
_FRAMES_PER_STEP: Final = 4096


@dataclass(frozen=True, slots=True)
class Coding:
    """How samples become a file: names of FFmpeg, and a rate that the encoder insists on."""

    suffix: str
    container: str
    encoder: str
    bit_rate: int | None = None
    sample_rate_hz: int | None = None


FLAC: Final = Coding(".flac", "flac", "flac")
MP3_96: Final = Coding(".mp3", "mp3", "libmp3lame", bit_rate=96_000)
AAC_96: Final = Coding(".m4a", "ipod", "aac", bit_rate=96_000)
# Opus knows 48, 24, 16, 12 and 8 kHz only (RFC 6716, 2.1.3); encoders are fed with 48 kHz.
OPUS_64: Final = Coding(".opus", "opus", "libopus", bit_rate=64_000, sample_rate_hz=48_000)


def write_audio(
    path: Path, samples: NDArray[np.float32], *, sample_rate_hz: int, coding: Coding = FLAC
) -> Path:
    """Write `samples` to `path`, 16-bit where the codec has a sample size; return `path`.

    Parameters
    ----------
    path : Path
        With the suffix of `coding`; replaced if it exists.
    samples : np.ndarray [float32, shape=(n_samples,) or (n_channels, n_samples)]
        In [-1, 1] (beyond that it is clipped), one or two channels.
    sample_rate_hz : int
        Of `samples`; the file has the coding's own rate if that insists on one.
    coding : Coding
        Container, encoder and bit rate.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    channels = np.atleast_2d(np.clip(samples, -1, 1).astype(np.float32))
    layout = _LAYOUTS[len(channels)]
    file_rate_hz = coding.sample_rate_hz or sample_rate_hz
    with av.open(str(path), "w", format=coding.container) as container:
        # Its type depends on the encoder's name, which only FFmpeg knows.
        stream: Any = container.add_stream(coding.encoder, rate=file_rate_hz)
        stream.codec_context.layout = layout
        if coding.encoder == "flac":
            stream.codec_context.format = "s16"
        if coding.bit_rate is not None:
            stream.codec_context.bit_rate = coding.bit_rate
        resampler = av.AudioResampler(stream.codec_context.format, layout, file_rate_hz)
        for frame in _frames(channels, sample_rate_hz=sample_rate_hz):
            for ready in resampler.resample(frame):
                container.mux(stream.encode(ready))
        container.mux(stream.encode(None))
    return path


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


def read_audio(path: Path, *, sample_rate_hz: int) -> NDArray[np.float32]:
    """Return everything in `path` as mono samples, however short or soft.

    Returns
    -------
    np.ndarray [float32, shape=(n_samples,)]
        Finite, nominally in [-1, 1]; empty if there is no audio.

    Raises
    ------
    ValueError
        FFmpeg cannot read it, or stops in its middle.
    """
    pieces = [np.empty(0, np.float32)]
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            resampler = av.AudioResampler("fltp", "mono", sample_rate_hz)
            for frame in container.decode(audio=0):
                pieces += [out.to_ndarray()[0] for out in resampler.resample(frame)]
            pieces += [out.to_ndarray()[0] for out in resampler.resample(None)]
    except av.error.FFmpegError as error:
        raise ValueError(f"{path}: {error}") from error
    return np.nan_to_num(np.concatenate(pieces), nan=0.0, posinf=0.0, neginf=0.0)


def genre_tag(path: Path) -> str:
    """Return what the file itself calls its genre, "" if nothing.

    Raises
    ------
    ValueError
        FFmpeg cannot read it.
    """
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            tags = container.metadata | container.streams.audio[0].metadata
    except av.error.FFmpegError as error:
        raise ValueError(f"{path}: {error}") from error
    return next((value for key, value in tags.items() if key.lower() == "genre"), "")
