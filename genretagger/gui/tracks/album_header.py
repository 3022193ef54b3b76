"""The heading of an album: what it says, and how it is painted over all columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionFocusRect, QWidget

from genretagger.core.vocabulary import vocabulary
from genretagger.gui.look.colours import mixed_colour
from genretagger.gui.look.flat_parts import paint_edge
from genretagger.gui.widgets.texts import path_text
from genretagger.review.rows.row import Row
from genretagger.review.table.album_groups import AlbumGroup, summarise_album

_MARGIN, _GAP = 8, 16
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

    def at(self, position: int, group: AlbumGroup, rows: Sequence[Row]) -> tuple[str, str]:
        """Return the texts of the heading of `group`; `rows` are all rows by id."""
        if position not in self._known:
            members = [rows[row_id] for row_id in group.members]
            self._known[position] = title(group), summary(members)
        return self._known[position]


def paint_album_header(
    painter: QPainter,
    rect: QRect,
    texts: tuple[str, str],
    *,
    widget: QWidget,
    selected: bool,
    current: bool,
) -> None:
    """Paint a heading into `rect`; `texts` are its title and its summary."""
    palette, role = widget.palette(), QPalette.ColorRole
    base = palette.color(role.Highlight if selected else role.Base)
    ink = palette.color(role.HighlightedText if selected else role.Text)
    ground = base if selected else mixed_colour(base, ink, _GROUND)
    muted = ink if selected else mixed_colour(ink, base, _MUTED)
    painter.fillRect(rect, ground)
    if selected:
        paint_edge(painter, rect, palette)
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


def title(group: AlbumGroup) -> str:
    """Return the artist and name of an album; without a name, the end of its folder's path."""
    if not group.album:
        parts = Path(group.folder).parts[-_N_FOLDERS:]
        return path_text(Path(*parts)) if parts else _translate("Heading", "No album")
    artist = group.artist
    if group.is_mixed:
        artist = _translate("Heading", "Various artists")
    if not artist:
        return group.album
    return _translate("Heading", "{artist} — {album}").format(artist=artist, album=group.album)


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
