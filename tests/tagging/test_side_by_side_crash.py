"""kill -9, errors and a failing journal while several files are in work: the same promises."""

import contextlib
import errno
import itertools
import os
import random
import time

import pytest

from genretagger.core.errors import JournalError
from genretagger.core.writes import WriteRequest, WriteState, WriteStatus
from genretagger.tagging.disk import fs
from genretagger.tagging.journal import report
from genretagger.tagging.writing import recovery
from tests.helpers import tagged_files
from tests.helpers.invariants import (
    GENRES,
    apply,
    calls_of,
    contents,
    disturbed,
    files,
    killing,
    require_whole,
    undo,
    undone_to_the_end,
    was_killed,
)
from tests.helpers.write_helpers import undo_each, write_each
from tests.tagging.test_crash import NAMES, killed_after
from tests.tagging.test_faults import fill, mounted

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    # A killed process leaves a cut record, and that is logged.
    pytest.mark.logs_warnings,
    pytest.mark.usefixtures("none_tried"),
]
N_AT_ONCE = 4


def apply_at_once(music, folder):
    return apply(music, folder, n_at_once=N_AT_ONCE)


def undo_at_once(folder):
    return undo(folder, n_at_once=N_AT_ONCE)


def told(work, music, folder, *, n_at_once):
    """Return the results that were told, and the sentence that the batch ended with, if it did."""
    results = []
    try:
        if work == "undo":
            results.extend(undo_each(folder, n_at_once=n_at_once))
        else:
            requests = [WriteRequest(path, GENRES) for path in sorted(files(music))]
            results.extend(write_each(folder, *requests, n_at_once=n_at_once))
    except JournalError as error:
        return results, str(error)
    return results, ""


def changed(music, before):
    return {name for name, data in contents(music).items() if data != before[name]}


@pytest.fixture
def music(tmp_path):
    """Return a folder of six files; every other one is written in place."""
    folder, links = tmp_path / "music", tmp_path / "links"
    folder.mkdir()
    links.mkdir()
    for number, name in enumerate(NAMES):
        path = tagged_files.make(name, tmp_path)
        path = path.rename(folder / f"{number}{path.suffix}")
        if number % 2:
            (links / path.name).hardlink_to(path)
    return folder


@pytest.fixture
def old_and_new(music, folder):
    """Return the bytes before and after, which are those of a batch one by one, and how long."""
    old, elsewhere = contents(music), folder.parent / "elsewhere"
    apply(music, elsewhere)
    new = contents(music)
    undo(elsewhere)
    started = time.perf_counter()
    assert {r.status for r in apply_at_once(music, elsewhere)} == {WriteStatus.WRITTEN}
    duration_s = time.perf_counter() - started
    assert contents(music) == new
    assert [r.status for r in undo_at_once(elsewhere)] == [WriteStatus.RESTORED] * len(old)
    assert contents(music) == old
    return old, new, duration_s


@pytest.mark.parametrize("work", ["apply", "undo"])
def test_killing_several_writes_at_random_moments_damages_nothing(
    work, music, folder, old_and_new, runs
):
    old, new, duration_s = old_and_new
    moments = random.Random(20261130)
    for _ in range(runs(15, 400)):
        if work == "undo":
            apply_at_once(music, folder)
        do = {"apply": lambda: apply_at_once(music, folder), "undo": lambda: undo_at_once(folder)}
        killed_after(moments.uniform(0, 1.2 * duration_s), do[work])
        require_whole(music, folder, old, new, n_at_once=N_AT_ONCE)
        undone_to_the_end(folder)
        assert contents(music) == old


@pytest.mark.parametrize("work", ["apply", "undo"])
def test_killing_several_writes_at_each_step_damages_nothing(
    work, music, folder, old_and_new, torture
):
    old, new, _ = old_and_new
    for nth in itertools.count(1, 1 if torture else 7):
        if work == "undo":
            apply_at_once(music, folder)
        do = {"apply": lambda: apply_at_once(music, folder), "undo": lambda: undo_at_once(folder)}
        is_killed = was_killed(killing(nth, "before" if nth % 2 else "after", do[work]))
        require_whole(music, folder, old, new, n_at_once=N_AT_ONCE)
        undone_to_the_end(folder)
        assert contents(music) == old
        if not is_killed:
            break
    assert nth > 50


