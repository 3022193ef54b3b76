"""The view of the tracks: columns that fit the window, keys, and a text while it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QVBoxLayout, QWidget

from genretagger.gui.cells.cell_delegates import ConfidenceDelegate, NameDelegate
from genretagger.gui.cells.columns import Column
from genretagger.gui.tracks.column_layout import ColumnLayout
from genretagger.gui.tracks.heading_rows import HeadingRows
from genretagger.gui.tracks.selection_keeper import SelectionKeeper
from genretagger.gui.tracks.track_model import TrackTableModel
from genretagger.gui.widgets.genre_editor import GenreDelegate
from genretagger.gui.widgets.item_views import Index, set_line_height, show_whole_rows
from genretagger.gui.widgets.keys import RETURN_KEYS
from genretagger.gui.widgets.labels import plain_label
from genretagger.review.genres.known_genres import GenreOffer
from genretagger.review.rows.row import Row

_ROW_HEIGHT = 1.9  # of the height of a line


class TrackView(QTableView):
    """Shows a `TrackTableModel`; a whole row is selected at a time."""

    editing_asked = Signal()
    play_asked = Signal()
    drag_asked = Signal()  # out of the window

    def __init__(
        self,
        model: TrackTableModel,
        *,
        genres: Callable[[Row | None], list[GenreOffer]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("trackTable")
        self.setAccessibleName(self.tr("Tracks"))
        self._tracks = model
        self._fitted_to: object = None
        self._row_height = _ROW_HEIGHT
        self._was_dragged = False  # since a button was pressed
        show_whole_rows(self, line_height=_ROW_HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.set_editable(editable=True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_delegates(genres)
        self._make_empty_label()
        keeper = SelectionKeeper(self, model)
        self.setModel(model)
        keeper.watch()
        model.rowsInserted.connect(self._on_rows_inserted)
        self._set_headers()
        # A header with the view's selection asks every cell whether it is selected when it paints.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self.headings = HeadingRows(self, model)
        self.doubleClicked.connect(self._on_double_clicked)
        self.columns = ColumnLayout(self, model)
        self.columns.fit()

    def _set_delegates(self, genres: Callable[[Row | None], list[GenreOffer]]) -> None:
        self._delegates = (
            (Column.TITLE, NameDelegate(Qt.TextElideMode.ElideRight, self)),
            # The end of a file's name says as much as its beginning.
            (Column.FILE, NameDelegate(Qt.TextElideMode.ElideMiddle, self)),
            (Column.SUGGESTED, GenreDelegate(genres, self)),
            (Column.CONFIDENCE, ConfidenceDelegate(self)),
        )
        for column, delegate in self._delegates:
            self.setItemDelegateForColumn(column, delegate)

    def _make_empty_label(self) -> None:
        self._empty = plain_label("emptyLabel")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = QVBoxLayout(self.viewport())
        self._words.addStretch()
        self._words.addWidget(self._empty)
        self._words.addStretch()

    def show_personal(self, *, shown: bool) -> None:
        """Show or hide the column of the user's own genres."""
        self.columns.show_personal(shown=shown)

    def _set_headers(self) -> None:
        columns = self.horizontalHeader()
        columns.setSectionsMovable(True)
        columns.setSortIndicatorClearable(True)
        # Without this, enabling sorting would sort by the first column at once.
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def set_editable(self, *, editable: bool) -> None:
        """Set whether a double click on a genre opens its editor."""
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked if editable else trigger.NoEditTriggers)

    def say_if_empty(self, text: str) -> None:
        """Show `text` in the middle of the table, or nothing."""
        self._empty.setText(text)
        self._empty.setVisible(bool(text))

    def add_below_words(self, widget: QWidget) -> None:
        """Put `widget` below the text of an empty table."""
        self._words.insertWidget(self._words.count() - 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def selected_row_ids(self) -> list[int]:
        """Return the ids of the selected rows, from top to bottom of the view.

        A heading stands for all of its tracks if it is selected by itself. The selection is read by
        ranges, because an index for each of a hundred thousand rows takes too long.
        """
        ranges = self.selectionModel().selection().toList()
        spans = sorted((selected.top(), selected.bottom() + 1) for selected in ranges)
        row_ids = (self._tracks.selected_row_ids(range(*span)) for span in spans)
        return list(dict.fromkeys(chain.from_iterable(row_ids)))  # ranges may overlap

    def select_first(self) -> None:
        """Make the first row the current one and the only one selected, if there is one."""
        if self._tracks.rowCount():
            self.select(self._tracks.row_id_at(0))

    def select(self, row_id: int) -> None:
        """Make a row the current one and the only one selected, unless the filter hides it."""
        position = self._tracks.unfold(row_id)
        if position is not None:
            self._select_at(position)

    def select_folded(self, row_id: int) -> None:
        """Do as `select`, but leave the row folded: its heading is selected in its place."""
        place = self._tracks.place_of(row_id)
        if place is not None:
            self._select_at(place)

    def is_current(self, row_id: int) -> bool:
        """Return whether a row, or the heading that it is folded under, is the current one."""
        index = self.currentIndex()
        return index.isValid() and index.row() == self._tracks.place_of(row_id)

    def _select_at(self, position: int) -> None:
        index = self._tracks.index(position, max(self.currentIndex().column(), 0))
        command = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, command.ClearAndSelect | command.Rows)

    def show_current(self) -> None:
        """Scroll to the current row, if there is one and it cannot be seen."""
        if self.currentIndex().isValid():
            self.executeDelayedItemsLayout()  # else a longer table has the range of the shorter one
            self.scrollTo(self.currentIndex())

    def select_next(self, row_id: int) -> None:
        """Select the row below the given one, if there is one."""
        position = self._tracks.position_of(row_id)
        if position is not None and position + 1 < self._tracks.rowCount():
            self.select_folded(self._tracks.row_id_at(position + 1))

    def current_row_id(self) -> int | None:
        """Return the id of the current row, or of the first row under the current heading."""
        index = self.currentIndex()
        return self._tracks.row_id_at(index.row()) if index.isValid() else None

    def only_selected(self) -> int | None:
        """Return the id of the selected row if it is the only one, else None."""
        selected = self.selectionModel().selection().toList()
        if len(selected) != 1 or selected[0].height() != 1:
            return None
        row_ids = self._tracks.row_ids_at(selected[0].top())
        return row_ids[0] if len(row_ids) == 1 else None

    def visible_row_ids(self) -> list[int]:
        """Return the ids of the rows that can be seen, from top to bottom."""
        last = self._tracks.rowCount() - 1
        first, end = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        positions = range(max(first, 0), (end if end >= 0 else last) + 1)
        groups = self._tracks.group_at
        return [self._tracks.row_id_at(position) for position in positions if not groups(position)]

    def edit_row(self, row_id: int) -> None:
        """Open the genre editor of a row, unless the filter hides it; the selection stays."""
        position = self._tracks.unfold(row_id)
        if position is None:
            return
        index = self._tracks.index(position, Column.SUGGESTED)
        # Qt closes an editor when another cell becomes the current one, and only then.
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in RETURN_KEYS and not editing:
            self.editing_asked.emit()
        elif editing or not self.headings.takes_key(event):
            super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        """Ask to play, anywhere but where genres are edited; Qt opens an editor by itself."""
        is_row = self._tracks.group_at(index.row()) is None
        if not (is_row and index.column() == Column.SUGGESTED):
            self.play_asked.emit()
        elif self.state() != QAbstractItemView.State.EditingState:
            self.editing_asked.emit()  # to hear why it cannot be edited

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let selected rows be dragged; elsewhere the mouse selects as it moves."""
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self.headings.takes_click(point):
            return
        index = self.indexAt(point)
        self.setDragEnabled(self.selectionModel().isSelected(index))
        self._was_dragged = False
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second of two clicks on the sign of a heading for another click."""
        if not self.headings.takes_click(event.position().toPoint()):
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select no rows with the rest of a move that was a drag."""
        if not self._was_dragged:
            super().mouseMoveEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        self._was_dragged = True
        self.drag_asked.emit()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first and last row by Home and End, not to the ends of a row."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self._tracks.rowCount() - 1,
        }
        if action in ends:
            return self._tracks.index(ends[action], max(self.currentIndex().column(), 0))
        return super().moveCursor(action, modifiers)

    def _on_rows_inserted(self) -> None:
        """Select the first row, so that the keys that decide work at once."""
        if not self.currentIndex().isValid():
            self.select_folded(self._tracks.row_id_at(0))
        lengths = self._tracks.texts.lengths()
        if lengths != self._fitted_to:
            self._fitted_to = lengths
            self.columns.fit()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Take in changed rows that can be seen; Qt would repaint the table for all others too."""
        top, bottom = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        is_above = top >= 0 and last.row() < top
        is_below = bottom >= 0 and first.row() > bottom
        if not (is_above or is_below):
            super().dataChanged(first, last, list(roles))

    def set_row_height(self, lines: float) -> None:
        """Make every row `lines` lines of text high; the current one stays in sight."""
        self._row_height = lines
        set_line_height(self, lines)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        """Give rows and columns the room that texts of another size need."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "columns"):
            self.set_row_height(self._row_height)
            self.columns.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in sight where it was seen: a strip below takes some of the room."""
        current = self.currentIndex()
        was_seen = QRect(QPoint(0, 0), event.oldSize()).contains(self.visualRect(current).center())
        super().resizeEvent(event)
        self.columns.fit()
        if was_seen and current.isValid():
            self.scrollTo(current)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.headings.paint(event)
