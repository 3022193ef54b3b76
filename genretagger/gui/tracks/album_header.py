"""The heading of a group: what it says, and how it is painted over all columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionFocusRect, QWidget

from genretagger.core.vocabulary import vocabulary
from genretagger.gui.look.colours import mixed_colour
from genretagger.gui.look.flat_parts import paint_edge
from genretagger.gui.widgets.cover_art import paint_cover
from genretagger.gui.widgets.texts import path_text
from genretagger.review.rows.row import Row
from genretagger.review.table.album_groups import AlbumGroup, summarise_album
from genretagger.review.table.row_groups import Grouping, RowGroup

_MARGIN, _GAP = 8, 16
_SIGN = 10  # the side of the triangle that folds
_COVER_GAP, _COVER_RADIUS = 2, 2.0
_GROUND, _MUTED = 0.08, 0.3  # share of the text's colour in the ground, and of the ground in text
_NAME_SHARE = 0.6  # of the width, for a long name
_MOST_GENRES = 3
_N_FOLDERS = 2  # how much of a path is shown
_translate = QCoreApplication.translate


class HeadingTexts:
    """Title and summary of each heading, kept because they are asked for at every repaint."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, str]] = {}

    def forget(self) -> None:
        """Make all of them anew: rows or their places changed."""
        self._known.clear()

    def at(self, position: int, group: RowGroup, rows: Sequence[Row]) -> tuple[str, str]:
        """Return the texts of the heading of `group`; `rows` are all rows by id."""
        if position not in self._known:
            members = [rows[row_id] for row_id in group.members]
            self._known[position] = title(group, members), summary(members)
        return self._known[position]


@dataclass(frozen=True, slots=True)
class HeadingLook:
    """What a heading shows; `cover` is None without a place for one, null until it is there."""

    title: str
    summary: str
    is_folded: bool
    is_selected: bool
    is_current: bool
    cover: QImage | None


def is_on_sign(x: int) -> bool:
    """Return whether the sign that folds a heading is at `x`, counted from the left."""
    return 0 <= x < _MARGIN + _SIGN + _MARGIN


def cover_side(height: int) -> int:
    """Return the side of a cover in a heading of that height."""
    return height - 2 * _COVER_GAP


def paint_heading(painter: QPainter, rect: QRect, look: HeadingLook, *, widget: QWidget) -> None:
    """Paint a heading into `rect`: sign, cover, title and summary."""
    palette, role = widget.palette(), QPalette.ColorRole
    base = palette.color(role.Highlight if look.is_selected else role.Base)
    ink = palette.color(role.HighlightedText if look.is_selected else role.Text)
    ground = base if look.is_selected else mixed_colour(base, ink, _GROUND)
    muted = ink if look.is_selected else mixed_colour(ink, base, _MUTED)
    painter.fillRect(rect, ground)
    if look.is_selected:
        paint_edge(painter, rect, palette, focused=widget.hasFocus())
    room = rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
    _paint_sign(painter, room, muted, is_folded=look.is_folded)
    room.setLeft(room.left() + _SIGN + _MARGIN)
    if look.cover is not None:
        side = cover_side(rect.height())
        place = QRect(room.left(), rect.top() + _COVER_GAP, side, side)
        paint_cover(painter, QRectF(place), look.cover, ink=ink, radius=_COVER_RADIUS)
        room.setLeft(place.right() + _MARGIN)
    _paint_texts(painter, room, (look.title, look.summary), font=widget.font(), inks=(ink, muted))
    if look.is_current:
        option = QStyleOptionFocusRect()
        option.initFrom(widget)
        option.rect, option.backgroundColor = rect, ground
        option.state |= QStyle.StateFlag.State_KeyboardFocusChange
        focus = QStyle.PrimitiveElement.PE_FrameFocusRect
        widget.style().drawPrimitive(focus, option, painter, widget)


def _paint_sign(painter: QPainter, room: QRect, ink: QColor, *, is_folded: bool) -> None:
    """Paint a triangle that points to the right on a folded heading, else down."""
    half, middle = _SIGN / 2, QPointF(room.left() + _SIGN / 2, room.center().y() + 0.5)
    corners = ((-0.5, -1.0), (-0.5, 1.0), (0.6, 0.0))
    points = [(x, y) if is_folded else (y, x) for x, y in corners]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon([middle + QPointF(x, y) * half * 0.9 for x, y in points])
    painter.restore()


def _paint_texts(
    painter: QPainter,
    room: QRect,
    texts: tuple[str, str],
    *,
    font: QFont,
    inks: tuple[QColor, QColor],
) -> None:
    name, summary = texts
    bold = QFont(font)
    bold.setBold(True)
    plain_metrics, bold_metrics = QFontMetrics(font), QFontMetrics(bold)
    needed = plain_metrics.horizontalAdvance(summary) + _GAP
    most = max(room.width() - needed, round(room.width() * _NAME_SHARE))
    name = bold_metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, most)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.setFont(bold)
    painter.setPen(inks[0])
    painter.drawText(room, flags, name)
    rest = room.adjusted(bold_metrics.horizontalAdvance(name) + _GAP, 0, 0, 0)
    painter.setFont(font)
    painter.setPen(inks[1])
    elided = plain_metrics.elidedText(summary, Qt.TextElideMode.ElideRight, rest.width())
    painter.drawText(rest, flags, elided)


def folded_text(text: str) -> str:
    """Return the text of a heading for screen readers, if it is folded."""
    return _translate("Heading", "{heading}, folded").format(heading=text)


def title(group: RowGroup, rows: Sequence[Row]) -> str:
    """Return what the rows of a group have in common."""
    if isinstance(group, AlbumGroup):
        return _album_title(group, rows)
    if group.by is Grouping.FOLDER:
        return path_text(Path(group.name))
    if group.name:
        return group.name
    is_artist = group.by is Grouping.ARTIST
    no_artist = _translate("Heading", "No artist")
    return no_artist if is_artist else _translate("Heading", "No genre suggested")


def _album_title(group: AlbumGroup, rows: Sequence[Row]) -> str:
    """Return artist, name and years of an album; without a name, the end of its folder's path."""
    if not group.album:
        parts = Path(group.folder).parts[-_N_FOLDERS:]
        return path_text(Path(*parts)) if parts else _translate("Heading", "No album")
    artist = group.artist
    if group.is_mixed:
        artist = _translate("Heading", "Various artists")
    text = group.album
    if artist:
        text = _translate("Heading", "{artist} — {album}").format(artist=artist, album=text)
    years = {row.track.tags.year for row in rows if row.track and row.track.tags.year is not None}
    if not years:
        return text
    first, last = min(years), max(years)
    span = str(first) if first == last else f"{first}–{last}"  # noqa: RUF001 - from to
    return _translate("Heading", "{album} ({years})").format(album=text, years=span)


def summary(rows: Sequence[Row]) -> str:
    """Return how many tracks there are and what most of them sound like."""
    n_tracks = _translate("Heading", "Tracks: {n}").format(n=len(rows))
    heard = summarise_album(rows)
    if not heard.genres:
        return n_tracks
    alike = _translate("Heading", "{n} of {total} sound like {genre}")
    if len(heard.genres) > 1:
        alike = _translate("Heading", "{n} of {total} sound like each of {genre}")
    if len(heard.genres) > _MOST_GENRES:
        alike = _translate("Heading", "each sounds like a different genre")
    names = ", ".join(map(vocabulary().name, heard.genres))
    return f"{n_tracks} · {alike.format(n=heard.n_alike, total=heard.n_heard, genre=names)}"
