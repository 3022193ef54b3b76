"""The history window: batches, their files, and the way back for all or some of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QPushButton,
    QTableView,
)

from genretagger.core.errors import JournalError, batch_damage
from genretagger.core.writes import BatchState, BatchSummary, WriteState, WriteSummary
from genretagger.gui.history.history_dialog import HistoryDialog
from genretagger.gui.history.history_models import WritesModel
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def core():
    return FakeCore([track("1.flac"), track("2.flac"), track("3.flac", genres=("Pop",))])


def write(driver, press, *names):
    driver.select(*names)
    driver.trigger("acceptAction")
    driver.write()
    driver.window.activateWindow()  # as a window manager does
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    driver.table.setFocus()


def open_history(driver, press):
    press(Key.Key_H, modifier=CONTROL)
    dialog = driver.window.findChild(QDialog, "historyDialog")
    driver.qtbot.waitUntil(lambda: part(dialog, QLabel, "historyMessage").text() != "Reading…")
    return dialog


def part(dialog, kind, name):
    return dialog.findChild(kind, name)


def activate(dialog, qtbot):
    dialog.activateWindow()  # as a window manager does
    qtbot.waitUntil(dialog.isActiveWindow)


def asking(dialog):
    found = dialog.findChildren(QFileDialog, "exportHistoryDialog")
    return [one for one in found if one.isVisible()]


def texts(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def in_files(core):
    return {path.stem: found.tags.genres for path, found in core.tracks.items()}


def test_before_anything_is_written_it_says_so(driver, press):
    dialog = open_history(driver, press)
    assert part(dialog, QLabel, "historyMessage").text() == (
        "Nothing has been written yet. What you write can be undone here."
    )
    assert not part(dialog, QPushButton, "undoBatchButton").isEnabled()
    driver.qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    driver.qtbot.waitUntil(lambda: driver.window.findChild(QDialog, "historyDialog") is None)
    assert driver.window.focusWidget() is driver.table


def test_an_older_batch_is_undone_by_keys(driver, press, core, qtbot):
    write(driver, press, "1.flac", "2.flac")
    assert in_files(core)["1"] == ("Blues",)
    dialog = open_history(driver, press)
    batches, writes = (
        part(dialog, QTableView, "batchTable"),
        part(dialog, QTableView, "writesTable"),
    )
    qtbot.waitUntil(lambda: writes.model().rowCount() == 2)
    assert [row[1:4] for row in texts(batches)] == [["2", "0", "written"]]
    assert [row[2:] for row in texts(writes)] == [["(no genre)", "Blues", "written"]] * 2
    assert batches.hasFocus()
    qtbot.keyClick(dialog, Key.Key_U, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: in_files(core)["1"] == ())
    qtbot.waitUntil(lambda: [row[1:4] for row in texts(batches)] == [["2", "2", "undone"]])
    assert not part(dialog, QPushButton, "undoBatchButton").isEnabled()
    assert "Restored and undecided again: 2" in part(dialog, QLabel, "historyMessage").text()
    assert driver.row("1.flac").current_genres == ()


def test_lost_records_of_a_batch_are_told_when_it_was_undone(driver, press, core, qtbot):
    write(driver, press, "1.flac")
    dialog = open_history(driver, press)
    message = part(dialog, QLabel, "historyMessage")
    core.undo_problem = batch_damage("A", is_all_lost=False)
    qtbot.keyClick(dialog, Key.Key_U, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "Restored and undecided again: 1" in message.text())
    assert message.text().endswith(str(core.undo_problem))


def test_some_files_of_a_batch_are_undone(driver, press, core, qtbot):
    write(driver, press, "1.flac", "2.flac")
    dialog = open_history(driver, press)
    batches, writes = (
        part(dialog, QTableView, "batchTable"),
        part(dialog, QTableView, "writesTable"),
    )
    qtbot.waitUntil(lambda: writes.model().rowCount() == 2)
    writes.setFocus()
    qtbot.keyClick(writes, Key.Key_Down)
    qtbot.keyClick(dialog, Key.Key_F, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: [row[3] for row in texts(batches)] == ["partly undone"])
    assert in_files(core) == {"1": ("Blues",), "2": (), "3": ("Pop",)}
    qtbot.waitUntil(lambda: [row[4] for row in texts(writes)] == ["written", "undone"])
    assert writes.hasFocus()
    writes.selectRow(1)
    assert not part(dialog, QPushButton, "undoFilesButton").isEnabled()
    assert part(dialog, QPushButton, "undoBatchButton").isEnabled()
    assert driver.row("2.flac").state is not State.WRITTEN


def test_the_history_is_exported(driver, press, core, qtbot, tmp_path):
    write(driver, press, "1.flac", "2.flac")
    dialog = open_history(driver, press)
    path = tmp_path / "writes.csv"
    for said in (f"Exported to {path}; writes: 2", f"{path} exists already."):
        activate(dialog, qtbot)
        qtbot.keyClick(dialog, Key.Key_E, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: bool(asking(dialog)))
        asked = asking(dialog)[0]
        assert asked.acceptMode() is QFileDialog.AcceptMode.AcceptSave
        asked.fileSelected.emit(str(path))
        asked.reject()
        message = part(dialog, QLabel, "historyMessage")
        qtbot.waitUntil(lambda message=message, said=said: message.text() == said)
        assert dialog.focusWidget() is part(dialog, QTableView, "batchTable")
    assert path.read_text() == "batch,path"


def test_before_anything_is_written_there_is_nothing_to_export(driver, press):
    dialog = open_history(driver, press)
    assert not part(dialog, QPushButton, "exportHistoryButton").isEnabled()


def test_of_a_large_batch_nothing_is_looked_at_that_need_not_be(qtbot, monkeypatch):
    n_files = 200_000
    dialog = HistoryDialog()
    qtbot.addWidget(dialog)
    dialog.let_undo(allowed=True)
    batch = BatchSummary("b", "2026-01-01T00:00:00Z", "fill", n_files, 0, BatchState.WRITTEN)
    dialog.show_batches([batch])
    path = Path("/music/a.mp3")
    told = []
    monkeypatch.setattr(WritesModel, "text", lambda *where: told.append(where) or "")
    dialog.show()
    activate(dialog, qtbot)
    dialog.show_writes(batch, [WriteSummary(0, path, WriteState.WRITTEN, (), ("Rock",))] * n_files)
    asked = []
    is_undoable = WritesModel.is_undoable
    monkeypatch.setattr(
        WritesModel, "is_undoable", lambda *one: asked.append(one) or is_undoable(*one)
    )
    table = part(dialog, QTableView, "writesTable")
    table.selectAll()
    assert part(dialog, QPushButton, "undoFilesButton").isEnabled()
    assert len(asked) == 1
    with qtbot.waitSignal(dialog.undo_asked) as undo:
        qtbot.keyClick(dialog, Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert undo.args == [batch, []], "all of a batch are the batch"
    table.scrollToBottom()
    QApplication.processEvents()
    assert len(told) < n_files / 10


def test_what_cannot_be_read_is_said(driver, press, core):
    def history(*, context):
        raise JournalError("journal-unusable", path="/journal", reason="gone")

    core.history = history
    dialog = open_history(driver, press)
    assert "gone" in part(dialog, QLabel, "historyMessage").text()
