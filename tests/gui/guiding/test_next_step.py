"""The strip below the tracks says what was found or done, and offers what comes next."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLabel, QPushButton

from genretagger.core.predictions import Unsure
from genretagger.gui.guiding import next_step_bar
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.keyboard import Keys
from tests.helpers.rows import prediction, track
from tests.helpers.slices import cut_into

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
SURE, DOUBTFUL = prediction("blues", 0.97), prediction("blues", 0.7)
UNSURE = prediction("blues", 0.3, Unsure.LOW_CONFIDENCE)
NOT_MUSIC = prediction("pop", 0.3, Unsure.NOT_MUSIC)


def make_core(*, sure=0, doubtful=0, differs=0, unsure=0, agrees=0, not_music=0, **options):
    """Return a core with so many tracks of each kind, named `sure1.flac` and so on."""
    kinds = {
        "sure": (sure, (), SURE),
        "doubtful": (doubtful, (), DOUBTFUL),
        "differs": (differs, ("Pop",), SURE),
        "unsure": (unsure, (), UNSURE),
        "agrees": (agrees, ("Blues",), SURE),
        "speech": (not_music, (), NOT_MUSIC),
    }
    tracks, said = [], {}
    for name, (n, genres, heard) in kinds.items():
        for number in range(1, n + 1):
            found = track(f"{name}{number}.flac", genres=genres)
            tracks.append(found)
            said[found.path] = heard
    return FakeCore(tracks, said, **options)


def bar(driver):
    return driver.window.findChild(QFrame, "doneBar")


def text(driver):
    return bar(driver).findChild(QLabel, "doneText").text() if bar(driver).isVisible() else ""


def offers(driver):
    """Return the texts of the buttons, by their names."""
    buttons = [one for one in bar(driver).findChildren(QPushButton) if one.isVisible()]
    return {one.objectName(): one.text() for one in buttons}


def button(driver, name):
    found = bar(driver).findChild(QPushButton, name)
    assert found.isVisible()
    assert found.isEnabled()
    return found


def shown(driver):
    return [row.path.stem for row in driver.rows()]


def states(driver):
    return {row.path.stem: row.state for row in driver.rows()}


# After hearing


def test_those_without_a_genre_come_first_and_the_sure_ones_are_accepted_at_once(opened):
    driver = opened(make_core(sure=2, doubtful=1, differs=2, unsure=1))
    assert text(driver) == "3 tracks without a genre can get one, 2 of them sure."
    assert offers(driver) == {
        "nextAcceptButton": "Accept 2 sure",
        "nextLookButton": "Look at 3",
    }
    assert "95 % on (Shift+A)" in button(driver, "nextAcceptButton").toolTip()
    button(driver, "nextAcceptButton").click()
    assert states(driver) == {
        "sure1": State.ACCEPTED, "sure2": State.ACCEPTED, "doubtful1": State.MISSING,
    }  # fmt: skip
    assert driver.table.hasFocus()
    assert text(driver) == ("To write: 2   1 track without a genre can get one; it is not sure.")
    assert offers(driver) == {"doneWriteButton": "Write 2…", "nextLookButton": "Look at 1"}
    button(driver, "nextLookButton").click()
    assert shown(driver) == ["doubtful1"]


def test_the_filter_of_before_does_not_keep_the_sure_ones_from_being_accepted(opened):
    driver = opened(make_core(sure=2, differs=1))
    driver.filter_edit.setText("differs")
    button(driver, "nextAcceptButton").click()
    assert driver.filter_edit.text() == ""
    assert states(driver) == {"sure1": State.ACCEPTED, "sure2": State.ACCEPTED}


def test_the_threshold_decides_how_many_are_sure(opened):
    driver = opened(make_core(sure=2, doubtful=1))
    driver.action("thresholdSpin").setValue(0.6)
    assert text(driver) == "3 tracks without a genre can get one, 3 of them sure."
    assert offers(driver)["nextAcceptButton"] == "Accept 3 sure"
    driver.action("thresholdSpin").setValue(0.99)
    assert text(driver) == "3 tracks without a genre can get one, none of them sure."
    assert offers(driver) == {"nextLookButton": "Look at 3"}


def test_what_cannot_be_written_is_never_counted_as_sure(opened):
    core = make_core(sure=1)
    wave = track("wave.wav", container="wav")
    core.tracks[wave.path] = wave
    core.predictions[wave.path] = SURE
    driver = opened(core)
    assert text(driver) == "2 tracks without a genre can get one, 1 of them sure."


def test_in_a_large_library_they_are_counted_in_slices(opened, monkeypatch, qtbot):
    cut_into(monkeypatch, 2)
    driver = opened(make_core(sure=5, doubtful=2))
    qtbot.waitUntil(lambda: text(driver) == "7 tracks without a genre can get one, 5 of them sure.")


def test_then_come_those_that_differ_and_then_the_unsure_ones(opened):
    driver = opened(make_core(differs=2, unsure=1))
    assert text(driver) == "2 tracks have a different genre from the one heard."
    assert offers(driver) == {"nextLookButton": "Look at 2"}
    button(driver, "nextLookButton").click()
    assert shown(driver) == ["differs1", "differs2"]
    driver.select("differs1.flac", "differs2.flac")
    driver.trigger("rejectAction")
    assert text(driver) == "1 track is unsure: better listen to it."
    button(driver, "nextLookButton").click()
    assert shown(driver) == ["unsure1"]


def test_where_all_agree_there_is_nothing_to_do(opened):
    driver = opened(make_core(agrees=2))
    assert text(driver) == "Nothing to do: the genres agree with what was heard."
    assert offers(driver) == {}


def test_where_nothing_is_music_nothing_is_offered(opened):
    driver = opened(make_core(not_music=1))
    assert text(driver) == "Nothing here can be given a genre."
    assert offers(driver) == {}


def test_without_tracks_there_is_no_strip(opened):
    assert not bar(opened(FakeCore([]))).isVisible()


def test_what_failed_is_said_and_shown(opened):
    core = make_core(agrees=1, doubtful=1)
    core.failures = {track("doubtful1.flac").path}
    driver = opened(core)
    assert text(driver) == (
        "Nothing to do: the genres agree with what was heard.   1 track failed."
    )
    button(driver, "nextFailedButton").click()
    assert driver.window.findChild(object, "resultPage").isVisible()


def test_after_a_stop_it_offers_to_go_on(opened, qtbot):
    core = make_core(sure=2, gate=threading.Event())
    driver = opened(core, wait=False)
    qtbot.waitUntil(lambda: len(driver.rows()) == 2)
    assert not bar(driver).isVisible(), "while it runs"
    driver.trigger("stopAction")
    driver.wait_idle()
    assert text(driver) == "2 tracks are not analysed yet."
    assert offers(driver) == {"nextContinueButton": "Continue"}
    assert "(F5)" in button(driver, "nextContinueButton").toolTip()
    core.gate.set()
    button(driver, "nextContinueButton").click()
    driver.wait_idle()
    assert text(driver) == "2 tracks without a genre can get one, 2 of them sure."


# Deciding


def test_all_is_decided_comes_with_the_last_decision_and_goes_with_its_undo(opened, qtbot):
    driver = opened(make_core(sure=2, agrees=1, not_music=1))
    press = Keys(driver, qtbot)
    press(Qt.Key.Key_A, Qt.Key.Key_R)
    assert text(driver) == "Everything is decided.   To write: 1"
    press(Qt.Key.Key_Z, modifier=CONTROL)
    assert text(driver).endswith("1 track without a genre can get one; it is sure.")
    press(Qt.Key.Key_R)
    button(driver, "doneWriteButton").click()
    preview = driver.window.findChild(QDialog, "writePreviewDialog")
    assert preview.isVisible()
    preview.reject()


def test_what_the_policy_leaves_alone_does_not_wait_for_ever(opened, qtbot):
    driver = opened(FakeCore([track("1.flac"), track("2.flac", genres=("Pop",))]))
    press = Keys(driver, qtbot)
    press(Qt.Key.Key_A, Qt.Key.Key_A)
    assert text(driver) == ("Everything is decided.   To write: 1   Accepted, nothing to write: 1")
    driver.write()
    assert text(driver) == (
        "1 file written.   All done: nothing left to decide or write.   "
        "Accepted, nothing to write: 1"
    )
    assert driver.action("writeAction").isEnabled()  # under another policy it would be written


# After writing


def test_what_was_written_can_be_undone_or_shown_and_the_rest_is_next(opened):
    driver = opened(make_core(sure=2, differs=3))
    button(driver, "nextAcceptButton").click()
    driver.write()
    assert text(driver) == (
        "2 files written.   3 tracks have a different genre from the one heard."
    )
    assert offers(driver) == {
        "nextUndoButton": "Undo",
        "nextLookButton": "Look at 3",
        "nextShowButton": "Show",
    }
    assert "(Ctrl+Shift+U)" in button(driver, "nextUndoButton").toolTip()
    button(driver, "nextLookButton").click()
    assert shown(driver) == ["differs1", "differs2", "differs3"]
    button(driver, "nextShowButton").click()
    assert shown(driver) == ["sure1", "sure2"]
    button(driver, "nextUndoButton").click()
    driver.wait_idle()
    assert text(driver) == (
        "2 files are as they were before.   2 tracks without a genre can get one, 2 of them sure."
    )
    assert driver.row("sure1.flac").current_genres == ()


def test_with_the_next_decision_the_write_is_no_longer_said(opened):
    driver = opened(make_core(sure=1, differs=2))
    button(driver, "nextAcceptButton").click()
    driver.write()
    driver.trigger("clearFilterAction")
    driver.select("differs1.flac")
    driver.trigger("rejectAction")
    assert text(driver) == "1 track has a different genre from the one heard."
    assert offers(driver) == {"nextLookButton": "Look at 1"}


def test_all_done_is_said_after_the_write_of_all(opened):
    driver = opened(make_core(sure=1))
    button(driver, "nextAcceptButton").click()
    driver.write()
    assert text(driver) == "1 file written.   All done: nothing left to decide or write."
    assert set(offers(driver)) == {"nextUndoButton", "nextShowButton"}


def test_what_was_refused_is_shown_with_its_reason(opened):
    core = make_core(sure=2, differs=1)
    core.refuse = {track("sure2.flac").path}
    driver = opened(core)
    button(driver, "nextAcceptButton").click()
    driver.write()
    driver.trigger("reviewAction")
    assert text(driver) == (
        "1 file written.   1 file was not.   1 track has a different genre from the one heard."
    )
    assert list(offers(driver)) == ["nextResultButton", "nextUndoButton", "nextLookButton"]
    button(driver, "nextResultButton").click()
    assert driver.window.findChild(object, "resultPage").isVisible()


def test_a_write_that_writes_nothing_says_so(opened):
    core = make_core(sure=1)
    core.refuse = {track("sure1.flac").path}
    driver = opened(core)
    button(driver, "nextAcceptButton").click()
    driver.write()
    driver.trigger("reviewAction")
    assert text(driver).startswith("No file was written.   1 file was not.")
    assert "nextUndoButton" not in offers(driver)


# The strip itself


def test_what_is_closed_comes_back_with_the_next_job(opened):
    driver = opened(make_core(sure=2))
    driver.window.findChild(object, "doneCloseButton").click()
    assert not bar(driver).isVisible()
    assert not driver.action("nextStepAction").isEnabled()
    driver.select("sure1.flac")
    driver.trigger("acceptAction")
    assert not bar(driver).isVisible()
    driver.trigger("analyseAction")
    driver.wait_idle()
    assert bar(driver).isVisible()


def test_files_that_come_by_themselves_are_no_job_of_the_user(opened):
    driver = opened(make_core(sure=2))
    driver.window.findChild(object, "doneCloseButton").click()
    files = [track("sure1.flac").path]
    driver.window._controller.analyse_files(files, noticed=True)
    driver.wait_idle()
    assert not bar(driver).isVisible()


def test_keys_reach_it_move_along_it_take_an_offer_and_leave(opened, qtbot):
    driver = opened(make_core(sure=2, doubtful=1))
    press = Keys(driver, qtbot)
    press(Qt.Key.Key_J, modifier=CONTROL)

    def focus():
        return QApplication.focusWidget().objectName()

    assert focus() == "nextAcceptButton"
    press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert focus() == "doneCloseButton"
    press(Qt.Key.Key_Left)
    assert focus() == "nextLookButton"
    press(Qt.Key.Key_Escape)
    assert driver.table.hasFocus()
    press(Qt.Key.Key_J, modifier=CONTROL)
    press(Qt.Key.Key_Return)
    assert driver.row("sure1.flac").state is State.ACCEPTED
    assert driver.table.hasFocus()


def test_a_screen_reader_is_told_what_is_new_and_only_once(opened, monkeypatch):
    told = []
    readers = SimpleNamespace(updateAccessibility=lambda event: told.append(event.message()))
    monkeypatch.setattr(next_step_bar, "QAccessible", readers)
    driver = opened(make_core(sure=2))
    assert told == ["2 tracks without a genre can get one, 2 of them sure."]
    driver.window._review.changed.emit()
    assert len(told) == 1
    interface = QAccessible.queryAccessibleInterface(bar(driver))
    assert interface.text(QAccessible.Text.Name) == told[0]


@pytest.mark.parametrize("width", [720, 900])
def test_its_longest_line_fits_a_narrow_window(opened, width):
    core = make_core(sure=2, differs=1)
    core.refuse = {track("sure2.flac").path}
    driver = opened(core)
    driver.window.resize(width, 440)
    button(driver, "nextAcceptButton").click()
    driver.write()
    driver.trigger("reviewAction")
    label = bar(driver).findChild(QLabel, "doneText")
    assert label.height() >= label.heightForWidth(label.width())
