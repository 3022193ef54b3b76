"""The line beside the cover: a button that plays, and where the player is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from genretagger.gui.detail.timeline_layout import clock

_SPACING, _ABOVE = 8, 4


class PlayBar(QWidget):
    """Plays and pauses by the action that it is given, and shows times as numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = QToolButton()
        self._button.setObjectName("playButton")
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._times = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._times.setObjectName("playTimes")
        # As narrow as the pane gets: it must not make it wider than it is.
        self._times.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, _ABOVE, 0, 0)
        layout.setSpacing(_SPACING)
        layout.addWidget(self._button)
        layout.addWidget(self._times, 1)

    def set_action(self, action: QAction) -> None:
        """Let the button do this."""
        self._button.setDefaultAction(action)

    def show_times(self, position_s: float | None, length_s: float | None) -> None:
        """Show where the player is and how long the track is; nothing while it does not play."""
        text = "" if position_s is None else clock(position_s)
        if text and length_s:
            text = self.tr("{position} of {length}").format(position=text, length=clock(length_s))
        if text != self._times.text():
            self._times.setText(text)
