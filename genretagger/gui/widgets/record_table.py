"""The base of all small tables: a record per row, its texts made when a view asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from genretagger.gui.widgets.item_views import LEFT, RIGHT, ROOT, Index
from genretagger.gui.widgets.texts import tooltip

_Record = TypeVar("_Record")


class RecordTableModel(QAbstractTableModel, Generic[_Record]):
    """Shows records, one per row; what a column says of a record is up to the subclass.

    Attributes
    ----------
    records : tuple
        What is shown, in the order of the rows.
    right_aligned : frozenset of int
        The columns of numbers, whose cells and heading stand on the right.
    """

    right_aligned: ClassVar[frozenset[int]] = frozenset()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.records: tuple[_Record, ...] = ()
        self._headings = self.headings()

    def show(self, records: Sequence[_Record]) -> None:
        """Replace all records."""
        self.beginResetModel()
        self.records = tuple(records)
        self.endResetModel()

    def headings(self) -> tuple[str, ...]:
        """Return the heading of each column; asked for once."""
        raise NotImplementedError

    def heading_explanation(self, _column: int) -> str:
        """Return the tooltip of a heading; empty for none."""
        return ""

    def text(self, record: _Record, column: int) -> str:
        """Return the text of a cell, which is also what an editor begins with."""
        raise NotImplementedError

    def explanation(self, _record: _Record, _column: int) -> str:
        """Return the tooltip of a cell; empty for none."""
        return ""

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._headings):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._headings[section]
            case Qt.ItemDataRole.ToolTipRole:
                return _tooltip(self.heading_explanation(section))
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if section in self.right_aligned else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        record, column = self.records[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self.text(record, column)
            case Qt.ItemDataRole.ToolTipRole:
                return _tooltip(self.explanation(record, column))
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column in self.right_aligned else LEFT
        return None


def _tooltip(text: str) -> str | None:
    return tooltip(text) if text else None
