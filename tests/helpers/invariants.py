"""One verdict on whatever was done to the writer: every file whole, no copy left, history true.

Also the ways to disturb it: at each call into `fs`, the only module that changes files.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import types

import pytest

from genretagger.core.writes import BatchState, WriteRequest
from genretagger.tagging.disk import fs
from genretagger.tagging.journal import report
from genretagger.tagging.writing import recovery
from tests.helpers.write_helpers import undo, write_all

GENRES = ("Blues", "Grüße")
# Looking changes nothing: only the thorough form is disturbed there too.
LOOKING = {"open_read", "status_of", "free_bytes"}


def apply(music, folder, *, genres=GENRES, n_at_once=1):
    """Write into every file; return the results."""
    requests = (WriteRequest(path, genres) for path in sorted(files(music)))
    return write_all(folder, *requests, n_at_once=n_at_once)


def undone_to_the_end(folder):
    """Undo until nothing is left; return how many batches that took."""
    for count in range(20):
        if not undo(folder):
            return count
    pytest.fail("undo comes to no end")


def files(music):
    return [path for path in music.iterdir() if path.is_file()]


def contents(music):
    return {path.name: path.read_bytes() for path in files(music)}


def in_child(work):
    """Run `work` in a forked process; return its number."""
    number = os.fork()
    if number:
        return number
    try:
        work()
    finally:
        os._exit(0)


def was_killed(work):
    """Run `work` in a forked process to its end; return whether it was killed."""
    _, status = os.waitpid(in_child(work), 0)
    return os.WIFSIGNALED(status)


def kill_self():
    os.kill(os.getpid(), signal.SIGKILL)


def steps(*, looking):
    """Return the names of the functions of `fs` that a write goes through."""
    return [
        name
        for name, value in vars(fs).items()
        if isinstance(value, types.FunctionType)
        and value.__module__ == fs.__name__
        and (not name.startswith("_") or name == "_write_all")
        and (looking or name not in LOOKING)
    ]


@contextlib.contextmanager
def disturbed(disturb, *, looking=False):
    """Call `disturb(name, nth, moment)` before and after each call into `fs`; nth counts from 1.

    What is written over goes in small pieces, so that there are moments in between.
    """
    count = itertools.count(1)

    def wrapped(name, original):
        def replacement(*arguments, **options):
            nth = next(count)  # in one step, whatever other threads do
            disturb(name, nth, "before")
            result = original(*arguments, **options)
            disturb(name, nth, "after")
            return result

        return replacement

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fs, "_BLOCK_BYTES", 4096)
        for name in steps(looking=looking):
            patch.setattr(fs, name, wrapped(name, getattr(fs, name)))
        yield


def calls_of(work, *, looking=False):
    """Return the name of each call into `fs` of `work`, which is really done."""
    names = []

    def note(name, _nth, moment):
        if moment == "before":
            names.append(name)

    with disturbed(note, looking=looking):
        work()
    return names


def killing(nth, moment, work, *, looking=False):
    """Return `work` that ends by being killed just before or after the nth call into `fs`."""

    def at(_name, number, now):
        if (number, now) == (nth, moment):
            kill_self()

    def killed():
        with disturbed(at, looking=looking):
            work()

    return killed


def require_whole(music, folder, old, new, *, n_at_once=1):
    """Settle what was interrupted; assert that nothing is lost and the history tells the truth."""
    settled = recovery.recover(folder)
    assert len(settled) <= n_at_once
    now = contents(music)
    assert set(now) == set(old)
    written = 0
    for name, data in now.items():
        assert data in (old[name], new[name]), name
        written += data == new[name]
    summaries = report.summarise_batches(folder)
    assert sum(s.written - s.undone for s in summaries) == written
    assert all(s.state is not BatchState.INTERRUPTED or s.damaged for s in summaries)
    assert recovery.recover(folder) == ()
    return settled
