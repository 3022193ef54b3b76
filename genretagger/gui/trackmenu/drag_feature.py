"""Drags the files of selected tracks into other programs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag

from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.other_programs import url_of
from genretagger.gui.widgets.texts import number_text

_MOST: Final = 2000  # files; more would stop the window, and other programs too


class DragFeature(Feature):
    """Offers the files for copying only: no file manager may move one away from under a row."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        context.page.table.drag_asked.connect(self._drag)

    def _drag(self) -> None:
        context, table = self._context, self._context.page.table
        row_ids = table.selected_row_ids()
        if len(row_ids) > _MOST:
            text = self.tr("At most {n} tracks can be dragged at once: select fewer.")
            context.say(text.format(n=number_text(_MOST)))
            return
        data = QMimeData()
        data.setUrls([url_of(context.review.model.row(row_id).path) for row_id in row_ids])
        drag = QDrag(table)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)
