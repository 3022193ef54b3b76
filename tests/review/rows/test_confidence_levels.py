"""Confidence levels: which one a confidence reaches, and how often it was right."""

from __future__ import annotations

import pytest

from genretagger.core.predictions import Level, Threshold
from genretagger.review.rows.confidence_levels import ClassifierLevels, Levels

HIGH, MEDIUM = Threshold(0.958, 0.98, 0.4), Threshold(0.8141, 0.95, 0.6)


@pytest.mark.parametrize(
    ("confidence", "level"),
    [(0.958, Level.HIGH), (0.957, Level.MEDIUM), (0.8141, Level.MEDIUM), (0.81, Level.LOW)],
)
def test_a_confidence_reaches_the_highest_threshold_below_it(confidence, level):
    assert Levels(HIGH, MEDIUM).level_of(confidence) is level


def test_without_a_threshold_of_high_nothing_is_high():
    levels = Levels(None, MEDIUM)
    assert levels.level_of(1.0) is Level.MEDIUM
    assert Levels().level_of(1.0) is Level.LOW
    assert Levels(HIGH, None).level_of(0.9) is Level.LOW


def test_medium_is_judged_without_what_is_high():
    levels = Levels(HIGH, MEDIUM)
    assert levels.precision(Level.HIGH) == 0.98
    # 0.95 of 60 tracks and 0.98 of the 40 best: 57 - 39.2 of the 20 between.
    assert levels.precision(Level.MEDIUM) == pytest.approx(0.89)
    assert levels.precision(Level.LOW) is None
    assert Levels(None, MEDIUM).precision(Level.MEDIUM) == 0.95
    assert Levels().precision(Level.HIGH) is None
    same = Levels(HIGH, Threshold(0.8, 0.98, 0.4))
    assert same.precision(Level.MEDIUM) is None, "nothing lies between"


def test_what_was_measured_from_a_confidence_on():
    levels = Levels(HIGH, MEDIUM)
    assert levels.at_least(0.99) is HIGH
    assert levels.at_least(0.9) is MEDIUM
    assert levels.at_least(0.5) is None


def test_personal_verdicts_have_levels_of_their_own():
    levels = ClassifierLevels(Levels(HIGH), Levels(None, MEDIUM))
    assert levels.of("personal:My genres:abc").high is None
    assert levels.of("musicnn").high is HIGH
