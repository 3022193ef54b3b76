"""Genres of the library that are written in several ways, and rows with one spelling of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from genretagger.core.genres import contains, distinct, split_joined, vocabulary
from genretagger.review.rows.decisions import is_decidable, respelled
from genretagger.review.rows.row import Row

_WORDS: Final = re.compile(r"[^\W_]+|&")
_AND: Final = {"&": "n", "and": "n"}  # R&B, R and B, RnB
_BETWEEN: Final = re.compile(r"[;/,|\\]")


class SpellingKind(Enum):
    """Why a genre stands among the spellings."""

    SPELLING = "spelling"  # the same words, written otherwise
    JOINED = "joined"  # several genres in one text
    OTHER_NAME = "other name"  # another word for a genre of the vocabulary


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which a genre is written.

    numbers : of the rows whose files have it and can be given another
    n_files : how many files have it
    is_protected : it stays as it is
    """

    text: str
    n_files: int
    numbers: Sequence[int]
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class SpellingGroup:
    """The spellings of one genre, the most frequent first; `proposed` is what all should be."""

    kind: SpellingKind
    spellings: tuple[Spelling, ...]
    proposed: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether hardly anybody would want to keep them apart."""
        return self.kind is SpellingKind.SPELLING or (
            self.kind is SpellingKind.JOINED and ";" in self.spellings[0].text
        )

    def numbers(self, names: tuple[str, ...]) -> set[int]:
        """Return the numbers of the rows that change if all are written as `names`."""
        changing = (one.numbers for one in self.spellings if (one.text,) != names)
        return {number for numbers in changing for number in numbers}

    def chosen(self, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """Return by spelling what it becomes if all are written as `names`."""
        changing = (one for one in self.spellings if not one.is_protected)
        return {one.text: names for one in changing if (one.text,) != names}


@dataclass(frozen=True, slots=True)
class FoundSpellings:
    """The groups of a library, and how many files with some of their genres cannot be changed.

    n_unheard : not heard yet, so there is nothing to tell them by later
    n_waiting : something else was accepted for them, and is not written yet
    n_refused : they cannot be written
    """

    groups: tuple[SpellingGroup, ...]
    n_unheard: int = 0
    n_waiting: int = 0
    n_refused: int = 0


@lru_cache(maxsize=8192)
def spelling_key(text: str) -> str:
    """Return what spellings of the same words share: case, spaces and punctuation do not count."""
    words = _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())
    return "".join(_AND.get(word, word) for word in words)


def find_spellings(rows: Iterable[Row], *, protected: Collection[str] = ()) -> FoundSpellings:
    """Return the genres of `rows` that could be spelled as one; those `protected` stay."""
    files: dict[str, list[int]] = {}
    left_out: dict[int, Row] = {}
    for number, row in enumerate(rows):
        for genre in _pieces(row):
            files.setdefault(genre, []).append(number)
        if not _is_free(row):
            left_out[number] = row
    groups = _groups(files, left_out, protected=protected)
    concerned = {
        number
        for group in groups
        for one in group.spellings
        if (one.text,) != group.proposed
        for number in files[one.text]
    }
    lost = [left_out[number] for number in concerned & left_out.keys()]
    unheard = [row for row in lost if not is_decidable(row)]
    refused = [row for row in lost if is_decidable(row) and row.read_only is not None]
    n_waiting = len(lost) - len(unheard) - len(refused)
    return FoundSpellings(groups, len(unheard), n_waiting, len(refused))


def _is_free(row: Row) -> bool:
    return is_decidable(row) and row.read_only is None and not _waits(row)


def _waits(row: Row) -> bool:
    """Return whether something else than a spelling was accepted and is not written."""
    return row.outstanding and not (row.decision is not None and row.decision.respells)


def _pieces(row: Row) -> tuple[str, ...]:
    """Return the genres of a file, also where its tag joins them."""
    return split_joined(row.current_genres, joined_by=row.joined_by)


def _groups(
    files: Mapping[str, Sequence[int]], left_out: Collection[int], *, protected: Collection[str]
) -> tuple[SpellingGroup, ...]:
    by_key: dict[str, list[Spelling]] = {}
    for text, numbers in files.items():
        key = spelling_key(text)
        if key:
            stays = contains(protected, text)
            free = [] if stays else [n for n in numbers if n not in left_out]
            by_key.setdefault(key, []).append(Spelling(text, len(numbers), free, stays))
    made = (_group(key, spellings, protected) for key, spellings in by_key.items())
    groups = [group for group in made if group is not None]
    order = list(SpellingKind)
    size = {id(group): -sum(one.n_files for one in group.spellings) for group in groups}
    return tuple(sorted(groups, key=lambda group: (order.index(group.kind), size[id(group)])))


def _group(key: str, spellings: list[Spelling], protected: Collection[str]) -> SpellingGroup | None:
    """Return the group of all that share a key, None if nothing can be made of it."""
    spellings.sort(key=lambda one: (-one.n_files, one.text.islower(), one.text))
    first = spellings[0].text
    if len(spellings) > 1:
        return SpellingGroup(
            SpellingKind.SPELLING, tuple(spellings), (_best(key, spellings, protected),)
        )
    if contains(protected, first):
        return None
    known = vocabulary().normalise(first)
    name = vocabulary().name(known) if known else first
    if name != first:
        same = spelling_key(name) == key
        return SpellingGroup(
            SpellingKind.SPELLING if same else SpellingKind.OTHER_NAME, tuple(spellings), (name,)
        )
    parts = distinct(filter(None, map(str.strip, _BETWEEN.split(first))))
    if known is None and len(parts) > 1:
        return SpellingGroup(SpellingKind.JOINED, tuple(spellings), parts)
    return None


def _best(key: str, spellings: Sequence[Spelling], protected: Collection[str]) -> str:
    """Return the one that is protected, else that of the vocabulary, else the most frequent."""
    for one in spellings:
        if contains(protected, one.text):
            return one.text
    known = vocabulary().normalise(spellings[0].text)
    name = vocabulary().name(known) if known else ""
    return name if name and spelling_key(name) == key else spellings[0].text


def unify_spellings(rows: Iterable[Row], chosen: Mapping[str, tuple[str, ...]]) -> dict[int, Row]:
    """Return the rows that change, by their number, when genres are spelled as `chosen`.

    Their other genres stay, in their order; what would stand twice then stands once.
    """
    changed = {}
    for number, row in enumerate(rows):
        pieces = _pieces(row)
        if not _is_free(row) or not any(piece in chosen for piece in pieces):
            continue
        genres = distinct(name for piece in pieces for name in _names(piece, chosen))
        new = respelled(row, genres)
        if genres != pieces and new is not row:
            changed[number] = new
    return changed


def _names(piece: str, chosen: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """Yield what a genre becomes; each part of a joined one is spelled as chosen too."""
    for name in chosen.get(piece, (piece,)):
        yield from chosen.get(name, (name,)) if name != piece else (name,)
