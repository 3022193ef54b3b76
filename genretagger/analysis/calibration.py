"""Makes a confidence mean what it says: of the tracks at 82 %, 82 of 100 are right; NumPy only.

A beta calibration (Kull, Silva Filho and Flach 2017, "Beta calibration: a well-founded and easily
implemented improvement on logistic calibration for binary classifiers") turns the largest score of
a track into the probability that its genre is right. The map is smooth and strictly increasing:
no two tracks of different scores get the same number. The application and training call the same
functions.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.core.predictions import BetaCalibration

_LEAST: Final = 1e-9  # a score of 0 or 1 has no logarithm on one side
# Powers are found by halving this range of their logarithms; 50 halvings leave less than 1e-13.
_LARGEST_LOG_POWER: Final = 7.0
_N_HALVINGS: Final = 50
_N_STEPS: Final = 50


def calibrate(confidence: NDArray[np.float64], calibration: BetaCalibration) -> NDArray[np.float64]:
    """Return the probability that each verdict is right.

    Parameters
    ----------
    confidence : np.ndarray [float64, shape=(...)]
        The largest score of each track, in [0, 1].
    calibration : BetaCalibration
        How the probability grows with the score.

    Returns
    -------
    np.ndarray [float64, shape=(...)]
        In [0, 1].
    """
    rise, fall = _logarithms(confidence)
    log_odds = calibration.low * rise + calibration.high * fall + calibration.offset
    probability: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(log_odds, -700, 700)))
    return probability


def calibrate_scores(
    scores: NDArray[np.float64], calibration: BetaCalibration
) -> NDArray[np.float64]:
    """Return scores of which the largest is the calibrated confidence; they keep their order.

    The scores of a track are raised to one power, as by a temperature of its own. Where two genres
    share the first place, none can be more probable than their share.

    Parameters
    ----------
    scores : np.ndarray [float64, shape=(..., n_genres)]
        Of tracks, in [0, 1], sum 1.
    calibration : BetaCalibration
        How the probability grows with the largest score.

    Returns
    -------
    np.ndarray [float64, shape=(..., n_genres)]
        In [0, 1], sum 1.
    """
    wanted = calibrate(scores.max(axis=-1), calibration)
    logs = np.log(np.maximum(scores, np.finfo(np.float64).tiny))
    logs -= logs.max(axis=-1, keepdims=True)
    low = np.full(wanted.shape, -_LARGEST_LOG_POWER)
    high = -low
    for _ in range(_N_HALVINGS):
        middle = (low + high) / 2
        too_low = 1 / _powers(logs, middle).sum(axis=-1) < wanted
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    powers = _powers(logs, (low + high) / 2)
    calibrated: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return calibrated


def _powers(logs: NDArray[np.float64], log_power: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each score, relative to the largest, to the power of its track."""
    powers: NDArray[np.float64] = np.exp(logs * np.exp(log_power)[..., np.newaxis])
    return powers


def fit_beta(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], *, prior: float
) -> BetaCalibration:
    """Return the beta calibration that makes `right` most probable.

    It is a logistic regression on the two logarithms, by Newton's method, drawn towards the map
    that changes nothing. A slope that would fall is left out, as in the paper.

    Parameters
    ----------
    confidence : np.ndarray [float64, shape=(n_rows,)]
        The largest score of tracks that the classifier was not trained on.
    right : np.ndarray [bool, shape=(n_rows,)]
        Whether each verdict is right.
    prior : float > 0
        How firmly the map is drawn: the penalty on half the squared change of each parameter.
    """
    rise, fall = _logarithms(confidence)
    columns = np.stack([rise, fall, np.ones_like(rise)], axis=1)
    kept = np.array([True, True, True])
    parameters = _fit_logistic(columns, right, kept, prior=prior)
    if parameters[:2].min() < 0:
        kept[int(parameters[:2].argmin())] = False
        parameters = _fit_logistic(columns, right, kept, prior=prior)
    low, high, offset = np.maximum(parameters, [0, 0, -np.inf]).tolist()
    return BetaCalibration(low, high, offset)


def _fit_logistic(
    columns: NDArray[np.float64],
    right: NDArray[np.bool_],
    kept: NDArray[np.bool_],
    *,
    prior: float,
) -> NDArray[np.float64]:
    """Return the parameters of a logistic regression on the `kept` columns, zero for the others."""
    unchanged = np.array([1.0, 1.0, 0.0])[kept]
    rows, parameters = columns[:, kept], unchanged
    for _ in range(_N_STEPS):
        probability = 1 / (1 + np.exp(-np.clip(rows @ parameters, -700, 700)))
        gradient = rows.T @ (probability - right) + prior * (parameters - unchanged)
        curvature = (rows.T * (probability * (1 - probability))) @ rows
        step = np.linalg.solve(curvature + prior * np.eye(len(unchanged)), gradient)
        parameters = parameters - step
        if np.abs(step).max() < _LEAST:
            break
    result = np.zeros(len(kept))
    result[kept] = parameters
    return result


def _logarithms(
    confidence: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return log(score) and -log(1 - score)."""
    inside = np.clip(confidence, _LEAST, 1 - _LEAST)
    return np.log(inside), -np.log1p(-inside)
