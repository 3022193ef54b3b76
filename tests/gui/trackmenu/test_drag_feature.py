"""Rows are dragged out as files to copy; files are dropped on the table as on the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from genretagger.gui.trackmenu import drag_feature
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction


@pytest.fixture
def core():
    return FakeCore([track(f"{name}.flac", album="Blue", folder="/b") for name in "abcd"])


@pytest.fixture
def drags(monkeypatch):
    """Return what was dragged: the files, and what other programs may do with them."""
    drags = []

    class FakeDrag:
        def __init__(self, source):
            self.source = source

        def setMimeData(self, data):  # noqa: N802
            self.data = data

        def exec(self, actions):
            drags.append(([Path(url.toLocalFile()).name for url in self.data.urls()], actions))

    monkeypatch.setattr(drag_feature, "QDrag", FakeDrag)
    return drags


def in_row(table, position):
    return table.visualRect(table.model().index(position, 1)).center()


def move(qtbot, table, first, last):
    """Press the left button in one row, and let it go in another."""
    viewport = table.viewport()
    qtbot.mousePress(viewport, LEFT, pos=in_row(table, first))
    qtbot.mouseMove(viewport, in_row(table, first) + QPoint(3, 3))
    QApplication.processEvents()
    for position in (first, last):
        _drag_to(viewport, in_row(table, position) + QPoint(25, 0))
    qtbot.mouseRelease(viewport, LEFT, pos=in_row(table, last))


def _drag_to(viewport, point):
    place = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, QPointF(viewport.mapToGlobal(point)),
        Qt.MouseButton.NoButton, LEFT, NONE,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_selected_rows_are_dragged_as_files_that_can_only_be_copied(driver, drags, qtbot):
    driver.select("b.flac", "c.flac")
    move(qtbot, driver.table, 1, 3)
    assert drags[0] == (["b.flac", "c.flac"], COPY)
    assert driver.table.selected_row_ids() == [1, 2]


def test_from_a_row_that_is_not_selected_the_mouse_selects(driver, drags, qtbot):
    driver.select("a.flac")
    move(qtbot, driver.table, 1, 3)
    assert drags == []
    assert driver.table.selected_row_ids() == [1, 2, 3]


def test_a_click_on_one_of_several_selected_rows_selects_it_alone(driver, drags, qtbot):
    driver.select("b.flac", "c.flac")
    qtbot.mouseClick(driver.table.viewport(), LEFT, pos=in_row(driver.table, 1))
    assert driver.table.selected_row_ids() == [1]


def test_a_heading_is_dragged_as_its_album(driver, drags, qtbot):
    driver.trigger("groupAction")
    driver.table.selectRow(0)
    move(qtbot, driver.table, 0, 2)
    assert drags[0][0] == ["a.flac", "b.flac", "c.flac", "d.flac"]


def test_too_many_rows_are_not_dragged_and_it_is_said(driver, drags, qtbot, monkeypatch):
    monkeypatch.setattr(drag_feature, "_MOST", 3)
    driver.table.selectAll()
    move(qtbot, driver.table, 0, 2)
    assert drags == []
    assert driver.status() == "At most 3 tracks can be dragged at once: select fewer."


# Dropping


def drop_on_table(driver, path, proposed):
    """Let the window system drop a file where the table is; return what becomes of it."""
    window, table = driver.window, driver.table
    place = table.viewport().mapTo(window, QPoint(40, 40))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    both = COPY | MOVE
    enter = QDragEnterEvent(place, both, data, LEFT, NONE)
    enter.setDropAction(proposed)
    QApplication.sendEvent(window.windowHandle(), enter)
    drop = QDropEvent(QPointF(place), both, data, LEFT, NONE)
    drop.setDropAction(proposed)
    QApplication.sendEvent(window.windowHandle(), drop)
    return enter, drop


@pytest.mark.parametrize("proposed", [COPY, MOVE])
def test_what_is_dropped_on_the_table_is_added_and_stays_where_it_is(
    driver, core, tmp_path, proposed
):
    _, drop = drop_on_table(driver, tmp_path / "more", proposed)
    assert drop.isAccepted()
    assert drop.dropAction() == COPY
    driver.wait_idle()
    assert core.last_asked[0] == (tmp_path / "more",)


def test_a_row_that_is_let_go_over_the_window_is_no_new_file(driver, monkeypatch):
    monkeypatch.setattr(QDragEnterEvent, "source", lambda _self: driver.table)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/b/a.flac")])
    event = QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NONE)
    event.ignore()
    driver.window.dragEnterEvent(event)
    assert not event.isAccepted()
