"""Columns of the track table: which are shown, how wide they are, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStyle, QTableView

from genretagger.gui.cells.columns import Column
from genretagger.gui.tracks.track_model import TrackTableModel
from genretagger.gui.widgets.texts import state_words
from genretagger.review.table.row_groups import Grouping
from genretagger.review.table.sort_keys import SortField
from genretagger.review.table.table_layout import TableLayout, complete_order


class _Width(NamedTuple):
    """The width of a column: least and easy width in characters, and a share of the rest.

    With least widths, a window of 720 pixels shows all necessary columns. With easy widths, texts
    are legible; where the texts are counted, these decide. Dispensable columns are hidden if the
    easy widths do not fit.
    """

    share: int
    least: int
    easy: int


# The state is as wide as its longest word.
_WIDTHS = {
    Column.STATE: _Width(0, 0, 0),
    Column.TITLE: _Width(30, 9, 24),
    Column.ARTIST: _Width(15, 8, 16),
    Column.ALBUM: _Width(14, 8, 17),
    Column.FILE: _Width(17, 16, 26),
    Column.CURRENT: _Width(11, 9, 13),
    Column.SUGGESTED: _Width(11, 16, 17),
    Column.RUNNER_UP: _Width(9, 13, 16),
    Column.CONFIDENCE: _Width(14, 12, 17),
    Column.PERSONAL: _Width(11, 10, 14),
    Column.FOLDER: _Width(17, 16, 30),
    Column.DURATION: _Width(0, 8, 8),
    Column.LEVEL: _Width(0, 10, 10),
    Column.HINTS: _Width(11, 16, 20),
    Column.YEAR: _Width(0, 8, 8),
    Column.TRACK: _Width(0, 6, 6),
    Column.DISC: _Width(0, 6, 6),
    Column.FORMAT: _Width(0, 12, 17),
    Column.BIT_RATE: _Width(0, 21, 21),
    Column.ALBUM_ARTIST: _Width(12, 8, 16),
    Column.MODIFIED: _Width(0, 24, 24),
}
# No review without these: headings are in the first, genres are typed into the second.
ALWAYS = frozenset({Column.STATE, Column.SUGGESTED})
_FIRST = (Column.TITLE, Column.ARTIST)  # these are cut last
_WHERE_ROOM_IS = (Column.ALBUM, Column.RUNNER_UP)  # in this order
_WHEN_ASKED_FOR = frozenset({Column.FILE, *filter(Column.PERSONAL.__lt__, Column)})  # those behind
_HEADING_MARGIN = 14
_STATE_GAP = 4  # pixels more than the margins of icon and word
_TEXT_GAP = 2
_COLUMNS = {SortField[column.name]: column for column in Column}
_FIELDS = {column: field for field, column in _COLUMNS.items()}


class ColumnLayout(QObject):
    """Lays out the columns of a view; what the user chose is never changed automatically."""

    changed = Signal()  # by the user

    def __init__(self, view: QTableView, tracks: TrackTableModel) -> None:
        super().__init__(view)
        self._view, self._tracks = view, tracks
        self._header = view.horizontalHeader()
        self._chosen: dict[Column, bool] = {}
        self._has_own = False
        self._widths_chosen = False
        self._fitting = False
        self._header.sectionResized.connect(self._on_resized)
        self._header.sectionMoved.connect(self._on_moved)

    # What others ask for

    def is_shown(self, column: Column) -> bool:
        """Return whether a column is shown, possibly only after scrolling."""
        return not self._view.isColumnHidden(column)

    def choose(self, column: Column, *, shown: bool) -> None:
        """Show or hide a column as the user wants, whether there is room or not."""
        self._chosen[column] = shown
        self.fit()
        self.changed.emit()

    def show_personal(self, *, shown: bool) -> None:
        """Show the column of the user's own genres if there are any."""
        self._has_own = shown
        self.fit()

    def reset(self) -> None:
        """Forget what the user chose of columns, widths and order."""
        self.restore(TableLayout())
        self.changed.emit()

    def restore(self, layout: TableLayout) -> None:
        """Restore remembered columns, widths and order."""
        self._fitting = True
        self._chosen = {_COLUMNS[field]: shown for field, shown in layout.shown.items()}
        for column in map(_COLUMNS.__getitem__, layout.widths):
            if column in _WHEN_ASKED_FOR:  # an older version showed it without being asked
                self._chosen.setdefault(column, True)
        for position, field in enumerate(complete_order(layout.order)):
            self._header.moveSection(self._header.visualIndex(_COLUMNS[field]), position)
        self._widths_chosen = bool(layout.widths)
        easy = self._widths("easy", Column)
        for field, column in _COLUMNS.items():
            self._view.setColumnWidth(column, layout.widths.get(field, easy[column]))
        self._fitting = False
        self.fit()

    def layout(self) -> TableLayout:
        """Return columns, widths and order to be remembered."""
        order = [_FIELDS[Column(self._header.logicalIndex(n))] for n in range(len(Column))]
        widths = {}
        if self._widths_chosen:
            shown = filter(self.is_shown, Column)
            widths = {_FIELDS[column]: self._view.columnWidth(column) for column in shown}
        return TableLayout(
            order=() if order == list(SortField) else tuple(order),
            widths=widths,
            shown={_FIELDS[column]: shown for column, shown in self._chosen.items()},
        )

    # Room

    def fit(self) -> None:
        """Give each column the width it needs, and share the rest among those with content.

        Widths that the user chose are kept.
        """
        if self._fitting:  # a scroll bar that appears or disappears resizes the view
            return
        self._fitting = True
        shown = self._columns_to_show()
        for column in Column:
            self._view.setColumnHidden(column, column not in shown)
        self._tracks.noted = Column.FILE if Column.FILE in shown else Column.TITLE
        if not self._widths_chosen:
            for column, width in self._fitting_widths(shown).items():
                self._view.setColumnWidth(column, width)
        self._fitting = False

    def _fitting_widths(self, shown: set[Column]) -> dict[Column, int]:
        """Return least widths, and the room left to what would be cut, then to all by shares."""
        whole = self._view.viewport().width()
        widths, easy = self._widths("least", shown), self._widths("easy", shown)
        for columns in (shown.intersection(_FIRST), shown.difference(_FIRST)):
            _widen(widths, easy, columns, room=whole - sum(widths.values()))
        left = max(0, whole - sum(widths.values()))
        shares = {
            column: 0 if self._tracks.texts.is_empty(column) else _WIDTHS[column].share
            for column in shown
        }
        for column, share in shares.items():
            widths[column] += left * share // sum(shares.values())
        widths[max(shares, key=shares.__getitem__)] += max(0, whole - sum(widths.values()))
        return widths

    def _columns_to_show(self) -> set[Column]:
        """Return the columns that the user chose, and others as far as there is room.

        The column of the album is left out where headings name it, that of the artist where even
        the least widths do not fit.
        """
        shown = {Column.PERSONAL} if self._has_own else set()
        shown |= set(Column) - {*_WHERE_ROOM_IS, *_WHEN_ASKED_FOR, Column.PERSONAL}
        whole = self._view.viewport().width()
        if sum(self._widths("least", shown).values()) > whole:
            shown.discard(Column.ARTIST)
        shown |= {column for column, chosen in self._chosen.items() if chosen}
        shown -= {column for column, chosen in self._chosen.items() if not chosen}
        for column in _WHERE_ROOM_IS:
            is_in_heading = column is Column.ALBUM and self._tracks.grouping is Grouping.ALBUM
            if column not in self._chosen and not is_in_heading:
                easy = sum(self._widths("easy", shown | {column}).values())
                if easy > whole:
                    break
                shown.add(column)
        return shown | ALWAYS

    def _widths(self, kind: str, columns: Iterable[Column]) -> dict[Column, int]:
        metrics, texts = self._view.fontMetrics(), self._tracks.texts
        widths = {}
        for column in columns:
            heading = str(self._tracks.headerData(column, Qt.Orientation.Horizontal))
            least = metrics.horizontalAdvance(heading) + _HEADING_MARGIN
            characters = 0 if self._is_empty(column) else getattr(_WIDTHS[column], kind)
            width = characters * metrics.averageCharWidth()
            if kind == "easy" and texts.counts(column) and not texts.is_empty(column):
                longest = max(map(metrics.horizontalAdvance, texts.typical(column)))
                width = longest + 2 * self._margin() + _TEXT_GAP
            widths[column] = max(least, width)
        if Column.STATE in widths:
            widths[Column.STATE] = self._state_width()
        return widths

    def _is_empty(self, column: Column) -> bool:
        """Return whether no track has this tag, so that other columns may have its room."""
        return bool(self._tracks.rows()) and self._tracks.texts.is_empty(column)

    def _margin(self) -> int:
        return self._view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1

    def _state_width(self) -> int:
        metrics, style = self._view.fontMetrics(), self._view.style()
        words = max(metrics.horizontalAdvance(word) for word in state_words().values())
        icon = style.pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        return words + icon + 4 * self._margin() + _STATE_GAP

    # What the user does

    def _on_resized(self, _section: int, old: int, new: int) -> None:
        hidden_or_shown = not (old and new)  # Qt hides columns again whenever the layout changes
        if not (self._fitting or hidden_or_shown):
            self._widths_chosen = True
            self.changed.emit()

    def _on_moved(self) -> None:
        if not self._fitting:
            self.changed.emit()


def _widen(
    widths: dict[Column, int], easy: Mapping[Column, int], columns: Iterable[Column], *, room: int
) -> None:
    """Widen columns up to their easy widths; where `room` is short, no one gets more than needs be.

    Columns that need less than an equal part leave the rest to the others.
    """
    needs = sorted((easy[column] - widths[column], column) for column in columns)
    for n, (need, column) in enumerate(needs):
        given = min(max(need, 0), max(room, 0) // (len(needs) - n))
        widths[column] += given
        room -= given
