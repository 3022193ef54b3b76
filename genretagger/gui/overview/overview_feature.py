"""Going to the overview and back, and keeping it up to date while it is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer

from genretagger.core.errors import GenreTaggerError
from genretagger.core.settings import Settings
from genretagger.core.writes import Policy
from genretagger.gui.overview.overview_page import OverviewPage
from genretagger.gui.shell.actions import OPEN_FOLDER, OVERVIEW, REVIEW
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.review.rows.row import Row
from genretagger.review.statistics.overview import Overview, summarise_library

_REFRESH_MS = 500


class OverviewFeature(Feature):
    """Counts off the GUI thread, one count at a time: rows never change, so no lock is needed."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        make = context.actions.make
        to_review = make(REVIEW, self.tr("&Review"), self.tr("Review"), "Ctrl+1")
        to_overview = make(OVERVIEW, self.tr("&Overview"), self.tr("Overview"), "Ctrl+2")
        self._page = OverviewPage(context.actions.named(OPEN_FOLDER))
        context.pages.addWidget(self._page)
        self._timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._count)
        self._counting = self._stale = False
        to_review.triggered.connect(self._to_review)
        to_overview.triggered.connect(self._to_overview)
        self._page.filter_asked.connect(self._look_at)
        self._page.set_threshold(context.page.threshold_line.spin.value())
        context.page.threshold_line.spin.valueChanged.connect(self._page.set_threshold)
        context.review.changed.connect(self._follow)
        context.rows_changed.connect(self._show_counts)
        context.controller.ready.connect(self._follow)
        context.controller.renewed.connect(self._follow)

    def close(self) -> None:
        self._timer.stop()

    def _to_review(self) -> None:
        """Show the tracks; before there are any, the page that asks for them."""
        context = self._context
        if not context.controller.paths and not context.review.model.rows():
            context.pages.setCurrentIndex(0)
            return
        context.pages.setCurrentWidget(context.page)
        context.page.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_overview(self) -> None:
        self._context.pages.setCurrentWidget(self._page)
        self._page.show_counts(self._context.review.tally)
        self._page.take_focus()
        self._count()

    def _look_at(self, text: str) -> None:
        """Show the tracks that pass a filter, the first of them ready to be decided on."""
        page = self._context.page
        page.chips.choose(())  # a chart counts tracks in any state
        page.filter_edit.setText(text)
        self._to_review()
        page.table.select_first()

    def _follow(self) -> None:
        if self._is_seen() and not self._timer.isActive():
            self._timer.start()

    def _show_counts(self) -> None:
        """Show the numbers at once; they are those of the status bar."""
        if self._is_seen():
            self._page.show_counts(self._context.review.tally)

    def _is_seen(self) -> bool:
        return self._context.pages.currentWidget() is self._page

    def _count(self) -> None:
        """Count what there is now; if that goes on already, once more after it."""
        rows = tuple(self._context.review.model.rows())
        if self._context.controller.started is None or not rows:
            self._page.show_overview(Overview(), Policy.FILL)
            return
        self._stale = self._counting
        if not self._counting:
            self._counting = True
            self._context.controller.ask(
                lambda _pipeline, started: _count_rows(rows, started.context.settings),
                then=self._take,
            )

    def _take(self, answer: tuple[Overview, Policy] | GenreTaggerError) -> None:
        self._counting = False
        has_rows = bool(self._context.review.model.rows())  # else it is of rows that are gone
        if has_rows and not isinstance(answer, GenreTaggerError):
            self._page.show_overview(*answer)
        if self._stale and self._is_seen():
            self._stale = False
            self._count()


def _count_rows(rows: Sequence[Row], settings: Settings) -> tuple[Overview, Policy]:
    policy = Policy(settings.policy)
    return summarise_library(rows, policy=policy, protected=settings.protected_genres), policy
