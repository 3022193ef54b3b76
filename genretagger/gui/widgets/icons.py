"""The window's icons: strokes on a 24-unit grid, drawn in the palette's colours at any scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF

from genretagger.gui.look.colours import is_dark
from genretagger.review.rows.row import State
from genretagger.review.rows.suggestion_mark import Mark

# name -> strokes; a stroke is a line through points, or a circle (x, y, radius) of three numbers.
_CIRCLE = (12.0, 12.0, 9.0)
_STROKES: dict[str, tuple[tuple[float, ...], ...]] = {
    "open": ((3, 19, 3, 5, 9, 5, 11, 8, 20, 8, 20, 19, 3, 19), (3, 12, 20, 12)),
    "analyse": ((3, 12, 3, 12), (7, 8, 7, 16), (11, 4, 11, 20), (15, 8, 15, 16), (19, 11, 19, 13)),
    "stop": ((6, 6, 18, 6, 18, 18, 6, 18, 6, 6),),
    "accept": ((4, 13, 9.5, 18.5, 20, 6),),
    "accept-all": ((2, 13, 7, 18, 16, 7), (12, 17, 13.2, 18.2, 22, 7.5)),
    "reject": ((6, 6, 18, 18), (18, 6, 6, 18)),
    "write": ((12, 3, 12, 14), (7, 9.5, 12, 14.5, 17, 9.5), (4, 16, 4, 20, 20, 20, 20, 16)),
    "undo": ((9, 4, 4, 9, 9, 14), (4, 9, 14.5, 9, 18.5, 11, 20, 14.5, 18.5, 18, 14.5, 20, 10, 20)),
    "edit": ((4, 20, 5, 15.5, 16, 4.5, 19.5, 8, 8.5, 19, 4, 20), (13.5, 7, 17, 10.5)),
    "play": ((8, 5, 19, 12, 8, 19, 8, 5),),
    "pause": ((9, 5, 9, 19), (15, 5, 15, 19)),
    "threshold": ((4, 4, 4, 20, 20, 20), (7, 6, 11, 7, 16, 11, 19, 17), (13.5, 9, 2.5)),
    "pending": ((5, 12, 5, 12), (12, 12, 12, 12), (19, 12, 19, 12)),
    "missing": (_CIRCLE,),
    "agrees": ((5, 9, 19, 9), (5, 15, 19, 15)),
    "finer": ((5, 7, 19, 7), (5, 13, 19, 13), (5, 19, 11, 19)),
    "differs": ((5, 9, 19, 9), (5, 15, 19, 15), (16, 4, 8, 20)),
    "unsure": (
        (8, 9, 8.6, 6.6, 12, 5, 15.4, 6.6, 16, 9, 14.8, 11, 12, 13, 12, 15),
        (12, 19, 12, 19),
    ),
    "not-music": (_CIRCLE, (6, 6, 18, 18)),
    "silent": ((4, 12, 20, 12),),
    "too-short": ((5, 5, 5, 19), (5, 12, 12, 12), (12, 8, 12, 16)),
    "left-alone": (
        (5, 11, 19, 11, 19, 20, 5, 20, 5, 11),
        (8, 11, 8, 7.5, 9.5, 5, 12, 4, 14.5, 5, 16, 7.5, 16, 11),
    ),
    "failed": ((12, 3.5, 22, 20.5, 2, 20.5, 12, 3.5), (12, 10, 12, 14.5), (12, 17.5, 12, 17.5)),
    "open-list": ((6, 9.5, 12, 15.5, 18, 9.5),),
    "becomes": ((3, 12, 20, 12), (14, 6, 20, 12, 14, 18)),
    "same": ((6, 9, 18, 9), (6, 15, 18, 15)),
    "stays": ((3, 12, 20, 12), (14, 6, 20, 12, 14, 18), (6, 18, 12, 6)),
    "nothing": (),
    "news": (_CIRCLE, (12, 11, 12, 16.5), (12, 7.5, 12, 7.5)),
    "written": (_CIRCLE, (8, 12.5, 11, 15.5, 16, 9)),
}
_STATE_ICONS = {
    State.PENDING: "pending",
    State.MISSING: "missing",
    State.AGREES: "agrees",
    State.FINER: "finer",
    State.DIFFERS: "differs",
    State.UNSURE: "unsure",
    State.NOT_MUSIC: "not-music",
    State.SILENT: "silent",
    State.TOO_SHORT: "too-short",
    State.LEFT_ALONE: "left-alone",
    State.FAILED: "failed",
    State.ACCEPTED: "accept",
    State.REJECTED: "reject",
    State.WRITTEN: "written",
}
# Hues that keep a contrast of at least 4.5 on white (first) and on #2d2d2d (second).
_STATE_COLOURS = {
    State.DIFFERS: ("#8a5a00", "#e5b454"),
    State.UNSURE: ("#8a5a00", "#e5b454"),
    State.NOT_MUSIC: ("#8a5a00", "#e5b454"),
    State.FAILED: ("#b3261e", "#ff8a80"),
    State.ACCEPTED: ("#1b6e2c", "#7fd18b"),
    State.WRITTEN: ("#1b6e2c", "#7fd18b"),
}
_MARK_ICONS = {Mark.NEW: "becomes", Mark.SAME: "same", Mark.STAYS: "stays", Mark.NONE: "nothing"}
_MARK_COLOURS = {Mark.NEW: ("#1a5fa8", "#7fb8f0")}
_GRID = 24.0
_SIZE = 24
_RATIOS = (1.0, 2.0, 3.0)


def icon(name: str, palette: QPalette) -> QIcon:
    """Return the icon `name` in the palette's text colour, greyed where it is disabled."""
    text, button = QPalette.ColorRole.WindowText, QPalette.ColorGroup
    return _make_icon(
        name,
        palette.color(button.Active, text).name(),
        palette.color(button.Disabled, text).name(),
    )


