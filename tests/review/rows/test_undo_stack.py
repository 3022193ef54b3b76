"""Undo and redo: the newest step first, a bounded number of steps, none of them empty."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import DecodeError, TrackRefusedError
from genretagger.core.genres import GenreMapping
from genretagger.core.writes import Action, Decision
from genretagger.review.rows.bulk_actions import ActionKind
from genretagger.review.rows.row import Row
from genretagger.review.rows.undo_stack import (
    RowSnapshot,
    UndoStack,
    UndoStep,
    restored,
    take_snapshot,
)
from tests.helpers.rows import prediction

PATH = Path("/music/a.flac")
ROW = Row(PATH, prediction=prediction(), hearing_key="digest")
OPEN = RowSnapshot()
POP = RowSnapshot(Decision(Action.ACCEPT, ("Pop",)))


def step(*numbers, kind=ActionKind.ACCEPT):
    return UndoStep(kind, dict.fromkeys(numbers, OPEN))


def test_the_newest_step_is_the_first_to_be_taken_back_and_the_last_to_be_made_again():
    steps = UndoStack().with_step(step(1)).with_step(step(2, 3, kind=ActionKind.REJECT))
    back = steps.undo({2: POP, 3: POP})
    assert back.done == (step(1),)
    assert back.undone == (UndoStep(ActionKind.REJECT, {2: POP, 3: POP}),)
    back = back.undo({1: POP})
    assert [list(one.rows) for one in back.undone] == [[2, 3], [1]]
    forth = back.redo({1: OPEN})
    assert forth.done == (step(1),)
    assert forth.redo({2: OPEN, 3: OPEN}) == steps


def test_after_a_new_decision_nothing_can_be_made_again():
    steps = UndoStack().with_step(step(1)).undo({1: POP})
    assert steps.undone
    assert steps.with_step(step(2)) == UndoStack((step(2),))


def test_a_decision_that_changed_nothing_is_no_step_and_leaves_what_can_be_made_again():
    undone = UndoStack().with_step(step(1)).undo({1: POP})
    assert undone.with_step(step()) is undone


def test_the_oldest_steps_go():
    steps = UndoStack()
    for number in range(1000):
        steps = steps.with_step(step(number))
    assert len(steps.done) == 100
    assert list(steps.done[-1].rows) == [999]


def test_large_steps_go_sooner_but_never_the_newest():
    steps = UndoStack()
    for _ in range(20):
        steps = steps.with_step(step(*range(100_000)))
    assert len(steps.done) == 5
    huge = step(*range(600_000))
    assert steps.with_step(huge).done == (huge,)


@given(st.lists(st.sampled_from("du+"), max_size=40))
def test_however_one_goes_back_and_forth_the_rows_are_as_they_were(moves):
    """Compare with a plain list of all states of one row."""
    steps, row, past, future = UndoStack(), ROW, [], []
    for number, move in enumerate(moves):
        now = {0: take_snapshot(row)}
        if move == "+":
            steps = steps.with_step(UndoStep(ActionKind.GIVE, now))
            past, future = [*past, row], []
            row = replace(row, decision=Decision(Action.ACCEPT, (f"Genre {number}",)))
        elif move == "d" and steps.done:
            was, steps = steps.done[-1].rows[0], steps.undo(now)
            future, row = [*future, row], restored(row, was)
            assert row == past.pop()
        elif move == "u" and steps.undone:
            was, steps = steps.undone[-1].rows[0], steps.redo(now)
            past, row = [*past, row], restored(row, was)
            assert row == future.pop()
        assert (len(steps.done), len(steps.undone)) == (len(past), len(future))


def test_what_changed_for_other_reasons_stays():
    refused = TrackRefusedError(PATH, "file-unreadable", reason="locked")
    before = take_snapshot(replace(ROW, error=refused))
    now = replace(ROW, decision=POP.decision, mapping=GenreMapping((("blues", ("Delta Blues",)),)))
    back = restored(now, before)
    assert (back.decision, back.error) == (None, refused)
    assert back.suggested == ("Delta Blues",)


def test_a_track_that_could_not_be_heard_says_so_again_when_its_genre_is_taken_back():
    error = DecodeError(PATH, "decode-failed", reason="broken")
    given_one = Row(PATH, hearing_key="digest", unheard=error, decision=POP.decision)
    assert restored(given_one, OPEN).error is error
    assert restored(restored(given_one, OPEN), POP) == given_one
