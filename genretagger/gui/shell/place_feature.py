"""Remembers the current track, where it is on the screen, and the threshold, for the next start."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING

from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.shell.feature import Feature, FeatureContext

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started

# What is remembered.
_FOLDERS, _TRACK, _PLACE = "placeFolders", "placeTrack", "place"
_THRESHOLD = "threshold"  # the one in the settings, and the one chosen instead


@dataclass(frozen=True)
class _Place:
    """Where a row is: `top` pixels below that of a table of this height, negative if above."""

    top: int
    height: int

    @classmethod
    def parse(cls, value: object) -> _Place:
        """Return what is remembered; the top of the table if that is unreadable."""
        match value:
            case [int(top), int(height)]:
                return cls(top, height)
        return cls(0, 1)

    def is_in_sight(self) -> bool:
        """Return whether the row can be seen."""
        return 0 <= self.top < self.height


class PlaceFeature(Feature):
    """Goes back to the track that was the current one, if the same folders are opened again.

    The track may come late, and the user may go elsewhere meanwhile; then nothing moves.
    """

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._target: Path | None = None  # until it is there, or the user has gone elsewhere
        self._first: int | None = None  # the row that became the current one by itself
        self._placed: tuple[int, _Place] | None = None  # a row id; until the user goes elsewhere
        self._bar = context.page.table.verticalScrollBar()
        context.controller.ready.connect(self._on_ready)
        context.controller.began.connect(self._on_began)
        context.controller.ended.connect(self._on_ended)
        context.rows_changed.connect(self._go_back)
        context.selection_changed.connect(self._remember)
        self._bar.valueChanged.connect(self._remember)
        self._bar.actionTriggered.connect(self._stay)  # by the user, not by the program

    # The threshold

    def _on_ready(self, started: Started) -> None:
        spin, kept = (
            self._context.page.threshold_line.spin,
            self._context.window_state.value(_THRESHOLD),
        )
        match kept:
            case [float(offered), float(chosen)] if isclose(offered, spin.value()):
                if started.context.settings.remember_session:
                    spin.setValue(chosen)
        spin.valueChanged.connect(self._remember_threshold)

    def _remember_threshold(self, chosen: float) -> None:
        started = self._context.controller.started
        if started is not None:
            offered = started.context.settings.accept_threshold
            self._context.window_state.set_value(_THRESHOLD, [offered, chosen])

    # The place

    def _remember(self) -> None:
        context, table = self._context, self._context.page.table
        row_id = table.current_row_id()
        if self._target is None and row_id is not None:
            state = context.window_state
            state.set_paths(_FOLDERS, context.controller.paths)
            state.set_paths(_TRACK, [context.review.model.row(row_id).path])
            top = table.rowViewportPosition(table.currentIndex().row())
            state.set_value(_PLACE, [top, table.viewport().height()])

    def _on_began(self, task: Task) -> None:
        controller, state = self._context.controller, self._context.window_state
        if task is not Task.ANALYSE or controller.adding:
            return
        self._target = self._first = self._placed = None
        started = controller.started
        remembers = started is not None and started.context.settings.remember_session
        if remembers and state.paths(_FOLDERS) == list(controller.paths):
            self._target = next(iter(state.paths(_TRACK)), None)

    def _go_back(self) -> None:
        """Go to the track if it is there by now."""
        current = self._context.page.table.current_row_id()
        if self._target is None or current is None:
            return
        self._first = current if self._first is None else self._first
        row_id = self._context.review.row_id_at(self._target)
        if current != self._first:
            self._stay()
        elif row_id is not None:
            self._target = None
            self._placed = row_id, _Place.parse(self._context.window_state.value(_PLACE))
            self._show(*self._placed)

    def _on_ended(self, outcome: JobOutcome) -> None:
        """Go there once more, as all rows are in order now, if the user is there still."""
        if outcome.task is not Task.ANALYSE:
            return
        placed = self._placed
        if placed is not None and self._context.page.table.is_current(placed[0]):
            self._show(*placed)
        self._stay()

    def _stay(self) -> None:
        """Move nothing any more."""
        self._target = self._placed = None

    def _show(self, row_id: int, place: _Place) -> None:
        """Select a row, or the heading that it is folded under, and scroll it to its place."""
        table = self._context.page.table
        table.select_folded(row_id)
        table.show_current()
        top = table.rowViewportPosition(table.currentIndex().row())
        self._bar.setValue(self._bar.value() + top - place.top)
        if place.is_in_sight():  # also in a window that is lower now
            table.show_current()
