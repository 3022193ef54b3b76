"""Calibrate confidence on held-out rows, and choose the thresholds on it.

Nothing here is chosen on rows that the classifier was trained on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from genretagger.analysis.scoring import combine_segments
from genretagger.core.predictions import Threshold

# Probability that the least sure track of a level is right (isotonic estimate on held-out rows).
HIGH_PRECISION: Final = 0.95
MEDIUM_PRECISION: Final = 0.8
UNSURE_PRECISION: Final = 0.5
# Share of held-out music that may be called unlike the training data.
UNFAMILIAR_SHARE: Final = 0.02
# A segment is weighted by the square of its largest score: up to one point more accuracy in
# cross-validation; powers of 1 to 4 are equal within noise (docs/model.md).
FOCUS: Final = 2.0
_TEMPERATURES: Final = np.geomspace(0.5, 50, 60)
_WEIGHTS: Final = np.linspace(0, 1, 11)


@dataclass(frozen=True, slots=True, eq=False)
class Logits:
    """Logits of a classifier for rows that it was not trained on.

    rows : np.ndarray [int64, shape=(n_rows,)]   positions in the table
    segments : np.ndarray [float64, shape=(n_rows, n_segments, n_genres)]   logits of each segment
    distance : np.ndarray [float64, shape=(n_rows,)]   greater is less like the training data
    """

    rows: NDArray[np.int64]
    segments: NDArray[np.float64]
    distance: NDArray[np.float64]

    def select(self, mask: NDArray[np.bool_]) -> Logits:
        """Return the rows of `mask` only."""
        return Logits(self.rows[mask], self.segments[mask], self.distance[mask])


def joined(parts: tuple[Logits, ...]) -> Logits:
    """Return the rows of all parts, in their order."""
    return Logits(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.segments for part in parts]),
        np.concatenate([part.distance for part in parts]),
    )


@dataclass(frozen=True, slots=True)
class Calibration:
    """Parameters that turn logits into scores; see `ModelManifest`."""

    temperature: float
    segment_weight: float

    def score(self, logits: Logits) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the scores of rows and of their segments, see `scoring.combined`."""
        return combine_segments(
            logits.segments,
            temperature=self.temperature,
            segment_weight=self.segment_weight,
            focus=FOCUS,
        )


def fit_calibration(logits: Logits, labels: NDArray[np.int64]) -> Calibration:
    """Return the temperature and segment weight with the least log-loss on held-out rows.

    Parameters
    ----------
    logits : Logits
        Logits of rows that the classifier was not trained on.
    labels : np.ndarray [int64, shape=(n_rows,)]
        Index of the true genre of each row.
    """
    candidates = [Calibration(float(t), float(w)) for t in _TEMPERATURES for w in _WEIGHTS]
    return min(candidates, key=lambda candidate: _log_loss(candidate.score(logits)[0], labels))


def _log_loss(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    right = scores[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(right, np.finfo(np.float64).tiny)).mean())


@dataclass(frozen=True, slots=True)
class LevelThresholds:
    """The thresholds on confidence that go into the manifest."""

    high: Threshold
    medium: Threshold
    unsure_below: float


def choose_levels(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> LevelThresholds:
    """Return the lowest confidence of each level at which verdicts are right often enough.

    Parameters
    ----------
    confidence : np.ndarray [float64, shape=(n_rows,)]
        Confidence of held-out verdicts.
    right : np.ndarray [bool, shape=(n_rows,)]
        Whether each verdict is right.
    """
    precision = IsotonicRegression(y_min=0, y_max=1).fit(confidence, right).predict(confidence)

    def find_threshold(least: float) -> Threshold:
        enough = confidence[precision >= least]
        start = float(enough.min()) if len(enough) else 1.0
        above = confidence >= start
        measured = float(right[above].mean()) if above.any() else least
        return Threshold(round(start, 4), round(measured, 4), round(float(above.mean()), 4))

    return LevelThresholds(
        find_threshold(HIGH_PRECISION),
        find_threshold(MEDIUM_PRECISION),
        find_threshold(UNSURE_PRECISION).confidence,
    )
