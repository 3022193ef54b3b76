"""Where nothing is left to decide, the window says so, and what comes next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QToolButton

from genretagger.core.predictions import Unsure
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.keyboard import Keys
from tests.helpers.rows import prediction, track


@pytest.fixture
def core():
    tracks = [track("1.flac"), track("2.flac"), track("3.flac", genres=("Blues",)), track("4.flac")]
    return FakeCore(tracks, {tracks[3].path: prediction("pop", 0.3, Unsure.NOT_MUSIC)})


def bar(driver):
    return driver.window.findChild(QFrame, "doneBar")


def test_it_comes_with_the_last_decision_and_goes_with_its_undo(driver, qtbot):
    press = Keys(driver, qtbot)
    assert not bar(driver).isVisible()
    press(Qt.Key.Key_A)
    assert not bar(driver).isVisible()
    press(Qt.Key.Key_R)
    assert bar(driver).isVisible()
    text = bar(driver).findChild(QLabel, "doneText")
    assert text.text() == "Everything is decided.   To write: 1"
    assert bar(driver).findChild(QToolButton, "doneWriteButton").isEnabled()
    press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert not bar(driver).isVisible()
    press(Qt.Key.Key_R)
    driver.write()
    assert text.text() == "All done: nothing left to decide or write."
    assert not bar(driver).findChild(QToolButton, "doneWriteButton").isVisible()


def test_it_is_not_said_where_nothing_was_decided(opened):
    driver = opened(FakeCore([track("1.flac", genres=("Blues",))]))
    assert not bar(driver).isVisible()


def test_undoing_the_write_leaves_the_tracks_undecided(driver, qtbot):
    press = Keys(driver, qtbot)
    press(Qt.Key.Key_A, Qt.Key.Key_A)
    driver.write()
    driver.trigger("undoAction")
    driver.wait_idle()
    assert not bar(driver).isVisible()
    assert not any(row.decision for row in driver.rows())
    assert "Restored and undecided again: 2" in driver.status()


def test_what_the_policy_leaves_alone_does_not_wait_for_ever(opened, qtbot):
    driver = opened(FakeCore([track("1.flac"), track("2.flac", genres=("Pop",))]))
    press = Keys(driver, qtbot)
    press(Qt.Key.Key_A, Qt.Key.Key_A)
    text = bar(driver).findChild(QLabel, "doneText")
    assert text.text() == ("Everything is decided.   To write: 1   Accepted, nothing to write: 1")
    driver.write()
    assert text.text() == (
        "All done: nothing left to decide or write.   Accepted, nothing to write: 1"
    )
    assert driver.action("writeAction").isEnabled()  # under another policy it would be written
