"""From logits to scores, levels and doubts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from genretagger.analysis.judging import combined, doubt, level_of, softmax
from genretagger.core.hearing import Level, Threshold, Unsure

LOGITS = arrays(np.float64, (3, 5), elements=st.floats(-500, 500))


@given(LOGITS, st.floats(0.5, 50))
def test_scores_are_probabilities_in_the_order_of_the_logits(logits, temperature):
    scores = softmax(logits, temperature=temperature)
    np.testing.assert_allclose(scores.sum(axis=1), 1)
    assert np.all((scores >= 0) & (scores <= 1))
    for row, said in zip(scores, logits, strict=True):
        assert row[said.argmax()] == row.max()


def test_a_genre_that_was_never_learned_is_never_named():
    scores = softmax(np.array([1.0, -np.inf, 0.5]), temperature=7)
    assert scores[1] == 0
    assert scores.sum() == pytest.approx(1)


def test_a_higher_temperature_is_less_sure():
    logits = np.array([3.0, 1.0, 0.0])
    assert softmax(logits, temperature=4).max() < softmax(logits, temperature=1).max()


def test_segments_that_disagree_lower_the_confidence():
    whole = np.array([0.8, 0.1, 0.1])
    agreeing = np.tile(whole, (4, 1))
    disagreeing = np.array([[0.9, 0.05, 0.05], [0.05, 0.9, 0.05]] * 2)
    sure = combined(whole, agreeing, segment_weight=0.4)
    torn = combined(whole, disagreeing, segment_weight=0.4)
    np.testing.assert_allclose(sure, whole)
    assert torn[0] == pytest.approx(0.6 * 0.8 + 0.4 * 0.475)
    assert torn.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("confidence", "level"),
    [(0.95, Level.HIGH), (0.9, Level.HIGH), (0.89, Level.MEDIUM), (0.59, Level.LOW)],
)
def test_levels_begin_at_their_thresholds(confidence, level):
    high, medium = Threshold(0.9, 0.98, 0.4), Threshold(0.6, 0.95, 0.6)
    assert level_of(confidence, high=high, medium=medium) is level


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
    assert doubt(confidence, support=support, unsure_below=0.5, least_support=0.5) is reason
