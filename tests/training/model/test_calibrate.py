"""Confidence means what it says, and a level says how often it was right."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.data.metrics import calibration_error
from genretagger.training.model.calibrate import (
    Calibration,
    Logits,
    fit_calibration,
    measure_levels,
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


def test_the_number_is_calibrated_where_a_temperature_cannot():
    random = np.random.default_rng(0)
    labels = random.integers(0, 10, 4000)
    # Nine of ten rows are right, and all are as clear.
    named = np.where(random.random(4000) < 0.9, labels, (labels + 1) % 10)
    logits = 8 * np.eye(10)[named] + random.normal(0, 1, (4000, 10))
    held = Logits(np.arange(4000), np.repeat(logits[:, np.newaxis], 2, axis=1), np.zeros(4000))
    scores, _ = fit_calibration(held, labels).score(held)
    right = scores.argmax(axis=1) == labels
    assert calibration_error(scores.max(axis=1), right) < 0.02


def test_a_level_says_how_often_it_was_right():
    random = np.random.default_rng(0)
    confidence = random.uniform(0.2, 1, 20_000)
    right = random.random(20_000) < confidence  # perfectly calibrated
    levels = measure_levels(confidence, right)
    assert (levels.high.confidence, levels.medium.confidence) == (0.95, 0.8)
    assert levels.high.precision == pytest.approx(0.975, abs=0.01)
    assert levels.medium.precision == pytest.approx(0.9, abs=0.01)
    assert levels.high.coverage == pytest.approx(0.0625, abs=0.01)
    assert levels.medium.coverage == pytest.approx(0.25, abs=0.02)


def test_a_level_that_nothing_reaches_covers_nothing():
    levels = measure_levels(np.array([0.5, 0.9]), np.array([True, True]))
    assert (levels.high.coverage, levels.medium.coverage) == (0.0, 0.5)
