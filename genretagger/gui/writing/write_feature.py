"""Writes accepted genres into files, and undoes writes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt

from genretagger.core.writes import Policy, WriteRequest
from genretagger.gui.jobs.dry_run_checker import DryRunChecker
from genretagger.gui.jobs.job_outcome import JobOutcome, Task, WriteOrder
from genretagger.gui.shell.actions import UNDO, WRITE
from genretagger.gui.shell.dialogs import confirm
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.widgets.texts import batch_text
from genretagger.gui.writing.write_dialog import WriteDialog
from genretagger.review.rows.row import Row


class WriteFeature(Feature):
    """Asks before a write, starts it, and offers its undo."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        make = context.actions.make
        self._write = make(WRITE, self.tr("&Write accepted…"), self.tr("Write"), "Ctrl+S", "write")
        self._undo = make(
            UNDO, self.tr("&Undo last write"), self.tr("Undo write"), "Ctrl+Shift+U", "undo"
        )
        self._checker = DryRunChecker(self)
        self._write.triggered.connect(lambda: self.preview(context.review.model.rows()))
        self._undo.triggered.connect(self._undo_last)
        self._written_now: set[str | None] = set()
        context.controller.ended.connect(self._on_ended)
        self.refresh_on(context.rows_changed, context.job_changed)

    def refresh_actions(self) -> None:
        review, controller = self._context.review, self._context.controller
        busy, batch = self._context.busy_problem(), controller.batch_to_undo()
        allow, n_outstanding = self._context.actions.allow, review.tally.n_outstanding
        unaccepted = "" if n_outstanding else self.tr("Nothing to write: accept genres first.")
        unwritten = "" if batch else self.tr("There is no write to undo.")
        allow(self._write, busy or unaccepted)
        allow(self._undo, busy or unwritten)
        what = batch_text(batch) if batch else ""
        text = self.tr("&Undo last write: {what}") if what else self.tr("&Undo last write")
        self._context.actions.describe(self._undo, text.format(what=what), self.tr("Undo write"))

    def _on_ended(self, outcome: JobOutcome) -> None:
        if outcome.task is Task.WRITE:
            self._written_now.update(result.batch for result in outcome.results)

    def _undo_last(self) -> None:
        """Undo the last write; ask before, if it is not one that the user has just seen."""
        context = self._context
        batch = context.controller.batch_to_undo()
        if batch is None or batch.batch in self._written_now:
            context.controller.undo()
            return
        text = self.tr("Undo a write from an earlier session ({what})?")
        confirm(
            context.window,
            name="undoConfirmDialog",
            text=text.format(what=batch_text(batch)),
            yes=self.tr("&Undo"),
            then=context.controller.undo,
        ).finished.connect(lambda: context.page.table.setFocus())

    def close(self) -> None:
        dialog = self._context.window.findChild(WriteDialog)
        if dialog is not None:
            dialog.stop()
        self._checker.shutdown()

    def preview(self, rows: Sequence[Row]) -> None:
        started = self._context.controller.started
        if started is not None:
            settings = started.context.settings
            self._open(rows, Policy(settings.policy), protected=settings.protected_genres)

    def _open(self, rows: Sequence[Row], policy: Policy, *, protected: Collection[str]) -> None:
        window, checker = self._context.window, self._checker
        dialog = WriteDialog(rows, policy=policy, protected=protected, parent=window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        checker.checked.connect(dialog.take)
        checker.ended.connect(dialog.end_check)
        dialog.check_wanted.connect(self._check)
        dialog.finished.connect(checker.cancel)
        dialog.finished.connect(window.activateWindow)  # not every platform does it by itself
        dialog.confirmed.connect(self._begin)
        dialog.open()
        dialog.begin_check()

    def _check(self, requests: Sequence[WriteRequest], policy: Policy) -> None:
        opened = self._context.controller.opened
        if opened is not None:
            pipeline, started = opened
            self._checker.check(
                lambda cancel: pipeline.apply(
                    requests, context=started.context, policy=policy, cancel=cancel, dry_run=True
                )
            )

    def _begin(self, order: WriteOrder) -> None:
        """Start writing as soon as the check has closed its file."""
        self._context.controller.write(order, ready=self._checker.barrier())
