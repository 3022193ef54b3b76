"""The page shown before a folder is opened: what the program does, and two buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from genretagger.gui.look.text_levels import TextLevel, set_text_level
from genretagger.gui.widgets.icons import application_icon

_ICON_SIZE = 72
_TEXT_WIDTH = 520


class StartPage(QWidget):
    """Three sentences, and the buttons that open a folder or sample music."""

    def __init__(
        self, open_folder: QAction, open_samples: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        picture = QLabel()
        size = QSize(_ICON_SIZE, _ICON_SIZE)
        picture.setPixmap(application_icon().pixmap(size, self.devicePixelRatioF()))
        title = QLabel(self.tr("What genre is it?"))
        set_text_level(title, TextLevel.HEADLINE)
        hint = QLabel(self.tr("or drop a folder here"))
        set_text_level(hint, TextLevel.CAPTION)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for widget, space in ((picture, 12), (title, 16), (self._text(), 24)):
            layout.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
            layout.addSpacing(space)
        layout.addLayout(self._buttons(open_folder, open_samples))
        layout.addSpacing(8)
        layout.addWidget(hint, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def _buttons(self, open_folder: QAction, open_samples: QAction) -> QHBoxLayout:
        own = QPushButton(self.tr("Open a folder of music…"))
        own.setObjectName("startButton")
        own.setDefault(True)
        samples = QPushButton(self.tr("Try it with sample music"))
        samples.setObjectName("sampleMusicButton")
        samples.setToolTip(
            self.tr(
                "Makes a few short tracks in a folder of their own, which you can "
                "delete at any time."
            )
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch()
        for button, action in ((own, open_folder), (samples, open_samples)):
            button.clicked.connect(action.trigger)
            button.setMinimumHeight(round(button.sizeHint().height() * 1.4))
            button.setMinimumWidth(button.sizeHint().width() + 32)
            row.addWidget(button)
        row.addStretch()
        return row

    def _text(self) -> QLabel:
        sentences = (
            self.tr("Genretagger listens to every track and shows the genre it hears."),
            self.tr("You decide: accept, change or reject each suggestion."),
            self.tr(
                "Trying it is safe: no file changes without your consent, and "
                "everything can be undone."
            ),
        )
        lines = "<br>".join(sentences)
        label = QLabel(f'<p style="line-height: 160%">{lines}</p>')
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        label.setWordWrap(True)
        label.setFixedWidth(_TEXT_WIDTH)
        label.setMinimumHeight(label.heightForWidth(_TEXT_WIDTH))  # beside others it gets less
        return label
