"""Going to the overview and back, and keeping it up to date while it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer

from genretagger.core.errors import GenreTaggerError
from genretagger.core.writes import Policy
from genretagger.gui.jobs.job_factories import Started
from genretagger.gui.overview.overview_page import OverviewPage
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.review.rows.row import Row
from genretagger.review.statistics.overview import Overview, summarise_library

_REFRESH_MS = 500


class OverviewFeature(Feature):
    """Counts off the GUI thread, one count at a time: rows never change, so no lock is needed."""

    def __init__(self, bench: FeatureContext) -> None:
        super().__init__(bench)
        make = bench.actions.make
        to_review = make("reviewAction", self.tr("&Review"), self.tr("Review"), "Ctrl+1")
        to_overview = make("overviewAction", self.tr("&Overview"), self.tr("Overview"), "Ctrl+2")
        self._page = OverviewPage(bench.actions.named("openFolderAction"))
        bench.pages.addWidget(self._page)
        self._timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._count)
        self._counting = self._stale = False
        to_review.triggered.connect(self._to_review)
        to_overview.triggered.connect(self._to_overview)
        self._page.filter_asked.connect(self._look_at)
        self._page.set_threshold(bench.page.threshold_spin.value())
        bench.page.threshold_spin.valueChanged.connect(self._page.set_threshold)
        bench.desk.changed.connect(self._follow)
        bench.conductor.ready.connect(self._follow)
        bench.conductor.renewed.connect(self._follow)

    def close(self) -> None:
        self._timer.stop()

    def _to_review(self) -> None:
        """Show the tracks; before there are any, the page that asks for them."""
        bench = self._bench
        if not bench.conductor.paths and not bench.desk.model.rows():
            bench.pages.setCurrentIndex(0)
            return
        bench.pages.setCurrentWidget(bench.page)
        bench.page.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_overview(self) -> None:
        self._bench.pages.setCurrentWidget(self._page)
        self._page.say_if_empty(is_empty=not self._bench.desk.model.rows())
        self._page.take_focus()
        self._count()

    def _look_at(self, wanted: str) -> None:
        """Show the tracks that pass a filter, the first of them ready to be decided on."""
        page = self._bench.page
        page.chips.choose(())  # a chart counts tracks in any state
        page.filter_edit.setText(wanted)
        self._to_review()
        page.table.select_first()

    def _follow(self) -> None:
        if self._is_seen() and not self._timer.isActive():
            self._timer.start()

    def _is_seen(self) -> bool:
        return self._bench.pages.currentWidget() is self._page

    def _count(self) -> None:
        """Count what there is now; if that goes on already, once more after it."""
        rows = tuple(self._bench.desk.model.rows())
        if self._bench.conductor.started is None or not rows:
            self._page.show_overview(Overview(), Policy.FILL)
            return
        self._stale = self._counting
        if not self._counting:
            self._counting = True
            self._bench.conductor.ask(partial(_counted, rows=rows), then=self._take)

    def _take(self, answer: tuple[Overview, Policy] | GenreTaggerError) -> None:
        self._counting = False
        has_rows = bool(self._bench.desk.model.rows())  # else it is of rows that are gone
        if has_rows and not isinstance(answer, GenreTaggerError):
            self._page.show_overview(*answer)
        if self._stale and self._is_seen():
            self._stale = False
            self._count()


def _counted(started: Started, *, rows: Sequence[Row]) -> tuple[Overview, Policy]:
    settings = started.context.settings
    policy = Policy(settings.policy)
    return summarise_library(rows, policy=policy, protected=settings.protected_genres), policy
