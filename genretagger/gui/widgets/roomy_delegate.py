"""Lines with some air."""

from __future__ import annotations

from PySide6.QtCore import (
    QSize,
)
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from genretagger.gui.widgets.roles import Index

_LINE_HEIGHT = 1.6


class RoomyDelegate(QStyledItemDelegate):
    """Give every line some air."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), round(option.fontMetrics.height() * _LINE_HEIGHT))
