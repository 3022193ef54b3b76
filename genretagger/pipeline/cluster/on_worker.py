"""The tasks that workers of a cluster run: check themselves, read tags, digest and hear.

A worker hears in processes of its own, as the program does on one machine: a decoder that crashes
or hangs costs its track, not the worker. The scheduler loads this module too.
"""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Final, TypeVar

from distributed import Worker, get_worker

from genretagger import __version__
from genretagger.analysis.manifest import (
    MANIFEST_FILE,
    default_model_folder,
    load_manifest,
    read_files,
)
from genretagger.analysis.processes import wait_for_result
from genretagger.core.errors import (
    Cancelled,
    ModelError,
    TrackError,
    UnfitWorkerError,
    shown,
)
from genretagger.core.settings import Effort
from genretagger.pipeline.track_workers import (
    MAY_BE_INNOCENT,
    HeardFile,
    HearingTask,
    ReadTags,
    TrackWorkers,
    wait_for_file,
)
from genretagger.tagging.digest import hearing_key_of

_LOG = logging.getLogger(__name__)

Heard = HeardFile | TrackError
_Answer = TypeVar("_Answer")

# Processes take 175 MB each, and the next run may begin a day later or be another program's.
_END_AFTER_S = 60.0


@dataclass(frozen=True, slots=True)
class WorkerNeeds:
    """What a worker must have so that it hears what this program would.

    model : SHA-256 of the manifest, which has the checksums of the model's files
    """

    version: str
    model: str

    @classmethod
    def of_this_program(cls) -> WorkerNeeds:
        """Return the version and the model of this program.

        Raises
        ------
        ModelError
            No model is bundled, or its manifest cannot be read.
        """
        folder = default_model_folder()
        load_manifest(folder)
        return cls(__version__, hashlib.sha256((folder / MANIFEST_FILE).read_bytes()).hexdigest())


def find_fault(
    needs: WorkerNeeds, paths: Sequence[Path], *, dask_worker: Worker
) -> UnfitWorkerError | None:
    """Return why this worker cannot do the work, None if it can; it must see all of `paths`.

    Dask gives `dask_worker` (`Client.run`).
    """
    try:
        _require(needs, paths, worker=dask_worker)
    except UnfitWorkerError as error:
        return error
    return None


def read_chunk(
    needs: WorkerNeeds, paths: tuple[Path, ...], *, must_exist: bool
) -> list[list[ReadTags]]:
    """Return a list of one item, the tags of each of `paths`.

    Raises
    ------
    UnfitWorkerError
        This worker cannot do the work; with `must_exist` also if it does not see all of `paths`.
    TrackError
        The process crashed or hung on one of the files.
    """
    _require(needs, paths if must_exist else (), worker=get_worker())
    with _processes.used():
        future = _processes.ask(lambda workers: workers.read_tags(paths))
        return [wait_for_result(paths[0], future)]


def hear_chunk(
    needs: WorkerNeeds, tasks: tuple[HearingTask, ...], *, must_exist: bool
) -> list[Heard]:
    """Return what was found out about each track; an error if it has no hearing key.

    Raises
    ------
    UnfitWorkerError
        This worker cannot do the work; with `must_exist` also if it does not see all files.
    ModelError
        The embedding network fails.
    """
    paths = [task.path for task in tasks] if must_exist else []
    _require(needs, paths, worker=get_worker())
    with _processes.used():
        futures = _processes.ask(lambda workers: workers.hear(tasks))
        return [_wait(task, future) for task, future in zip(tasks, futures, strict=True)]


def _wait(task: HearingTask, future: Future[HeardFile]) -> Heard:
    """Return the result of `future`; once more, if the file may not be to blame.

    The digest of a file that crashed the decoder is made here: the program reads no audio.
    """
    try:
        with suppress(*MAY_BE_INNOCENT):
            return wait_for_file(task.path, future)
        (future,) = _processes.ask(lambda workers: workers.hear([task]))
        return wait_for_file(task.path, future)
    except TrackError as error:
        try:
            key = task.hearing_key or hearing_key_of(task.path, container=task.container).key
        except TrackError:
            return error
        return HeardFile(key, error=error)


def _require(needs: WorkerNeeds, paths: Sequence[Path], *, worker: Worker) -> None:
    address = str(worker.address)
    names = {"worker": worker_label(worker.name, address), "address": address}
    fault = _fault_of_program(needs)
    if fault is not None:
        key, values = fault
        raise UnfitWorkerError(key, **names, **values)
    for path in paths:
        if not os.path.lexists(path):
            raise UnfitWorkerError("cluster-worker-mount", **names, path=shown(path))


@lru_cache(maxsize=1)
def _fault_of_program(needs: WorkerNeeds) -> tuple[str, dict[str, str]] | None:
    """Return the message for a wrong version or model of this worker; looked for once."""
    if __version__ != needs.version:
        return "cluster-worker-version", {"version": __version__, "needed": needs.version}
    try:
        folder = default_model_folder()
        read_files(folder, load_manifest(folder))
        model = WorkerNeeds.of_this_program().model
    except ModelError as error:
        _LOG.warning("%s", error)  # seen where the worker runs
        return "cluster-worker-model", {}
    return None if model == needs.model else ("cluster-worker-other-model", {})


def worker_label(name: object, address: str) -> str:
    """Return what a worker is called for people: its name, if it was given one, and its address."""
    return address if name in (None, address) else f"{name} ({address})"


class SharedProcesses:
    """The processes of a worker, shared by its threads; they end after a minute without work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._workers: TrackWorkers | None = None
        self._n_users = 0
        self._is_over = False
        self._timer: threading.Timer | None = None
        # Before Python waits at its end for processes that pebble would start anew.
        Finalize(None, self.end, exitpriority=0)

    @contextmanager
    def used(self) -> Iterator[None]:
        """Keep the processes running."""
        with self._lock:
            self._n_users += 1
            if self._timer is not None:
                self._timer.cancel()
        try:
            yield
        finally:
            with self._lock:
                self._n_users -= 1
                self._timer = threading.Timer(_END_AFTER_S, self._end_if_idle)
                self._timer.daemon = True
                if not self._n_users:
                    self._timer.start()

    def ask(self, question: Callable[[TrackWorkers], _Answer]) -> _Answer:
        """Return the answer of the processes, which only one thread at a time may ask.

        Raises
        ------
        Cancelled
            The processes were ended for good.
        """
        with self._lock:
            if self._is_over:
                raise Cancelled
            if self._workers is None:
                # Dask starts its workers as daemons, which Python lets have no processes.
                multiprocessing.current_process().daemon = False
                n_workers = get_worker().state.nthreads
                self._workers = TrackWorkers(
                    default_model_folder(), None, n_workers=n_workers, effort=Effort.ALL
                )
            return question(self._workers)

    def end(self) -> None:
        """End the processes at once and for good, and with them the tasks that wait for them."""
        with self._lock:
            self._is_over = True
            self._end()

    def _end_if_idle(self) -> None:
        with self._lock:  # kept until the end: a chunk may begin meanwhile
            if not self._n_users:
                self._end()

    def _end(self) -> None:
        workers, self._workers = self._workers, None
        if workers is not None:
            workers.stop()


_processes: Final = SharedProcesses()


def end_processes() -> None:
    """End the processes of this worker and its tasks; a task that is still to come begins none."""
    _processes.end()
