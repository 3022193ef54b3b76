"""The rows of the review as a Qt model: filtered, sorted, grouped, folded; not their cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from genretagger.gui.cells.column_texts import ColumnTexts
from genretagger.gui.cells.columns import COLUMNS, Column
from genretagger.gui.tracks.album_header import HeadingTexts
from genretagger.gui.tracks.filter_texts import filter_words
from genretagger.gui.widgets.item_views import ROOT, Index
from genretagger.review.filter.filters import Filter, parse_filter
from genretagger.review.filter.folder_tree import check_folder
from genretagger.review.filter.search_text import search_texts
from genretagger.review.rows.row import Row, State
from genretagger.review.table.arrangement import Arrangement
from genretagger.review.table.folds import Fold
from genretagger.review.table.row_groups import Grouping, RowGroup
from genretagger.review.table.sort_keys import SortField

_FIELDS = {column: SortField[column.name] for column in Column}


class ArrangedModel(QAbstractTableModel):
    """All rows, and the positions of those that pass the filter.

    The id of a row is its index in the order in which files were found, and never changes. Where
    tracks are grouped, a heading takes a position of its own above the rows it stands for; folded
    rows have none. Rows that change keep their positions until the user sorts or filters again.

    Attributes
    ----------
    texts : ColumnTexts
        How long the texts of tags are.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._texts: list[str] = []  # to search in; empty while no words are searched for
        self._arrangement = Arrangement()
        self._filter = self._in_any_folder = Filter()
        self._headings = HeadingTexts()
        self.texts = ColumnTexts()

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

    def selected_row_ids(self, positions: range) -> Sequence[int]:
        """Return the ids of the rows that are meant where consecutive positions are selected."""
        return self._arrangement.selected_row_ids(positions)

    def row_id_at(self, position: int) -> int:
        """Return the id of the row at a position, or of the first row under the heading there."""
        return self._arrangement.row_ids_at(position)[0]

    def group_at(self, position: int) -> RowGroup | None:
        """Return the group whose heading is at a position, None if a row is there."""
        return self._arrangement.group_at(position)

    def heading_above(self, position: int) -> int:
        """Return the position of the heading above, `position` itself if there is none."""
        return self._arrangement.heading_above(position)

    def position_of(self, row_id: int) -> int | None:
        """Return the position of a row in the view; None if it is folded or the filter hides it."""
        return self._arrangement.position_of(row_id)

    def place_of(self, row_id: int) -> int | None:
        """Return the position of a row or of the heading it is folded under; None if hidden."""
        return self._arrangement.place_of(row_id)

    def is_hidden(self, row_id: int) -> bool:
        """Return whether the filter hides a row."""
        return self.place_of(row_id) is None

    @property
    def grouping(self) -> Grouping | None:
        """What the tracks under a heading have in common, None without headings."""
        return self._arrangement.grouping

    @property
    def is_grouped(self) -> bool:
        """Whether there are headings."""
        return self.grouping is not None

    def heading_at(self, position: int) -> tuple[str, str]:
        """Return title and summary of the heading at a position."""
        group = self.group_at(position)
        return self._headings.at(position, group, self._rows) if group is not None else ("", "")

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._arrangement.entries)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

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
        if not added:  # none, or all in a folded group
            self._report_change(end - 1, end - 1)
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
        places = map(self._arrangement.place_of, changed)
        positions = [place for place in places if place is not None]
        if positions:
            self._report_change(min(positions), max(positions))

    def _report_change(self, first: int, last: int) -> None:
        """Tell views of changed positions, and of the heading above, which sums them up."""
        if last < 0:
            return
        first = self._arrangement.heading_above(first)
        self._headings.forget()
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def filter(
        self, text: str, *, states: Collection[State] = (), folder: str | None = None
    ) -> Filter:
        """Show only the rows that match `text`, are in one of `states`, and below `folder`."""
        self._in_any_folder = self._filter = parse_filter(text, filter_words(), states=states)
        if folder is not None:
            checks = check_folder(folder), *self._filter.checks
            self._filter = replace(self._filter, checks=checks)
        if not self._filter.has_words:
            self._texts = []
        elif not self._texts:
            self._texts = search_texts(self._rows)
        self.arrange()
        return self._filter

    def passes_in_any_folder(self, row_id: int) -> bool:
        """Return whether a row passes the filter, wherever its file lies."""
        text = self._texts[row_id] if self._texts else ""
        return self._in_any_folder.passes(self._rows[row_id], text)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 restores the order in which tracks were found."""
        self._arrangement.order.by = (
            _FIELDS[COLUMNS[column]] if 0 <= column < len(COLUMNS) else None
        )
        self._arrangement.order.descending = order == Qt.SortOrder.DescendingOrder
        self.arrange()

    def group(self, grouping: Grouping | None) -> None:
        """Put tracks that have something in common under a heading, or all in one list."""
        if grouping is not self.grouping:
            self._arrangement.grouping = grouping
            self.arrange()

    def is_folded(self, position: int) -> bool:
        """Return whether the heading at a position is folded, False for a row."""
        return self._arrangement.is_folded(position)

    def below(self, position: int) -> range:
        """Return the positions that the rows under a heading have, or get by unfolding it."""
        return self._arrangement.below(position)

    def fold(self, position: int, *, folded: bool) -> None:
        """Fold or unfold the heading at a position."""
        below = self.below(position)
        if not below or self.is_folded(position) == folded:
            return
        begin, end = (
            (self.beginRemoveRows, self.endRemoveRows)
            if folded
            else (self.beginInsertRows, self.endInsertRows)
        )
        begin(ROOT, below.start, below.stop - 1)
        self._arrangement.fold(position, folded=folded)
        self._headings.forget()
        end()
        self._report_change(position, position)

    def folds(self) -> Sequence[Fold]:
        """Return the headings that are folded, in any grouping; the last one at the end."""
        return self._arrangement.folds()

    def restore_folds(self, folds: Iterable[Fold]) -> None:
        """Fold these headings, those of rows to come too, and no others."""
        self._arrangement.restore_folds(folds)
        self.arrange()

    def fold_all(self, *, folded: bool) -> None:
        """Fold or unfold all headings."""
        self._arrangement.fold_all(folded=folded)
        self.arrange()

    def unfold(self, row_id: int) -> int | None:
        """Unfold the heading of a row if need be, and return the row's position; None if hidden."""
        place = self.place_of(row_id)
        if place is not None and self.position_of(row_id) is None:
            self.fold(place, folded=False)
        return self.position_of(row_id)

    def sort_artists(self, *, by_sort_names: bool) -> None:
        """Sort artists by the sort names in their tags, or by their names."""
        if by_sort_names != self._arrangement.order.by_sort_names:
            self._arrangement.sort_artists(by_sort_names=by_sort_names)
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
