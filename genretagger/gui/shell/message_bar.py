"""Messages of the program: a bar for known problems, and dialogs that do not block."""

from __future__ import annotations

import html
import traceback
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QToolButton, QWidget

from genretagger import __version__
from genretagger.gui.shell.model_card import show_model_card
from genretagger.gui.widgets.icons import application_icon, state_icon
from genretagger.gui.widgets.texts import path_text
from genretagger.review.rows.row import State

_ICON_SIZE = 18
_MOST = 4  # messages at once, because the table needs the space
_ABOUT_ICON_SIZE = 64
_translate = QCoreApplication.translate


class MessageBar(QFrame):
    """A sentence above the table that stays until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self._said: list[str] = []
        self._n_gone = 0
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._picture = QLabel()
        self._text = QLabel(wordWrap=True)
        self._text.setObjectName("noticeText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        button = QToolButton()
        button.setObjectName("noticeCloseButton")
        button.setText(self.tr("Close"))
        button.setAutoRaise(True)
        button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, text: str) -> None:
        """Show `text` below earlier messages; only the last few stay."""
        if self.isHidden():
            self._said, self._n_gone = [], 0
        if text not in self._said:
            self._said.append(text)
        self._n_gone += max(0, len(self._said) - _MOST)
        self._said = self._said[-_MOST:]
        self._show_said()
        self._picture.setPixmap(state_icon(State.FAILED, self.palette()).pixmap(_ICON_SIZE))
        self.show()

    def _show_said(self) -> None:
        gone = self.tr("Earlier messages: {n}").format(n=self._n_gone) if self._n_gone else ""
        self._text.setText("\n".join(filter(None, (gone, *self._said))))

    def take_back(self, text: str) -> None:
        """Remove the message `text`, which is no longer true."""
        if text not in self._said:
            return
        self._said.remove(text)
        self._show_said()
        if not self._said:
            self.hide()

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
    box.setWindowTitle(_translate("Notices", "Genretagger made a mistake"))
    box.setText(
        _translate(
            "Notices",
            "Something unexpected happened. Your files are safe: every write is "
            "undone or finished the next time the program starts.",
        )
    )
    box.setInformativeText(_translate("Notices", "Details are in {log}").format(log=path_text(log)))
    box.setDetailedText("".join(traceback.format_exception(error)))
    box.show()
    return box


def show_about(model_id: str | None, parent: QWidget) -> QMessageBox:
    """Show name, version, licence and model, with a button for the model card; do not wait."""
    box = QMessageBox(parent)
    box.setObjectName("aboutDialog")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(_translate("Notices", "About Genretagger"))
    box.setIconPixmap(application_icon().pixmap(_ABOUT_ICON_SIZE))
    box.setText(
        _translate("Notices", "<b>Genretagger {version}</b>").format(version=__version__),
    )
    box.setInformativeText(
        _translate(
            "Notices",
            "<p>Hears the genre of music and writes what you accept. It never changes audio and"
            " never sends anything.</p><p>Model: {model}</p><p>Free software under the GNU General"
            " Public License, version 3 or later. Uses Qt under the GNU Lesser General Public"
            " License, version 3.</p>",
        ).format(model=html.escape(model_id or "") or _translate("Notices", "not used yet"))
    )
    card = box.addButton(_translate("Notices", "Model card"), QMessageBox.ButtonRole.ActionRole)
    card.setObjectName("modelCardButton")
    card.clicked.connect(lambda: show_model_card(model_id, parent))
    box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Close))
    box.setDefaultButton(QMessageBox.StandardButton.Close)
    box.open()
    return box
