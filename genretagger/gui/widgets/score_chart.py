"""A chart of scores: one horizontal bar per genre, with its name, its number and its marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from genretagger.gui.widgets.charts import Chart, PaintedWidget
from genretagger.gui.widgets.genre_colours import genre_colour

# The marks in the legend; the chart draws them itself, because fonts may lack them.
CHOSEN_MARK, PRESENT_MARK = "►", "●"
_ROW_HEIGHT: Final = 1.25  # of the height of a line
_BAR_HEIGHT: Final = 8.0
_LEAST_BAR: Final = 3.0
_MARK: Final = 8.0
_GAP: Final = 6.0
_WIDEST_NAME: Final = 0.42  # of the width
_SOFT_ALPHA: Final = 0.7
_GROUND_ALPHA: Final = 0.1
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | _MIDDLE
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | _MIDDLE


@dataclass(frozen=True, slots=True)
class Bar:
    """The score of one genre.

    share : length of the bar, in [0, 1]
    number : text behind the bar
    key : the key that chooses the genre, shown before its name
    spoken : the whole bar in words
    is_chosen : the genre is suggested or was decided on
    is_present : the file has the genre now
    """

    name: str
    share: float
    number: str
    spoken: str
    key: str = ""
    is_chosen: bool = False
    is_present: bool = False


class ScoreChart(Chart):
    """Shows scores as bars, which the arrow keys read one by one."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars: tuple[Bar, ...] = ()
        self._hollow = False

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: tuple[Bar, ...], *, hollow: bool = False) -> None:
        """Show `bars`, hollow if nothing is sure."""
        if (bars, hollow) != (self._bars, self._hollow):
            self._bars, self._hollow, self._current = bars, hollow, 0
            self.tell([bar.spoken for bar in bars], "")

    def current_bar(self) -> Bar | None:
        """Return the bar that is being read, None if there is none."""
        return self._bars[self._current] if self._bars else None

    def _describe(self) -> None:
        """Describe all bars at once: they are few."""
        self.setAccessibleDescription("\n".join(self._spoken))

    def sizeHint(self) -> QSize:
        return QSize(200, round(len(self._bars) * self._row_height()) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def _row_height(self) -> float:
        return self.fontMetrics().height() * _ROW_HEIGHT

    def item_rect(self, item: int) -> QRectF:
        """Return the whole row of a bar."""
        height = self._row_height()
        return QRectF(0, 1 + item * height, self.width(), height)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = _BarStyle.of(self)
        columns = self._columns(style)
        for item, bar in enumerate(self._bars):
            self._paint_bar(painter, bar, columns, style, self.item_rect(item))
        self.paint_focus(painter)
        painter.end()

    def _columns(self, style: _BarStyle) -> _Columns:
        metrics, wide = self.fontMetrics(), QFontMetrics(style.bold)
        key = max(metrics.horizontalAdvance(bar.key) for bar in self._bars)
        name = max(wide.horizontalAdvance(bar.name) for bar in self._bars) + 1
        number = max(wide.horizontalAdvance(bar.number) for bar in self._bars)
        marks = any(bar.is_chosen for bar in self._bars), any(b.is_present for b in self._bars)
        return _Columns.of(self.width(), key, name, number, marks)

    def _paint_bar(
        self, painter: QPainter, bar: Bar, columns: _Columns, style: _BarStyle, line: QRectF
    ) -> None:
        top, height, room = line.top(), line.height(), columns.name_width
        font = style.bold if bar.is_chosen else style.plain
        painter.setFont(font)
        painter.setPen(style.soft)
        painter.drawText(QRectF(columns.key, top, columns.name, height), _LEFT, bar.key)
        painter.setPen(style.strong)
        name = QFontMetrics(font).elidedText(bar.name, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(columns.name, top, room + 1, height), _LEFT, name)
        painter.drawText(QRectF(0, top, self.width() - 1, height), _RIGHT, bar.number)
        centre = line.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.strong)
        if bar.is_chosen:
            painter.drawPolygon(_triangle(columns.chosen, centre))
        if bar.is_present:
            painter.drawEllipse(QPointF(columns.present + _MARK / 2, centre), 3.0, 3.0)
        room_of_bar = QRectF(columns.bar, centre, columns.bar_width, 0)
        self._paint_length(painter, bar, style, room_of_bar)

    def _paint_length(self, painter: QPainter, bar: Bar, style: _BarStyle, room: QRectF) -> None:
        track = room.adjusted(0, -_BAR_HEIGHT / 2, 0, _BAR_HEIGHT / 2)
        if track.width() < 2 * _BAR_HEIGHT:
            return
        colour = genre_colour(bar.name, self.palette())
        painter.setBrush(style.ground)
        painter.drawRoundedRect(track, 2, 2)
        filled = QRectF(track)
        filled.setWidth(max(_LEAST_BAR, track.width() * bar.share))
        if self._hollow:
            painter.setPen(QPen(colour, 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            filled.adjust(0.6, 0.6, -0.6, -0.6)
        else:
            painter.setBrush(colour)
        painter.drawRoundedRect(filled, 2, 2)


@dataclass(frozen=True, slots=True)
class _BarStyle:
    """Fonts and colours of all bars, made once for each painting."""

    plain: QFont
    bold: QFont
    strong: QColor
    soft: QColor
    ground: QColor

    @classmethod
    def of(cls, chart: PaintedWidget) -> _BarStyle:
        """Return the fonts and colours of a chart."""
        bold = QFont(chart.font())
        bold.setBold(True)
        inks = (chart.ink(), chart.ink(_SOFT_ALPHA), chart.ink(_GROUND_ALPHA))
        return cls(chart.font(), bold, *inks)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of all bars begin, from left to right."""

    chosen: float
    key: float
    name: float
    name_width: float
    present: float
    bar: float
    bar_width: float

    @classmethod
    def of(
        cls,
        width: int,
        key_width: int,
        name_width: int,
        number_width: int,
        marks: tuple[bool, bool],
    ) -> _Columns:
        """Divide `width`; columns that no bar fills take no room."""
        has_chosen, has_present = marks
        key = _MARK + _GAP if has_chosen else 0.0
        name = key + (key_width + _GAP if key_width else 0.0)
        room = min(float(name_width), _WIDEST_NAME * width)
        present = name + room + (_GAP if has_present else 0.0)
        bar = present + (_MARK if has_present else 0.0) + _GAP
        end = width - number_width - _GAP
        return cls(0.0, key, name, room, present, bar, max(0.0, end - bar))


def _triangle(left: float, centre: float) -> QPolygonF:
    half = _MARK / 2
    return QPolygonF(
        [
            QPointF(left + 1, centre - half),
            QPointF(left + _MARK, centre),
            QPointF(left + 1, centre + half),
        ]
    )
