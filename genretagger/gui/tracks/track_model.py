"""Qt table model over the rows of the review: shows them in their places, decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QIcon

from genretagger.gui.tracks import album_header_texts, cell_texts
from genretagger.gui.tracks.cell_texts import COLUMNS, Column
from genretagger.gui.tracks.filter_texts import filter_words
from genretagger.gui.widgets.icons import sign_icon, state_icon
from genretagger.gui.widgets.roles import ROW_ROLE, Index
from genretagger.gui.widgets.texts import state_words, tooltip
from genretagger.review.filter.filters import Filter, parse_filter
from genretagger.review.filter.search_text import search_texts
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.decisions import can_be_given
from genretagger.review.rows.row import Row, State
from genretagger.review.rows.suggestion_mark import Mark, WriteRules, mark_of, suggests
from genretagger.review.table.album_groups import AlbumGroup
from genretagger.review.table.arrangement import Arrangement
from genretagger.review.table.sort_keys import SortField, make_sort_key

_ROOT = QModelIndex()
SORT_ROLE = Qt.ItemDataRole.UserRole

_FIELDS = {column: SortField[column.name] for column in Column}
# Looked up once: views ask for thousands of cells when they paint.
_ROLE = Qt.ItemDataRole
_TEXT_ROLES = (int(_ROLE.DisplayRole), int(_ROLE.EditRole))
_DECORATION, _FONT = int(_ROLE.DecorationRole), int(_ROLE.FontRole)
_UNUSED = frozenset(
    map(
        int,
        (
            _ROLE.BackgroundRole,
            _ROLE.ForegroundRole,
            _ROLE.CheckStateRole,
            _ROLE.TextAlignmentRole,
            _ROLE.SizeHintRole,
        ),
    )
)
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _FLAGS | Qt.ItemFlag.ItemIsEditable


class TrackTableModel(QAbstractTableModel):
    """Rows by number, which is the order in which they were found, and the places they have.

    A row keeps its number for good. Where tracks are grouped by album, headings stand between the
    rows: places that are no row, and stand for all rows under them. `filled` are the columns of
    tags in which any row has a text, `complete` those in which each has one; `meanings` what
    levels mean; `noted` the column that says of a file that it is cut off or damaged.

    Rows that change stay where they are until the user sorts or filters again, so that nothing
    jumps from under the hand.
    """

    edited = Signal(int, str)  # number of the row, text that was typed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._texts: list[str] = []  # of all rows while words are looked for, else none
        self._places = Arrangement()
        self._filter = Filter()
        self._headings: dict[int, tuple[str, str]] = {}
        self._words = state_words()
        self._rules = WriteRules()
        self._signed: tuple[Row, Mark] | None = None
        self.meanings = ClassifierLevels()
        self.filled: frozenset[Column] = frozenset()
        self.complete = cell_texts.TAGS
        self.noted = Column.FILE

    # What others ask

    def rows(self) -> Sequence[Row]:
        """Return all rows, hidden ones too, by number."""
        return self._rows

    def row(self, number: int) -> Row:
        """Return the row with `number`."""
        return self._rows[number]

    def shown(self) -> Sequence[int]:
        """Return the numbers of the rows that pass the filter, in the order of the view."""
        return self._places.shown

    def numbers_at(self, place: int) -> Sequence[int]:
        """Return the number of the row at a place, or of all rows under the heading there."""
        return self._places.row_ids_at(place)

    def number_at(self, place: int) -> int:
        """Return the number of the row at a place of the view; of the first under a heading."""
        return self._places.row_ids_at(place)[0]

    def group_at(self, place: int) -> AlbumGroup | None:
        """Return the album whose heading is at a place of the view, None if a row is."""
        return self._places.group_at(place)

    def place_of(self, number: int) -> int | None:
        """Return the place of a row in the view, None if the filter hides it."""
        return self._places.position_of(number)

    @property
    def is_grouped(self) -> bool:
        """Whether the tracks of an album stand under a heading."""
        return self._places.by_album

    # Changes

    def clear(self) -> None:
        """Forget all rows; filter, sorting and grouping stay."""
        self.beginResetModel()
        self._rows, self._texts = [], []
        self._places.clear()
        self.filled, self.complete = frozenset(), cell_texts.TAGS
        self.endResetModel()

    def append(self, rows: Sequence[Row]) -> None:
        """Append rows in one batch, those that pass the filter at the end of the view."""
        first = len(self._rows)
        self.filled |= cell_texts.filled(rows)
        self.complete &= cell_texts.complete(rows)
        texts = search_texts(rows) if self._filter.has_words else []
        self._texts += texts
        passed = [first + number for number in self._filter.passed(rows, texts)]
        self._rows.extend(rows)
        place = len(self._places.entries)
        added = self._places.append(self._rows, passed)
        if not added:
            return
        self.beginInsertRows(_ROOT, place, place + len(added) - 1)
        self._places.entries += added
        self.endInsertRows()
        self._tell_changed(place - 1, place - 1)

    def replace(self, changed: Mapping[int, Row]) -> None:
        """Put new rows in the place of old ones, by number, and tell views once."""
        tags_differ = any(self._rows[n].track is not row.track for n, row in changed.items())
        self._places.forget_keys(of_tracks=tags_differ)
        for number, row in changed.items():
            if self._texts and self._rows[number].track is not row.track:
                self._texts[number : number + 1] = search_texts([row])
            self._rows[number] = row
        places = [place for n in changed if (place := self._places.position_of(n)) is not None]
        if places:
            self._tell_changed(min(places), max(places))

    def _tell_changed(self, first: int, last: int) -> None:
        """Tell views of changed places, and of the heading above, which sums them up."""
        if last < 0:
            return
        first = self._places.heading_above(first)
        self._headings.clear()
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def set_write_rules(self, rules: WriteRules) -> None:
        """Mark what accepting would change by these settings from now on."""
        self._rules, self._signed = rules, None
        if self._places.entries:
            self._tell_changed(0, len(self._places.entries) - 1)

    def filter(self, text: str, *, states: Collection[State] = ()) -> Filter:
        """Show only the rows that `text` asks for, and of these only those in `states` if any."""
        self._filter = wanted = parse_filter(text, filter_words(), states=states)
        if not wanted.has_words:
            self._texts = []
        elif not self._texts:
            self._texts = search_texts(self._rows)
        self.arrange()
        return wanted

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the view by a column; -1 restores the order in which tracks were found."""
        self._places.by = _FIELDS[COLUMNS[column]] if 0 <= column < len(COLUMNS) else None
        self._places.descending = order == Qt.SortOrder.DescendingOrder
        self.arrange()

    def group(self, *, by_album: bool) -> None:
        """Put the tracks of an album under a heading, or all in one list."""
        if by_album != self._places.by_album:
            self._places.by_album = by_album
            self.arrange()

    def sort_artists(self, *, by_sort_names: bool) -> None:
        """Put artists where their tags say that they sort, or where their names do."""
        if by_sort_names != self._places.by_sort_names:
            self._places.by_sort_names = by_sort_names
            self.arrange()

    def arrange(self) -> None:
        """Filter, sort and group anew; selection and current row stay with their rows."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        were = [self._places.group_at(i.row()) or self._places.entries[i.row()] for i in old]
        self._places.arrange(self._rows, self._filter.passed(self._rows, self._texts))
        self._headings.clear()
        places = self._places.find_again(were)
        columns = (index.column() for index in old)
        new = [
            QModelIndex() if place is None else self.index(place, column)
            for place, column in zip(places, columns, strict=True)
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    # What views ask

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._places.entries)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return cell_texts.column_name(COLUMNS[section]) if role == _ROLE.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.column() == Column.SUGGESTED:
            entry = self._places.entries[index.row()]
            if entry >= 0 and can_be_given(self._rows[entry]):
                return _EDITABLE
        return _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in _UNUSED or not index.isValid():
            return None
        entry, column = self._places.entries[index.row()], COLUMNS[index.column()]
        if entry < 0:
            return self._heading_data(index.row(), column, role)
        row = self._rows[entry]
        if role in _TEXT_ROLES:
            if role == _ROLE.EditRole and column is Column.SUGGESTED:
                return cell_texts.editable_text(row)
            return cell_texts.text(row, column, self._words, noted=self.noted)
        if role == _DECORATION:
            return self._icon(row, column)
        if role == _FONT:
            return cell_texts.font(row, self._sign(row)) if column is Column.SUGGESTED else None
        return self._more_data(row, column, role)

    def _icon(self, row: Row, column: Column) -> QIcon | None:
        if column is Column.STATE:
            return state_icon(row.state, QGuiApplication.palette())
        if column is Column.SUGGESTED and suggests(row):
            return sign_icon(self._sign(row), QGuiApplication.palette())
        return None

    def _sign(self, row: Row) -> Mark:
        """Return the sign of a row: font and icon of a cell are asked for one after the other."""
        if self._signed is None or self._signed[0] is not row:
            self._signed = row, mark_of(row, self._rules)
        return self._signed[1]

    def _more_data(self, row: Row, column: Column, role: int) -> object:
        """Return what is not asked for at every repaint."""
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return make_sort_key(row, _FIELDS[column])
        shown = cell_texts.text(row, column, self._words, noted=self.noted)
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                said = cell_texts.explanation(row, column, shown, self.meanings, self._rules)
                return tooltip(said)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return cell_texts.explanation(row, column, shown, self.meanings, self._rules)
            case Qt.ItemDataRole.AccessibleTextRole:
                return cell_texts.spoken(row, column, shown, self._rules)
        return None

    def _heading_data(self, place: int, column: Column, role: int) -> object:
        """Return the text of a heading: in one column, for who cannot see that it spans all."""
        text = "\n".join(self.heading_at(place))
        if role == _ROLE.ToolTipRole:
            return tooltip(text)
        is_text = role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole)
        return text if is_text and column is Column.STATE else None

    def heading_at(self, place: int) -> tuple[str, str]:
        """Return what the heading at a place says: whose album it is, and what it sounds like."""
        group = self._places.group_at(place)
        if group is None:
            return "", ""
        known = self._headings.get(place)
        if known is None:
            rows = [self._rows[number] for number in group.members]
            known = self._headings[place] = (
                album_header_texts.title(group),
                album_header_texts.summary(rows),
            )
        return known

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != Column.SUGGESTED:
            return False
        if self._places.group_at(index.row()) is not None:
            return False
        self.edited.emit(self.number_at(index.row()), str(value))
        return True
