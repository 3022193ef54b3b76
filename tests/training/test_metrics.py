"""Metrics against values worked out by hand and by scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn.metrics import balanced_accuracy_score, confusion_matrix

from genretagger.training.metrics import calibration_error, coverage, measure, wilson_interval


@pytest.mark.parametrize(("successes", "n"), [(232, 290), (1, 3), (999, 1000)])
def test_wilson_interval_is_that_of_scipy(successes, n):
    expected = binomtest(successes, n).proportion_ci(method="wilson")
    assert wilson_interval(successes, n=n) == pytest.approx(tuple(expected), abs=1e-6)


@pytest.mark.parametrize(("successes", "edge"), [(0, 0), (7, 1)])
def test_wilson_interval_stays_within_zero_and_one(successes, edge):
    low, high = wilson_interval(successes, n=7)
    assert 0 <= low < high <= 1
    assert edge in (pytest.approx(low, abs=1e-9), pytest.approx(high, abs=1e-9))


def test_measure_agrees_with_scikit_learn():
    random = np.random.default_rng(0)
    scores = random.dirichlet(np.ones(3), 200)
    labels = random.integers(0, 3, 200)

    found = measure(scores, labels, genres=("a", "b", "c"))

    named = scores.argmax(axis=1)
    assert found.accuracy == np.mean(named == labels)
    assert found.balanced_accuracy == pytest.approx(balanced_accuracy_score(labels, named))
    assert np.array_equal(found.confusion, confusion_matrix(labels, named))


def test_a_genre_that_does_not_occur_has_no_recall():
    found = measure(np.array([[0.9, 0.1]]), np.array([0]), genres=("a", "b"))
    assert found.per_genre_recall == {"a": 1.0}


def test_calibration_error_is_the_mean_gap_by_bin():
    confidence = np.array([0.95, 0.95, 0.55, 1.0])
    right = np.array([True, False, True, True])
    # Bin 0.9-1.0: three rows, confidence 2.9 / 3, right 2 / 3. Bin 0.5-0.6: one row.
    expected = 3 / 4 * (2.9 / 3 - 2 / 3) + 1 / 4 * 0.45
    assert calibration_error(confidence, right) == pytest.approx(expected)


def test_coverage_takes_equal_confidences_together():
    confidence = np.array([0.9, 0.8, 0.8, 0.1])
    right = np.array([True, True, False, False])
    assert coverage(confidence, right, precision=1.0) == 0.25
    assert coverage(confidence, right, precision=0.6) == 0.75
    assert coverage(confidence, ~right, precision=1.0) == 0.0
