"""How many tracks each threshold accepts, and how many of them are expected to be wrong.

Confidences are calibrated (docs/model.md): of many tracks at 80 %, about eight of ten are right.
The expected precision of a threshold is therefore the mean of the confidences it accepts. This is
what the model expects of itself; measured precisions are in `confidence_levels`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from genretagger.core.percent import HUNDRED
from genretagger.review.rows.row import Row, State

_STEPS: Final = tuple(percent / HUNDRED for percent in range(HUNDRED + 1))


@dataclass(frozen=True, slots=True)
class ThresholdPoint:
    """What accepting every track from a threshold on comes to.

    n : the accepted tracks
    n_open : the tracks that can still be decided on
    right : how many of the accepted tracks are expected to be right
    """

    n: int
    n_open: int
    right: float

    @property
    def share(self) -> float:
        """The accepted share of the open tracks; 0 if none is open."""
        return self.n / self.n_open if self.n_open else 0.0

    @property
    def precision(self) -> float | None:
        """The share of the accepted tracks expected to be right; None if none is accepted."""
        return self.right / self.n if self.n else None

    @property
    def n_wrong(self) -> int:
        """About how many of the accepted tracks are expected to be wrong."""
        return round(self.n - self.right)


@dataclass(frozen=True, slots=True)
class ThresholdCurve:
    """The points of all thresholds in whole per cent from 0 to 100."""

    points: tuple[ThresholdPoint, ...]

    def at(self, threshold: float) -> ThresholdPoint:
        """Return the point of `threshold`, rounded to whole per cent."""
        return self.points[min(HUNDRED, max(0, round(threshold * HUNDRED)))]

    @property
    def n_open(self) -> int:
        """How many tracks can still be decided on."""
        return self.points[0].n_open


def compute_curve(rows: Iterable[Row]) -> ThresholdCurve:
    """Return the curve of `rows`.

    Open tracks are analysed and writable, without a decision or an error. Unsure tracks and those
    that agree with a finer genre are open, too, but no threshold accepts them: it accepts the rows
    that pass `decisions.is_sure`. A proven style counts by its own confidence.
    """
    n_open, accepted, finer = 0, [], State.FINER  # an enumeration is slow to read from
    for row in rows:
        if row.decision is not None or row.error is not None or row.read_only is not None:
            continue
        prediction = row.prediction
        if prediction is None or row.hearing_key is None:
            continue
        n_open += 1
        if row.state is finer:
            continue
        album, style = row.album, row.style
        # `row.unsure` costs more than the rest, so it is read only where an album may overrule it.
        if style is not None:
            accepted += [style.confidence] if style.is_proven else []
        elif prediction.unsure is None or (album is not None and row.unsure is None):
            accepted.append(prediction.confidence if album is None else album.confidence)
    return ThresholdCurve(tuple(_points(accepted, n_open)))


def _points(confidences: Sequence[float], n_open: int) -> list[ThresholdPoint]:
    counts, sums = [0] * len(_STEPS), [0.0] * len(_STEPS)
    for confidence in confidences:
        step = bisect_right(_STEPS, confidence) - 1
        counts[step] += 1
        sums[step] += confidence
    from_above = zip(accumulate(reversed(counts)), accumulate(reversed(sums)), strict=True)
    return [ThresholdPoint(n, n_open, right) for n, right in from_above][::-1]


EMPTY_CURVE: Final = compute_curve(())
