"""A confidence is the share of such tracks that are right, and all scores of a track fit it."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.analysis.calibration import calibrate, calibrate_scores, fit_beta
from genretagger.core.predictions import BetaCalibration

UNCHANGED = BetaCalibration(1.0, 1.0, 0.0)
DOUBTING = BetaCalibration(0.5, 0.3, -0.4)


def draw_scores(n_rows=200):
    return np.random.default_rng(0).dirichlet(np.full(10, 0.3), n_rows)


def test_the_neutral_calibration_changes_nothing():
    scores = draw_scores()
    np.testing.assert_allclose(calibrate(scores, UNCHANGED), scores, atol=1e-8)
    np.testing.assert_allclose(calibrate_scores(scores, UNCHANGED), scores, atol=1e-6)


@pytest.mark.parametrize("calibration", [DOUBTING, BetaCalibration(2.0, 0.0, 1.0)])
def test_scores_keep_order_and_sum_and_begin_with_the_confidence(calibration):
    scores = draw_scores()
    calibrated = calibrate_scores(scores, calibration)
    assert np.array_equal(np.argsort(calibrated, kind="stable"), np.argsort(scores, kind="stable"))
    np.testing.assert_allclose(calibrated.sum(axis=1), 1)
    wanted = calibrate(scores.max(axis=1), calibration)
    assert wanted.min() > 0.1, "ten genres cannot all have less than a tenth"
    np.testing.assert_allclose(calibrated.max(axis=1), wanted, atol=1e-9)


def test_a_larger_score_is_always_a_larger_confidence():
    grid = np.linspace(0.0, 1.0, 1001)
    for calibration in (UNCHANGED, DOUBTING, BetaCalibration(0.0, 1.3, -0.2)):
        assert np.all(np.diff(calibrate(grid[1:-1], calibration)) > 0)
        assert np.all((calibrate(grid, calibration) >= 0) & (calibrate(grid, calibration) <= 1))


@pytest.mark.parametrize(
    ("scores", "most"),
    [([0.5, 0.5, 0.0], 0.5), ([1.0, 0.0, 0.0], 1.0), ([1 / 3, 1 / 3, 1 / 3], 1 / 3)],
)
def test_extreme_scores_give_finite_ones(scores, most):
    for calibration in (UNCHANGED, DOUBTING, BetaCalibration(100.0, 100.0, 100.0)):
        calibrated = calibrate_scores(np.array(scores), calibration)
        assert np.isfinite(calibrated).all()
        assert calibrated.sum() == pytest.approx(1)
        assert calibrated.max() <= most + 1e-9


def test_what_was_fitted_is_right_as_often_as_it_says():
    random = np.random.default_rng(1)
    confidence = random.uniform(0.2, 1, 20_000)
    right = random.random(20_000) < confidence**2  # far too sure
    calibrated = calibrate(confidence, fit_beta(confidence, right, prior=1.0))
    for start in (0.1, 0.3, 0.5, 0.7, 0.9):
        chosen = (calibrated >= start) & (calibrated < start + 0.1)
        assert right[chosen].mean() == pytest.approx(calibrated[chosen].mean(), abs=0.03)


def test_a_map_never_falls_whatever_was_measured():
    confidence = np.linspace(0.1, 0.99, 300)
    fitted = fit_beta(confidence, confidence < 0.5, prior=1.0)  # the surer, the more wrong
    assert min(fitted.low, fitted.high) >= 0
    assert np.all(np.diff(calibrate(confidence, fitted)) >= 0)


def test_without_evidence_nothing_changes():
    fitted = fit_beta(np.array([0.7]), np.array([True]), prior=1e6)
    assert (fitted.low, fitted.high) == pytest.approx((1, 1), abs=1e-3)
    assert fitted.offset == pytest.approx(0, abs=1e-3)
