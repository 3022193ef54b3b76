"""Listening by keys and timeline on a player that makes no sound; and what the real one does."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from dataclasses import replace
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QItemSelectionModel, QMetaObject, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QToolButton

from genretagger.gui.cells.columns import Column
from genretagger.gui.detail import playback_feature
from genretagger.gui.detail.player import QtPlayer, call_slot, open_player
from tests.gui.detail.test_detail_pane import details
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.keyboard import Keys
from tests.helpers.rows import track
from tests.helpers.samples import encode
from tests.helpers.waiting import LIMIT_MS, LIMIT_S, joined, wait_for

Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
DECIDED_S = 1.5  # where the second segment of `details` begins


class FakePlayer(QObject):
    """Notes what it is told; `path` is open until it is released."""

    moved = Signal(float)
    ended = Signal()
    failed = Signal()

    def __init__(self):
        super().__init__()
        self.told = []
        self.path = None
        self.volume = None
        self.devices = True
        self.broken = ()

    def has_device(self):
        return self.devices

    def start(self, path, from_s):
        self.told.append(("start", path.name, from_s))
        self.path = path
        if path.name in self.broken:
            self.failed.emit()

    def pause(self):
        self.told.append("pause")

    def resume(self):
        self.told.append("resume")

    def seek(self, to_s):
        self.told.append(("seek", to_s))

    def release(self):
        if self.path is not None:
            self.told.append("release")
        self.path = None

    def set_volume(self, share):
        self.volume = share


@pytest.fixture
def player(monkeypatch):
    made = FakePlayer()
    monkeypatch.setattr("genretagger.gui.detail.playback_feature.open_player", lambda parent: made)
    return made


@pytest.fixture
def core():
    tracks = [track(f"{name}.flac") for name in "abcdef"]
    core = FakeCore(tracks)
    core.found_details = {one.path: details() for one in tracks}
    return core


@pytest.fixture
def driver(opened, core, player):
    return opened(core)


@pytest.fixture
def press(driver, qtbot):
    keys = Keys(driver, qtbot)
    driver.select("a.flac")
    driver.table.selectRow(0)
    return keys


def starts(player):
    return [told[1:] for told in player.told if told[0] == "start"]


def wait_started(qtbot, player, *names):
    qtbot.waitUntil(lambda: [name for name, _ in starts(player)] == list(names))


def timeline(driver):
    return driver.window.findChild(object, "timeline")


# Playing and pausing


def test_space_plays_from_what_decided_and_pauses_and_goes_on(driver, press, player, qtbot):
    selected = driver.table.selected_row_ids()
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    assert starts(player) == [("a.flac", DECIDED_S)]
    assert driver.action("playAction").text() == "&Pause"
    press(Key.Key_Space)
    assert player.told[-1] == "pause"
    assert driver.action("playAction").text() == "&Play"
    press(Key.Key_Space)
    assert player.told[-1] == "resume"
    assert driver.table.selected_row_ids() == selected  # Space does not toggle the selection


def test_where_it_decided_is_known_while_the_pane_is_closed(driver, press, player, core, qtbot):
    press(Key.Key_F4, Key.Key_Down, Key.Key_Space)
    wait_started(qtbot, player, "b.flac")
    assert starts(player) == [("b.flac", DECIDED_S)]


def test_space_twice_before_it_begins_begins_nothing(driver, press, player, core, qtbot):
    press(Key.Key_F4, Key.Key_Down, Key.Key_Space, Key.Key_Space)
    qtbot.waitUntil(lambda: Path("/music/b.flac") in core.asked_details)
    driver.rest()
    assert starts(player) == []
    press(Key.Key_Space)
    wait_started(qtbot, player, "b.flac")


def test_what_was_not_heard_is_played_from_its_start(opened, player, core, qtbot):
    core.failures = {Path("/music/a.flac")}
    driver = opened(core)
    press = Keys(driver, qtbot)
    driver.table.selectRow(0)
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    assert starts(player) == [("a.flac", 0.0)]


def test_nothing_is_opened_before_somebody_asks(opened, core, monkeypatch, qtbot):
    asked = []
    monkeypatch.setattr("genretagger.gui.detail.playback_feature.open_player", asked.append)
    driver = opened(core)
    driver.select("b.flac")
    driver.rest()
    assert asked == []


def test_the_end_of_a_track_closes_it_and_space_begins_anew(driver, press, player, qtbot):
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    player.moved.emit(2.9)
    player.ended.emit()
    assert player.path is None
    assert timeline(driver).position() is None
    assert driver.action("playAction").text() == "&Play"
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac", "a.flac")


# Keys that belong to what has the focus


def test_space_and_comma_are_typed_into_the_filter(driver, press, player, qtbot):
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    driver.filter_edit.setFocus()
    qtbot.waitUntil(driver.filter_edit.hasFocus)
    press(Key.Key_Space, Key.Key_Comma, Key.Key_Period)
    assert driver.filter_edit.text() == " ,."
    assert [told for told in player.told if told in ("pause", "resume") or told[0] == "seek"] == []


def test_space_presses_the_button_that_has_the_focus(driver, press, player, qtbot):
    driver.action("thresholdSpin").setValue(0.8)
    button = driver.window.findChild(QToolButton, "acceptAllButton")
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: driver.row("a.flac").decision is not None)
    assert starts(player) == []


def test_space_plays_where_a_chart_or_the_timeline_has_the_focus(driver, press, player, qtbot):
    qtbot.waitUntil(lambda: bool(timeline(driver).blocks()))
    timeline(driver).setFocus()
    qtbot.waitUntil(timeline(driver).hasFocus)
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    assert starts(player) == [("a.flac", DECIDED_S)]


def test_control_and_space_still_toggle_the_selection(driver, press, player):
    press(Key.Key_Space, modifier=CONTROL)
    assert driver.table.selected_row_ids() == []
    assert starts(player) == []


# Five seconds, and the timeline


def test_comma_and_full_stop_go_back_and_on(driver, press, player, qtbot):
    assert not driver.action("backAction").isEnabled()
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    player.moved.emit(20.0)
    press(Key.Key_Comma)
    assert player.told[-1] == ("seek", 15.0)
    press(Key.Key_Period, Key.Key_Period)
    assert player.told[-1] == ("seek", 25.0)
    player.moved.emit(2.0)
    press(Key.Key_Comma)
    assert player.told[-1] == ("seek", 0.0)


def test_the_timeline_shows_where_it_is(driver, press, player, qtbot):
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    player.moved.emit(2.25)
    assert timeline(driver).position() == 2.25
    assert driver.window.findChild(QLabel, "playTimes").text() == "0:02 of 0:03"
    driver.trigger("acceptAction")  # another row is shown
    assert timeline(driver).position() is None


def test_a_click_on_the_timeline_plays_from_there_and_then_seeks(driver, press, player, qtbot):
    shown = timeline(driver)
    qtbot.waitUntil(lambda: bool(shown.blocks()))
    point = QPoint(round(shown.x_of(2.0)), shown.height() // 2)
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=point)
    assert [(name, round(s)) for name, s in starts(player)] == [("a.flac", 2)]
    point = QPoint(round(shown.x_of(1.0)), shown.height() // 2)
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=point)
    assert player.told[-1][0] == "seek"
    assert round(player.told[-1][1]) == 1
    assert len(starts(player)) == 1


def test_seeking_while_paused_stays_paused(driver, press, player, qtbot):
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    press(Key.Key_Space)
    timeline(driver).seek_asked.emit(0.5)
    assert player.told[-2:] == ["pause", ("seek", 0.5)]
    assert timeline(driver).position() == 0.5
    timeline(driver).play_asked.emit(1.5)
    assert player.told[-2:] == [("seek", 1.5), "resume"]


# With the selection


def test_what_is_played_follows_the_selection(driver, press, player, qtbot):
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    press(Key.Key_Down)
    assert player.path is None  # silent at once
    assert driver.action("playAction").text() == "&Pause"
    wait_started(qtbot, player, "a.flac", "b.flac")
    assert starts(player)[-1] == ("b.flac", DECIDED_S)


@pytest.fixture
def endless_rest(monkeypatch):
    """Make the user rest only when the test says so."""
    monkeypatch.setattr(playback_feature, "_REST_MS", LIMIT_MS)


def test_a_fast_walk_plays_the_last_one_only(endless_rest, driver, press, player, qtbot):
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    press(Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down)
    driver.end_pauses()
    wait_started(qtbot, player, "a.flac", "e.flac")
    assert starts(player)[-1] == ("e.flac", DECIDED_S)


def test_a_walk_while_it_is_paused_plays_nothing(driver, press, player, qtbot):
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    press(Key.Key_Space, Key.Key_Down)
    assert player.path is None
    driver.rest()
    assert len(starts(player)) == 1


def test_space_on_the_way_to_the_next_track_stops(endless_rest, driver, press, player, qtbot):
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    press(Key.Key_Down, Key.Key_Space)
    driver.rest()
    assert len(starts(player)) == 1
    assert driver.action("playAction").text() == "&Play"


def test_a_decision_goes_on_to_the_next_track_and_plays_it(driver, press, player, qtbot):
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    press(Key.Key_A)
    wait_started(qtbot, player, "a.flac", "b.flac")
    assert driver.table.current_row_id() == 1


def test_with_several_selected_the_current_one_is_played(driver, press, player, qtbot):
    driver.table.selectAll()
    index = driver.table.model().index(2, 0)
    driver.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
    press(Key.Key_Space)
    wait_started(qtbot, player, "c.flac")
    assert len(driver.table.selected_row_ids()) == len(driver.rows())


def test_new_music_ends_what_is_played(driver, press, player, qtbot, tmp_path):
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    driver.window.open_paths([tmp_path])
    qtbot.waitUntil(lambda: player.path is None)
    driver.wait_idle()


# Before anything is written


def test_the_file_is_closed_before_a_write_and_an_undo(opened, core, player, qtbot):
    open_while = []

    class Watched(FakeCore):
        def apply(self, *given, **named):
            if not named.get("dry_run"):
                open_while.append(player.path)
            yield from super().apply(*given, **named)

        def undo(self, *given, **named):
            open_while.append(player.path)
            yield from super().undo(*given, **named)

    watched = Watched(list(core.tracks.values()))
    driver = opened(watched)
    press = Keys(driver, qtbot)
    driver.table.selectRow(0)
    press(Key.Key_A, Key.Key_Space)
    wait_started(qtbot, player, "b.flac")
    driver.write()
    Keys(driver, qtbot)(Key.Key_Space)
    wait_started(qtbot, player, "b.flac", "b.flac")
    driver.trigger("undoAction")
    driver.wait_idle()
    assert open_while == [None, None]
    driver.rest()
    assert len(starts(player)) == 2  # only the user makes it play again


def test_nothing_can_be_played_during_a_write(opened, core, player, qtbot):
    gate = threading.Event()

    class Slow(FakeCore):
        def apply(self, *given, **named):
            if not named.get("dry_run"):
                gate.wait(LIMIT_S)
            yield from super().apply(*given, **named)

    driver = opened(Slow(list(core.tracks.values())))
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.trigger("writeAction")
    dialog = driver.window.findChild(QDialog, "writePreviewDialog")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    enabled = driver.action("playAction").isEnabled()
    timeline(driver).play_asked.emit(1.0)
    gate.set()
    driver.wait_idle()
    assert not enabled
    assert starts(player) == []
    assert driver.action("playAction").isEnabled()


def test_the_file_is_closed_with_the_window(driver, press, player, qtbot):
    press(Key.Key_Space)
    wait_started(qtbot, player, "a.flac")
    driver.window.close()
    assert player.path is None


# What cannot be played


def test_a_file_that_cannot_be_played_is_told_of_once(driver, press, player, qtbot):
    player.broken = ("a.flac",)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: driver.status() == f"{Path('/music/a.flac')} cannot be played.")
    assert driver.action("playAction").text() == "&Play"
    assert player.path is None


def test_without_a_device_one_sentence_says_so(driver, press, player):
    player.devices = False
    press(Key.Key_Space)
    assert driver.status() == "Sound cannot be played: no audio device was found."
    assert driver.action("playAction").text() == "&Play"
    player.devices = True
    press(Key.Key_Space)
    assert starts(player) == [("a.flac", DECIDED_S)] or player.told == []


def test_without_qtmultimedia_one_sentence_says_so(opened, core, monkeypatch, qtbot):
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    driver = opened(core)
    driver.table.selectRow(0)
    Keys(driver, qtbot)(Key.Key_Space)
    expected = "Sound cannot be played: this build of Qt lacks QtMultimedia."
    assert driver.status() == expected
    driver.trigger("acceptAction")  # all else works


# Volume


def test_the_volume_is_changed_by_keys_and_remembered(opened, driver, press, player, core, qtbot):
    press(Key.Key_Space)
    assert player.volume == 0.8
    press(Key.Key_Down, modifier=ALT)
    assert driver.status() == "Volume: 70 %"
    assert player.volume == 0.7
    for _ in range(5):
        press(Key.Key_Up, modifier=ALT)
    assert driver.status() == "Volume: 100 %"
    assert driver.table.currentIndex().row() == 0
    driver.window.close()
    again = opened(core)
    again.table.selectRow(0)
    Keys(again, qtbot)(Key.Key_Space)
    assert player.volume == 1.0


# The real player, on a machine without a device


@pytest.fixture
def real(qtbot):
    """Return the real player: it reads and goes on as if it were heard."""
    parent = QObject()
    made = open_player(parent)
    assert isinstance(made, QtPlayer)
    yield made
    made.release()
    parent.deleteLater()


no_device = pytest.mark.qt_log_ignore("PulseAudioService", "No audio device", "alsa", "ALSA")


@no_device
@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a"])
def test_the_real_player_plays_seeks_and_closes_the_file(real, qtbot, tmp_path, suffix):
    path = encode(tmp_path / f"a #1 100%25? ü{suffix}", seconds=40)
    failed, moved = [], []
    real.failed.connect(lambda: failed.append(path))
    real.moved.connect(moved.append)
    with qtbot.waitSignal(real.moved):
        real.start(path, 20.0)
    assert moved[0] >= 20.0
    with qtbot.waitSignal(real.moved, check_params_cb=lambda s: 4.0 <= s < 20.0):
        real.seek(4.0)
    assert path.name in "".join(open_files()) or not open_files()
    real.release()
    assert path.name not in "".join(open_files())
    assert failed == []


@no_device
def test_the_real_player_tells_the_end(real, qtbot, tmp_path):
    path = encode(tmp_path / "a.flac", seconds=1)
    with qtbot.waitSignal(real.ended):
        real.start(path, 0.5)


@no_device
@pytest.mark.parametrize("content", [b"", b"fLaC" + bytes(900), None])
def test_the_real_player_tells_of_what_it_cannot_play(real, qtbot, tmp_path, content):
    path = tmp_path / "a.flac"
    if content is not None:
        path.write_bytes(content)
    with qtbot.waitSignal(real.failed):
        real.start(path, 0.0)
    good = encode(tmp_path / "b.flac", seconds=3)
    with qtbot.waitSignal(real.moved):
        real.start(good, 1.0)


@no_device
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names are text elsewhere")
def test_the_real_player_plays_a_file_whose_name_is_no_text(real, qtbot, tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad \xff.flac"))
    encode(tmp_path / "a.flac", seconds=3).rename(path)
    with qtbot.waitSignal(real.moved, check_params_cb=lambda s: s >= 1.0):
        real.start(path, 1.0)
    real.release()
    assert "bad" not in "".join(open_files())


def test_slots_that_wait_do_not_hold_the_lock_of_python(qtbot):
    # A thread of Qt that logs needs that lock; whoever waits for the thread must not have it.
    dialog = QDialog()
    qtbot.addWidget(dialog)
    timer = QTimer(dialog, singleShot=True, interval=LIMIT_MS)
    timer.timeout.connect(dialog.accept)  # by Qt alone, where no Python runs meanwhile

    def accept():
        wait_for(dialog.isVisible)
        QMetaObject.invokeMethod(dialog, "accept", Qt.ConnectionType.QueuedConnection)

    thread = threading.Thread(target=accept)
    timer.start()
    thread.start()
    call_slot(dialog, "exec")
    assert timer.isActive(), "the thread has ended it"
    joined(thread)


@no_device
def test_what_is_left_at_once_never_begins(real, qtbot, tmp_path):
    first, second = (encode(tmp_path / f"{n}.flac", seconds=6) for n in "ab")
    moved = []
    real.moved.connect(moved.append)
    real.start(first, 1.0)
    real.start(second, 4.0)
    real.pause()
    with qtbot.waitSignal(real.moved, check_params_cb=lambda s: s > 4.0):
        real.resume()
    assert all(seconds >= 3.9 for seconds in moved)


def open_files():
    """Return what this process has open, nothing where that cannot be known."""
    folder = Path("/proc/self/fd")
    found = []
    for link in folder.iterdir() if folder.is_dir() else ():
        try:
            found.append(str(link.readlink()))
        except OSError:  # closed meanwhile
            continue
    return found


# By double click


def double_click(driver, qtbot, position, column):
    table = driver.table
    place = table.visualRect(table.model().index(position, column)).center()
    for click in (qtbot.mouseClick, qtbot.mouseDClick):
        click(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("column", [Column.STATE, Column.TITLE, Column.CONFIDENCE])
def test_a_double_click_plays_the_track(driver, player, qtbot, column):
    double_click(driver, qtbot, 2, column)
    qtbot.waitUntil(lambda: player.told[:1] == [("start", "c.flac", DECIDED_S)])


def test_a_double_click_on_what_plays_begins_it_anew(driver, player, qtbot):
    double_click(driver, qtbot, 2, Column.TITLE)
    qtbot.waitUntil(lambda: len(player.told) == 1)
    double_click(driver, qtbot, 2, Column.TITLE)
    qtbot.waitUntil(lambda: player.told == [("start", "c.flac", DECIDED_S)] * 2)
    assert driver.action("playAction").text() == "&Pause"


def test_a_double_click_on_another_track_plays_it_at_once_and_once(driver, player, qtbot):
    double_click(driver, qtbot, 2, Column.TITLE)
    qtbot.waitUntil(lambda: len(player.told) == 1)
    double_click(driver, qtbot, 3, Column.TITLE)
    qtbot.waitUntil(lambda: ("start", "d.flac", DECIDED_S) in player.told)
    driver.wait_pauses()
    assert player.told.count(("start", "d.flac", DECIDED_S)) == 1


def test_a_double_click_on_a_genre_edits_it_and_plays_nothing(driver, player, qtbot):
    double_click(driver, qtbot, 2, Column.SUGGESTED)
    assert driver.table.state() is driver.table.State.EditingState
    assert player.told == []
    qtbot.keyClick(driver.table.findChild(QObject, "genreEdit"), Key.Key_Escape)


def test_a_double_click_on_a_genre_that_cannot_be_given_says_why(opened, core, player, qtbot):
    core.failures = {track("c.flac").path}
    driver = opened(core)
    driver.table.model().replace({2: replace(driver.rows()[2], unheard=None)})
    double_click(driver, qtbot, 2, Column.SUGGESTED)
    assert driver.status().startswith("This track has not been analysed yet")
    assert player.told == []


def test_a_double_click_that_may_not_play_says_why(driver, player, qtbot, core):
    core.write_gate = threading.Semaphore(0)
    driver.trigger("acceptAction")
    driver.trigger("writeAction")
    driver.window.findChild(QObject, "writeButton").click()
    qtbot.waitUntil(lambda: not driver.action("playAction").isEnabled())
    double_click(driver, qtbot, 2, Column.TITLE)
    assert driver.status() == "Nothing is played while files are written."
    double_click(driver, qtbot, 2, Column.SUGGESTED)
    assert driver.status() == "Decisions wait until the files are written."
    core.write_gate.release(9)
    driver.wait_idle()


@no_device
def test_ffmpeg_prints_nothing(real):
    """Odd files would have it write to standard error, from threads of its own."""
    libraries = list(Path(PySide6.__file__).parent.glob("Qt/lib/libavutil.so.*"))
    if not libraries:
        pytest.skip("not the Qt of the wheels for Linux")
    assert ctypes.CDLL(str(libraries[0])).av_log_get_level() == -8  # AV_LOG_QUIET
