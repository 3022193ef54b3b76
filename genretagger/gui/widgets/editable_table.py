"""A small table of which one column is edited in place, all of it by keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from genretagger.gui.widgets.genre_editor import GenreDelegate

_LINE_HEIGHT = 1.7


class EditableTable(QTableView):
    """Return, F2 or a letter edits the current row; Space and Delete are told to whoever asks."""

    space_pressed = Signal()
    delete_pressed = Signal()

    def __init__(
        self,
        model: QAbstractItemModel,
        *,
        edited: int,
        genres: Callable[[], list[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._edited = edited
        self.setModel(model)
        self.setItemDelegateForColumn(edited, GenreDelegate(lambda _row: genres(), self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        upright = self.verticalHeader()
        upright.hide()
        upright.setDefaultSectionSize(round(self.fontMetrics().height() * _LINE_HEIGHT))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if model.rowCount():
            self.setCurrentIndex(model.index(0, edited))

    def places(self) -> list[int]:
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
        """Keep Space: a shortcut of the window behind would play."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            event.accept()
            return True
        return super().event(event)

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
