"""Calibrate confidence on held-out rows, and measure the levels of it.

Nothing here is chosen on rows that the classifier was trained on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.calibration import calibrate_scores, fit_beta
from genretagger.analysis.scoring import combine_segments
from genretagger.core.predictions import HIGH_FROM, MEDIUM_FROM, BetaCalibration, Threshold

# Share of held-out music that may be called unlike the training data.
UNFAMILIAR_SHARE: Final = 0.02
# A segment is weighted by the square of its largest score: up to one point more accuracy in
# cross-validation; powers of 1 to 4 are equal within noise (docs/model.md).
FOCUS: Final = 2.0
UNCHANGED: Final = BetaCalibration(1.0, 1.0, 0.0)
_PRIOR: Final = 1.0  # of the map that changes nothing: one verdict or so, for very small tables
_TEMPERATURES: Final = np.geomspace(0.2, 50, 60)
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
    beta: BetaCalibration = UNCHANGED

    def combine(self, logits: Logits) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the scores of rows and of their segments, before `beta`."""
        return combine_segments(
            logits.segments,
            temperature=self.temperature,
            segment_weight=self.segment_weight,
            focus=FOCUS,
        )

    def score(self, logits: Logits) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the scores of rows and of their segments, as the application does."""
        scores, segments = self.combine(logits)
        return calibrate_scores(scores, self.beta), calibrate_scores(segments, self.beta)


def fit_calibration(logits: Logits, labels: NDArray[np.int64]) -> Calibration:
    """Return the calibration of held-out rows.

    Temperature and segment weight have the least log-loss; then the largest score of each row is
    made the share of such rows that are right.

    Parameters
    ----------
    logits : Logits
        Logits of rows that the classifier was not trained on.
    labels : np.ndarray [int64, shape=(n_rows,)]
        Index of the true genre of each row.
    """
    losses = {
        Calibration(temperature, weight): log_loss((1 - weight) * whole + weight * mean, labels)
        for temperature in _TEMPERATURES.tolist()
        # The scores of any weight lie between those of these two.
        for whole, mean in [[Calibration(temperature, w).combine(logits)[0] for w in (0.0, 1.0)]]
        for weight in _WEIGHTS.tolist()
    }
    best = min(losses, key=losses.__getitem__)
    scores, _ = best.combine(logits)
    right = scores.argmax(axis=1) == labels
    return replace(best, beta=fit_beta(scores.max(axis=1), right, prior=_PRIOR))


def log_loss(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Return the mean negative logarithm of the score of each row's true genre."""
    right = scores[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(right, np.finfo(np.float64).tiny)).mean())


@dataclass(frozen=True, slots=True)
class MeasuredLevels:
    """What was measured where the levels begin, for the manifest."""

    high: Threshold
    medium: Threshold


def measure_levels(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> MeasuredLevels:
    """Return how often held-out verdicts are right from the edge of each level on.

    Parameters
    ----------
    confidence : np.ndarray [float64, shape=(n_rows,)]
        Calibrated confidence of held-out verdicts.
    right : np.ndarray [bool, shape=(n_rows,)]
        Whether each verdict is right.
    """

    def measure(start: float) -> Threshold:
        above = confidence >= start
        measured = float(right[above].mean()) if above.any() else start
        return Threshold(start, round(measured, 4), round(float(above.mean()), 4))

    return MeasuredLevels(measure(HIGH_FROM), measure(MEDIUM_FROM))
