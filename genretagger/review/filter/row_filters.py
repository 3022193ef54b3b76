"""The filters that find what a row has in common with others: artist, album, genre, folder."""

from __future__ import annotations

import os

from genretagger.review.filter.filter_syntax import FilterField, quoted
from genretagger.review.filter.search_text import FIELD_TEXTS
from genretagger.review.rows.row import Row


def artist_of(row: Row) -> str:
    """Return the artist of a track, else that of its album; empty if the tags name none."""
    tags = row.track.tags if row.track else None
    return (tags.artist.strip() or tags.album_artist.strip()) if tags else ""


def album_of(row: Row) -> str:
    """Return the album of a row, empty if its tags name none."""
    return row.track.tags.album.strip() if row.track else ""


def genre_of(row: Row) -> str:
    """Return the first genre suggested for a row, else the first in its file; else empty."""
    suggested = FIELD_TEXTS[FilterField.SUGGESTED](row)
    genres = [genre.strip() for genre in (*suggested, *row.current_genres)]
    return next(filter(None, genres), "")


def folder_of(row: Row) -> str:
    """Return the folder of a row, as the filter shows it, with a separator at its end."""
    (path,) = FIELD_TEXTS[FilterField.PATH](row)
    folder, separator, _name = path.rpartition(os.sep)
    return folder + separator


def artist_filter(row: Row) -> str:
    """Return the filter for the tracks of the artist of a row; empty without an artist."""
    return _exactly(FilterField.ARTIST, artist_of(row))


def album_filter(row: Row) -> str:
    """Return the filter for the album of a row; empty without an album.

    Albums of several artists have the same name, so the artist of the album counts if it is named.
    """
    album = _exactly(FilterField.ALBUM, album_of(row))
    artist = row.track.tags.album_artist.strip() if row.track else ""
    return f"{album} {_exactly(FilterField.ARTIST, artist)}".rstrip() if album else ""


def genre_filter(row: Row) -> str:
    """Return the filter for the tracks with the genre of a row; empty without a genre."""
    return _exactly(FilterField.GENRE, genre_of(row))


def folder_filter(row: Row) -> str:
    """Return the filter for the tracks in the folder of a row, and in those below it."""
    return f"{FilterField.PATH.value}:{quoted(folder_of(row))}"


def _exactly(by: FilterField, text: str) -> str:
    return f"{by.value}:={quoted(text)}" if text else ""
