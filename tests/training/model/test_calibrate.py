"""Confidence means what it says, and a level is where verdicts are right often enough."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.data.metrics import calibration_error
from genretagger.training.model.calibrate import (
    Calibration,
    Logits,
    choose_levels,
    fit_calibration,
)


def test_calibration_makes_confidence_mean_what_it_says():
    random = np.random.default_rng(0)
    true = random.normal(0, 2, (3000, 10))
    labels = (true + random.gumbel(size=true.shape)).argmax(axis=1)  # drawn from its softmax
    overconfident = np.repeat(5 * true[:, np.newaxis], 4, axis=1)
    held = Logits(np.arange(3000), overconfident, np.zeros(3000))
    before, after = Calibration(1.0, 0.0), fit_calibration(held, labels)
    assert after.temperature == pytest.approx(5, rel=0.1)

    def error(calibration):
        scores, _ = calibration.score(held)
        return calibration_error(scores.max(axis=1), scores.argmax(axis=1) == labels)

    assert error(after) < 0.03 < 0.2 < error(before)


def test_levels_are_where_verdicts_are_right_often_enough():
    random = np.random.default_rng(0)
    confidence = random.uniform(0.2, 1, 20_000)
    right = random.random(20_000) < confidence  # perfectly calibrated
    levels = choose_levels(confidence, right)
    assert levels.high.confidence == pytest.approx(0.95, abs=0.03)
    assert levels.medium.confidence == pytest.approx(0.8, abs=0.05)
    assert levels.unsure_below == pytest.approx(0.5, abs=0.03)
    assert levels.high.precision > 0.95
    assert levels.medium.coverage == pytest.approx(0.25, abs=0.06)


def test_no_level_is_claimed_that_was_not_measured():
    confidence = np.linspace(0.5, 1, 100)
    levels = choose_levels(confidence, np.zeros(100, np.bool_))
    assert (levels.high.confidence, levels.medium.confidence) == (1.0, 1.0)
