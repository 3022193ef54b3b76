"""Several files in work at once: the results in order, each file once, and a stop loses none."""

import concurrent.futures
import threading
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from genretagger.core.errors import Cancelled, JournalError
from genretagger.tagging.disk import fs
from genretagger.tagging.writing import side_by_side
from genretagger.tagging.writing.side_by_side import SideBySide
from tests.helpers.waiting import LIMIT_S, wait_for

pytestmark = pytest.mark.usefixtures("none_tried")
N_AT_ONCE = 3
N_FILES = 20


@pytest.fixture
def paths(tmp_path):
    paths = [tmp_path / f"{number:02}" for number in range(N_FILES)]
    for path in paths:
        path.write_bytes(b"x")
    return paths


def run(work, paths, *, n_at_once=N_AT_ONCE, cancel=None):
    """Yield the result of `work` on each path."""
    with closing(SideBySide(n_at_once, cancel=cancel or threading.Event())) as job:
        for path in paths:
            yield from job.begin(path, partial(work, path))
        yield from job.finish()


def test_files_are_in_work_at_once_and_their_results_come_in_order(paths):
    together = threading.Barrier(N_AT_ONCE)  # nobody passes alone

    def work(path):
        together.wait(LIMIT_S)
        return path

    n_whole = N_FILES - N_FILES % N_AT_ONCE
    assert [*run(work, paths[:n_whole])] == paths[:n_whole]


def test_alone_each_file_is_worked_on_by_the_caller(paths):
    threads = set(run(lambda _: threading.get_ident(), paths, n_at_once=1))
    assert threads == {threading.get_ident()}


@pytest.mark.parametrize(("waited_s", "is_alone"), [(0.5, True), (3.0, False)])
def test_the_first_files_show_whether_others_are_worked_on_side_by_side(
    waited_s, is_alone, paths, monkeypatch
):
    """Each look at the clock is a second of work later, and the clock also counts the waiting."""
    clocks = SimpleNamespace(
        perf_counter=iter((0.0, 1.0 + waited_s)).__next__, thread_time=iter((0.0, 1.0)).__next__
    )
    monkeypatch.setattr(side_by_side, "time", clocks)
    monkeypatch.setattr(side_by_side, "_FILES_TRIED", 8)
    threads = [*run(lambda _: threading.get_ident(), paths)]
    assert set(threads[:8]) == {threading.get_ident()}
    assert (set(threads[8:]) == {threading.get_ident()}) is is_alone


def test_no_result_is_overtaken_by_a_later_one(paths):
    gate = threading.Event()
    done = []

    def work(path):
        if path == paths[0]:
            gate.wait(LIMIT_S)
        done.append(path)
        if len(done) >= 2:
            gate.set()
        return path

    assert [*run(work, paths)] == paths
    assert done[0] != paths[0]


@pytest.fixture
def somebody_waits(monkeypatch):
    """Return an event that is set once the next file is not begun before another is done."""
    event = threading.Event()

    def wait(futures):
        if futures:
            event.set()
        concurrent.futures.wait(futures)

    monkeypatch.setattr(side_by_side, "wait", wait)
    return event


@pytest.mark.parametrize("link", [Path.hardlink_to, Path.symlink_to])
def test_one_file_is_in_work_once_whatever_its_names(link, paths, tmp_path, somebody_waits):
    link(second := tmp_path / "second name", paths[0])
    steps = []

    def work(path):
        steps.append(path)
        if path == paths[0]:
            somebody_waits.wait(LIMIT_S)
        else:
            somebody_waits.set()
        steps.append(path)
        return path

    assert [*run(work, [paths[0], second])] == [paths[0], second]
    assert steps == [paths[0], paths[0], second, second]


def test_a_stop_loses_no_result_and_begins_nothing_more(paths):
    cancel, worked, results = threading.Event(), [], []

    def work(path):
        worked.append(path)
        return path

    def be_told():
        for result in run(work, paths, cancel=cancel):
            results.append(result)
            cancel.set()

    with pytest.raises(Cancelled):
        be_told()
    assert results == sorted(worked)
    assert 0 < len(results) < N_FILES


def test_a_stop_while_the_last_files_are_in_work_loses_no_result_either(paths):
    cancel, worked, results = threading.Event(), [], []
    few = paths[: 2 * N_AT_ONCE]  # all are begun before the first result

    def work(path):
        worked.append(path)
        if path == few[0]:
            cancel.set()
        return path

    with suppress(Cancelled):  # unless none was left
        for result in run(work, few, cancel=cancel):
            results.append(result)
    assert results == sorted(worked)


@pytest.mark.parametrize("n_at_once", [1, N_AT_ONCE])
def test_an_error_of_the_journal_comes_after_all_other_results(paths, n_at_once):
    worked, results = [], []

    def work(path):
        if path == paths[4]:
            raise JournalError("journal-unusable", path="", reason="")
        worked.append(path)
        return path

    with pytest.raises(JournalError):
        results.extend(run(work, paths, n_at_once=n_at_once))
    assert results == sorted(worked)
    assert len(results) < N_FILES


def test_files_wait_for_each_other_where_there_is_no_room_for_their_copies(
    paths, monkeypatch, somebody_waits
):
    monkeypatch.setattr(fs, "free_bytes", lambda _: 5)  # two copies of two files, each of a byte
    in_work, most = set(), []

    def work(path):
        in_work.add(path)
        most.append(len(in_work))
        if len(in_work) > 2:
            somebody_waits.set()
        somebody_waits.wait(LIMIT_S)
        in_work.discard(path)
        return path

    assert [*run(work, paths)] == paths
    assert max(most) == 2


def test_closing_waits_for_what_is_in_work(paths):
    gate, done = threading.Event(), []

    def work(path):
        gate.wait(LIMIT_S)
        done.append(path)

    job = SideBySide(N_AT_ONCE, cancel=threading.Event())
    with closing(job):
        for path in paths[:N_AT_ONCE]:
            assert [*job.begin(path, partial(work, path))] == []
        wait_for(lambda: all(begun.future.running() for begun in job._begun))
        gate.set()
    assert len(done) == N_AT_ONCE
