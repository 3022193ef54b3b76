"""What became of a write, an undo or an analysis, and what can be done about it."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

import mutagen
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from genretagger.core.errors import JournalError, TrackRefusedError
from genretagger.core.writes import WriteResult, WriteStatus
from genretagger.gui.app import create_window
from genretagger.gui.shell.message_bar import MessageBar
from genretagger.gui.writing.result_page import ResultPage, lines
from genretagger.gui.writing.write_dialog import WriteDialog
from genretagger.review.rows.job_report import report_writes
from genretagger.review.rows.row import State
from tests.gui.conftest import Driver
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.keyboard import Keys
from tests.helpers.rows import prediction, track
from tests.helpers.samples import encode

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAMES = ("a.flac", "b.flac", "c.flac", "d.flac")


def path(name):
    return Path("/music") / name


@pytest.fixture
def core():
    tracks = [track(name) for name in NAMES]
    return FakeCore(tracks, {found.path: prediction("rock") for found in tracks})


class Results:
    """Presses keys in a window, and reads its result page."""

    def __init__(self, driver, qtbot):
        self.driver, self.qtbot = driver, qtbot
        self.page = driver.window.findChild(ResultPage, "resultPage")
        self.tree = self.part("resultTree")
        model = self.tree.model()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
        self.press = Keys(driver, qtbot)

    def part(self, name):
        return self.page.findChild(object, name)

    def write(self):
        """Write by keys; return when it is over."""
        self.press(Key.Key_S, modifier=CONTROL)
        self.confirm()

    def confirm(self):
        dialog = self.driver.window.findChild(WriteDialog, "writePreviewDialog")
        self.qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
        self.qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
        self.driver.wait_idle()

    def is_shown(self):
        return self.page.isVisible()

    def headline(self):
        return self.part("resultHeadline").text()

    def groups(self):
        model = self.tree.model()
        indexes = [model.index(place, 0) for place in range(model.rowCount())]
        return [(index.data(), model.rowCount(index)) for index in indexes]

    def key(self, *keys):
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget(), key)

    def tab_to(self, name):
        for _ in range(8):
            if QApplication.focusWidget() is self.part(name):
                return
            self.key(Key.Key_Tab)
        raise AssertionError(f"{name} is not reached")


@pytest.fixture
def results(opened, core, qtbot):
    driver = opened(core)
    driver.table.selectAll()
    driver.trigger("acceptAction")
    return Results(driver, qtbot)


def test_a_full_success_needs_no_page_but_can_be_looked_at(results, core):
    assert not results.driver.action("resultAction").isEnabled()
    results.write()
    assert not results.is_shown()
    assert "Written: 4" in results.driver.status()
    assert results.driver.action("undoAction").isEnabled()
    results.press(Key.Key_R, modifier=CONTROL)
    assert results.is_shown()
    assert results.headline() == "All written: 4 of 4"
    assert results.groups() == [("Written", 4)]
    assert not results.part("retryButton").isEnabled()
    assert results.part("undoResultButton").isEnabled()


def test_what_failed_is_shown_by_reason_and_written_by_retry(results, core, qtbot):
    core.fail = {path("a.flac"), path("b.flac")}
    results.write()
    assert results.is_shown()
    assert results.headline() == "Not written: 2 of 4"
    assert results.part("resultFacts").text() == "Written: 2   Failed: 2"
    assert results.groups() == [
        ("Each of these 2 files could not be written (no luck); it is unchanged.", 2),
        ("Written", 2),
    ]
    qtbot.waitUntil(results.tree.hasFocus)
    core.fail = {path("b.flac")}
    results.tab_to("retryButton")
    results.key(Key.Key_Return)
    results.confirm()
    assert [request.path.name for request in core.requests[4:]] == ["a.flac", "b.flac"]
    assert results.headline() == "Not written: 1 of 2"
    core.fail = set()
    qtbot.waitUntil(results.tree.hasFocus)
    results.tab_to("retryButton")
    results.key(Key.Key_Return)
    results.confirm()
    assert not results.is_shown(), "nothing is left to do"
    qtbot.waitUntil(results.driver.table.hasFocus)
    assert {row.state for row in results.driver.rows()} == {State.WRITTEN}


def test_undo_takes_the_batch_back(results, core, qtbot):
    core.fail = {path("a.flac")}
    results.write()
    qtbot.waitUntil(results.tree.hasFocus)
    results.tab_to("undoResultButton")
    results.key(Key.Key_Return)
    results.driver.wait_idle()
    assert {found.tags.genres for found in core.tracks.values()} == {()}
    assert not results.is_shown()
    qtbot.waitUntil(results.driver.table.hasFocus)


def test_a_stop_keeps_what_is_done_and_says_what_is_not(results, core, qtbot):
    core.write_gate = threading.Semaphore(1)
    results.press(Key.Key_S, modifier=CONTROL)
    dialog = results.driver.window.findChild(WriteDialog, "writePreviewDialog")
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    results.key(Key.Key_Return)
    qtbot.waitUntil(lambda: results.driver.row("a.flac").state is State.WRITTEN)
    assert results.driver.progress.format() == "1 of 4"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    results.key(Key.Key_Escape)
    assert results.driver.action("stopAction").isEnabled(), "Escape stops nothing"
    results.press(Key.Key_Period, modifier=CONTROL)
    results.driver.wait_idle()
    assert results.driver.status() == "Stopped.   Written: 1   Not tried: 3"
    assert results.headline() == "Not written: 3 of 4"
    assert results.groups() == [
        ("Not tried: the work ended first; these files are unchanged", 3),
        ("Written", 1),
    ]
    core.write_gate = None
    qtbot.waitUntil(results.tree.hasFocus)
    results.tab_to("retryButton")
    results.key(Key.Key_Return)
    results.confirm()
    assert {row.state for row in results.driver.rows()} == {State.WRITTEN}


def test_escape_and_back_lead_to_the_table_and_return_to_a_file_in_it(results, core, qtbot):
    core.fail = {path("c.flac")}
    results.write()
    qtbot.waitUntil(results.tree.hasFocus)
    results.key(Key.Key_Escape)
    assert not results.is_shown()
    qtbot.waitUntil(results.driver.table.hasFocus)
    results.press(Key.Key_R, modifier=CONTROL)
    results.tab_to("backButton")
    results.key(Key.Key_Return)
    qtbot.waitUntil(results.driver.table.hasFocus)
    results.press(Key.Key_R, modifier=CONTROL)
    results.key(Key.Key_Down)  # the first group is open
    assert "/music/c.flac" in results.part("resultReason").text()
    results.key(Key.Key_Return)
    qtbot.waitUntil(results.driver.table.hasFocus)
    table = results.driver.table
    assert results.driver.rows()[table.currentIndex().row()].path.name == "c.flac"


def test_return_on_a_group_opens_and_closes_it(results, core, qtbot):
    core.fail = {path("c.flac")}
    results.write()
    qtbot.waitUntil(results.tree.hasFocus)
    first = results.tree.model().index(0, 0)
    assert results.tree.isExpanded(first)
    results.key(Key.Key_Return)
    assert not results.tree.isExpanded(first)
    results.key(Key.Key_Return)
    assert results.tree.isExpanded(first)


def test_an_undo_of_which_something_was_refused_has_its_page(results, core, qtbot):
    results.write()
    plain = core.undo

    def undo(batch, **others):
        for result in plain(batch, **others):
            if result.path.name == "b.flac":
                reason = TrackRefusedError(result.path, "genre-not-ours")
                yield replace(result, status=WriteStatus.REFUSED, reason=reason)
            else:
                yield result

    core.undo = undo
    results.driver.trigger("undoAction")
    results.driver.wait_idle()
    assert results.headline() == "Not restored: 1 of 4"
    assert results.groups()[0] == (
        "The genre of this file was changed after Genretagger wrote it; it is left alone.",
        1,
    )
    assert not results.part("undoResultButton").isEnabled()


@pytest.mark.logs_warnings
def test_a_write_that_the_journal_ends_says_that_all_files_are_left(results, core, qtbot):
    def apply(requests, *, dry_run=False, **others):
        if not dry_run:
            raise JournalError("journal-locked", pid=7)
        yield from ()

    core.apply = apply
    results.write()
    assert results.headline() == "Not written: 4 of 4"
    assert "process 7" in results.part("resultFacts").text()
    assert results.part("retryButton").isEnabled()


def test_failures_of_an_analysis_stand_by_reason(opened, core, qtbot):
    core.failures = {path("b.flac"), path("d.flac")}
    driver = opened(core)
    results = Results(driver, qtbot)
    assert "Failed: 2" in driver.status()
    results.press(Key.Key_E, modifier=CONTROL | SHIFT)
    assert results.headline() == "Failed: 2 of 4"
    assert results.groups() == [("Each of these 2 files cannot be read (broken).", 2)]
    assert not results.part("undoResultButton").isVisible()
    qtbot.waitUntil(results.tree.hasFocus)
    core.failures = set()
    results.tab_to("retryButton")
    results.key(Key.Key_Return)  # analyses again
    driver.wait_idle()
    assert not results.is_shown()
    assert not driver.action("failuresAction").isEnabled()


def test_thousands_of_failures_make_a_few_lines_and_no_widget_each(qtbot):
    page = ResultPage()
    qtbot.addWidget(page)
    model = page.findChild(object, "resultTree").model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    found = [
        WriteResult(one, WriteStatus.REFUSED, reason=TrackRefusedError(one, key))
        for n in range(5000)
        for one in [path(f"{n}.flac")]
        for key in [("file-gone", "file-write-protected")[n % 2]]
    ]
    before = len(page.findChildren(object))
    page.show_groups(lines(report_writes(found)), headline="x", facts="")
    assert [group.n_files for group in model.groups] == [2500, 2500]
    assert len(page.findChildren(object)) == before
    said = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("; files: 2500")


def test_notices_never_fill_the_window(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    for n in range(200):
        bar.say(f"Message {n}")
    shown = bar.text().splitlines()
    assert shown == ["Earlier messages: 196", *(f"Message {n}" for n in range(196, 200))]
    bar.say("Message 199")
    assert bar.text().splitlines() == shown, "nothing is said twice"
    bar.hide()
    bar.say("Another")
    assert bar.text() == "Another"


# On real files


@pytest.fixture
def real(qtbot, tmp_path):
    """Return the program's own window on a folder with two real tracks, both accepted."""
    folder = tmp_path / "music"
    folder.mkdir()
    for number, name in enumerate(("a.flac", "b.flac")):
        pitches = (110.0 * (number + 1), 331.0)
        encode(folder / name, seconds=4, frequencies_hz=pitches, noise=0.1, seed=number)
    window = create_window(folder=folder)
    window.show()
    driver = Driver(window, qtbot)
    driver.wait_idle()
    driver.table.selectAll()
    driver.trigger("takeFirstAction")  # tones are not music
    yield driver, folder
    window.close()
    window.deleteLater()


