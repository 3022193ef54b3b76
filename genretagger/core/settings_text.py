"""Settings as texts: how users type them and see them, and which genres settings can hold.

A mapping is typed `hiphop=Hip-Hop; disco=Disco|Funk`, a list of genres `Audiobook; Christmas`.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as MappingABC
from typing import Any, Final

from genretagger.core.genres import distinct
from genretagger.core.vocabulary import genre_key, vocabulary

Pairs = tuple[tuple[str, tuple[str, ...]], ...]

_WORDS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
BETWEEN: Final = ";"
TO: Final = "="
ALSO: Final = "|"
MAPPING_FORM: Final = "of the form hiphop=Hip-Hop; disco=Disco|Funk, each genre once"
GENRES_FORM: Final = "genres with ; between them"


def is_genre(text: str, *, without: str = BETWEEN) -> bool:
    """Return whether `text` can be a genre in a setting: visible, and `without` separators."""
    return bool(text.strip()) and text.isprintable() and not any(c in text for c in without)


def normalise_mapping(value: object) -> Pairs | None:
    """Return `value` as pairs of a heard genre and the names to write; None if it is no mapping.

    A heard genre of the vocabulary becomes its id, a known name to write its usual spelling.
    """
    if isinstance(value, MappingABC):
        value = tuple(value.items())
    if not isinstance(value, (tuple, list)):
        return None
    pairs: list[tuple[str, tuple[str, ...]]] = []
    for item in value:
        if not (isinstance(item, (tuple, list)) and len(item) == 2):
            return None
        heard, names = item[0], normalise_genres(item[1], without=BETWEEN + TO + ALSO)
        if not names or not isinstance(heard, str) or not is_genre(heard, without=BETWEEN + TO):
            return None
        pairs.append((vocabulary().normalise(heard) or heard.strip(), names))
    is_once = len({genre_key(heard) for heard, _ in pairs}) == len(pairs)
    return tuple(pairs) if is_once else None


def normalise_genres(value: object, *, without: str = BETWEEN) -> tuple[str, ...] | None:
    """Return `value` as genres in their usual spelling, each once; None if it is no list."""
    if not isinstance(value, (tuple, list)):
        return None
    if not all(isinstance(genre, str) and is_genre(genre, without=without) for genre in value):
        return None
    return distinct(vocabulary().name(" ".join(genre.split())) for genre in value)


def format_mapping(pairs: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Return a mapping in the form in which users type it."""
    return f"{BETWEEN} ".join(f"{heard}{TO}{ALSO.join(names)}" for heard, names in pairs)


def format_genres(genres: Iterable[str]) -> str:
    """Return a list of genres in the form in which users type it."""
    return f"{BETWEEN} ".join(genres)


def read_plain(text: str, *, kind: type) -> Any:
    """Return the typed `text` as a `kind`; `text` itself, which `Settings` refuses, if invalid."""
    if kind is bool:
        return _WORDS.get(text.lower(), text)
    try:
        return kind(text)
    except ValueError:
        return text


def read_mapping(text: str) -> object:
    """Return the mapping in `text`; `text` itself if it has another form."""
    pairs = []
    for piece in filter(None, map(str.strip, text.split(BETWEEN))):
        heard, to, names = piece.partition(TO)
        if not to:
            return text
        pairs.append((heard.strip(), tuple(name.strip() for name in names.split(ALSO))))
    return tuple(pairs)


def read_genres(text: str) -> tuple[str, ...]:
    """Return the genres in `text`."""
    return tuple(filter(None, map(str.strip, text.split(BETWEEN))))
