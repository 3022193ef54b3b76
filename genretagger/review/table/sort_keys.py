"""In which order rows are shown: natural sort keys."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from enum import Enum, auto
from operator import attrgetter

from genretagger.core.collation import natural_keys, repeated_keys
from genretagger.core.predictions import Level
from genretagger.core.tracks import TagReading
from genretagger.review.rows.packed_scores import get_genre
from genretagger.review.rows.row import Row, State, style_hints

_BETWEEN = "; "
# One number for the place on an album: disc, rank of the folder, number of the track.
_NUMBER_BITS, _DISC_BITS = 20, 50
_NO_NUMBER = (1 << _NUMBER_BITS) - 1

_STATE_RANK = {state: rank for rank, state in enumerate(State)}
_LEVEL_RANK = {level: rank for rank, level in enumerate(Level)}
_NO_LEVEL = len(_LEVEL_RANK)

SortKey = str | float


class SortField(Enum):
    """What a row can be sorted by."""

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


# What a decision does not change.
OF_TRACK = frozenset(
    {
        SortField.TITLE,
        SortField.ARTIST,
        SortField.ALBUM,
        SortField.FILE,
        SortField.FOLDER,
        SortField.DURATION,
    }
)


def make_sort_key(row: Row, field: SortField) -> SortKey:
    """Return the key of `row` for a sort by `field`; keys of one field compare with each other."""
    return make_sort_keys([row], field)[0]


def make_sort_keys(
    rows: Sequence[Row], field: SortField, *, by_sort_names: bool = True
) -> list[SortKey]:
    """Return the keys of all `rows`, as `sort_key` does, in one pass.

    by_sort_names : artists stand where their tags say that they sort ("Beatles, The")
    """
    match field:
        case SortField.STATE:
            return [_STATE_RANK[row.state] for row in rows]
        case SortField.CONFIDENCE:
            found = (row.shown_confidence for row in rows)
            return [-1.0 if confidence is None else confidence for confidence in found]
        case SortField.LEVEL:
            return [_NO_LEVEL if row.level is None else _LEVEL_RANK[row.level] for row in rows]
        case SortField.DURATION:
            return [(row.track and row.track.tags.duration_s) or 0.0 for row in rows]
        case SortField.FILE:
            return _file_keys(rows)
        case SortField.ARTIST if by_sort_names:
            return [
                *repeated_keys([_sort_name(row.track.tags) if row.track else "" for row in rows])
            ]
        case _:
            texts = _texts(rows, field)
            return [*(natural_keys if field is SortField.TITLE else repeated_keys)(texts)]


def _sort_name(tags: TagReading) -> str:
    return tags.artist_sort or tags.artist


def make_album_keys(rows: Sequence[Row]) -> list[int]:
    """Return keys that sort the tracks of one album: by disc, by folder, by number on the disc.

    Where no disc is named, a folder is one. What has no number comes last in its folder.
    """
    folders = [_folder(row) for row in rows]
    distinct = list(dict.fromkeys(folders))
    keys = dict(zip(distinct, natural_keys(distinct), strict=True))
    ranks = {folder: rank for rank, folder in enumerate(sorted(distinct, key=keys.__getitem__))}
    places = []
    for row, folder in zip(rows, folders, strict=True):
        tags = row.track.tags if row.track else None
        disc = (tags and tags.disc_number) or 0
        number = tags.track_number if tags else None
        place = _NO_NUMBER if number is None else min(number, _NO_NUMBER)
        places.append((disc << _DISC_BITS) + (ranks[folder] << _NUMBER_BITS) + place)
    return places


def _folder(row: Row) -> str:
    return str(row.path).rpartition(os.sep)[0]


def _file_keys(rows: Sequence[Row]) -> list[SortKey]:
    """Return keys by name; from strings, as paths take their parts apart slowly."""
    return [*natural_keys([str(row.path).rpartition(os.sep)[2] for row in rows])]


_TAGS: dict[SortField, Callable[[TagReading], str]] = {
    SortField.TITLE: attrgetter("title"),
    SortField.ARTIST: attrgetter("artist"),
    SortField.ALBUM: attrgetter("album"),
}
_TEXTS: dict[SortField, Callable[[Row], str]] = {
    SortField.FOLDER: _folder,
    SortField.CURRENT: lambda row: _BETWEEN.join(row.current_genres),
    SortField.SUGGESTED: lambda row: _BETWEEN.join(row.suggested),
    SortField.RUNNER_UP: lambda row: get_genre(row.prediction.scores, 1) if row.prediction else "",
    SortField.PERSONAL: lambda row: row.personal.genre if row.personal else "",
    SortField.HINTS: lambda row: _BETWEEN.join(style_hints(row)),
}


def _texts(rows: Sequence[Row], field: SortField) -> list[str]:
    if field in _TAGS:
        of_tags = _TAGS[field]
        return [of_tags(row.track.tags) if row.track else "" for row in rows]
    return [*map(_TEXTS[field], rows)]


def sort_row_ids(
    numbers: Sequence[int], keys: Sequence[SortKey] | None, *, descending: bool
) -> list[int]:
    """Return row numbers in the order of their keys; without keys, in the order they were found."""
    if keys is None:
        return sorted(numbers)
    return sorted(numbers, key=keys.__getitem__, reverse=descending)
