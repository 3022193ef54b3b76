"""The list of genres on which tags and the model disagree most; a line leads to its tracks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from genretagger.gui.widgets.keys import RETURN_KEYS, claim_key

_LIST_SPACE = 3


class PairList(QListWidget):
    """Shows all of its lines without a scroll bar; Return or a click chooses one."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("disputedList")
        self.setAccessibleName(self.tr("Where the model and your tags disagree most"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSpacing(_LIST_SPACE)
        self.viewport().setAutoFillBackground(False)
        self.itemClicked.connect(self._on_clicked)

    def show_texts(self, texts: list[str]) -> None:
        """Show `texts`; say so if there are none."""
        row = max(0, self.currentRow())
        self.clear()
        self.addItems(texts)
        if not texts:
            nothing = QListWidgetItem(
                self.tr("Nowhere: no track has a genre other than the one heard.")
            )
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(nothing)
        self.setCurrentRow(min(row, len(texts) - 1))
        if not self.hasFocus():
            self.clearSelection()
        self.setFixedHeight(self.sizeHint().height())

    def _on_clicked(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsEnabled:  # Qt reports others as well
            self.chosen.emit(self.row(item))

    def sizeHint(self) -> QSize:
        line = self.sizeHintForRow(0) + 2 * _LIST_SPACE if self.count() else 0
        return QSize(260, line * self.count() + 2 * _LIST_SPACE + 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setCurrentRow(max(0, self.currentRow()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no selection without the focus, because it would mean nothing."""
        super().focusOutEvent(event)
        self.clearSelection()

    def event(self, event: QEvent) -> bool:
        """Keep Return from the window, which would edit a track."""
        return claim_key(event, RETURN_KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN_KEYS and self.currentRow() >= 0:
            self.chosen.emit(self.currentRow())
        else:
            super().keyPressEvent(event)
