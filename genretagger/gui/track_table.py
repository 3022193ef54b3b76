"""Qt table model over the rows of the review: shows them, owns their order, decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication

from genretagger.gui import cells
from genretagger.gui.cells import Column
from genretagger.gui.icons import state_icon
from genretagger.gui.texts import state_words, tooltip
from genretagger.review.decisions import decidable
from genretagger.review.levels import Meanings
from genretagger.review.order import (
    Field,
    SortKey,
    arranged,
    haystack,
    matches,
    needles,
    sort_key,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from genretagger.review.rows import Row

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HIDDEN = -1

SORT_ROLE = Qt.ItemDataRole.UserRole
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


_FIELDS = {column: Field[column.name] for column in Column}


class TrackTableModel(QAbstractTableModel):
    """Rows by number, which is the order in which they were found, and the order they are shown in.

    A row keeps its number for good; `number_at` tells which one stands at a place of the view.
    `filled` are the columns of tags in which any row has a text; `meanings` what levels mean.

    Rows that change stay where they are until the user sorts or filters again, so that nothing
    jumps from under the hand.
    """

    edited = Signal(int, str)  # number of the row, text that was typed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._haystacks: list[str | None] = []
        self._order: list[int] = []  # place -> number
        self._places: list[int] = []  # number -> place or _HIDDEN
        self._needles: tuple[str, ...] = ()
        self._sort: tuple[Column | None, bool] = (None, False)
        self._keys: list[SortKey] | None = None
        self._words = state_words()
        self.meanings = Meanings()
        self.filled: frozenset[Column] = frozenset()

    # What others ask

    def rows(self) -> Sequence[Row]:
        """Return all rows, hidden ones too, by number."""
        return self._rows

    def row(self, number: int) -> Row:
        """Return the row with `number`."""
        return self._rows[number]

    def shown(self) -> Sequence[int]:
        """Return the numbers of the rows that pass the filter, in the order of the view."""
        return self._order

    def number_at(self, place: int) -> int:
        """Return the number of the row at a place of the view."""
        return self._order[place]

    def place_of(self, number: int) -> int | None:
        """Return the place of a row in the view, None if the filter hides it."""
        place = self._places[number]
        return None if place == _HIDDEN else place

    # Changes

    def clear(self) -> None:
        """Forget all rows; filter and sorting stay."""
        self.beginResetModel()
        self._rows, self._haystacks, self._order, self._places = [], [], [], []
        self._keys = None if self._sort[0] is None else []
        self.filled = frozenset()
        self.endResetModel()

    def append(self, rows: Sequence[Row]) -> None:
        """Append rows in one batch, those that pass the filter at the end of the view."""
        first = len(self._rows)
        self.filled |= _filled(rows)
        passed = []
        for number, row in enumerate(rows, start=first):
            hay = haystack(row, self._words) if self._needles else None
            self._haystacks.append(hay)
            if hay is None or matches(hay, self._needles):
                passed.append(number)
        self._rows.extend(rows)
        self._places.extend([_HIDDEN] * len(rows))
        if self._keys is not None and self._sort[0] is not None:
            field = _FIELDS[self._sort[0]]
            self._keys.extend(sort_key(row, field) for row in rows)
        if not passed:
            return
        place = len(self._order)
        self.beginInsertRows(_ROOT, place, place + len(passed) - 1)
        self._order.extend(passed)
        for offset, number in enumerate(passed):
            self._places[number] = place + offset
        self.endInsertRows()

    def replace(self, changed: Mapping[int, Row]) -> None:
        """Put new rows in the place of old ones, by number, and tell views once."""
        column = self._sort[0]
        for number, row in changed.items():
            self._rows[number] = row
            self._haystacks[number] = None
            if self._keys is not None and column is not None:
                self._keys[number] = sort_key(row, _FIELDS[column])
        places = [place for number in changed if (place := self._places[number]) != _HIDDEN]
        if places:
            last = self.index(max(places), len(Column) - 1)
            self.dataChanged.emit(self.index(min(places), 0), last)

    def filter(self, text: str) -> None:
        """Show only the rows that have every word of `text`."""
        self._needles = needles(text)
        self.arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the view by a column; -1 restores the order in which tracks were found."""
        chosen = Column(column) if 0 <= column < len(Column) else None
        if chosen != self._sort[0]:
            field = None if chosen is None else _FIELDS[chosen]
            self._keys = None if field is None else [sort_key(row, field) for row in self._rows]
        self._sort = (chosen, order == Qt.SortOrder.DescendingOrder)
        self.arrange()

    def arrange(self) -> None:
        """Filter and sort anew; selection and current row stay with their rows."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        numbers = [self._order[index.row()] for index in old]
        passed = [number for number in range(len(self._rows)) if self._passes(number)]
        self._order = arranged(passed, self._keys, descending=self._sort[1])
        self._places = [_HIDDEN] * len(self._rows)
        for place, number in enumerate(self._order):
            self._places[number] = place
        new = [
            self._index_of(number, index.column())
            for number, index in zip(numbers, old, strict=True)
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _index_of(self, number: int, column: int) -> QModelIndex:
        place = self._places[number]
        return QModelIndex() if place == _HIDDEN else self.index(place, column)

    def _passes(self, number: int) -> bool:
        if not self._needles:
            return True
        hay = self._haystacks[number]
        if hay is None:
            hay = self._haystacks[number] = haystack(self._rows[number], self._words)
        return matches(hay, self._needles)

    # What views ask

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._heading(Column(section)) if role == Qt.ItemDataRole.DisplayRole else None

    def _heading(self, column: Column) -> str:
        return {
            Column.STATE: self.tr("State"),
            Column.TITLE: self.tr("Title"),
            Column.ARTIST: self.tr("Artist"),
            Column.ALBUM: self.tr("Album"),
            Column.FILE: self.tr("File"),
            Column.CURRENT: self.tr("Genre now"),
            Column.SUGGESTED: self.tr("Suggested"),
            Column.CONFIDENCE: self.tr("Confidence"),
            Column.PERSONAL: self.tr("My genres"),
        }[column]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == Column.SUGGESTED and decidable(self._at(index)):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._at(index), Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return cells.text(row, column, self._words)
            case Qt.ItemDataRole.DecorationRole if column is Column.STATE:
                return state_icon(row.state, QGuiApplication.palette())
            case Qt.ItemDataRole.FontRole if column is Column.SUGGESTED:
                return cells.font(row)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(cells.explanation(row, column, self._words, self.meanings))
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return cells.explanation(row, column, self._words, self.meanings)
            case Qt.ItemDataRole.AccessibleTextRole:
                return cells.spoken(row, column, self._words)
        if role == ROW_ROLE:
            return row
        return sort_key(row, _FIELDS[column]) if role == SORT_ROLE else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != Column.SUGGESTED:
            return False
        self.edited.emit(self._order[index.row()], str(value))
        return True

    def _at(self, index: Index) -> Row:
        return self._rows[self._order[index.row()]]


def _filled(rows: Sequence[Row]) -> set[Column]:
    """Return the columns of tags in which one of `rows` has a text."""
    tags = [row.track.tags for row in rows if row.track]
    some = {
        Column.TITLE: any(found.title for found in tags),
        Column.ARTIST: any(found.artist for found in tags),
        Column.ALBUM: any(found.album for found in tags),
    }
    return {column for column, has_text in some.items() if has_text}
