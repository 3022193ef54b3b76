"""How cells of the track table are painted: confidences as bars, elided names."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from PySide6.QtCore import (
    QObject,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from genretagger.core.predictions import Level
from genretagger.gui.cells.cell_texts import DISSENT_MARK, RAISED_MARK, has_title
from genretagger.gui.cells.columns import Column
from genretagger.gui.look.colours import is_dark
from genretagger.gui.widgets.condition_texts import condition_note
from genretagger.gui.widgets.item_views import ROW_ROLE, Index
from genretagger.gui.widgets.level_texts import style_word
from genretagger.review.rows.row import Row

_MARGIN = 8
_BAR_HEIGHT = 9.0  # of the ground; the bar itself is as thick as its level is sure
_LEAST_BAR = 16.0  # a narrower one says nothing and is not painted
_SIGN_WIDTH = 14.0  # of a bar that stands for the level only
_THICK = {Level.HIGH: 9.0, Level.MEDIUM: 5.0, Level.LOW: 3.0}  # odd, as the ground: no blur
_HOLLOW_THICK = 9.0
_GROUND_THICK, _ROUND = 1.0, 3.0
# Hues that keep a contrast of at least 4.5 on white (first) and on #2d2d2d (second).
_COLOURS = {
    Level.HIGH: ("#1b6e2c", "#7fd18b"),
    Level.MEDIUM: ("#1a5fa8", "#7fb8f0"),
    Level.LOW: ("#8a5a00", "#e5b454"),
}
_GROUND_ALPHA = 0.15
_KEPT = 2048  # pictures, each of a few hundred bytes to some kilobytes
_NAME_MARGIN = 12  # more than any style leaves beside a text


def level_colour(level: Level, palette: QPalette) -> QColor:
    """Return the hue of a level that contrasts with the ground of `palette`."""
    light, dark = _COLOURS[level]
    return QColor(dark if is_dark(palette) else light)


class ConfidenceDelegate(QStyledItemDelegate):
    """Paints a bar as long as the confidence, and as thick as its level is sure.

    It is hollow when the row is Unsure: colour only repeats what the shape says. Where the
    confidence is that in a style, which compares with no genre's, its word stands in the place of
    the bar, behind the sign of the level. A rule has no confidence, and only a word.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        widget = option.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        row = index.data(ROW_ROLE)
        if isinstance(row, Row) and row.shown_confidence is not None and row.level is not None:
            ratio = widget.devicePixelRatio()
            hollow = row.unsure is not None
            look = _look(option.palette, hollow=hollow, level=row.level, ratio=ratio)
            painter.save()
            kind = style_word() if row.style is not None else ""
            _paint_cell(painter, option, look, row.shown_confidence, text, kind=kind)
            painter.restore()
        elif text:
            painter.save()
            _paint_word(painter, option, text)
            painter.restore()


class _Look(NamedTuple):
    """What distinguishes one picture from another; colours by name, so that they compare."""

    ink: str
    colour: str
    thickness: float
    hollow: bool
    ratio: float


def _look(palette: QPalette, *, hollow: bool, level: Level, ratio: float) -> _Look:
    ink, colour = palette.color(QPalette.ColorRole.Text), level_colour(level, palette)
    thickness = _HOLLOW_THICK if hollow else _THICK[level]
    return _Look(ink.name(), colour.name(), thickness, hollow, ratio)


def level_sign(level: Level, palette: QPalette, *, hollow: bool, ratio: float) -> QPixmap:
    """Return the bar of a level as a sign, hollow for what is Unsure."""
    look = _look(palette, hollow=hollow, level=level, ratio=ratio)
    return _bar(look, _SIGN_WIDTH, round(_SIGN_WIDTH))


def _paint_cell(
    painter: QPainter,
    option: QStyleOptionViewItem,
    look: _Look,
    confidence: float,
    text: str,
    *,
    kind: str,
) -> None:
    """Paint the parts from left to right; bars are pictures, made once each.

    In a narrow cell the word for the `kind` of a confidence, if it has one, leaves out the sign.
    """
    cell = QRectF(option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0))
    middle, metrics = cell.center().y(), option.fontMetrics
    space, marks, number = _text_widths(metrics)
    top = floor(middle - _BAR_HEIGHT / 2)
    width = cell.right() - number - space - marks - _MARGIN - cell.left()
    if kind and metrics.horizontalAdvance(kind) <= width:
        sign = _SIGN_WIDTH + _MARGIN / 2
        sign = sign if metrics.horizontalAdvance(kind) <= width - sign else 0.0
        if sign:
            pixmap = _bar(look, _SIGN_WIDTH, round(_SIGN_WIDTH))
            painter.drawPixmap(QPointF(cell.left(), top), pixmap)
        painter.setPen(QColor(look.ink))
        room = QRectF(cell.left() + sign, cell.top(), max(0.0, width - sign), cell.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, kind)
    elif width >= _LEAST_BAR:
        length = round(max(_BAR_HEIGHT, width * confidence))
        painter.drawPixmap(QPointF(cell.left(), top), _bar(look, width, length))
    _paint_text(painter, cell, text, ink=look.ink, marks_width=space + marks)


