"""Reports jobs and their outcomes in the status bar, in messages and in an empty table."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import HeardBefore, Problem, Progress, Recovered, Stage
from genretagger.core.resources import user_folders
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.message_bar import show_bug
from genretagger.gui.shell.progress_bar import JobProgressBar
from genretagger.gui.shell.status_bar import PartsLabel, StatusBar
from genretagger.gui.shell.status_texts import (
    counts_texts,
    heard_before_text,
    settled_text,
    stage_text,
    written_text,
)
from genretagger.gui.widgets.texts import error_text, number_text

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started

_LOG = logging.getLogger(__name__)
_HEARD_BY = "heardBy"  # remembered: the embedding for which it was said that it hears again
_READ_MS = 5000  # that a sentence stays at least, while nothing is decided
_FIRST_STAGE = {
    Task.ANALYSE: Stage.SCAN,
    Task.WRITE: Stage.APPLY,
    Task.UNDO: Stage.UNDO,
    Task.LEARN: Stage.READ,
}


class StatusFeature(Feature):
    """Owns the status bar. The learning dialog shows its own errors."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._stage = _FIRST_STAGE[Task.ANALYSE]  # the first stage once the pipeline is ready
        self._counts = PartsLabel("countsLabel")
        self._progress = JobProgressBar()
        context.window.setStatusBar(StatusBar(self._counts, self._progress))
        controller = context.controller
        controller.ready.connect(self._on_ready)
        controller.began.connect(self._on_began)
        controller.reported.connect(self._on_reported)
        controller.failed.connect(self._on_failed)
        controller.ended.connect(self._on_ended)
        controller.settled.connect(self._progress.end)
        context.pause_changed.connect(self._on_pause)
        self._said = QElapsedTimer()
        context.window.statusBar().messageChanged.connect(self._said.start)
        context.selection_changed.connect(self._drop_old_sentence)
        context.review.decided.connect(self._drop_sentence)
        context.review.decider.progressed.connect(self._say_decided)
        context.rows_changed.connect(self._show_counts)
        context.rows_changed.connect(self._say_if_empty)
        context.job_changed.connect(self._say_if_empty)
        self._show_counts()
        self._say_if_empty()

    def _show_counts(self) -> None:
        review = self._context.review
        self._counts.say(counts_texts(review.tally, n_shown=len(review.model.shown())))

    def _say_if_empty(self) -> None:
        self._context.page.say_if_empty(doing=self._doing_text())

    def _drop_sentence(self) -> None:
        """Drop the sentence about earlier decisions, but not the one about a running job."""
        self._context.say(self._doing_text())

    def _drop_old_sentence(self) -> None:
        """Drop a sentence that could be read, when the user goes on to another track."""
        if self._said.isValid() and self._said.hasExpired(_READ_MS):
            self._drop_sentence()

    def _say_decided(self, done: int, total: int) -> None:
        text = self.tr("Deciding: {done} of {total} tracks")
        self._context.say(text.format(done=number_text(done), total=number_text(total)))

    def _doing_text(self) -> str:
        if self._context.is_paused():
            return self.tr("Paused; no further track is analysed until you resume.")
        return stage_text(self._stage) if self._context.controller.is_busy() else ""

    def _on_pause(self) -> None:
        self._progress.forget_pace()
        self._say_stage(self._stage)

    def _say_stage(self, stage: Stage) -> None:
        self._stage = stage
        self._context.say(self._doing_text())
        self._say_if_empty()

    # Reports of the controller

    def _on_ready(self, started: Started) -> None:
        for problem in started.problems:
            self._context.messages.say(error_text(problem))
        for result in started.recovered:
            self._context.messages.say(settled_text(result))
        _LOG.info("window ready")

    def _on_began(self, task: Task) -> None:
        self._progress.begin()
        self._say_stage(_FIRST_STAGE[task])

    def _on_reported(self, events: tuple[object, ...]) -> None:
        if self._context.controller.task is Task.LEARN:
            return
        progress: Progress | None = None
        for event in events:
            match event:
                case Problem(error):
                    self._context.messages.say(error_text(error))
                case Recovered(result):
                    self._context.messages.say(settled_text(result))
                case HeardBefore():
                    self._say_heard_before(event)
                case Progress():
                    progress = event
        if progress is not None:
            self._progress.tell(progress)
            if progress.stage != self._stage:
                self._say_stage(progress.stage)

    def _say_heard_before(self, before: HeardBefore) -> None:
        """Say that tracks are heard again, once after each update."""
        context = self._context
        if context.window_state.value(_HEARD_BY) != before.heard_by:
            context.window_state.set_value(_HEARD_BY, before.heard_by)
            context.messages.say(heard_before_text(before), is_news=True)

    def _on_ended(self, outcome: JobOutcome) -> None:
        if outcome.task is not Task.ANALYSE:  # `OpenFoldersFeature` reports that outcome
            self._context.say("" if outcome.task is Task.LEARN else written_text(outcome))

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, GenreTaggerError):
            _LOG.error("%s", error)
            if self._context.controller.task is not Task.LEARN:
                self._context.messages.say(error_text(error))
        else:
            _LOG.error("unexpected error", exc_info=error)
            show_bug(error, user_folders().log, self._context.window)
