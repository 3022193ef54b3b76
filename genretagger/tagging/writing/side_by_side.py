"""Work on several files at once, on threads; results come in the order in which it was begun.

While one file waits for the disk, the next ones are read, hashed and changed, and the records of
all of them go to the disk together (`journal.JournalFile.append`). Where no file waits, the threads
wait for each other: Python lets one of them work at a time.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from genretagger.core.errors import Cancelled
from genretagger.tagging.disk import fs

# Results wait for that of the file before, which may be large; so many more may be begun meanwhile.
_BEGUN_PER_THREAD: Final = 2
# A file with several names needs room for two copies.
_MOST_COPIES: Final = 2
# Measured on two cores (docs/performance.md).
_FILES_TRIED: Final = 8
_WORTHWHILE: Final = 2.0  # times the processor time

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Begun(Generic[T]):
    """Work on one file; `names` are what it is known by."""

    names: frozenset[Hashable]
    size_bytes: int
    future: Future[T]


class SideBySide(Generic[T]):
    """Works on up to `n_at_once` files at once; close it.

    The thread of the caller works on the first files, one by one, and on all others too unless
    those waited for their disk. One file is in work once at a time, whatever its names, and files
    are begun only while there is room for a copy of each.
    """

    def __init__(self, n_at_once: int, *, cancel: threading.Event) -> None:
        self._threads = ThreadPoolExecutor(n_at_once) if n_at_once > 1 else None
        self._most = n_at_once * _BEGUN_PER_THREAD
        self._cancel = cancel
        self._begun: deque[_Begun[T]] = deque()
        self._n_to_try = _FILES_TRIED
        self._since_s, self._since_work_s = time.perf_counter(), time.thread_time()

    def close(self) -> None:
        """Wait for the files that are in work, and begin no other."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)

    def wait_for(self, path: Path) -> None:
        """Wait until the file at `path`, under whatever name, is not in work."""
        self._wait_for(_describe(path)[0])

    def wait_for_all(self) -> None:
        """Wait until no file is in work."""
        wait([begun.future for begun in self._begun])

    def begin(self, path: Path, work: Callable[[], T]) -> Iterator[T]:
        """Begin `work` on the file at `path`; yield the results that are due.

        Raises
        ------
        Cancelled
            It was set; nothing is begun, and the results of all files in work were yielded.
        Exception
            What earlier work raised; nothing more is begun, and the other results were yielded.
        """
        if self._cancel.is_set():
            yield from self._stop()
            raise Cancelled
        if self._threads is None or self._n_to_try:
            yield self._work_alone(work)
            return
        names, size_bytes = _describe(path)
        self._wait_for(names)
        self._wait_for_room(path, size_bytes)
        self._begun.append(_Begun(names, size_bytes, self._threads.submit(work)))
        yield from self._due(most=self._most)

    def finish(self) -> Iterator[T]:
        """Yield the results of all work that was begun; raises what `begin` raises."""
        while self._begun:
            if self._cancel.is_set():
                yield from self._stop()
            else:
                yield from self._due(most=len(self._begun) - 1)

    def _work_alone(self, work: Callable[[], T]) -> T:
        """Do `work`; if it is the last that is tried, stay alone unless files wait for the disk."""
        result = work()
        self._n_to_try -= 1
        if self._n_to_try == 0:
            taken_s = time.perf_counter() - self._since_s
            worked_s = time.thread_time() - self._since_work_s
            if taken_s <= _WORTHWHILE * worked_s:
                self._threads = None  # none was begun
        return result

    def _wait_for(self, names: frozenset[Hashable]) -> None:
        wait([begun.future for begun in self._begun if names & begun.names])

    def _wait_for_room(self, path: Path, size_bytes: int) -> None:
        in_work = [begun for begun in self._begun if not begun.future.done()]
        while in_work:
            n_bytes = size_bytes + sum(begun.size_bytes for begun in in_work)
            with suppress(OSError):
                if _MOST_COPIES * n_bytes <= fs.free_bytes(path.parent):
                    return
            wait([in_work.pop(0).future])

    def _due(self, *, most: int) -> Iterator[T]:
        """Yield results in order until `most` are left or the next is not there yet."""
        while self._begun and (len(self._begun) > most or self._begun[0].future.done()):
            future = self._begun.popleft().future
            error = future.exception()
            if error is not None:
                yield from self._stop(error)
            yield future.result()

    def _stop(self, error: BaseException | None = None) -> Iterator[T]:
        """Begin nothing more; yield the results of what is in work, which cannot be stopped.

        Then raise `error`, else the first that work raised, else Cancelled if some never began.
        """
        for begun in self._begun:
            begun.future.cancel()
        is_cancelled = False
        while self._begun:
            future = self._begun.popleft().future
            if future.cancelled():
                is_cancelled = True
            elif (failure := future.exception()) is None:
                yield future.result()
            else:
                error = error or failure
        if error is None and is_cancelled:
            error = Cancelled()
        if error is not None:
            raise error


def _describe(path: Path) -> tuple[frozenset[Hashable], int]:
    """Return what a file is known by, under all its names, and its size."""
    try:
        status, target = path.stat(), os.path.realpath(path)
    except OSError:
        return frozenset({path}), 0
    return frozenset({target, (status.st_dev, status.st_ino)}), status.st_size