def _paint_word(painter: QPainter, option: QStyleOptionViewItem, word: str) -> None:
    """Paint a word that stands in the place of a confidence."""
    cell = QRectF(option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0))
    painter.setPen(option.palette.color(QPalette.ColorRole.Text))
    shown = option.fontMetrics.elidedText(word, Qt.TextElideMode.ElideRight, int(cell.width()))
    painter.drawText(cell, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _text_widths(metrics: QFontMetrics) -> tuple[int, int, int]:
    """Return the widths of a space, the wider mark and the longest number."""
    marks = max(metrics.horizontalAdvance(mark) for mark in (RAISED_MARK, DISSENT_MARK))
    return metrics.horizontalAdvance(" "), marks, metrics.horizontalAdvance("100 %")


def _paint_text(
    painter: QPainter, cell: QRectF, text: str, *, ink: str, marks_width: float
) -> None:
    """Paint the number, aligned with those of other rows whether or not a mark follows."""
    mark = text[-1:] if text[-1:] in (RAISED_MARK, DISSENT_MARK) else ""
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(ink))
    number = text.removesuffix(mark).rstrip()
    painter.drawText(cell.adjusted(0, 0, -marks_width, 0), flags, number)
    if mark:
        painter.drawText(cell, flags, mark)


@lru_cache(maxsize=_KEPT)
def _bar(look: _Look, width: float, length: int) -> QPixmap:
    """Return a bar on a ground of `width`, filled up to `length`."""
    pixmap = _blank(width, _BAR_HEIGHT, look.ratio)
    painter = _begin_painting(pixmap)
    _set_pen_and_brush(painter, look, filled=False)
    painter.drawRoundedRect(_strip(width, _GROUND_THICK), _GROUND_THICK / 2, _GROUND_THICK / 2)
    _set_pen_and_brush(painter, look, filled=True)
    inset = 0.6 if look.hollow else 0.0
    filled = _strip(length, look.thickness).adjusted(inset, inset, -inset, -inset)
    radius = min(_ROUND, filled.height() / 2)
    painter.drawRoundedRect(filled, radius, radius)
    painter.end()
    return pixmap


def _strip(length: float, thickness: float) -> QRectF:
    return QRectF(0, (_BAR_HEIGHT - thickness) / 2, length, thickness)


def _blank(width: float, height: float, ratio: float) -> QPixmap:
    pixmap = QPixmap(ceil(width * ratio), ceil(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _begin_painting(pixmap: QPixmap) -> QPainter:
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def _set_pen_and_brush(painter: QPainter, look: _Look, *, filled: bool) -> None:
    """Prepare to paint what is filled, or the ground behind it."""
    if filled and look.hollow:
        painter.setPen(QPen(QColor(look.colour), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return
    ground = QColor(look.ink)
    ground.setAlphaF(_GROUND_ALPHA)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.colour) if filled else ground)


class NameDelegate(QStyledItemDelegate):
    """Elides names by `mode`, but never the note on the file's condition behind a name.

    The name of a file in the place of a title is dimmed.
    """

    def __init__(self, mode: Qt.TextElideMode, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode = mode

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = self._mode
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        if index.column() == Column.TITLE and not has_title(row):
            faint = option.palette.color(QPalette.ColorRole.PlaceholderText)
            option.palette.setColor(QPalette.ColorRole.Text, faint)
            option.palette.setColor(QPalette.ColorRole.HighlightedText, faint)
        note = condition_note(row) if option.text.endswith(")") else ""
        room = option.rect.width() - _NAME_MARGIN - option.fontMetrics.horizontalAdvance(note)
        if note and option.text.endswith(note) and room > 0:
            name = option.text.removesuffix(note)
            option.text = option.fontMetrics.elidedText(name, self._mode, room) + note
