"""Background work: signals are awaited, never slept for."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from functools import partial

import pytest

from genretagger import pipeline
from genretagger.core.errors import Cancelled, SettingsError
from genretagger.core.events import Progress, Stage
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.gui.jobs.job_runner import JobRunner, Pace, TaskQueue, attempt, in_sequence
from genretagger.tagging.disk import fs
from genretagger.tagging.writing import side_by_side
from tests.helpers import tagged_files
from tests.helpers.waiting import LIMIT_S, joined, wait_for


@pytest.fixture(autouse=True)
def _short_ticks():
    """Leave them as they are in the program."""


@pytest.fixture
def runner(qapp):
    runner = JobRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def tasks(qapp):
    tasks = TaskQueue()
    yield tasks
    tasks.shutdown()


def test_events_arrive_in_order_on_the_gui_thread(qtbot, runner):
    seen = []
    runner.reported.connect(lambda events: seen.append((threading.get_ident(), events)))
    with qtbot.waitSignal(runner.finished) as finished:
        runner.start(lambda _cancel: (number for number in range(5000)))
    assert finished.args == [True]
    assert [event for _, events in seen for event in events] == list(range(5000))
    assert {ident for ident, _ in seen} == {threading.get_ident()}
    assert len(seen) > 1  # bounded batches


def test_of_the_progress_in_one_emission_only_the_last_is_passed_on(qtbot, runner):
    def work(_cancel):
        for number in range(5000):
            yield number
            yield Progress(Stage.SCAN, number + 1, 0)

    seen = []
    runner.reported.connect(seen.append)
    with qtbot.waitSignal(runner.finished):
        runner.start(work)
    kinds = [[type(event) for event in events] for events in seen]
    assert {kind.count(Progress) for kind in kinds} <= {0, 1}
    events = [event for events in seen for event in events]
    assert [event for event in events if isinstance(event, int)] == list(range(5000))
    assert events[-1] == Progress(Stage.SCAN, 5000, 0)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now

    def work(self, seconds):
        self.now += seconds


def test_a_tick_takes_as_many_events_as_fit_its_time():
    clock = Clock()
    pace = Pace(clock)
    least = pace.n_events
    for _ in range(10):  # a millisecond for each ten
        pace.measure(lambda: clock.work(0.0001 * pace.n_events), pace.n_events)
    assert pace.n_events == 300
    pace.measure(lambda: clock.work(0.3), 300)  # a millisecond for each
    assert pace.n_events == least
    for _ in range(20):  # no time at all
        pace.measure(lambda: None, pace.n_events)
    assert pace.n_events == 2000


def test_a_few_events_say_nothing_of_how_long_many_take():
    clock = Clock()
    pace = Pace(clock)
    before = pace.n_events
    pace.measure(lambda: clock.work(0.0001), 1)
    pace.measure(lambda: clock.work(5), before - 1)
    assert pace.n_events == before


def test_the_runner_is_idle_when_finished_is_heard(qtbot, runner):
    idle = []
    runner.finished.connect(lambda _ok: idle.append(not runner.is_running()))
    with qtbot.waitSignal(runner.finished):
        runner.start(lambda _cancel: (number for number in (1,)))
    assert idle == [True]


def test_cancel_ends_the_job_as_not_completed(qtbot, runner):
    started = threading.Event()

    def work(cancel):
        while not cancel.wait(0.01):
            started.set()
            yield 1

    with qtbot.waitSignal(runner.finished) as finished:
        runner.start(work)
        assert started.wait(LIMIT_S)
        runner.cancel()
    assert finished.args == [False]


def test_a_job_that_says_it_was_cancelled_has_not_failed(qtbot, runner):
    def work(_cancel):
        yield 1
        raise Cancelled

    errors = []
    runner.failed.connect(errors.append)
    with qtbot.waitSignal(runner.finished) as finished:
        runner.start(work)
    assert finished.args == [False]
    assert errors == []


def test_what_a_job_tells_after_a_stop_is_reported(qtbot, runner):
    def work(cancel):
        assert cancel.wait(LIMIT_S)
        yield 1
        yield 2
        raise Cancelled

    seen = []
    runner.reported.connect(seen.extend)
    with qtbot.waitSignal(runner.finished) as finished:
        runner.start(work)
        runner.cancel()
    assert seen == [1, 2]
    assert finished.args == [False]


@pytest.fixture
def stopped_at_swaps(runner, monkeypatch):
    """Return a function that has the runner's job stopped while four files are swapped."""
    monkeypatch.setattr(side_by_side, "_FILES_TRIED", 0)
    replace, together = fs.replace, threading.Barrier(4, action=runner.cancel)

    def stop():
        swaps = itertools.count()

        def at_once(source, target):
            if next(swaps) < together.parties:
                together.wait(LIMIT_S)
            replace(source, target)

        monkeypatch.setattr(fs, "replace", at_once)

    return stop


