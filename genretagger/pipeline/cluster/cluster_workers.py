"""The workers of an analysis on a cluster: chunks of tracks go out, results come back.

Lost workers are Dask's business: it gives their chunks to others. A chunk comes back as it is if
its worker cannot do the work, if that ends meanwhile, or if four workers died with it
(`distributed.scheduler.allowed-failures`).
"""

from __future__ import annotations

import asyncio
import logging
import math
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from distributed import Future as DaskFuture
from distributed import KilledWorker

from genretagger.core.errors import (
    Cancelled,
    ClusterError,
    DecodeError,
    GenreTaggerError,
    UnfitWorkerError,
)
from genretagger.core.events import Problem
from genretagger.core.files.presence import absence_of
from genretagger.pipeline.cluster.connection import ClusterConnection
from genretagger.pipeline.cluster.on_worker import hear_chunk, read_chunk
from genretagger.pipeline.track_workers import HeardFile, HearingTask, ReadTags

_LOG = logging.getLogger(__name__)
# A task of Dask costs the scheduler about a millisecond, a track its worker 160; and what a lost
# worker had is heard again. The digest reads whole files: 100 MB are a second of a network.
_MOST_TRACKS = 16
_CHUNK_BYTES = 100_000_000
_MOST_RETURNS = 10  # of one chunk, by workers that cannot do the work or end
_COUNT_EVERY_S = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class _Chunk:
    """Work for one task; `futures` get its results, in order."""

    function: Callable[..., list[Any]]
    items: tuple[Any, ...]
    futures: list[Future[Any]]
    must_exist: bool = True
    n_returns: int = 0

    def finish(self, results: Sequence[Any]) -> None:
        """Give each future its result or error."""
        for future, result in zip(self.futures, results, strict=True):
            if not future.set_running_or_notify_cancel():
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)

    def fail(self, error: Exception) -> None:
        """Give each future the same error."""
        self.finish([error] * len(self.futures))

    def singles(self) -> list[_Chunk]:
        """Return a chunk for each item of a chunk of tracks."""
        pairs = zip(self.items, self.futures, strict=True)
        return [replace(self, items=(item,), futures=[future]) for item, future in pairs]


