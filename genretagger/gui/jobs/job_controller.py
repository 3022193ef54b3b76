"""Start, jobs and tasks of one window in the order that they need; knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from genretagger.core.errors import GenreTaggerError
from genretagger.core.hearing_control import HearingControl
from genretagger.core.writes import BatchSummary, WriteResult, WriteStatus
from genretagger.gui.jobs import pipeline_jobs
from genretagger.gui.jobs.job_outcome import JobOutcome, Task, WriteOrder
from genretagger.gui.jobs.job_runner import JobRunner, TaskQueue, attempt, in_sequence
from genretagger.gui.jobs.opening import close_decisions, open_pipeline
from genretagger.gui.jobs.pipeline_api import PipelineApi
from genretagger.gui.jobs.pipeline_jobs import PipelineJob
from genretagger.library.decision_store import StoredDecision

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started

_Answer = TypeVar("_Answer")


class JobController(QObject):
    """Runs one job at a time; busy from its beginning until its results are saved.

    Parameters
    ----------
    load : Callable[[], PipelineApi]
        Returns the pipeline; called off the GUI thread.
    """

    ready = Signal(object)  # Started
    renewed = Signal(object)  # Started, with settings that were changed
    beginning = Signal(object)  # Task; nothing of it has been done: let go of files
    began = Signal(object)  # Task
    reported = Signal(object)  # tuple of events
    failed = Signal(object)  # the exception
    ended = Signal(object)  # JobOutcome
    settled = Signal()  # idle again

    def __init__(self, load: Callable[[], PipelineApi], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.opened: tuple[PipelineApi, Started] | None = None  # None before the start
        self.task: Task | None = None
        self.paths: tuple[Path, ...] = ()
        self.adding = False  # whether the analysis keeps the rows that are shown
        self.again = False  # whether it analyses all of them once more
        self.walked: tuple[Path, ...] = ()  # those of `paths` that it looks through
        self.noticed: tuple[Path, ...] = ()  # the files that it analyses because they came
        self.anew: tuple[Path, ...] = ()  # the files that it hears whatever is stored of them
        self.control = HearingControl()  # of the last analysis
        self._queued: tuple[Path, ...] = ()
        self._queued_adds = False
        self._queued_first: tuple[PipelineJob, ...] = ()
        self._history: tuple[BatchSummary, ...] = ()
        self._refused: set[str] = set()
        self._error: BaseException | None = None
        self._results: list[WriteResult] = []
        self._begun = JobOutcome(Task.ANALYSE)  # what is known of the outcome from the start
        self._settling = False
        self._asked_history: Future[tuple[BatchSummary, ...]] | None = None
        self._closed = False
        self._runner = JobRunner(self)
        self._runner.reported.connect(self._on_reported)
        self._runner.failed.connect(self._on_job_failed)
        self._runner.finished.connect(self._on_finished)
        self._tasks = TaskQueue(self)
        self._tasks.failed.connect(self._on_task_failed)
        self._load = load
        self._start: Future[tuple[PipelineApi, Started]] | None = None

    def begin(self) -> None:
        """Load the pipeline and start the program; what is asked for before waits for it."""
        if self._start is None and not self._closed:
            self._start = self._tasks.run(partial(open_pipeline, self._load), then=self._on_started)

    @property
    def started(self) -> Started | None:
        """The result of the start of the program, None before."""
        return self.opened[1] if self.opened is not None else None

    def is_busy(self) -> bool:
        """Return whether nothing new can begin."""
        return self.opened is None or self._runner.is_running() or self._settling

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
        first: PipelineJob | None = None,
    ) -> None:
        """Analyse `paths` as soon as nothing else runs; `first` is done before.

        With `add` they come to the rows that are shown; without, a running analysis is stopped.
        """
        if add and self._queued:
            self._queued = (*self._queued, *paths)
        else:
            self._queued, self._queued_adds = tuple(paths), add and bool(self.paths)
            self._queued_first = (first,) if first is not None else ()
        if self.task is Task.ANALYSE and not add:
            self._runner.cancel()
        self._go_on()

    def analyse_files(
        self, files: Sequence[Path], *, noticed: bool = False, anew: bool = False
    ) -> None:
        """Analyse shown files again, or some that were noticed, unless busy; no folder is added.

        With `anew` they are heard whatever is stored of them.
        """
        if not self.is_busy():
            self.adding, self.again, self.walked = True, False, ()
            self.noticed = tuple(files) if noticed else ()
            self.anew = tuple(files) if anew else ()
            self._analyse(files)

    def is_asked(self) -> bool:
        """Return whether something is analysed or waits for it."""
        return bool(self._queued) or self.task is Task.ANALYSE

    def write(self, order: WriteOrder, *, ready: Callable[[], None]) -> None:
        """Carry `order` out, unless busy, once `ready` has returned on the thread of the job."""
        if self.is_busy():
            return
        asked = tuple(request.path for request in order.requests)
        self._run(
            JobOutcome(Task.WRITE, asked=asked, n_taken_out=order.n_taken_out),
            pipeline_jobs.writing(order.requests, order.policy),
            ready=ready,
        )

    def undo(self, batch: BatchSummary | None = None, files: Sequence[Path] = ()) -> None:
        """Take a batch back, the last one by default, or only `files` of it; unless busy."""
        chosen = batch or self.batch_to_undo()
        if chosen is None or self.is_busy():
            return
        self._run(
            JobOutcome(Task.UNDO, undone=None if files else chosen, asked=tuple(files)),
            pipeline_jobs.undoing(chosen, files),
        )

    def learn(self, name: str, paths: Sequence[Path], *, again: bool = False) -> None:
        """Learn genres from `paths`, or from all ever heard, as `pipeline.learn`, unless busy."""
        if not self.is_busy():
            self._run(JobOutcome(Task.LEARN), pipeline_jobs.learning(name, paths, again=again))

    def ask(
        self,
        call: Callable[[PipelineApi, Started], _Answer],
        *,
        then: Callable[[_Answer | GenreTaggerError], None],
    ) -> None:
        """Call off the GUI thread; `then` gets the answer, or the known error that was raised."""
        if self.opened is not None and not self._closed:
            self._tasks.run(attempt(partial(call, *self.opened)), then=then)

    def renew(self, started: Started) -> None:
        """Take settings over that were changed; the next job works by them."""
        if self.opened is not None:
            self.opened = self.opened[0], started
            self.renewed.emit(started)

    def stop(self) -> None:
        """Ask the running job to stop; its results so far are kept."""
        self._runner.cancel()

    def save(self, settled: Sequence[StoredDecision]) -> None:
        """Keep decisions."""
        decisions = self.started.decisions if self.started else None
        if decisions is not None:
            self._tasks.run(partial(decisions.save, settled))

    def close(self) -> None:
        """Stop and wait briefly; decisions are saved and no thread is left."""
        if self._closed:
            return
        self._closed = True
        self._runner.shutdown()
        if self._start is not None:
            self._tasks.run(partial(close_decisions, self._start))
        self._tasks.shutdown()

    def _on_started(self, opened: tuple[PipelineApi, Started]) -> None:
        self.opened, started = opened, opened[1]
        self._history = started.history
        self.ready.emit(started)
        self._go_on()
        if self.task is None:
            self.settled.emit()

    def _go_on(self) -> None:
        """Begin what waits, if nothing runs."""
        if self._queued and not self.is_busy():
            self.walked, self._queued = self._queued, ()
            self.adding, self._queued_adds = self._queued_adds, False
            self.noticed = self.anew = ()
            self.again = self.adding and set(self.walked) >= set(self.paths)
            kept = self.paths if self.adding else ()
            self.paths = tuple(dict.fromkeys((*kept, *self.walked)))
            first, self._queued_first = self._queued_first, ()
            self._analyse(self.walked, first)

    def _analyse(self, paths: Sequence[Path], first: Sequence[PipelineJob] = ()) -> None:
        self.control, anew = HearingControl(), bool(self.anew)
        job = pipeline_jobs.analysing(paths, roots=self.walked, control=self.control, anew=anew)
        self._run(JobOutcome(Task.ANALYSE), *first, job)

    def _run(
        self, begun: JobOutcome, *jobs: PipelineJob, ready: Callable[[], None] = lambda: None
    ) -> None:
        """Begin `jobs`, which wait for `ready` and for the tasks that are queued now."""
        if self.opened is None:
            return
        self.task, self._begun, self._results, self._error = begun.task, begun, [], None
        self.beginning.emit(begun.task)
        bound = [partial(job, *self.opened) for job in jobs]
        self._runner.start(in_sequence(bound, after=(self._tasks.barrier(), ready)))
        self.began.emit(begun.task)

    def _on_reported(self, events: tuple[object, ...]) -> None:
        self._results += [event for event in events if isinstance(event, WriteResult)]
        self.reported.emit(events)

    def _on_job_failed(self, error: BaseException) -> None:
        self._error = error
        self.failed.emit(error)

    def _on_finished(self, completed: bool) -> None:
        if self.task is None or self.opened is None:
            return
        results = tuple(self._results)
        outcome = replace(self._begun, completed=completed, results=results, error=self._error)
        restored = any(result.status is WriteStatus.RESTORED for result in results)
        if outcome.undone is not None and completed and not restored:
            self._refused.add(outcome.undone.batch)
        if self._closed:
            return
        self._settling = True
        self.ended.emit(outcome)
        pipeline, started = self.opened
        ask = partial(pipeline.history, context=started.context)
        self._asked_history = self._tasks.run(ask, then=self._on_history)

    def _on_history(self, history: tuple[BatchSummary, ...]) -> None:
        self._history = history
        self._settle()

    def _settle(self) -> None:
        self._settling, self.task = False, None
        self._go_on()
        if self.task is None:
            self.settled.emit()

    def _on_task_failed(self, error: BaseException) -> None:
        self.failed.emit(error)
        history = self._asked_history  # saving decisions is another task that may fail
        is_last = history is not None and history.done() and history.exception() is error
        if self._settling and is_last:
            self._settle()
