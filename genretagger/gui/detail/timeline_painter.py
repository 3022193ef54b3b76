"""Paints a timeline: lanes of genres, the envelope, an axis of time, the play head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF

from genretagger.gui.detail.timeline_layout import TimelineBlock, TimelineLane, axis_step, clock
from genretagger.gui.widgets.genre_colours import genre_colour

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIDE: Final = 6.0  # room for the knob of the play head
PAD: Final = 2.0  # above and below, for the frame of the focus
_GAP: Final = 4.0
_BARS: Final = 14.0  # height of the blocks of a lane
_WAVE: Final = 30.0  # least height of the envelope
_PITCH, _BAR = 3.0, 2.0
_LEAST_BLOCK: Final = 4.0
_TICK: Final = 3.0
_KNOB: Final = 4.0
_MARK: Final = 4.0
_FAINT, _SOFT, _STRONG = 0.14, 0.34, 0.78
_LABEL: Final = 0.9  # of the font's size


def label_font(font: QFont) -> QFont:
    """Return the font of names and times."""
    small = QFont(font)
    if small.pointSizeF() > 0:
        small.setPointSizeF(small.pointSizeF() * _LABEL)
    return small


def least_height(font: QFont, *, n_lanes: int) -> float:
    """Return the height that a timeline with `n_lanes` lanes needs."""
    line = QFontMetricsF(label_font(font)).height()
    return n_lanes * (line + _BARS) + _GAP + _WAVE + _GAP + line + 2 * PAD


@dataclass(frozen=True, slots=True)
class TimelineFrame:
    """The layout of a timeline inside a rectangle, in coordinates of the widget."""

    rect: QRectF
    line: float  # height of a line of text
    n_lanes: int
    duration_s: float

    def x(self, seconds: float) -> float:
        """Return the horizontal position of a time."""
        left, width = self.rect.left() + _SIDE, self.rect.width() - 2 * _SIDE
        share = seconds / self.duration_s if self.duration_s > 0 else 0.0
        return left + width * min(1.0, max(0.0, share))

    def seconds(self, x: float) -> float:
        """Return the time at a horizontal position, within the track."""
        left, width = self.rect.left() + _SIDE, self.rect.width() - 2 * _SIDE
        share = (x - left) / width if width > 0 else 0.0
        return self.duration_s * min(1.0, max(0.0, share))

    def bars(self, lane: int) -> QRectF:
        """Return the area of the blocks of a lane, below its name."""
        top = self.rect.top() + lane * (self.line + _BARS) + self.line
        return QRectF(self.rect.left(), top, self.rect.width(), _BARS)

    def wave(self) -> QRectF:
        """Return the area of the envelope."""
        top = self.rect.top() + self.n_lanes * (self.line + _BARS) + _GAP
        bottom = self.rect.bottom() - self.line - _GAP
        return QRectF(self.x(0.0), top, self.x(self.duration_s) - self.x(0.0), bottom - top)

    def block(self, block: TimelineBlock, lane: int) -> QRectF:
        """Return the area of a block at full height, wide enough to be seen."""
        bars, left, right = self.bars(lane), self.x(block.start_s), self.x(block.end_s)
        width = max(_LEAST_BLOCK, right - left)
        return QRectF(min(left, self.wave().right() - width), bars.top(), width, bars.height())


class TimelinePainter:
    """Paints the parts of a timeline in the colours of a palette."""

    def __init__(
        self, painter: QPainter, frame: TimelineFrame, palette: QPalette, font: QFont
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(label_font(font))
        self._painter, self._frame, self._palette = painter, frame, palette
        self._metrics = QFontMetricsF(label_font(font))

    def _ink(self, alpha: float = 1.0) -> QColor:
        colour = QColor(self._palette.color(QPalette.ColorRole.WindowText))
        colour.setAlphaF(alpha)
        return colour

    def lane(self, lane: TimelineLane, position: int, label: str) -> None:
        """Paint the blocks of a genre as high as their scores, below its name."""
        colour, mark = genre_colour(lane.genre, self._palette), None
        for block in lane.blocks:
            rect = self._frame.block(block, position)
            self._painter.fillRect(rect, self._ink(_FAINT))
            height = max(2.0, rect.height() * block.score)
            self._painter.fillRect(rect.adjusted(0, rect.height() - height, 0, 0), colour)
            if block.is_deciding:
                mark = QPointF(rect.center().x(), rect.top() - 1.0)
        self._name(position, label, colour, mark)
        if mark is not None:
            self._mark(mark)

    def _name(self, position: int, label: str, colour: QColor, mark: QPointF | None) -> None:
        bars, line, left = self._frame.bars(position), self._frame.line, self._frame.x(0.0)
        swatch = self._metrics.xHeight()
        needed = swatch + _GAP + self._metrics.horizontalAdvance(label) + _GAP
        if mark is not None and mark.x() - _MARK < left + needed:  # the mark is in its way
            left = mark.x() + _MARK + _GAP
        centre = bars.top() - line / 2
        square = QRectF(left, centre - swatch / 2, swatch, swatch)
        self._painter.fillRect(square, colour)
        room = QRectF(square.right() + _GAP, bars.top() - line, 0, line)
        room.setRight(self._frame.rect.right())
        self._painter.setPen(self._ink())
        elide = Qt.TextElideMode.ElideRight
        text = self._metrics.elidedText(label, elide, room.width())
        self._painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _mark(self, tip: QPointF) -> None:
        """Paint the mark of the deciding segment: a triangle that points at it."""
        shape = [tip, QPointF(tip.x() - _MARK, tip.y() - 6), QPointF(tip.x() + _MARK, tip.y() - 6)]
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._ink())
        self._painter.drawPolygon(QPolygonF(shape))

    def wave(self, heights: Sequence[float], position_s: float | None) -> None:
        """Paint the envelope, the played part more strongly; a line while it is unknown."""
        wave = self._frame.wave()
        centre = wave.center().y()
        if not heights:
            self._painter.fillRect(QRectF(wave.left(), centre, wave.width(), 1), self._ink(_SOFT))
        head = self._frame.x(position_s) if position_s is not None else wave.left()
        soft, strong = self._ink(_SOFT), self._ink(_STRONG)
        for bar, height in enumerate(heights):
            x, half = wave.left() + bar * _PITCH, max(0.5, height * wave.height() / 2)
            colour = strong if x + _BAR <= head else soft
            self._painter.fillRect(QRectF(x, centre - half, _BAR, 2 * half), colour)

    def axis(self) -> None:
        """Paint as many times below the envelope as fit."""
        frame, wave = self._frame, self._frame.wave()
        width = self._metrics.horizontalAdvance(clock(frame.duration_s)) + _GAP
        # The first and the last label are beside their ticks, half a width nearer to the next.
        step = axis_step(frame.duration_s, most=int(wave.width() / (1.5 * width)))
        top = wave.bottom() + _GAP
        self._painter.setPen(QPen(self._ink(_SOFT), 1.0))
        self._painter.drawLine(QPointF(wave.left(), top), QPointF(wave.right(), top))
        for seconds in range(0, int(frame.duration_s // step) * step + 1, step):
            x = frame.x(seconds)
            self._painter.setPen(QPen(self._ink(_SOFT), 1.0))
            self._painter.drawLine(QPointF(x, top), QPointF(x, top + _TICK))
            room = QRectF(x - width / 2, top + 1, width, frame.line)
            room.moveLeft(min(max(room.left(), wave.left() - 1), frame.rect.right() - width))
            at_start = Qt.AlignmentFlag.AlignLeft
            side = Qt.AlignmentFlag.AlignHCenter if seconds else at_start
            self._painter.setPen(self._ink(_STRONG))
            self._painter.drawText(room, side | Qt.AlignmentFlag.AlignTop, clock(seconds))

    def head(self, position_s: float) -> None:
        """Paint the play head: a line with a knob at its foot."""
        x, foot = self._frame.x(position_s), self._frame.wave().bottom() + _GAP
        lanes = [self._frame.bars(lane) for lane in range(self._frame.n_lanes)]
        self._painter.setPen(QPen(self._ink(), 1.5))
        for rect in (*lanes, self._frame.wave().adjusted(0, -_GAP, 0, _GAP)):  # not over names
            self._painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._ink())
        self._painter.drawEllipse(QPointF(x, foot), _KNOB, _KNOB)


def wave_heights(levels: NDArray[np.float32], width: float) -> list[float]:
    """Return the heights in [0, 1] of the bars that fit into `width`: the loudest of each part."""
    n_bars = max(1, int((width + _PITCH - _BAR) / _PITCH))
    n_levels = len(levels)
    if not n_levels:
        return []
    edges = [bar * n_levels // n_bars for bar in range(n_bars + 1)]
    parts = (levels[a : max(a + 1, b)] for a, b in pairwise(edges))
    return [min(1.0, max(0.0, float(part.max()))) for part in parts]
