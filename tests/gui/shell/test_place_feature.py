"""The current track, its place and the threshold are there again at the next start."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt

from genretagger.core.events import TrackFound
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import save_settings
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.keyboard import Keys
from tests.helpers.rows import track
from tests.helpers.waiting import LIMIT_S

N_TRACKS = 200


@pytest.fixture
def core():
    return FakeCore([track(f"{n:03}.flac", title=f"{N_TRACKS - n:03}") for n in range(N_TRACKS)])


def offset(driver):
    table = driver.table
    return table.rowViewportPosition(table.currentIndex().row())


def leave_at(driver, row_id, scrolled=60):
    """Make a row the current one, scroll, and close the window."""
    driver.table.select(row_id)
    bar = driver.table.verticalScrollBar()
    bar.setValue(bar.value() + scrolled)
    at = offset(driver)
    driver.window.close()
    return at


def test_the_current_track_is_where_it_was(opened, core):
    at = leave_at(opened(core), 150)
    driver = opened(core)
    assert driver.table.current_row_id() == 150
    assert driver.table.selected_row_ids() == [150]
    assert offset(driver) == at > 0


def test_so_it_is_in_the_order_and_the_groups_that_are_remembered(opened, core):
    first = opened(core)
    first.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    first.trigger("groupAction")
    at = leave_at(first, 40)
    driver = opened(core)
    assert driver.table.model().is_grouped
    assert driver.table.current_row_id() == 40
    assert offset(driver) == at


def test_one_that_was_scrolled_out_of_sight_stays_there(opened, core):
    at = leave_at(opened(core), 20, scrolled=1500)
    assert at < 0
    assert offset(opened(core)) == at


def test_a_lower_window_shows_it_nevertheless(opened, core):
    leave_at(opened(core), 150, scrolled=0)
    driver = opened(core, shown=False, wait=False)
    driver.window.resize(900, 450)
    driver.window.show()
    driver.wait_idle()
    row = driver.table.visualRect(driver.table.currentIndex())
    assert driver.table.viewport().rect().contains(row.center())


def test_other_folders_begin_at_their_first_track(opened, core, tmp_path):
    leave_at(opened(core), 150)
    assert opened(core, folder=tmp_path / "other").table.current_row_id() == 0


def test_a_track_that_is_gone_is_not_waited_for(opened, core):
    leave_at(opened(core), 150)
    del core.tracks[track("150.flac").path]
    driver = opened(core)
    assert driver.table.current_row_id() == 0
    driver.table.select(7)
    driver.window.close()
    assert opened(core).table.current_row_id() == 7


class SlowCore(FakeCore):
    """Finds the tracks, but for the first ten, once its gate is open."""

    def analyse(self, paths, *, context, cancel, use_cache=True):
        late = dict(list(self.tracks.items())[10:])
        for found in list(self.tracks.values())[:10]:
            yield TrackFound(found)
        self.gate.wait(LIMIT_S)
        for found in late.values():
            yield TrackFound(found)


@pytest.fixture
def slow(core):
    return SlowCore(core.tracks.values(), gate=threading.Event())


def by_key(driver, qtbot):
    Keys(driver, qtbot)(Qt.Key.Key_Down)


def by_wheel(driver, _qtbot):
    bar = driver.table.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderSingleStepAdd)


@pytest.mark.parametrize(("move", "row_id"), [(by_key, 1), (by_wheel, 0), (None, 150)])
def test_who_moves_while_tracks_come_stays_where_he_is(opened, core, slow, qtbot, move, row_id):
    leave_at(opened(core), 150)
    driver = opened(slow, wait=False)
    qtbot.waitUntil(lambda: len(driver.rows()) == 10)
    if move is not None:
        move(driver, qtbot)
    slow.gate.set()
    driver.wait_idle()
    assert len(driver.rows()) == N_TRACKS
    assert driver.table.current_row_id() == row_id


def test_with_the_setting_off_nothing_is_there_again(opened, core):
    first = opened(core)
    first.action("thresholdSpin").setValue(0.7)
    leave_at(first, 150)
    save_settings(user_folders().settings, Settings(remember_session=False))
    driver = opened(core)
    assert driver.table.current_row_id() == 0
    assert driver.action("thresholdSpin").value() == pytest.approx(0.95)


# The threshold


def test_the_threshold_is_the_one_that_was_chosen(opened, core):
    first = opened(core)
    first.action("thresholdSpin").setValue(0.7)
    first.window.close()
    assert opened(core).action("thresholdSpin").value() == pytest.approx(0.7)


def test_another_one_in_the_settings_counts_more(opened, core):
    first = opened(core)
    first.action("thresholdSpin").setValue(0.7)
    first.window.close()
    save_settings(user_folders().settings, Settings(accept_threshold=0.9))
    assert opened(core).action("thresholdSpin").value() == pytest.approx(0.9)


@pytest.mark.parametrize("kept", ['"x"', "[1]", '[0.95, "x"]', "[0.95, 7.5]", "null"])
def test_what_is_no_threshold_is_forgotten(opened, core, kept):
    folder = user_folders().window.parent
    folder.mkdir(parents=True, exist_ok=True)
    user_folders().window.write_text(
        f'{{"threshold": {kept}, "place": "x", "placeTrack": 7, "placeFolders": [null]}}'
    )
    assert opened(core).action("thresholdSpin").value() in (pytest.approx(0.95), 1.0)
