"""The tree of the preview, in which Space takes files out of the write."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from genretagger.gui.widgets.file_tree import FileTree
from genretagger.gui.widgets.keys import is_plain
from genretagger.gui.writing.write_preview import WriteTreeModel


class WriteTree(FileTree):
    """Shows pending changes; Space checks or unchecks all lines that are selected."""

    def __init__(self, model: WriteTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._changes = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and is_plain(event):
            self._toggle()
        else:
            super().keyPressEvent(event)

    def _toggle(self) -> None:
        """Check or uncheck what is selected, by the state that the current line gets."""
        current = self.currentIndex().siblingAtColumn(0)
        state = current.data(Qt.ItemDataRole.CheckStateRole)
        chosen = self.selectionModel().selection()
        ranges = [(part.parent(), part.top(), part.bottom()) for part in chosen.toList()]
        if not ranges and current.isValid():
            ranges = [(current.parent(), current.row(), current.row())]
        self._changes.choose(ranges, is_chosen=state != Qt.CheckState.Checked)
