"""From held-out verdicts to a confidence that means what it says, and to the thresholds on it.

Nothing here is chosen on rows that the classifier was trained on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from genretagger.analysis.scoring import combined
from genretagger.core.predictions import Threshold

# The least sure track of a level is right so often (isotonic estimate on held-out verdicts).
HIGH_PRECISION: Final = 0.95
MEDIUM_PRECISION: Final = 0.8
UNSURE_PRECISION: Final = 0.5
# Share of the music held out that may be called unlike the training data.
UNFAMILIAR_SHARE: Final = 0.02
# A segment counts by the square of its largest score: up to one point of accuracy in
# cross-validation, the same within noise for powers of 1 to 4 (docs/model.md).
FOCUS: Final = 2.0
_TEMPERATURES: Final = np.geomspace(0.5, 50, 60)
_WEIGHTS: Final = np.linspace(0, 1, 11)


@dataclass(frozen=True, slots=True, eq=False)
class Logits:
    """What a classifier said of rows that it was not trained on.

    rows : np.ndarray [int64, shape=(n_rows,)]   their numbers in the table
    segments : np.ndarray [float64, shape=(n_rows, n_segments, n_genres)]   of each segment
    distance : np.ndarray [float64, shape=(n_rows,)]   greater is less like the training data
    """

    rows: NDArray[np.int64]
    segments: NDArray[np.float64]
    distance: NDArray[np.float64]

    def of(self, chosen: NDArray[np.bool_]) -> Logits:
        """Return the chosen rows only."""
        return Logits(self.rows[chosen], self.segments[chosen], self.distance[chosen])


def joined(parts: tuple[Logits, ...]) -> Logits:
    """Return the rows of all parts, in their order."""
    return Logits(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.segments for part in parts]),
        np.concatenate([part.distance for part in parts]),
    )


@dataclass(frozen=True, slots=True)
class Calibration:
    """How logits become scores; see `ModelManifest`."""

    temperature: float
    segment_weight: float

    def scores(self, logits: Logits) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the scores of rows and of their segments, as `judging.combined`."""
        return combined(
            logits.segments,
            temperature=self.temperature,
            segment_weight=self.segment_weight,
            focus=FOCUS,
        )


def fit_calibration(logits: Logits, labels: NDArray[np.int64]) -> Calibration:
    """Return the temperature and segment weight of the least log-loss on held-out rows.

    Parameters
    ----------
    logits : Logits
        Of rows that the classifier was not trained on.
    labels : np.ndarray [int64, shape=(n_rows,)]
        Their true genres by number.
    """
    tried = [Calibration(float(t), float(w)) for t in _TEMPERATURES for w in _WEIGHTS]
    return min(tried, key=lambda one: _log_loss(one.scores(logits)[0], labels))


def _log_loss(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    right = scores[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(right, np.finfo(np.float64).tiny)).mean())


@dataclass(frozen=True, slots=True)
class LevelThresholds:
    """The thresholds on confidence that go into the manifest."""

    high: Threshold
    medium: Threshold
    unsure_below: float


def levels(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> LevelThresholds:
    """Return from which confidence on verdicts are right so often that a level may be claimed.

    Parameters
    ----------
    confidence : np.ndarray [float64, shape=(n_rows,)]
        Of held-out verdicts.
    right : np.ndarray [bool, shape=(n_rows,)]
        Whether the verdict was right.
    """
    precision = IsotonicRegression(y_min=0, y_max=1).fit(confidence, right).predict(confidence)

    def reaching(least: float) -> Threshold:
        enough = confidence[precision >= least]
        start = float(enough.min()) if len(enough) else 1.0
        above = confidence >= start
        measured = float(right[above].mean()) if above.any() else least
        return Threshold(round(start, 4), round(measured, 4), round(float(above.mean()), 4))

    return LevelThresholds(
        reaching(HIGH_PRECISION),
        reaching(MEDIUM_PRECISION),
        reaching(UNSURE_PRECISION).confidence,
    )
