"""Has the tracks on screen heard before all others."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer

from genretagger.gui.jobs.job_outcome import Task
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.review.rows.row import State

_REST_MS: Final = 200  # who scrolls on more quickly does not look


class HearingOrderFeature(Feature):
    """Tells a running analysis which tracks can be seen and wait to be heard."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._prefer)
        context.page.table.verticalScrollBar().valueChanged.connect(self._begin)
        context.rows_changed.connect(self._begin)

    def _begin(self) -> None:
        if self._context.controller.task is Task.ANALYSE and not self._rest.isActive():
            self._rest.start()

    def _prefer(self) -> None:
        rows = map(self._context.review.model.row, self._context.page.table.visible_row_ids())
        waiting = [row.path for row in rows if row.state is State.PENDING]
        self._context.controller.control.prefer(waiting)
