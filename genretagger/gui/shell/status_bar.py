"""The status bar, which never cuts a number in two in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStatusBar, QStyle, QStyleOption, QWidget

from genretagger.gui.widgets.texts import tooltip

_MARGIN = 6  # on the left, as Qt has it
_ELLIPSIS = "…"


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
