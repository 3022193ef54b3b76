"""Charts whose items can be read and chosen one by one; bars in pairs, before and after."""

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

from genretagger.gui.widgets.texts import tooltip

_GAP: Final = 6.0
_BAR: Final = 7.0
_LEAST_BAR: Final = 2.0
_MOST_NAME: Final = 0.34  # of the width
_RADIUS: Final = 3.0
_SOFT: Final = 0.55
_CHOOSING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Chart(QWidget):
    """Items along one direction; arrow keys walk, Return or a click chooses.

    A subclass lays out the places of its items and paints them.
    """

    chosen = Signal(int)  # which item
    walked = Signal(int)  # to which item the keys went
    back, on = Qt.Key.Key_Up, Qt.Key.Key_Down

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._spoken: tuple[str, ...] = ()
        self._summary = ""
        self._current = 0

    def current(self) -> int:
        """Return which item the keys are on."""
        return self._current

    def spoken(self) -> tuple[str, ...]:
        """Return what each item says, in words."""
        return self._spoken

    def tell(self, spoken: Sequence[str], summary: str) -> None:
        """Say what is painted: `summary` in a sentence, every item in `spoken`."""
        self._spoken, self._summary = tuple(spoken), summary
        self._current = min(self._current, max(0, len(spoken) - 1))
        self._describe()
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        here = self._spoken[self._current] if self._spoken else ""
        self.setAccessibleDescription("\n".join(filter(None, (here, self._summary))))

    def place(self, item: int) -> QRectF:
        """Return where an item can be clicked."""
        raise NotImplementedError

    def item_at(self, point: QPointF) -> int | None:
        """Return the item at a point, None if there is none."""
        found = (n for n in range(len(self._spoken)) if self.place(n).contains(point))
        return next(found, None)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the chart from being shortcuts of the window; show tooltips."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self._target(event) is not None or event.key() in _CHOOSING:
                event.accept()
                return True
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            item = self.item_at(QPointF(event.pos()))
            text = tooltip(self._spoken[item]) if item is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _target(self, event: QKeyEvent) -> int | None:
        last = len(self._spoken) - 1
        places = {self.back: self._current - 1, self.on: self._current + 1}
        places |= {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        place = places.get(Qt.Key(event.key()))
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return None if place is None or not is_plain or last < 0 else min(last, max(0, place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self._target(event)
        if target is not None:
            self._go(target)
        elif event.key() in _CHOOSING and self._spoken:
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def _go(self, item: int) -> None:
        self._current = item
        self._describe()
        self._say()
        self.update()
        self.walked.emit(item)

    def _say(self) -> None:
        if self._spoken:
            spoken = self._spoken[self._current]
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.item_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and item is not None:
            self._go(item)
            self.chosen.emit(item)

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

    def paint_focus(self, painter: QPainter) -> None:
        """Frame the item that the keys are on."""
        if self.hasFocus() and self._spoken:
            painter.setPen(QPen(self.ink(), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            place = self.place(self._current).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(place, _RADIUS, _RADIUS)


@dataclass(frozen=True, slots=True)
class PairOfBars:
    """Two numbers of one thing, before and after; `spoken` is all of it in words."""

    name: str
    before: int
    after: int
    spoken: str
    is_plain: bool = False  # not one genre: in no hue


class PairedBars(Chart):
    """A line for each thing: its name, a hollow bar for before, a filled one for after."""

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

    def place(self, item: int) -> QRectF:
        """Return where an item can be clicked: its whole line."""
        return QRectF(0, item * self._height(), self.width(), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._pairs:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(pair.name) for pair in self._pairs) + 2.0
        name = min(widest, self.width() * _MOST_NAME)
        number = max(metrics.horizontalAdvance(_numbers(pair)) for pair in self._pairs) + 2.0
        length = self.width() - name - number - 4 * _GAP
        most = max(1, *(max(pair.before, pair.after) for pair in self._pairs))
        for item, pair in enumerate(self._pairs):
            self._paint_pair(painter, pair, self.place(item), (name, number, length / most))
        self.paint_focus(painter)
        painter.end()

    def _paint_pair(
        self, painter: QPainter, pair: PairOfBars, line: QRectF, widths: tuple[float, float, float]
    ) -> None:
        name, number, step = widths
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self.ink())
        elide = Qt.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(pair.name, elide, int(name))
        painter.drawText(QRectF(_GAP, line.top(), name, line.height()), middle, text)
        room = line.adjusted(line.width() - number - _GAP, 0, -_GAP, 0)
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, _numbers(pair))
        left, centre = name + 2 * _GAP, line.center().y()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.ink(_SOFT), 1.0))
        if pair.before:
            width = max(_LEAST_BAR, pair.before * step)
            before = QRectF(left, centre - _BAR - 1, width, _BAR)
            painter.drawRect(before.adjusted(0.5, 0.5, -0.5, -0.5))
        if pair.after:
            strong = self.palette().color(QPalette.ColorRole.Highlight)
            hue = self.ink(_SOFT) if pair.is_plain else strong
            width = max(_LEAST_BAR, pair.after * step)
            painter.fillRect(QRectF(left, centre + 1, width, _BAR), hue)


def _numbers(pair: PairOfBars) -> str:
    return str(pair.before) if pair.before == pair.after else f"{pair.before} → {pair.after}"
