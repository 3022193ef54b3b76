"""The page with what became of the files of a job: groups by reason, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from genretagger.gui.widgets.file_tree import FileGroup, FileTree, FileTreeModel
from genretagger.gui.widgets.texts import path_text

_MARGIN, _SPACE = 16, 8
_HEADLINE_SCALE = 1.3


class ResultModel(FileTreeModel):
    """Groups of files by what became of them."""

    def heading(self) -> str:
        return self.tr("What became of them")


class ResultPage(QWidget):
    """Shows a report; what its buttons do is up to who listens."""

    retry_asked = Signal()
    undo_asked = Signal()
    back_asked = Signal()
    file_asked = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultPage")
        self._headline = _label("resultHeadline")
        font = self._headline.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * _HEADLINE_SCALE)
        self._headline.setFont(font)
        self._facts = _label("resultFacts")
        self._reason = _label("resultReason")
        self._model = ResultModel(self)
        self.tree = FileTree(self._model)
        self.tree.setObjectName("resultTree")
        self.tree.setAccessibleName(self.tr("What became of the files"))
        self.tree.setExpandsOnDoubleClick(False)  # `activated` does it, by keys too
        self.tree.activated.connect(self._on_activated)
        self.tree.selectionModel().currentChanged.connect(self._say_reason)
        self.retry = _button("retryButton", self.tr("Re&try"))
        self.undo = _button("undoResultButton", self.tr("&Undo write"))
        self.back = _button("backButton", self.tr("&Back"))
        self.back.setToolTip(self.tr("Back to the tracks (Esc)"))
        self.retry.clicked.connect(self.retry_asked)
        self.undo.clicked.connect(self.undo_asked)
        self.back.clicked.connect(self.back_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(_SPACE)
        for widget in (self._headline, self._facts):
            layout.addWidget(widget)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._reason)
        buttons = QHBoxLayout()
        buttons.setSpacing(_SPACE)
        buttons.addWidget(self.retry)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        layout.addLayout(buttons)

    def show_groups(self, groups: Sequence[FileGroup], *, headline: str, facts: str) -> None:
        """Show groups, the first one current; below `headline` stands what else there is to say."""
        self._headline.setText(headline)
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))
        self.tree.setAccessibleDescription(headline)
        self.tree.begin(groups, is_open=True)
        self._say_reason(self.tree.currentIndex())

    def take_focus(self) -> None:
        """Give the keys to the tree, or to the way back if that is empty."""
        target = self.tree if self._model.groups else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc, which stops a job before it comes here."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def _say_reason(self, index: QModelIndex) -> None:
        """Show in full what may not fit in its line."""
        group, path = self._model.group_at(index), self._model.path_at(index)
        lines = [] if group is None else [group.heading]
        if path is not None:
            lines.insert(0, path_text(path))
        self._reason.setText("\n".join(lines))

    def _on_activated(self, index: QModelIndex) -> None:
        path = self._model.path_at(index)
        if path is not None:
            self.file_asked.emit(path)
        else:
            group = index.siblingAtColumn(0)
            self.tree.setExpanded(group, not self.tree.isExpanded(group))


def _label(name: str) -> QLabel:
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setObjectName(name)
    return label


def _button(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(True)  # so that Return presses it
    return button
