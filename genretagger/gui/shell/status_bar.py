"""The status bar, which never cuts a number in two in a narrow window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QStyle, QStyleOption, QWidget

from genretagger.gui.shell.status_texts import in_a_line
from genretagger.gui.widgets.texts import tooltip

_MARGIN = 6  # on the left, as Qt has it
_ELLIPSIS = "…"
_SPACING = 8  # more than Qt leaves between two widgets
_LEAST_MESSAGE = 120  # pixels, with the grip at the right


class PartsLabel(QLabel):
    """Shows parts of a text from left to right; where room is short, only the first of them."""

    said = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._parts: tuple[str, ...] = ()

    def say(self, parts: Sequence[str]) -> None:
        """Show `parts`, the most important first."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self.show_first(len(parts))
            self.said.emit()

    def show_first(self, n: int) -> None:
        """Show the first `n` parts; the tooltip has all of them if that leaves some out."""
        text = in_a_line(*self._parts[:n])
        if text != self.text():
            self.setText(text)
            self.setToolTip("" if n >= len(self._parts) else in_a_line(*self._parts))

    @property
    def n_parts(self) -> int:
        """How many parts there are."""
        return len(self._parts)


class StatusBar(QStatusBar):
    """Shows the first words of a message that is too long, and all of it in the tooltip.

    `kept` are the widgets on the right, which no message covers.
    """

    def __init__(self, *kept: QWidget) -> None:
        super().__init__()
        self._kept: list[QWidget] = []
        for widget in kept:
            self.keep(widget)
        self.messageChanged.connect(self._explain)

    def keep(self, widget: QWidget) -> None:
        """Add a widget on the right that no message covers."""
        self._kept.append(widget)
        self.addPermanentWidget(widget)
        widget.installEventFilter(self)
        if isinstance(widget, PartsLabel):
            widget.said.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_kept"):
            QTimer.singleShot(0, self, self._fit)  # once the labels have the font, too

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the room anew when a widget on the right comes or goes."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fit()
        return False

    def _fit(self) -> None:
        """Leave out parts of labels until all widgets and the beginning of a message fit."""
        for label in (one for one in self._kept if isinstance(one, PartsLabel)):
            for n in range(label.n_parts, -1, -1):
                label.show_first(n)
                if self._needed() <= self.width():
                    break

    def _needed(self) -> int:
        shown = [widget for widget in self._kept if not widget.isHidden()]
        least = (max(one.minimumSizeHint().width(), one.minimumWidth()) for one in shown)
        return sum(least) + _SPACING * (len(shown) + 1) + _LEAST_MESSAGE

    def shown_text(self) -> str:
        """Return as many whole words of the message as fit."""
        message, metrics = self.currentMessage(), self.fontMetrics()
        shown = metrics.elidedText(message, Qt.TextElideMode.ElideRight, self._room())
        if shown == message:
            return message
        return f"{shown.rpartition(' ')[0].rstrip()} {_ELLIPSIS}".lstrip()

    def _room(self) -> int:
        """Return the width for a message, from the left margin to the permanent widgets."""
        ends = [widget.x() for widget in self._kept if widget.isVisibleTo(self)]
        return min([self.width(), *ends]) - 2 * _MARGIN

    def _explain(self, message: str) -> None:
        self.setToolTip(tooltip(message) if message else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.shown_text()
        if text == self.currentMessage():
            super().paintEvent(event)
            return
        painter, option = QPainter(self), QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelStatusBar, option, painter, self)
        painter.setPen(self.palette().windowText().color())
        rect = QRect(_MARGIN, 0, self._room() + _MARGIN, self.height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
