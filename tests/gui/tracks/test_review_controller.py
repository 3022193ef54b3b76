"""The window on a fake core: what a user does, and what must follow."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLabel,
    QMenu,
    QMessageBox,
)

from genretagger.core.errors import ModelError, StoreError, TrackRefusedError
from genretagger.core.events import Recovered
from genretagger.core.predictions import Unsure
from genretagger.core.writes import Policy, WriteResult, WriteStatus
from genretagger.gui.main_window import MainWindow
from genretagger.library.decision_store import DecisionStore
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track
from tests.helpers.waiting import LIMIT_S

WINDOW_ACTIONS = (
    "openFolderAction",
    "analyseAction",
    "stopAction",
    "quitAction",
    "acceptAction",
    "acceptOwnAction",
    "rejectAction",
    "clearAction",
    "undoDecisionAction",
    "editAction",
    "acceptAllAction",
    "filterAction",
    "writeAction",
    "undoAction",
    "learnAction",
    "manualAction",
    "reportAction",
    "aboutAction",
)


@pytest.fixture
def core():
    tracks = [
        track("a.flac"),
        track("b.flac", genres=("Blues",)),
        track("c.flac", genres=("Salsa",)),
        track("d.flac"),
        track("e.flac"),
        track("f.wav", container="wav"),
    ]
    heard = {tracks[3].path: prediction("jazz", 0.4, Unsure.LOW_CONFIDENCE)}
    return FakeCore(tracks, heard, failures=[tracks[4].path])


def states(driver):
    return {row.path.stem: row.state for row in driver.rows()}


def test_rows_get_the_state_that_tags_and_prediction_give_them(opened, core):
    driver = opened(core)
    assert states(driver) == {
        "a": State.MISSING,
        "b": State.AGREES,
        "c": State.DIFFERS,
        "d": State.UNSURE,
        "e": State.FAILED,
        "f": State.MISSING,
    }
    row = driver.row("a.flac")
    assert (row.genre, row.suggested, row.effective_confidence) == ("blues", ("Blues",), 0.9)
    failed = driver.table.model().index(4, 0)
    assert "cannot be read (broken)" in failed.data(Qt.ItemDataRole.ToolTipRole)
    assert driver.window.findChild(QLabel, "countsLabel").text() == "Tracks: 6"


def test_every_action_has_its_object_name_and_a_shortcut_or_menu(opened, core):
    driver = opened(core)
    for name in WINDOW_ACTIONS:
        assert driver.action(name) is not None, name
    menus = driver.window.menuBar().findChildren(QMenu)
    listed = [
        action
        for menu in menus
        for action in menu.actions()
        if not action.isSeparator() and action.menu() is None
    ]
    listed = [action for action in listed if not action.objectName().startswith("recentFolder")]
    names = [action.objectName() for action in listed]
    assert set(names) >= set(WINDOW_ACTIONS)
    assert len(set(names)) == len(names)
    without = [a.objectName() for a in listed if a.shortcut().isEmpty()]
    assert without == ["reportAction", "aboutAction"]
    keys = [key.toString() for action in listed for key in action.shortcuts()]
    assert len(set(keys)) == len(keys)


def test_accepted_genres_are_written_and_undone(opened, core):
    driver = opened(core)
    assert not driver.action("undoAction").isEnabled()
    driver.select("a.flac")
    driver.trigger("acceptAction")
    assert driver.row("a.flac").state is State.ACCEPTED
    driver.write()
    assert [request.path.name for request in core.requests] == ["a.flac"]
    assert core.requests[0].genres == ("Blues",)
    assert core.requests[0].current_genres == ()
    assert core.requests[0].stamp is not None
    assert core.policies == [Policy.FILL]
    assert driver.row("a.flac").state is State.WRITTEN
    assert driver.row("a.flac").current_genres == ("Blues",)
    assert "Written: 1" in driver.status()
    driver.trigger("undoAction")
    driver.wait_idle()
    assert driver.row("a.flac").current_genres == ()
    assert driver.row("a.flac").state is State.MISSING
    assert "Restored and undecided again: 1" in driver.status()
    assert not driver.action("undoAction").isEnabled()


def test_a_file_we_wrote_is_asked_for_again_without_its_old_stamp(opened, core):
    driver = opened(core)
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    driver.trigger("undoAction")
    driver.wait_idle()
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    assert core.requests[-1].stamp is None
    assert core.requests[-1].audio_digest == "digest-a.flac"


def test_decisions_and_what_was_written_are_there_after_reopening(opened, core, qtbot):
    first = opened(core)
    first.select("a.flac")
    first.trigger("acceptAction")
    first.write()
    first.select("c.flac")
    first.trigger("rejectAction")
    first.window.close()
    second = opened(core)
    assert second.row("a.flac").state is State.WRITTEN
    assert second.row("c.flac").state is State.REJECTED
    second.trigger("undoAction")
    second.window.findChild(QDialog, "undoConfirmDialog").reject()
    qtbot.waitUntil(lambda: second.window.findChild(QDialog, "undoConfirmDialog") is None)
    assert core.tracks[Path("/music/a.flac")].tags.genres != ()
    second.undo_earlier_write()
    second.wait_idle()
    assert core.tracks[Path("/music/a.flac")].tags.genres == ()


def test_a_decision_made_just_before_closing_is_kept(opened, core):
    first = opened(core)
    first.select("a.flac")
    first.trigger("acceptAction")
    first.window.close()
    assert opened(core).row("a.flac").state is State.ACCEPTED


def test_the_preview_says_what_will_change_and_what_will_not(opened, core):
    driver = opened(core)
    driver.select("a.flac", "b.flac", "c.flac", "f.wav")
    driver.trigger("acceptAction")
    driver.trigger("writeAction")
    dialog = driver.window.findChild(QDialog, "writePreviewDialog")
    summary = dialog.findChild(QLabel, "previewSummary")
    tree = dialog.findChild(object, "previewTree").model()
    headings = [tree.index(row, 0).data() for row in range(tree.rowCount())]
    left = tree.index(tree.rowCount() - 1, 0)
    reasons = [tree.index(row, 0, left).data() for row in range(tree.rowCount(left))]
    assert headings[0] == "(no genre) → Blues"
    assert headings[-1] == "Left alone: 2 files"
    assert "Leaves Salsa: the setting fills only empty genres. (1)" in reasons
    assert any("Changes nothing: the file has" in reason for reason in reasons)
    assert any("This file is not an audio file" in heading for heading in headings)
    assert "change: 1" in summary.text()
    dialog.findChild(QComboBox, "policyBox").setCurrentIndex(list(Policy).index(Policy.REPLACE))
    assert "change: 2" in summary.text()
    dialog.reject()
    assert core.requests == []


def test_a_refused_write_shows_its_reason_and_can_be_tried_again(opened, core):
    core.refuse = {Path("/music/a.flac")}
    driver = opened(core)
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    row = driver.row("a.flac")
    assert row.state is State.FAILED
    assert "locked" in str(row.error)
    assert "Refused: 1" in driver.status()
    core.refuse = set()
    driver.write()
    assert driver.row("a.flac").state is State.WRITTEN


def test_accept_all_takes_sure_rows_only_and_never_settled_ones(opened, core):
    driver = opened(core)
    driver.select("c.flac")
    driver.trigger("rejectAction")
    driver.window.findChild(QDoubleSpinBox, "thresholdSpin").setValue(0.0)
    driver.trigger("acceptAllAction")
    assert states(driver) == {
        "a": State.ACCEPTED,
        "b": State.ACCEPTED,
        "c": State.REJECTED,
        "d": State.UNSURE,
        "e": State.FAILED,
        "f": State.MISSING,
    }


def test_accept_all_leaves_alone_what_the_filter_hides(opened, core):
    driver = opened(core)
    driver.filter_edit.setText("c.flac")
    driver.window.findChild(QDoubleSpinBox, "thresholdSpin").setValue(0.8)
    driver.trigger("acceptAllAction")
    driver.filter_edit.clear()
    assert states(driver)["a"] is State.MISSING
    assert states(driver)["c"] is State.ACCEPTED


def test_keys_decide_and_move_on(opened, core, qtbot):
    driver = opened(core)
    driver.window.activateWindow()
    driver.table.setFocus()
    driver.table.selectRow(0)
    qtbot.keyClick(driver.table, Qt.Key.Key_A)
    qtbot.keyClick(driver.table, Qt.Key.Key_R)
    assert states(driver)["a"] is State.ACCEPTED
    assert states(driver)["b"] is State.REJECTED
    assert driver.table.currentIndex().row() == 2
    driver.table.selectRow(1)
    qtbot.keyClick(driver.table, Qt.Key.Key_Backspace)
    assert states(driver)["b"] is State.AGREES


def test_letters_typed_into_the_filter_decide_nothing(opened, core, qtbot):
    driver = opened(core)
    driver.table.selectAll()
    driver.filter_edit.setFocus()
    qtbot.keyClicks(driver.filter_edit, "ArR/a")
    assert driver.filter_edit.text() == "ArR/a"
    driver.filter_edit.clear()
    assert states(driver)["a"] is State.MISSING


def test_a_genre_typed_in_place_is_what_gets_written(opened, core, qtbot):
    driver = opened(core)
    driver.table.selectRow(0)
    driver.table.setFocus()
    qtbot.keyClick(driver.table, Qt.Key.Key_Return)
    editor = driver.table.findChild(object, "genreEdit")
    editor.selectAll()
    qtbot.keyClicks(editor, "Acid Jazz; R and B")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: driver.row("a.flac").decision is not None)
    assert driver.row("a.flac").suggested == ("Acid Jazz", "R and B")
    driver.write()
    assert core.requests[0].genres == ("Acid Jazz", "R and B")


def test_the_editor_completes_the_genre_being_typed(opened, core, qtbot):
    driver = opened(core)
    driver.table.selectRow(0)
    driver.trigger("editAction")
    editor = driver.table.findChild(object, "genreEdit")
    editor.selectAll()
    qtbot.keyClicks(editor, "Blues; sal")
    completer = editor.completer()
    assert completer.currentCompletion() == "Blues; Salsa"  # found in the library
    completer.popup().hide()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert driver.row("a.flac").decision is None


def test_stop_keeps_what_was_heard(opened, core, qtbot):
    core.gate = threading.Event()
    driver = opened(core, wait=False)
    stop, analyse = driver.action("stopAction"), driver.action("analyseAction")
    qtbot.waitUntil(lambda: len(driver.rows()) == 6)
    assert stop.isEnabled()
    assert not analyse.isEnabled()
    assert driver.progress.isVisible()
    stop.trigger()
    driver.wait_idle()
    assert not stop.isEnabled()
    assert not driver.progress.isVisible()
    assert {row.state for row in driver.rows()} == {State.PENDING}
    core.gate.set()
    driver.trigger("analyseAction")
    driver.wait_idle()
    assert State.PENDING not in states(driver).values()
    assert len(driver.rows()) == 6


def test_closing_while_a_job_runs_leaves_no_thread(opened, core, qtbot):
    core.gate = threading.Event()
    driver = opened(core, wait=False)
    qtbot.waitUntil(lambda: len(driver.rows()) == 6)
    driver.window.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("genretagger-")]


def test_what_was_written_before_closing_in_the_middle_is_known_afterwards(opened, core, qtbot):
    gate, written = threading.Event(), threading.Event()
    plain = core.apply

    def apply(requests, *, dry_run=False, cancel, **named):
        if dry_run:  # the check of the preview
            yield from plain(requests, dry_run=True, cancel=cancel, **named)
            return
        first, *_rest = requests
        yield from plain([first], cancel=cancel, **named)
        written.set()
        gate.wait(LIMIT_S)
        cancel.wait(LIMIT_S)

    core.apply = apply
    driver = opened(core)
    for name in ("a.flac", "d.flac"):
        driver.select(name)
        driver.trigger("acceptAction")
    driver.trigger("writeAction")
    dialog = driver.window.findChild(QDialog, "writePreviewDialog")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    assert written.wait(LIMIT_S)
    for name in ("acceptAction", "rejectAction", "editAction", "acceptAllAction", "writeAction"):
        assert not driver.action(name).isEnabled(), name
    gate.set()
    driver.window.close()
    again = opened(core)
    assert states(again)["a"] is State.WRITTEN
    assert states(again)["d"] is State.ACCEPTED


def test_closing_right_after_opening_leaves_no_thread(opened, core):
    driver = opened(core, wait=False)
    driver.window.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("genretagger-")]


def test_dropping_a_folder_while_one_is_analysed_analyses_the_new_one(
    opened, core, qtbot, tmp_path
):
    core.gate = threading.Event()
    driver = opened(core, wait=False)
    qtbot.waitUntil(lambda: len(driver.rows()) == 6)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "other"))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    core.gate.set()
    driver.window.dropEvent(event)
    qtbot.waitUntil(lambda: "other" in driver.window.windowTitle())
    driver.wait_idle()
    assert len(driver.rows()) == 6


def test_an_empty_folder_and_a_filter_without_match_say_so(opened, core):
    empty = opened(FakeCore([]))
    label = empty.window.findChild(QLabel, "emptyLabel")
    assert label.text().startswith("No music was found in /")
    assert empty.status() == label.text()
    driver = opened(core)
    driver.filter_edit.setText("nothing like this")
    label = driver.window.findChild(QLabel, "emptyLabel")
    assert label.text() == "No track matches the filter."
    driver.filter_edit.clear()
    assert not label.isVisible()


def test_without_a_folder_the_start_page_is_shown(qtbot, core):
    window = MainWindow(load=lambda: core)
    window.show()
    page = window.findChild(object, "startPage")
    assert page.isVisible()
    assert not window.findChild(object, "analyseAction").isEnabled()
    window.close()


def test_opening_a_folder_asks_without_blocking(opened, core):
    driver = opened(core)
    driver.trigger("openFolderAction")
    dialog = driver.window.findChild(QDialog, "openFolderDialog")
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.logs_warnings
def test_a_known_error_is_one_sentence_in_the_window(opened, core):
    def analyse(paths, *, context, cancel, use_cache=True):
        raise ModelError("model-missing", name="m", folder="/models")
        yield

    core.analyse = analyse
    driver = opened(core)
    text = driver.window.findChild(QLabel, "noticeText")
    assert text.text() == "The model m is missing from /models; install Genretagger again."
    assert text.isVisible()


@pytest.mark.logs_warnings
def test_a_bug_is_shown_with_the_log_and_blocks_nothing(opened, core, home):
    def analyse(paths, *, context, cancel, use_cache=True):
        raise ZeroDivisionError("oops")
        yield

    core.analyse = analyse
    driver = opened(core)
    dialog = driver.window.findChild(QMessageBox, "errorDialog")
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert "genretagger.log" in dialog.informativeText()
    assert "ZeroDivisionError: oops" in dialog.detailedText()
    dialog.close()


def test_what_recovery_could_not_settle_is_told(opened, core):
    path = Path("/music/x.flac")
    reason = TrackRefusedError(path, "file-unreadable", reason="locked")
    core.recovered = (WriteResult(path, WriteStatus.REFUSED, reason=reason),)
    driver = opened(core)
    assert driver.window.findChild(QLabel, "noticeText").text() == str(reason)


def test_what_recovery_finished_is_told_and_stays_while_a_folder_is_heard(opened, core):
    done, undone = Path("/music/x.flac"), Path("/music/y.flac")
    core.recovered = (
        WriteResult(done, WriteStatus.WRITTEN, (), ("Rock",)),
        WriteResult(undone, WriteStatus.RESTORED, ("Rock",), ()),
    )
    driver = opened(core)
    assert driver.window.findChild(QLabel, "noticeText").text().splitlines() == [
        f"Writing {done} was interrupted; it has now been completed.",
        f"Undoing the write of {undone} was interrupted; it has now been undone.",
    ]


def test_what_is_settled_before_a_write_is_told_too(opened, core):
    path, apply = Path("/music/x.flac"), core.apply
    reason = TrackRefusedError(path, "file-unreadable", reason="locked")
    settled = Recovered(WriteResult(path, WriteStatus.FAILED, reason=reason))

    def apply_after(*arguments, **named):
        yield settled
        yield from apply(*arguments, **named)

    core.apply = apply_after
    driver = opened(core)
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    assert driver.window.findChild(QLabel, "noticeText").text() == str(reason)
    assert driver.row("a.flac").state is State.WRITTEN


def test_a_damaged_session_is_told_and_the_review_goes_on(opened, core, home):
    home.mkdir()
    (home / "session.sqlite").write_bytes(b"not a database, certainly not" * 100)
    driver = opened(core)
    assert "session.sqlite" in driver.window.findChild(QLabel, "noticeText").text()
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    assert driver.row("a.flac").state is State.WRITTEN
    assert (home / "session.sqlite").read_bytes().startswith(b"not a database")


def test_a_decision_that_cannot_be_read_does_not_stop_the_hearing(opened, core, home):
    first = opened(core)
    first.select("a.flac", "c.flac")
    first.trigger("acceptAction")
    first.window.close()
    with closing(sqlite3.connect(home / "session.sqlite")) as connection, connection:
        connection.execute("UPDATE decisions SET genres = '[' WHERE audio_digest = 'digest-a.flac'")
    driver = opened(core)
    assert State.PENDING not in states(driver).values()
    assert "session.sqlite" in driver.window.findChild(QLabel, "noticeText").text()


def test_an_undo_that_was_refused_gives_way_to_the_batch_before(opened, core):
    driver = opened(core)
    for name in ("a.flac", "c.flac"):
        driver.select(name)
        driver.trigger("acceptAction")
        driver.trigger("writeAction")
        dialog = driver.window.findChild(QDialog, "writePreviewDialog")
        dialog.findChild(QComboBox, "policyBox").setCurrentIndex(2)
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
        driver.wait_idle()
    plain = core.undo

    def undo(batch, *, context, cancel, files=()):
        if batch == "batch-1":
            path = Path("/music/c.flac")
            reason = TrackRefusedError(path, "file-unreadable", reason="locked")
            yield WriteResult(path, WriteStatus.REFUSED, reason=reason)
        else:
            yield from plain(batch, context=context, cancel=cancel)

    core.undo = undo
    driver.trigger("undoAction")
    driver.wait_idle()
    assert driver.row("c.flac").state is State.FAILED
    driver.trigger("undoAction")
    driver.wait_idle()
    assert driver.row("a.flac").current_genres == ()


def test_the_core_is_only_ever_called_off_the_gui_thread(opened, core):
    driver = opened(core)
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    driver.trigger("undoAction")
    driver.wait_idle()
    assert core.threads
    assert threading.get_ident() not in core.threads


def test_a_window_that_is_not_shown_works_the_same(opened, core):
    driver = opened(core, shown=False)
    driver.table.selectRow(0)
    driver.trigger("acceptAction")
    driver.write()
    assert driver.row("a.flac").state is State.WRITTEN


@pytest.mark.logs_warnings
def test_a_job_has_not_settled_because_a_save_failed(opened, qtbot, monkeypatch):
    class Slow(FakeCore):
        """Tells the history late."""

        may_tell = threading.Event()

        def history(self, *, context):
            if self.batches:
                self.may_tell.wait(LIMIT_S)
            return super().history(context=context)

    core = Slow([track("a.flac")])
    driver = opened(core)
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.rest()
    conductor, failed = driver.window._controller, []

    def full(*_given):
        raise StoreError("session-unusable", path="session.db", reason="disk full")

    monkeypatch.setattr(DecisionStore, "save", full)
    conductor.failed.connect(failed.append)
    driver.trigger("writeAction")
    dialog = driver.window.findChild(QDialog, "writePreviewDialog")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    qtbot.waitUntil(lambda: bool(failed))
    driver.wait_pauses()
    assert conductor.is_busy()
    core.may_tell.set()
    driver.wait_idle()
    assert conductor.task is None
