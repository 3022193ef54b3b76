"""How a confidence is painted: ticks for its level, a bar, its number with the album's mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from genretagger.core.hearing import Level
from genretagger.gui.cells import DISSENT_MARK, RAISED_MARK
from genretagger.gui.icons import is_dark
from genretagger.gui.track_table import ROW_ROLE
from genretagger.review.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

Index = QModelIndex | QPersistentModelIndex

_MARGIN = 8
_BAR_HEIGHT = 6.0
_LEAST_BAR = 16.0  # narrower, it says nothing and is left out
_N_TICKS = 3
_TICK_WIDTH, _TICK_GAP, _TICK_HEIGHTS = 3.0, 2.0, (5.0, 8.0, 11.0)
_TICKS_WIDTH = _N_TICKS * (_TICK_WIDTH + _TICK_GAP)
_FILLED = {Level.HIGH: 3, Level.MEDIUM: 2, Level.LOW: 1}
# Hues that keep a contrast of at least 4.5 on white (first) and on #2d2d2d (second).
_COLOURS = {
    Level.HIGH: ("#1b6e2c", "#7fd18b"),
    Level.MEDIUM: ("#1a5fa8", "#7fb8f0"),
    Level.LOW: ("#8a5a00", "#e5b454"),
}
_GROUND_ALPHA = 0.15


def level_colour(level: Level, palette: QPalette) -> QColor:
    """Return the hue of a level, which can be read on the ground of `palette`."""
    light, dark = _COLOURS[level]
    return QColor(dark if is_dark(palette) else light)


class ConfidenceDelegate(QStyledItemDelegate):
    """Three, two or one filled ticks for high, medium or low; a bar as long as the confidence.

    Ticks and bar are hollow when the row is Unsure: the colour only repeats what the shape says.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        widget = option.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        row = index.data(ROW_ROLE)
        if isinstance(row, Row) and row.shown_confidence is not None and row.level is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _Painting(painter, option, hollow=row.unsure is not None, level=row.level).paint(
                row.shown_confidence, text
            )
            painter.restore()


class _Painting:
    """The parts of one cell, from left to right."""

    def __init__(
        self, painter: QPainter, option: QStyleOptionViewItem, *, hollow: bool, level: Level
    ) -> None:
        palette: QPalette = option.palette
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole
        self._painter = painter
        self._metrics = option.fontMetrics
        self._ink = palette.color(role.HighlightedText if selected else role.Text)
        self._colour = self._ink if selected else level_colour(level, palette)
        self._cell = QRectF(option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0))
        self._hollow, self._n_filled = hollow, _FILLED[level]

    def paint(self, confidence: float, text: str) -> None:
        self._paint_ticks()
        marks = max(self._metrics.horizontalAdvance(m) for m in (RAISED_MARK, DISSENT_MARK))
        space = self._metrics.horizontalAdvance(" ")
        number = self._metrics.horizontalAdvance("100 %") + space + marks
        room = self._cell.adjusted(_TICKS_WIDTH + _MARGIN / 2, 0, -number - _MARGIN, 0)
        if room.width() >= _LEAST_BAR:
            self._paint_bar(room, confidence)
        self._paint_text(text, marks_width=space + marks)

    def _paint_text(self, text: str, *, marks_width: float) -> None:
        """Paint the number with its mark: numbers stand below each other, with a mark or not."""
        mark = text[-1:] if text[-1:] in (RAISED_MARK, DISSENT_MARK) else ""
        number = text.removesuffix(mark).rstrip()
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._painter.setPen(self._ink)
        self._painter.drawText(self._cell.adjusted(0, 0, -marks_width, 0), flags, number)
        self._painter.drawText(self._cell, flags, mark)

    def _paint_ticks(self) -> None:
        bottom = self._cell.center().y() + _TICK_HEIGHTS[-1] / 2
        for place, tick in enumerate(self._ticks(bottom)):
            filled = place < self._n_filled
            self._choose(filled=filled, hollow=self._hollow)
            inset = 0.5 if filled and self._hollow else 0.0
            self._painter.drawRect(tick.adjusted(inset, inset, -inset, -inset))

    def _ticks(self, bottom: float) -> Iterator[QRectF]:
        for place, height in enumerate(_TICK_HEIGHTS):
            left = self._cell.left() + place * (_TICK_WIDTH + _TICK_GAP)
            yield QRectF(left, bottom - height, _TICK_WIDTH, height)

    def _paint_bar(self, room: QRectF, confidence: float) -> None:
        top, radius = room.center().y() - _BAR_HEIGHT / 2, _BAR_HEIGHT / 2
        track = QRectF(room.left(), top, room.width(), _BAR_HEIGHT)
        self._choose(filled=False, hollow=False)
        self._painter.drawRoundedRect(track, radius, radius)
        filled = QRectF(track)
        filled.setWidth(max(_BAR_HEIGHT, track.width() * confidence))
        self._choose(filled=True, hollow=self._hollow)
        inset = 0.6 if self._hollow else 0.0
        filled.adjust(inset, inset, -inset, -inset)
        self._painter.drawRoundedRect(filled, radius, radius)

    def _choose(self, *, filled: bool, hollow: bool) -> None:
        """Take pen and brush for what is filled, or for the ground behind it."""
        if filled and hollow:
            self._painter.setPen(QPen(self._colour, 1.2))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            return
        ground = QColor(self._ink)
        ground.setAlphaF(_GROUND_ALPHA)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colour if filled else ground)
