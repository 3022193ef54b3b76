"""From logits to scores, levels and doubts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from genretagger.analysis.scoring import (
    combine_segments,
    find_doubt,
    find_level,
    measure_scale,
    softmax,
)
from genretagger.core.predictions import Level, Threshold, Unsure

LOGITS = arrays(np.float64, (3, 5), elements=st.floats(-500, 500))


@given(LOGITS, st.floats(0.5, 50))
def test_scores_are_probabilities_in_the_order_of_the_logits(logits, temperature):
    scores = softmax(logits, temperature=temperature)
    np.testing.assert_allclose(scores.sum(axis=1), 1)
    assert np.all((scores >= 0) & (scores <= 1))
    for row, said in zip(scores, logits, strict=True):
        assert row[said.argmax()] == row.max()


def test_a_unit_that_never_moves_does_not_drown_the_others_when_it_does():
    rows = np.random.default_rng(0).normal(1, 2, (50, 4))
    rows[:, 3] = 0
    mean, scale = measure_scale(rows.astype(np.float32))
    np.testing.assert_allclose(scale[:3], rows[:, :3].std(axis=0), rtol=1e-6)
    awake = (np.array([1, 1, 1, 2]) - mean) / scale
    assert abs(awake[3]) < 5
    assert np.all(measure_scale(np.ones((3, 2)))[1] > 0), "all alike"


def test_a_genre_that_was_never_learned_is_never_named():
    scores = softmax(np.array([1.0, -np.inf, 0.5]), temperature=7)
    assert scores[1] == 0
    assert scores.sum() == pytest.approx(1)


def test_a_higher_temperature_is_less_sure():
    logits = np.array([3.0, 1.0, 0.0])
    assert softmax(logits, temperature=4).max() < softmax(logits, temperature=1).max()


def test_segments_that_disagree_lower_the_confidence():
    same = np.tile([3.0, 0.0, 0.0], (4, 1))
    torn = np.array([[3.0, 0.0, 0.0], [0.0, 3.0, 0.0], [3.0, 0.0, 0.0], [3.0, 0.0, 0.0]])
    numbers = {"temperature": 1.0, "segment_weight": 0.4, "focus": 2.0}
    sure, segments = combine_segments(same, **numbers)
    np.testing.assert_allclose(sure, segments[0])
    unsure, _ = combine_segments(torn, **numbers)
    assert unsure.argmax() == 0
    assert unsure[0] < sure[0]
    assert unsure.sum() == pytest.approx(1)
    # The scores of the mean and the mean of the scores, in their shares.
    mean_of_scores = np.mean(softmax(torn, temperature=1.0), axis=0)
    score_of_mean = softmax(torn.mean(axis=0), temperature=1.0)
    np.testing.assert_allclose(unsure, 0.6 * score_of_mean + 0.4 * mean_of_scores)


def test_a_clear_segment_counts_more_than_vague_ones():
    logits = np.array([[6.0, 0.0], [0.0, 1.5], [0.0, 1.5], [0.0, 1.5]])
    numbers = {"temperature": 1.0, "segment_weight": 0.0}
    alike, _ = combine_segments(logits, **numbers, focus=0.0)
    focused, _ = combine_segments(logits, **numbers, focus=2.0)
    assert focused[0] > alike[0]
    np.testing.assert_allclose(alike, softmax(logits.mean(axis=0), temperature=1.0))


@pytest.mark.parametrize(
    ("confidence", "level"),
    [(0.95, Level.HIGH), (0.9, Level.HIGH), (0.89, Level.MEDIUM), (0.59, Level.LOW)],
)
def test_levels_begin_at_their_thresholds(confidence, level):
    high, medium = Threshold(0.9, 0.98, 0.4), Threshold(0.6, 0.95, 0.6)
    assert find_level(confidence, high=high, medium=medium) is level


@pytest.mark.parametrize(
    ("confidence", "support", "reason"),
    [
        (0.9, 0.9, None),
        (0.4, 0.9, Unsure.LOW_CONFIDENCE),
        (0.9, 0.4, Unsure.SEGMENTS_DISAGREE),
        (0.4, 0.4, Unsure.SEGMENTS_DISAGREE),  # why it is low
    ],
)
def test_doubt_names_its_reason(confidence, support, reason):
    assert find_doubt(confidence, support=support, unsure_below=0.5, least_support=0.5) is reason
