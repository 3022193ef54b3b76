"""Write and read whole audio files for training.

The application decodes excerpts only, and refuses tracks that are too short or silent to judge.
Training must also read whole tracks, and effects that last a tenth of a second.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from numpy.typing import NDArray

from genretagger.sample.encoding import FLAC, Coding, encode


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
        Rate of `samples`; the file has another if the coding allows one rate only.
    coding : Coding
        Container, encoder and bit rate.
    """
    path.write_bytes(encode(samples, sample_rate_hz=sample_rate_hz, coding=coding))
    return path


def read_audio(path: Path, *, sample_rate_hz: int) -> NDArray[np.float32]:
    """Return all of `path` as mono samples, however short or soft.

    Returns
    -------
    np.ndarray [float32, shape=(n_samples,)]
        Finite, nominally in [-1, 1]; empty if there is no audio.

    Raises
    ------
    ValueError
        FFmpeg cannot read the file, or stops within it.
    """
    try:
        return _decode(str(path), sample_rate_hz=sample_rate_hz)
    except av.error.FFmpegError as error:
        raise ValueError(f"{path}: {error}") from error


def recode(
    samples: NDArray[np.float32], *, sample_rate_hz: int, coding: Coding
) -> NDArray[np.float32]:
    """Return mono `samples` as a file of `coding` gives them back, without writing any file.

    Returns
    -------
    np.ndarray [float32, shape=(about n_samples,)]
        Finite; coders shift and lengthen what they code a little.
    """
    content = encode(samples, sample_rate_hz=sample_rate_hz, coding=coding)
    return _decode(io.BytesIO(content), sample_rate_hz=sample_rate_hz)


def _decode(source: str | BinaryIO, *, sample_rate_hz: int) -> NDArray[np.float32]:
    pieces = [np.empty(0, np.float32)]
    with av.open(source, "r", metadata_errors="replace") as container:
        resampler = av.AudioResampler("fltp", "mono", sample_rate_hz)
        for frame in container.decode(audio=0):
            pieces += [out.to_ndarray()[0] for out in resampler.resample(frame)]
        pieces += [out.to_ndarray()[0] for out in resampler.resample(None)]
    return np.nan_to_num(np.concatenate(pieces), nan=0.0, posinf=0.0, neginf=0.0)


def read_duration_s(path: Path) -> float:
    """Return the length of the file in seconds by its headers, 0 if they do not tell.

    Raises
    ------
    ValueError
        FFmpeg cannot read the file.
    """
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            return (container.duration or 0) / av.time_base
    except av.error.FFmpegError as error:
        raise ValueError(f"{path}: {error}") from error


def read_genre_tag(path: Path) -> str:
    """Return the genre tag of the file, "" if it has none.

    Raises
    ------
    ValueError
        FFmpeg cannot read the file.
    """
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            tags = container.metadata | container.streams.audio[0].metadata
    except av.error.FFmpegError as error:
        raise ValueError(f"{path}: {error}") from error
    return next((value for key, value in tags.items() if key.lower() == "genre"), "")
