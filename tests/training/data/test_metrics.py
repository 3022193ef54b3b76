"""Metrics against values worked out by hand and by scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn.metrics import (
    balanced_accuracy_score,
    confusion_matrix,
    precision_score,
    roc_auc_score,
)

from genretagger.training.data.metrics import (
    auroc,
    bootstrap,
    calibration_error,
    coverage,
    measure,
    reliability_bins,
    risk_coverage,
    wilson_interval,
)


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

    metrics = measure(scores, labels, genres=("a", "b", "c"))

    named = scores.argmax(axis=1)
    assert metrics.accuracy == np.mean(named == labels)
    assert metrics.balanced_accuracy == pytest.approx(balanced_accuracy_score(labels, named))
    assert np.array_equal(metrics.confusion, confusion_matrix(labels, named))
    precisions = precision_score(labels, named, average=None)
    assert list(metrics.per_genre_precision.values()) == pytest.approx(precisions.tolist())


def test_a_genre_that_does_not_occur_has_no_recall():
    metrics = measure(np.array([[0.9, 0.1]]), np.array([0]), genres=("a", "b"))
    assert metrics.per_genre_recall == {"a": 1.0}
    assert metrics.per_genre_precision == {"a": 1.0}


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


def test_reliability_bins_are_those_of_the_calibration_error():
    random = np.random.default_rng(0)
    confidence = random.uniform(0.1, 1, 300)
    right = random.uniform(size=300) < confidence
    bins = reliability_bins(confidence, right)
    assert sum(one.n for one in bins) == 300
    assert all(one.low <= one.confidence < one.high for one in bins)
    gap = sum(one.n * abs(one.confidence - one.accuracy) for one in bins) / 300
    assert gap == pytest.approx(calibration_error(confidence, right))


def test_the_curve_of_risk_ends_with_the_share_of_all_that_is_wrong():
    random = np.random.default_rng(0)
    confidence = random.uniform(size=1000)
    right = random.uniform(size=1000) < 0.8
    curve = risk_coverage(confidence, right, at_most=200)
    assert len(curve) == 200
    assert curve[-1].coverage == 1
    assert curve[-1].risk == pytest.approx(1 - right.mean())
    assert [one.coverage for one in curve] == sorted(one.coverage for one in curve)
    middle = curve[100]
    accepted = confidence >= middle.confidence
    assert middle.coverage == pytest.approx(accepted.mean())
    assert middle.risk == pytest.approx(1 - right[accepted].mean())


def test_the_curve_of_risk_takes_equal_confidences_together():
    curve = risk_coverage(np.array([0.9, 0.8, 0.8]), np.array([True, False, True]), at_most=9)
    assert [(one.coverage, one.risk) for one in curve] == [(1 / 3, 0), (1, pytest.approx(1 / 3))]


def test_intervals_are_wider_when_rows_belong_together():
    random = np.random.default_rng(0)
    right = np.repeat(random.uniform(size=60) < 0.8, 10)
    confidence = np.full(600, 0.85)
    alone = bootstrap(confidence, right, groups=np.arange(600).astype(str), seed=0)
    together = bootstrap(confidence, right, groups=np.repeat(np.arange(60), 10).astype(str), seed=0)
    assert together.accuracy[0] < alone.accuracy[0] < right.mean() < alone.accuracy[1]
    low, high = binomtest(int(right.sum()), 600).proportion_ci(method="wilson")
    assert alone.accuracy == pytest.approx((low, high), abs=0.01)
    assert together == bootstrap(
        confidence, right, groups=np.repeat(np.arange(60), 10).astype(str), seed=0
    )
    assert together.ece[0] <= calibration_error(confidence, right) <= together.ece[1]


def test_auroc_is_that_of_scikit_learn():
    random = np.random.default_rng(0)
    positive, negative = random.integers(0, 9, 80) / 4 + 1, random.integers(0, 9, 50) / 4
    labels = np.repeat([1, 0], [80, 50])
    expected = roc_auc_score(labels, np.concatenate([positive, negative]))
    assert auroc(positive, negative) == pytest.approx(expected)
    assert auroc(np.array([2.0]), np.array([1.0])) == 1
