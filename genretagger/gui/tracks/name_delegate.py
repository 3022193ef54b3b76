"""Names of tracks, elided without what is said behind them of their files."""

from __future__ import annotations

from PySide6.QtCore import (
    QObject,
    Qt,
)
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from genretagger.gui.widgets.condition_texts import condition_note
from genretagger.gui.widgets.item_views import ROW_ROLE, Index
from genretagger.review.rows.row import Row

_NAME_MARGIN = 8  # more than any style leaves beside a text


class NameDelegate(QStyledItemDelegate):
    """Elide a name as `mode` says, but never what is said behind it of its file."""

    def __init__(self, mode: Qt.TextElideMode, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode = mode

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = self._mode
        row = index.data(ROW_ROLE) if option.text.endswith(")") else None
        note = condition_note(row) if isinstance(row, Row) else ""
        room = option.rect.width() - _NAME_MARGIN - option.fontMetrics.horizontalAdvance(note)
        if note and option.text.endswith(note) and room > 0:
            name = option.text.removesuffix(note)
            option.text = option.fontMetrics.elidedText(name, self._mode, room) + note
