"""How good scores are: accuracy with its interval, recall, calibration, coverage."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PRECISION: Final = 0.95
_Z: Final = 1.959964  # of the normal distribution, 95 % two-sided
_N_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Metrics:
    """What `measure` found; shares in [0, 1].

    interval : 95 % Wilson interval of the accuracy
    per_genre_recall : share of each genre's rows that were named so; only genres that occur
    confusion : rows by true genre, then by named genre
    ece : expected calibration error over ten equal bins of confidence (Guo et al. 2017)
    coverage : largest share of rows, most confident first, of which `PRECISION` are right
    """

    accuracy: float
    interval: tuple[float, float]
    n: int
    per_genre_recall: dict[str, float]
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


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the mean distance of confidence from accuracy over ten equal bins, by their rows."""
    bins = np.minimum((confidence * _N_BINS).astype(np.int64), _N_BINS - 1)
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
