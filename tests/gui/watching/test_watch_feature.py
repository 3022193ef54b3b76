"""Watching in the window: what comes is heard once it is complete, and nothing else changes."""

from __future__ import annotations

import json
import os
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QMenu

from genretagger.core.errors import TrackError
from genretagger.core.events import Failure, TrackAnalysed, TrackFound
from genretagger.core.resources import user_folders
from genretagger.core.settings import Effort
from genretagger.core.tracks import FileStamp
from genretagger.gui.jobs import job_runner
from genretagger.gui.shell.message_bar import MessageBar
from genretagger.gui.watching.watch_feature import WatchFeature
from genretagger.library.watching import QUIET_S, FolderWatch
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track
from tests.helpers.waiting import LIMIT_S, joined

NEW = "New or changed in watched folders"


class WatchedCore(FakeCore):
    """A core that finds the files of a folder; its watch has a clock that stands."""

    def __init__(self):
        super().__init__([])
        self.asked = []
        self.now_s = 2_000_000_000.0
        self.watches = []
        self.write_into = lambda path: None  # changes a file on the disk

    def _set(self, path, genres):
        super()._set(path, genres)
        self.write_into(path)

    def folder_watch(self, folders, *, context):
        watch = FolderWatch(folders, rescan_s=60, clock=lambda: self.now_s)
        self.watches.append(watch)
        return watch

    def analyse(self, paths, *, context, cancel, use_cache=True):
        self.asked.append(tuple(paths))
        files = [
            file
            for path in paths
            for file in (sorted(path.glob("*.flac")) if path.is_dir() else [path])
        ]
        for file in files:
            if not file.exists():
                yield Failure(file, TrackError(file, "path-missing"))
                continue
            if not file.stat().st_size:
                yield Failure(file, TrackError(file, "file-empty"))
                continue
            stamp = FileStamp.of(file.stat())
            found = replace(track(file.name, folder=str(file.parent)), stamp=stamp)
            self.tracks[file] = found
            yield TrackFound(found)
            if self.gate is not None:
                while not self.gate.wait(0.01):
                    if cancel.is_set():
                        return
            yield TrackAnalysed(found, f"digest-{file.name}", prediction())


def come(folder, name, content=b"music"):
    """Put a file into `folder` that is older than any look."""
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (0, 0))
    return path


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    come(folder, "a.flac")
    return folder


@pytest.fixture
def core():
    return WatchedCore()


class WatchDriver:
    """Watches in the window as a user does, and lets time pass."""

    def __init__(self, driver, core):
        self.driver, self.core = driver, core
        self.label = driver.window.findChild(QLabel, "watchingLabel")

    def entries(self):
        return self.driver.window.findChild(QMenu, "watchMenu").actions()

    def choose(self, number=1):
        self.entries()[number - 1].trigger()

    def look(self):
        """Let the window look once more."""
        watch, looked = self.core.watches[-1], threading.Event()
        real = watch.look

        def look(cancel):
            try:
                return real(cancel)
            finally:
                looked.set()

        watch.look = look
        self.pass_until(looked.is_set)
        watch.look = real
        self.driver.qtbot.waitUntil(lambda: not self.feature()._is_looking)

    @contextmanager
    def looking(self):
        """Hold the next look."""
        watch, began, go_on = self.core.watches[-1], threading.Event(), threading.Event()
        real = watch.look

        def look(cancel):
            began.set()
            go_on.wait(LIMIT_S)
            return real(cancel)

        watch.look = look
        self.pass_until(began.is_set)
        try:
            yield
        finally:
            watch.look = real
            go_on.set()

    def renew(self, **changes):
        """Change settings, as the dialog does."""
        controller = self.feature()._context.controller
        started = controller.started
        settings = replace(started.context.settings, **changes)
        controller.renew(replace(started, context=replace(started.context, settings=settings)))

    def feature(self):
        return self.driver.window.findChild(WatchFeature)

    def settle(self):
        """Let the window see what came, wait until that is complete, and see it again."""
        self.look()
        self.core.now_s += QUIET_S
        self.look()

    def pass_until(self, condition):
        def done():
            self.driver.end_pauses()
            return condition()

        self.driver.qtbot.waitUntil(done)

    def names(self):
        return [row.path.name for row in self.driver.rows()]


@pytest.fixture
def watching(opened, core, music):
    """Return the window on a folder that is watched and was looked at."""
    watching = WatchDriver(opened(core, folder=music), core)
    watching.choose()
    watching.look()
    return watching


def test_nothing_is_watched_unless_the_user_chose_it(opened, core, music):
    driver = opened(core, folder=music)
    watching = WatchDriver(driver, core)
    [entry] = watching.entries()
    assert (entry.text(), entry.isChecked()) == (f"&1  {music}", False)
    assert entry.statusTip().startswith("New tracks are analysed once they are complete.")
    assert not watching.label.isVisible()
    driver.rest()
    assert core.watches == []


