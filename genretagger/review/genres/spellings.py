"""Genres that the files of a library spell in several ways, and texts that join several genres."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Final

from genretagger.core.genres import contains, split_joined, split_text
from genretagger.core.vocabulary import vocabulary
from genretagger.review.genres.respelling import can_be_respelled, spelled_texts
from genretagger.review.rows.decisions import is_decidable
from genretagger.review.rows.row import Row

_WORDS: Final = re.compile(r"[^\W_]+|&")
_AND: Final = {"&": "n", "and": "n"}  # R&B, R and B, RnB
_SURE_SEPARATOR: Final = ";"  # a comma or slash may be part of a name: Folk, World, & Country


class SpellingKind(Enum):
    """Why a group of spellings is shown."""

    SPELLING = "spelling"  # the same words in several spellings
    JOINED = "joined"  # several genres in one text
    OTHER_NAME = "other name"  # another word for a genre of the vocabulary


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of a genre, or a text that joins several.

    n_files : how many files have it, also joined with others in one text
    row_ids : the rows that can be given another, and have it alone or in a text that is sure to be
        split
    is_protected : whether the settings protect it
    """

    text: str
    n_files: int
    row_ids: Collection[int]
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class SpellingGroup:
    """The spellings of one genre, the most frequent first; `proposed` should replace them all.

    Of a text that joins several genres, these are `proposed`, each as the text spells it.
    """

    kind: SpellingKind
    spellings: tuple[Spelling, ...]
    proposed: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether hardly anybody would want to keep the spellings."""
        match self.kind:
            case SpellingKind.SPELLING:
                return True
            case SpellingKind.JOINED:
                return is_sure_to_be_split(self.spellings[0].text)
            case SpellingKind.OTHER_NAME:
                return False

    def row_ids(self, names: tuple[str, ...]) -> set[int]:
        """Return the rows that change if `names` replace all spellings."""
        return {row_id for spelling in self.changing(names) for row_id in spelling.row_ids}

    def changing(self, names: tuple[str, ...]) -> Iterator[Spelling]:
        """Yield the spellings that change if `names` replace all that are not protected."""
        yield from (s for s in self.spellings if not s.is_protected and (s.text,) != names)


@dataclass(frozen=True, slots=True)
class FoundSpellings:
    """The groups of a library, and how many files with their genres cannot be changed.

    groups : those by which some file changes
    others : those of genres that occur only in texts that may be split; they change no other file
    row_ids : for each text, the rows that have it and can be given another
    n_unheard : files without a hearing key yet, so that no decision can be stored for them
    n_waiting : files with other accepted genres that have yet to be written
    n_refused : files that cannot be written
    """

    groups: tuple[SpellingGroup, ...]
    others: tuple[SpellingGroup, ...] = ()
    row_ids: Mapping[str, Sequence[int]] = field(default_factory=dict)
    n_unheard: int = 0
    n_waiting: int = 0
    n_refused: int = 0


@lru_cache(maxsize=8192)
def spelling_key(text: str) -> str:
    """Return a key that ignores case, spaces and punctuation; "and" equals "&" and "n"."""
    words = _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())
    return "".join(_AND.get(word, word) for word in words)


def find_spellings(rows: Iterable[Row], *, protected: Collection[str] = ()) -> FoundSpellings:
    """Return groups of spellings that could become one; `protected` genres stay as they are.

    A text that joins several genres is split first; each of them is a spelling like any other.
    """
    texts: dict[str, list[int]] = {}
    left_out: dict[int, Row] = {}
    for row_id, row in enumerate(rows):
        for text in spelled_texts(row):
            texts.setdefault(text, []).append(row_id)
        if not can_be_respelled(row):
            left_out[row_id] = row
    found = _Library(texts, left_out, protected)
    groups = sorted(found.groups(), key=_sort_key)
    shown = tuple(group for group in groups if group.row_ids(group.proposed))
    others = tuple(group for group in groups if not group.row_ids(group.proposed))
    unchangeable = [left_out[row_id] for row_id in found.concerned(groups) & left_out.keys()]
    heard = [row for row in unchangeable if is_decidable(row)]
    n_refused = sum(row.read_only is not None for row in heard)
    n_unheard, n_waiting = len(unchangeable) - len(heard), len(heard) - n_refused
    return FoundSpellings(shown, others, found.changeable, n_unheard, n_waiting, n_refused)


def _sort_key(group: SpellingGroup) -> tuple[int, int]:
    """Return a key that sorts by kind, then the groups with most files first."""
    return list(SpellingKind).index(group.kind), -sum(s.n_files for s in group.spellings)


@lru_cache(maxsize=8192)
def is_sure_to_be_split(text: str) -> bool:
    """Return whether only a separator that is part of no name joins the genres in `text`."""
    return split_joined((text,), joined_by=_SURE_SEPARATOR) == split_text(text)


class _Library:
    """The texts of a library, and the rows that have each."""

    def __init__(
        self,
        texts: Mapping[str, list[int]],
        left_out: Mapping[int, Row],
        protected: Collection[str],
    ) -> None:
        self._protected = protected
        self._joined = {text: parts for text in texts if len(parts := self._split(text)) > 1}
        self._files: dict[str, set[int]] = {}  # by genre or text, the rows that have it
        self._separate: dict[str, set[int]] = {}  # the same without what may not be split
        for text, row_ids in texts.items():
            for genre in {text, *self._joined.get(text, ())}:
                self._files.setdefault(genre, set()).update(row_ids)
                if genre == text or is_sure_to_be_split(text):
                    self._separate.setdefault(genre, set()).update(row_ids)
        self._left_out = left_out
        self.changeable = {
            text: [row_id for row_id in row_ids if row_id not in left_out]
            for text, row_ids in texts.items()
        }

    def _split(self, text: str) -> tuple[str, ...]:
        return (text,) if contains(self._protected, text) else split_text(text)

    def _spelling(self, text: str) -> Spelling:
        is_protected = contains(self._protected, text)
        separate = () if is_protected else self._separate.get(text, set()) - self._left_out.keys()
        return Spelling(text, len(self._files[text]), separate, is_protected)

    def groups(self) -> Iterator[SpellingGroup]:
        """Yield all groups in which something could change."""
        by_key: dict[str, list[Spelling]] = {}
        for text in self._files:
            if text in self._joined:
                continue
            if key := spelling_key("".join(self._split(text))):
                by_key.setdefault(key, []).append(self._spelling(text))
        best: dict[str, str] = {}
        for key, spellings in by_key.items():
            spellings.sort(key=lambda s: (-s.n_files, s.text.islower(), s.text))
            best[key] = _best(spellings)
        for key, spellings in by_key.items():
            names = (best[key],)
            if any((spelling.text,) != names for spelling in spellings):
                yield SpellingGroup(SpellingKind.SPELLING, tuple(spellings), names)
            other = _find_other_name(key, best)
            if other and not contains(self._protected, best[key]):
                yield SpellingGroup(SpellingKind.OTHER_NAME, tuple(spellings), (other,))
        for text, parts in self._joined.items():
            yield SpellingGroup(SpellingKind.JOINED, (self._spelling(text),), parts)

    def concerned(self, groups: Iterable[SpellingGroup]) -> set[int]:
        """Return the rows that would change by any of `groups` if all could be changed."""
        texts = {s.text for group in groups for s in group.changing(group.proposed)}
        return {row_id for text in texts for row_id in self._separate.get(text, ())}


def _best(spellings: Sequence[Spelling]) -> str:
    """Return the protected spelling, else the usual one, else the most frequent.

    That is without separators at its ends, and without what no reader sees.
    """
    for spelling in spellings:
        if spelling.is_protected:
            return spelling.text
    (most_frequent,) = split_text(spellings[0].text)
    known = vocabulary().normalise(most_frequent)
    name = vocabulary().name(known) if known else ""
    return name if name and _is_usual(name, spellings) else most_frequent


def _is_usual(name: str, spellings: Sequence[Spelling]) -> bool:
    """Return whether hardly anybody would write `name`, of the vocabulary, in any other way.

    This is true of the ten genres. The names of styles are less settled (Synthpop, Synth-Pop), so
    that a library may keep its own: only capitals do not count.
    """
    if vocabulary().normalise(name) in vocabulary().genres:
        return spelling_key(name) == spelling_key(spellings[0].text)
    return any(name.casefold() == spelling.text.casefold() for spelling in spellings)


def _find_other_name(key: str, best: Mapping[str, str]) -> str:
    """Return what the vocabulary calls a genre, as the library spells that; "" if it is the same.

    `best` has the best spelling of each genre by its key.
    """
    known = vocabulary().normalise(best[key])
    if known is None:
        return ""
    name = vocabulary().name(known)
    other = spelling_key(name)
    name = name if other == key else best.get(other, name)
    return "" if name == best[key] else name
