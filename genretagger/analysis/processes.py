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
from typing import Any, Final, NoReturn, TypeVar

from pebble import ProcessExpired, ProcessPool

from genretagger.analysis.undecodable import memory_error_for
from genretagger.analysis.worker_limits import limit_memory, lower_priority
from genretagger.core.errors import (
    Cancelled,
    DecodeError,
    DecoderHungError,
    NotBegunError,
    WorkerKilledError,
)
from genretagger.core.logs import log_without_file
from genretagger.core.settings import Effort

_Result = TypeVar("_Result")

# How a process ends that its own code has crashed; any other end came from outside.
_CRASHES: Final = frozenset(
    -getattr(signal, name)
    for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP", "SIGSYS")
    if hasattr(signal, name)
)
# Beside programs that leave nothing, a gentle worker gets a hundredth of a processor (measured).
_GENTLE_PATIENCE: Final = 10
_NT_ERROR: Final = 0xC0000000  # from here on, the codes of Windows name a fault (ntstatus.h)


class WorkerProcesses:
    """Processes that the first task starts and `stop` ends.

    Only one thread at a time may call `submit` and `stop`.

    Parameters
    ----------
    n_workers : int
        The number of processes, and so of tasks at once.
    prepare : Callable
        Called in each process with `args` before its first task.
    effort : Effort
        Its priority beside other programs.
    """

    def __init__(
        self,
        n_workers: int,
        *,
        prepare: Callable[..., None],
        args: tuple[Any, ...],
        effort: Effort = Effort.ALL,
    ) -> None:
        self._n_workers = n_workers
        self._patience = _GENTLE_PATIENCE if effort is Effort.GENTLE else 1
        self._start = effort, prepare, args
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
                initargs=self._start,
                context=self._context,
            )
        patience_s = give_up_after_s * self._patience
        future = self._pool.schedule(task, args=args, timeout=patience_s)
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


def wait_for_result(path: Path, future: Future[_Result]) -> _Result:
    """Wait for `future`, which reads the audio of `path`, and return its result.

    Raises
    ------
    DecodeError
        The process crashed on this file, or ran out of memory.
    DecoderHungError
        The time for the file was over, by the clock: also if the computer slept meanwhile.
    WorkerKilledError
        The process was ended from outside, which says nothing of the file.
    NotBegunError
        A process without a task was ended, and pebble gave up all that waited.
    Cancelled
        The processes were stopped before one took the file.
    """
    try:
        return future.result()
    except FutureTimeoutError as error:
        _, limit_s = error.args  # as pebble gives them
        raise DecoderHungError(path, "decoder-hung", seconds=round(limit_s)) from error
    except MemoryError as error:
        raise memory_error_for(path) from error
    except ProcessExpired as error:
        if error.exitcode in _CRASHES or error.exitcode >= _NT_ERROR:
            raise DecodeError(path, "decoder-crashed") from error
        raise WorkerKilledError(path, "worker-killed") from error
    except BrokenProcessPool as error:
        raise NotBegunError(path, "worker-killed") from error
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


def _start(effort: Effort, prepare: Callable[..., None], args: tuple[Any, ...]) -> None:
    lower_priority(effort)
    limit_memory()
    end_with_parent()
    log_without_file()
    prepare(*args)


class _Process(SpawnProcess):
    def start(self) -> None:
        with ctrl_c_held_back():
            super().start()

    def _bootstrap(self, *args: Any, **named: Any) -> NoReturn:
        """Run in the new process, and end it without tearing its interpreter down.

        At a stop pebble closes the pipe, at which the process ends by itself, and sends SIGTERM. If
        that comes while Python takes its handlers away, Python prints a traceback
        (_PySignal_Fini in CPython's Modules/signalmodule.c).
        """
        os._exit(super()._bootstrap(*args, **named))  # type: ignore[misc]


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