def test_a_new_track_is_heard_and_waits_for_review(watching, music):
    driver, core = watching.driver, watching.core
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.select("a.flac")
    new = come(music, "b.flac")
    watching.settle()
    watching.pass_until(lambda: driver.status() == f"{NEW}: 1")
    assert core.asked == [(music,), (new,)]
    assert watching.names() == ["a.flac", "b.flac"]
    assert driver.row("a.flac").outstanding
    assert driver.row("b.flac").decision is None
    selected = driver.table.selectionModel().selectedRows()
    assert [index.row() for index in selected] == [0]
    assert core.requests == []  # nothing was written
    assert driver.window.windowTitle() == f"{music} — Genretagger"
    driver.wait_idle()
    driver.trigger("analyseAction")
    watching.pass_until(lambda: core.asked[-1] == (music,))


def test_a_file_that_grows_is_not_heard_yet(watching, music):
    new = come(music, "b.flac", b"half")
    watching.look()
    come(music, "b.flac", b"half and half")
    watching.settle()
    come(music, "b.flac", b"half and half and half")
    watching.look()
    watching.core.now_s += QUIET_S / 2
    watching.look()
    assert watching.core.asked == [(music,), (new,)]


def test_what_is_there_is_not_heard_again_and_what_changes_is(watching, music):
    watching.settle()
    assert watching.core.asked == [(music,)]
    changed = come(music, "a.flac", b"other music")
    watching.settle()
    watching.pass_until(lambda: watching.core.asked[-1] == (changed,))
    assert watching.names() == ["a.flac"]


def test_what_came_while_the_folder_was_heard_is_heard_next(opened, core, music):
    core.gate = threading.Event()
    watching = WatchDriver(opened(core, folder=music, wait=False), core)
    watching.driver.qtbot.waitUntil(lambda: watching.entries() != [])
    watching.choose()
    watching.pass_until(lambda: core.asked == [(music,)])
    new = come(music, "b.flac")
    watching.driver.end_pauses()
    core.gate.set()
    watching.pass_until(lambda: core.asked == [(music,), (new,)])


def test_what_changed_before_the_folder_is_watched_is_heard(opened, core, music):
    watching = WatchDriver(opened(core, folder=music), core)
    changed = come(music, "a.flac", b"other music")
    assert core.asked == [(music,)]
    watching.choose()
    watching.pass_until(lambda: core.asked == [(music,), (changed,)])


def test_what_could_not_be_read_is_not_tried_again_until_it_changes(opened, core, music):
    bad = come(music, "b.flac", b"")
    watching = WatchDriver(opened(core, folder=music), core)
    assert watching.driver.row("b.flac").track is None
    watching.choose()
    watching.settle()
    assert core.asked == [(music,)]
    come(music, "b.flac")
    watching.settle()
    watching.pass_until(lambda: core.asked == [(music,), (bad,)])


def test_what_waits_to_be_heard_waits_on_when_settings_change(watching, music):
    driver, core = watching.driver, watching.core
    changed = come(music, "a.flac", b"other music")
    watching.look()
    core.now_s += QUIET_S
    dialog = QDialog(driver.window)
    with watching.looking():
        dialog.open()
    driver.qtbot.waitUntil(lambda: not watching.feature()._is_looking)
    watching.renew(effort=Effort.ALL)
    assert len(core.watches) == 1
    dialog.close()
    watching.pass_until(lambda: core.asked == [(music,), (changed,)])


def test_a_setting_that_chooses_other_files_begins_the_watch_anew(watching):
    watching.renew(skip_hidden_folders=False)
    watching.look()
    assert len(watching.core.watches) == 2
    assert watching.label.text() == "Watching 1 folder"


@pytest.mark.logs_warnings
def test_a_look_that_hangs_keeps_neither_the_window_nor_the_program(watching, monkeypatch):
    monkeypatch.setattr(job_runner, "_PATIENCE_S", 0.01)
    with watching.looking():
        watching.driver.window.close()
        assert not watching.driver.window.isVisible()
        [look] = [one for one in threading.enumerate() if one.name == "genretagger-look"]
        assert look.daemon
    joined(look)


def test_what_the_user_stopped_is_not_gone_on_with(opened, core, music):
    core.gate = threading.Event()
    driver = opened(core, folder=music, wait=False)
    watching = WatchDriver(driver, core)
    driver.qtbot.waitUntil(lambda: watching.entries() != [])
    watching.choose()
    come(music, "b.flac")  # the walk of the analysis does not come so far
    driver.qtbot.waitUntil(driver.action("stopAction").isEnabled)
    driver.trigger("stopAction")
    driver.wait_idle()
    watching.settle()
    assert core.asked == [(music,)]
    core.gate.set()
    new = come(music, "c.flac")
    watching.settle()
    watching.pass_until(lambda: core.asked == [(music,), (new,)])


def test_nothing_begins_while_a_dialog_is_open(watching, music):
    dialog = QDialog(watching.driver.window)
    dialog.open()
    come(music, "b.flac")
    ticks = []
    timer = watching.feature()._timer
    timer.timeout.connect(lambda: ticks.append(None))
    watching.core.now_s += QUIET_S
    watching.pass_until(lambda: len(ticks) > 3)
    assert watching.core.asked == [(music,)]
    dialog.close()
    watching.settle()
    watching.pass_until(lambda: len(watching.core.asked) == 2)


