"""A whole session as a user has it who never touches the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QDialog

from genretagger.core.predictions import Unsure
from genretagger.review.rows.row import State
from tests.helpers.keyboard import Keys
from tests.helpers.learners import LearningCore
from tests.helpers.rows import prediction, track

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
N_TRACKS = 8
BEFORE = {1: (), 2: (), 3: ("Pop",), 4: (), 5: (), 6: (), 7: ("Rock",), 8: ()}


@pytest.fixture
def core():
    """Return a core with an album of eight: most sound like rock, each other one is special."""
    tracks = [
        track(f"{n}.flac", title=f"Title {n}", album="Blue", folder="/blue", genres=BEFORE[n])
        for n in range(1, N_TRACKS + 1)
    ]
    said = {
        3: prediction("jazz", 0.8),
        4: prediction("rock", 0.4, Unsure.LOW_CONFIDENCE),
        5: prediction("classical", 0.9, Unsure.NOT_MUSIC),
    }
    heard = {found.path: said.get(n, prediction("rock")) for n, found in enumerate(tracks, start=1)}
    return LearningCore(tracks, heard)


@pytest.fixture
def press(driver, qtbot):
    keys = Keys(driver, qtbot)
    driver.table.selectionModel().select(
        driver.table.model().index(0, 0),
        QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
    )
    return keys


def dialog_in_front(qtbot):
    """Return the dialog that has the keys."""
    found = []

    def is_there():
        window = QApplication.activeModalWidget() or QApplication.activeWindow()
        found[:] = [window] if isinstance(window, QDialog) else []
        return bool(found)

    qtbot.waitUntil(is_there)
    qtbot.waitUntil(lambda: found[0].isAncestorOf(focused()))
    return found[0]


def focused():
    widget = QApplication.focusWidget()
    assert widget is not None, "the focus is lost"
    return widget


def in_files(core):
    return {int(path.stem): found.tags.genres for path, found in core.tracks.items()}


def test_an_album_is_reviewed_written_and_taken_back_by_keys_alone(driver, press, qtbot, core):
    press(Key.Key_A)  # 1: as heard
    press(Key.Key_2)  # 2: what was heard second
    press(Key.Key_R)  # 3: no
    press.type("Post-Rock; Shoegaze")  # 4
    assert focused() is driver.table
    press(Key.Key_A)  # 5: speech is not taken
    assert driver.row("5.flac").decision is None
    press(Key.Key_Down)
    press(Key.Key_Down, modifier=SHIFT)
    press(Key.Key_A)  # 6 and 7 together
    press(Key.Key_Z, modifier=CONTROL)
    assert driver.row("6.flac").decision is None
    press(Key.Key_Z, modifier=CONTROL | SHIFT)
    assert driver.row("6.flac").state is State.ACCEPTED
    press(Key.Key_Slash)
    qtbot.keyClicks(focused(), "title:8")
    press(Key.Key_Return)
    assert [row.path.name for row in driver.rows() if row] == ["8.flac"]
    press(Key.Key_A)
    press(Key.Key_Slash)
    press(Key.Key_Escape)  # clears the filter
    assert len([row for row in driver.rows() if row]) == N_TRACKS
    press(Key.Key_S, modifier=CONTROL)
    preview = dialog_in_front(qtbot)
    assert preview.objectName() == "writePreviewDialog"
    qtbot.keyClick(focused(), Key.Key_Return)
    driver.wait_idle()
    qtbot.waitUntil(lambda: in_files(core)[8] == ("Rock",))
    _be_active(driver)
    assert in_files(core) == {
        1: ("Rock",), 2: ("Blues",), 3: ("Pop",), 4: ("Post-Rock", "Shoegaze"),
        5: (), 6: ("Rock",), 7: ("Rock",), 8: ("Rock",),
    }  # fmt: skip
    assert driver.window.isAncestorOf(focused())
    press(Key.Key_U, modifier=CONTROL | SHIFT)
    driver.wait_idle()
    qtbot.waitUntil(lambda: in_files(core) == BEFORE)
    assert driver.window.isAncestorOf(focused())


def test_every_page_and_dialog_opens_and_closes_by_keys_and_the_focus_comes_back(
    driver, press, qtbot
):
    for key, modifier, name in (
        (Key.Key_Comma, CONTROL, "settingsDialog"),
        (Key.Key_H, CONTROL, "historyDialog"),
        (Key.Key_E, CONTROL, "exportDialog"),
        (Key.Key_M, CONTROL, "settingsDialog"),
        (Key.Key_M, CONTROL | SHIFT, "spellingsDialog"),
        (Key.Key_L, CONTROL, "learnDialog"),
        (Key.Key_F1, SHIFT, "keySheet"),
    ):
        press(key, modifier=modifier)
        dialog = dialog_in_front(qtbot)
        assert dialog.objectName() == name
        qtbot.keyClick(focused(), Key.Key_Escape)
        qtbot.waitUntil(lambda shown=dialog: not _is_shown(shown))
        _be_active(driver)
        assert focused() is driver.table
    press(Key.Key_2, modifier=CONTROL)
    qtbot.waitUntil(lambda: not driver.table.isVisible())
    assert driver.window.isAncestorOf(focused())
    press(Key.Key_1, modifier=CONTROL)
    qtbot.waitUntil(driver.table.hasFocus)


def _be_active(driver):
    """Make the window active, as a window manager does when a dialog closes."""
    driver.window.activateWindow()
    driver.qtbot.waitUntil(driver.window.isActiveWindow)


def _is_shown(dialog):
    try:
        return dialog.isVisible()
    except RuntimeError:  # deleted
        return False


def test_a_letter_typed_into_a_line_decides_nothing(driver, press, qtbot):
    press(Key.Key_Slash)
    qtbot.keyClicks(focused(), "arbcu123pg ,.")
    assert focused().text() == "arbcu123pg ,."
    assert not [row for row in driver.rows() if row and row.decision]
    press(Key.Key_Escape)
    assert not [row for row in driver.rows() if row and row.decision]
