"""Decodes the excerpts of a track to mono samples, all mixed in the same way.

Every excerpt is reached by seeking. A whole file is decoded only if it is as short as its excerpts,
or if an excerpt is silent and must be replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.audio.joining import first_frames, join_frames
from genretagger.analysis.audio.lengths import (
    are_times_doubtful,
    count_duration_s,
    measure_duration_s,
)
from genretagger.analysis.audio.loudness import SILENT_BELOW, measure_loudness
from genretagger.analysis.audio.mixing import (
    FILTER_REACH_S,
    Mixdown,
    Resampler,
    channel_to_hear,
    limit_samples,
)
from genretagger.analysis.audio.positions import (
    find_sounding,
    has_silence,
    plan_excerpts,
    plan_excerpts_within,
)
from genretagger.analysis.audio.source import open_source
from genretagger.core.errors import DecodeError, TrackSilentError, TrackTooShortError
from genretagger.core.predictions import Decoded, Excerpt, FeatureSpec

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

    from genretagger.analysis.audio.positions import Span
    from genretagger.analysis.audio.source import AudioSource

_LEAST_DURATION_S: Final = 1.0
# Longer than this, frames are not handled faster, and need more memory.
_JOINED_S: Final = 1.0


def decode_track(path: Path, *, spec: FeatureSpec) -> Decoded:
    """Return the excerpts to judge `path` by, and its true length.

    Raises
    ------
    DecodeError
        The file has no decodable audio.
    TrackTooShortError
        The audio is shorter than a second.
    TrackSilentError
        The audio is silent.
    """
    with open_source(path) as source:
        duration_s = measure_duration_s(source)
        plan, excerpts = _hear_planned(source, duration_s, spec=spec)
        starts_s = [start_s for start_s, _ in plan]
        if are_times_doubtful(source, starts_s, excerpts, duration_s):
            counted_s = count_duration_s(source)
            if counted_s is not None:
                duration_s = counted_s
                plan, excerpts = _hear_planned(source, duration_s, spec=spec)
        if excerpts and has_silence([excerpt.samples for excerpt in excerpts], spec=spec):
            excerpts = _hear_sounding(source, spec=spec) or excerpts
        if not excerpts and plan[0][0] > 0:
            # Seeking fails in this file: hear its start.
            excerpts = _hear_excerpts(source, [((0.0, plan[0][1]),)], spec.sample_rate_hz)
    _require_audible(path, excerpts)
    return Decoded(excerpts, duration_s)


def decode_excerpts(path: Path, *, spec: FeatureSpec) -> tuple[Excerpt, ...]:
    """Return the excerpts of `decode_track`, in time order, none of them empty.

    Raises
    ------
    DecodeError, TrackTooShortError, TrackSilentError
        As `decode_track`.
    """
    return decode_track(path, spec=spec).excerpts


def decode_from_start(path: Path, *, sample_rate_hz: int, at_most_s: float) -> Excerpt:
    """Return the first `at_most_s` seconds of `path`.

    Raises
    ------
    DecodeError, TrackTooShortError, TrackSilentError
        As `decode_track`.
    """
    with open_source(path) as source:
        samples, _ = _decode(source, 0.0, at_most_s, sample_rate_hz)
    excerpt = Excerpt(samples, sample_rate_hz, 0.0)
    _require_audible(path, [excerpt])
    return excerpt


def _require_audible(path: Path, excerpts: Sequence[Excerpt]) -> None:
    heard_s = sum(excerpt.samples.size / excerpt.sample_rate_hz for excerpt in excerpts)
    if heard_s == 0:
        raise DecodeError(path, "no-audio")
    if round(heard_s, 2) < _LEAST_DURATION_S:
        raise TrackTooShortError(
            path, "track-too-short", seconds=round(heard_s, 2), least=_LEAST_DURATION_S
        )
    # A constant offset is silent.
    if max(_peak(excerpt.samples) for excerpt in excerpts) < SILENT_BELOW:
        raise TrackSilentError(path, "track-silent")


def _peak(samples: NDArray[np.float32]) -> float:
    return float(np.abs(samples - samples.mean()).max())


def _hear_sounding(source: AudioSource, *, spec: FeatureSpec) -> tuple[Excerpt, ...]:
    """Return excerpts of the parts of `source` with sound; none if all of it is silent."""
    track = measure_loudness(source)
    plan = plan_excerpts_within(find_sounding(track, spec=spec), spec=spec) if track else ()
    return _hear_excerpts(source, plan, spec.sample_rate_hz)


def _hear_planned(
    source: AudioSource, duration_s: float, *, spec: FeatureSpec
) -> tuple[tuple[Span, ...], tuple[Excerpt, ...]]:
    """Return the plan for a track of length `duration_s`, and its excerpts."""
    plan = plan_excerpts(duration_s, spec=spec)
    return plan, _hear_excerpts(source, [(span,) for span in plan], spec.sample_rate_hz)


def _hear_excerpts(
    source: AudioSource, plan: Iterable[tuple[Span, ...]], sample_rate_hz: int
) -> tuple[Excerpt, ...]:
    """Return the excerpts of `plan`, which gives the pieces of each; empty ones are left out."""
    decoded = [_decode_pieces(source, pieces, sample_rate_hz) for pieces in plan]
    channel = channel_to_hear([mixdown for _, mixdowns in decoded for mixdown in mixdowns])
    if channel is not None:
        decoded = [
            _decode_pieces(source, pieces, sample_rate_hz, channel=channel) for pieces in plan
        ]
    return tuple(excerpt for excerpt, _ in decoded if excerpt.samples.size)


def _decode_pieces(
    source: AudioSource, pieces: Sequence[Span], sample_rate_hz: int, *, channel: int | None = None
) -> tuple[Excerpt, list[Mixdown]]:
    parts = [
        _decode(source, start_s, length_s, sample_rate_hz, channel=channel)
        for start_s, length_s in pieces
    ]
    samples = np.concatenate([samples for samples, _ in parts])
    return Excerpt(samples, sample_rate_hz, pieces[0][0]), [mixdown for _, mixdown in parts]


def _decode(
    source: AudioSource,
    start_s: float,
    length_s: float,
    sample_rate_hz: int,
    *,
    channel: int | None = None,
) -> tuple[NDArray[np.float32], Mixdown]:
    """Return mono samples from `start_s` on; fewer than `length_s` where the audio ends early.

    Returns
    -------
    np.ndarray [float32, shape=(n_samples,)]
        The mix of all channels, or the channel number `channel`; in [-8, 8], finite.
    Mixdown
        The energy of the channels and of their mix.
    """
    mixdown, resampler = Mixdown(), Resampler(sample_rate_hz, channel=channel)
    frames = source.frames(start_s)
    first = next(frames, None)
    if first is None:
        return np.empty(0, np.float32), mixdown
    # A seek lands on a packet before the first needed sample: cut by the frame's own time.
    skipped_s = max(0.0, start_s - _time_s(first, start_s))
    needed = first_frames(chain([first], frames), at_least_s=skipped_s + length_s + FILTER_REACH_S)
    pieces = []
    for frame in join_frames(needed, at_least_s=_JOINED_S):
        mixdown.add(frame)
        pieces.append(resampler.feed(frame))
    pieces.append(resampler.flush())
    begin = round(skipped_s * sample_rate_hz)
    samples = np.concatenate(pieces)[begin : begin + round(length_s * sample_rate_hz)]
    return limit_samples(samples), mixdown


def _time_s(frame: AudioFrame, default_s: float) -> float:
    """Return the time of `frame` from the start of its stream, `default_s` if unknown."""
    return default_s if frame.time is None else frame.time
