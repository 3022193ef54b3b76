"""Looking again (F5): rows, decisions and the place in the table stay; folders that are away."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from genretagger.core.errors import TrackError
from genretagger.core.events import Failure
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.keyboard import Keys
from tests.helpers.rows import prediction, track


@pytest.fixture
def core():
    return FakeCore([track(f"{n}.flac") for n in range(5)])


def look_again(driver, press):
    press(Qt.Key.Key_F5)
    driver.wait_idle()


def names(driver):
    return [row.path.stem for row in driver.rows()]


def change(core, name, **tags):
    path = Path(f"/music/{name}")
    found = core.tracks[path]
    stamp = replace(found.stamp, size_bytes=found.stamp.size_bytes + 1)
    core.tracks[path] = replace(found, tags=replace(found.tags, **tags), stamp=stamp)


def test_without_changes_all_stays_as_it_is(driver, press):
    press(Qt.Key.Key_A, Qt.Key.Key_R)
    before = driver.rows()
    look_again(driver, press)
    assert driver.rows() == before
    assert all(now is row for now, row in zip(driver.rows(), before, strict=True))
    assert driver.table.selected_row_ids() == [2]
    assert driver.status() == "Analysed again:   nothing has changed."
    press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert driver.row("1.flac").decision is None


def test_what_is_new_changed_and_gone_is_taken_in_place(driver, press, core):
    press(Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_A)
    change(core, "1.flac", title="New", genres=("Soul",))
    del core.tracks[Path("/music/2.flac")]
    core.tracks[Path("/music/9.flac")] = track("9.flac")
    look_again(driver, press)
    assert names(driver) == ["0", "1", "2", "3", "4", "9"]
    assert driver.status() == "Analysed again:   new: 1   changed: 1   gone: 1"
    one, gone = driver.row("1.flac"), driver.row("2.flac")
    assert (one.track.tags.title, one.current_genres) == ("New", ("Soul",))
    assert one.state is State.ACCEPTED
    assert (gone.state, gone.decision.genres) == (State.FAILED, ("Blues",))
    assert driver.row("9.flac").state is State.MISSING
    assert driver.table.selected_row_ids() == [3]
    core.tracks[Path("/music/2.flac")] = gone.track
    look_again(driver, press)
    assert driver.row("2.flac").state is State.ACCEPTED


def test_other_audio_under_the_name_is_judged_anew(driver, press, core):
    press(Qt.Key.Key_A)
    path = Path("/music/0.flac")
    change(core, "0.flac")
    core.predictions[path] = prediction("jazz")
    core.digests = {path: "another"}
    look_again(driver, press)
    row = driver.row("0.flac")
    assert (row.genre, row.decision) == ("jazz", None)


def test_a_decision_made_meanwhile_is_not_lost(driver, press, core):
    core.gate = threading.Event()
    press(Qt.Key.Key_F5)
    press(Qt.Key.Key_A)
    change(core, "0.flac")
    core.gate.set()
    driver.wait_idle()
    assert driver.row("0.flac").state is State.ACCEPTED


class AwayCore(FakeCore):
    """A core whose folder is away until it is `there`."""

    there = False

    def analyse(self, paths, *, context, cancel, use_cache=True):
        if self.there:
            yield from super().analyse(paths, context=context, cancel=cancel)
        else:
            for path in paths:
                yield Failure(path, TrackError(path, "path-missing"))


def test_a_folder_that_is_away_is_said_with_what_to_do(opened, qtbot):
    core = AwayCore([track("0.flac")])
    driver = opened(core, folder=Path("/music"))
    assert driver.rows() == []
    said = driver.window.findChild(QLabel, "emptyLabel").text()
    assert said.startswith("/music is not available right now. Connect its disk and press F5")
    notice = driver.window.findChild(QLabel, "noticeText")
    assert notice.isVisible()
    look_again(driver, Keys(driver, qtbot))
    assert driver.status() == said, "nobody could look whether anything has changed"
    assert notice.isVisible()
    core.there = True
    look_again(driver, Keys(driver, qtbot))
    assert names(driver) == ["0"]
    assert driver.status() == "Analysed again:   new: 1"
    assert not notice.isVisible(), "the folder is there again"


def test_nothing_is_gone_while_its_folder_is_away(opened, qtbot):
    core = AwayCore([track("0.flac")])
    core.there = True
    driver = opened(core, folder=Path("/music"))
    press = Keys(driver, qtbot)
    press(Qt.Key.Key_A)
    core.there = False
    look_again(driver, press)
    assert driver.row("0.flac").state is State.ACCEPTED
    notice = driver.window.findChild(QLabel, "noticeText")
    assert "/music is not there at the moment: connect its disk" in notice.text()


def test_a_stop_counts_nothing_as_gone(driver, press, core):
    core.gate = threading.Event()
    del core.tracks[Path("/music/2.flac")]
    press(Qt.Key.Key_F5)
    driver.qtbot.waitUntil(driver.action("stopAction").isEnabled)
    press(Qt.Key.Key_Period, modifier=Qt.KeyboardModifier.ControlModifier)
    driver.wait_idle()
    core.gate.set()
    assert driver.row("2.flac").state is State.MISSING


def test_what_was_decided_on_other_audio_is_not_made_again(driver, press, core):
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert driver.action("redoDecisionAction").isEnabled()
    change(core, "0.flac")
    core.digests = {Path("/music/0.flac"): "another"}
    look_again(driver, press)
    press(Qt.Key.Key_Y, modifier=Qt.KeyboardModifier.ControlModifier)
    assert driver.row("0.flac").decision is None
    assert not driver.action("redoDecisionAction").isEnabled()
