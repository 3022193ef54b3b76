"""Showing what became of a write or undo, and why tracks failed, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt

from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.shell.actions import ANALYSE, FAILURES, RESULT, UNDO, WRITE
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.status_texts import written_text
from genretagger.gui.writing.result_page import (
    ResultPage,
    failed_headline,
    lines,
    undone_headline,
    written_headline,
)
from genretagger.review.rows.job_report import JobReport, report_failures, report_writes
from genretagger.review.rows.row import Row, State


class ResultFeature(Feature):
    """Keeps how the last write or undo ended; its page comes by itself if anything is left to do.

    Parameters
    ----------
    retry : Callable[[Sequence[Row]], None]
        Asks whether to write rows.
    """

    def __init__(self, context: FeatureContext, *, retry: Callable[[Sequence[Row]], None]) -> None:
        super().__init__(context)
        self._write_again = retry
        self._last: JobOutcome | None = None
        self._report: JobReport | None = None  # of `_last`; made when it is asked for
        self._shows_failures = False
        make = context.actions.make
        self._result = make(RESULT, self.tr("Last &result"), self.tr("Last result"), "Ctrl+R")
        self._failures = make(
            FAILURES, self.tr("&What failed"), self.tr("What failed"), "Ctrl+Shift+E"
        )
        self._page = ResultPage()
        context.pages.addWidget(self._page)
        self._result.triggered.connect(self._show_last)
        self._failures.triggered.connect(self._show_failures)
        self._page.back_asked.connect(self._go_back)
        self._page.retry_asked.connect(self._retry)
        named = context.actions.named
        self._page.undo_asked.connect(named(UNDO).trigger)
        self._page.file_asked.connect(self._look_at)
        context.controller.ended.connect(self._on_ended)
        self.refresh_on(context.rows_changed, context.page_changed, context.job_changed)
        self.refresh_on(*(named(name).enabledChanged for name in (ANALYSE, WRITE, UNDO)))

    def refresh_actions(self) -> None:
        context = self._context
        allow, states = context.actions.allow, context.review.tally.states
        allow(self._result, "" if self._last else self.tr("Nothing was written yet."))
        allow(self._failures, "" if states[State.FAILED] else self.tr("No track failed."))
        if context.pages.currentWidget() is self._page:
            self._offer()

    def _on_ended(self, outcome: JobOutcome) -> None:
        if outcome.task not in (Task.WRITE, Task.UNDO):
            return
        self._last, self._report = outcome, None
        if outcome.n_not_done:
            self._show_last()
        elif self._is_shown():
            self._go_back()  # nothing is left to do; the status bar says so

    def _is_shown(self) -> bool:
        return self._context.pages.currentWidget() is self._page

    def _show_last(self) -> None:
        if self._last is not None:
            outcome, report = self._last, self._report_of(self._last)
            is_write = outcome.task is Task.WRITE
            headline = written_headline(report) if is_write else undone_headline(report)
            self._shows_failures = False
            self._show(report, headline=headline, facts=written_text(outcome))

    def _report_of(self, outcome: JobOutcome) -> JobReport:
        if self._report is None:
            n_left = outcome.n_left
            self._report = report_writes(outcome.results, asked=outcome.asked, n_left=n_left)
        return self._report

    def _show_failures(self) -> None:
        review = self._context.review
        report = report_failures(review.model.rows())
        headline = failed_headline(report, n_rows=review.tally.n_tracks)
        self._shows_failures = True
        self._show(report, headline=headline, facts="")

    def _show(self, report: JobReport, *, headline: str, facts: str) -> None:
        self._page.show_groups(lines(report), headline=headline, facts=facts)
        self._context.pages.setCurrentWidget(self._page)
        self._offer()
        self._page.take_focus()

    def _offer(self) -> None:
        """Say what the buttons do, and whether they can."""
        page, named = self._page, self._context.actions.named
        again = self.tr("&Analyse again") if self._shows_failures else self.tr("Re&try")
        page.retry.setText(again)
        page.undo.setVisible(not self._shows_failures)
        keeps = page.retry.hasFocus() or page.undo.hasFocus()
        page.retry.setEnabled(self._may_retry())
        page.undo.setEnabled(self._is_last_batch() and named(UNDO).isEnabled())
        if keeps and not (page.retry.hasFocus() or page.undo.hasFocus()):
            page.take_focus()  # a button that goes out would take the keys with it

    def _may_retry(self) -> bool:
        named = self._context.actions.named
        if self._shows_failures:
            return named(ANALYSE).isEnabled()
        outcome = self._last
        if outcome is None or self._context.is_busy() or not outcome.n_not_done:
            return False
        if outcome.task is Task.UNDO:
            return outcome.undone is not None  # single files are undone again in the history
        return named(WRITE).isEnabled()

    def _is_last_batch(self) -> bool:
        """Return whether undoing the last write takes back the one that is shown."""
        batch = self._context.controller.batch_to_undo()
        if self._last is None or batch is None or self._last.task is not Task.WRITE:
            return False
        return any(result.batch == batch.batch for result in self._last.results)

    def _retry(self) -> None:
        context = self._context
        if self._shows_failures:
            context.actions.named(ANALYSE).trigger()
        elif self._last is not None and self._last.task is Task.UNDO:
            context.controller.undo(self._last.undone)
        elif self._last is not None:
            paths = self._report_of(self._last).paths_not_done()
            rows = [
                row for row in context.review.model.rows() if row.path in paths and row.outstanding
            ]
            if rows:
                self._write_again(rows)
            else:
                context.say(self.tr("None of these files needs writing any more."))

    def _go_back(self) -> None:
        context = self._context
        context.pages.setCurrentWidget(context.page)
        context.page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_at(self, path: Path) -> None:
        """Show a file in the table."""
        context = self._context
        self._go_back()
        for row_id, row in enumerate(context.review.model.rows()):
            if row.path == path:
                context.page.table.select(row_id)
                if context.page.table.current_row_id() != row_id:
                    context.say(self.tr("The filter hides this track."))
                return
        context.say(self.tr("This track is not in the table."))
