"""Start, jobs and errands of one window in the order that they need; knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from genretagger.core.errors import GenreTaggerError
from genretagger.core.writes import BatchSummary, Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.gui.jobs import classifier_jobs, job_factories
from genretagger.gui.jobs.job_factories import Job, Started
from genretagger.gui.jobs.job_runner import JobRunner, TaskQueue
from genretagger.gui.jobs.pipeline_api import PipelineApi
from genretagger.library.decision_store import StoredDecision

_Answer = TypeVar("_Answer")


class Task(Enum):
    """What a job does."""

    ANALYSE = auto()
    WRITE = auto()
    UNDO = auto()
    LEARN = auto()


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """How a job ended.

    completed : False if it was stopped or failed
    results : those of a write or undo
    error : why it failed, None if it did not
    undone : the batch that an undo was asked to take back
    asked : the files of a write, or of an undo that was asked for single files
    """

    task: Task
    completed: bool
    results: tuple[WriteResult, ...]
    error: BaseException | None = None
    undone: BatchSummary | None = None
    asked: tuple[Path, ...] = ()

    @property
    def n_left(self) -> int:
        """How many files were not tried because the job ended before."""
        if self.completed:
            return 0
        n_asked = len(self.asked)
        if self.undone is not None:
            n_asked = self.undone.written - self.undone.undone
        return max(0, n_asked - len(self.results))

    @property
    def n_not_done(self) -> int:
        """How many files were not written or restored as was asked."""
        bad = (WriteStatus.REFUSED, WriteStatus.FAILED)
        return self.n_left + sum(result.status in bad for result in self.results)


def run_in_turn(*calls: Callable[[], None] | None) -> Callable[[], None]:
    """Return a function that calls those that are there, one after the other."""

    def call() -> None:
        for one in filter(None, calls):
            one()

    return call


class JobController(QObject):
    """Runs one job at a time; busy from its beginning until what follows from it is saved.

    Parameters
    ----------
    load : Callable[[], Core]
        Returns the core; called off the GUI thread.
    """

    ready = Signal(object)  # Started
    renewed = Signal(object)  # Started, with settings that were changed
    beginning = Signal(object)  # Task; nothing of it has been done: let go of files
    began = Signal(object)  # Task
    reported = Signal(object)  # tuple of events
    failed = Signal(object)  # the exception
    ended = Signal(object)  # Outcome
    settled = Signal()  # idle again

    def __init__(self, load: Callable[[], PipelineApi], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.started: Started | None = None
        self.task: Task | None = None
        self.paths: tuple[Path, ...] = ()
        self.adding = False  # whether the analysis keeps what is shown
        self.again = False  # whether it looks at all of that once more
        self._queued: tuple[Path, ...] = ()
        self._queued_adds = False
        self._queued_first: Callable[[Started], Job] | None = None
        self._history: tuple[BatchSummary, ...] = ()
        self._refused: set[str] = set()
        self._undone: BatchSummary | None = None
        self._error: BaseException | None = None
        self._results: list[WriteResult] = []
        self._asked: tuple[Path, ...] = ()
        self._settling = False
        self._asked_history: Future[tuple[BatchSummary, ...]] | None = None
        self._closed = False
        self._runner = JobRunner(self)
        self._runner.reported.connect(self._on_reported)
        self._runner.failed.connect(self._on_job_failed)
        self._runner.finished.connect(self._on_finished)
        self._errands = TaskQueue(self)
        self._errands.failed.connect(self._on_errand_failed)
        self._start = self._errands.run(partial(job_factories.start, load), then=self._on_started)

    def is_busy(self) -> bool:
        """Return whether nothing new can begin."""
        return self.started is None or self._runner.is_running() or self._settling

    def may_stop(self) -> bool:
        """Return whether a job runs that can be stopped."""
        return self._runner.is_running()

    def may_decide(self) -> bool:
        """Return whether decisions may change: not under the hand of the writer."""
        return self.task in (None, Task.ANALYSE, Task.LEARN)

    def batch_to_undo(self) -> BatchSummary | None:
        """Return the newest batch with something still written, unless its undo was refused."""
        for batch in self._history:
            if batch.written > batch.undone and batch.batch not in self._refused:
                return batch
        return None

    def analyse(
        self,
        paths: Sequence[Path],
        *,
        add: bool = False,
        first: Callable[[Started], Job] | None = None,
    ) -> None:
        """Analyse `paths` as soon as nothing else runs; `first` gives what is done before.

        With `add` they come to what is shown; without, a running analysis is stopped for them.
        """
        if add and self._queued:
            self._queued = (*self._queued, *paths)
        else:
            self._queued, self._queued_adds = tuple(paths), add and bool(self.paths)
            self._queued_first = first
        if self.task is Task.ANALYSE and not add:
            self._runner.cancel()
        self._go_on()

    def is_asked(self) -> bool:
        """Return whether something is analysed or waits for it."""
        return bool(self._queued) or self.task is Task.ANALYSE

    def write(
        self,
        requests: Sequence[WriteRequest],
        policy: Policy,
        *,
        after: Callable[[], None] | None = None,
    ) -> None:
        """Write `requests`, unless busy; before, `after` is called off the GUI thread."""
        if self.started is not None and not self.is_busy():
            self._asked = tuple(request.path for request in requests)
            ready = run_in_turn(self._errands.barrier(), after)
            job = job_factories.writing(self.started, requests, policy=policy, ready=ready)
            self._run(Task.WRITE, job)

    def undo(self, batch: BatchSummary | None = None, files: Sequence[Path] = ()) -> None:
        """Take a batch back, the last one by default, or only `files` of it; unless busy."""
        batch = batch or self.batch_to_undo()
        if self.started is not None and batch is not None and not self.is_busy():
            self._undone, self._asked = None if files else batch, tuple(files)
            ready = self._errands.barrier()
            job = job_factories.undoing(self.started, batch.batch, ready=ready, files=files)
            self._run(Task.UNDO, job)

    def learn(self, name: str, paths: Sequence[Path]) -> None:
        """Learn the user's genres from `paths`, or from all ever heard, unless busy."""
        if self.started is not None and not self.is_busy():
            ready = self._errands.barrier()
            job = classifier_jobs.learning(self.started, name, paths, ready=ready)
            self._run(Task.LEARN, job)

    def ask(
        self,
        call: Callable[[Started], _Answer],
        *,
        then: Callable[[_Answer | GenreTaggerError], None],
    ) -> None:
        """Call off the GUI thread; `then` gets what is returned, or the known error raised."""
        if self.started is not None:
            self._errands.run(classifier_jobs.attempt(partial(call, self.started)), then=then)

    def renew(self, started: Started) -> None:
        """Take settings over that were changed; the next job works by them."""
        self.started = started
        self.renewed.emit(started)

    def stop(self) -> None:
        """Ask the running job to stop; what it did is kept."""
        self._runner.cancel()

    def save(self, settled: Sequence[StoredDecision]) -> None:
        """Keep decisions."""
        session = self.started.session if self.started else None
        if session is not None:
            self._errands.run(partial(session.save, settled))

    def close(self) -> None:
        """Stop and wait briefly; decisions are saved and no thread is left."""
        if self._closed:
            return
        self._closed = True
        self._runner.shutdown()
        self._errands.run(partial(job_factories.close_session, self._start))
        self._errands.shutdown()

    def _on_started(self, started: Started) -> None:
        self.started, self._history = started, started.history
        self.ready.emit(started)
        self._go_on()
        if self.task is None:
            self.settled.emit()

    def _go_on(self) -> None:
        """Begin what waits, if nothing runs."""
        if self._queued and self.started is not None and not self.is_busy():
            paths, self._queued = self._queued, ()
            self.adding, self._queued_adds = self._queued_adds, False
            self.again = self.adding and set(paths) >= set(self.paths)
            self.paths = tuple(dict.fromkeys((*self.paths, *paths))) if self.adding else paths
            ready = self._errands.barrier()
            first, self._queued_first = self._queued_first, None
            jobs = [first(self.started)] if first else []
            jobs.append(job_factories.analysis(self.started, paths, ready=ready))
            self._run(Task.ANALYSE, job_factories.one_after_the_other(jobs))

    def _run(self, task: Task, job: job_factories.Job) -> None:
        self.task, self._results, self._error = task, [], None
        self.beginning.emit(task)
        self._runner.start(job)
        self.began.emit(task)

    def _on_reported(self, events: tuple[object, ...]) -> None:
        self._results += [event for event in events if isinstance(event, WriteResult)]
        self.reported.emit(events)

    def _on_job_failed(self, error: BaseException) -> None:
        self._error = error
        self.failed.emit(error)

    def _on_finished(self, completed: bool) -> None:
        if self.task is None or self.started is None:
            return
        undone = self._undone if self.task is Task.UNDO else None
        results, asked = tuple(self._results), self._asked
        outcome = JobOutcome(self.task, completed, results, self._error, undone, asked)
        restored = any(result.status is WriteStatus.RESTORED for result in outcome.results)
        if undone is not None and completed and not restored:
            self._refused.add(undone.batch)
        if self._closed:
            return
        self._settling = True
        self.ended.emit(outcome)
        ask = partial(self.started.core.history, context=self.started.context)
        self._asked_history = self._errands.run(ask, then=self._on_history)

    def _on_history(self, history: tuple[BatchSummary, ...]) -> None:
        self._history = history
        self._settle()

    def _settle(self) -> None:
        self._settling, self.task = False, None
        self._go_on()
        if self.task is None:
            self.settled.emit()

    def _on_errand_failed(self, error: BaseException) -> None:
        self.failed.emit(error)
        history = self._asked_history  # of other errands that fail, saving is one
        is_last = history is not None and history.done() and history.exception() is error
        if self._settling and is_last:
            self._settle()
