"""kill -9 at any moment: each file is byte for byte the old or the new one; the history agrees.

The killed process is a fork of this one, so that it gets to work at once.
"""

import os
import random
import signal
import threading
import time

import pytest

from genretagger.core.datatypes import Policy, WriteRequest, WriteStatus
from genretagger.core.settings import Settings
from genretagger.tagging import fs, journal, recovery, undoing, writer
from tests.samples import pcm_digest
from tests.tagging import states

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    # A killed process leaves a cut record, and that is logged.
    pytest.mark.logs_warnings,
]
NAMES = ["mp3 2.3 and v1", "mp3 bare", "flac genre", "ogg genre", "opus without genre", "m4a gnre"]
NEVER = threading.Event()


@pytest.fixture
def folder(home):
    return home / "journal"


@pytest.fixture
def music(tmp_path, request):
    folder = tmp_path / "music"
    folder.mkdir()
    for number, name in enumerate(getattr(request, "param", NAMES)):
        states.make(name, tmp_path).rename(folder / f"{number}{states.STATES[name][1]}")
    return folder


def apply(music, folder):
    with writer.begin_batch(folder, policy=Policy.REPLACE, settings=Settings()) as batch:
        return [
            batch.write(WriteRequest(path, ("Blues", "Grüße"))) for path in sorted(music.iterdir())
        ]


def undo(folder):
    return list(undoing.undo(folder, batch=None, settings=Settings(), cancel=NEVER))


def contents(music):
    return {path.name: path.read_bytes() for path in music.iterdir()}


def in_child(work):
    """Run `work` in a forked process; return its number."""
    number = os.fork()
    if number:
        return number
    try:
        work()
    finally:
        os._exit(0)


def killed_after(delay_s, work):
    child = in_child(work)
    time.sleep(delay_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def require_whole(music, folder, old, new):
    """Settle what was interrupted; assert that nothing is lost and the history tells the truth."""
    settled = recovery.recover(folder)
    assert len(settled) <= 1
    now = contents(music)
    assert set(now) == set(old)
    written = 0
    for name, data in now.items():
        assert data in (old[name], new[name])
        written += data == new[name]
    summaries = journal.history(folder)
    assert sum(s.written - s.undone for s in summaries) == written
    assert all(s.state != "interrupted" or s.damaged for s in summaries)
    assert recovery.recover(folder) == ()
    return settled


@pytest.fixture
def old_and_new(music, tmp_path, folder):
    """Return the bytes before and after, from a run that nobody kills; the new ones sound alike."""
    old = contents(music)
    sound = {path.name: pcm_digest(path) for path in music.iterdir()}
    elsewhere = folder.parent / "elsewhere"
    started = time.perf_counter()
    assert {r.status for r in apply(music, elsewhere)} == {WriteStatus.WRITTEN}
    duration_s = time.perf_counter() - started
    new = contents(music)
    assert all(old[name] != new[name] for name in old)
    assert {path.name: pcm_digest(path) for path in music.iterdir()} == sound
    undo(elsewhere)
    assert contents(music) == old
    return old, new, duration_s


def test_killing_apply_at_fifty_moments_damages_nothing(music, folder, old_and_new):
    old, new, duration_s = old_and_new
    moments = random.Random(20261123)
    kinds = set()
    for _ in range(50):
        killed_after(moments.uniform(0, 1.1 * duration_s), lambda: apply(music, folder))
        settled = require_whole(music, folder, old, new)
        now = contents(music)
        kinds |= {now[name] == new[name] for name in now} | {r.status for r in settled}
        while undo(folder):
            pass
        assert contents(music) == old
    assert {True, False} <= kinds  # some were written, some were not


def test_killing_undo_at_ten_moments_damages_nothing(music, folder, old_and_new):
    old, new, duration_s = old_and_new
    moments = random.Random(20261124)
    for _ in range(10):
        apply(music, folder)
        killed_after(moments.uniform(0, duration_s), lambda: undo(folder))
        require_whole(music, folder, old, new)
        while undo(folder):
            pass
        assert contents(music) == old


STEPS = [
    *((step, 1) for step in ("create", "copy_bytes", "copy_attributes", "set_mtime", "replace")),
    *((step, nth) for step in ("sync", "sync_folder") for nth in (1, 2)),
    *(("append", nth) for nth in (1, 2, 3, 4)),
]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(("step", "nth"), STEPS)
@pytest.mark.parametrize("work", ["apply", "undo"])
@pytest.mark.parametrize("music", [["mp3 2.3 and v1", "flac genre"]], indirect=True, ids=["two"])
def test_killing_at_each_step_damages_nothing(work, step, nth, moment, music, folder, old_and_new):
    old, new, _ = old_and_new
    if work == "undo":
        apply(music, folder)

    def killed_there():
        original, calls = getattr(fs, step), []

        def replacement(*arguments):
            calls.append(arguments)
            if len(calls) == nth and moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            result = original(*arguments)
            if len(calls) == nth and moment == "after":
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(fs, step, replacement)
        apply(music, folder) if work == "apply" else undo(folder)

    _, status = os.waitpid(in_child(killed_there), 0)
    assert os.WIFSIGNALED(status) or (work == "undo" and (step, nth) == ("copy_bytes", 1))
    require_whole(music, folder, old, new)


def test_a_file_that_is_neither_old_nor_new_is_reported_once_and_nothing_deleted(music, folder):
    def killed_before_the_swap():
        fs.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        apply(music, folder)

    os.waitpid(in_child(killed_before_the_swap), 0)
    (copy,) = music.glob(".gt-*.tmp")
    path = min(p for p in music.iterdir() if not p.name.startswith("."))
    path.write_bytes(b"something else")
    (result,) = recovery.recover(folder)
    assert result.path == path
    assert result.status is WriteStatus.FAILED
    assert "left alone" in str(result.reason)
    assert copy.exists()
    assert path.read_bytes() == b"something else"
    assert recovery.recover(folder) == ()


def test_a_file_that_is_away_is_settled_when_it_is_back(music, folder, tmp_path):
    def killed_before_the_swap():
        fs.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        apply(music, folder)

    old = contents(music)
    os.waitpid(in_child(killed_before_the_swap), 0)
    away = music.rename(tmp_path / "away")
    for _ in range(2):
        (result,) = recovery.recover(folder)
        assert "is not there" in str(result.reason)
    away.rename(music)
    (result,) = recovery.recover(folder)
    assert "interrupted" in str(result.reason)
    assert contents(music) == old
