"""A histogram of confidences, stacked by levels of trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from genretagger.core.predictions import Level
from genretagger.gui.cells.cell_delegates import level_colour
from genretagger.gui.widgets.charts import ChoosableChart
from genretagger.gui.widgets.texts import percent
from genretagger.review.statistics.overview import N_BINS, TrustLevel

_GAP: Final = 6.0
_SWATCH: Final = 10.0
_LEAST_BAR: Final = 3.0
_FAINT, _SOFT = 0.12, 0.55
_LEVELS = {TrustLevel.HIGH: Level.HIGH, TrustLevel.MEDIUM: Level.MEDIUM, TrustLevel.LOW: Level.LOW}


class Histogram(ChoosableChart):
    """How many verdicts have which confidence, stacked by trust level, with the threshold."""

    back, on = Qt.Key.Key_Left, Qt.Key.Key_Right

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bins: tuple[Mapping[TrustLevel, int], ...] = ()
        self._words: Mapping[TrustLevel, str] = {}
        self._threshold, self._sentence = 0.0, ""

    def show_bins(
        self,
        bins: Sequence[Mapping[TrustLevel, int]],
        spoken: Sequence[str],
        words: Mapping[TrustLevel, str],
    ) -> None:
        """Show `bins`, described by `spoken`; `words` name the trust levels in the legend."""
        self._bins, self._words = tuple(bins), words
        self.tell(spoken, self._sentence)

    def set_threshold(self, threshold: float, sentence: str) -> None:
        """Set the threshold; `sentence` names it."""
        self._threshold = threshold
        self._sentence = sentence
        self.tell(self.spoken(), sentence)

    def sizeHint(self) -> QSize:
        return QSize(380, 15 * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self.sizeHint().height())

    def _plot(self) -> QRectF:
        line = self.fontMetrics().lineSpacing()
        side = self.fontMetrics().horizontalAdvance(percent(1.0)) / 2 + 2
        return QRectF(self.rect()).adjusted(side, 2 * line + _GAP, -side, -line - _GAP)

    def item_rect(self, item: int) -> QRectF:
        """Return the area of a bin, including what is above its bar."""
        plot = self._plot()
        width = plot.width() / N_BINS
        return QRectF(plot.left() + item * width, plot.top(), width, plot.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot()
        painter.fillRect(plot, self.palette().color(QPalette.ColorRole.Base))
        most = max((sum(counts.values()) for counts in self._bins), default=0)
        step = (plot.height() - self.fontMetrics().lineSpacing()) / max(1, most)
        for item, counts in enumerate(self._bins):
            self._paint_bin(painter, self.item_rect(item), counts, step)
        self._paint_axis(painter, plot)
        self._paint_legend(painter, plot.left())
        self._paint_threshold(painter, plot)
        self.paint_focus(painter)
        painter.end()

    def _paint_bin(
        self, painter: QPainter, rect: QRectF, counts: Mapping[TrustLevel, int], step: float
    ) -> None:
        """Paint a bar for each level that has verdicts, however few, and how many there are."""
        bottom = rect.bottom()
        for level in TrustLevel:
            if counts[level]:
                height = max(_LEAST_BAR, counts[level] * step)
                bar = QRectF(rect.left() + 1, bottom - height, rect.width() - 2, height)
                self._fill(painter, bar, level)
                bottom -= height
        n, line = sum(counts.values()), self.fontMetrics().lineSpacing()
        text = self.locale().toString(n)
        if n and self.fontMetrics().horizontalAdvance(text) <= rect.width():
            painter.setPen(self.ink())
            room = QRectF(rect.left(), bottom - line, rect.width(), line)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _fill(self, painter: QPainter, bar: QRectF, trust: TrustLevel) -> None:
        """Fill a bar in the hue of its level; unsure verdicts are hollow, as in the table."""
        level = _LEVELS.get(trust)
        if level is not None:
            painter.fillRect(bar, level_colour(level, self.palette()))
            return
        painter.setPen(QPen(self.ink(_SOFT), 1.0))
        painter.setBrush(self.ink(_FAINT))
        inset = min(0.5, bar.height() / 2)
        painter.drawRect(bar.adjusted(0.5, inset, -0.5, -inset))

    def _paint_axis(self, painter: QPainter, plot: QRectF) -> None:
        painter.setPen(QPen(self.ink(_SOFT), 1.0))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setPen(self.ink())
        width, line = 60.0, self.fontMetrics().lineSpacing()
        for tick in range(0, N_BINS + 1, N_BINS // 5):
            x = plot.left() + plot.width() * tick / N_BINS
            room = QRectF(x - width / 2, plot.bottom() + _GAP, width, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, percent(tick / N_BINS))

    def _paint_legend(self, painter: QPainter, left: float) -> None:
        line = self.fontMetrics().lineSpacing()
        for trust, word in self._words.items():
            self._fill(painter, QRectF(left, (line - _SWATCH) / 2, _SWATCH, _SWATCH), trust)
            width = self.fontMetrics().horizontalAdvance(word) + 2
            painter.setPen(self.ink())
            room = QRectF(left + _SWATCH + _GAP, 0, width, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)
            left = room.right() + 2 * _GAP

    def _paint_threshold(self, painter: QPainter, plot: QRectF) -> None:
        x = plot.left() + plot.width() * self._threshold
        # Outlined in the window's colour, because it crosses bars of every hue.
        for pen in (
            QPen(self.palette().color(QPalette.ColorRole.Window), 4.0),
            QPen(self.ink(), 1.5, Qt.PenStyle.DashLine),
        ):
            painter.setPen(pen)
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        line, width = self.fontMetrics().lineSpacing(), 60.0
        room = QRectF(x - width / 2, plot.top() - line, width, line)
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, percent(self._threshold))
