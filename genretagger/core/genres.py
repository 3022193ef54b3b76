"""The genre vocabulary: canonical ids, the names that are written, the spellings found in tags."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from genretagger.core.resources import resource
from genretagger.core.writes import Policy

# What taggers put between genres in a tag that would have a list, in full width and in other
# scripts too: never part of a name ...
_BETWEEN: Final = re.compile(
    r"[;,|\\\0\t\n\v\f\r\x85\u2028\u2029"
    r"\uff1b\uff0c\u3001\uff64\uff5c\uff3c\ufe50\ufe51\ufe54\u060c\u061b]"
)
# ... and what may be, as in these of ID3v1 (81, 62) and of the iTunes Store.
_SLASH: Final = "/"
_WIDE_SLASHES: Final = str.maketrans("\uff0f\u2044\u2215", 3 * _SLASH)
_SLASHED: Final = frozenset({"folk/rock", "pop/funk", "r&b/soul", "singer/songwriter"})
_UNSEEN: Final = frozenset({"Cc", "Cf"})  # controls; marks of order and joining, soft hyphens
# What else has no form of its own (Unicode, DerivedCoreProperties: Default_Ignorable_Code_Point):
# fillers of Hangul, Khmer and Mongolian, selectors of variants; and the empty pattern of Braille.
_FORMLESS: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Canonical ids with their names, and every known spelling of each."""

    names: dict[str, str]
    _by_spelling: dict[str, str]

    def name(self, genre: str) -> str:
        """Return the name that is written for the canonical id `genre`; anything else unchanged."""
        return self.names.get(genre, genre)

    def normalise(self, text: str) -> str | None:
        """Return the canonical id that `text` is a spelling of, or None."""
        return self._by_spelling.get(_folded(text))

    def key(self, text: str) -> str:
        """Return what all spellings of a genre share, of one that is not known too, or ""."""
        return self.normalise(text) or _folded(text)


def _folded(text: str) -> str:
    """Return `text` without case, spaces and punctuation."""
    return "".join(character for character in text.casefold() if character.isalnum())


