"""Compare what could decide between the genres, on the same folds by the same code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genretagger.core.predictions import HIGH_FROM, MEDIUM_FROM, UNSURE_BELOW
from genretagger.training.data.dataset import GENRES
from genretagger.training.data.metrics import calibration_error, measure
from genretagger.training.evaluation.verdicts import Verdicts
from genretagger.training.model.calibrate import log_loss


@dataclass(frozen=True, slots=True)
class JudgeFigures:
    """Held-out figures of one way to decide, each fold calibrated on the others' artists.

    accuracy, balanced_accuracy : means over the folds
    log_loss, ece, coverage_at_precision : over all verdicts pooled
    ece_before : calibration error of the same verdicts before the beta calibration
    levels : share of the verdicts by confidence: high, medium, low, unsure
    """

    name: str
    accuracy: float
    balanced_accuracy: float
    log_loss: float
    ece_before: float
    ece: float
    coverage_at_precision: float
    levels: dict[str, float]


def measure_judge(
    folds: Sequence[Verdicts], labels: NDArray[np.int64], *, name: str
) -> JudgeFigures:
    """Return the figures of the judge `name`.

    Parameters
    ----------
    folds : sequence of Verdicts
        Verdicts on the held-out rows of each.
    labels : np.ndarray [int64, shape=(n_rows,)]
        Index of the true genre of every row of the table.
    """
    by_fold = [measure(fold.scores, labels[fold.rows], genres=GENRES) for fold in folds]
    scores = np.concatenate([fold.scores for fold in folds])
    true = np.concatenate([labels[fold.rows] for fold in folds])
    pooled = measure(scores, true, genres=GENRES)
    raw, confidence = np.concatenate([fold.raw for fold in folds]), scores.max(axis=1)
    edges = (1.1, HIGH_FROM, MEDIUM_FROM, UNSURE_BELOW, 0.0)
    names = ("high", "medium", "low", "unsure")
    return JudgeFigures(
        name,
        float(np.mean([metrics.accuracy for metrics in by_fold])),
        float(np.mean([metrics.balanced_accuracy for metrics in by_fold])),
        log_loss(scores, true),
        calibration_error(raw, scores.argmax(axis=1) == true),
        pooled.ece,
        pooled.coverage,
        {
            level: float(np.mean((confidence < end) & (confidence >= start)))
            for level, end, start in zip(names, edges, edges[1:], strict=False)
        },
    )
