"""Bringing music into the window: several folders, recent ones, and what is remembered."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu

from genretagger.core.errors import DecodeError, TrackError
from genretagger.core.events import Failure, TrackAnalysed, TrackFound
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import save_settings
from genretagger.gui.main_window import MainWindow
from genretagger.gui.shell import window_state
from genretagger.gui.shell.message_bar import MessageBar
from genretagger.library.leaving_out import LeftOutNames
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track
from tests.helpers.waiting import LIMIT_S

ODD = Path("/music/caf\udce9 & more")


class FolderCore(FakeCore):
    """A core with one track in every folder that it is asked for."""

    def __init__(self):
        super().__init__([])
        self.asked = []

    def analyse(self, paths, *, context, cancel, use_cache=True):
        self.asked.append(tuple(paths))
        for path in paths:
            found = track(f"{path.name}.flac", folder=str(path))
            self.tracks[found.path] = found
            yield TrackFound(found)
            yield TrackAnalysed(found, f"digest-{path.name}", prediction())


class FailingCore(FolderCore):
    """A core that cannot hear the track in a folder, but can if the track itself is named."""

    def analyse(self, paths, *, context, cancel, use_cache=True):
        self.asked.append(tuple(paths))
        for path in paths:
            is_named = path.suffix == ".flac"
            found = track(path.name) if is_named else track(f"{path.name}.flac", folder=str(path))
            found = replace(found, path=path) if is_named else found
            yield TrackFound(found)
            if is_named:
                yield TrackAnalysed(found, f"digest-{path.name}", prediction())
            else:
                error = DecodeError(found.path, "decoder-crashed")
                yield Failure(found.path, error, found)


def drop(driver, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, buttons, keys)
    driver.window.dropEvent(event)
    driver.wait_idle()


def names(driver):
    return [row.path.name for row in driver.rows()]


def test_what_is_dropped_comes_to_what_is_shown_and_decisions_stay(opened):
    core = FolderCore()
    driver = opened(core, folder=Path("/music/a"))
    driver.select("a.flac")
    driver.trigger("acceptAction")
    drop(driver, Path("/music/b"))
    assert names(driver) == ["a.flac", "b.flac"]
    assert driver.row("a.flac").outstanding
    driver.trigger("analyseAction")
    driver.wait_idle()
    assert core.asked[-1] == (Path("/music/a"), Path("/music/b"))


def test_failed_tracks_are_tried_again_by_their_names_and_the_folders_stay(opened):
    core = FailingCore()
    driver = opened(core, folder=Path("/music/a"))
    drop(driver, Path("/music/b"))
    assert {row.state for row in driver.rows()} == {State.FAILED}
    driver.table.clearSelection()
    assert not driver.action("tryAgainAction").isEnabled()
    driver.select("a.flac")
    driver.trigger("tryAgainAction")
    driver.wait_idle()
    assert core.asked[-1] == (Path("/music/a/a.flac"),)
    assert driver.row("a.flac").prediction is not None
    assert driver.row("b.flac").state is State.FAILED
    assert not driver.action("tryAgainAction").isEnabled()  # a.flac, which is selected, is heard
    driver.trigger("analyseAction")
    driver.wait_idle()
    assert core.asked[-1] == (Path("/music/a"), Path("/music/b"))


class AwayCore(FailingCore):
    """A failing core that does not find what is in `away`."""

    def __init__(self):
        super().__init__()
        self.away = set()

    def analyse(self, paths, **options):
        for path in paths:
            if path in self.away:
                yield Failure(path, TrackError(path, "path-missing"))
        yield from super().analyse([path for path in paths if path not in self.away], **options)


def notice(driver):
    return driver.window.findChild(MessageBar).text()


def test_a_track_that_is_gone_when_it_is_tried_again_says_so_in_its_row(opened):
    core = AwayCore()
    driver = opened(core, folder=Path("/music/a"))
    core.away = {Path("/music/a/a.flac")}
    driver.select("a.flac")
    driver.trigger("tryAgainAction")
    driver.wait_idle()
    assert driver.row("a.flac").error.key == "track-gone"
    assert notice(driver) == ""


def test_the_message_of_a_folder_that_is_away_stays_until_it_is_looked_through_again(opened):
    core = AwayCore()
    core.away = {Path("/music/b")}
    driver = opened(core, folder=Path("/music/a"))
    drop(driver, Path("/music/b"))
    away = notice(driver)
    assert away.startswith("/music/b is not there at the moment")
    driver.select("a.flac")
    driver.trigger("tryAgainAction")
    driver.wait_idle()
    assert notice(driver) == away
    drop(driver, Path("/music/c"))
    assert notice(driver) == away
    drop(driver, Path("/music/b"))
    assert notice(driver) == away
    core.away = set()
    driver.trigger("analyseAction")
    driver.wait_idle()
    assert notice(driver) == ""
    assert sorted(names(driver)) == ["a.flac", "b.flac", "c.flac"]


def test_the_message_of_a_folder_that_is_away_goes_with_the_folder(opened):
    core = AwayCore()
    core.away = {Path("/music/b")}
    driver = opened(core, folder=Path("/music/b"))
    assert notice(driver) != ""
    driver.window.open_paths([Path("/music/a")])
    driver.wait_idle()
    assert notice(driver) == ""


def test_what_was_left_out_is_said_where_nothing_else_is_found_too(opened):
    class LeavingCore(FolderCore):
        left = LeftOutNames(system=("#recycle", "@eaDir"), hidden=(".cache",), files=("._a.mp3",))

        def analyse(self, paths, **options):
            found = paths if paths[0].name != "empty" else ()
            yield from super().analyse(found, **options)
            yield self.left

    driver = opened(LeavingCore(), folder=Path("/music/a"))
    left_out = "Left out:   bins, previews and the like: 2   hidden folders: 1   macOS files: 1"
    assert driver.status() == f"Analysed 1 track.   {left_out}"
    driver.window.open_paths([Path("/music/empty")])
    driver.wait_idle()
    assert driver.status() == f"No music was found in /music/empty.   {left_out}"
    LeavingCore.left = LeftOutNames()
    driver.window.open_paths([Path("/music/b")])
    driver.wait_idle()
    assert driver.status() == "Analysed 1 track."


def test_opening_a_recent_folder_takes_the_place_of_what_is_shown(opened):
    driver = opened(FolderCore(), folder=Path("/music/a"))
    driver.window.open_paths([ODD])
    driver.wait_idle()
    assert names(driver) == [f"{ODD.name}.flac"]
    recent = driver.window.findChild(QMenu, "recentMenu").actions()
    assert [action.text() for action in recent][1] == "&2  /music/a"
    recent[1].trigger()
    driver.wait_idle()
    assert names(driver) == ["a.flac"]


@pytest.fixture
def reopened(qtbot):
    """Return a function that opens a window as the program does, without a folder."""
    windows = []

    def reopened(core):
        window = MainWindow(load=lambda: core)
        windows.append(window)
        window.show()
        return window

    yield reopened
    for window in windows:
        window.close()
        window.deleteLater()


def test_the_folders_and_the_shape_of_the_window_are_there_again(opened, reopened, qtbot):
    driver = opened(FolderCore(), folder=ODD)
    driver.window.resize(760, 510)
    drop(driver, Path("/music/b"))
    driver.window.close()
    core = FolderCore()
    window = reopened(core)
    qtbot.waitUntil(lambda: bool(core.asked))
    qtbot.waitUntil(window.findChild(object, "analyseAction").isEnabled)
    assert core.asked == [(ODD, Path("/music/b"))]
    assert (window.width(), window.height()) == (760, 510)


def test_nothing_is_opened_again_where_the_user_does_not_want_it(opened, reopened, qtbot):
    opened(FolderCore(), folder=Path("/music/a")).window.close()
    save_settings(user_folders().settings, Settings(remember_session=False))
    core = FolderCore()
    window = reopened(core)
    qtbot.waitUntil(window.findChild(object, "learnAction").isEnabled)
    assert core.asked == []


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"roots": 3, "recent": {"a": 1}, "geometry": 5}', "\ud83d{", '{"roots": [""]}'],
)
def test_a_damaged_memory_is_forgotten(content, reopened, qtbot):
    path = user_folders().window
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", errors="replace")
    core = FolderCore()
    window = reopened(core)
    qtbot.waitUntil(window.findChild(object, "learnAction").isEnabled)
    assert core.asked == []
    assert window.isVisible()


def test_what_a_slow_disk_tells_too_late_stays_remembered(qapp, tmp_path, monkeypatch):
    path = tmp_path / "window.json"
    path.write_text('{"filters": [1], "volume": 10}')
    slow, read = threading.Event(), window_state._read
    monkeypatch.setattr(window_state, "_PATIENCE_S", 0.01)
    monkeypatch.setattr(window_state, "_read", lambda path: slow.wait(LIMIT_S) and read(path))
    kept = window_state.WindowState(path, qapp)
    assert kept.value("volume") is None
    kept.set_value("volume", 50)
    slow.set()
    kept.close()
    assert json.loads(path.read_text()) == {"filters": [1], "volume": 50}


def test_paths_of_any_bytes_are_remembered(tmp_path, qapp):
    path, paths = tmp_path / "window.json", [ODD, Path("/a%20b/#c"), Path("/ü")]
    first = window_state.WindowState(path, qapp)
    first.set_paths("roots", paths)
    first.set_value("other", ["relative", 3, "%00", "/x%00y"])
    first.close()
    second = window_state.WindowState(path, qapp)
    assert second.paths("roots") == paths
    assert second.paths("other") == []
    second.close()
