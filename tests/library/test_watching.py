"""Watching: a file is handed on once, when it has stopped growing."""

from __future__ import annotations

import os
import shutil
import threading

import pytest

from genretagger.core.errors import Cancelled
from genretagger.core.tracks import FileStamp
from genretagger.library.scan import FoundFile
from genretagger.library.watching import FolderWatch, Settling

QUIET_S = 5.0
WEEK_S = 7 * 24 * 3600


class Clock:
    """A clock that stands until it is put on."""

    def __init__(self):
        self.now_s = 1_000_000.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def settling(clock):
    """Return the settling of a folder that was empty at the first look."""
    settling = Settling(quiet_s=QUIET_S, clock=clock)
    assert settling.look([]) == ()
    return settling


def file(path, size=100, *, mtime_s=0.0, ctime_s=0.0):
    return FoundFile(path, FileStamp(1, 2, size, round(mtime_s * 1e9), round(ctime_s * 1e9)))


def test_a_file_waits_until_it_is_as_it_was_before(tmp_path, settling, clock):
    path = tmp_path / "a.flac"
    assert settling.look([file(path)]) == ()
    assert settling.n_growing == 1
    clock.now_s += QUIET_S - 0.1
    assert settling.look([file(path)]) == ()
    clock.now_s += 0.1
    assert settling.look([file(path)]) == (file(path),)
    assert settling.n_growing == 0


def test_a_file_that_grows_begins_to_wait_anew(tmp_path, settling, clock):
    path = tmp_path / "a.flac"
    for size in range(100, 600, 100):
        clock.now_s += QUIET_S
        assert settling.look([file(path, size)]) == ()
    clock.now_s += QUIET_S
    assert settling.look([file(path, 500)]) == (file(path, 500),)


def test_a_file_of_its_full_size_waits_while_it_is_written(tmp_path, settling, clock):
    path = tmp_path / "a.flac"
    for turn in range(3):
        clock.now_s += QUIET_S
        assert settling.look([file(path, mtime_s=turn)]) == ()
    clock.now_s += QUIET_S
    assert len(settling.look([file(path, mtime_s=2)])) == 1


def test_a_file_is_handed_on_once_and_again_only_when_it_changes(tmp_path, settling, clock):
    path = tmp_path / "a.flac"
    settling.look([file(path)])
    clock.now_s += QUIET_S
    assert len(settling.look([file(path)])) == 1
    clock.now_s += QUIET_S
    other_rights = file(path, ctime_s=1)  # what chmod(1) and a write that keeps dates leave
    assert settling.look([other_rights]) == ()
    changed = file(path, 200)
    assert settling.look([changed]) == ()
    clock.now_s += QUIET_S
    assert settling.look([changed]) == (changed,)


def test_what_is_there_at_first_need_not_wait_unless_it_was_just_written(tmp_path, clock):
    settling = Settling(quiet_s=QUIET_S, clock=clock)
    old = file(tmp_path / "old.flac", mtime_s=clock.now_s - QUIET_S)
    new = file(tmp_path / "new.flac", mtime_s=clock.now_s - 1)
    future = file(tmp_path / "future.flac", mtime_s=clock.now_s + WEEK_S)
    assert settling.look([old, new, future]) == (old,)
    clock.now_s += QUIET_S
    assert settling.look([old, new, future]) == (new, future)


def test_an_old_file_that_comes_later_waits_as_any_other(tmp_path, settling, clock):
    moved = file(tmp_path / "a.flac", mtime_s=clock.now_s - WEEK_S)
    assert settling.look([moved]) == ()
    clock.now_s += QUIET_S
    assert settling.look([moved]) == (moved,)


def test_a_clock_that_is_put_back_costs_no_more_than_one_wait(tmp_path, settling, clock):
    path = tmp_path / "a.flac"
    settling.look([file(path)])
    clock.now_s -= WEEK_S
    assert settling.look([file(path)]) == ()
    clock.now_s += QUIET_S
    assert settling.look([file(path)]) == (file(path),)


def test_a_disk_that_comes_back_is_no_news_for_a_week(tmp_path, settling, clock):
    path = tmp_path / "a.flac"
    settling.look([file(path)])
    clock.now_s += QUIET_S
    settling.look([file(path)])
    for away_s, n_settled in ((WEEK_S, 0), (WEEK_S + 1, 1)):
        clock.now_s += away_s
        settling.look([])
        settling.look([file(path)])
        clock.now_s += QUIET_S
        assert len(settling.look([file(path)])) == n_settled


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.flac").write_bytes(b"a")
    (folder / "cover.jpg").write_bytes(b"a")
    os.utime(folder / "a.flac", (0, 0))
    return folder


def look(watch):
    return watch.look(threading.Event())


def test_a_look_walks_as_an_analysis_does(music, clock):
    watch = FolderWatch([music], rescan_s=60, quiet_s=QUIET_S, clock=clock)
    seen = look(watch)
    assert [file.path for file in seen.settled] == [music / "a.flac"]
    assert seen.folders == (music, music / "sub")
    assert seen.failures == ()
    (music / "sub" / "b.flac").write_bytes(b"b")
    (music / ".git").mkdir()
    assert look(watch).settled == ()
    clock.now_s += QUIET_S
    seen = look(watch)
    assert [file.path for file in seen.settled] == [music / "sub" / "b.flac"]
    assert seen.left_out.hidden == (".git",)


def test_a_look_says_what_it_cannot_see(music, clock):
    watch = FolderWatch([music], rescan_s=60, quiet_s=QUIET_S, clock=clock)
    look(watch)
    shutil.rmtree(music)
    [failure] = look(watch).failures
    assert (failure.path, failure.error.key) == (music, "path-missing")


def test_the_pause_is_short_while_a_file_grows_and_long_after_a_slow_look(
    music, monkeypatch, clock
):
    watch = FolderWatch([music], rescan_s=60, quiet_s=QUIET_S, clock=clock)
    times = iter((0.0, 0.1, 10.0, 10.1, 20.0, 25.0))
    monkeypatch.setattr("genretagger.library.watching.time.monotonic", lambda: next(times))
    assert look(watch).pause_s == 60
    (music / "b.flac").write_bytes(b"b")
    assert look(watch).pause_s == QUIET_S / 2
    assert look(watch).pause_s == 19 * 5.0


def test_a_look_can_be_stopped(music):
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        FolderWatch([music], rescan_s=60).look(cancel)


def test_a_folder_that_the_system_cannot_follow_is_waited_for(music, clock):
    broken = music / ("a" * 300)  # a name too long, an error as of a disk that broke
    watch = FolderWatch([broken, music], rescan_s=60, quiet_s=QUIET_S, clock=clock)
    seen = look(watch)
    [failure] = seen.failures
    assert (failure.path, failure.error.key) == (broken, "folder-unreadable")
    assert [file.path for file in seen.settled] == [music / "a.flac"]


def test_a_look_can_be_stopped_where_there_is_no_music(tmp_path, monkeypatch):
    for name in "abc":
        (tmp_path / name).mkdir()
    cancel, listed = threading.Event(), []
    real = os.scandir

    def scandir(folder):
        listed.append(folder)
        cancel.set()
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(Cancelled):
        FolderWatch([tmp_path], rescan_s=60).look(cancel)
    assert listed == [tmp_path]
