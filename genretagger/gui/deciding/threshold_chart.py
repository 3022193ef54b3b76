"""The chart that shows what a threshold does, with a handle to move it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from genretagger.core.percent import HUNDRED, ceil_to_percent
from genretagger.core.predictions import Threshold
from genretagger.gui.widgets.keys import claim_key, is_plain
from genretagger.gui.widgets.texts import percent
from genretagger.review.rows.confidence_levels import Levels
from genretagger.review.statistics.threshold_curve import (
    EMPTY_CURVE,
    ThresholdCurve,
    ThresholdPoint,
)

_TEN = 10
_GRID = (0.0, 0.25, 0.5, 0.75, 1.0)
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_GAP = 6.0
_KNOB, _RING = 6.0, 9.0
_SWATCH = 22.0
_FAINT, _SOFT = 0.15, 0.25
_OWN_KEYS = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
    | {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class ThresholdChart(QAbstractSlider):
    """Shows the share of tracks that each threshold takes, and how many are expected to be right.

    It is a slider over whole per cent, so that keys, wheel and screen readers work as usual.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("thresholdChart")
        self.setAccessibleName(self.tr("Confidence threshold"))
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, HUNDRED)
        self.setSingleStep(1)
        self.setPageStep(_TEN)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self._curve, self._levels = EMPTY_CURVE, Levels()

    def set_curve(self, curve: ThresholdCurve) -> None:
        """Set what each threshold takes."""
        self._curve = curve
        self.update()

    def set_levels(self, levels: Levels) -> None:
        """Set where levels begin."""
        self._levels = levels
        self.update()

    def threshold(self) -> float:
        """Return the chosen threshold."""
        return self.value() / HUNDRED

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(line * 26, line * 12)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(line * 12, line * 6)

    # Keys and mouse

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move the handle from the shortcuts of the window."""
        if isinstance(event, QKeyEvent) and is_plain(event) and claim_key(event, _OWN_KEYS):
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._take(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._take(event.position().x())

    def _take(self, x: float) -> None:
        plot = self._plot()
        self.setValue(round((x - plot.left()) / plot.width() * HUNDRED))

    # Painting

    def _plot(self) -> QRectF:
        """Return the area of the curves; axes are left of and below it, two lines of text above."""
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance(percent(1.0)) + _GAP
        line = metrics.lineSpacing()
        top, bottom = 2 * line + 2 * _GAP, line + _GAP
        return QRectF(self.rect()).adjusted(left, top, -2 * _GAP - left / 2, -bottom)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting = _Painting(painter, self._plot(), self.palette())
        painting.legend([self.tr("tracks accepted"), self.tr("of these, expected to be right")])
        painting.axes()
        painting.levels(
            [(self._levels.medium, self.tr("medium")), (self._levels.high, self.tr("high"))]
        )
        if self._curve.n_open:
            painting.curves(self._curve)
            taken = self._curve.at(self.threshold())
            painting.handle(self.threshold(), taken.share, has_focus=self.hasFocus())
        else:
            painting.words(self.tr("Nothing to decide among the tracks shown"))
        painter.end()


class _Painting:
    """Paints the parts of the chart in the colours of a palette."""

    def __init__(self, painter: QPainter, plot: QRectF, palette: QPalette) -> None:
        self._painter, self._plot = painter, plot
        role = QPalette.ColorRole
        self._ink = palette.color(role.WindowText)
        self._ground = palette.color(role.Window)
        self._hue = palette.color(role.Accent)
        self._line = painter.fontMetrics().lineSpacing()
        painter.fillRect(plot, palette.color(role.Base))

    def _at(self, threshold: float, share: float) -> QPointF:
        plot = self._plot
        return QPointF(
            plot.left() + threshold * plot.width(), plot.bottom() - share * plot.height()
        )

    def _faint(self, alpha: float) -> QColor:
        colour = QColor(self._ink)
        colour.setAlphaF(alpha)
        return colour

    def _write(self, middle: QPointF, text: str, align: Qt.AlignmentFlag) -> None:
        """Write `text` to the left of a point or centred on it."""
        width = self._painter.fontMetrics().horizontalAdvance(text) + 2
        left = middle.x() - (width if align & Qt.AlignmentFlag.AlignRight else width / 2)
        room = QRectF(left, middle.y() - self._line / 2, width, self._line)
        self._painter.setPen(self._ink)
        self._painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter, text)

    def axes(self) -> None:
        """Draw the grid, with shares on the left and thresholds below."""
        for share in _GRID:
            left = self._at(0.0, share)
            self._painter.setPen(QPen(self._faint(_FAINT), 1))
            self._painter.drawLine(left, self._at(1.0, share))
            self._write(left - QPointF(_GAP, 0), percent(share), Qt.AlignmentFlag.AlignRight)
        for tick in _TICKS:
            below = self._at(tick, 0.0) + QPointF(0, _GAP + self._line / 2)
            self._write(below, percent(tick), Qt.AlignmentFlag.AlignHCenter)

    def legend(self, names: list[str]) -> None:
        """Draw the legend above the plot: a solid and a dashed line."""
        left, middle = self._plot.left(), self._line / 2
        for name, pen in zip(names, (self._solid(), self._dashed()), strict=True):
            self._painter.setPen(pen)
            self._painter.drawLine(QPointF(left, middle), QPointF(left + _SWATCH, middle))
            width = self._painter.fontMetrics().horizontalAdvance(name) + 2
            room = QRectF(left + _SWATCH + _GAP, 0, width, self._line)
            self._painter.setPen(self._ink)
            self._painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
            left = room.right() + 3 * _GAP

    def _solid(self) -> QPen:
        return QPen(self._hue, 2.0)

    def _dashed(self) -> QPen:
        return QPen(self._ink, 2.0, Qt.PenStyle.DashLine)

    def levels(self, begins: list[tuple[Threshold | None, str]]) -> None:
        """Mark where levels begin, with their names above the plot."""
        taken_to = self._plot.left()
        for threshold, word in begins:
            if threshold is None:
                continue
            x = ceil_to_percent(threshold.confidence)
            self._painter.setPen(QPen(self._faint(0.6), 1, Qt.PenStyle.DotLine))
            self._painter.drawLine(self._at(x, 0.0), self._at(x, 1.0))
            width = self._painter.fontMetrics().horizontalAdvance(word) + 2
            middle = max(self._at(x, 1.0).x(), taken_to + width / 2)
            above = QPointF(middle, self._plot.top() - self._line / 2)
            self._write(above, word, Qt.AlignmentFlag.AlignHCenter)
            taken_to = middle + width / 2 + _GAP

    def curves(self, curve: ThresholdCurve) -> None:
        """Draw both curves; that of expected precision ends where nothing is taken."""
        shares = self._path(curve, lambda taken: taken.share)
        ground = QPainterPath(shares)
        ground.lineTo(self._at(1.0, 0.0))
        ground.lineTo(self._at(0.0, 0.0))
        colour = QColor(self._hue)
        colour.setAlphaF(_SOFT)
        self._painter.fillPath(ground, colour)
        self._painter.strokePath(shares, self._solid())
        self._painter.strokePath(self._path(curve, lambda t: t.precision), self._dashed())

    def _path(
        self, curve: ThresholdCurve, value: Callable[[ThresholdPoint], float | None]
    ) -> QPainterPath:
        path = QPainterPath()
        for whole, taken in enumerate(curve.points):
            share = value(taken)
            if share is None:
                break
            point = self._at(whole / HUNDRED, share)
            if whole:
                path.lineTo(point)
            else:
                path.moveTo(point)
        return path

    def handle(self, threshold: float, share: float, *, has_focus: bool) -> None:
        """Draw the line of the threshold, with a knob on the curve of tracks taken."""
        self._painter.setPen(QPen(self._ink, 1.5))
        self._painter.drawLine(self._at(threshold, 0.0), self._at(threshold, 1.0))
        knob = self._at(threshold, share)
        if has_focus:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawEllipse(knob, _RING, _RING)
        self._painter.setBrush(self._hue)
        self._painter.setPen(QPen(self._ground, 1.5))
        self._painter.drawEllipse(knob, _KNOB, _KNOB)

    def words(self, text: str) -> None:
        """Write a text instead of the curves."""
        self._painter.setPen(self._ink)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        self._painter.drawText(self._plot, flags, text)
