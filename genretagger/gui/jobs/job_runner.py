"""The only module that knows about threads and Qt at once: long jobs and short tasks."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from genretagger.core.errors import Cancelled, GenreTaggerError
from genretagger.core.events import Progress

Job = Callable[[threading.Event], Generator[object, None, None]]
_Answer = TypeVar("_Answer")
DRAIN_EVERY_MS = 100
# A stored library is read far faster than the window can show it: a tick takes as many events as
# were shown in this time before, and the rest follows after a short breath, in which the window
# paints and hears the user (benchmarks/gui_stall.py).
_TICK_S = 0.03
_LEAST_PER_TICK, _MOST_PER_TICK = 100, 2000
_BREATH_MS = 5
# The worker waits where the window is this far behind, because what waits takes memory.
_MOST_WAITING = 2 * _MOST_PER_TICK
_WAIT_S = 0.005
_TASK_POLL_MS = 30
_PATIENCE_S = 10.0

_LOG = logging.getLogger(__name__)


def in_sequence(jobs: Sequence[Job], *, after: Iterable[Callable[[], None]]) -> Job:
    """Return the job that does `jobs` one after the other, once each of `after` has returned."""

    def job(cancel: threading.Event) -> Generator[object, None, None]:
        for wait_for in after:
            wait_for()
        for part in jobs:
            yield from part(cancel)

    return job


def attempt(call: Callable[[], _Answer]) -> Callable[[], _Answer | GenreTaggerError]:
    """Return a function that returns what `call` does, or the known error that it raises."""

    def attempted() -> _Answer | GenreTaggerError:
        try:
            return call()
        except GenreTaggerError as error:
            return error

    return attempted


class Pace:
    """How many events a tick takes, so that it lasts about `_TICK_S`.

    Parameters
    ----------
    clock : Callable[[], float]
        A monotonic clock in seconds; tests pass their own.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self.n_events = _LEAST_PER_TICK

    def measure(self, show: Callable[[], None], n_shown: int) -> None:
        """Call `show`, which shows `n_shown` events, and go by how long it took."""
        began_s = self._clock()
        show()
        took_s = self._clock() - began_s
        if n_shown < self.n_events:
            return  # so few say little of how long many take
        fitting = self.n_events * 2 if took_s <= 0 else round(n_shown * _TICK_S / took_s)
        # At most twice as many as before: the next events may take longer than these.
        fitting = min(fitting, 2 * self.n_events, _MOST_PER_TICK)
        self.n_events = max(fitting, _LEAST_PER_TICK)


def without_stale(events: Sequence[object]) -> tuple[object, ...]:
    """Return `events` with only the last Progress: earlier ones are out of date when shown."""
    last = next((event for event in reversed(events) if isinstance(event, Progress)), None)
    return tuple(event for event in events if event is last or not isinstance(event, Progress))


