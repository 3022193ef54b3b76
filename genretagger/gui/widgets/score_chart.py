"""A chart of scores: one horizontal bar per genre, with its name, its number and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionFocusRect, QWidget

from genretagger.gui.widgets.genre_colours import genre_colour

# What the legend says these mean; the chart draws them itself, for fonts may lack them.
CHOSEN_MARK, PRESENT_MARK = "►", "●"
_ROW_HEIGHT: Final = 1.25  # of the height of a line
_BAR_HEIGHT: Final = 8.0
_LEAST_BAR: Final = 3.0
_MARK: Final = 8.0
_GAP: Final = 6.0
_MOST_NAME: Final = 0.42  # of the width
_GROUND_ALPHA: Final = 0.1


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    share : its length, in [0, 1]
    number : what stands behind it
    key : what stands before it, the key that chooses it
    spoken : all of it in words
    is_chosen : it is what is suggested or was decided
    is_present : the file has it now
    """

    name: str
    share: float
    number: str
    spoken: str
    key: str = ""
    is_chosen: bool = False
    is_present: bool = False


class ScoreChart(QWidget):
    """Shows bars; arrow keys read them one by one."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars: tuple[Bar, ...] = ()
        self._hollow = False
        self._at = 0

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: tuple[Bar, ...], *, hollow: bool = False) -> None:
        """Show `bars`, hollow if nothing is sure."""
        if (bars, hollow) == (self._bars, self._hollow):
            return
        resized = len(bars) != len(self._bars)
        self._bars, self._hollow, self._at = bars, hollow, 0
        self.setAccessibleDescription("\n".join(bar.spoken for bar in bars))
        if resized:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, round(len(self._bars) * self._row_height()) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def _row_height(self) -> float:
        return self.fontMetrics().height() * _ROW_HEIGHT

    # Reading bar by bar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._bars) - 1
        places = {
            Qt.Key.Key_Up: max(0, self._at - 1),
            Qt.Key.Key_Down: min(last, self._at + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if not self._bars or event.key() not in places or event.modifiers():
            super().keyPressEvent(event)
            return
        self._at = places[Qt.Key(event.key())]
        self.update()
        self._say()

    def current(self) -> Bar | None:
        """Return the bar that is being read, None if there is none."""
        return self._bars[self._at] if self._bars else None

    def _say(self) -> None:
        bar = self.current()
        if bar is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, bar.spoken))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._columns()
        for place, bar in enumerate(self._bars):
            top = 1 + place * self._row_height()
            self._paint_bar(painter, bar, columns, top)
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _columns(self) -> _Columns:
        bold = QFont(self.font())
        bold.setBold(True)
        metrics, wide = self.fontMetrics(), QFontMetrics(bold)
        key = max(metrics.horizontalAdvance(bar.key) for bar in self._bars)
        name = max(wide.horizontalAdvance(bar.name) for bar in self._bars) + 1
        number = max(wide.horizontalAdvance(bar.number) for bar in self._bars)
        marks = any(bar.is_chosen for bar in self._bars), any(b.is_present for b in self._bars)
        return _Columns.of(self.width(), key, name, number, marks)

    def _paint_bar(self, painter: QPainter, bar: Bar, columns: _Columns, top: float) -> None:
        height = self._row_height()
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        faint = QColor(ink)
        faint.setAlphaF(0.7)
        font = QFont(self.font())
        font.setBold(bar.is_chosen)
        painter.setFont(font)
        middle = Qt.AlignmentFlag.AlignVCenter
        left, right = Qt.AlignmentFlag.AlignLeft | middle, Qt.AlignmentFlag.AlignRight | middle
        painter.setPen(faint)
        painter.drawText(QRectF(columns.key, top, columns.name, height), left, bar.key)
        painter.setPen(ink)
        room = columns.name_width
        name = QFontMetrics(font).elidedText(bar.name, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(columns.name, top, room + 1, height), left, name)
        painter.drawText(QRectF(0, top, self.width() - 1, height), right, bar.number)
        centre = top + height / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        if bar.is_chosen:
            painter.drawPolygon(_triangle(columns.chosen, centre))
        if bar.is_present:
            painter.drawEllipse(QPointF(columns.present + _MARK / 2, centre), 3.0, 3.0)
        self._paint_length(painter, bar, QRectF(columns.bar, centre, columns.bar_width, 0))

    def _paint_length(self, painter: QPainter, bar: Bar, room: QRectF) -> None:
        track = room.adjusted(0, -_BAR_HEIGHT / 2, 0, _BAR_HEIGHT / 2)
        if track.width() < 2 * _BAR_HEIGHT:
            return
        ground = self.palette().color(QPalette.ColorRole.WindowText)
        ground.setAlphaF(_GROUND_ALPHA)
        colour = genre_colour(bar.name, self.palette())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
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

    def _paint_focus(self, painter: QPainter) -> None:
        option = QStyleOptionFocusRect()
        option.initFrom(self)
        height = self._row_height()
        option.rect = QRectF(0, 1 + self._at * height, self.width(), height).toRect()
        option.backgroundColor = self.palette().color(QPalette.ColorRole.Window)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)


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
        """Share `width`; columns that no bar fills take no room."""
        has_chosen, has_present = marks
        key = _MARK + _GAP if has_chosen else 0.0
        name = key + (key_width + _GAP if key_width else 0.0)
        room = min(float(name_width), _MOST_NAME * width)
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
