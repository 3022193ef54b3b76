"""How the heading of an album is painted: over all columns, its name bold and then a summary."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionFocusRect, QWidget

_MARGIN, _GAP = 8, 16
_GROUND, _MUTED = 0.08, 0.3  # how much of the text's colour is in the ground, and of that in text
_NAME_SHARE = 0.6  # of the width, for a long name


def paint_album_header(
    painter: QPainter,
    rect: QRect,
    texts: tuple[str, str],
    *,
    widget: QWidget,
    selected: bool,
    current: bool,
) -> None:
    """Paint a heading into `rect`; `texts` are the album's name and its summary."""
    palette, role = widget.palette(), QPalette.ColorRole
    base = palette.color(role.Highlight if selected else role.Base)
    ink = palette.color(role.HighlightedText if selected else role.Text)
    ground = base if selected else _mixed(base, ink, _GROUND)
    muted = ink if selected else _mixed(ink, base, _MUTED)
    painter.fillRect(rect, ground)
    _paint_texts(painter, rect, texts, font=widget.font(), inks=(ink, muted))
    if current:
        option = QStyleOptionFocusRect()
        option.initFrom(widget)
        option.rect, option.backgroundColor = rect, ground
        option.state |= QStyle.StateFlag.State_KeyboardFocusChange
        focus = QStyle.PrimitiveElement.PE_FrameFocusRect
        widget.style().drawPrimitive(focus, option, painter, widget)


def _paint_texts(
    painter: QPainter,
    rect: QRect,
    texts: tuple[str, str],
    *,
    font: QFont,
    inks: tuple[QColor, QColor],
) -> None:
    name, summary = texts
    bold = QFont(font)
    bold.setBold(True)
    plain_metrics, bold_metrics = QFontMetrics(font), QFontMetrics(bold)
    room = rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
    needed = plain_metrics.horizontalAdvance(summary) + _GAP
    most = max(room.width() - needed, round(room.width() * _NAME_SHARE))
    name = bold_metrics.elidedText(name, Qt.TextElideMode.ElideRight, most)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.setFont(bold)
    painter.setPen(inks[0])
    painter.drawText(room, flags, name)
    rest = room.adjusted(bold_metrics.horizontalAdvance(name) + _GAP, 0, 0, 0)
    painter.setFont(font)
    painter.setPen(inks[1])
    elided = plain_metrics.elidedText(summary, Qt.TextElideMode.ElideRight, rest.width())
    painter.drawText(rest, flags, elided)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return the colour with `share` of another in it."""
    kept = 1 - share
    return QColor.fromRgbF(
        kept * one.redF() + share * other.redF(),
        kept * one.greenF() + share * other.greenF(),
        kept * one.blueF() + share * other.blueF(),
    )
