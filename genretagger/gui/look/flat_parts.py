"""How the parts of controls are painted: flat grounds, thin edges, one accent."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionMenuItem

from genretagger.gui.look.colours import mixed_colour
from genretagger.gui.look.palettes import text_on

RADIUS: Final = 4.0
EDGE: Final = 3  # pixels at the left of what is selected
# Shares of the text's colour in a ground or a line.
_HOVERED: Final = 0.06
_PRESSED: Final = 0.14
_LINE: Final = 0.16
_FRAME: Final = 0.22
_OUTLINE: Final = 0.32  # of what can be pressed or filled in
_CHOSEN: Final = 0.22  # of the accent in the ground of a button that is on
_HANDLE, _HANDLE_HOVERED = 0.28, 0.46
_DONE: Final = 0.4  # of the accent in a progress bar
_HANDLE_WIDTH: Final = 6.0
_State, _Role = QStyle.StateFlag, QPalette.ColorRole


def _has(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


def ink(palette: QPalette, share: float, ground: QPalette.ColorRole = _Role.Window) -> QColor:
    """Return a ground with a share of the text's colour in it."""
    return mixed_colour(palette.color(ground), palette.color(_Role.WindowText), share)


def _round(painter: QPainter, rect: QRectF, fill: QColor | None, line: QColor | None) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(line, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.restore()


def paint_button(painter: QPainter, option: QStyleOption, *, primary: bool) -> None:
    """Paint the ground of a button; the one that Return presses is filled with the accent."""
    palette, rect = option.palette, QRectF(option.rect)
    accent = palette.color(_Role.Accent)
    pressed = _has(option, _State.State_Sunken) or _has(option, _State.State_On)
    share = _PRESSED if pressed else _HOVERED if _has(option, _State.State_MouseOver) else 0.0
    if not _has(option, _State.State_Enabled):
        _round(painter, rect, palette.color(_Role.Window), ink(palette, _LINE))
    elif primary:
        filled = mixed_colour(accent, palette.color(_Role.WindowText), share)
        _round(painter, rect, filled, filled)
        if _has(option, _State.State_HasFocus):
            inner = text_on(filled)
            _round(painter, rect.adjusted(2, 2, -2, -2), None, inner)
    else:
        focused = _has(option, _State.State_HasFocus)
        line = accent if focused else ink(palette, _OUTLINE)
        _round(painter, rect, ink(palette, share, _Role.Button), line)


def paint_tool_button(painter: QPainter, option: QStyleOption) -> None:
    """Paint the ground of a tool button, which has none until it is used or on."""
    palette, rect = option.palette, QRectF(option.rect)
    is_enabled = _has(option, _State.State_Enabled)
    if _has(option, _State.State_On):
        accent = palette.color(_Role.Accent)
        _round(painter, rect, mixed_colour(palette.color(_Role.Window), accent, _CHOSEN), accent)
    elif _has(option, _State.State_Sunken):
        _round(painter, rect, ink(palette, _PRESSED), None)
    elif not _has(option, _State.State_AutoRaise):
        hovered = is_enabled and _has(option, _State.State_MouseOver)
        ground = ink(palette, _HOVERED if hovered else 0.0, _Role.Button)
        _round(painter, rect, ground, ink(palette, _OUTLINE if is_enabled else _LINE))
    elif is_enabled and _has(option, _State.State_MouseOver):
        _round(painter, rect, ink(palette, _HOVERED), None)


def paint_field(painter: QPainter, option: QStyleOption) -> None:
    """Paint the ground and edge of a field, which is thick while it has the focus."""
    palette, rect = option.palette, QRectF(option.rect)
    is_enabled = _has(option, _State.State_Enabled)
    ground = palette.color(_Role.Base if is_enabled else _Role.Window)
    if _has(option, _State.State_HasFocus):
        accent = palette.color(_Role.Accent)
        _round(painter, rect, accent, accent)
        _round(painter, rect.adjusted(1, 1, -1, -1), ground, accent)
    else:
        _round(painter, rect, ground, ink(palette, _OUTLINE if is_enabled else _LINE))


def paint_frame(painter: QPainter, option: QStyleOption) -> None:
    """Paint the thin line around a list or panel, in the accent while that has the focus."""
    palette = option.palette
    accent = palette.color(_Role.Accent) if _has(option, _State.State_HasFocus) else None
    painter.save()
    painter.setPen(QPen(accent or ink(palette, _FRAME), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
    painter.restore()


def paint_focus(painter: QPainter, option: QStyleOption) -> None:
    """Frame what has the focus; a selected line of a list shows that by its ground."""
    if _has(option, _State.State_Item) and _has(option, _State.State_Selected):
        return
    _round(painter, QRectF(option.rect), None, option.palette.color(_Role.Accent))


def paint_check_box(painter: QPainter, option: QStyleOption) -> None:
    """Paint a box with a tick, a dash for some of many, or nothing."""
    on, some = _has(option, _State.State_On), _has(option, _State.State_NoChange)
    colour = _paint_mark_ground(painter, option, radius=3.0, on=on or some)
    rect = QRectF(option.rect)
    x, y, size = rect.center().x(), rect.center().y(), min(rect.width(), rect.height()) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    if on:
        points = (-0.5, 0.05), (-0.12, 0.42), (0.5, -0.38)
        painter.drawPolyline(QPolygonF([QPointF(x + a * size, y + b * size) for a, b in points]))
    elif some:
        painter.drawLine(QPointF(x - size / 2, y), QPointF(x + size / 2, y))
    painter.restore()


def paint_radio_button(painter: QPainter, option: QStyleOption) -> None:
    """Paint a circle, with a dot in it if it is chosen."""
    on = _has(option, _State.State_On)
    half = min(option.rect.width(), option.rect.height()) / 2
    colour = _paint_mark_ground(painter, option, radius=half, on=on)
    if on:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(option.rect).center(), half * 0.4, half * 0.4)
        painter.restore()


def _paint_mark_ground(
    painter: QPainter, option: QStyleOption, *, radius: float, on: bool
) -> QColor:
    """Paint the ground of a box or circle, and return the colour of the mark in it."""
    palette, is_enabled = option.palette, _has(option, _State.State_Enabled)
    accent = palette.color(_Role.Accent) if is_enabled else ink(palette, _OUTLINE)
    hovered = _HOVERED if _has(option, _State.State_MouseOver) else 0.0
    size = min(option.rect.width(), option.rect.height())
    square = QRectF(0, 0, size, size)
    square.moveCenter(QRectF(option.rect).center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(accent if on else ink(palette, 0.5 if is_enabled else _LINE), 1.0))
    painter.setBrush(accent if on else ink(palette, hovered, _Role.Base))
    painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()
    return text_on(accent)


def paint_edge(painter: QPainter, rect: QRect, palette: QPalette, *, focused: bool) -> None:
    """Paint the edge at the left of a selected line: in the accent where the keys go."""
    edge = QRect(rect.left(), rect.top(), EDGE, rect.height())
    painter.fillRect(edge, palette.color(_Role.Accent) if focused else ink(palette, _OUTLINE))


def paint_header(painter: QPainter, option: QStyleOption) -> None:
    """Paint the ground of a heading of columns: a line below it, and nothing else."""
    palette, rect = option.palette, option.rect
    hovered = _has(option, _State.State_MouseOver) and _has(option, _State.State_Enabled)
    painter.fillRect(rect, ink(palette, _HOVERED if hovered else 0.02, _Role.Base))
    line = ink(palette, _LINE, _Role.Base)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line)
    painter.fillRect(QRect(rect.right(), rect.top() + 4, 1, rect.height() - 8), line)


def paint_menu_title(painter: QPainter, option: QStyleOptionMenuItem, *, style: QStyle) -> None:
    """Paint the title of a menu, on a ground while the menu is open or the mouse over it."""
    palette = option.palette
    painter.fillRect(option.rect, palette.window())
    if _has(option, _State.State_Selected) and _has(option, _State.State_Enabled):
        open_ = _has(option, _State.State_Sunken)
        _round(painter, QRectF(option.rect), ink(palette, _PRESSED if open_ else _HOVERED), None)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
    flags |= Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
    enabled = _has(option, _State.State_Enabled)
    role = _Role.WindowText
    style.drawItemText(painter, option.rect, flags, palette, enabled, option.text, role)


def paint_scroll_handle(
    painter: QPainter, option: QStyleOption, handle: QRect, *, upright: bool
) -> None:
    """Paint a scroll bar: a handle on the ground of the window."""
    palette = option.palette
    painter.fillRect(option.rect, ink(palette, 0.02, _Role.Base))
    used = _has(option, _State.State_MouseOver) or _has(option, _State.State_Sunken)
    rect = QRectF(handle)
    spare = (rect.width() if upright else rect.height()) - _HANDLE_WIDTH
    aside = (spare / 2, 2.0) if upright else (2.0, spare / 2)
    rect.adjust(aside[0], aside[1], -aside[0], -aside[1])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink(palette, _HANDLE_HOVERED if used else _HANDLE))
    painter.drawRoundedRect(rect, _HANDLE_WIDTH / 2, _HANDLE_WIDTH / 2)
    painter.restore()


