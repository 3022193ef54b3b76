"""Worker processes hear tracks; one that dies or hangs costs only its track."""

from __future__ import annotations

import os
import signal

import numpy as np
import pytest

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.processes import WorkerProcesses
from genretagger.analysis.workers import hear
from genretagger.core.errors import DecoderHungError, TrackTooShortError, WorkerKilledError
from genretagger.core.settings import Effort
from genretagger.pipeline import track_workers
from genretagger.pipeline.track_workers import (
    HearingAim,
    HearingTask,
    TrackWorkers,
    digest_and_hear,
    wait_for_file,
)
from tests.helpers.samples import encode
from tests.helpers.threads import count_threads
from tests.helpers.waiting import LIMIT_S, opened_by_reader, running, wait_for


@pytest.fixture
def workers():
    workers = TrackWorkers(default_model_folder(), None, n_workers=1, effort=Effort.ALL)
    yield workers
    pids = workers.pids()
    workers.stop()
    assert not running(pids)


@pytest.fixture
def music(tmp_path):
    return encode(tmp_path / "a.flac", seconds=4, noise=0.3)


@pytest.fixture
def never(tmp_path):
    """Return a file whose reading never ends."""
    path = tmp_path / "never.mp3"
    os.mkfifo(path)
    return path


def task(path, **named):
    """Return a task whose hearing key is known, so that the file is only decoded."""
    return HearingTask(path, path.suffix[1:], "a key", **named)


def submit(workers, path):
    (future,) = workers.hear([task(path)])
    return future


def heard(workers, path):
    return wait_for_file(path, submit(workers, path))


def kill(workers):
    for pid in workers.pids():
        os.kill(pid, signal.SIGKILL)


def test_a_worker_hears_what_this_process_hears(workers, music):
    here = hear(music, model=Model.load(default_model_folder()))
    there = heard(workers, music).outputs
    assert np.array_equal(here.penultimate, there.penultimate)
    assert np.array_equal(here.logits, there.logits)


def test_workers_multiply_matrices_on_one_thread(monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    prepared = WorkerProcesses(
        1, prepare=track_workers._prepare, args=(default_model_folder(), None)
    )
    try:
        assert prepared.submit(count_threads, give_up_after_s=LIMIT_S).result() == {1}
    finally:
        prepared.stop()


def test_the_error_of_a_track_comes_back_with_its_key(workers, tmp_path):
    short = heard(workers, encode(tmp_path / "short.wav", seconds=0.5))
    assert isinstance(short.error, TrackTooShortError)
    assert short.hearing_key == "a key"


def test_a_worker_that_dies_costs_only_its_track(workers, music, never):
    doomed, waiting = submit(workers, never), submit(workers, music)
    writer = opened_by_reader(never)
    wait_for(doomed.running)
    kill(workers)
    with pytest.raises(WorkerKilledError, match=r"never\.mp3 was not heard"):
        wait_for_file(never, doomed)
    os.close(writer)
    assert len(wait_for_file(music, waiting).outputs.logits) == 1


def test_idle_workers_that_die_are_replaced(workers, music):
    heard(workers, music)
    kill(workers)
    wait_for(lambda: submit(workers, music).exception() is None)
    assert len(heard(workers, music).outputs.logits) == 1


def test_a_worker_that_hangs_costs_only_its_track(workers, music, never, monkeypatch):
    heard(workers, music)  # it is up
    monkeypatch.setattr(track_workers, "GIVE_UP_AFTER_S", 1)
    with pytest.raises(DecoderHungError, match=r"never\.mp3 could not be decoded within 1 s"):
        heard(workers, never)
    monkeypatch.undo()
    assert len(heard(workers, music).outputs.logits) == 1


@pytest.mark.parametrize(
    ("aim", "is_stored", "is_heard"),
    [
        (HearingAim.NEW, True, False),
        (HearingAim.NEW, False, True),
        (HearingAim.OUTPUTS, True, True),
        (HearingAim.KEY, False, False),
    ],
)
def test_a_track_is_heard_as_the_task_asks(music, aim, is_stored, is_heard):
    model = Model.load(default_model_folder())
    found = digest_and_hear(task(music, aim=aim), model=model, is_stored=lambda _key: is_stored)
    assert (found.outputs is not None) == is_heard
