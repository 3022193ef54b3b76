"""Messages of the program: a bar for known problems, and dialogs that do not block."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QToolButton, QWidget

from genretagger.gui.widgets.icons import icon, state_icon
from genretagger.gui.widgets.labels import push_button
from genretagger.gui.widgets.texts import path_text
from genretagger.review.rows.row import State

_ICON_SIZE = 18
_MOST = 4  # messages at once, because the table needs the space
_translate = QCoreApplication.translate


class MessageBar(QFrame):
    """A sentence above the table that stays until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self._said: list[str] = []
        self._news: set[str] = set()
        self._offer: tuple[str, Callable[[], None]] | None = None
        self._n_gone = 0
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._picture = QLabel()
        self._picture.setObjectName("noticePicture")
        self._text = QLabel(wordWrap=True)
        self._text.setObjectName("noticeText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = push_button("noticeActionButton", "")
        self._action.clicked.connect(self._take_offer)
        button = QToolButton()
        button.setObjectName("noticeCloseButton")
        button.setText(self.tr("Close"))
        button.setAutoRaise(True)
        button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, text: str, *, is_news: bool = False) -> None:
        """Show `text` below earlier messages; only the last few stay.

        Parameters
        ----------
        is_news : bool
            Whether nothing is wrong, so that no warning is drawn beside it.
        """
        if self.isHidden():
            self._said, self._n_gone = [], 0
        if is_news:
            self._news.add(text)
        if text not in self._said:
            self._said.append(text)
        self._n_gone += max(0, len(self._said) - _MOST)
        self._said = self._said[-_MOST:]
        self._show_said()
        self.show()

    def offer(self, text: str, label: str, *, then: Callable[[], None]) -> None:
        """Show `text`, which is news, and a button with `label` that calls `then`."""
        self._offer = text, then
        self._action.setText(label)
        self.say(text, is_news=True)

    def allow_offer(self, *, allowed: bool) -> None:
        """Enable or disable the button of what is offered."""
        self._action.setEnabled(allowed)

    def _take_offer(self) -> None:
        if self._offer is not None:
            self._offer[1]()

    def _show_said(self) -> None:
        gone = self.tr("Earlier messages: {n}").format(n=self._n_gone) if self._n_gone else ""
        self._text.setText("\n".join(filter(None, (gone, *self._said))))
        self._action.setVisible(self._offer is not None and self._offer[0] in self._said)
        is_news = self._news.issuperset(self._said)
        palette = self.palette()
        drawn = icon("news", palette) if is_news else state_icon(State.FAILED, palette)
        self._picture.setPixmap(drawn.pixmap(_ICON_SIZE))

    def take_back(self, text: str) -> None:
        """Remove the message `text`, which is no longer true."""
        if text not in self._said:
            return
        self._said.remove(text)
        self._show_said()
        if not self._said:
            self.hide()

    def shows(self, text: str) -> bool:
        """Return whether the message `text` is shown."""
        return text in self._said and not self.isHidden()

    def text(self) -> str:
        """Return the shown messages."""
        return "" if self.isHidden() else self._text.text()


def show_bug(error: BaseException, log: Path, parent: QWidget | None) -> QMessageBox:
    """Show an unexpected error with its traceback and the path of the log; do not wait."""
    box = QMessageBox(parent)
    box.setObjectName("errorDialog")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setModal(False)
    box.setIcon(QMessageBox.Icon.Critical)
    box.setTextFormat(Qt.TextFormat.PlainText)  # the path of the log may look like markup
    box.setWindowTitle(_translate("Notices", "Genretagger made a mistake"))
    box.setText(
        _translate(
            "Notices",
            "Something unexpected happened. Your files are safe: every write is "
            "undone or finished the next time the program starts.",
        )
    )
    text = _translate("Notices", "Details are in {log}; Help > Copy report has what to send.")
    box.setInformativeText(text.format(log=path_text(log)))
    box.setDetailedText("".join(traceback.format_exception(error)))
    box.show()
    return box
