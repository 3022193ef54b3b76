"""Worker processes hear tracks; one that dies or hangs costs only its track."""

from __future__ import annotations

import os
import signal

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from genretagger.analysis import processes, workers
from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.core.errors import DecodeError, TrackTooShortError, WorkerKilledError
from tests.helpers.samples import encode
from tests.helpers.waiting import opened_by_reader, running, wait_for


@pytest.fixture
def pool():
    pool = workers.HearingPool(default_model_folder(), n_workers=1)
    yield pool
    pids = pool.pids()
    pool.stop()
    assert not running(pids)


@pytest.fixture
def never(tmp_path):
    """Return a file whose reading never ends."""
    path = tmp_path / "never.mp3"
    os.mkfifo(path)
    return path


def kill_workers(pool):
    for pid in pool.pids():
        os.kill(pid, signal.SIGKILL)


def hear(pool, path):
    return workers.wait_for_outputs(path, pool.submit(path))


def test_a_worker_hears_what_this_process_hears(pool, tmp_path):
    path = encode(tmp_path / "a.flac", seconds=31, noise=0.3)
    model = Model.load(default_model_folder())
    here, there = workers.hear(path, model=model), hear(pool, path)
    assert there.logits.shape == (10, len(model.manifest.tags))
    assert np.array_equal(here.penultimate, there.penultimate)
    assert np.allclose(np.diff(there.starts_s), model.manifest.feature_spec.segment_s)


def count_threads():
    """Return how many threads each library for linear algebra in this process may use."""
    return {item["num_threads"] for item in threadpool_info() if item["user_api"] == "blas"}


def test_workers_multiply_matrices_on_one_thread(monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    prepared = processes.WorkerProcesses(
        1, prepare=workers._prepare, args=(default_model_folder(),)
    )
    try:
        assert prepared.submit(count_threads, give_up_after_s=300).result() == {1}
    finally:
        prepared.stop()


def test_the_process_that_judges_multiplies_matrices_on_one_thread():
    with threadpool_limits(2):
        Model.load(default_model_folder())
        assert count_threads() == {1}


def test_a_long_track_is_heard_in_ten_segments_spread_over_it(pool, tmp_path):
    path = encode(tmp_path / "a.mp3", seconds=120, noise=0.3, sample_rate_hz=16000, channels=1)
    outputs = hear(pool, path)
    assert len(outputs.starts_s) == len(outputs.logits) == 10
    assert outputs.starts_s[0] == pytest.approx(9.0, abs=0.1)
    assert outputs.starts_s[-1] == pytest.approx(108.0, abs=0.1)


def test_the_error_of_a_track_comes_back_as_it_is(pool, tmp_path):
    with pytest.raises(TrackTooShortError, match=r"short\.wav"):
        hear(pool, encode(tmp_path / "short.wav", seconds=0.5))


def test_a_worker_that_dies_costs_only_its_track(pool, tmp_path, never):
    doomed = pool.submit(never)
    healthy = encode(tmp_path / "a.flac", seconds=4, noise=0.3)
    waiting = pool.submit(healthy)
    writer = opened_by_reader(never)
    wait_for(doomed.running)
    kill_workers(pool)
    with pytest.raises(WorkerKilledError, match=r"never\.mp3 was not heard"):
        workers.wait_for_outputs(never, doomed)
    os.close(writer)
    assert len(workers.wait_for_outputs(healthy, waiting).logits) == 1


def test_idle_workers_that_die_are_replaced(pool, tmp_path):
    path = encode(tmp_path / "a.flac", seconds=4, noise=0.3)
    hear(pool, path)
    kill_workers(pool)
    wait_for(lambda: pool.submit(path).exception() is None)
    assert len(hear(pool, path).logits) == 1


def test_a_worker_that_hangs_costs_only_its_track(pool, tmp_path, never, monkeypatch):
    hear(pool, encode(tmp_path / "a.flac", seconds=4, noise=0.3))  # it is up
    monkeypatch.setattr(workers, "GIVE_UP_AFTER_S", 1)
    with pytest.raises(DecodeError, match=r"never\.mp3 could not be decoded"):
        hear(pool, never)
    monkeypatch.undo()
    assert len(hear(pool, tmp_path / "a.flac").logits) == 1
