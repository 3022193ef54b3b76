"""Plans the excerpts of a track: spread over the whole track, or over its parts with sound.

Knows nothing of files and decoders.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.audio.loudness import SILENT_BELOW, Loudness
from genretagger.core.predictions import FeatureSpec

Span = tuple[float, float]  # begin and length, in seconds

# The network cannot hear sound this much softer than the loudest few seconds of its track: at the
# level of the model most of its mel power x is below 1e-4, so log10(10000 x + 1) is near 0.
_SILENT_RELATIVE: Final = 10 ** (-50 / 20)
_DOUBTFUL_BELOW: Final = 1e-3  # -60 dB, like tape hiss: below, the whole track is measured
_LEAST_GAP_S: Final = 2.0  # rests in music are shorter


def plan_excerpts(duration_s: float, *, spec: FeatureSpec) -> tuple[Span, ...]:
    """Return the (start, length) of each excerpt to hear, in seconds.

    A track shorter than 1.5 times all segments is heard from its start, in one piece; a longer
    track in excerpts of `segments_per_excerpt` segments, with evenly spread middles.

    Parameters
    ----------
    duration_s : float >= 0
        Length of the track.
    spec : FeatureSpec
        The number and length of segments.
    """
    whole_s = spec.max_segments * spec.segment_s
    if duration_s < whole_s * 1.5:
        return ((0.0, whole_s),)
    n_excerpts = spec.max_segments // spec.segments_per_excerpt
    length_s = spec.segments_per_excerpt * spec.segment_s
    step_s = duration_s / n_excerpts
    return tuple(((i + 0.5) * step_s - length_s / 2, length_s) for i in range(n_excerpts))


def has_silence(excerpts: Sequence[NDArray[np.float32]], *, spec: FeatureSpec) -> bool:
    """Return whether a segment of the excerpts of a track may be silent.

    Parameters
    ----------
    excerpts : sequence of np.ndarray [float32, shape=(n_samples,)]
    """
    n_segment = round(spec.segment_s * spec.sample_rate_hz)
    levels = [
        samples[start : start + n_segment].std()  # a constant offset is silent
        for samples in excerpts
        for start in range(0, max(1, samples.size - n_segment + 1), n_segment)
    ]
    return bool(min(levels) < max(_DOUBTFUL_BELOW, _SILENT_RELATIVE * max(levels)))


def find_sounding(track: Loudness, *, spec: FeatureSpec) -> tuple[Span, ...]:
    """Return the stretches of a track that are not silent, in time order; () for a silent track.

    A stretch is silent if for at least `_LEAST_GAP_S` it is softer than the loudest segment of the
    track by the factor `_SILENT_RELATIVE`.
    """
    n_loudest = min(track.powers.size, max(1, round(spec.segment_s / track.bin_s)))
    sums = np.cumsum(np.concatenate([[0.0], track.powers]))
    loudest = float((sums[n_loudest:] - sums[:-n_loudest]).max()) / n_loudest
    if loudest < SILENT_BELOW**2:
        return ()
    at = np.flatnonzero(track.powers >= loudest * _SILENT_RELATIVE**2)
    ends = np.flatnonzero(np.diff(at) * track.bin_s > _LEAST_GAP_S)
    firsts = at[np.concatenate([[0], ends + 1])] * track.bin_s
    lasts = (at[np.concatenate([ends, [-1]])] + 1) * track.bin_s
    return tuple(
        (float(first), float(min(last, track.duration_s) - first))
        for first, last in zip(firsts, lasts, strict=True)
    )


def plan_excerpts_within(
    stretches: Sequence[Span], *, spec: FeatureSpec
) -> tuple[tuple[Span, ...], ...]:
    """Return the plan of `plan_excerpts` for a track that consists of `stretches` only.

    Each excerpt is given by its pieces: a single piece, or several for a segment that begins in one
    stretch and goes on in the next.
    """
    plan = []
    for start_s, length_s in plan_excerpts(sum(length for _, length in stretches), spec=spec):
        pieces = _pieces(stretches, start_s, length_s)
        if len(pieces) > 1:  # split into segments, so that each has its own time
            starts = start_s + spec.segment_s * np.arange(round(length_s / spec.segment_s))
            plan += [_pieces(stretches, float(start), spec.segment_s) for start in starts]
        else:
            plan.append(pieces)
    return tuple(filter(None, plan))


def _pieces(stretches: Sequence[Span], start_s: float, length_s: float) -> tuple[Span, ...]:
    """Return the pieces of the track between two times in its joined stretches."""
    pieces = []
    before_s = 0.0
    for at_s, stretch_s in stretches:
        first_s = max(start_s - before_s, 0.0)
        last_s = min(start_s + length_s - before_s, stretch_s)
        if first_s < last_s:
            pieces.append((at_s + first_s, last_s - first_s))
        before_s += stretch_s
    return tuple(pieces)
