"""Labels and buttons as all pages and dialogs make them, named for tests and screen readers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from genretagger.gui.look.text_levels import TextLevel, set_text_level
from genretagger.gui.widgets.keys import RETURN_KEYS


def plain_label(name: str = "", text: str = "", *, can_copy: bool = False) -> QLabel:
    """Return a label that wraps and shows markup in its text as it is typed."""
    label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setObjectName(name)
    if can_copy:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def embolden(widget: QWidget, level: TextLevel = TextLevel.TEXT) -> None:
    """Make the text of a widget bold, and as large as `level` says."""
    font = widget.font()
    font.setBold(True)
    widget.setFont(font)
    set_text_level(widget, level)


def heading_label(text: str, buddy: QWidget | None = None) -> QLabel:
    """Return a bold label; its mnemonic goes to `buddy`."""
    label = QLabel(text)
    embolden(label)
    if buddy is not None:
        label.setBuddy(buddy)
    return label


class ReturnButton(QPushButton):
    """A button that Return presses while it has the focus, and at no other time.

    A button that Qt calls auto-default is pressed so, too, but may become what Return presses in
    all of a dialog.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN_KEYS:
            self.click()
        else:
            super().keyPressEvent(event)


def push_button(name: str, text: str) -> QPushButton:
    """Return a button that Return presses while it has the focus."""
    button = ReturnButton(text)
    button.setObjectName(name)
    return button


def set_names(widget: QWidget, name: str, accessible_name: str) -> None:
    """Set the object name of a widget, and the name that a screen reader says."""
    widget.setObjectName(name)
    widget.setAccessibleName(accessible_name)
