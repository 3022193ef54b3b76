"""What the heading of an album says: whose it is, how many tracks, and what they sound like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from genretagger.core.genres import vocabulary
from genretagger.gui.widgets.texts import path_text
from genretagger.review.rows.row import Row
from genretagger.review.table.album_groups import AlbumGroup, summarise_album

_translate = QCoreApplication.translate
_MOST_GENRES = 3
_N_FOLDERS = 2  # of a path: what tells it from others


def title(group: AlbumGroup) -> str:
    """Return whose album it is and what it is called; of a folder, the end of its path."""
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
        alike = _translate("Heading", "of {total}, {n} each sound like {genre}")
    if len(heard.genres) > _MOST_GENRES:
        alike = _translate("Heading", "each sounds like another genre")
    names = ", ".join(map(vocabulary().name, heard.genres))
    return f"{n_tracks} · {alike.format(n=heard.n_alike, total=heard.n_heard, genre=names)}"
