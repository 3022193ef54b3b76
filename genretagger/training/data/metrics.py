"""Measure scores: accuracy with its interval, recall, calibration, coverage, separation."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

PRECISION: Final = 0.95
_Z: Final = 1.959964  # quantile of the normal distribution, 95 % two-sided
_N_BINS: Final = 10
_N_DRAWS: Final = 1000


@dataclass(frozen=True, slots=True)
class Metrics:
    """How good scores are (`measure`); shares in [0, 1].

    interval : 95 % Wilson interval of the accuracy
    per_genre_recall : share of a genre's rows that were given that genre; only genres that occur
    per_genre_precision : share of the rows given a genre that have it; only genres that were given
    confusion : number of rows by true genre, then by predicted genre
    ece : expected calibration error over ten equal bins of confidence (Guo et al. 2017)
    coverage : largest share of rows, most confident first, with a precision of `PRECISION`
    """

    accuracy: float
    interval: tuple[float, float]
    n: int
    per_genre_recall: dict[str, float]
    per_genre_precision: dict[str, float]
    confusion: tuple[tuple[int, ...], ...]
    ece: float
    coverage: float

    @property
    def balanced_accuracy(self) -> float:
        """Mean recall of the genres that occur."""
        return sum(self.per_genre_recall.values()) / len(self.per_genre_recall)


def measure(
    scores: NDArray[np.float64], labels: NDArray[np.int64], *, genres: tuple[str, ...]
) -> Metrics:
    """Measure `scores` against the true genres.

    Parameters
    ----------
    scores : np.ndarray [float64, shape=(n_rows, n_genres)]
        Each row sums to 1; at least one row.
    labels : np.ndarray [int64, shape=(n_rows,)]
        Index of the true genre of each row.
    genres : tuple of str
        Names in the order of the scores.
    """
    predicted = scores.argmax(axis=1)
    right = predicted == labels
    confusion = np.zeros((len(genres), len(genres)), np.int64)
    np.add.at(confusion, (labels, predicted), 1)
    recall = {
        genre: float(right[labels == label].mean())
        for label, genre in enumerate(genres)
        if np.any(labels == label)
    }
    confidence = scores.max(axis=1)
    return Metrics(
        accuracy=float(right.mean()),
        interval=wilson_interval(int(right.sum()), n=len(right)),
        n=len(right),
        per_genre_recall=recall,
        per_genre_precision={
            genre: float(right[predicted == label].mean())
            for label, genre in enumerate(genres)
            if np.any(predicted == label)
        },
        confusion=tuple(tuple(row) for row in confusion.tolist()),
        ece=calibration_error(confidence, right),
        coverage=coverage(confidence, right, precision=PRECISION),
    )


def wilson_interval(successes: int, *, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927), for `n` > 0 trials."""
    share = successes / n
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class ConfidenceBin:
    """Rows of nearly equal confidence: mean confidence, and the share that is right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


def _bin_rows(confidence: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the index of each row's bin."""
    bins: NDArray[np.int64] = np.minimum((confidence * _N_BINS).astype(np.int64), _N_BINS - 1)
    return bins


