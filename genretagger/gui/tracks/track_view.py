"""The table view of the tracks: columns that fit the window, keys, and words where it is empty."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from genretagger.gui.tracks.album_header_painter import paint_album_header
from genretagger.gui.tracks.cell_texts import Column
from genretagger.gui.tracks.column_layout import ColumnLayout
from genretagger.gui.tracks.confidence_delegate import ConfidenceDelegate
from genretagger.gui.tracks.name_delegate import NameDelegate
from genretagger.gui.tracks.selection_keeper import SelectionKeeper
from genretagger.gui.tracks.track_model import TrackTableModel
from genretagger.gui.widgets.genre_editor import GenreDelegate
from genretagger.gui.widgets.item_views import show_whole_rows
from genretagger.gui.widgets.keys import RETURN_KEYS
from genretagger.gui.widgets.labels import plain_label
from genretagger.review.rows.row import Row

_ROW_HEIGHT = 1.9  # of the height of a line


class TrackView(QTableView):
    """Shows a `TrackTableModel`; a whole row is selected at a time."""

    editing_asked = Signal()

    def __init__(
        self,
        model: TrackTableModel,
        *,
        genres: Callable[[Row | None], list[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("trackTable")
        self.setAccessibleName(self.tr("Tracks"))
        self._tracks = model
        self._fitted_to: object = None
        show_whole_rows(self, line_height=_ROW_HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.set_editable(editable=True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._delegates = (
            (Column.TITLE, NameDelegate(Qt.TextElideMode.ElideRight, self)),
            # The end of a file's name tells as much as its beginning.
            (Column.FILE, NameDelegate(Qt.TextElideMode.ElideMiddle, self)),
            (Column.SUGGESTED, GenreDelegate(genres, self)),
            (Column.CONFIDENCE, ConfidenceDelegate(self)),
        )
        for column, delegate in self._delegates:
            self.setItemDelegateForColumn(column, delegate)
        self._empty = plain_label("emptyLabel")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = QVBoxLayout(self.viewport())
        self._words.addStretch()
        self._words.addWidget(self._empty)
        self._words.addStretch()
        kept = SelectionKeeper(self, model)
        self.setModel(model)
        kept.watch()
        model.rowsInserted.connect(self._on_rows_inserted)
        self._set_headers()
        # Its header asks every row of every column whether it is selected, to paint the columns.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled_sideways)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.columns = ColumnLayout(self, model)
        self.columns.fit()

    def show_personal(self, *, shown: bool) -> None:
        """Show or hide the column of the user's own genres."""
        self.columns.show_personal(shown=shown)

    def _set_headers(self) -> None:
        columns = self.horizontalHeader()
        columns.setSectionsMovable(True)
        columns.setSortIndicatorClearable(True)
        # Without this, enabling the sorting would sort by the first column at once.
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def set_editable(self, *, editable: bool) -> None:
        """Let a double click open the editor, or not."""
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked if editable else trigger.NoEditTriggers)

    def say_if_empty(self, text: str) -> None:
        """Show `text` in the middle of the table; an empty one removes it."""
        self._empty.setText(text)
        self._empty.setVisible(bool(text))

    def add_below_words(self, widget: QWidget) -> None:
        """Put `widget` below what is said where there are no rows."""
        self._words.insertWidget(self._words.count() - 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def selected_numbers(self) -> list[int]:
        """Return the numbers of the selected rows, from top to bottom of the view.

        A heading stands for all of its tracks.
        Ranges, not indexes: a hundred thousand selected rows must not make as many objects.
        """
        places: set[int] = set()
        for chosen in self.selectionModel().selection().toList():
            places.update(range(chosen.top(), chosen.bottom() + 1))
        if not self._tracks.is_grouped:
            return [self._tracks.number_at(place) for place in sorted(places)]
        numbers = (number for place in sorted(places) for number in self._tracks.numbers_at(place))
        return list(dict.fromkeys(numbers))

    def select_first(self) -> None:
        """Make the first row the current one and the only one selected, if there is one."""
        if self._tracks.rowCount():
            self.select(self._tracks.number_at(0))

    def select(self, number: int) -> None:
        """Make a row the current one and the only one selected, unless the filter hides it."""
        place = self._tracks.place_of(number)
        if place is None:
            return
        index = self._tracks.index(place, max(self.currentIndex().column(), 0))
        command = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, command.ClearAndSelect | command.Rows)

    def select_next(self, number: int) -> None:
        """Move from the row with `number` to the one below it, if there is one."""
        place = self._tracks.place_of(number)
        if place is not None and place + 1 < self._tracks.rowCount():
            self.select(self._tracks.number_at(place + 1))

    def current_number(self) -> int | None:
        """Return the number of the current row, of the first one under a heading; None without."""
        index = self.currentIndex()
        return self._tracks.number_at(index.row()) if index.isValid() else None

    def only_selected(self) -> int | None:
        """Return the number of the row that is selected if it is the only one, else None."""
        chosen = self.selectionModel().selection().toList()
        if len(chosen) != 1 or chosen[0].height() != 1:
            return None
        numbers = self._tracks.numbers_at(chosen[0].top())
        return numbers[0] if len(numbers) == 1 else None

    def edit_row(self, number: int) -> None:
        """Open the genre editor of a row, unless the filter hides it; the selection stays."""
        place = self._tracks.place_of(number)
        if place is None:
            return
        index = self._tracks.index(place, Column.SUGGESTED)
        # Qt closes the editor of the current cell only when one goes elsewhere.
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in RETURN_KEYS and not editing:
            self.editing_asked.emit()
            return
        super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Take Home and End for the first and last row: a row is what is selected."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self._tracks.rowCount() - 1,
        }
        if action in ends:
            return self._tracks.index(ends[action], max(self.currentIndex().column(), 0))
        return super().moveCursor(action, modifiers)

    def _on_rows_inserted(self) -> None:
        """Make the keys that decide work at once; where the focus is does not change."""
        if not self.currentIndex().isValid():
            self.select_first()
        tags = self._tracks.filled, self._tracks.complete
        if tags != self._fitted_to:
            self._fitted_to = tags
            self.columns.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fit()

    # Headings

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint headings over the cells of their rows: spans would have to be made for each."""
        super().paintEvent(event)
        if not self._tracks.is_grouped:
            return
        painter = QPainter(self.viewport())
        region = event.region().boundingRect()
        first, last = self.rowAt(region.top()), self.rowAt(region.bottom())
        last = last if last >= 0 else self._tracks.rowCount() - 1
        for place in range(max(first, 0), last + 1):
            if self._tracks.group_at(place) is not None:
                self._paint_heading(painter, place)
        painter.end()

    def _paint_heading(self, painter: QPainter, place: int) -> None:
        top, height = self.rowViewportPosition(place), self.rowHeight(place)
        index = self._tracks.index(place, Column.STATE)
        paint_album_header(
            painter,
            QRect(0, top, self.viewport().width(), height),
            self._tracks.heading_at(place),
            widget=self,
            selected=self.selectionModel().isSelected(index),
            current=self.hasFocus() and self.currentIndex().row() == place,
        )

    def _on_scrolled_sideways(self) -> None:
        """Paint anew what Qt has moved aside: headings stay."""
        if self._tracks.is_grouped:
            self.viewport().update()

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Paint the whole of a heading where it gets or loses the focus, not only a cell."""
        for index in (current, previous):
            if index.isValid() and self._tracks.group_at(index.row()) is not None:
                self.viewport().update()
