"""The settings that hold genres: what they can be, how they are typed, told and stored.

A mapping is typed `hiphop=Hip-Hop; disco=Disco|Funk`, a list of genres `Audiobook; Christmas`.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as MappingABC
from typing import Final

from genretagger.core.genres import distinct, genre_key, vocabulary

Pairs = tuple[tuple[str, tuple[str, ...]], ...]

BETWEEN: Final = ";"
_TO: Final = "="
_ALSO: Final = "|"
MAPPING_FORM: Final = "of the form hiphop=Hip-Hop; disco=Disco|Funk, each genre once"
GENRES_FORM: Final = "genres with ; between them"


def is_genre(text: str, *, without: str = BETWEEN) -> bool:
    """Return whether `text` can be a genre here: visible, and without what stands between some."""
    return bool(text.strip()) and text.isprintable() and not any(c in text for c in without)


def pairs_of(value: object) -> Pairs | None:
    """Return a mapping as it is kept, from what is stored or given; None if it cannot be one.

    A genre of the vocabulary is kept by its id, what is written for it by the name that is written.
    """
    if isinstance(value, MappingABC):
        value = tuple(value.items())
    if not isinstance(value, (tuple, list)):
        return None
    pairs: list[tuple[str, tuple[str, ...]]] = []
    for item in value:
        if not (isinstance(item, (tuple, list)) and len(item) == 2):
            return None
        heard, names = item[0], genres_of(item[1], without=BETWEEN + _TO + _ALSO)
        if not names or not isinstance(heard, str) or not is_genre(heard, without=BETWEEN + _TO):
            return None
        pairs.append((vocabulary().normalise(heard) or heard.strip(), names))
    is_once = len({genre_key(heard) for heard, _ in pairs}) == len(pairs)
    return tuple(pairs) if is_once else None


def genres_of(value: object, *, without: str = BETWEEN) -> tuple[str, ...] | None:
    """Return a list of genres as it is kept, each once; None if it cannot be one."""
    if not isinstance(value, (tuple, list)):
        return None
    if not all(isinstance(genre, str) and is_genre(genre, without=without) for genre in value):
        return None
    return distinct(vocabulary().name(" ".join(genre.split())) for genre in value)


def mapping_text(pairs: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Return a mapping as it is typed."""
    return f"{BETWEEN} ".join(f"{heard}{_TO}{_ALSO.join(names)}" for heard, names in pairs)


def genres_text(genres: Iterable[str]) -> str:
    """Return a list of genres as it is typed."""
    return f"{BETWEEN} ".join(genres)


def typed_mapping(text: str) -> object:
    """Return the mapping in `text`, or `text` itself, to be refused, if there is none in it."""
    pairs = []
    for piece in filter(None, map(str.strip, text.split(BETWEEN))):
        heard, to, names = piece.partition(_TO)
        if not to:
            return text
        pairs.append((heard.strip(), tuple(name.strip() for name in names.split(_ALSO))))
    return tuple(pairs)


def typed_list(text: str) -> tuple[str, ...]:
    """Return the genres in `text`."""
    return tuple(filter(None, map(str.strip, text.split(BETWEEN))))
