"""Qt table model over the rows of the review, filtered, sorted and grouped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon

from genretagger.gui.tracks import album_header, cell_texts
from genretagger.gui.tracks.column_texts import ColumnTexts
from genretagger.gui.tracks.columns import COLUMNS, Column, column_name, first_order
from genretagger.gui.tracks.filter_texts import filter_words
from genretagger.gui.widgets.icons import mark_icon, state_icon
from genretagger.gui.widgets.item_views import LEFT, ROOT, ROW_ROLE, Index
from genretagger.gui.widgets.texts import state_words, tooltip
from genretagger.review.filter.filters import Filter, parse_filter
from genretagger.review.filter.search_text import search_texts
from genretagger.review.rows.confidence_levels import ClassifierLevels
from genretagger.review.rows.decisions import can_be_given
from genretagger.review.rows.row import Row, State
from genretagger.review.rows.suggestion_mark import Mark, WriteRules, mark_of, suggests
from genretagger.review.table.album_groups import AlbumGroup
from genretagger.review.table.arrangement import Arrangement
from genretagger.review.table.sort_keys import SortField

_FIELDS = {column: SortField[column.name] for column in Column}
# Looked up once: views ask for thousands of cells when they paint.
_ROLE = Qt.ItemDataRole
_TEXT_ROLES = (int(_ROLE.DisplayRole), int(_ROLE.EditRole))
_DECORATION, _FONT = int(_ROLE.DecorationRole), int(_ROLE.FontRole)
_UNUSED_ROLES = frozenset(
    map(int, (_ROLE.BackgroundRole, _ROLE.ForegroundRole, _ROLE.CheckStateRole))
) | {int(_ROLE.TextAlignmentRole), int(_ROLE.SizeHintRole)}
_FLAG = Qt.ItemFlag
_FLAGS = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable | _FLAG.ItemNeverHasChildren
_FLAGS |= _FLAG.ItemIsDragEnabled  # out of the window, as files
_EDITABLE = _FLAGS | _FLAG.ItemIsEditable


class TrackTableModel(QAbstractTableModel):
    """All rows, and the positions of those that pass the filter.

    The id of a row is its index in the order in which files were found, and never changes. Where
    tracks are grouped by album, a heading takes a position of its own above the rows it stands for.
    Rows that change keep their positions until the user sorts or filters again.

    Attributes
    ----------
    texts : ColumnTexts
        How long the texts of tags are.
    meanings : ClassifierLevels
        What levels mean.
    noted : Column
        The column that says that a file is cut off or damaged.
    """

    edited = Signal(int, str)  # id of the row, text that was typed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._texts: list[str] = []  # to search in; empty while no words are searched for
        self._arrangement = Arrangement()
        self._filter = Filter()
        self._headings = album_header.HeadingTexts()
        self._words = state_words()
        self.write_rules = WriteRules()
        self._marked: tuple[Row, Mark] | None = None
        self.meanings = ClassifierLevels()
        self.texts = ColumnTexts()
        self.noted = Column.FILE

    # What others ask

    def rows(self) -> Sequence[Row]:
        """Return all rows, hidden ones too; their indexes are their ids."""
        return self._rows

    def row(self, row_id: int) -> Row:
        """Return a row by its id."""
        return self._rows[row_id]

    def shown(self) -> Sequence[int]:
        """Return the ids of the rows that pass the filter, in the order of the view."""
        return self._arrangement.shown

    def row_ids_at(self, position: int) -> Sequence[int]:
        """Return the id of the row at a position, or of all rows under the heading there."""
        return self._arrangement.row_ids_at(position)

    def row_ids_in(self, positions: range) -> Sequence[int]:
        """Return what `row_ids_at` does for consecutive positions, one after the other."""
        return self._arrangement.row_ids_in(positions)

    def row_id_at(self, position: int) -> int:
        """Return the id of the row at a position, or of the first row under the heading there."""
        return self._arrangement.row_ids_at(position)[0]

    def group_at(self, position: int) -> AlbumGroup | None:
        """Return the album whose heading is at a position, None if a row is there."""
        return self._arrangement.group_at(position)

    def position_of(self, row_id: int) -> int | None:
        """Return the position of a row in the view, None if the filter hides it."""
        return self._arrangement.position_of(row_id)

    @property
    def is_grouped(self) -> bool:
        """Whether the tracks of an album stand under a heading."""
        return self._arrangement.by_album

    # Changes

    def clear(self) -> None:
        """Forget all rows; filter, sorting and grouping stay."""
        self.beginResetModel()
        self._rows, self._texts = [], []
        self._arrangement.clear()
        self.texts = ColumnTexts()
        self.endResetModel()

    def append(self, rows: Sequence[Row]) -> None:
        """Append rows in one batch, those that pass the filter at the end of the view."""
        first = len(self._rows)
        self.texts.add(rows)
        texts = search_texts(rows) if self._filter.has_words else []
        self._texts += texts
        passed = [first + n for n in self._filter.passed(rows, texts)]
        self._rows.extend(rows)
        end = len(self._arrangement.entries)
        added = self._arrangement.append(self._rows, passed)
        if not added:
            return
        self.beginInsertRows(ROOT, end, end + len(added) - 1)
        self._arrangement.entries += added
        self.endInsertRows()
        self._report_change(end - 1, end - 1)

    def replace(self, changed: Mapping[int, Row]) -> None:
        """Replace rows by id, and tell views once."""
        tags_differ = any(self._rows[id_].track is not row.track for id_, row in changed.items())
        self._arrangement.forget_keys(of_tracks=tags_differ)
        for row_id, row in changed.items():
            if self._texts and self._rows[row_id].track is not row.track:
                self._texts[row_id : row_id + 1] = search_texts([row])
            self._rows[row_id] = row
        positions = [p for row_id in changed if (p := self.position_of(row_id)) is not None]
        if positions:
            self._report_change(min(positions), max(positions))

    def _report_change(self, first: int, last: int) -> None:
        """Tell views of changed positions, and of the heading above, which sums them up."""
        if last < 0:
            return
        first = self._arrangement.heading_above(first)
        self._headings.forget()
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def set_write_rules(self, rules: WriteRules) -> None:
        """Mark by these rules what accepting would change."""
        self.write_rules, self._marked = rules, None
        self._report_change(0, len(self._arrangement.entries) - 1)

    def filter(self, text: str, *, states: Collection[State] = ()) -> Filter:
        """Show only the rows that match `text` and are in one of `states`, if there are any."""
        self._filter = parse_filter(text, filter_words(), states=states)
        if not self._filter.has_words:
            self._texts = []
        elif not self._texts:
            self._texts = search_texts(self._rows)
        self.arrange()
        return self._filter

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 restores the order in which tracks were found."""
        self._arrangement.by = _FIELDS[COLUMNS[column]] if 0 <= column < len(COLUMNS) else None
        self._arrangement.descending = order == Qt.SortOrder.DescendingOrder
        self.arrange()

    def group(self, *, by_album: bool) -> None:
        """Put the tracks of an album under a heading, or all in one list."""
        if by_album != self._arrangement.by_album:
            self._arrangement.by_album = by_album
            self.arrange()

    def sort_artists(self, *, by_sort_names: bool) -> None:
        """Sort artists by the sort names in their tags, or by their names."""
        if by_sort_names != self._arrangement.by_sort_names:
            self._arrangement.by_sort_names = by_sort_names
            self.arrange()

    def arrange(self) -> None:
        """Filter, sort and group again; selection and current row stay with their rows."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        entries = self._arrangement.entries
        were = [self.group_at(index.row()) or entries[index.row()] for index in old]
        self._arrangement.arrange(self._rows, self._filter.passed(self._rows, self._texts))
        self._headings.forget()
        positions = self._arrangement.find_again(were)
        new = [
            QModelIndex() if position is None else self.index(position, index.column())
            for position, index in zip(positions, old, strict=True)
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    # What views ask

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._arrangement.entries)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == _ROLE.InitialSortOrderRole:
            return first_order(COLUMNS[section])
        if role == _ROLE.TextAlignmentRole:
            return LEFT
        return column_name(COLUMNS[section]) if role == _ROLE.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        entry = self._arrangement.entries[index.row()]
        is_suggestion = index.column() == Column.SUGGESTED and entry >= 0
        return _EDITABLE if is_suggestion and can_be_given(self._rows[entry]) else _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in _UNUSED_ROLES or not index.isValid():
            return None
        entry, column = self._arrangement.entries[index.row()], COLUMNS[index.column()]
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
            return cell_texts.font(row, self._mark(row)) if column is Column.SUGGESTED else None
        return self._more_data(row, column, role)

    def _icon(self, row: Row, column: Column) -> QIcon | None:
        if column is Column.STATE:
            return state_icon(row.state, QGuiApplication.palette())
        if column is Column.SUGGESTED and suggests(row):
            return mark_icon(self._mark(row), QGuiApplication.palette())
        return None

    def _mark(self, row: Row) -> Mark:
        """Return the mark of a row, kept because font and icon of a cell are asked for in turn."""
        if self._marked is None or self._marked[0] is not row:
            self._marked = row, mark_of(row, self.write_rules)
        return self._marked[1]

    def _more_data(self, row: Row, column: Column, role: int) -> object:
        """Return what is not asked for at every repaint."""
        if role == ROW_ROLE:
            return row
        shown = cell_texts.text(row, column, self._words, noted=self.noted)
        match role:
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                text = cell_texts.explanation(row, column, shown, self.meanings, self.write_rules)
                return tooltip(text) if role == _ROLE.ToolTipRole else text
            case Qt.ItemDataRole.AccessibleTextRole:
                return cell_texts.spoken(row, column, shown, self.write_rules)
        return None

    def _heading_data(self, position: int, column: Column, role: int) -> object:
        """Return the text of a heading; for screen readers it is in the first column only."""
        text = "\n".join(self.heading_at(position))
        if role == _ROLE.ToolTipRole:
            return tooltip(text)
        is_text = role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole)
        return text if is_text and column is Column.STATE else None

    def heading_at(self, position: int) -> tuple[str, str]:
        """Return title and summary of the heading at a position."""
        group = self.group_at(position)
        return self._headings.at(position, group, self._rows) if group is not None else ("", "")

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        is_genre = role == Qt.ItemDataRole.EditRole and index.column() == Column.SUGGESTED
        if not is_genre or self.group_at(index.row()) is not None:
            return False
        self.edited.emit(self.row_id_at(index.row()), str(value))
        return True
