"""Computes temperature, levels and report of a personal classifier from its cross-validation."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.core.personal import GenreReport
from genretagger.core.predictions import Threshold

HIGH_PRECISION: Final = 0.95
MEDIUM_PRECISION: Final = 0.80
# A precision measured on fewer tracks is luck.
_LEAST_ABOVE: Final = 20
_N_BINS: Final = 10
_WIDEST: Final = 16.0  # the temperature is searched from 1/16 to 16
# The mean recall must exceed chance by this many standard deviations between artists ...
_SIGMAS: Final = 2
_LEAST_ABOVE_CHANCE: Final = 0.1  # ... and by this much, or with many genres ...
_LEAST_TIMES_CHANCE: Final = 3  # ... be this many times chance


def log_loss(logits: NDArray[np.float64], labels: NDArray[np.intp]) -> float:
    """Return the mean negative log-probability of the true genres."""
    top = logits.max(axis=1)
    total = top + np.log(np.exp(logits - top[:, np.newaxis]).sum(axis=1))
    return float(np.mean(total - logits[np.arange(len(labels)), labels]))


def best_temperature(logits: NDArray[np.float64], labels: NDArray[np.intp]) -> float:
    """Return the temperature with the least log-loss (Guo et al. 2017).

    The loss is convex in its inverse, so a grid that narrows around its best point finds it.
    """
    best, width = 1.0, _WIDEST
    for _ in range(4):
        grid = best * np.geomspace(1 / width, width, 9)
        losses = [log_loss(logits / temperature, labels) for temperature in grid]
        best, width = float(grid[int(np.argmin(losses))]), width**0.25
    return best


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the mean gap between confidence and accuracy over ten equal bins, weighted by rows."""
    bins = np.minimum((confidence * _N_BINS).astype(np.intp), _N_BINS - 1)
    gaps = [abs(np.sum((confidence - right)[bins == number])) for number in range(_N_BINS)]
    return float(sum(gaps) / len(right))


def find_threshold(
    confidence: NDArray[np.float64],
    right: NDArray[np.bool_],
    *,
    expected: NDArray[np.float64],
    counts: NDArray[np.bool_],
    precision: float,
) -> Threshold | None:
    """Return the lowest confidence above which rows reach `precision`, None if there is none.

    Both the measured precision of these rows and the `expected` one of each must reach it. Because
    `expected` grows with confidence, so does even the least confident row. Only the rows in
    `counts` are judged; the coverage is their share of all rows.
    """
    order = np.argsort(-confidence[counts], kind="stable")
    ranked = confidence[counts][order]
    number = np.arange(1, len(ranked) + 1)
    precisions = np.cumsum(right[counts][order]) / number
    # Rows of equal confidence are accepted together.
    ends = np.append(ranked[1:] < ranked[:-1], True)[: len(ranked)]
    enough = (precisions >= precision) & (expected[counts][order] >= precision)
    good = np.flatnonzero(ends & enough & (number >= _LEAST_ABOVE))
    if not len(good):
        return None
    last = good[-1]
    return Threshold(float(ranked[last]), float(precisions[last]), (int(last) + 1) / len(right))


def find_thresholds(
    confidence: NDArray[np.float64],
    right: NDArray[np.bool_],
    *,
    expected: NDArray[np.float64],
    few: NDArray[np.bool_],
) -> tuple[Threshold | None, Threshold | None]:
    """Return the thresholds of the levels high and medium.

    Parameters
    ----------
    confidence : np.ndarray [float64, shape=(n_rows,)]
        Calibrated confidence of rows that were not learned from.
    right : np.ndarray [bool, shape=(n_rows,)]
        Whether the predicted genre was right.
    expected : np.ndarray [float64, shape=(n_rows,)]
        Expected share of right rows at this confidence, in [0, 1]; grows with confidence.
    few : np.ndarray [bool, shape=(n_rows,)]
        Whether the predicted genre has too few artists, so that it never reaches high.
    """
    return (
        find_threshold(confidence, right, expected=expected, counts=~few, precision=HIGH_PRECISION),
        find_threshold(
            confidence,
            right,
            expected=expected,
            counts=np.ones_like(few),
            precision=MEDIUM_PRECISION,
        ),
    )


def follows_sound(reports: Sequence[GenreReport], named: NDArray[np.intp]) -> bool:
    """Return whether genres are recalled better than by guesses that ignore the sound.

    The mean recall of guesses is 1 / number of genres, for any distribution of genres; unlike
    comparing accuracy with the most frequent genre, this is fair to a library of 95 % rock. Tracks
    of one artist are alike, so the noise depends on the number of artists.
    """
    n_genres = len(reports)
    chance = 1 / n_genres
    recall = sum(report.recall for report in reports) / n_genres
    shares = np.bincount(named, minlength=n_genres) / len(named)
    n_artists = np.array([report.n_artists for report in reports])
    noise = sqrt(np.sum(shares * (1 - shares) / n_artists)) / n_genres
    least = min(chance + _LEAST_ABOVE_CHANCE, _LEAST_TIMES_CHANCE * chance)
    return bool(recall >= least and recall > chance + _SIGMAS * noise)


def genre_reports(
    named: NDArray[np.intp],
    labels: NDArray[np.intp],
    *,
    genres: Sequence[str],
    n_artists: Sequence[int],
    few: NDArray[np.bool_],
) -> tuple[GenreReport, ...]:
    """Return precision and recall of each genre.

    Parameters
    ----------
    named, labels : np.ndarray [intp, shape=(n_rows,)]
        Index of the predicted and of the true genre.
    genres : sequence of str
        Names of the genres.
    n_artists : sequence of int
        Number of artists of each genre.
    few : np.ndarray [bool, shape=(n_genres,)]
        Whether a genre has too few artists.
    """
    n_genres = len(genres)
    hits = np.bincount(labels[named == labels], minlength=n_genres)
    n_named = np.bincount(named, minlength=n_genres)
    n_tracks = np.bincount(labels, minlength=n_genres)
    return tuple(
        GenreReport(
            genre,
            int(n_tracks[i]),
            n_artists[i],
            float(hits[i] / n_named[i]) if n_named[i] else None,
            float(hits[i] / n_tracks[i]),
            bool(few[i]),
        )
        for i, genre in enumerate(genres)
    )