class ClusterWorkers:
    """The workers of a cluster, as `AnalysisWorkers`.

    Parameters
    ----------
    tell : Callable
        Called from any thread with what the user should know.
    """

    def __init__(self, connection: ClusterConnection, tell: Callable[[Problem], None]) -> None:
        self._connection = connection
        self._tell = tell
        self._lock = threading.Lock()
        self._chunks: dict[DaskFuture, _Chunk] = {}
        self._sent_away: set[str] = set()
        self._stopped = threading.Event()
        self._n_threads = -1
        self._count_threads()
        self._counter = threading.Thread(
            target=self._keep_counting, name="genretagger-cluster", daemon=True
        )
        self._counter.start()

    @property
    def most_readings(self) -> int:
        """Two for each thread of the workers, so that none waits for the next."""
        return 2 * max(1, self._n_threads)

    def n_to_hear(self, n_waiting: int, *, is_reading: bool) -> int:  # noqa: ARG002 - readings go first
        """Return the tracks of the next chunk, 0 if each thread has two chunks.

        Few tracks are spread over all threads, so that the first is judged soon and the last
        chunks end together.
        """
        most_chunks = 2 * max(1, self._n_threads)
        with self._lock:
            n_hearing = sum(chunk.function is hear_chunk for chunk in self._chunks.values())
        if n_hearing >= most_chunks:
            return 0
        return min(_MOST_TRACKS, math.ceil(n_waiting / most_chunks))

    def read_tags(self, paths: Sequence[Path]) -> Future[list[ReadTags]]:
        """Queue the reading of the tags of `paths`, before all hearing."""
        future: Future[list[ReadTags]] = Future()
        self._submit(_Chunk(read_chunk, tuple(paths), [future]))
        return future

    def hear(self, tasks: Sequence[HearingTask]) -> list[Future[HeardFile]]:
        """Queue tracks, in chunks that are not too large; return a future for each."""
        chunks = [
            _Chunk(hear_chunk, tuple(part), [Future() for _ in part]) for part in _parts(tasks)
        ]
        for chunk in chunks:
            self._submit(chunk)
        return [future for chunk in chunks for future in chunk.futures]

    def stop(self) -> None:
        """Forget all work; what workers have begun they end within a chunk."""
        self._stopped.set()
        with self._lock:
            chunks, self._chunks = self._chunks, {}
        for chunk in chunks.values():
            for future in chunk.futures:
                future.cancel()
        with suppress(OSError):  # the scheduler is gone
            if chunks and self._connection.is_open():
                self._connection.client.cancel(list(chunks), force=True)
        self._counter.join()

    # To the workers and back

    def _submit(self, chunk: _Chunk) -> None:
        with self._lock:
            if self._stopped.is_set():
                return
            if not self._connection.is_open():
                chunk.fail(self._connection.lost())
                return
            task = self._connection.client.submit(
                chunk.function,
                self._connection.needs,
                chunk.items,
                must_exist=chunk.must_exist,
                pure=False,
                priority=int(chunk.function is read_chunk),
            )
            self._chunks[task] = chunk
        task.add_done_callback(self._take)

    def _take(self, task: DaskFuture) -> None:
        """Take what a task returned; Dask calls this on a thread of its own."""
        with self._lock:
            chunk = self._chunks.get(task)
        if chunk is None:
            return  # stopped
        try:
            self._handle(chunk, task)
        except Exception as error:  # noqa: BLE001 - else the analysis would wait for ever
            _LOG.info("a task of the cluster failed", exc_info=error)
            chunk.fail(
                ClusterError("cluster-task-failed")
                if self._connection.is_open()
                else self._connection.lost()
            )
        finally:
            with self._lock:
                self._chunks.pop(task, None)

    def _handle(self, chunk: _Chunk, task: DaskFuture) -> None:
        try:
            chunk.finish(task.result())
        except asyncio.CancelledError:
            chunk.fail(self._connection.lost())
        except KilledWorker:
            self._take_killed(chunk)
        except UnfitWorkerError as error:
            self._take_returned(chunk, [error])
        except Cancelled:  # its worker was ending
            self._take_returned(chunk, [])
        except GenreTaggerError as error:
            chunk.fail(error)
        except Exception:
            faults = self._connection.unfit_workers()  # such as one without Genretagger
            if not faults:
                raise
            self._take_returned(chunk, faults)

    def _take_killed(self, chunk: _Chunk) -> None:
        """Have the tracks of a chunk heard alone, as one of them may take all memory."""
        if len(chunk.futures) > 1:
            for single in chunk.singles():
                self._submit(single)
            return
        chunk.fail(DecodeError(_path(chunk.items[0]), "cluster-track-lost"))

    def _take_returned(self, chunk: _Chunk, faults: Sequence[UnfitWorkerError]) -> None:
        """Send away the workers that cannot do the work, if any, and give the chunk to others."""
        if chunk.must_exist and any(absence_of(_path(item)) for item in chunk.items):
            self._submit(replace(chunk, must_exist=False))  # no fault: a file is gone
            return
        if chunk.n_returns == _MOST_RETURNS:
            chunk.fail(faults[0] if faults else ClusterError("cluster-task-failed"))
            return
        for fault in faults:
            address = str(fault.values["address"])
            if address not in self._sent_away:
                self._sent_away.add(address)
                self._tell(Problem(fault))
            self._connection.send_away(address)
        self._submit(replace(chunk, n_returns=chunk.n_returns + 1))

    # How many there are

    def _keep_counting(self) -> None:
        while not self._stopped.wait(_COUNT_EVERY_S):
            with suppress(ClusterError):  # the scheduler is gone; the futures tell
                self._count_threads()

    def _count_threads(self) -> None:
        """Count what workers can do at once; tell it if there is none, as nothing goes on then."""
        before, self._n_threads = self._n_threads, self._connection.n_threads()
        if not self._n_threads and before:
            self._tell(Problem(ClusterError("cluster-idle", address=self._connection.address)))


def _path(item: HearingTask | Path) -> Path:
    return item.path if isinstance(item, HearingTask) else item


def _parts(tasks: Sequence[HearingTask]) -> Iterator[list[HearingTask]]:
    """Yield `tasks` in parts that end with the track by which they reach `_CHUNK_BYTES`."""
    part: list[HearingTask] = []
    for task in tasks:
        part.append(task)
        if sum(task.size_bytes for task in part) >= _CHUNK_BYTES:
            yield part
            part = []
    if part:
        yield part
