"""A field for a share in per cent."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from genretagger.core.percent import HUNDRED
from genretagger.gui.widgets.keys import RETURN_KEYS
from genretagger.gui.widgets.texts import percent

_STEP: Final = 0.05


class PercentSpinBox(QDoubleSpinBox):
    """A share in [0, 1], shown and typed in per cent like every confidence.

    Return and Escape ask to leave it; what was typed counts.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0.0, 1.0)
        self.setSingleStep(_STEP)
        self.setDecimals(2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Escape, *RETURN_KEYS):
            self.left.emit()

    def textFromValue(self, value: float) -> str:
        return percent(value)

    def valueFromText(self, text: str) -> float:
        return int(_digits(text) or 0) / HUNDRED

    def validate(self, text: str, cursor: int) -> object:
        """Take digits up to 100, with or without a percent sign behind them."""
        digits = _digits(text)
        rest = text.replace("%", "").strip()
        if rest != digits or len(digits) > len(str(HUNDRED)):
            return QValidator.State.Invalid, text, cursor
        if not digits:
            return QValidator.State.Intermediate, text, cursor
        fits = int(digits) <= HUNDRED
        return (QValidator.State.Acceptable if fits else QValidator.State.Invalid), text, cursor


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())
