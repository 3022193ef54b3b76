"""Whether the genres of a file agree with what was heard, and where the file says more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple

from genretagger.core.genres import GenreMapping, find_genres
from genretagger.core.predictions import Prediction
from genretagger.core.vocabulary import agrees_with, agrees_with_heard, genre_key, vocabulary
from genretagger.review.rows.confidence_levels import is_personal

_AND: Final = re.compile(r"\s*[&+]\s*|\s+(?:and|e|et|n|und|y)\s+", re.IGNORECASE)


class Agreement(Enum):
    """How the genres of a file relate to what was heard.

    FINER : they agree, and one of them is a kind of a genre that was heard
    """

    NONE = auto()
    SAME = auto()
    FINER = auto()


class Kind(NamedTuple):
    """A genre of a file, and the broader genre that was heard."""

    genre: str
    of: str


def compare(
    tags: tuple[str, ...],
    joined_by: str,
    prediction: Prediction,
    mapping: GenreMapping,
    genre: str,
) -> Agreement:
    """Return how `tags` relate to `genre`, which `prediction` heard, or to what is written for it.

    Names that the user chose, for a mapping or a personal classifier, tell a style from what is
    broader; those of the model do not.

    Parameters
    ----------
    joined_by : str
        As in `core.genres.split_joined`.
    """
    names = mapping.names(genre)
    is_chosen = bool(names) or is_personal(prediction)
    return _compare(tags, joined_by, names or (genre,), is_chosen)


@lru_cache(maxsize=8192)  # many rows have the same genre, heard and in the file
def _compare(
    tags: tuple[str, ...], joined_by: str, genres: tuple[str, ...], is_chosen: bool
) -> Agreement:
    agrees = agrees_with if is_chosen else agrees_with_heard
    current = find_genres(tags, joined_by=joined_by)
    if not all(any(agrees(tag, genre) for tag in current) for genre in genres):
        return Agreement.NONE
    is_finer = find_kind(tags, joined_by, genres) is not None
    return Agreement.FINER if is_finer else Agreement.SAME


def find_kind(tags: tuple[str, ...], joined_by: str, genres: tuple[str, ...]) -> Kind | None:
    """Return the first genre among `tags` that is a kind of one of `genres`; None without one."""
    wanted = set(map(genre_key, genres))
    single = (tag for tag in find_genres(tags, joined_by=joined_by) if not _joins_genres(tag))
    finer = (tag for tag in single if genre_key(tag) not in wanted)
    return next(_kinds(finer, genres), None)


def _kinds(tags: Iterator[str], genres: tuple[str, ...]) -> Iterator[Kind]:
    return (Kind(tag, genre) for tag in tags for genre in genres if agrees_with(tag, genre))


def _joins_genres(text: str) -> bool:
    """Return whether a text names several genres, as Rock & Pop: it says no more than each."""
    known = vocabulary()
    if len(find_genres((text,))) > 1:
        return True
    parts = _AND.split(text)
    return len(parts) > 1 and known.normalise(text) is None and all(map(known.places, parts))