def retag(file):
    """Change a file as another program does."""
    tags = mutagen.File(file)
    tags["title"] = "Another title"
    tags.save()
    os.utime(file, ns=(1, 1))


def test_a_file_changed_since_is_found_by_the_check_and_the_other_is_written(real, qtbot):
    driver, folder = real
    retag(folder / "a.flac")
    driver.trigger("writeAction")
    dialog = driver.window.findChild(WriteDialog, "writePreviewDialog")
    button = dialog.findChild(object, "writeButton")
    qtbot.waitUntil(lambda: button.text() == "&Write 1 file")
    before = (folder / "a.flac").read_bytes()
    button.click()
    driver.wait_idle()
    assert (folder / "a.flac").read_bytes() == before
    assert driver.row("b.flac").state is State.WRITTEN
    assert not driver.window.findChild(ResultPage, "resultPage").isVisible()


def test_a_file_changed_under_the_preview_is_on_the_result_page_and_retried_after_a_look(
    real, qtbot
):
    driver, folder = real
    results = Results(driver, qtbot)
    driver.trigger("writeAction")
    dialog = driver.window.findChild(WriteDialog, "writePreviewDialog")
    checked = dialog.findChild(object, "previewChecked")
    qtbot.waitUntil(lambda: "all 2" in checked.text())
    retag(folder / "a.flac")
    dialog.findChild(object, "writeButton").click()
    driver.wait_idle()
    assert results.headline() == "Not written: 1 of 2"
    (sentence, n_files), *_ = results.groups()
    assert ("changed since it was read" in sentence, n_files) == (True, 1)
    results.press(Key.Key_E, modifier=CONTROL | SHIFT)
    results.part("retryButton").click()  # looks at all files again
    driver.wait_idle()
    assert driver.row("a.flac").state is State.ACCEPTED
    driver.trigger("resultAction")
    results.part("retryButton").click()
    dialog = driver.window.findChild(WriteDialog, "writePreviewDialog")
    dialog.findChild(object, "writeButton").click()
    driver.wait_idle()
    assert driver.row("a.flac").state is State.WRITTEN
    assert not results.is_shown()
