"""The sort keys of rows, by field; texts sort naturally, 9 before 10."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from enum import Enum, auto
from operator import attrgetter
from typing import Final

from genretagger.core.file_kinds import kind_name
from genretagger.core.predictions import Level
from genretagger.core.texts.collation import LAST, natural_keys, repeated_keys
from genretagger.core.tracks import TagReading, Track
from genretagger.review.rows.choices import nth_choice, style_hints
from genretagger.review.rows.row import Row, State

_BETWEEN = "; "
# A key on an album is one integer: disc, rank of the folder, number of the track.
_NUMBER_BITS, _DISC_BITS = 20, 50
_NO_NUMBER = (1 << _NUMBER_BITS) - 1

_STATE_RANK = {state: rank for rank, state in enumerate(State)}
_LEVEL_RANK = {level: rank for rank, level in enumerate(Level)}
_NOTHING = math.inf
EMPTY: Final = frozenset({_NOTHING, LAST})  # the keys of rows with nothing to sort by: always last

SortKey = str | float


class SortField(Enum):
    """What rows can be sorted by."""

    STATE = auto()
    TITLE = auto()
    ARTIST = auto()
    ALBUM = auto()
    FILE = auto()
    CURRENT = auto()
    SUGGESTED = auto()
    RUNNER_UP = auto()
    CONFIDENCE = auto()
    PERSONAL = auto()
    FOLDER = auto()
    DURATION = auto()
    LEVEL = auto()
    HINTS = auto()
    YEAR = auto()
    TRACK = auto()
    DISC = auto()
    FORMAT = auto()
    BIT_RATE = auto()
    ALBUM_ARTIST = auto()
    MODIFIED = auto()


# The fields that a decision does not change.
OF_TRACK = frozenset(
    {
        SortField.TITLE,
        SortField.ARTIST,
        SortField.ALBUM,
        SortField.FILE,
        SortField.FOLDER,
        SortField.DURATION,
        SortField.YEAR,
        SortField.TRACK,
        SortField.DISC,
        SortField.FORMAT,
        SortField.BIT_RATE,
        SortField.ALBUM_ARTIST,
        SortField.MODIFIED,
    }
)


def make_sort_key(row: Row, field: SortField) -> SortKey:
    """Return the key of `row` for a sort by `field`; keys of one field compare with each other."""
    return make_sort_keys([row], field)[0]


def make_sort_keys(
    rows: Sequence[Row], field: SortField, *, by_sort_names: bool = True
) -> list[SortKey]:
    """Return the keys of all `rows` in one pass, as `make_sort_key` makes each.

    by_sort_names : whether artists sort by the sort names in their tags ("Beatles, The")
    """
    match field:
        case SortField.STATE:
            return [_STATE_RANK[row.state] for row in rows]
        case SortField.CONFIDENCE:
            confidences = (row.shown_confidence for row in rows)
            return [_NOTHING if confidence is None else confidence for confidence in confidences]
        case SortField.LEVEL:
            return [_NOTHING if row.level is None else _LEVEL_RANK[row.level] for row in rows]
        case SortField.FILE:  # from strings, as `Path.name` is slow
            return [*natural_keys([str(row.path).rpartition(os.sep)[2] for row in rows])]
        case SortField.TITLE:
            return [*natural_keys(_tag_texts(rows, attrgetter("title")))]
        case SortField.ARTIST:
            read = _sort_name if by_sort_names else attrgetter("artist")
            return [*repeated_keys(_tag_texts(rows, read))]
        case SortField.ALBUM:
            return [*repeated_keys(_tag_texts(rows, attrgetter("album")))]
        case SortField.ALBUM_ARTIST:
            read = _album_sort_name if by_sort_names else attrgetter("album_artist")
            return [*repeated_keys(_tag_texts(rows, read))]
        case _ if field in _NUMBERS:
            return _track_numbers(rows, _NUMBERS[field])
        case _:
            return [*repeated_keys([*map(_ROW_TEXTS[field], rows)])]


def _tag_texts(rows: Sequence[Row], read: Callable[[TagReading], str]) -> list[str]:
    return [read(row.track.tags) if row.track else "" for row in rows]


def _sort_name(tags: TagReading) -> str:
    return tags.artist_sort or tags.artist


def _album_sort_name(tags: TagReading) -> str:
    return tags.album_artist_sort or tags.album_artist


def _track_numbers(rows: Sequence[Row], read: Callable[[Track], float | None]) -> list[SortKey]:
    numbers = (read(row.track) if row.track else None for row in rows)
    return [_NOTHING if number is None else number for number in numbers]


_NUMBERS: dict[SortField, Callable[[Track], float | None]] = {
    SortField.DURATION: attrgetter("tags.duration_s"),
    SortField.YEAR: attrgetter("tags.year"),
    SortField.TRACK: attrgetter("tags.track_number"),
    SortField.DISC: attrgetter("tags.disc_number"),
    SortField.BIT_RATE: attrgetter("bitrate_bps"),
    SortField.MODIFIED: attrgetter("stamp.mtime_ns"),
}


def make_album_keys(rows: Sequence[Row]) -> list[int]:
    """Return keys that sort the tracks of one album: by disc, by folder, by number on the disc.

    A folder counts as a disc where the tags name none. Tracks without a number come last in their
    folder.
    """
    folders = [_folder(row) for row in rows]
    distinct = list(dict.fromkeys(folders))
    keys = dict(zip(distinct, natural_keys(distinct), strict=True))
    ranks = {folder: rank for rank, folder in enumerate(sorted(distinct, key=keys.__getitem__))}
    album_keys = []
    for row, folder in zip(rows, folders, strict=True):
        tags = row.track.tags if row.track else None
        disc = (tags and tags.disc_number) or 0
        number = tags.track_number if tags else None
        last = _NO_NUMBER if number is None else min(number, _NO_NUMBER)
        album_keys.append((disc << _DISC_BITS) + (ranks[folder] << _NUMBER_BITS) + last)
    return album_keys


def _folder(row: Row) -> str:
    return str(row.path).rpartition(os.sep)[0]


_ROW_TEXTS: dict[SortField, Callable[[Row], str]] = {
    SortField.FOLDER: _folder,
    SortField.FORMAT: lambda row: kind_name(row.track.tags.container) if row.track else "",
    SortField.CURRENT: lambda row: _BETWEEN.join(row.current_genres),
    SortField.SUGGESTED: lambda row: _BETWEEN.join(row.suggested),
    SortField.RUNNER_UP: lambda row: second.genre if (second := nth_choice(row, 1)) else "",
    SortField.PERSONAL: lambda row: row.personal.genre if row.personal else "",
    SortField.HINTS: lambda row: _BETWEEN.join(style_hints(row)),
}


def sort_row_ids(
    row_ids: Sequence[int], keys: Sequence[SortKey] | None, *, descending: bool
) -> list[int]:
    """Return row ids in the order of their keys or, without keys, in that of the scan.

    Rows with nothing to sort by are last in both directions.
    """
    if keys is None:
        return sorted(row_ids)
    ordered = sorted(row_ids, key=keys.__getitem__, reverse=descending)
    if not descending:
        return ordered
    n_empty = next((n for n, row_id in enumerate(ordered) if keys[row_id] not in EMPTY), 0)
    return [*ordered[n_empty:], *ordered[:n_empty]]
