"""A small table with one column that is edited in place, usable by keys alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from genretagger.gui.widgets.genre_editor import GenreDelegate
from genretagger.gui.widgets.item_views import show_whole_rows
from genretagger.gui.widgets.keys import claim_key
from genretagger.review.genres.known_genres import GenreOffer

_LINE_HEIGHT = 1.7


class EditableTable(QTableView):
    """Return and F2 edit the current row; signals report Space and Delete."""

    space_pressed = Signal()
    delete_pressed = Signal()

    def __init__(
        self,
        model: QAbstractItemModel,
        *,
        edited: int,
        genres: Callable[[], list[GenreOffer]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._edited = edited
        self.setModel(model)
        self.setItemDelegateForColumn(edited, GenreDelegate(lambda _row: genres(), self))
        show_whole_rows(self, line_height=_LINE_HEIGHT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if model.rowCount():
            self.setCurrentIndex(model.index(0, edited))

    def selected_rows(self) -> list[int]:
        """Return the rows that are selected."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def edit_current(self) -> None:
        """Edit the current row."""
        row = self.currentIndex().row()
        if row >= 0:
            index = self.model().index(row, self._edited)
            self.setCurrentIndex(index)
            self.edit(index)

    def event(self, event: QEvent) -> bool:
        """Keep Space from the window behind, whose shortcut plays a track."""
        return claim_key(event, (Qt.Key.Key_Space,)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_F2:
                self.edit_current()
            case Qt.Key.Key_Space:
                self.space_pressed.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.delete_pressed.emit()
            case _:
                super().keyPressEvent(event)
