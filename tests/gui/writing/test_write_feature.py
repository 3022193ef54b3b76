"""What is chosen in the window and left in the preview is in the files afterwards, on the disk."""

from __future__ import annotations

import mutagen
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from genretagger.gui.app import create_window
from genretagger.gui.writing.write_dialog import WriteDialog
from genretagger.review.rows.row import State
from tests.gui.conftest import Driver
from tests.helpers.samples import encode

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
N_TRACKS = 9


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the nine tracks of an album, each with a genre."""
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(N_TRACKS):
        encode(
            folder / f"{number}.flac",
            seconds=4,
            frequencies_hz=(110.0 + number, 331.0),
            noise=0.1,
            seed=number,
            metadata={"artist": "Ana", "album": "Mar", "genre": "Alternative"},
        )
    return folder


@pytest.fixture
def driver(qtbot, folder):
    """Return the program's own window on the folder, under the policy of the beginning: fill."""
    window = create_window(folder=folder)
    window.show()
    driver = Driver(window, qtbot)
    driver.wait_idle()
    yield driver
    window.close()
    window.deleteLater()


def genres_in(folder):
    return [mutagen.File(path)["genre"] for path in sorted(folder.iterdir())]


def select(driver, name):
    """Make a track the current one, and the only one that is selected."""
    number = [row.path.name for row in driver.rows()].index(name)
    driver.table.selectRow(number)


def preview(driver, press):
    """Open the preview by its key; return it once it has the keys."""
    press(Key.Key_S, modifier=CONTROL)
    dialogs = [dialog for dialog in driver.window.findChildren(WriteDialog) if dialog.isVisible()]
    tree = dialogs[0].findChild(object, "previewTree")
    driver.qtbot.waitUntil(tree.hasFocus)
    return dialogs[0], tree


def key(driver, *keys):
    for one in keys:
        driver.qtbot.keyClick(QApplication.focusWidget(), one)


def test_a_genre_typed_over_another_is_written_though_the_setting_only_fills(driver, press, folder):
    select(driver, "3.flac")
    press.type("Comedy; Folk")
    _, tree = preview(driver, press)
    heading = tree.model().index(0, 0).data()
    assert heading == "Alternative → Comedy; Folk · replaces, chosen by you"
    key(driver, Key.Key_Return)
    driver.wait_idle()
    genres = genres_in(folder)
    assert genres.pop(3) == ["Comedy", "Folk"]
    assert genres == [["Alternative"]] * (N_TRACKS - 1)


def test_an_album_that_is_made_uniform_is_written_whole(driver, press, folder):
    select(driver, "0.flac")
    press.type("Folk")
    select(driver, "0.flac")
    press(Key.Key_U)
    dialog, _ = preview(driver, press)
    assert dialog.findChild(object, "writeButton").text() == "&Write 9 files"
    key(driver, Key.Key_Return)
    driver.wait_idle()
    assert genres_in(folder) == [["Folk"]] * N_TRACKS


def test_a_file_that_is_taken_out_keeps_its_bytes_and_is_offered_again(driver, press, folder):
    select(driver, "0.flac")
    press.type("Folk")
    select(driver, "0.flac")
    press(Key.Key_U)
    left_out = folder / "1.flac"
    before = left_out.read_bytes()
    dialog, tree = preview(driver, press)
    key(driver, Key.Key_Down, Key.Key_Down)  # a single group is open
    assert tree.currentIndex().data() == "1.flac"
    key(driver, Key.Key_Space)
    assert dialog.findChild(object, "writeButton").text() == "&Write 8 of 9 files"
    key(driver, Key.Key_Return)
    driver.wait_idle()
    assert left_out.read_bytes() == before
    assert genres_in(folder).count(["Folk"]) == N_TRACKS - 1
    assert driver.status() == "Written: 8   Taken out, still accepted: 1"
    assert driver.row("1.flac").state is State.ACCEPTED

    dialog, tree = preview(driver, press)
    state = tree.model().index(0, 0).data(Qt.ItemDataRole.CheckStateRole)
    assert state == Qt.CheckState.Checked, "all is checked again"
    assert dialog.findChild(object, "writeButton").text() == "&Write 1 file"
    key(driver, Key.Key_Return)
    driver.wait_idle()
    assert genres_in(folder) == [["Folk"]] * N_TRACKS


def test_after_an_undo_nothing_is_accepted_and_the_key_writes_nothing(driver, press, folder):
    before = {path: path.read_bytes() for path in folder.iterdir()}
    select(driver, "0.flac")
    press.type("Folk")
    preview(driver, press)
    key(driver, Key.Key_Return)
    driver.wait_idle()
    driver.trigger("undoAction")
    driver.wait_idle()
    assert driver.status().endswith("Restored and undecided again: 1")
    assert driver.row("0.flac").decision is None
    assert not driver.action("writeAction").isEnabled()
    press(Key.Key_S, modifier=CONTROL)
    assert [one for one in driver.window.findChildren(WriteDialog) if one.isVisible()] == []
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
