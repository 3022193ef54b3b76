"""What a threshold does: how many tracks accepting from there on takes, and how many go wrong.

A confidence is calibrated (docs/model.md): of many tracks at 80 % about eight of ten are right. So
what a threshold takes is expected to be right as often as the mean of the confidences taken. That
is what the model expects of itself; what was measured stands in `levels`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from genretagger.core.percent import HUNDRED
from genretagger.review.rows.row import Row

_STEPS: Final = tuple(percent / HUNDRED for percent in range(HUNDRED + 1))


@dataclass(frozen=True, slots=True)
class ThresholdPoint:
    """What accepting all from a threshold on takes.

    n_open : the tracks that a decision could still be made on
    right : how many of those taken are expected to be right
    """

    n: int
    n_open: int
    right: float

    @property
    def share(self) -> float:
        """The share of the open tracks that is taken; 0 if none is open."""
        return self.n / self.n_open if self.n_open else 0.0

    @property
    def precision(self) -> float | None:
        """The share of those taken that is expected to be right; None if none is taken."""
        return self.right / self.n if self.n else None

    @property
    def n_wrong(self) -> int:
        """About how many of those taken are expected to be wrong."""
        return round(self.n - self.right)


@dataclass(frozen=True, slots=True)
class ThresholdCurve:
    """What each threshold takes, in whole per cent from 0 to 100."""

    points: tuple[ThresholdPoint, ...]

    def at(self, threshold: float) -> ThresholdPoint:
        """Return what accepting from `threshold` on takes; it counts in whole per cent."""
        return self.points[min(HUNDRED, max(0, round(threshold * HUNDRED)))]

    @property
    def n_open(self) -> int:
        """How many tracks a decision could still be made on."""
        return self.points[0].n_open


def compute_curve(rows: Iterable[Row]) -> ThresholdCurve:
    """Return what each threshold takes of `rows`.

    Open are tracks that were heard and can be written, without a decision and without an error.
    Unsure ones are open too, but no threshold takes them. Taken is what `decisions.sure` lets in.
    """
    n_open, taken = 0, []
    for row in rows:
        if row.decision is not None or row.error is not None or row.read_only is not None:
            continue
        prediction = row.prediction
        if prediction is None or row.hearing_key is None:
            continue
        n_open += 1
        album = row.album
        # Asked of the row only where an album may settle a doubt: this costs more than the rest.
        if prediction.unsure is None or (album is not None and row.unsure is None):
            taken.append(prediction.confidence if album is None else album.confidence)
    return ThresholdCurve(tuple(_points(taken, n_open)))


def _points(confidences: Sequence[float], n_open: int) -> list[ThresholdPoint]:
    counts, sums = [0] * len(_STEPS), [0.0] * len(_STEPS)
    for confidence in confidences:
        step = bisect_right(_STEPS, confidence) - 1
        counts[step] += 1
        sums[step] += confidence
    from_above = zip(accumulate(reversed(counts)), accumulate(reversed(sums)), strict=True)
    return [ThresholdPoint(n, n_open, right) for n, right in from_above][::-1]


EMPTY_CURVE: Final = compute_curve(())
