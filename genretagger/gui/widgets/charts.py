"""What all painted widgets share, and charts whose items are read and chosen one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from genretagger.gui.widgets.keys import RETURN_KEYS, is_plain
from genretagger.gui.widgets.texts import tooltip

_GAP: Final = 6.0
_BAR: Final = 7.0
_LEAST_BAR: Final = 2.0
_WIDEST_NAME: Final = 0.34  # of the width
_RADIUS: Final = 3.0
_SOFT: Final = 0.55


class PaintedWidget(QWidget):
    """A widget that is painted, used by keys, and read aloud by screen readers."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def claims_key(self, event: QKeyEvent) -> bool:
        """Return whether a key is for this widget, and not for a shortcut of the window."""
        raise NotImplementedError

    def text_at(self, _point: QPointF) -> str:
        """Return the tooltip at a point; empty for none."""
        return ""

    def event(self, event: QEvent) -> bool:
        """Keep the keys of this widget from the window; show tooltips."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self.claims_key(event):
                event.accept()
                return True
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self.text_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tooltip(text) if text else "", self)
            return True
        return super().event(event)

    def announce(self, text: str) -> None:
        """Have a screen reader say `text`."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def ink(self, alpha: float = 1.0) -> QColor:
        """Return the colour of text, more or less faint."""
        colour = QColor(self.palette().color(QPalette.ColorRole.WindowText))
        colour.setAlphaF(alpha)
        return colour

    def frame_focus(self, painter: QPainter, rect: QRectF) -> None:
        """Frame `rect` while this widget has the focus."""
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)


class Chart(PaintedWidget):
    """Items in a row or column, read one by one with the arrow keys.

    A subclass says where each item is (`item_rect`) and paints it.
    """

    walked = Signal(int)  # the item that the keys went to
    back, on = Qt.Key.Key_Up, Qt.Key.Key_Down

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self._spoken: tuple[str, ...] = ()
        self._summary = ""
        self._current = 0

    def current_item(self) -> int:
        """Return which item the keys are on."""
        return self._current

    def spoken(self) -> tuple[str, ...]:
        """Return each item in words."""
        return self._spoken

    def tell(self, spoken: Sequence[str], summary: str) -> None:
        """Set the texts for screen readers: one for each item, and a summary of all."""
        resized = len(spoken) != len(self._spoken)
        self._spoken, self._summary = tuple(spoken), summary
        self._current = min(self._current, max(0, len(spoken) - 1))
        self._describe()
        if resized:
            self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        here = self._spoken[self._current] if self._spoken else ""
        self.setAccessibleDescription("\n".join(filter(None, (here, self._summary))))

    def item_rect(self, item: int) -> QRectF:
        """Return the area of an item."""
        raise NotImplementedError

    def claims_key(self, event: QKeyEvent) -> bool:
        """Return whether a key walks through the items."""
        return self._target(event) is not None

    def _target(self, event: QKeyEvent) -> int | None:
        """Return the item that a key goes to, None if it goes nowhere."""
        last = len(self._spoken) - 1
        targets = {self.back: self._current - 1, self.on: self._current + 1}
        targets |= {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        target = targets.get(Qt.Key(event.key()))
        if target is None or not is_plain(event) or last < 0:
            return None
        return min(last, max(0, target))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self._target(event)
        if target is None:
            super().keyPressEvent(event)
        else:
            self._go(target)

    def _go(self, item: int) -> None:
        self._current = item
        self._describe()
        self.announce(self._spoken[item])
        self.update()
        self.walked.emit(item)

    def paint_focus(self, painter: QPainter) -> None:
        """Frame the item that the keys are on."""
        if self._spoken:
            self.frame_focus(painter, self.item_rect(self._current))


class ChoosableChart(Chart):
    """A chart whose items Return or a click chooses."""

    chosen = Signal(int)  # the item

    def item_at(self, point: QPointF) -> int | None:
        """Return the item at a point, None if there is none."""
        items = range(len(self._spoken))
        return next((item for item in items if self.item_rect(item).contains(point)), None)

    def text_at(self, point: QPointF) -> str:
        """Return the item at a point in words."""
        item = self.item_at(point)
        return "" if item is None else self._spoken[item]

    def claims_key(self, event: QKeyEvent) -> bool:
        """Return whether a key walks through the items or chooses one."""
        return event.key() in RETURN_KEYS or super().claims_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN_KEYS and self._spoken:
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.item_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and item is not None:
            self._go(item)
            self.chosen.emit(item)


@dataclass(frozen=True, slots=True)
class PairOfBars:
    """Two counts of the same thing, before and after; `spoken` says both in words."""

    name: str
    before: int
    after: int
    spoken: str
    is_plain: bool = False  # stands for several genres, so it has no hue


class PairedBars(ChoosableChart):
    """A line per pair: its name, a hollow bar for before, a filled one for after."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pairs: tuple[PairOfBars, ...] = ()

    def show_pairs(self, pairs: Sequence[PairOfBars], summary: str) -> None:
        """Show `pairs`."""
        self._pairs = tuple(pairs)
        self.tell([pair.spoken for pair in pairs], summary)

    def sizeHint(self) -> QSize:
        return QSize(380, round(len(self._pairs) * self._height()) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self.sizeHint().height())

    def _height(self) -> float:
        return max(2 * _BAR + 2 * _GAP, 1.5 * self.fontMetrics().height())

    def item_rect(self, item: int) -> QRectF:
        """Return the whole line of an item."""
        return QRectF(0, item * self._height(), self.width(), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._pairs:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(pair.name) for pair in self._pairs) + 2.0
        name_width = min(widest, self.width() * _WIDEST_NAME)
        counts_width = max(metrics.horizontalAdvance(_counts(pair)) for pair in self._pairs) + 2.0
        length = self.width() - name_width - counts_width - 4 * _GAP
        most = max(1, *(max(pair.before, pair.after) for pair in self._pairs))
        for item, pair in enumerate(self._pairs):
            widths = name_width, counts_width, length / most
            self._paint_pair(painter, pair, self.item_rect(item), widths)
        self.paint_focus(painter)
        painter.end()

    def _paint_pair(
        self, painter: QPainter, pair: PairOfBars, line: QRectF, widths: tuple[float, float, float]
    ) -> None:
        name_width, counts_width, step = widths
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self.ink())
        elide = Qt.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(pair.name, elide, int(name_width))
        painter.drawText(QRectF(_GAP, line.top(), name_width, line.height()), middle, text)
        room = line.adjusted(line.width() - counts_width - _GAP, 0, -_GAP, 0)
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, _counts(pair))
        left, centre = name_width + 2 * _GAP, line.center().y()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.ink(_SOFT), 1.0))
        if pair.before:
            width = max(_LEAST_BAR, pair.before * step)
            before = QRectF(left, centre - _BAR - 1, width, _BAR)
            painter.drawRect(before.adjusted(0.5, 0.5, -0.5, -0.5))
        if pair.after:
            strong = self.palette().color(QPalette.ColorRole.Accent)
            hue = self.ink(_SOFT) if pair.is_plain else strong
            width = max(_LEAST_BAR, pair.after * step)
            painter.fillRect(QRectF(left, centre + 1, width, _BAR), hue)


def _counts(pair: PairOfBars) -> str:
    return str(pair.before) if pair.before == pair.after else f"{pair.before} → {pair.after}"
