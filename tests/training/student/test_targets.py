"""The targets: what the teachers answer, scaled so that one loss fits all."""

from __future__ import annotations

import numpy as np
import pytest

from genretagger.training.student.bank import BankPass
from genretagger.training.student.targets import THIRDS, WHOLE, Scaling


@pytest.fixture
def answers():
    """Return 500 answers of 6 numbers, correlated and far from 0."""
    random = np.random.default_rng(0)
    mixing = random.normal(0, 1, (6, 6)) * [5, 3, 2, 1, 0.5, 0.1]
    return (random.normal(0, 1, (500, 6)) @ mixing.T + 7).astype(np.float32)


def test_features_become_uncorrelated_half_whitened_and_of_mean_square_one(answers):
    scaling = Scaling.whiten(answers, width=3)
    targets = scaling(answers)
    assert targets.shape == (500, 3)
    assert np.mean(targets**2) == pytest.approx(1, abs=0.01)
    covariance = np.cov(targets.T)
    variances = np.diag(covariance)
    assert np.all(np.abs(covariance - np.diag(variances)) < 0.02)
    # Half whitened: a variance that was v times as large is still the root of v times as large.
    largest = np.linalg.eigvalsh(np.cov(answers.T))[::-1][:3]
    np.testing.assert_allclose(variances / variances[0], np.sqrt(largest / largest[0]), rtol=0.02)


def test_more_components_than_answers_are_no_trouble():
    few = np.random.default_rng(0).normal(0, 1, (4, 20)).astype(np.float32)
    targets = Scaling.whiten(few, width=12)(few)
    assert targets.shape == (4, 12)
    assert np.isfinite(targets).all()


def test_logits_are_standardised_and_one_that_never_changes_stays_small(answers):
    answers[:, 2] = 1.0
    answers[0, 2] = 1.01
    targets = Scaling.standardise(answers)(answers)
    np.testing.assert_allclose(targets.mean(axis=0), 0, atol=0.02)
    deviation = answers.std(axis=0)
    np.testing.assert_allclose(targets.std(axis=0), deviation / (deviation + 0.3), rtol=0.02)
    assert np.abs(targets[:, 2]).max() < 0.05


def test_outliers_are_limited(answers):
    scaling = Scaling.standardise(answers)
    assert scaling(answers * 1000).max() == 5
    assert Scaling.whiten(answers, width=2)(answers * 1000).max() == 6


def test_blocks_lie_side_by_side_where_they_are_found(targets, plain, tags):
    whole, thirds = targets.compute(plain)
    assert whole.shape == (24, 48 + 50 + 32 + 50)
    assert thirds.shape == (24, 3, 96 + 5)
    chosen = plain.read_answers("audioset_logits")[..., list(tags.audioset)]
    expected = targets.scalings["audioset_logits"](chosen)
    np.testing.assert_array_equal(thirds[..., targets.find("audioset_logits")], expected)
    assert targets.find("msd_features") == slice(0, 48)


def test_targets_are_scaled_by_the_plain_pass_alone(targets, make_records):
    louder = make_records(1)
    before, _ = targets.compute(BankPass(louder))
    louder["msd_logits"] += 0.5
    after, _ = targets.compute(BankPass(louder))
    moved = (after - before)[:, targets.find("msd_logits")]
    assert moved.mean() > 0.1
    np.testing.assert_array_equal(
        np.delete(after, np.arange(180)[targets.find("msd_logits")], axis=1),
        np.delete(before, np.arange(180)[targets.find("msd_logits")], axis=1),
    )


def test_weights_sum_to_one(targets):
    whole, thirds = targets.weigh(WHOLE), targets.weigh(THIRDS)
    assert whole.size == 180
    assert thirds.size == 101
    assert whole.sum() == pytest.approx(1)
    assert thirds.sum() == pytest.approx(1)
