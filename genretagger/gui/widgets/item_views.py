"""What models, views and delegates share: roles, the type of an index, the look of a list."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

ROW_ROLE = Qt.ItemDataRole.UserRole + 1  # the Row; None for a heading
ROOT = QModelIndex()
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LINE_HEIGHT: Final = 1.6

Index = QModelIndex | QPersistentModelIndex


class RoomyDelegate(QStyledItemDelegate):
    """Gives every line some air."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), round(option.fontMetrics.height() * _LINE_HEIGHT))


def show_whole_rows(table: QTableView, *, line_height: float) -> None:
    """Make a table look like a list: no grid, whole rows selected, all of the same height.

    `line_height` is the height of a row in heights of a line of text.
    """
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    set_line_height(table, line_height)
    table.horizontalHeader().setHighlightSections(False)


def set_line_height(table: QTableView, line_height: float) -> None:
    """Make every row `line_height` lines of text high."""
    height = round(table.fontMetrics().height() * line_height)
    table.verticalHeader().setDefaultSectionSize(height)
