"""What a worker of a cluster does with a chunk, played without a cluster."""

from __future__ import annotations

import signal
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from pebble import ProcessExpired

from genretagger.core.errors import Cancelled, DecodeError
from genretagger.pipeline.track_workers import HeardFile, HearingTask

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")

from genretagger.pipeline.cluster import on_worker  # noqa: E402
from genretagger.pipeline.cluster.on_worker import SharedProcesses  # noqa: E402


class PlayedWorkers:
    """Workers that answer what the test gives, in order, and note who uses them at their end."""

    def __init__(self, shared, *answers):
        self._shared, self._answers = shared, list(answers)
        self.n_users_at_end = None

    def hear(self, tasks):
        future = Future()
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)
        return [future]

    def stop(self):
        self.n_users_at_end = self._shared._n_users


class OpenLock:
    """A lock; each time that it is given up, something else is done at once."""

    def __init__(self, then):
        self._lock, self._then = threading.Lock(), then

    def __enter__(self):
        self._lock.acquire()

    def __exit__(self, *_error):
        self._lock.release()
        self._then()


@pytest.fixture
def shared():
    return SharedProcesses()


def test_idle_processes_end_and_those_in_use_do_not(shared):
    workers = shared._workers = PlayedWorkers(shared)
    with shared.used():
        shared._end_if_idle()
        assert workers.n_users_at_end is None
    shared._timer.cancel()
    shared._end_if_idle()
    assert workers.n_users_at_end == 0


def test_no_chunk_begins_while_idle_processes_are_ended(shared):
    def begin():
        shared._n_users += 1

    workers = shared._workers = PlayedWorkers(shared)
    shared._lock = OpenLock(then=begin)
    shared._end_if_idle()
    assert workers.n_users_at_end == 0


def test_a_task_that_comes_after_the_end_begins_no_processes(shared):
    shared.end()
    with pytest.raises(Cancelled):
        shared.ask(lambda workers: workers)
    assert shared._workers is None


@pytest.mark.parametrize(
    "error",
    [ProcessExpired("killed", code=-signal.SIGKILL), TimeoutError("Task timeout", 300)],
)
def test_a_track_that_may_be_innocent_is_heard_once_more(shared, monkeypatch, error):
    monkeypatch.setattr(on_worker, "_processes", shared)
    heard = HeardFile("key")
    shared._workers = PlayedWorkers(shared, heard)
    failed = Future()
    failed.set_exception(error)
    assert on_worker._wait(HearingTask(Path("a.flac"), "flac", "key"), failed) is heard


def test_a_track_that_is_not_heard_twice_fails_with_its_key(shared, monkeypatch):
    monkeypatch.setattr(on_worker, "_processes", shared)
    shared._workers = PlayedWorkers(shared, TimeoutError("Task timeout", 300))
    failed = Future()
    failed.set_exception(TimeoutError("Task timeout", 300))
    heard = on_worker._wait(HearingTask(Path("a.flac"), "flac", "key"), failed)
    assert heard.hearing_key == "key"
    assert isinstance(heard.error, DecodeError)
