"""The page shown before a folder is opened: the last folders or what the program does, buttons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from genretagger.gui.guiding.recent_list import RecentList
from genretagger.gui.look.text_levels import TextLevel, set_text_level
from genretagger.gui.widgets.icons import application_icon

_ICON_SIZE, _SMALL_ICON_SIZE = 72, 40  # where the last folders need the room
_TEXT_WIDTH = 520
_MOST_SHOWN = 5


class StartPage(QWidget):
    """The folders that were opened last, and the buttons that open a folder or sample music.

    Whoever has not opened one yet reads three sentences about the program in their place.
    """

    def __init__(
        self, open_folder: QAction, open_samples: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self._picture = QLabel()
        title = QLabel(self.tr("What genre is it?"))
        set_text_level(title, TextLevel.HEADLINE)
        self._text = self._make_text()
        self._recent_title = QLabel(self.tr("Recent folders"))
        self.recent = RecentList()
        for widget in (self._recent_title, self.recent):
            widget.setFixedWidth(_TEXT_WIDTH)
        self._own = self._make_button(self.tr("Open a folder of music…"), open_folder)
        hint = QLabel(self.tr("or drop a folder here"))
        set_text_level(hint, TextLevel.CAPTION)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for widget, space in (
            (self._picture, 8), (title, 12), (self._text, 16), (self._recent_title, 4),
            (self.recent, 16),
        ):  # fmt: skip
            layout.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
            layout.addSpacing(space)
        layout.addLayout(self._make_buttons(open_samples))
        layout.addSpacing(8)
        layout.addWidget(hint, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.show_recent((), away=())

    def show_recent(self, paths: Sequence[Path], *, away: Collection[Path]) -> None:
        """Show the folders that were opened last, and say which of them are `away`."""
        self.recent.show_folders(paths[:_MOST_SHOWN], away=away)
        for widget in (self._recent_title, self.recent):
            widget.setVisible(bool(paths))
        self._text.setVisible(not paths)
        side = _SMALL_ICON_SIZE if paths else _ICON_SIZE
        size = QSize(side, side)
        self._picture.setPixmap(application_icon().pixmap(size, self.devicePixelRatioF()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.recent.first() or self._own).setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_button(self, text: str, action: QAction) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(True)  # Return presses it
        button.clicked.connect(action.trigger)
        button.setMinimumHeight(round(button.sizeHint().height() * 1.4))
        button.setMinimumWidth(button.sizeHint().width() + 32)
        return button

    def _make_buttons(self, open_samples: QAction) -> QHBoxLayout:
        self._own.setObjectName("startButton")
        samples = self._make_button(self.tr("Try it with sample music"), open_samples)
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
        for button in (self._own, samples):
            row.addWidget(button)
        row.addStretch()
        return row

    def _make_text(self) -> QLabel:
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
