"""What keys do and what the window says, on a fake core."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLabel

from genretagger.core.errors import StoreError
from genretagger.gui.widgets.texts import time_text
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track


@pytest.fixture
def core():
    tracks = [track(f"{name}.flac") for name in "abc"]
    tracks.append(track("d.flac", genres=("Salsa",)))
    return FakeCore(tracks, {tracks[1].path: prediction("jazz", 0.85)})


def counts(driver):
    return driver.window.findChild(QLabel, "countsLabel").text()


def row_label(driver):
    return driver.window.findChild(QLabel, "rowLabel").text()


def state(driver, name):
    return driver.row(name).state


# Taking back


def test_ctrl_z_takes_the_last_decision_back_and_touches_no_file(opened, core):
    driver = opened(core)
    assert driver.action("undoAction").shortcut() == QKeySequence("Ctrl+Shift+U")
    assert driver.action("undoDecisionAction").shortcut() == QKeySequence("Ctrl+Z")
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    assert not driver.action("undoDecisionAction").isEnabled()
    driver.select("b.flac")
    driver.trigger("acceptAction")
    driver.trigger("undoDecisionAction")
    assert state(driver, "b.flac") is State.MISSING
    assert state(driver, "a.flac") is State.WRITTEN
    assert driver.row("a.flac").current_genres == ("Blues",)
    assert not driver.action("undoDecisionAction").isEnabled()


def test_decisions_are_taken_back_step_by_step(opened, core):
    driver = opened(core)
    driver.select("a.flac")
    driver.trigger("rejectAction")
    driver.action("thresholdSpin").setValue(0.8)
    driver.trigger("acceptAllAction")
    driver.table.model().setData(driver.table.model().index(1, 6), "House")
    assert driver.row("b.flac").suggested == ("House",)
    driver.trigger("undoDecisionAction")
    assert driver.row("b.flac").suggested == ("Jazz",)
    driver.trigger("undoDecisionAction")
    assert [row.state for row in driver.rows()] == [
        State.REJECTED,
        State.MISSING,
        State.MISSING,
        State.DIFFERS,
    ]
    assert driver.status() == "Undone: accept (tracks: 3)"
    driver.trigger("undoDecisionAction")
    assert state(driver, "a.flac") is State.MISSING


def test_a_decision_taken_back_is_not_there_after_reopening(opened, core):
    first = opened(core)
    first.select("a.flac")
    first.trigger("acceptAction")
    first.trigger("undoDecisionAction")
    first.window.close()
    assert state(opened(core), "a.flac") is State.MISSING


def test_the_undo_of_a_write_says_what_it_takes_back(opened, core):
    driver = opened(core)
    undo = driver.action("undoAction")
    driver.select("a.flac", "b.flac")
    driver.trigger("acceptAction")
    driver.write()
    for text in (undo.text(), undo.toolTip(), undo.statusTip()):
        assert f"2 files, {time_text('2026-01-01T00:00:00Z')}" in text
    driver.trigger("undoAction")
    driver.wait_idle()
    assert "2 files, " in driver.status()
    assert "Restored and undecided again: 2" in driver.status()
    assert "files" not in undo.text()


# The filter


def test_escape_clears_the_filter_and_never_stops_a_job(opened, core, qtbot):
    core.gate = threading.Event()
    driver = opened(core, wait=False)
    qtbot.waitUntil(lambda: len(driver.rows()) == 4)
    driver.window.activateWindow()
    driver.filter_edit.setFocus()
    driver.filter_edit.setText("b.flac")
    qtbot.keyClick(driver.filter_edit, Qt.Key.Key_Escape)
    assert driver.filter_edit.text() == ""
    qtbot.keyClick(driver.filter_edit, Qt.Key.Key_Escape)
    assert driver.table.hasFocus(), "pressed again, it leaves the line"
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    core.gate.set()
    driver.wait_idle()
    assert state(driver, "d.flac") is State.DIFFERS, "the job went on"


def test_while_a_filter_is_active_the_counts_say_how_many_rows_are_shown(opened, core):
    driver = opened(core)
    assert "shown" not in counts(driver)
    driver.filter_edit.setText("salsa")
    assert counts(driver).startswith("1 of 4 shown")
    driver.filter_edit.clear()
    assert "shown" not in counts(driver)


def test_return_in_the_filter_goes_to_the_first_row_where_keys_decide(opened, core, qtbot):
    driver = opened(core)
    driver.window.activateWindow()
    driver.filter_edit.setFocus()
    qtbot.keyClicks(driver.filter_edit, "b.flac")
    qtbot.keyClick(driver.filter_edit, Qt.Key.Key_Return)
    assert driver.table.currentIndex().row() == 0
    qtbot.keyClick(driver.table, Qt.Key.Key_R)
    assert state(driver, "b.flac") is State.REJECTED


# Rows and what is said of them


def test_the_first_row_is_current_as_soon_as_there_is_one(opened, core, qtbot):
    core.gate = threading.Event()
    driver = opened(core, wait=False)
    driver.filter_edit.setFocus()
    qtbot.waitUntil(lambda: len(driver.rows()) == 4)
    assert driver.table.currentIndex().row() == 0
    core.gate.set()
    driver.wait_idle()
    driver.trigger("acceptAction")
    assert state(driver, "a.flac") is State.ACCEPTED


def test_end_and_home_go_to_the_last_and_first_row(opened, core, qtbot):
    driver = opened(core)
    qtbot.keyClick(driver.table, Qt.Key.Key_End)
    assert driver.table.currentIndex().row() == 3
    qtbot.keyClick(driver.table, Qt.Key.Key_Home)
    assert driver.table.currentIndex().row() == 0


def test_why_a_row_failed_and_where_it_is_can_be_read_without_a_mouse(opened, core):
    core.failures = {track("b.flac").path}
    driver = opened(core)
    driver.table.selectRow(1)
    assert "cannot be read (broken)" in row_label(driver)
    assert row_label(driver).count("/music/b.flac") == 1
    driver.table.selectRow(3)
    assert row_label(driver).splitlines() == [
        (
            "The file has a different genre from the one heard. "
            "If you accept it, writing leaves Salsa: the setting fills only empty genres."
        ),
        "High: one of the verdicts you can trust most.",
        "/music/d.flac",
    ]


# How jobs end


def test_the_end_of_an_analysis_counts_what_was_heard_and_what_failed(opened, core):
    core.failures = {track("b.flac").path}
    assert opened(core).status() == "Analysed 3 tracks.   Failed: 1"


def test_after_a_stop_the_rest_is_counted_and_can_be_continued(opened, core, qtbot):
    core.gate = threading.Event()
    driver = opened(core, wait=False)
    qtbot.waitUntil(lambda: len(driver.rows()) == 4)
    driver.action("stopAction").trigger()
    driver.wait_idle()
    analyse = driver.action("analyseAction")
    assert driver.status() == "Stopped; tracks not analysed yet: 4."
    assert analyse.iconText() == "Continue"
    core.gate.set()
    analyse.trigger()
    driver.wait_idle()
    assert analyse.iconText() == "Analyse"


def test_how_many_were_accepted_is_not_said_any_more_after_the_next_decision(opened, core):
    driver = opened(core)
    driver.action("thresholdSpin").setValue(0.8)
    driver.trigger("acceptAllAction")
    assert driver.status() == "Accepted: 4"
    driver.select("a.flac")
    driver.trigger("rejectAction")
    assert "4" not in driver.status()
    assert "Accepted, nothing to write: 1" in counts(driver)


@pytest.mark.logs_warnings
def test_what_made_an_analysis_fail_stands_in_the_empty_table(opened, core):
    error = StoreError("store-unusable", path="/home/store.sqlite", reason="read-only")

    def analyse(paths, *, context, cancel, use_cache=True):
        raise error
        yield

    core.analyse = analyse
    driver = opened(core)
    assert driver.window.findChild(QLabel, "emptyLabel").text() == str(error)
    assert driver.window.findChild(QLabel, "noticeText").text() == str(error)
    assert driver.status() == str(error)


def test_the_threshold_is_shown_and_typed_in_per_cent(opened, core, qtbot):
    spin = opened(core).window.findChild(QDoubleSpinBox, "thresholdSpin")
    assert (spin.minimum(), spin.maximum(), spin.value()) == (0.0, 1.0, 0.95)
    assert spin.text() == "95 %"
    spin.selectAll()
    qtbot.keyClicks(spin, "65")
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert spin.value() == pytest.approx(0.65)
    spin.stepUp()
    assert spin.text() == "70 %"
    spin.selectAll()
    qtbot.keyClicks(spin, "x150")
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert spin.value() == pytest.approx(0.15)


def test_tab_walks_through_the_two_lines_as_they_are_read(opened, core, qtbot):
    driver = opened(core)
    driver.window.activateWindow()
    driver.filter_edit.setFocus()
    qtbot.waitUntil(driver.filter_edit.hasFocus)
    walked = []
    while len(walked) < 6:
        walked.append(driver.window.focusWidget().objectName())
        qtbot.keyClick(driver.window.focusWidget(), Qt.Key.Key_Tab)
    assert walked == [
        "filterEdit", "savedFiltersButton", "chipAll", "thresholdSpin", "thresholdButton",
        "acceptAllButton",
    ]  # fmt: skip


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_the_threshold_is_left_by_return_and_escape(driver, qtbot, key):
    driver.window.activateWindow()
    spin = driver.window.findChild(QDoubleSpinBox, "thresholdSpin")
    spin.setFocus()
    qtbot.keyClicks(spin, "70")
    qtbot.keyClick(spin, key)
    assert driver.table.hasFocus()