def visible(text: str) -> str:
    """Return `text` as a reader sees it: no invisible characters, spaces of one kind and width.

    Left out are a byte order mark, NUL, characters without form or width and soft hyphens; a letter
    is the same whether it is stored with its accent or before it (Unicode, annex 15: NFC).
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _FORMLESS.sub("", text)
    seen = (one for one in text if one.isspace() or unicodedata.category(one) not in _UNSEEN)
    return unicodedata.normalize("NFC", " ".join("".join(seen).split()))


@lru_cache(maxsize=8192)  # asked of the same few for every track
def _compared(genre: str) -> str:
    return (visible(genre) or genre).casefold()


def contains(genres: Iterable[str], genre: str) -> bool:
    """Return whether `genre` is among `genres`, whatever the case and what cannot be seen."""
    return _compared(genre) in set(map(_compared, genres))


def distinct(genres: Iterable[str]) -> tuple[str, ...]:
    """Return each genre once, as by `contains`, in its first spelling."""
    first: dict[str, str] = {}
    for genre in genres:
        first.setdefault(_compared(genre), genre)
    return tuple(first.values())


def apart(genres: Iterable[str], *, joined_by: str) -> tuple[str, ...]:
    """Return the genres of a tag one by one.

    Parameters
    ----------
    joined_by : str
        Stands between several genres where the tag holds one text only (ID3v2.3). Empty for every
        other tag, where each text is one name.
    """
    if not joined_by:
        return tuple(genres)
    pieces = (piece.strip() for genre in genres for piece in genre.split(joined_by))
    return tuple(filter(None, pieces))


def seen_in(genres: Iterable[str], *, joined_by: str = "") -> tuple[str, ...]:
    """Return all genres that a reader sees in a tag: its texts, and those that a text joins.

    Whatever taggers put between them is looked through, but not the slash of a name that is known
    with it (Hip-Hop/Rap), unless `joined_by` as in `apart` puts it there.
    """
    genres = tuple(genres)
    found = [name for genre in genres for name in _seen_in_one(genre)]
    if joined_by:
        joined = (genre for genre in genres if joined_by in genre)
        found += map(visible, apart(joined, joined_by=joined_by))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8192)  # as above
def _seen_in_one(text: str) -> tuple[str, ...]:
    parts = _BETWEEN.split(text.translate(_WIDE_SLASHES))
    slashed = [part for part in parts if _SLASH in part and not _is_name(part)]
    found = (text, *parts, *apart(slashed, joined_by=_SLASH))
    return tuple(dict.fromkeys(filter(None, map(visible, found))))


def _is_name(text: str) -> bool:
    return _compared(text) in _SLASHED or vocabulary().normalise(text) is not None


def missing(wanted: Iterable[str], present: Iterable[str], *, joined_by: str) -> tuple[str, ...]:
    """Return the genres of `wanted` that are not in a tag that holds `present`, as by `seen_in`."""
    known = seen_in(present, joined_by=joined_by)
    return tuple(genre for genre in wanted if not contains(known, genre))


def merged(
    before: tuple[str, ...],
    wanted: Iterable[str],
    policy: Policy,
    *,
    joined_by: str = "",
    protected: Collection[str] = (),
) -> tuple[str, ...]:
    """Return the genres of a file with `before` after `wanted` is written under `policy`.

    Fill leaves a file alone that has a genre; add appends what is not there in any case; replace
    puts `wanted` in the place of all that is not protected. What stays as it is, is `before`. The
    writer, the dry run and every preview go by this.

    Parameters
    ----------
    joined_by : str
        As in `apart`: the result is not joined yet, a part of `before` may be.
    protected : collection of str
        Genres that stay where they are, whatever their case; no other spelling of one is written
        beside it.
    """
    new = distinct(wanted)
    match policy:
        case Policy.FILL:
            return before or new
        case Policy.ADD:
            return (*before, *missing(new, before, joined_by=joined_by))
        case Policy.REPLACE:
            return _replaced(before, new, joined_by=joined_by, protected=protected)


def _replaced(
    before: tuple[str, ...], new: tuple[str, ...], *, joined_by: str, protected: Collection[str]
) -> tuple[str, ...]:
    """Return `new` in the place of the first of `before` that goes; what is protected stays."""
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
    """Return the genres of a tag, also those that are joined in one text with a protected one."""
    pieces: list[str] = []
    for genre in before:
        parts = apart((genre,), joined_by=joined_by)
        is_split = not contains(protected, genre) and any(contains(protected, p) for p in parts)
        pieces += parts if is_split else (genre,)
    return pieces


@lru_cache(maxsize=4096)  # asked of the same few for every track
def genre_key(genre: str) -> str:
    """Return what all spellings of a genre share, never ""."""
    return vocabulary().key(genre) or genre.strip().casefold()


@dataclass(frozen=True, slots=True)
class GenreMapping:
    """What the user wants written for genres that are heard.

    pairs : the genre that is heard, by its id or as the user spells it, and the names to write
    """

    pairs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    _by_key: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = {genre_key(heard): names for heard, names in self.pairs}
        object.__setattr__(self, "_by_key", by_key)

    def names(self, genre: str) -> tuple[str, ...]:
        """Return what is written for `genre`; () if the mapping says nothing of it."""
        return self._by_key.get(genre_key(genre), ()) if self._by_key else ()


NO_MAPPING: Final = GenreMapping()


@cache
def vocabulary() -> Vocabulary:
    """Return the bundled vocabulary (`resources/genres.json`)."""
    entries = json.loads(resource("genres.json").read_text(encoding="utf-8"))["genres"]
    spellings = {
        _folded(spelling): entry["id"]
        for entry in entries
        for spelling in (entry["id"], entry["name"], *entry["aliases"])
    }
    return Vocabulary({entry["id"]: entry["name"] for entry in entries}, spellings)
