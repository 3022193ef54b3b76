"""The excerpts of a track as mono samples, and all of it.

Every excerpt is reached by seeking; a file is never decoded whole unless it is as short as what is
asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from genretagger.analysis.audio.mixing import Resampler
from genretagger.analysis.audio.positions import excerpt_plan
from genretagger.analysis.audio.source import claimed_duration_s, frames, opened
from genretagger.core.errors import DecodeError, TrackSilentError, TrackTooShortError
from genretagger.core.hearing import Excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.container import InputContainer
    from numpy.typing import NDArray

    from genretagger.core.hearing import FeatureSpec

_LEAST_DURATION_S = 1.0
# Float files may pass full scale; anything beyond this is a damaged sample, and would overflow.
_SAMPLE_LIMIT = 8.0
_SILENT_BELOW = 1e-4  # -80 dB relative to full scale


def decode_excerpts(path: Path, *, spec: FeatureSpec) -> tuple[Excerpt, ...]:
    """Return the excerpts of `path` by which it is judged, in time order, none of them empty.

    Raises
    ------
    DecodeError
        The file holds no audio that can be decoded.
    TrackTooShortError
        There is less than a second of audio.
    TrackSilentError
        There is only silence.
    """
    with opened(path) as container:
        stream = container.streams.audio[0]
        plan = excerpt_plan(claimed_duration_s(container, stream), spec=spec)
        excerpts = [
            Excerpt(samples, spec.sample_rate_hz, start_s)
            for start_s, length_s in plan
            if (samples := _decode(container, start_s, length_s, spec.sample_rate_hz)).size
        ]
    if not excerpts and plan[0][0] > 0:
        # The container claims to be longer than it is: hear what there is.
        sample_rate_hz = spec.sample_rate_hz
        return (decode_from_start(path, sample_rate_hz=sample_rate_hz, at_most_s=plan[0][1]),)
    _require_audible(path, excerpts)
    return tuple(excerpts)


def decode_from_start(path: Path, *, sample_rate_hz: int, at_most_s: float) -> Excerpt:
    """Return the first `at_most_s` seconds of `path`.

    Raises
    ------
    DecodeError
        The file holds no audio that can be decoded.
    TrackTooShortError
        There is less than a second of audio.
    TrackSilentError
        There is only silence.
    """
    with opened(path) as container:
        samples = _decode(container, 0.0, at_most_s, sample_rate_hz)
    excerpt = Excerpt(samples, sample_rate_hz, 0.0)
    _require_audible(path, [excerpt])
    return excerpt


def decode_whole(path: Path) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Yield all of `path` as mono samples, piece by piece, and how many are a second.

    Yields
    ------
    tuple[np.ndarray [float32, shape=(n_samples,)], int]
        Finite; a piece may be empty.

    Raises
    ------
    DecodeError
        The file holds no audio that can be decoded.
    """
    with opened(path) as container:
        resampler: Resampler | None = None
        sample_rate_hz = 0
        for frame in frames(container, 0.0):
            if resampler is None:
                sample_rate_hz = frame.sample_rate
                resampler = Resampler(sample_rate_hz)
            yield (
                np.nan_to_num(resampler.feed(frame), nan=0.0, posinf=0.0, neginf=0.0),
                (sample_rate_hz),
            )
        if resampler is not None:
            yield resampler.flush(), sample_rate_hz


def _require_audible(path: Path, excerpts: list[Excerpt]) -> None:
    heard_s = sum(excerpt.samples.size / excerpt.sample_rate_hz for excerpt in excerpts)
    if heard_s == 0:
        raise DecodeError(path, "no-audio")
    if round(heard_s, 2) < _LEAST_DURATION_S:
        raise TrackTooShortError(
            path, "track-too-short", seconds=round(heard_s, 2), least=_LEAST_DURATION_S
        )
    if max(float(np.abs(excerpt.samples).max()) for excerpt in excerpts) < _SILENT_BELOW:
        raise TrackSilentError(path, "track-silent")


def _decode(
    container: InputContainer, start_s: float, length_s: float, sample_rate_hz: int
) -> NDArray[np.float32]:
    """Return mono samples from `start_s` on; fewer than `length_s` where the audio ends early.

    Returns
    -------
    np.ndarray [float32, shape=(n_samples,)]
        In [-8, 8], finite.
    """
    n_wanted = round(length_s * sample_rate_hz)
    pieces: list[NDArray[np.float32]] = []
    n_have = 0
    n_skip: int | None = None
    resampler = Resampler(sample_rate_hz)
    for frame in frames(container, start_s):
        if n_skip is None:
            # A seek lands on a packet before the wanted sample: cut by the frame's own time.
            n_skip = max(0, round((start_s - _time_s(frame, start_s)) * sample_rate_hz))
        pieces.append(resampler.feed(frame))
        n_have += pieces[-1].size
        if n_have >= n_wanted + n_skip:
            break
    else:
        pieces.append(resampler.flush())
    samples = np.concatenate(pieces)[n_skip or 0 :][:n_wanted]
    samples = np.nan_to_num(samples, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(samples, -_SAMPLE_LIMIT, _SAMPLE_LIMIT, out=samples)


def _time_s(frame: AudioFrame, default_s: float) -> float:
    """Return when `frame` starts, relative to the start of its stream."""
    return default_s if frame.time is None else frame.time
