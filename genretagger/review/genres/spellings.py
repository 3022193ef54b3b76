"""Genres that the files of a library spell in several ways, and rows with one spelling each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from genretagger.core.genres import contains, distinct, split_joined
from genretagger.core.vocabulary import vocabulary
from genretagger.review.rows.decisions import is_decidable, respelled
from genretagger.review.rows.row import Row

_WORDS: Final = re.compile(r"[^\W_]+|&")
_AND: Final = {"&": "n", "and": "n"}  # R&B, R and B, RnB
_BETWEEN: Final = re.compile(r"[;/,|\\]")


class SpellingKind(Enum):
    """Why a group of spellings is shown."""

    SPELLING = "spelling"  # the same words in several spellings
    JOINED = "joined"  # several genres in one text
    OTHER_NAME = "other name"  # another word for a genre of the vocabulary


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of a genre.

    n_files : how many files have it
    row_ids : the rows whose files have it and can be given another
    is_protected : whether the settings protect it
    """

    text: str
    n_files: int
    row_ids: Sequence[int]
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class SpellingGroup:
    """The spellings of one genre, the most frequent first; `proposed` should replace them all."""

    kind: SpellingKind
    spellings: tuple[Spelling, ...]
    proposed: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether hardly anybody would want to keep the spellings."""
        return self.kind is SpellingKind.SPELLING or (
            self.kind is SpellingKind.JOINED and ";" in self.spellings[0].text
        )

    def row_ids(self, names: tuple[str, ...]) -> set[int]:
        """Return the rows that change if `names` replace all spellings."""
        changing = (spelling for spelling in self.spellings if (spelling.text,) != names)
        return {row_id for spelling in changing for row_id in spelling.row_ids}

    def replacements(self, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """Return what each spelling becomes if `names` replace all that are not protected."""
        changing = (spelling.text for spelling in self.spellings if not spelling.is_protected)
        return {text: names for text in changing if (text,) != names}


@dataclass(frozen=True, slots=True)
class FoundSpellings:
    """The groups of a library, and how many files with their genres cannot be changed.

    n_unheard : files without a hearing key yet, so that no decision can be stored for them
    n_waiting : files with accepted genres that have yet to be written
    n_refused : files that cannot be written
    """

    groups: tuple[SpellingGroup, ...]
    n_unheard: int = 0
    n_waiting: int = 0
    n_refused: int = 0


@lru_cache(maxsize=8192)
def spelling_key(text: str) -> str:
    """Return a key that ignores case, spaces and punctuation; "and" equals "&" and "n"."""
    words = _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())
    return "".join(_AND.get(word, word) for word in words)


def find_spellings(rows: Iterable[Row], *, protected: Collection[str] = ()) -> FoundSpellings:
    """Return groups of spellings that could become one; `protected` genres stay as they are."""
    files: dict[str, list[int]] = {}
    left_out: dict[int, Row] = {}
    for row_id, row in enumerate(rows):
        for genre in _split_genres(row):
            files.setdefault(genre, []).append(row_id)
        if not _can_change(row):
            left_out[row_id] = row
    groups = _groups(files, left_out, protected=protected)
    concerned = {
        row_id
        for group in groups
        for spelling in group.spellings
        if (spelling.text,) != group.proposed
        for row_id in files[spelling.text]
    }
    unchangeable = [left_out[row_id] for row_id in concerned & left_out.keys()]
    heard = [row for row in unchangeable if is_decidable(row)]
    n_refused = sum(row.read_only is not None for row in heard)
    return FoundSpellings(groups, len(unchangeable) - len(heard), len(heard) - n_refused, n_refused)


def _can_change(row: Row) -> bool:
    return is_decidable(row) and row.read_only is None and not _awaits_write(row)


def _awaits_write(row: Row) -> bool:
    """Return whether accepted genres, other than a new spelling, have yet to be written."""
    return row.outstanding and not (row.decision is not None and row.decision.respells)


def _split_genres(row: Row) -> tuple[str, ...]:
    """Return the genres of a file; a text that joins several is split."""
    return split_joined(row.current_genres, joined_by=row.joined_by)


def _groups(
    files: Mapping[str, Sequence[int]], left_out: Collection[int], *, protected: Collection[str]
) -> tuple[SpellingGroup, ...]:
    by_key: dict[str, list[Spelling]] = {}
    for text, row_ids in files.items():
        key = spelling_key(text)
        if key:
            stays = contains(protected, text)
            changeable = [] if stays else [n for n in row_ids if n not in left_out]
            by_key.setdefault(key, []).append(Spelling(text, len(row_ids), changeable, stays))
    groups = (_group(spellings, protected) for spellings in by_key.values())
    return tuple(sorted((group for group in groups if group is not None), key=_sort_key))


def _sort_key(group: SpellingGroup) -> tuple[int, int]:
    """Return a key that sorts by kind, then the groups with most files first."""
    return list(SpellingKind).index(group.kind), -sum(s.n_files for s in group.spellings)


def _group(spellings: list[Spelling], protected: Collection[str]) -> SpellingGroup | None:
    """Return the group of spellings with one key, None if there is nothing to change."""
    spellings.sort(key=lambda s: (-s.n_files, s.text.islower(), s.text))
    first = spellings[0].text
    if len(spellings) > 1:
        return SpellingGroup(
            SpellingKind.SPELLING, tuple(spellings), (_best(spellings, protected),)
        )
    if contains(protected, first):
        return None
    known = vocabulary().normalise(first)
    name = vocabulary().name(known) if known else first
    if name != first:
        kind = SpellingKind.SPELLING if _is_usual(name, spellings) else SpellingKind.OTHER_NAME
        return SpellingGroup(kind, tuple(spellings), (name,))
    parts = distinct(filter(None, map(str.strip, _BETWEEN.split(first))))
    if known is None and len(parts) > 1:
        return SpellingGroup(SpellingKind.JOINED, tuple(spellings), parts)
    return None


def _best(spellings: Sequence[Spelling], protected: Collection[str]) -> str:
    """Return the protected spelling, else the usual one, else the most frequent."""
    for spelling in spellings:
        if contains(protected, spelling.text):
            return spelling.text
    known = vocabulary().normalise(spellings[0].text)
    name = vocabulary().name(known) if known else ""
    return name if name and _is_usual(name, spellings) else spellings[0].text


def _is_usual(name: str, spellings: Sequence[Spelling]) -> bool:
    """Return whether hardly anybody would write `name`, of the vocabulary, in any other way.

    This is true of the ten genres. The names of styles are less settled (Synthpop, Synth-Pop), so
    that a library may keep its own: only capitals do not count.
    """
    if vocabulary().normalise(name) in vocabulary().genres:
        return spelling_key(name) == spelling_key(spellings[0].text)
    return any(name.casefold() == spelling.text.casefold() for spelling in spellings)


def unify_spellings(
    rows: Mapping[int, Row], chosen: Mapping[str, tuple[str, ...]]
) -> dict[int, Row]:
    """Return those of `rows` that change, by row id, when `chosen` replaces spellings.

    Other genres stay in their order; a genre that would then occur twice occurs once.
    """
    changed = {}
    for row_id, row in rows.items():
        pieces = _split_genres(row)
        if not _can_change(row) or not any(piece in chosen for piece in pieces):
            continue
        genres = distinct(name for piece in pieces for name in _respell(piece, chosen))
        new = respelled(row, genres)
        if genres != pieces and new is not row:
            changed[row_id] = new
    return changed


def _respell(piece: str, chosen: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """Yield what a genre becomes; each part of a joined text is replaced as chosen, too."""
    for name in chosen.get(piece, (piece,)):
        yield from chosen.get(name, (name,)) if name != piece else (name,)