def reliability_bins(
    confidence: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[ConfidenceBin, ...]:
    """Return the ten equal bins of `calibration_error`, low to high, without empty ones."""
    bins = _bin_rows(confidence)
    return tuple(
        ConfidenceBin(
            low=index / _N_BINS,
            high=(index + 1) / _N_BINS,
            n=int(np.sum(bins == index)),
            confidence=float(confidence[bins == index].mean()),
            accuracy=float(right[bins == index].mean()),
        )
        for index in np.unique(bins).tolist()
    )


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the mean gap between confidence and accuracy over ten equal bins, weighted by rows."""
    bins = _bin_rows(confidence)
    gaps = [
        np.sum(bins == index) * abs(confidence[bins == index].mean() - right[bins == index].mean())
        for index in np.unique(bins)
    ]
    return float(sum(gaps) / len(right))


def coverage(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, precision: float
) -> float:
    """Return the largest share of rows, most confident first, that has at least `precision`.

    Rows of equal confidence are accepted together, as a threshold would.
    """
    order = np.argsort(-confidence, kind="stable")
    ranked = confidence[order]
    precisions = np.cumsum(right[order]) / np.arange(1, len(right) + 1)
    ends = np.append(ranked[1:] < ranked[:-1], True)
    good = np.flatnonzero(ends & (precisions >= precision))
    return float((good[-1] + 1) / len(right)) if len(good) else 0.0


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The rows from `confidence` on: their share of all rows, and their share of errors."""

    confidence: float
    coverage: float
    risk: float


def risk_coverage(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, at_most: int
) -> tuple[CurvePoint, ...]:
    """Return the risk by coverage, most confident rows first.

    Rows of equal confidence are accepted together. If there are more than `at_most` (> 1) points,
    points at even steps of rank are kept, the first and the last among them.
    """
    order = np.argsort(-confidence, kind="stable")
    ranked = confidence[order]
    counts = np.arange(1, len(right) + 1)
    risks = np.cumsum(~right[order]) / counts
    ends = np.flatnonzero(np.append(ranked[1:] < ranked[:-1], True))
    if len(ends) > at_most:
        ends = ends[np.linspace(0, len(ends) - 1, at_most).round().astype(np.int64)]
    return tuple(
        CurvePoint(float(ranked[end]), float(counts[end] / len(right)), float(risks[end]))
        for end in ends.tolist()
    )


@dataclass(frozen=True, slots=True)
class Intervals:
    """95 % intervals of figures whose rows depend on each other within a group."""

    accuracy: tuple[float, float]
    ece: tuple[float, float]


def bootstrap(
    confidence: NDArray[np.float64],
    right: NDArray[np.bool_],
    *,
    groups: NDArray[np.str_],
    seed: int,
    n_draws: int = _N_DRAWS,
) -> Intervals:
    """Return percentile intervals of accuracy and calibration error, drawing whole groups.

    Rows of one artist are alike, and a clip has a row in every repetition of the cross-validation:
    drawing rows one by one would make the intervals too narrow. A drawn set has a larger
    calibration error on average than the rows it is drawn from, so that interval leans upwards.

    Parameters
    ----------
    confidence, right : np.ndarray [shape=(n_rows,)]
        Confidence in [0, 1]; whether the predicted genre is the true one.
    groups : np.ndarray [str, shape=(n_rows,)]
        Group of each row.
    seed, n_draws
        Seed of the random numbers; number of sets of groups to draw.
    """
    names, members = np.unique(groups, return_inverse=True)
    # With sums by group and bin, all draws are one product of matrices.
    sums = np.zeros((3, len(names), _N_BINS))
    cells = (members, _bin_rows(confidence))
    for total, values in zip(
        sums, (np.ones(len(right)), confidence, right.astype(np.float64)), strict=True
    ):
        np.add.at(total, cells, values)
    random = np.random.default_rng(seed)
    draws = random.multinomial(len(names), np.full(len(names), 1 / len(names)), size=n_draws)
    n, sure, correct = draws @ sums
    totals = n.sum(axis=1)
    return Intervals(
        accuracy=_middle_95(correct.sum(axis=1) / totals),
        ece=_middle_95(np.abs(sure - correct).sum(axis=1) / totals),
    )


def _middle_95(values: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.quantile(values, (0.025, 0.975)).tolist()
    return low, high


def auroc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """Return how often a value of `positive` is larger than one of `negative`; ties count half.

    This is the area under the ROC curve: 0.5 is chance, 1 a perfect separation; NaN if either
    array is empty.

    Parameters
    ----------
    positive, negative : np.ndarray [float64, shape=(n,)]
    """
    if not len(positive) or not len(negative):
        return float("nan")
    ranked = np.sort(negative)
    below = np.searchsorted(ranked, positive, side="left")
    not_above = np.searchsorted(ranked, positive, side="right")
    return float((below + not_above).sum() / (2 * len(positive) * len(negative)))
