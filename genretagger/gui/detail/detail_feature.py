"""Shows the selected rows of the table in the detail pane."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from genretagger.core.predictions import Envelope
from genretagger.gui.detail.detail_loader import (
    DetailLoader,
    DetailRequest,
    LoadedDetails,
    files_readable,
)
from genretagger.gui.detail.detail_pane import COVER_SIDE, DetailPane
from genretagger.gui.detail.detail_texts import Summing, deciding_s
from genretagger.gui.jobs.job_outcome import Task
from genretagger.gui.shell.actions import DETAILS
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.widgets.cover_art import limit_pictures
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.row import Row
from genretagger.review.rows.suggestion_mark import WriteRules

if TYPE_CHECKING:  # the package loads decoder and tag library
    pass

_SPLITTER, _SHOWN = "reviewSplitter", "detailsShown"  # what is remembered
_SHARE = 0.3  # of the width, until the user moves the border
_PAUSE_MS = 80  # a selection that grows by keys is summed up once it rests
_ROWS_AT_ONCE = 5000  # a hundred thousand would stop the window for a moment


class DetailFeature(Feature):
    """Owns the pane and what fetches for it; nothing is read while the pane is closed."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        limit_pictures()
        self._row: Row | None = None
        self._known: tuple[ClassifierLevels, WriteRules] | None = None  # with which it is shown
        self._request: DetailRequest | None = None
        self.pane = DetailPane()
        context.page.add_pane(self.pane)
        self._fetcher = DetailLoader(partial(files_readable, context.controller), self)
        self._fetcher.details_found.connect(self._on_details)
        self._fetcher.envelope_found.connect(self._on_envelope)
        self._fetcher.failed.connect(context.controller.failed)
        context.controller.beginning.connect(self._on_beginning)
        context.controller.settled.connect(self._fetcher.go_on)
        self._make_action()
        self._restore()
        self._rest: Iterator[int] = iter(())
        self._summing, self._n_selected = Summing(), 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._begin_sum)
        self._step = QTimer(self, interval=0)
        self._step.timeout.connect(self._sum)
        context.selection_changed.connect(self._show_selected)
        context.rows_changed.connect(self._show_selected)
        self._show_selected()

    def _make_action(self) -> None:
        self._action = self._context.actions.make(
            DETAILS, self.tr("&Details"), self.tr("Details"), "F4"
        )
        self._action.setCheckable(True)
        self._action.setChecked(self._context.window_state.value(_SHOWN) is not False)
        self._action.toggled.connect(self._on_toggled)

    def _restore(self) -> None:
        splitter, window_state = self._context.page.splitter, self._context.window_state
        self.pane.setVisible(self._action.isChecked())
        self._width_chosen = splitter.restoreState(window_state.layout(_SPLITTER))
        splitter.splitterMoved.connect(self._on_moved)
        splitter.installEventFilter(self)
        self._context.page.show_row_text(shown=not self._action.isChecked())

    def _on_moved(self) -> None:
        self._width_chosen = True
        self._context.window_state.set_layout(_SPLITTER, self._context.page.splitter.saveState())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the pane's share of the width, unless the user has chosen another."""
        if event.type() == QEvent.Type.Resize and not self._width_chosen:
            splitter = self._context.page.splitter
            width = self.pane.fitting(round(_SHARE * splitter.width()))
            splitter.setSizes([splitter.width() - width, width])
        return False

    def _on_beginning(self, task: Task) -> None:
        if task in (Task.WRITE, Task.UNDO):
            self._fetcher.let_go()

    def _on_toggled(self, shown: bool) -> None:
        if not shown and self.pane.isAncestorOf(self._context.window.focusWidget()):
            self._context.page.table.setFocus()
        self.pane.setVisible(shown)
        self._context.page.show_row_text(shown=not shown)
        self._context.window_state.set_value(_SHOWN, shown)
        self._show_selected()

    def _show_selected(self) -> None:
        """Show the selected row and fetch its details, or sum up several rows."""
        if not self._action.isChecked():
            self._want(None)
            return
        table, model = self._context.page.table, self._context.review.model
        chosen = table.selectionModel().selection().toList()
        row_id = table.only_selected()
        if not chosen and table.currentIndex().isValid():
            row_ids = model.row_ids_at(table.currentIndex().row())
            row_id = row_ids[0] if len(row_ids) == 1 else None
        if row_id is not None:
            self._show(model.row(row_id))
        elif chosen:
            self._want(None)
            self._pause.start()
        else:
            self._want(None)
            self.pane.show_nothing()

    def close(self) -> None:
        self._stop_sum()
        self._fetcher.close()

    # One row

    def _show(self, row: Row) -> None:
        self._stop_sum()
        before, self._row = self._row, row
        model = self._context.review.model
        known = model.meanings, model.write_rules
        if row is before and known == self._known:
            return
        self._known = known
        self.pane.show_row(
            row,
            *known,
            keeps_cover=before is not None and _album(before) == _album(row) != ("", ""),
        )
        self._want(row)

    def _want(self, row: Row | None) -> None:
        """Have fetched what `row` needs, nothing for None."""
        self._row = row
        request = DetailRequest.of(row) if row is not None else None
        if request != self._request:
            self._request = request
            side_px = round(COVER_SIDE * self.pane.devicePixelRatio())
            self._fetcher.request(request, cover_px=side_px)

    def _on_details(self, request: DetailRequest, loaded: LoadedDetails) -> None:
        if request == self._request:
            self.pane.show_details(loaded.details, loaded.cover)

    def _on_envelope(self, request: DetailRequest, envelope: Envelope | None) -> None:
        if request == self._request:
            self.pane.show_envelope(envelope)

    # Listening

    def start_s(self, row: Row) -> float | None:
        """Return where what decided on a row begins, None while that is not known."""
        loaded = self._fetcher.known(DetailRequest.of(row))
        return None if loaded is None else deciding_s(loaded.details)

    def show_position(self, path: Path | None, seconds: float) -> None:
        """Show where the player is in a file, if it is the one that is shown; None for no file."""
        is_shown = self._row is not None and self._row.path == path
        self.pane.show_position(seconds if is_shown else None)

    # Several rows

    def _stop_sum(self) -> None:
        self._pause.stop()
        self._step.stop()

    def _begin_sum(self) -> None:
        row_ids = self._context.page.table.selected_row_ids()
        self._n_selected = len(row_ids)
        self._summing, self._rest = Summing(), iter(row_ids)
        self._step.start()

    def _sum(self) -> None:
        rows = self._context.review.model.rows()
        part = list(islice(self._rest, _ROWS_AT_ONCE))
        self._summing.add(rows[row_id] for row_id in part if row_id < len(rows))
        if not part:
            self._step.stop()
            self.pane.show_selection(self._n_selected, self._summing)


def _album(row: Row) -> tuple[str, str]:
    tags = row.track.tags if row.track else None
    return (tags.album, tags.album_artist or tags.artist) if tags else ("", "")
