"""In which order rows are shown: natural sort keys."""

from __future__ import annotations

import os
import re
from enum import Enum, auto
from operator import attrgetter
from typing import TYPE_CHECKING

from genretagger.core.hearing import Level
from genretagger.review.compact import genre_at, genres_in
from genretagger.review.rows import State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from genretagger.core.datatypes import TagReading
    from genretagger.review.rows import Row

_DIGITS = re.compile(r"([0-9]+)")
# Characters below all that can be seen, and no line break: how many digits there are, up to 18.
_LENGTHS = [chr(11 + length) for length in range(19)]
_LONGER, _LONGEST = chr(30), 50_000
_LAST = "\U0010ffff"
_BETWEEN = "; "
_LINE = "\n"
_AT_ONCE = 2000  # texts: their parts, when all are taken apart at once, do not fit the cache


class _Numbers(dict[str, str]):
    """Digits as they are compared: how many there are comes first.

    Leading zeros do not count. Most numbers of a library are few: places on an album, years.
    """

    def __missing__(self, digits: str) -> str:
        number = digits.lstrip("0")
        n = len(number)
        length = _LENGTHS[n] if n < len(_LENGTHS) else _LONGER + chr(min(n, _LONGEST))
        key = self[digits] = length + number
        return key


_STATE_RANK = {state: rank for rank, state in enumerate(State)}
_LEVEL_RANK = {level: rank for rank, level in enumerate(Level)}
_NO_LEVEL = len(_LEVEL_RANK)

SortKey = str | float


class Field(Enum):
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
    {Field.TITLE, Field.ARTIST, Field.ALBUM, Field.FILE, Field.FOLDER, Field.DURATION}
)


def natural(text: str) -> str:
    """Return a key that sorts text without case and numbers in it by value; no text comes last.

    A number becomes its length and its digits, which compare as the numbers do: one text for each
    sorts several times faster than a tuple.
    """
    return _with_lengths(text.casefold()) if text else _LAST


def natural_keys(texts: Sequence[str]) -> list[str]:
    """Return the key of each text: of a hundred thousand, many times faster than one by one."""
    parts = (texts[first : first + _AT_ONCE] for first in range(0, len(texts), _AT_ONCE))
    return [key for part in parts for key in _keys_at_once(part)]


def _keys_at_once(texts: Sequence[str]) -> list[str]:
    keys = _with_lengths(_LINE.join(texts).casefold()).split(_LINE)
    if len(keys) != len(texts):  # a text of several lines, or none
        return [natural(text) for text in texts]
    return [key or _LAST for key in keys]


def _repeated_keys(texts: Sequence[str]) -> list[str]:
    """Return the key of each text, where there are few different ones."""
    distinct = list(dict.fromkeys(texts))
    keys = dict(zip(distinct, natural_keys(distinct), strict=True))
    return [keys[text] for text in texts]


def _with_lengths(text: str) -> str:
    """Return `text` with the length of each number before it, in place of its leading zeros."""
    parts = _DIGITS.split(text)  # which puts the numbers at odd places
    parts[1::2] = map(_Numbers().__getitem__, parts[1::2])
    return "".join(parts)


def sort_key(row: Row, field: Field) -> SortKey:
    """Return the key of `row` for a sort by `field`; keys of one field compare with each other."""
    return sort_keys([row], field)[0]


def sort_keys(rows: Sequence[Row], field: Field) -> list[SortKey]:
    """Return the keys of all `rows`, as `sort_key` does, in one pass."""
    match field:
        case Field.STATE:
            return [_STATE_RANK[row.state] for row in rows]
        case Field.CONFIDENCE:
            found = (row.shown_confidence for row in rows)
            return [-1.0 if confidence is None else confidence for confidence in found]
        case Field.LEVEL:
            return [_NO_LEVEL if row.level is None else _LEVEL_RANK[row.level] for row in rows]
        case Field.DURATION:
            return [(row.track and row.track.tags.duration_s) or 0.0 for row in rows]
        case Field.FILE:
            return _file_keys(rows)
        case _:
            texts = _texts(rows, field)
            return [*(natural_keys if field is Field.TITLE else _repeated_keys)(texts)]


def _file_keys(rows: Sequence[Row]) -> list[SortKey]:
    """Return keys by name; from strings, as paths take their parts apart slowly.

    Files of one name stay in the order they were found, folder by folder.
    """
    return [*natural_keys([str(row.path).rpartition(os.sep)[2] for row in rows])]


_TAGS: dict[Field, Callable[[TagReading], str]] = {
    Field.TITLE: attrgetter("title"),
    Field.ARTIST: attrgetter("artist"),
    Field.ALBUM: attrgetter("album"),
}
_TEXTS: dict[Field, Callable[[Row], str]] = {
    Field.FOLDER: lambda row: str(row.path).rpartition(os.sep)[0],
    Field.CURRENT: lambda row: _BETWEEN.join(row.current_genres),
    Field.SUGGESTED: lambda row: _BETWEEN.join(row.suggested),
    Field.RUNNER_UP: lambda row: genre_at(row.prediction.scores, 1) if row.prediction else "",
    Field.PERSONAL: lambda row: row.personal.genre if row.personal else "",
    Field.HINTS: lambda row: _hints(row),
}


def _texts(rows: Sequence[Row], field: Field) -> list[str]:
    if field in _TAGS:
        of_tags = _TAGS[field]
        return [of_tags(row.track.tags) if row.track else "" for row in rows]
    return [*map(_TEXTS[field], rows)]


def _hints(row: Row) -> str:
    return _BETWEEN.join(genres_in(row.prediction.hints)) if row.prediction else ""


def arranged(
    numbers: Sequence[int], keys: Sequence[SortKey] | None, *, descending: bool
) -> list[int]:
    """Return row numbers in the order of their keys; without keys, in the order they were found."""
    if keys is None:
        return sorted(numbers)
    return sorted(numbers, key=keys.__getitem__, reverse=descending)