def state_icon(state: State, palette: QPalette) -> QIcon:
    """Return the icon of a state; its shape alone identifies the state."""
    text = palette.color(QPalette.ColorRole.Text).name()
    light, dark = _STATE_COLOURS.get(state, (text, text))
    chosen = dark if is_dark(palette) else light
    return _make_icon(_STATE_ICONS[state], chosen, chosen)


def mark_icon(mark: Mark, palette: QPalette) -> QIcon:
    """Return the icon of a mark, which stands between a file's genre and the suggestion."""
    text = palette.color(QPalette.ColorRole.Text).name()
    light, dark = _MARK_COLOURS.get(mark, (text, text))
    chosen = dark if is_dark(palette) else light
    return _make_icon(_MARK_ICONS[mark], chosen, chosen)


@cache
def _make_icon(name: str, colour: str, disabled: str) -> QIcon:
    """Return an icon that keeps its colour on what is selected."""
    result = QIcon()
    for ratio in _RATIOS:
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            result.addPixmap(_pixmap(name, colour, ratio), mode)
        result.addPixmap(_pixmap(name, disabled, ratio), QIcon.Mode.Disabled)
    return result


def _pixmap(name: str, colour: str, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(_SIZE * ratio), round(_SIZE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SIZE / _GRID, _SIZE / _GRID)
    round_ = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(QColor(colour), 2.0, Qt.PenStyle.SolidLine, *round_))
    for stroke in _STROKES[name]:
        _draw(painter, stroke)
    painter.end()
    return pixmap


def _draw(painter: QPainter, stroke: tuple[float, ...]) -> None:
    if len(stroke) == 3:
        x, y, radius = stroke
        painter.drawEllipse(QPointF(x, y), radius, radius)
        return
    points = [QPointF(x, y) for x, y in zip(stroke[::2], stroke[1::2], strict=True)]
    if len(set(stroke[::2])) == 1 and len(set(stroke[1::2])) == 1:
        painter.drawPoint(points[0])
    else:
        painter.drawPolyline(QPolygonF(points))


@cache
def application_icon() -> QIcon:
    """Return the program's icon: the bars of a sound on a rounded square."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(size / _GRID, size / _GRID)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#1f6f78"))
        painter.drawRoundedRect(QRectF(1, 1, 22, 22), 5, 5)
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(QColor("white"), 2.4, Qt.PenStyle.SolidLine, cap, join))
        for x, half in ((6.0, 2.0), (10.0, 6.0), (14.0, 4.0), (18.0, 1.2)):
            painter.drawLine(QPointF(x, 12 - half), QPointF(x, 12 + half))
        painter.end()
        result.addPixmap(pixmap)
    return result
