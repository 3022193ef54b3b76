"""Which rows are shown, and in which order: sort keys and the text filter."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from genretagger.core.errors import shown
from genretagger.review.rows import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from genretagger.review.rows import Row

# At most 18 digits at once: Python refuses to convert thousands of them.
_DIGITS = re.compile(r"(\d{1,18})")
_STATE_RANK = {state: rank for rank, state in enumerate(State)}

SortKey = tuple[object, ...]


class Field(Enum):
    """What a row can be sorted by."""

    STATE = auto()
    TITLE = auto()
    ARTIST = auto()
    ALBUM = auto()
    FILE = auto()
    CURRENT = auto()
    SUGGESTED = auto()
    CONFIDENCE = auto()
    PERSONAL = auto()


def natural(text: str) -> SortKey:
    """Return a key that sorts text without case and numbers in it by value; no text comes last.

    `re.split` puts the groups of digits at odd places, so numbers only ever meet numbers.
    """
    parts = _DIGITS.split(text.casefold())
    return (not text, *(int(part) if place % 2 else part for place, part in enumerate(parts)))


def sort_key(row: Row, field: Field) -> SortKey:
    """Return the key of `row` for a sort by `field`; keys of one field compare with each other."""
    tags = row.track.tags if row.track else None
    match field:
        case Field.STATE:
            return (_STATE_RANK[row.state],)
        case Field.TITLE:
            return natural(tags.title if tags else "")
        case Field.ARTIST:
            return natural(tags.artist if tags else "")
        case Field.ALBUM:
            return natural(tags.album if tags else "")
        case Field.FILE:
            return (natural(row.path.name), natural(str(row.path.parent)))
        case Field.CURRENT:
            return natural("; ".join(row.current_genres))
        case Field.SUGGESTED:
            return natural("; ".join(row.suggested))
        case Field.CONFIDENCE:
            confidence = row.shown_confidence
            return (-1.0 if confidence is None else confidence,)
        case Field.PERSONAL:
            return natural(row.personal.genre if row.personal else "")


def haystack(row: Row, words: Mapping[State, str]) -> str:
    """Return the text of `row` that the filter looks in; `words` are the states as shown."""
    parts = [shown(row.path), *row.current_genres, *row.suggested, words[row.state]]
    if row.personal:
        parts.append(row.personal.genre)
    if row.track:
        tags = row.track.tags
        parts += [tags.title, tags.artist, tags.album, tags.album_artist]
    return "\n".join(parts).casefold()


def needles(text: str) -> tuple[str, ...]:
    """Return what the filter `text` asks for: every word must occur, in any order and case."""
    return tuple(text.casefold().split())


def matches(hay: str, wanted: tuple[str, ...]) -> bool:
    """Return whether a row's text has every word that is wanted."""
    return all(word in hay for word in wanted)


def arranged(
    numbers: Sequence[int], keys: Sequence[SortKey] | None, *, descending: bool
) -> list[int]:
    """Return row numbers in the order of their keys; without keys, in the order they were found."""
    if keys is None:
        return sorted(numbers)
    return sorted(numbers, key=keys.__getitem__, reverse=descending)
