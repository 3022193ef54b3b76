"""The page shown before there is a folder: what the program does, and one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from genretagger.gui.icons import application_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_ICON_SIZE = 72
_TEXT_WIDTH = 520


class StartPage(QWidget):
    """Three sentences and the button that opens a folder."""

    def __init__(self, open_folder: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        picture = QLabel()
        size = QSize(_ICON_SIZE, _ICON_SIZE)
        picture.setPixmap(application_icon().pixmap(size, self.devicePixelRatioF()))
        title = QLabel(self.tr("What genre is it?"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        title.setFont(font)
        button = QPushButton(self.tr("Open a folder of music…"))
        button.setObjectName("startButton")
        button.clicked.connect(open_folder.trigger)
        button.setDefault(True)
        button.setMinimumHeight(round(button.sizeHint().height() * 1.4))
        button.setMinimumWidth(button.sizeHint().width() + 48)
        hint = QLabel(self.tr("or drop it here"))
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for widget, space in ((picture, 12), (title, 16), (self._text(), 24), (button, 8)):
            layout.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
            layout.addSpacing(space)
        layout.addWidget(hint, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def _text(self) -> QLabel:
        sentences = (
            self.tr("Genretagger listens to every track and shows the genre it hears."),
            self.tr("You decide: accept, change or reject each suggestion."),
            self.tr("Nothing is written without your yes, and every write can be undone."),
        )
        lines = "<br>".join(sentences)
        label = QLabel(f'<p style="line-height: 160%">{lines}</p>')
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        label.setWordWrap(True)
        label.setFixedWidth(_TEXT_WIDTH)
        return label
