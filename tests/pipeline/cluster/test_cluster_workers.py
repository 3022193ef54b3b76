"""Chunks of tracks: how large they are, and what becomes of one that comes back."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from genretagger.core.errors import Cancelled, ClusterError, DecodeError, UnfitWorkerError
from genretagger.pipeline.track_workers import HeardFile, HearingTask

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")

from genretagger.pipeline.cluster.cluster_workers import ClusterWorkers  # noqa: E402

MB = 1_000_000


class PlayedTask:
    """A task of Dask whose result the test gives."""

    def __init__(self, items, must_exist):
        self.items, self.must_exist = items, must_exist

    def add_done_callback(self, take):
        self._take = take

    def end(self, *results, error=None):
        self._results, self._error = list(results), error
        self._take(self)

    def result(self):
        if self._error is not None:
            raise self._error
        return self._results


class PlayedConnection:
    """A cluster of `n` threads whose tasks the test plays."""

    address, needs = "tcp://played", None

    def __init__(self, n):
        self._n = n
        self.tasks, self.sent_away = [], []
        self.client = SimpleNamespace(submit=self._submit, cancel=lambda *_, **__: None)

    def _submit(self, _function, _needs, items, *, must_exist, **_named):
        self.tasks.append(PlayedTask(items, must_exist))
        return self.tasks[-1]

    def is_open(self):
        return True

    def n_threads(self):
        return self._n

    def lost(self):
        return ClusterError("cluster-lost", address=self.address)

    def send_away(self, address):
        self.sent_away.append(address)

    def unfit_workers(self):
        return []


@pytest.fixture
def connection():
    return PlayedConnection(n=2)


@pytest.fixture
def problems():
    return []


@pytest.fixture
def workers(connection, problems):
    made = ClusterWorkers(connection, problems.append)
    yield made
    made.stop()


@pytest.fixture
def tasks(tmp_path):
    paths = [tmp_path / name for name in "ab"]
    for path in paths:
        path.touch()
    return [HearingTask(path, "flac") for path in paths]


def killed():
    return distributed.KilledWorker("task", None, 3)


def unfit():
    return UnfitWorkerError("cluster-worker-mount", worker="far", address="tcp://far", path="a")


def test_few_tracks_are_spread_over_all_threads_and_many_fill_chunks(workers):
    assert [workers.n_to_hear(n, is_reading=False) for n in (0, 1, 4, 5, 12, 1000)] == [
        *(0, 1, 1, 2, 3, 16)
    ]


def test_no_more_is_asked_for_while_each_thread_has_two_chunks(workers, connection, tmp_path):
    for name in "abcd":
        workers.hear([HearingTask(tmp_path / name, "flac")])
    assert workers.n_to_hear(9, is_reading=False) == 0
    connection.tasks[2].end(HeardFile("key"))
    assert workers.n_to_hear(9, is_reading=False) == 3


def test_large_files_make_small_chunks(workers, connection, tmp_path):
    sizes = [60 * MB, 60 * MB, 10 * MB, 300 * MB, 5 * MB]
    futures = workers.hear([HearingTask(tmp_path, "flac", None, size) for size in sizes])
    assert len(futures) == len(sizes)
    in_chunks = [[item.size_bytes // MB for item in task.items] for task in connection.tasks]
    assert in_chunks == [[60, 60], [10, 300], [5]]


def test_each_track_gets_its_own_result_or_error(workers, connection, tasks):
    first, second = workers.hear(tasks)
    connection.tasks[0].end(HeardFile("a"), DecodeError(tasks[1].path, "decode-failed"))
    assert first.result().hearing_key == "a"
    assert isinstance(second.exception(), DecodeError)


def test_tracks_whose_workers_were_killed_are_tried_alone(workers, connection, tasks):
    first, second = workers.hear(tasks)
    connection.tasks[0].end(error=killed())
    _, *singles = connection.tasks
    assert [single.items for single in singles] == [(tasks[0],), (tasks[1],)]
    singles[0].end(error=killed())
    singles[1].end(HeardFile("b"))
    assert str(first.exception()).startswith(f"{tasks[0].path} was not heard: each worker")
    assert second.result().hearing_key == "b"


def test_a_worker_that_cannot_do_the_work_is_told_once_and_sent_away(
    workers, connection, problems, tasks
):
    (future,) = workers.hear(tasks[:1])
    connection.tasks[0].end(error=unfit())
    connection.tasks[1].end(error=unfit())
    connection.tasks[2].end(HeardFile("a"))
    assert future.result().hearing_key == "a"
    assert [str(problem.error) for problem in problems] == [str(unfit())]
    assert set(connection.sent_away) == {"tcp://far"}


def test_a_chunk_that_no_worker_can_do_ends_the_analysis(workers, connection, tasks):
    (future,) = workers.hear(tasks[:1])
    while not future.done():
        connection.tasks[-1].end(error=unfit())
    assert str(future.exception()) == str(unfit())
    assert isinstance(future.exception(), ClusterError)


def test_a_chunk_whose_worker_was_ending_goes_to_another(workers, connection, problems, tasks):
    """Nobody has stopped the analysis, so that it may not end as if stopped."""
    first, second = workers.hear(tasks)
    connection.tasks[0].end(error=Cancelled())
    connection.tasks[1].end(HeardFile("a"), HeardFile("b"))
    assert (first.result().hearing_key, second.result().hearing_key) == ("a", "b")
    assert not problems
    assert not connection.sent_away


def test_a_chunk_whose_workers_always_end_ends_the_analysis(workers, connection, tasks):
    (future,) = workers.hear(tasks[:1])
    while not future.done():
        connection.tasks[-1].end(error=Cancelled())
    assert isinstance(future.exception(), ClusterError)


def test_a_file_that_is_gone_is_no_fault_of_the_worker(workers, connection, problems, tasks):
    tasks[0].path.unlink()
    workers.hear(tasks)
    connection.tasks[0].end(error=unfit())
    assert [task.must_exist for task in connection.tasks] == [True, False]
    assert not problems
    assert not connection.sent_away


def test_an_unknown_error_is_one_sentence(workers, connection, tasks):
    first, second = workers.hear(tasks)
    connection.tasks[0].end(error=ZeroDivisionError())
    assert str(first.exception()).startswith("A task failed on the cluster")
    assert str(second.exception()) == str(first.exception())


def test_after_a_stop_results_are_dropped(workers, connection, tasks):
    futures = workers.hear(tasks)
    workers.stop()
    connection.tasks[0].end(HeardFile("a"), HeardFile("b"))
    assert all(future.cancelled() for future in futures)


def test_a_cluster_without_workers_is_told_once(problems):
    empty = ClusterWorkers(PlayedConnection(n=0), problems.append)
    assert empty.n_to_hear(9, is_reading=False) == 5
    empty.stop()
    assert [problem.error.key for problem in problems] == ["cluster-idle"]
