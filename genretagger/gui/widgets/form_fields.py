"""A page of settings, each with a sentence that explains it and room for a problem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.settings import Settings
from genretagger.gui.look.text_levels import TextLevel, set_text_level
from genretagger.gui.widgets.icons import state_icon
from genretagger.gui.widgets.labels import plain_label
from genretagger.review.rows.row import State

_GAP = 16
_MARK = 16
_AS_WIDE: Final = Qt.AlignmentFlag(0)


class WrongLabel(QWidget):
    """Says what is wrong, with an icon before it; hidden while nothing is."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = QLabel()
        self._mark.setFixedSize(_MARK, _MARK)
        self._label = plain_label(name)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 0, 1)
        layout.setColumnStretch(1, 1)
        self.hide()

    def say(self, text: str) -> None:
        """Show `text`; hide if it is empty."""
        icon = state_icon(State.FAILED, self.palette())
        self._mark.setPixmap(icon.pixmap(_MARK, _MARK))
        self._label.setText(text)
        self.setVisible(bool(text))


class SettingsPage(QScrollArea):
    """One page of settings; it scrolls where the window is small."""

    changed = Signal()

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.title = title
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self.setWidget(inner)
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(_GAP, 0, _GAP, 0)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        outer.addLayout(self._grid)
        self._outer = outer

    def values(self) -> dict[str, Any]:
        """Return the values of this page, by the names of their settings."""
        raise NotImplementedError

    def show_settings(self, settings: Settings) -> None:
        """Show the values of `settings`."""
        raise NotImplementedError

    def wrong_field(self) -> QWidget | None:
        """Return the field with an invalid value, None if there is none."""
        return None

    def add_row(
        self, label: str, field: QWidget, sentence: str, *more: QWidget, wide: bool = False
    ) -> None:
        """Add a setting: its field, `more` widgets below it, and the sentence that explains it."""
        row = self._grid.rowCount()
        if isinstance(field, QCheckBox):
            self._grid.addWidget(field, row, 0, 1, 2)
        else:
            name = QLabel(label)
            name.setBuddy(field)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignVCenter)
            side = Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(field, row, 1, side)
        for below, widget in enumerate(more, row + 1):
            self._grid.addWidget(widget, below, 0 if isinstance(field, QCheckBox) else 1, 1, -1)
        explained = explanation(sentence)
        field.setAccessibleDescription(sentence)
        self._grid.addWidget(explained, self._grid.rowCount(), 0, 1, 2)
        self._grid.setRowMinimumHeight(self._grid.rowCount(), _GAP)

    def add_below(
        self, widget: QWidget, *, stretch: int = 0, alignment: Qt.AlignmentFlag = _AS_WIDE
    ) -> None:
        """Add a widget as wide as the page, or at a side of it."""
        self._outer.addWidget(widget, stretch, alignment)

    def finish(self) -> None:
        """Leave the rest of the page empty."""
        self._outer.addStretch(1)


def combo_box(items: Iterable[tuple[str, str]]) -> QComboBox:
    """Return a box of choices, each with its value and its text."""
    box = QComboBox()
    for value, text in items:
        box.addItem(text, value)
    return box


def explanation(text: str) -> QLabel:
    """Return a label that explains the field above it."""
    label = plain_label(text=text)
    set_text_level(label, TextLevel.CAPTION)
    return label
