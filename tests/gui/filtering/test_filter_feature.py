"""The filter in the window: what is typed, the states chosen, filters by name; all by keys."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QListWidget, QToolButton

from genretagger.core.predictions import Unsure
from genretagger.core.resources import user_folders
from genretagger.core.texts.folding import fold_to_letters
from genretagger.gui.filtering.filter_completion import completions
from genretagger.gui.filtering.saved_filters import given_filters, remembered_filters
from genretagger.gui.tracks.filter_texts import filter_help_text
from genretagger.review.filter.filter_syntax import FilterField, list_field_names
from genretagger.review.filter.filters import FilterWords, parse_filter
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def core():
    """Return a core with two that miss a genre, one that differs, one unsure and one broken."""
    tracks = [
        track("1.flac", title="One"),
        track("2.flac", title="Two"),
        track("3.flac", title="Three", genres=("Pop",)),
        track("4.flac", title="Four"),
        track("5.flac", title="Five"),
    ]
    said = {3: prediction("jazz", 0.6), 4: prediction("pop", 0.3, Unsure.LOW_CONFIDENCE)}
    heard = {found.path: said.get(n, prediction("rock")) for n, found in enumerate(tracks, start=1)}
    return FakeCore(tracks, heard, failures=[tracks[-1].path])


def names(driver):
    return [row.path.stem for row in driver.rows()]


def chip(driver, state):
    return driver.window.findChild(QToolButton, f"chip{state}")


def focused():
    return QApplication.focusWidget()


# What is typed


def test_a_slash_goes_to_the_filter_and_return_to_the_first_row(driver, press, qtbot):
    press(Key.Key_Slash)
    assert focused() is driver.filter_edit
    qtbot.keyClicks(driver.filter_edit, "conf:<0.7")
    press(Key.Key_Return)
    assert names(driver) == ["3", "4"]
    assert driver.table.hasFocus()
    assert driver.table.current_row_id() == 2


def test_what_is_not_understood_is_said_and_hides_nothing(driver, press, qtbot):
    note = driver.window.findChild(QLabel, "filterNote")
    press(Key.Key_Slash)
    qtbot.keyClicks(driver.filter_edit, "conf:much")
    assert note.isVisible()
    assert note.text() == (
        "“much” is ignored: write a confidence as <0.6, >=80% or 0.5..0.7."
    )  # fmt: skip
    assert driver.filter_edit.accessibleDescription() == note.text()
    assert len(names(driver)) == 5
    press(Key.Key_Escape)
    assert not note.isVisible()


def test_where_nothing_passes_one_key_shows_all_again(driver, press, qtbot):
    button = driver.window.findChild(QToolButton, "clearFilterButton")
    assert not button.isVisible()
    press(Key.Key_Slash)
    qtbot.keyClicks(driver.filter_edit, "nothing like it")
    assert button.isVisible()
    assert driver.window.findChild(QLabel, "emptyLabel").text() == "No track matches the filter."
    button.setFocus()
    qtbot.keyClick(button, Key.Key_Space)
    assert len(names(driver)) == 5
    assert not button.isVisible()
    assert driver.table.hasFocus()
    press(Key.Key_Slash)
    qtbot.keyClicks(driver.filter_edit, "nothing")
    press(Key.Key_0, modifier=CONTROL)
    assert len(names(driver)) == 5


def test_where_the_current_row_is_hidden_the_keys_have_another(driver, press, qtbot):
    press(Key.Key_Down, Key.Key_Slash)
    qtbot.keyClicks(driver.filter_edit, "title:three")
    assert driver.table.current_row_id() == 2
    assert driver.table.selected_row_ids() == [2]


# Completion


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ge", ["genre:"]),
        ("g", []),
        ("rock ar", ["artist:"]),
        ("state:uns", ["unsure"]),
        ("-state:failed,uns", ["unsure"]),
        ("level:", ["high", "medium", "low"]),
        ("state:notm", ['"not music"']),
        ("state:not-m", ['"not music"']),
        ('state:"not m', ['"not music"']),
        ('state:"too short",="not ', ['"not music"']),
        ("state:NOT", ['"not music"']),
        ('"state:not', []),
        ("---", []),
        ('"ge', []),
        ("title:ge", []),
    ],
)
def test_what_is_offered(qtbot, typed, offered):
    start, found = completions(typed)
    assert found == offered
    typed_letters = fold_to_letters(typed[start:])
    assert all(fold_to_letters(one).startswith(typed_letters) for one in offered)


def test_a_completion_is_taken_by_keys(driver, press, qtbot):
    press(Key.Key_Slash)
    qtbot.keyClicks(driver.filter_edit, "stat")
    popup = driver.window.findChild(object, "filterCompletions") or QApplication.activePopupWidget()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert driver.filter_edit.text() == "state:"
    qtbot.keyClicks(driver.filter_edit, "unsure")
    assert names(driver) == ["4"]


@pytest.mark.parametrize("typed", ["state:notm", 'state:"not'])
def test_a_state_of_two_words_is_completed_however_it_is_begun(driver, press, qtbot, typed):
    press(Key.Key_Slash)
    qtbot.keyClicks(driver.filter_edit, typed)
    popup = driver.window.findChild(object, "filterCompletions") or QApplication.activePopupWidget()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert driver.filter_edit.text() == 'state:"not music" '


# States


def test_chips_say_how_many_tracks_are_in_each_state(driver):
    assert chip(driver, "All").text() == "All 5"
    assert chip(driver, "Missing").text() == "Missing genre 2"
    assert chip(driver, "Missing").accessibleName() == "missing genre; tracks: 2"
    assert chip(driver, "Failed").isVisible()
    assert not chip(driver, "Written").isVisible()


def test_chips_are_chosen_by_keys(driver, press, qtbot):
    press(Key.Key_F, modifier=CONTROL | SHIFT)
    assert focused() is chip(driver, "All")
    press(Key.Key_Right, Key.Key_Space)
    assert names(driver) == ["1", "2"]
    press(Key.Key_Right, Key.Key_Return)
    assert names(driver) == ["1", "2", "3"]
    assert not chip(driver, "All").isChecked()
    press(Key.Key_Left, Key.Key_Left, Key.Key_Space)
    assert len(names(driver)) == 5
    press(Key.Key_Escape)
    assert driver.table.hasFocus()


def test_a_chip_stays_while_it_is_chosen_and_its_rows_stay_where_they_are(driver, press):
    chip(driver, "Missing").click()
    press(Key.Key_A, Key.Key_A)
    assert names(driver) == ["1", "2"]
    assert chip(driver, "Missing").text() == "Missing genre 0"
    assert chip(driver, "Missing").isVisible()
    assert chip(driver, "Accepted").text() == "Accepted 2"
    chip(driver, "Missing").click()
    assert not chip(driver, "Missing").isVisible()


def test_chips_go_on_in_the_next_line_where_there_is_no_room(driver, qtbot):
    driver.window.resize(720, 600)
    chips = driver.window.findChild(object, "stateChips")
    chips.set_counts(dict.fromkeys(State, 100_000))
    last = chip(driver, "Written")
    qtbot.waitUntil(lambda: last.y() > chip(driver, "All").y())
    qtbot.waitUntil(lambda: chips.height() > last.geometry().bottom())
    assert driver.window.width() == 720


def test_the_chip_of_all_is_lit_only_while_all_is_shown(driver):
    everything = chip(driver, "All")
    assert everything.isChecked()
    driver.filter_edit.setText("conf:<0.7")
    assert not everything.isChecked()
    chip(driver, "Missing").click()
    everything.click()
    assert driver.filter_edit.text() == "conf:<0.7", "the states come first"
    assert not everything.isChecked()
    everything.click()
    assert driver.filter_edit.text() == ""
    assert len(names(driver)) == 5
    assert everything.isChecked()
    everything.click()
    assert everything.isChecked(), "a click does not put it out"


# Named filters


def test_a_filter_is_saved_used_and_remembered(driver, press, qtbot, opened, core):
    press(Key.Key_Slash)
    qtbot.keyClicks(driver.filter_edit, "conf:<0.7")
    chip(driver, "Unsure").click()
    press(Key.Key_B, modifier=CONTROL)
    dialog = driver.window.findChild(QInputDialog, "saveFilterDialog")
    dialog.setTextValue("Doubtful & more")
    dialog.accept()
    assert driver.status() == "Filter saved: Doubtful & more"
    press(Key.Key_0, modifier=CONTROL)
    use(driver, "savedFilter0Action")
    assert names(driver) == ["4"]
    assert driver.filter_edit.text() == "conf:<0.7"
    driver.window.close()
    kept = json.loads(user_folders().window.read_text(encoding="utf-8"))["filters"]
    assert kept == [{"name": "Doubtful & more", "text": "conf:<0.7", "states": ["unsure"]}]
    again = opened(core)
    use(again, "savedFilter0Action")
    assert names(again) == ["4"]


def use(driver, name):
    menu = driver.window.findChild(object, "savedFiltersMenu")
    menu.aboutToShow.emit()
    menu.findChild(object, name).trigger()


def test_filters_are_named_anew_and_removed_by_keys(driver, press, qtbot):
    press(Key.Key_Slash)
    qtbot.keyClicks(driver.filter_edit, "one")
    for name in ("First", "Second"):
        press(Key.Key_B, modifier=CONTROL)
        dialog = driver.window.findChild(QInputDialog, "saveFilterDialog")
        dialog.setTextValue(name)
        dialog.accept()
        qtbot.waitUntil(lambda: driver.window.findChild(QInputDialog, "saveFilterDialog") is None)
        driver.window.activateWindow()  # as a window manager does
        qtbot.waitUntil(driver.window.isActiveWindow)
    use(driver, "manageFiltersAction")
    found = driver.window.findChild(QListWidget, "savedFiltersList")
    found.item(0).setText("Second")  # taken already
    assert found.item(0).text() == "First"
    found.item(0).setText("Third")
    found.setCurrentRow(1)
    qtbot.keyClick(found, Key.Key_Delete)
    driver.window.findChild(object, "savedFiltersDialog").reject()
    menu = driver.window.findChild(object, "savedFiltersMenu")
    menu.aboutToShow.emit()
    assert menu.findChild(object, "savedFilter0Action").text() == "Third"
    assert menu.findChild(object, "savedFilter1Action") is None


@pytest.mark.parametrize(
    "found",
    [
        None, "x", [1], [{"name": ""}], [{"name": "a"}], [{"name": "a", "text": 1}],
        [{"name": 5, "text": "", "states": {}}],
    ],
)  # fmt: skip
def test_what_is_no_filter_is_not_remembered(found):
    assert remembered_filters(found) == []


def test_states_that_are_none_are_left_out():
    (one,) = remembered_filters([{"name": "a", "text": "b", "states": ["unsure", "x", 3]}])
    assert (one.text, one.states) == ("b", {State.UNSURE})


def test_the_filters_that_everybody_has_are_understood(qtbot):
    for one in given_filters():
        assert parse_filter(one.text, FilterWords(), states=one.states)
        assert not parse_filter(one.text, FilterWords()).misread


def test_the_help_names_every_field(qtbot):
    assert all(f"{by.value}:" in filter_help_text() for by in FilterField)


def test_the_reference_names_every_field():
    text = (Path(__file__).parents[3] / "docs" / "manual" / "filter.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+):`", row)}
    assert named == set(list_field_names())


def test_words_that_found_no_room_come_back_in_another_width_only(driver, qtbot):
    """A count that changes must not move all chips under the mouse."""
    chips = driver.window.findChild(object, "stateChips")
    few, many = {State.MISSING: 2, State.AGREES: 1}, dict.fromkeys(State, 1000)
    chips.set_room(500)
    chips.set_counts(few)
    assert chip(driver, "Missing").text() == "Missing genre 2"
    chips.set_counts(many)
    chips.set_counts(few)
    assert chip(driver, "Missing").text() == "2"
    chips.set_room(600)
    assert chip(driver, "Missing").text() == "Missing genre 2"
    chips.set_room(500)
    chips.set_counts(many)
    chips.set_counts({})
    chips.set_counts(few)
    assert chip(driver, "Missing").text() == "Missing genre 2", "other folders begin anew"