class JobRunner(QObject):
    """Run one generator of the pipeline at a time off the GUI thread.

    The worker only appends to a list. A timer on the GUI thread drains it and emits, so signals
    never come from another thread, ten thousand events cost a few emissions, and the runner is
    idle before `finished` is heard. Of the progress in one emission only the last is passed on. A
    job ends itself soon after `cancel`; what it still yields is reported.
    """

    reported = Signal(object)  # tuple of events, oldest first
    failed = Signal(object)  # the exception
    finished = Signal(object)  # True if the job ran to its end, False if cancelled or failed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="genretagger-job")
        self._lock = threading.Lock()
        self._events: list[object] = []
        self._outcome: BaseException | bool | None = None
        self._busy = False
        self._cancel = threading.Event()
        self._future: Future[None] | None = None
        self._pace = Pace()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._drain)

    def start(self, job: Job) -> None:
        """Start `job`.

        Raises
        ------
        RuntimeError
            A job is running: the caller's mistake.
        """
        if self._busy:
            raise RuntimeError("a job is already running")
        self._busy, self._outcome, self._cancel = True, None, threading.Event()
        self._future = self._pool.submit(self._run, job, self._cancel)
        self._timer.start(DRAIN_EVERY_MS)

    def is_running(self) -> bool:
        """Return whether a job has not finished yet."""
        return self._busy

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._cancel.set()

    def barrier(self) -> Callable[[], None]:
        """Return a function that waits, on another thread, until the job that runs now is over."""
        futures = [] if self._future is None else [self._future]
        return lambda: void(wait(futures))

    def shutdown(self) -> None:
        """Cancel, wait briefly, and report what had been done by then; call from closeEvent."""
        self.cancel()
        if self._future is not None and not wait([self._future], timeout=_PATIENCE_S).done:
            _LOG.warning("a job did not stop within %s s of closing the window", _PATIENCE_S)
        self._pool.shutdown(wait=self._future is None or self._future.done(), cancel_futures=True)
        while self._busy and self._outcome is not None:
            self._drain()
        self._timer.stop()

    def _run(self, job: Job, cancel: threading.Event) -> None:
        outcome: BaseException | bool = False
        try:
            # Read to its end, also after a stop: a write then tells of the files in work.
            for event in job(cancel):
                self._take(event, cancel)
            outcome = not cancel.is_set()
        except Cancelled:
            pass
        except Exception as error:  # noqa: BLE001 - the boundary: nothing may vanish in a thread
            outcome = error
        with self._lock:
            self._outcome = outcome

    def _take(self, event: object, cancel: threading.Event) -> None:
        with self._lock:
            self._events.append(event)
        while len(self._events) > _MOST_WAITING and not cancel.wait(_WAIT_S):
            pass

    def _drain(self) -> None:
        n_most = self._pace.n_events
        with self._lock:
            events, self._events = self._events[:n_most], self._events[n_most:]
            more, outcome = bool(self._events), self._outcome
        self._timer.setInterval(_BREATH_MS if more else DRAIN_EVERY_MS)
        if events:
            shown = without_stale(events)
            self._pace.measure(lambda: self.reported.emit(shown), len(events))
        if more or outcome is None:
            return
        self._timer.stop()
        self._busy = False
        if isinstance(outcome, BaseException):
            self.failed.emit(outcome)
        self.finished.emit(outcome is True)


class DaemonExecutor(Executor):
    """Makes each call on a daemon thread, which does not keep the program from ending."""

    def __init__(self, thread_name: str) -> None:
        self._thread_name = thread_name
        self._threads: list[threading.Thread] = []

    def submit(self, fn: Callable[..., _Answer], /, *args: Any, **kwargs: Any) -> Future[_Answer]:
        """Make a call now, beside those that are not over."""
        future: Future[_Answer] = Future()

        def call() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 - for whoever asks the future
                future.set_exception(error)

        thread = threading.Thread(target=call, name=self._thread_name, daemon=True)
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait briefly for the calls that are not over; none is left that waits for its turn."""
        for thread in self._threads if wait else ():
            thread.join(_PATIENCE_S)
            if thread.is_alive():
                _LOG.warning("a task did not stop within %s s of closing the window", _PATIENCE_S)


class TaskQueue(QObject):
    """Run short calls that read or write the disk, one after the other, off the GUI thread.

    Each may name a function that gets its result on the GUI thread. `failed` reports errors.

    Parameters
    ----------
    pool : Executor or None
        Makes the calls; None: one thread.
    """

    failed = Signal(object)  # the exception

    def __init__(self, parent: QObject | None = None, *, pool: Executor | None = None) -> None:
        super().__init__(parent)
        self._pool = pool or ThreadPoolExecutor(1, thread_name_prefix="genretagger-task")
        self._pending: list[tuple[Future[Any], Callable[[Any], None] | None]] = []
        self._timer = QTimer(self, interval=_TASK_POLL_MS)
        self._timer.timeout.connect(self._collect)

    def run(
        self, call: Callable[[], Any], *, then: Callable[[Any], None] | None = None
    ) -> Future[Any]:
        """Queue `call`; `then` gets its result on the GUI thread unless it fails."""
        future = self._pool.submit(call)
        self._pending.append((future, then))
        if not self._timer.isActive():
            self._timer.start()
        return future

    def barrier(self) -> Callable[[], None]:
        """Return a function that waits, on another thread, for all calls queued until now."""
        futures = [future for future, _then in self._pending]
        return lambda: void(wait(futures))

    def shutdown(self) -> None:
        """Do all that is queued, then stop; results are no longer passed on."""
        self._pool.shutdown(wait=True)
        self._timer.stop()
        self._pending.clear()

    def _collect(self) -> None:
        while self._pending and self._pending[0][0].done():
            future, then = self._pending.pop(0)
            error = future.exception()
            if error is not None:
                self.failed.emit(error)
            elif then is not None:
                then(future.result())
        if not self._pending:
            self._timer.stop()


def void(_result: object) -> None:
    """Drop a result that nobody needs."""
