"""How good scores are: accuracy with its interval, recall, calibration, coverage, separation."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

PRECISION: Final = 0.95
_Z: Final = 1.959964  # of the normal distribution, 95 % two-sided
_N_BINS: Final = 10
_N_DRAWS: Final = 1000


@dataclass(frozen=True, slots=True)
class Metrics:
    """What `measure` found; shares in [0, 1].

    interval : 95 % Wilson interval of the accuracy
    per_genre_recall : share of each genre's rows that were named so; only genres that occur
    per_genre_precision : share of the rows named so that are of the genre; only genres named
    confusion : rows by true genre, then by named genre
    ece : expected calibration error over ten equal bins of confidence (Guo et al. 2017)
    coverage : largest share of rows, most confident first, of which `PRECISION` are right
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
    """Return how good `scores` are.

    Parameters
    ----------
    scores : np.ndarray [float64, shape=(n_rows, n_genres)]
        Each row sums to 1; at least one row.
    labels : np.ndarray [int64, shape=(n_rows,)]
        True genres by number.
    genres : tuple of str
        Names in the order of the scores.
    """
    named = scores.argmax(axis=1)
    right = named == labels
    confusion = np.zeros((len(genres), len(genres)), np.int64)
    np.add.at(confusion, (labels, named), 1)
    recall = {
        genre: float(right[labels == number].mean())
        for number, genre in enumerate(genres)
        if np.any(labels == number)
    }
    confidence = scores.max(axis=1)
    return Metrics(
        accuracy=float(right.mean()),
        interval=wilson_interval(int(right.sum()), n=len(right)),
        n=len(right),
        per_genre_recall=recall,
        per_genre_precision={
            genre: float(right[named == number].mean())
            for number, genre in enumerate(genres)
            if np.any(named == number)
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
class Bin:
    """Rows of nearly equal confidence: how sure they are on average, and what share is right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


def _bin_numbers(confidence: NDArray[np.float64]) -> NDArray[np.int64]:
    numbers: NDArray[np.int64] = np.minimum((confidence * _N_BINS).astype(np.int64), _N_BINS - 1)
    return numbers


def reliability_bins(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """Return the ten equal bins of `calibration_error`, from low to high; only those with rows."""
    bins = _bin_numbers(confidence)
    return tuple(
        Bin(
            low=number / _N_BINS,
            high=(number + 1) / _N_BINS,
            n=int(np.sum(bins == number)),
            confidence=float(confidence[bins == number].mean()),
            accuracy=float(right[bins == number].mean()),
        )
        for number in np.unique(bins).tolist()
    )


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the mean distance of confidence from accuracy over ten equal bins, by their rows."""
    bins = _bin_numbers(confidence)
    gaps = [
        np.sum(bins == number)
        * abs(confidence[bins == number].mean() - right[bins == number].mean())
        for number in np.unique(bins)
    ]
    return float(sum(gaps) / len(right))


def coverage(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, precision: float
) -> float:
    """Return the largest share of rows, most confident first, that are right at `precision`.

    Rows of equal confidence are accepted together, as a threshold does.
    """
    order = np.argsort(-confidence, kind="stable")
    ranked = confidence[order]
    precisions = np.cumsum(right[order]) / np.arange(1, len(right) + 1)
    ends = np.append(ranked[1:] < ranked[:-1], True)
    good = np.flatnonzero(ends & (precisions >= precision))
    return float((good[-1] + 1) / len(right)) if len(good) else 0.0


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Accepting every row from `confidence` on: which share that is, and which part is wrong."""

    confidence: float
    coverage: float
    risk: float


def risk_coverage(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, at_most: int
) -> tuple[CurvePoint, ...]:
    """Return the share that is wrong by the share that is accepted, most confident rows first.

    Rows of equal confidence are accepted together. Of more than `at_most` (> 1) points those are
    kept that are evenly spread by rank, first and last among them.
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
    """95 % intervals of what was measured on rows that are not independent, by their groups."""

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
    drawing rows one by one would make the intervals too narrow. The error of a drawn set is on
    average larger than that of the rows it is drawn from, so its interval leans upwards.

    Parameters
    ----------
    confidence, right : np.ndarray [shape=(n_rows,)]
        Confidence in [0, 1]; whether the named genre is the true one.
    groups : np.ndarray [str, shape=(n_rows,)]
        What each row belongs to.
    seed, n_draws
        Start of the random numbers; how many sets of groups are drawn.
    """
    names, members = np.unique(groups, return_inverse=True)
    # Sums by group and bin, so that a draw is one product of matrices.
    sums = np.zeros((3, len(names), _N_BINS))
    places = (members, _bin_numbers(confidence))
    for number, values in enumerate((np.ones(len(right)), confidence, right.astype(np.float64))):
        np.add.at(sums[number], places, values)
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
    """Return how often a row of `positive` has the larger value, ties counting half.

    Parameters
    ----------
    positive, negative : np.ndarray [float64, shape=(n,)]
        0.5 is no separation, 1 a perfect one; NaN if either has no value.
    """
    if not len(positive) or not len(negative):
        return float("nan")
    ranked = np.sort(negative)
    below = np.searchsorted(ranked, positive, side="left")
    not_above = np.searchsorted(ranked, positive, side="right")
    return float((below + not_above).sum() / (2 * len(positive) * len(negative)))
