"""The genres of a tag: split, compared, merged with others, and written as the user maps them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from genretagger.core.texts.folding import clean_text
from genretagger.core.vocabulary import SLASH, WIDE_SLASHES, agrees_with, genre_key, vocabulary
from genretagger.core.writes import Policy

# Taggers separate genres by these in a tag without lists, also in full width and in other
# scripts. They are never part of a name ...
_SEPARATORS: Final = re.compile(
    r"[;,|\\\0\t\n\v\f\r\x85\u2028\u2029"
    r"\uff1b\uff0c\u3001\uff64\uff5c\uff3c\ufe50\ufe51\ufe54\u060c\u061b]"
)
# ... but a slash may be, as in Folk/Rock (ID3v1) and R&B/Soul (iTunes Store).


@lru_cache(maxsize=8192)  # every track asks for the same few genres
def _compared(genre: str) -> str:
    return (clean_text(genre) or genre).casefold()


def contains(genres: Iterable[str], genre: str) -> bool:
    """Return whether `genre` is among `genres`; case and invisible characters do not count."""
    return _compared(genre) in set(map(_compared, genres))


def distinct(genres: Iterable[str]) -> tuple[str, ...]:
    """Return each genre once, in its first spelling; `contains` says which ones are equal."""
    first: dict[str, str] = {}
    for genre in genres:
        first.setdefault(_compared(genre), genre)
    return tuple(first.values())


def split_joined(genres: Iterable[str], *, joined_by: str) -> tuple[str, ...]:
    """Return the single genres of a tag.

    Parameters
    ----------
    genres : iterable of str
        The texts of the tag.
    joined_by : str
        The separator of a tag that holds several genres as one text (ID3v2.3). Empty for every
        other tag: each text is then one genre and stays as it is.
    """
    if not joined_by:
        return tuple(genres)
    pieces = (piece.strip() for genre in genres for piece in genre.split(joined_by))
    return tuple(filter(None, pieces))


def find_genres(genres: Iterable[str], *, joined_by: str = "") -> tuple[str, ...]:
    """Return all genres that a reader sees in a tag: each text, and each genre that a text joins.

    A text is split at every character that taggers put between genres. A known name with a slash
    (Hip-Hop/Rap) is not split at the slash, unless `joined_by`, as in `split_joined`, is a slash.
    """
    genres = tuple(genres)
    visible = [name for genre in genres for name in _genres_in_text(genre)]
    if joined_by:
        joined = (genre for genre in genres if joined_by in genre)
        visible += map(clean_text, split_joined(joined, joined_by=joined_by))
    return tuple(dict.fromkeys(visible))


@lru_cache(maxsize=8192)  # as above
def _genres_in_text(text: str) -> tuple[str, ...]:
    genres = (text, *_parts(text), *split_text(text))
    return tuple(dict.fromkeys(filter(None, map(clean_text, genres))))


@lru_cache(maxsize=8192)  # as above
def split_text(text: str) -> tuple[str, ...]:
    """Return the genres that `text` joins, in their order, by the rule of `find_genres`."""
    single = (
        piece
        for part in _parts(text)
        for piece in (part.split(SLASH) if _is_joined_by_slash(part) else (part,))
    )
    return tuple(filter(None, map(clean_text, single)))


def _is_joined_by_slash(part: str) -> bool:
    return SLASH in part and not vocabulary().places(part)


def _parts(text: str) -> list[str]:
    return _SEPARATORS.split(text.translate(WIDE_SLASHES))


def find_missing(
    requested: Iterable[str], present: Iterable[str], *, joined_by: str
) -> tuple[str, ...]:
    """Return the genres of `requested` that `find_genres` does not find in `present`."""
    known = find_genres(present, joined_by=joined_by)
    return tuple(genre for genre in requested if not contains(known, genre))


def merged(
    before: tuple[str, ...],
    requested: Iterable[str],
    policy: Policy,
    *,
    joined_by: str = "",
    protected: Collection[str] = (),
) -> tuple[str, ...]:
    """Return the genres of a file with `before` after `requested` is written under `policy`.

    Fill changes only files without a genre, add appends the genres that the file lacks, replace
    puts `requested` in the place of all unprotected genres, and so does correct if a genre of
    `requested` is there neither by any name nor as a style of it. Where nothing changes, the result
    equals `before`. The writer, the dry run and every preview call this function.

    Parameters
    ----------
    joined_by : str
        As in `split_joined`. Texts of `before` may be joined; new genres in the result are not.
    protected : collection of str
        Genres that stay in place whatever the case of their letters; another spelling of one is
        never written beside it.
    """
    new = distinct(requested)
    match policy:
        case Policy.FILL:
            return before or new
        case Policy.ADD:
            return (*before, *find_missing(new, before, joined_by=joined_by))
        case Policy.CORRECT if before and _has_each(before, new, joined_by=joined_by):
            return before
        case Policy.CORRECT | Policy.REPLACE:
            return _replaced(before, new, joined_by=joined_by, protected=protected)


def _has_each(present: tuple[str, ...], requested: tuple[str, ...], *, joined_by: str) -> bool:
    """Return whether each genre of `requested` is among `present`, by any name or as a style."""
    known = find_genres(present, joined_by=joined_by)
    return all(any(agrees_with(tag, genre) for tag in known) for genre in requested)


def _replaced(
    before: tuple[str, ...], new: tuple[str, ...], *, joined_by: str, protected: Collection[str]
) -> tuple[str, ...]:
    """Return `before` with `new` in the place of its unprotected genres."""
    if not protected or not before:
        return new
    pieces = _pieces(before, joined_by=joined_by, protected=protected)
    stays = [contains(protected, piece) and not contains(new, piece) for piece in pieces]
    kept = {genre_key(piece) for piece, is_kept in zip(pieces, stays, strict=True) if is_kept}
    if not kept:
        return new
    held = [piece for piece in pieces if contains(protected, piece)]
    written = [genre for genre in new if genre_key(genre) not in kept or contains(held, genre)]
    after: list[str] = []
    for piece, is_kept in zip(pieces, stays, strict=True):
        if is_kept:
            after.append(piece)
        else:
            after += written
            written = []
    result = distinct((*after, *written))
    return before if result == tuple(pieces) else result


def _pieces(
    before: tuple[str, ...], *, joined_by: str, protected: Collection[str]
) -> Sequence[str]:
    """Return the genres of a tag; a text that joins a protected genre with others is split."""
    pieces: list[str] = []
    for genre in before:
        parts = split_joined((genre,), joined_by=joined_by)
        is_split = not contains(protected, genre) and any(contains(protected, p) for p in parts)
        pieces += parts if is_split else (genre,)
    return pieces


@dataclass(frozen=True, slots=True)
class GenreMapping:
    """The names to write for heard genres, as the user chose them.

    pairs : a heard genre, by its id or in the user's spelling, and the names to write for it
    """

    pairs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    _by_key: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = {genre_key(heard): names for heard, names in self.pairs}
        object.__setattr__(self, "_by_key", by_key)

    def names(self, genre: str) -> tuple[str, ...]:
        """Return the names to write for `genre`; () if the mapping has none."""
        return self._by_key.get(genre_key(genre), ()) if self._by_key else ()


NO_MAPPING: Final = GenreMapping()
