"""The names to write for what was heard: the user's, or the usual ones."""

from __future__ import annotations

from functools import lru_cache

from genretagger.core.genres import GenreMapping
from genretagger.core.predictions import Prediction
from genretagger.core.vocabulary import genre_key, vocabulary
from genretagger.review.rows.confidence_levels import is_personal


def map_genre(
    prediction: Prediction, mapping: GenreMapping, genre: str | None = None
) -> tuple[str, ...]:
    """Return the names to write for the predicted genre, or for `genre`, another one or a style.

    These are the names in `mapping` or, where it has none, the name of the genre.
    """
    genre = prediction.genre if genre is None else genre
    return mapping.names(genre) or _as_tuple(name_genre(prediction, genre))


@lru_cache(maxsize=4096)
def _as_tuple(name: str) -> tuple[str]:
    """Return the name as a tuple, one object for the many rows that suggest the same genre."""
    return (name,)


def name_genre(prediction: Prediction, genre: str | None = None) -> str:
    """Return the name of the predicted genre, or of `genre`, another one or a style.

    A personal classifier has the user's own genres, in the user's spelling.
    """
    genre = prediction.genre if genre is None else genre
    return genre if is_personal(prediction) else vocabulary().name(genre)


def is_spelling_of(genre: str, other: str) -> bool:
    """Return whether both are spellings of one genre."""
    return genre_key(genre) == genre_key(other)
