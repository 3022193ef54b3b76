"""The context menu: what it offers, where, and for whom."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
Reason = QContextMenuEvent.Reason


@pytest.fixture
def core():
    return FakeCore([track(f"{name}.flac", album="Blue", folder="/blue") for name in "abc"])


@pytest.fixture
def menu(driver):
    """Return the menu, which is closed at the end."""
    menu = driver.window.findChild(object, "trackMenu")
    yield menu
    menu.close()


def names(menu):
    return [action.objectName() for action in menu.actions() if not action.isSeparator()]


def right_click(widget, point, reason=Reason.Mouse):
    event = QContextMenuEvent(reason, point, widget.mapToGlobal(point))
    QApplication.sendEvent(widget, event)


def in_row(table, position):
    return table.visualRect(table.model().index(position, 1)).center()


@pytest.mark.parametrize(("key", "modifier"), [(Key.Key_Menu, None), (Key.Key_F10, SHIFT)])
def test_the_menu_key_opens_it_below_the_current_row(driver, press, menu, key, modifier):
    press(Key.Key_Down)
    press(key, modifier=modifier or Qt.KeyboardModifier.NoModifier)
    assert menu.isVisible()
    table = driver.table
    row = table.visualRect(table.currentIndex())
    assert table.viewport().mapFromGlobal(menu.pos()).y() in range(row.top(), row.bottom() + 2)


def test_a_track_offers_what_can_be_done_with_it(driver, press, menu):
    press(Key.Key_Menu)
    assert names(menu) == [
        "acceptAction", "rejectAction", "editAction", "clearAction",
        "takeFirstAction", "takeSecondAction", "takeThirdAction",
        "acceptAlbumAction", "copyToAlbumAction", "uniformAlbumAction",
        "playAction", "showInFolderAction", "openWithPlayerAction", "copyPathAction",
        "filterByAction", "hearAnewAction",
    ]  # fmt: skip
    driver.action("rejectAction").trigger()
    assert driver.row("a.flac").state is State.REJECTED


def test_the_actions_are_those_of_the_window_with_their_state(driver, press, menu):
    press(Key.Key_Menu)
    assert driver.action("takeSecondAction") in menu.actions()
    assert driver.action("takeSecondAction").text().startswith("&2  ")
    assert all(action.isEnabled() for action in menu.actions())


def test_a_click_opens_it_where_it_was_made(driver, menu):
    point = in_row(driver.table, 1)
    right_click(driver.table.viewport(), point)
    assert menu.isVisible()
    assert menu.pos() == driver.table.viewport().mapToGlobal(point)


def test_the_right_button_selects_a_row_and_keeps_a_selection_it_is_in(driver, qtbot):
    table = driver.table

    def press_at(position):
        qtbot.mousePress(table.viewport(), Qt.MouseButton.RightButton, pos=in_row(table, position))
        qtbot.mouseRelease(
            table.viewport(), Qt.MouseButton.RightButton, pos=in_row(table, position)
        )
        return table.selected_row_ids()

    assert press_at(1) == [1]
    driver.select("a.flac", "b.flac")
    assert press_at(1) == [0, 1]
    assert press_at(2) == [2]


def test_a_heading_offers_what_is_done_to_its_album(driver, press, menu):
    driver.trigger("groupAction")
    press(Key.Key_Home, Key.Key_Menu)
    assert names(menu) == [
        "acceptAlbumAction", "uniformAlbumAction", "copyToAlbumAction",
        "acceptAction", "rejectAction", "clearAction",
        "showInFolderAction", "copyPathAction",
        "filterByAlbumAction", "filterByFolderAction", "hearAnewAction",
    ]  # fmt: skip
    assert driver.action("filterByAlbumAction").text() == "Only al&bum: Blue"


def test_the_details_have_it_too(driver, press, menu, qtbot):
    pane = driver.window.findChild(object, "detailPane")
    right_click(pane.widget(), QPoint(5, 5))
    assert "acceptAction" in names(menu)
    menu.close()
    pane.setFocus()
    qtbot.waitUntil(pane.hasFocus)
    press(Key.Key_F10, modifier=SHIFT)
    assert menu.isVisible()
    assert menu.pos().y() == pane.mapToGlobal(QPoint(0, 0)).y()


def test_below_the_rows_and_without_a_selection_it_offers_the_way_to_tracks(driver, press, menu):
    table = driver.table
    right_click(table.viewport(), QPoint(5, table.viewport().height() - 2))
    assert names(menu) == ["clearFilterAction", "openFolderAction", "addFolderAction"]
    menu.close()
    table.clearSelection()
    press(Key.Key_Menu)
    assert names(menu) == ["clearFilterAction", "openFolderAction", "addFolderAction"]


def test_a_second_event_for_the_same_key_does_not_open_it_twice(driver, press, menu):
    press(Key.Key_Menu)
    place = menu.pos()
    right_click(driver.table, QPoint(50, 50), Reason.Keyboard)
    assert menu.pos() == place
