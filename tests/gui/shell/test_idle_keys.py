"""A key that does nothing says why."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from genretagger.core.predictions import Unsure
from genretagger.gui.deciding.decide_texts import idle_text
from genretagger.gui.shell import status_feature
from genretagger.review.rows.bulk_actions import ActionKind, BulkResult, SkipReason
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.keyboard import NO_MODIFIER, Keys
from tests.helpers.rows import prediction, track

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT, KEYPAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def core():
    tracks = [track(f"{name}.flac") for name in "abc"]
    return FakeCore(tracks, {tracks[1].path: prediction("rock", 0.9, Unsure.NOT_MUSIC)})


@pytest.mark.parametrize(
    ("key", "modifier", "sentence"),
    [
        (Key.Key_S, CONTROL, "Nothing to write: accept genres first."),
        (Key.Key_Z, CONTROL, "There is nothing to undo."),
        (Key.Key_Z, CONTROL | SHIFT, "There is nothing to redo."),
        (Key.Key_U, CONTROL | SHIFT, "There is no write to undo."),
        (Key.Key_R, CONTROL, "Nothing was written yet."),
        (Key.Key_E, CONTROL | SHIFT, "No track failed."),
        (Key.Key_0, CONTROL, "No filter is set: all tracks are shown."),
        (Key.Key_Period, CONTROL, "There is nothing to stop."),
        (Key.Key_F6, NO_MODIFIER, "No track is being heard."),
        (Key.Key_F5, SHIFT, "No selected track has failed."),
        (Key.Key_Comma, NO_MODIFIER, "Nothing is being played (Space)."),
        (Key.Key_P, NO_MODIFIER, "There are no genres of your own yet: learn them first (Ctrl+L)."),
        (Key.Key_Backspace, NO_MODIFIER, "There is no decision on this track to take back."),
    ],
)
def test_the_status_bar_says_why(driver, press, key, modifier, sentence):
    press(key, modifier=modifier)
    assert driver.status() == sentence


@pytest.mark.parametrize("key", [Key.Key_A, Key.Key_R, Key.Key_1, Key.Key_B, Key.Key_F2])
def test_without_a_selection_a_key_says_so_and_searches_no_row(driver, press, key):
    driver.table.clearSelection()
    press(key)
    assert driver.status() == "No track is selected."
    assert driver.table.currentIndex().row() == 0


def test_so_do_the_keys_of_the_keypad(driver, press):
    driver.table.clearSelection()
    press(Key.Key_2, modifier=KEYPAD)
    assert driver.status() == "No track is selected."


def test_before_there_is_a_track_the_way_to_one_is_said(opened, qtbot):
    driver = opened(FakeCore([]))
    press = Keys(driver, qtbot)
    press(Key.Key_A)
    assert driver.status() == "There are no tracks yet: open a folder (Ctrl+O)."
    press(Key.Key_Space)
    assert driver.status() == "There are no tracks yet: open a folder (Ctrl+O)."


def test_wherever_the_focus_is(driver, press, qtbot):
    pane = driver.window.findChild(object, "detailPane")
    pane.setFocus()
    qtbot.waitUntil(pane.hasFocus)
    press(Key.Key_S, modifier=CONTROL)
    assert driver.status() == "Nothing to write: accept genres first."


def test_on_another_page_the_way_back_is_said(driver, press):
    press(Key.Key_2, modifier=CONTROL)
    press(Key.Key_A)
    assert driver.status() == "Go back to the tracks first (Ctrl+1)."


def test_while_files_are_written_keys_say_that_they_wait(driver, press, core, qtbot):
    core.write_gate = threading.Semaphore(0)
    press(Key.Key_A)
    driver.trigger("writeAction")
    driver.window.findChild(object, "writeButton").click()
    qtbot.waitUntil(driver.action("stopAction").isEnabled)
    driver.window.activateWindow()
    driver.table.setFocus()
    qtbot.waitUntil(driver.table.hasFocus)
    press(Key.Key_A)
    assert driver.status() == "Decisions wait until the files are written."
    press(Key.Key_S, modifier=CONTROL)
    assert driver.status() == "Wait until the work in progress has ended, or stop it (Ctrl+.)."
    core.write_gate.release(2)
    driver.wait_idle()


def test_after_a_write_and_its_undo_it_is_said_how_writes_are_undone(driver, press):
    press(Key.Key_A)
    driver.write()
    press(Key.Key_Z, modifier=CONTROL)
    said = "Decisions from before a write stay; Ctrl+Shift+U undoes the write itself."
    assert driver.status() == said
    driver.trigger("undoAction")
    driver.wait_idle()
    press(Key.Key_Z, modifier=CONTROL)
    assert driver.status().startswith("Nothing to undo: the write was undone already")
    press(Key.Key_A)
    press(Key.Key_Z, modifier=CONTROL)
    assert driver.row("a.flac").decision is None, "what came later is undone"


def test_a_write_that_changed_no_file_is_none_to_undo(driver, core, press):
    press(Key.Key_A)
    core.refuse = {driver.row("a.flac").path}
    driver.write()
    press(Key.Key_1, Key.Key_Z, modifier=CONTROL)  # back from what was not written
    assert driver.status() == "There is nothing to undo."


def test_what_was_said_is_gone_when_the_user_goes_on(driver, press, monkeypatch):
    press(Key.Key_S, modifier=CONTROL)
    press(Key.Key_Down)
    assert driver.status() == "Nothing to write: accept genres first.", "he may not have read it"
    monkeypatch.setattr(status_feature, "_READ_MS", 0)
    driver.qtbot.wait(5)
    press(Key.Key_Down)
    assert driver.status() == ""


# Actions that may, and still change nothing


def test_what_is_rejected_already_says_so_and_leaves_no_step_to_undo(driver, press):
    press(Key.Key_R, Key.Key_Up, Key.Key_R)
    assert driver.status() == "This track is rejected already."
    press(Key.Key_Z, modifier=CONTROL)
    assert driver.row("a.flac").decision is None
    assert not driver.action("undoDecisionAction").isEnabled()


def test_what_is_accepted_already_says_so_and_goes_on(driver, press):
    press(Key.Key_A, Key.Key_Up, Key.Key_A)
    assert driver.status() == "This track is accepted with this genre already."
    assert driver.table.current_row_id() == 1


def test_what_does_not_sound_like_music_says_what_to_do(driver, press):
    press(Key.Key_Down, Key.Key_A)
    assert driver.status().startswith("This does not sound like music: type a genre (F2)")


def test_a_number_that_is_not_offered_says_so(opened, qtbot):
    said = prediction("rock")
    found = track("a.flac")
    core = FakeCore([found], {found.path: replace(said, scores=said.scores[:2])})
    driver = opened(core)
    press = Keys(driver, qtbot)
    press(Key.Key_3)
    assert driver.status().startswith("This track offers no such genre")
    assert driver.row("a.flac").decision is None
    press(Key.Key_2)
    assert driver.row("a.flac").decision.genres == ("Blues",)


@pytest.mark.parametrize("why", SkipReason)
def test_each_reason_has_a_sentence(qapp, why):
    result = BulkResult(ActionKind.GIVE)
    result.left_out[why] += 1
    assert idle_text(result)
