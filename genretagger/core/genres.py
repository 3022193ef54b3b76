"""The genre vocabulary: canonical ids, the names that are written, the spellings found in tags."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from genretagger.core.resources import resource

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


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


def contains(genres: Iterable[str], genre: str) -> bool:
    """Return whether `genre` is among `genres`, whatever the case."""
    return genre.casefold() in {other.casefold() for other in genres}


def distinct(genres: Iterable[str]) -> tuple[str, ...]:
    """Return each genre once, whatever the case, in its first spelling."""
    first: dict[str, str] = {}
    for genre in genres:
        first.setdefault(genre.casefold(), genre)
    return tuple(first.values())


def missing(wanted: Iterable[str], present: Collection[str], *, separator: str) -> tuple[str, ...]:
    """Return the genres of `wanted` that are not among `present`, whatever the case.

    Parameters
    ----------
    separator : str
        Joins several genres where the tag holds one string only (ID3v2.3): what it joins counts
        as present too. Empty for every other tag, where `Folk/Rock` is one name.
    """
    known = list(present)
    if separator:
        known += [piece.strip() for genre in present for piece in genre.split(separator)]
    return tuple(genre for genre in wanted if not contains(known, genre))


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
