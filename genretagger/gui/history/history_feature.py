"""Opens the history, and undoes the writes chosen there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import Problem, Stage
from genretagger.core.writes import BatchSummary, WriteSummary
from genretagger.gui.history.history_dialog import HistoryDialog
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.shell.actions import HISTORY
from genretagger.gui.shell.dialogs import ask_for_file
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.status_texts import in_a_line, stage_text, written_text
from genretagger.gui.widgets.texts import error_text, path_text
from genretagger.library.export import ExportDone


class HistoryFeature(Feature):
    """Reads the journal off the GUI thread, and again after each write and undo."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._dialog: HistoryDialog | None = None
        self._outcome = ""
        self._problems: list[str] = []  # of the job that runs or was the last
        self._action = context.actions.make(
            HISTORY, self.tr("&History…"), self.tr("History"), "Ctrl+H"
        )
        self._action.triggered.connect(self._open)
        context.controller.began.connect(lambda _task: self._problems.clear())
        context.controller.reported.connect(self._on_reported)
        context.controller.ended.connect(self._on_ended)
        context.controller.settled.connect(self._read)
        self.refresh_on(context.job_changed)

    def refresh_actions(self) -> None:
        self._action.setEnabled(self._context.controller.started is not None)
        if self._dialog is not None:
            self._dialog.let_undo(allowed=not self._context.is_busy())

    def close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()

    def _open(self) -> None:
        self._outcome = ""
        dialog = self._dialog = HistoryDialog(self._context.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.batch_chosen.connect(self._on_batch)
        dialog.undo_asked.connect(self._undo)
        dialog.export_asked.connect(self._ask_for_file)
        dialog.finished.connect(self._on_closed)
        dialog.open()
        self._read()
        self.refresh_actions()

    def _on_closed(self) -> None:
        self._dialog = None
        self._context.page.table.setFocus()

    def _read(self) -> None:
        if self._dialog is not None:
            self._context.controller.ask(
                lambda pipeline, started: pipeline.history(context=started.context),
                then=self._on_batches,
            )

    def _on_batches(self, answer: tuple[BatchSummary, ...] | GenreTaggerError) -> None:
        if self._dialog is None:
            return
        if isinstance(answer, GenreTaggerError):
            self._dialog.say(error_text(answer))
            return
        self._dialog.show_batches(answer)
        if self._outcome:
            self._dialog.say(self._outcome)

    def _on_batch(self, batch: BatchSummary) -> None:
        self._context.controller.ask(
            lambda pipeline, started: pipeline.batch_writes(batch.batch, context=started.context),
            then=partial(self._on_writes, batch),
        )

    def _on_writes(
        self, batch: BatchSummary, answer: tuple[WriteSummary, ...] | GenreTaggerError
    ) -> None:
        if self._dialog is None:
            return
        if isinstance(answer, GenreTaggerError):
            self._dialog.say(error_text(answer))
        else:
            self._dialog.show_writes(batch, answer)

    def _ask_for_file(self) -> None:
        if self._dialog is not None:
            ask_for_file(
                self._dialog,
                name="exportHistoryDialog",
                title=self.tr("Export the history"),
                suffix=".csv",
                proposed=self.tr("history of writes"),
                then=self._export,
            )

    def _export(self, path: Path) -> None:
        self._context.controller.ask(
            lambda pipeline, started: pipeline.export_history_table(path, context=started.context),
            then=self._on_exported,
        )

    def _on_exported(self, answer: ExportDone | GenreTaggerError) -> None:
        if self._dialog is None:
            return
        if isinstance(answer, GenreTaggerError):
            self._dialog.say(error_text(answer))
        else:
            text = self.tr("Exported to {path}; writes: {n}")
            self._dialog.say(text.format(path=path_text(answer.path), n=answer.n_tracks))
        self._dialog.return_focus()

    def _undo(self, batch: BatchSummary, files: Sequence[Path]) -> None:
        if self._dialog is not None:
            self._dialog.say(stage_text(Stage.UNDO))
        self._context.controller.undo(batch, files)

    def _on_reported(self, events: tuple[object, ...]) -> None:
        self._problems += [
            error_text(event.error) for event in events if isinstance(event, Problem)
        ]

    def _on_ended(self, outcome: JobOutcome) -> None:
        if outcome.task is Task.UNDO:
            self._outcome = in_a_line(written_text(outcome), *self._problems)
