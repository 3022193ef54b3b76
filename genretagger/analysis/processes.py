"""Worker processes that end when the process that started them ends for any reason.

They form a pebble pool: a process that dies or hangs loses only its task, and is replaced.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from genretagger.core.errors import Cancelled, DecodeError
from genretagger.core.logs import log_without_file

_Result = TypeVar("_Result")


class WorkerProcesses:
    """Processes that the first task starts and `stop` ends.

    Only one thread at a time may call `submit` and `stop`.

    Parameters
    ----------
    n_workers : int
        The number of processes, and so of tasks at once.
    prepare : Callable
        Called in each process with `args` before its first task.
    """

    def __init__(
        self, n_workers: int, *, prepare: Callable[..., None], args: tuple[Any, ...]
    ) -> None:
        self._n_workers = n_workers
        self._prepare = prepare
        self._args = args
        self._pool: ProcessPool | None = None
        self._context = _Context()
        self._futures: weakref.WeakSet[Future[Any]] = weakref.WeakSet()

    def submit(
        self, task: Callable[..., _Result], *args: object, give_up_after_s: float
    ) -> Future[_Result]:
        """Queue a task; read the future with `wait_for_result`."""
        if self._pool is not None and not self._pool.active:
            # Pebble stops its pool if a process dies while no process has a task.
            for future in self._end():
                future.set_exception(BrokenProcessPool())
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._n_workers,
                initializer=_start,
                initargs=(self._prepare, self._args),
                context=self._context,
            )
        future = self._pool.schedule(task, args=args, timeout=give_up_after_s)
        self._futures.add(future)
        return future

    def pids(self) -> tuple[int, ...]:
        """Return the ids of the running processes."""
        alive = (process.pid for process in self._context.started() if process.is_alive())
        return tuple(pid for pid in alive if pid is not None)

    def stop(self) -> None:
        """End every process at once; a later task starts new ones."""
        if self._pool is not None:
            for future in self._end():
                future.cancel()

    def _end(self) -> list[Future[Any]]:
        """End every process; return the unfinished tasks, which pebble forgets."""
        assert self._pool is not None
        self._pool.stop()
        self._pool.join()
        self._pool = None
        for process in self._context.started():  # also one that pebble lost sight of
            process.kill()
            process.join()
        self._context = _Context()
        return [future for future in self._futures if not future.done()]


def wait_for_result(path: Path, future: Future[_Result], *, give_up_after_s: float) -> _Result:
    """Wait for `future`, which reads the audio of `path`, and return its result.

    Raises
    ------
    DecodeError
        The process died or hung on this file.
    Cancelled
        The processes were stopped before one took the file.
    """
    try:
        return future.result()
    except FutureTimeoutError as error:
        raise DecodeError(path, "decoder-hung", seconds=round(give_up_after_s)) from error
    except (ProcessExpired, BrokenProcessPool) as error:
        raise DecodeError(path, "decoder-crashed") from error
    except CancelledError as error:
        raise Cancelled from error


def end_with_parent() -> None:
    """End this process as soon as its parent has ended, even by SIGKILL.

    Otherwise a busy worker would go on alone, and a hanging one for ever. Linux's PR_SET_PDEATHSIG
    does not help: it signals the end of the parent thread, not of the parent process (prctl(2)).
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, name="genretagger-parent", daemon=True).start()


def _start(prepare: Callable[..., None], args: tuple[Any, ...]) -> None:
    end_with_parent()
    log_without_file()
    prepare(*args)


class _Process(SpawnProcess):
    def start(self) -> None:
        with ctrl_c_held_back():
            super().start()


class _Context(SpawnContext):
    """Makes the processes for pebble, and remembers those that have not ended."""

    def __init__(self) -> None:
        self._processes: list[_Process] = []

    def Process(self, *args: Any, **named: Any) -> _Process:  # type: ignore[override]  # noqa: N802
        process = _Process(*args, **named)
        # Ended processes keep a descriptor open, and many damaged files may each end one.
        self._processes = [p for p in self._processes if p.pid is None or p.is_alive()]
        self._processes.append(process)
        return process

    def started(self) -> list[_Process]:
        return [process for process in self._processes if process.pid is not None]


@contextmanager
def ctrl_c_held_back() -> Iterator[None]:
    """Block Ctrl-C, so that a process started meanwhile inherits the block.

    A terminal sends Ctrl-C to all processes. A worker that is still starting would die with
    Python's traceback on the user's terminal.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its start ends the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
