"""Where in a track to listen. Knows nothing of files and decoders."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from genretagger.core.hearing import FeatureSpec


def excerpt_plan(duration_s: float | None, *, spec: FeatureSpec) -> tuple[tuple[float, float], ...]:
    """Return where to listen: (start, length) of each excerpt, in seconds.

    A track no longer than all segments together is heard from its start, in one piece; a longer
    one in pieces of `segments_per_excerpt` segments whose middles divide it evenly.

    Parameters
    ----------
    duration_s : float > 0 or None
        Length of the track; None if its container does not say.
    spec : FeatureSpec
        How many segments, and how long.
    """
    whole_s = spec.max_segments * spec.segment_s
    if duration_s is None or duration_s < whole_s * 1.5:
        return ((0.0, whole_s),)
    n_excerpts = spec.max_segments // spec.segments_per_excerpt
    length_s = spec.segments_per_excerpt * spec.segment_s
    step_s = duration_s / n_excerpts
    return tuple(((i + 0.5) * step_s - length_s / 2, length_s) for i in range(n_excerpts))
