"""Three levels of text: a title, the text itself, and a caption that explains it.

They are sizes relative to the text of the program, and follow it while the window is open.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

_SCALE = "textScale"  # the property of a widget that holds its size


class TextLevel(Enum):
    """The size of a text, relative to that of the program."""

    HEADLINE = 1.8  # of the start page, which has nothing else
    TITLE = 1.3
    TEXT = 1.0
    CAPTION = 0.92


def set_text_level(widget: QWidget, level: TextLevel) -> None:
    """Give the text of a widget the size of a level; a caption is also fainter."""
    widget.setProperty(_SCALE, level.value)
    _scale(widget)
    if level is TextLevel.CAPTION:
        widget.setForegroundRole(QPalette.ColorRole.PlaceholderText)


def scale_texts(app: QApplication) -> None:
    """Give all texts the size of their level again, because that of the program has changed."""
    for widget in app.allWidgets():
        if widget.property(_SCALE) is not None:
            _scale(widget)


def _scale(widget: QWidget) -> None:
    font = widget.font()
    font.setPointSizeF(QApplication.font().pointSizeF() * widget.property(_SCALE))
    widget.setFont(font)
