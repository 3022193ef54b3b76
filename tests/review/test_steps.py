"""Steps back: the newest first, a bounded number, never an empty one."""

from __future__ import annotations

from pathlib import Path

from genretagger.review.rows import Row
from genretagger.review.steps import Steps

ROW = Row(Path("/music/a.flac"))


def test_the_newest_step_is_the_first_to_be_taken_back():
    steps = Steps().with_step({1: ROW}).with_step({2: ROW, 3: ROW})
    assert list(steps.last()) == [2, 3]
    assert list(steps.without_last().last()) == [1]
    assert steps.without_last().without_last() == Steps()
    assert Steps().last() == {}


def test_a_decision_that_changed_nothing_is_no_step():
    assert Steps().with_step({}) == Steps()


def test_the_oldest_steps_go():
    steps = Steps()
    for number in range(1000):
        steps = steps.with_step({number: ROW})
    assert len(steps.earlier) == 100
    assert list(steps.last()) == [999]