@pytest.mark.parametrize("task", ["write", "undo"])
def test_every_file_is_told_that_a_stopped_job_changed(
    task, qtbot, runner, stopped_at_swaps, home, tmp_path
):
    context = pipeline.Context(UserFolders(home), Settings())
    paths = [tagged_files.mp3(tmp_path / f"{number}.mp3", version=4) for number in range(20)]
    requests = [WriteRequest(path, ("Blues",)) for path in paths]
    write = partial(pipeline.apply, requests, context=context, policy=Policy.REPLACE)
    undo = partial(pipeline.undo, None, context=context)
    if task == "undo":
        list(write(cancel=threading.Event()))
    before = {path: path.read_bytes() for path in paths}
    seen = []
    runner.reported.connect(seen.extend)
    stopped_at_swaps()
    job = {"write": write, "undo": undo}[task]
    with qtbot.waitSignal(runner.finished) as finished:
        runner.start(lambda cancel: job(cancel=cancel))
    assert finished.args == [False]
    done = (WriteStatus.WRITTEN, WriteStatus.RESTORED)
    told = [e.path for e in seen if isinstance(e, WriteResult) and e.status in done]
    changed = [path for path in paths if path.read_bytes() != before[path]]
    assert sorted(told) == sorted(changed)
    assert 4 <= len(changed) < len(paths)


def test_an_error_is_reported_before_finished(qtbot, runner):
    def work(_cancel):
        yield 1
        raise OSError("disk")

    with qtbot.waitSignals([runner.failed, runner.finished], order="strict"):
        runner.start(work)


def test_two_jobs_at_once_are_refused(qtbot, runner):
    gate = threading.Event()
    with qtbot.waitSignal(runner.finished):
        runner.start(lambda _cancel: (gate.wait() for _ in range(1)))
        with pytest.raises(RuntimeError):
            runner.start(lambda _cancel: (number for number in ()))
        gate.set()


def test_shutdown_reports_what_was_done_and_leaves_no_thread(qapp):
    runner, seen, running = JobRunner(), [], threading.Event()
    runner.reported.connect(seen.extend)

    def work(cancel):
        yield 1
        yield 2
        running.set()
        cancel.wait(LIMIT_S)
        yield 3

    runner.start(work)
    assert running.wait(LIMIT_S)
    runner.shutdown()
    assert seen == [1, 2, 3]
    assert not runner.is_running()
    assert not [t for t in threading.enumerate() if t.name.startswith("genretagger-job")]


def test_tasks_run_in_order_and_tell_their_result_on_the_gui_thread(qtbot, tasks):
    told = []
    for number in range(5):
        tasks.run(
            lambda n=number: (n, threading.get_ident()),
            then=lambda result: told.append((result, threading.get_ident())),
        )
    qtbot.waitUntil(lambda: len(told) == 5)
    assert [result[0] for result, _ in told] == [0, 1, 2, 3, 4]
    assert {ident for _, ident in told} == {threading.get_ident()}
    assert threading.get_ident() not in {result[1] for result, _ in told}


def test_a_task_that_fails_does_not_stop_the_next(qtbot, tasks):
    told = []
    with qtbot.waitSignal(tasks.failed) as failed:
        tasks.run(lambda: 1 / 0, then=told.append)
        tasks.run(lambda: 7, then=told.append)
    qtbot.waitUntil(lambda: told == [7])
    assert isinstance(failed.args[0], ZeroDivisionError)


def test_a_barrier_waits_for_the_tasks_before_it(tasks):
    gate, done = threading.Event(), []
    tasks.run(lambda: (gate.wait(LIMIT_S), done.append(1)))
    waiter = threading.Thread(target=tasks.barrier(), name="genretagger-waiter")
    waiter.start()
    assert done == []
    gate.set()
    joined(waiter)
    assert done == [1]


def test_qt_survives_thousands_of_signals():
    """PySide6 6.12.0 on Python 3.11 aborts after some 500 (docs/architecture.md)."""
    code = """
from PySide6.QtCore import QCoreApplication, QObject, Signal
class Sender(QObject):
    sent = Signal(object)
app = QCoreApplication([])
sender, heard = Sender(), []
sender.sent.connect(heard.append)
for number in range(5000):
    sender.sent.emit(True)
assert len(heard) == 5000
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_fast_job_waits_for_the_window(qtbot, runner):
    made, made_at_waits = [], []

    def work(cancel):
        plain = cancel.wait

        def counted(seconds):
            made_at_waits.append(len(made))
            return plain(seconds)

        cancel.wait = counted
        for number in range(10_000):
            made.append(number)
            yield number

    with qtbot.waitSignal(runner.finished) as finished:
        runner.start(work)
        # Nobody takes events while the event loop does not run.
        wait_for(lambda: len(made_at_waits) > 10)
        assert len(set(made_at_waits)) == 1
        assert 0 < len(made) < 5000
    assert finished.args == [True]
    assert len(made) == 10_000


def test_jobs_in_sequence_begin_once_what_they_wait_for_is_over():
    steps = []

    def part(name):
        def job(_cancel):
            steps.append(name)
            yield name

        return job

    job = in_sequence([part("a"), part("b")], after=[lambda: steps.append("ready")])
    assert steps == []
    assert list(job(threading.Event())) == ["a", "b"]
    assert steps == ["ready", "a", "b"]


def test_an_attempt_returns_known_errors_and_raises_others():
    def fail(error):
        raise error

    known = SettingsError("setting-unnamed", name="colour")
    assert attempt(lambda: 1)() == 1
    assert attempt(lambda: fail(known))() is known
    with pytest.raises(ZeroDivisionError):
        attempt(lambda: fail(ZeroDivisionError()))()
