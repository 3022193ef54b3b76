"""Where the filter goes, the current track stays in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def core():
    return FakeCore([track(f"{n:03}.flac", title=f"Title {n}") for n in range(200)])


def by_escape(driver, press):
    driver.filter_edit.setFocus()
    press(Key.Key_Escape)


def by_key(_driver, press):
    press(Key.Key_0, modifier=CONTROL)


def by_deleting(driver, press):
    driver.filter_edit.setFocus()
    press(*[Key.Key_Backspace] * len(driver.filter_edit.text()))


def is_in_sight(table):
    row = table.visualRect(table.currentIndex())
    return row.isValid() and table.viewport().rect().contains(row.center())


@pytest.mark.parametrize("clear", [by_escape, by_key, by_deleting])
def test_a_filter_that_is_cleared_leaves_the_current_track_in_sight(driver, press, qtbot, clear):
    driver.filter_edit.setText("title 150")
    assert driver.table.current_row_id() == 150
    clear(driver, press)
    assert driver.filter_edit.text() == ""
    assert driver.table.current_row_id() == 150
    assert driver.table.selected_row_ids() == [150]
    assert is_in_sight(driver.table)


def test_so_does_a_state_that_is_chosen_no_more(driver, press):
    driver.table.select(150)
    press(Key.Key_R)
    rejected = driver.window.findChild(QToolButton, "chipRejected")
    rejected.click()
    assert driver.table.current_row_id() == 150
    rejected.click()
    assert is_in_sight(driver.table)


def test_a_narrower_filter_shows_the_current_track_too(driver, press):
    driver.table.select(120)
    driver.table.scrollToTop()
    driver.filter_edit.setText("title:title")
    assert is_in_sight(driver.table)
