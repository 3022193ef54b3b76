"""The last folders on the start page, and where the dialog that opens one begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton

from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import save_settings
from genretagger.gui.main_window import MainWindow
from genretagger.gui.shell.window_state import WindowState
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

ODD = Path("/music/caf\udce9 & more")
N_SHOWN = 5


class AskedCore(FakeCore):
    def __init__(self):
        super().__init__([track("a.flac")])
        self.asked = []

    def analyse(self, paths, *, context, cancel, use_cache=True):
        self.asked.append(tuple(paths))
        yield from super().analyse(paths, context=context, cancel=cancel, use_cache=use_cache)


@pytest.fixture
def core():
    return AskedCore()


@pytest.fixture
def started(qtbot, qapp, core):
    """Return a function that starts the program on its start page after these were opened."""
    windows = []

    def started(*recent):
        state = WindowState(user_folders().window, qapp)
        state.set_paths("recent", recent)
        state.close()
        save_settings(user_folders().settings, Settings(remember_session=False))
        window = MainWindow(load=lambda: core)
        windows.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.findChild(object, "learnAction").isEnabled)
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield started
    for window in windows:
        window.close()
        window.deleteLater()


def buttons(window):
    page = window.findChild(object, "recentList")
    found = [page.findChild(QPushButton, f"recentFolder{n}Button") for n in range(1, 11)]
    return [one for one in found if one is not None and one.isVisible()]


def spoken(window):
    return [button.accessibleName() for button in buttons(window)]


def away(window):
    return [label for label in window.findChildren(QLabel, "recentAway") if label.isVisible()]


def analysed(window, qtbot):
    qtbot.waitUntil(window.findChild(object, "analyseAction").isEnabled)


def test_without_a_recent_folder_the_page_says_what_the_program_does(started):
    window = started()
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert any("Trying it is safe" in text for text in texts)
    assert "Recent folders" not in texts
    assert window.focusWidget() is window.findChild(QPushButton, "startButton")


def test_the_last_five_folders_are_offered_and_opened(started, qtbot, core, tmp_path):
    folders = [tmp_path / f"{n}" for n in range(N_SHOWN + 2)]
    for folder in folders:
        folder.mkdir()
    window = started(*folders)
    assert spoken(window) == [f"{folder.name}, {folder}" for folder in folders[:N_SHOWN]]
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert not any("Trying it is safe" in text for text in texts)
    buttons(window)[1].click()
    analysed(window, qtbot)
    assert core.asked == [(folders[1],)]
    assert window.findChild(object, "trackTable").isVisible()


def test_up_down_tab_and_return_reach_and_open_them(started, qtbot, core, tmp_path):
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    window = started(*folders)
    names = [QApplication.focusWidget().objectName()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(QApplication.focusWidget(), key)
        names.append(QApplication.focusWidget().objectName())
    first, second, own = "recentFolder1Button", "recentFolder2Button", "startButton"
    assert names == [first, second, own, "sampleMusicButton", own, second]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    analysed(window, qtbot)
    assert core.asked == [(folders[1],)]


def test_the_one_with_the_focus_is_seen(started, tmp_path):
    window = started(tmp_path)
    (button,) = buttons(window)
    assert button.hasFocus()
    focused = button.grab().toImage()
    button.clearFocus()
    assert button.grab().toImage() != focused


def test_a_folder_that_is_away_says_so_and_can_be_removed(started, qtbot, core, tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    gone, other = tmp_path / "gone", tmp_path / "other"
    window = started(gone, there, other)
    qtbot.waitUntil(lambda: len(away(window)) == 2)
    assert spoken(window)[0] == f"gone, not available right now, {gone}"
    remove = window.findChild(object, "removeRecent1Button")
    assert remove.accessibleName() == f"Remove {gone} from this list"
    remove.setFocus()
    remove.click()
    assert QApplication.focusWidget() is buttons(window)[0], "the keys are not lost"
    assert [name.partition(",")[0] for name in spoken(window)] == ["there", "other"]
    menu = window.findChild(QMenu, "recentMenu")
    assert [action.text().split()[-1] for action in menu.actions()] == [str(there), str(other)]
    buttons(window)[1].setFocus()
    qtbot.keyClick(buttons(window)[1], Qt.Key.Key_Delete)
    assert [name.partition(",")[0] for name in spoken(window)] == ["there"]
    assert QApplication.focusWidget() is buttons(window)[0], "the keys are not lost"
    qtbot.keyClick(buttons(window)[0], Qt.Key.Key_Delete)
    assert len(buttons(window)) == 1, "what is there stays"


def test_a_folder_that_is_away_may_be_there_again(started, qtbot, core, tmp_path):
    folder = tmp_path / "disk"
    window = started(folder)
    qtbot.waitUntil(lambda: len(away(window)) == 1)
    folder.mkdir()
    window.findChild(object, "overviewAction").trigger()
    window.findChild(object, "reviewAction").trigger()
    qtbot.waitUntil(lambda: not away(window))
    assert len(buttons(window)) == 1


def test_names_of_any_bytes_are_shown(started, qtbot):
    window = started(ODD)
    qtbot.waitUntil(lambda: len(away(window)) == 1)
    (button,) = buttons(window)
    assert "& more" in button.accessibleName()
    assert "& more" in " ".join(label.text() for label in button.findChildren(QLabel))


# The dialog


def dialog(window):
    window.findChild(object, "openFolderAction").trigger()
    found = window.findChild(QFileDialog, "openFolderDialog")
    place = Path(found.directory().absolutePath())
    assert not found.testOption(QFileDialog.Option.DontUseNativeDialog)
    found.close()
    return place


def test_at_first_it_begins_where_music_is_kept(started, monkeypatch, tmp_path):
    music = tmp_path / "Music"
    music.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(music))
    assert dialog(started()) == music


@pytest.mark.parametrize("place", ["", "/music/that/is/not/there"])
def test_without_a_place_for_music_it_begins_at_home(started, monkeypatch, tmp_path, place):
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: place)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert dialog(started()) == tmp_path


def test_later_it_begins_beside_the_folder_that_was_opened_last(started, tmp_path, qtbot):
    (tmp_path / "library" / "album").mkdir(parents=True)
    window = started(tmp_path / "away" / "album", tmp_path / "library" / "album")
    qtbot.waitUntil(lambda: len(away(window)) == 1)
    assert dialog(window) == tmp_path / "library"