@pytest.mark.parametrize("ever", [False, True], ids=["once", "for ever"])
def test_an_error_at_any_step_of_several_writes_leaves_old_or_new_files(
    ever, music, folder, old_and_new, torture
):
    old, new, _ = old_and_new
    n_calls = len(calls_of(lambda: apply_at_once(music, folder.parent / "elsewhere")))
    undo(folder.parent / "elsewhere")
    for nth in range(1, n_calls, 1 if torture else 5):

        def fail(_name, count, moment, nth=nth):
            if moment == "before" and (count == nth or (ever and count > nth)):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        results = []
        with disturbed(fail), contextlib.suppress(JournalError):
            results = apply_at_once(music, folder)
        now = contents(music)
        assert all(
            now[r.path.name] == new[r.path.name] for r in results if r.status is WriteStatus.WRITTEN
        )
        require_whole(music, folder, old, new, n_at_once=len(old))
        undone_to_the_end(folder)
        assert contents(music) == old


@pytest.mark.parametrize(
    "error", [OSError(errno.EIO, os.strerror(errno.EIO)), MemoryError()], ids=repr
)
def test_after_a_record_is_lost_no_thread_writes_on(error, music, folder, old_and_new, monkeypatch):
    old, new, _ = old_and_new
    append, is_broken = fs.append, []

    def failing(stream, data):
        if is_broken or b'"prepared"' in data:
            is_broken.append(data)
            raise error
        append(stream, data)

    monkeypatch.setattr(fs, "append", failing)
    with pytest.raises(JournalError, match="nothing more is written"):
        apply_at_once(music, folder)
    assert len(is_broken) == 1  # the disk is not asked again
    monkeypatch.undo()
    require_whole(music, folder, old, new, n_at_once=N_AT_ONCE)
    assert contents(music) == old
    assert recovery.recover(folder) == ()


@pytest.mark.parametrize("n_at_once", [1, N_AT_ONCE])
@pytest.mark.parametrize("work", ["apply", "undo"])
def test_a_file_whose_outcome_is_lost_is_told_all_the_same(
    work, n_at_once, music, folder, old_and_new, monkeypatch
):
    if work == "undo":
        apply_at_once(music, folder)
    before = contents(music)
    third = b'"record":"outcome","number":%d,' % (2 if work == "apply" else 2 + len(before))
    append, is_full = fs.append, []

    def failing(stream, data):
        if is_full or third in data:
            is_full.append(data)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        append(stream, data)

    monkeypatch.setattr(fs, "append", failing)
    results, said = told(work, music, folder, n_at_once=n_at_once)
    monkeypatch.undo()
    assert os.strerror(errno.ENOSPC) in said  # also to the threads that came later
    assert changed(music, before) == {result.path.name for result in results} != set()
    named = {result.path.name for result in recovery.recover(folder)}
    recorded = {
        write.path.name
        for batch in report.summarise_batches(folder)
        for write in report.summarise_writes(folder, batch.batch)
        if write.state is (WriteState.WRITTEN if work == "apply" else WriteState.UNDONE)
    }
    assert changed(music, before) <= named | recorded
    old, new, _ = old_and_new
    require_whole(music, folder, old, new, n_at_once=N_AT_ONCE)


@pytest.mark.parametrize("n_at_once", [1, N_AT_ONCE])
@pytest.mark.parametrize("work", ["apply", "undo"])
def test_where_the_disk_of_the_journal_fills_up_every_changed_file_is_told(
    work, n_at_once, music, tmp_path, old_and_new
):
    old, new, _ = old_and_new
    with mounted(tmp_path / "disk", size_bytes=1 << 20):
        folder = tmp_path / "disk" / "journal"
        n_stopped = 0
        for n_pages in range(12):
            if work == "undo":
                apply_at_once(music, folder)
            before = contents(music)
            filler = fill(tmp_path / "disk", but=n_pages * 4096)
            results, said = told(work, music, folder, n_at_once=n_at_once)
            filler.unlink()
            assert changed(music, before) == {
                result.path.name for result in results if result.reason is None
            }
            assert not said or os.strerror(errno.ENOSPC) in said
            n_stopped += said != ""
            require_whole(music, folder, old, new, n_at_once=N_AT_ONCE)
            undone_to_the_end(folder)
            assert contents(music) == old
        assert n_stopped
