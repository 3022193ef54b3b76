"""Turns the logits of a track and its segments into scores, levels and doubts; NumPy only.

The application and training call the same functions, so that the figures measured hold for the
scores shown. Knows nothing of networks and files.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.core.predictions import Level, Threshold, Unsure

_LEAST_SCALE: Final = 0.3


def average_segments(penultimate: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the input of a classifier for a track: the mean over its segments.

    Adding deviation and quantiles made cross-validated accuracy worse (docs/model.md).

    Parameters
    ----------
    penultimate : np.ndarray [float32, shape=(..., n_segments, n_units)]
        Activations of the embedding network; at least one segment.

    Returns
    -------
    np.ndarray [float32, shape=(..., n_units)]
        Mean activations.
    """
    mean: NDArray[np.float32] = penultimate.mean(axis=-2, dtype=np.float32)
    return mean


def measure_scale(
    rows: NDArray[np.floating],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and scale that standardise the units of rows.

    The scale is their deviation, but at least `_LEAST_SCALE` of the root mean square of all: some
    units are still in all music that is learned from, and the least sound that wakes one would
    otherwise count more than all others.

    Parameters
    ----------
    rows : np.ndarray [float32 or float64, shape=(n_tracks, n_units)]
        Activations; at least one track.

    Returns
    -------
    np.ndarray [float64, shape=(n_units,)]
        Mean.
    np.ndarray [float64, shape=(n_units,)]
        Scale, above 0.
    """
    mean = rows.mean(axis=0, dtype=np.float64)
    deviation = rows.std(axis=0, dtype=np.float64)
    least = _LEAST_SCALE * np.sqrt(np.mean(np.square(deviation))) + 1e-6
    scale: NDArray[np.float64] = np.maximum(deviation, least)
    return mean, scale


def softmax(logits: NDArray[np.float64], *, temperature: float) -> NDArray[np.float64]:
    """Return probabilities from logits, softened by a temperature (Guo et al. 2017).

    Parameters
    ----------
    logits : np.ndarray [float64, shape=(..., n_genres)]
        Before the softmax.
    temperature : float > 0
        Above 1: less sure.

    Returns
    -------
    np.ndarray [float64, shape=(..., n_genres)]
        In [0, 1], sums to 1.
    """
    powers = np.exp((logits - logits.max(axis=-1, keepdims=True)) / temperature)
    scores: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return scores


def combine_segments(
    logits: NDArray[np.float64], *, temperature: float, segment_weight: float, focus: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the scores of a track and of each of its segments, from the segments' logits.

    The logits of the track are a weighted mean over its segments, where segments of a clear genre
    count most. Segments of different genres lower the largest score: a track in two styles gets a
    lower one than a track between two styles.

    Parameters
    ----------
    logits : np.ndarray [float64, shape=(..., n_segments, n_genres)]
        Of each segment.
    temperature : float > 0
        Of the softmax.
    segment_weight : float in [0, 1]
        Weight of the mean of the segments' scores, against the scores of the mean logits.
    focus : float >= 0
        The weight of a segment in the mean is its largest score to this power; 0: equal weights.

    Returns
    -------
    scores : np.ndarray [float64, shape=(..., n_genres)]
        Of the track; in [0, 1], sum 1.
    segments : np.ndarray [float64, shape=(..., n_segments, n_genres)]
        Of each segment; the same.
    """
    segments = softmax(logits, temperature=temperature)
    weights = segments.max(axis=-1, keepdims=True) ** focus
    mean = (logits * weights).sum(axis=-2) / weights.sum(axis=-2)
    whole = softmax(mean, temperature=temperature)
    return (1 - segment_weight) * whole + segment_weight * segments.mean(axis=-2), segments


def find_level(confidence: float, *, high: Threshold, medium: Threshold) -> Level:
    """Return the level that a confidence reaches."""
    if confidence >= high.confidence:
        return Level.HIGH
    return Level.MEDIUM if confidence >= medium.confidence else Level.LOW


def find_doubt(
    confidence: float, *, support: float, unsure_below: float, least_support: float
) -> Unsure | None:
    """Return the reason to distrust a genre, None if there is none.

    Parameters
    ----------
    confidence : float in [0, 1]
        The score of the genre.
    support : float in [0, 1]
        Share of segments with the same genre.
    unsure_below, least_support : float in [0, 1]
        The lowest trusted confidence and support.
    """
    if support < least_support:
        return Unsure.SEGMENTS_DISAGREE
    return Unsure.LOW_CONFIDENCE if confidence < unsure_below else None
