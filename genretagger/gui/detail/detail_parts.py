"""Parts of the detail pane: labels that fit its width, a list of facts, a path, the play bar."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPalette, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from genretagger.gui.detail.timeline_layout import clock
from genretagger.gui.look.text_levels import TextLevel
from genretagger.gui.widgets.labels import embolden
from genretagger.gui.widgets.texts import tooltip

_HIGHEST_PATH = 6  # lines
_LONGEST_WORD = 20  # letters that fit beside a cover in a narrow pane
_LONGEST_TEXT = 150  # letters; a longer text would push all else out of the pane
_BREAK = "\u200b"
_SPACING, _ABOVE = 8, 4  # of the play bar
_PARTS = re.compile(r"\S{1,8}")
_TOO_LONG = re.compile(rf"\S{{{_LONGEST_WORD},}}")


class FittingLabel(QLabel):
    """A label that wraps, fits any width, and is hidden while it is empty.

    If it `shortens`, the end of a very long text is left out and the tooltip shows all of it.
    """

    def __init__(
        self,
        name: str = "",
        *,
        bold: bool = False,
        larger: bool = False,
        shortens: bool = False,
    ) -> None:
        super().__init__(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self._shortens = shortens
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if bold:
            embolden(self, TextLevel.TITLE if larger else TextLevel.TEXT)
        self.say("")

    def say(self, text: str) -> None:
        """Show `text`; hide if it is empty."""
        fitting = _breakable(_shortened(text) if self._shortens else text)
        if fitting != self.text():
            self.setText(fitting)
            self.setAccessibleName(text)
            self.setToolTip(tooltip(text) if _shortened(text) != text and self._shortens else "")
        self.setVisible(bool(text))


def _shortened(text: str) -> str:
    """Return `text`, or the beginning of one that is too long to be a name."""
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1].rstrip()}…"


def _breakable(text: str) -> str:
    """Return `text` with invisible breaks in words that are too long for a line."""
    return _TOO_LONG.sub(lambda word: _BREAK.join(_PARTS.findall(word[0])), text)


class Facts(QWidget):
    """Names and texts in two columns."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(2)
        self._form.setHorizontalSpacing(12)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._lines: list[tuple[QLabel, FittingLabel]] = []

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show `facts`: name and text of each."""
        while len(self._lines) < len(facts):
            name, text = QLabel(textFormat=Qt.TextFormat.PlainText), FittingLabel()
            name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            self._form.addRow(name, text)
            self._lines.append((name, text))
        for line, (name, text) in enumerate(self._lines):
            is_used = line < len(facts)
            self._form.setRowVisible(text, is_used)
            if is_used:
                name.setText(facts[line][0])
                text.say(facts[line][1])
        self.setAccessibleDescription("\n".join(f"{name}: {text}" for name, text in facts))
        self.setVisible(bool(facts))


class PathText(QPlainTextEdit):
    """A path that wraps anywhere, is as high as it needs to be, and can be copied."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show `text`."""
        if text != self.toPlainText():
            self.setPlainText(text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = min(_HIGHEST_PATH, max(1, round(self.document().size().height())))
        height = lines * self.fontMetrics().lineSpacing() + 4
        if height != self.height():
            self.setFixedHeight(height)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().lineSpacing())


class PlayBar(QWidget):
    """A button that plays and pauses, and the times of the player as numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = QToolButton()
        self._button.setObjectName("playButton")
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._times = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._times.setObjectName("playTimes")
        # It must not make the pane wider than the user made it.
        self._times.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, _ABOVE, 0, 0)
        layout.setSpacing(_SPACING)
        layout.addWidget(self._button)
        layout.addWidget(self._times, 1)

    def set_action(self, action: QAction) -> None:
        """Set the action of the button."""
        self._button.setDefaultAction(action)

    def show_times(self, position_s: float | None, length_s: float | None) -> None:
        """Show position and length while a track plays, else nothing."""
        text = "" if position_s is None else clock(position_s)
        if text and length_s:
            text = self.tr("{position} of {length}").format(position=text, length=clock(length_s))
        if text != self._times.text():
            self._times.setText(text)