def test_what_the_user_types_goes_on(watching, music):
    driver = watching.driver
    driver.filter_edit.setFocus()
    come(music, "b.flac")
    watching.settle()
    watching.pass_until(lambda: driver.status() == f"{NEW}: 1")
    assert driver.window.focusWidget() is driver.filter_edit


def write_genre(watching, music):
    """Write the genre of a.flac, and let the watch see it."""
    driver = watching.driver
    watching.core.write_into = lambda path: come(music, path.name, b"music with a genre")
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    watching.settle()


def test_what_the_program_wrote_is_no_news(watching, music):
    driver, core = watching.driver, watching.core
    write_genre(watching, music)
    watching.settle()
    assert core.asked == [(music,)]
    core.write_into = lambda path: come(music, path.name)
    driver.trigger("undoAction")
    driver.wait_idle()
    watching.settle()
    watching.settle()
    assert core.asked == [(music,)]


def test_what_another_program_changes_after_a_write_is_heard(watching, music):
    core = watching.core
    write_genre(watching, music)
    assert core.asked == [(music,)]
    changed = come(music, "a.flac", b"music with another genre")
    watching.settle()
    watching.pass_until(lambda: core.asked == [(music,), (changed,)])


def test_a_disk_that_is_away_is_said_and_waited_for(watching, music, tmp_path):
    assert watching.label.text() == "Watching 1 folder"
    music.rename(tmp_path / "away")
    watching.look()
    assert watching.label.text() == "Watching 1 folder (not available: 1)"
    assert f"{music} (not available: it is waited for)" in watching.label.toolTip()
    (tmp_path / "away").rename(music)
    watching.settle()
    assert watching.label.text() == "Watching 1 folder"
    assert watching.core.asked == [(music,)]


def test_what_is_moved_before_it_is_heard_is_left_alone(watching, music):
    driver, core = watching.driver, watching.core
    (gone, new), real = (come(music, name) for name in ("b.flac", "c.flac")), core.analyse

    def analyse(paths, **options):
        gone.unlink(missing_ok=True)
        yield from real(paths, **options)

    core.analyse = analyse
    watching.settle()
    watching.pass_until(lambda: driver.status() == f"{NEW}: 1")
    assert core.asked[-1] == (gone, new)
    assert watching.names() == ["a.flac", "c.flac"]
    assert driver.window.findChild(MessageBar).text() == ""


def test_a_notice_of_the_system_makes_it_look_soon(watching, qtbot):
    feature = watching.feature()
    qtbot.waitUntil(lambda: feature._timer.remainingTime() > 10_000)
    feature._notices.noticed.emit()
    assert feature._timer.interval() == feature._soon_ms
    feature._go_on_in(60_000)  # a later time does not count
    assert feature._timer.interval() == feature._soon_ms


def test_the_system_tells_of_what_comes_into_the_watched_folders(watching, music, qtbot):
    with qtbot.waitSignal(watching.feature()._notices.noticed):
        come(music, "b.flac")
    come(music, "b.flac", b"more music")
    (music / "album").mkdir()
    watching.settle()
    with qtbot.waitSignal(watching.feature()._notices.noticed):
        come(music / "album", "c.flac")


def test_the_choice_is_remembered_for_each_folder(watching, music, tmp_path, opened, core):
    driver = watching.driver
    other = tmp_path / "other"
    other.mkdir()
    driver.window.open_paths([other])
    driver.wait_idle()
    assert [entry.isChecked() for entry in watching.entries()] == [False]
    assert not watching.label.isVisible()
    driver.window._opening.add_paths([music])
    driver.wait_idle()
    assert [entry.isChecked() for entry in watching.entries()] == [False, True]
    watching.choose(1)
    assert watching.label.text() == "Watching 2 folders"
    driver.window.close()
    kept = json.loads(user_folders().window.read_text())["watched"]
    assert kept == [str(music), str(other)]
    again = WatchDriver(opened(core, folder=other), core)
    assert again.label.text() == "Watching 1 folder"
    again.choose()
    assert not again.label.isVisible()
    again.driver.rest()


def test_it_is_chosen_by_keys(opened, core, music, qtbot):
    driver = opened(core, folder=music)
    watching = WatchDriver(driver, core)
    menu = driver.window.findChild(QMenu, "watchMenu")
    menu.popup(driver.window.pos())
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert watching.label.text() == "Watching 1 folder"


def test_single_files_are_not_offered(opened, core, music):
    watching = WatchDriver(opened(core, folder=music / "a.flac"), core)
    assert watching.entries() == []
    assert not watching.driver.action("watchAction").isEnabled()


@pytest.mark.logs_warnings
def test_a_bug_in_a_look_is_told_and_ends_the_watch(watching, monkeypatch):
    def look(cancel):
        raise ZeroDivisionError

    failed = []
    monkeypatch.setattr(
        "genretagger.gui.shell.status_feature.show_bug", lambda error, *_: failed.append(error)
    )
    watching.core.watches[-1].look = look
    watching.pass_until(lambda: failed != [])
    assert not watching.label.isVisible()
    watching.driver.rest()