def paint_groove(painter: QPainter, option: QStyleOption) -> None:
    """Paint the ground of a progress bar."""
    _round(painter, QRectF(option.rect), ink(option.palette, _LINE / 2), None)


def paint_done(painter: QPainter, option: QStyleOption, *, share: float) -> None:
    """Paint how much of a progress bar is done; the text on it stays legible."""
    rect, palette = QRectF(option.rect), option.palette
    done = QRectF(rect)
    done.setWidth(max(2 * RADIUS, rect.width() * share))
    if option.direction == Qt.LayoutDirection.RightToLeft:
        done.moveRight(rect.right())
    filled = mixed_colour(palette.color(_Role.Window), palette.color(_Role.Accent), _DONE)
    _round(painter, done, filled, None)


def paint_tab(painter: QPainter, option: QStyleOption) -> None:
    """Paint the ground of a tab: the accent below the one that is shown."""
    rect, palette = option.rect, option.palette
    selected = _has(option, _State.State_Selected)
    if not selected and _has(option, _State.State_MouseOver):
        _round(painter, QRectF(rect).adjusted(0, 0, 0, -2), ink(palette, _HOVERED), None)
    line = palette.color(_Role.Accent) if selected else ink(palette, _LINE)
    height = EDGE if selected else 1
    painter.fillRect(QRect(rect.left(), rect.bottom() + 1 - height, rect.width(), height), line)


def paint_arrow(painter: QPainter, option: QStyleOption, rect: QRect, *, down: bool) -> None:
    """Paint a small arrow in the middle of `rect`."""
    middle, sign = QRectF(rect).center(), 1.0 if down else -1.0
    points = (-3.0, -1.5), (0.0, 1.5), (3.0, -1.5)
    pen = QPen(option.palette.color(_Role.ButtonText), 1.4)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    corners = [QPointF(middle.x() + x, middle.y() + sign * y) for x, y in points]
    painter.drawPolyline(QPolygonF(corners))
    painter.restore()
