"""The names of the genres in a library: how files spell them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from genretagger.core.genres import split_joined
from genretagger.core.vocabulary import genre_key, vocabulary

Tag = tuple[tuple[str, ...], str]  # the genres of a file, and what joins several in one text

cached_genre_key = lru_cache(maxsize=8192)(genre_key)


def split_tag(tag: Tag) -> dict[str, str]:
    """Return the genres of a tag by their keys, each once; a joined text is split."""
    genres, joined_by = tag
    return {cached_genre_key(name): name for name in split_joined(genres, joined_by=joined_by)}


class GenreNames:
    """The spellings of each genre, with the number of files that have each."""

    def __init__(self) -> None:
        self._spellings: dict[str, Counter[str]] = {}
        self._written: dict[str, Counter[str]] = {}
        self._heard: dict[str, Counter[str]] = {}

    def add_tag(self, tag: Tag, n: int, *, in_files: bool) -> None:
        """Count the genres of `n` files; `in_files`: they have them now, not only after a write."""
        for key, name in split_tag(tag).items():
            self._spellings.setdefault(key, Counter())[name] += n
            if in_files:
                self._written.setdefault(key, Counter())[name] += n

    def add_heard(self, name: str, n: int) -> None:
        """Count `n` files with this predicted genre."""
        for counts in (self._spellings, self._heard):
            counts.setdefault(cached_genre_key(name), Counter())[name] += n

    def usual(self, key: str) -> str:
        """Return the spelling that most files have or will have, else the vocabulary's name."""
        spellings = self._spellings.get(key)
        return spellings.most_common(1)[0][0] if spellings else vocabulary().name(key)

    def spellings(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return all spellings of the genres with `keys`, the most frequent of each first."""
        counted = (self._spellings.get(key, Counter[str]()) for key in keys)
        return tuple(name for counts in counted for name, _n in counts.most_common())

    def written_as(self) -> dict[str, tuple[str, ...]]:
        """Return the spellings in files by the usual name, the most frequent first."""
        return self._by_usual(self._written)

    def heard_as(self) -> dict[str, tuple[str, ...]]:
        """Return the names of predicted genres by the usual name, the most frequent first."""
        return self._by_usual(self._heard)

    def _by_usual(self, counted: dict[str, Counter[str]]) -> dict[str, tuple[str, ...]]:
        return {
            self.usual(key): tuple(name for name, _n in counts.most_common())
            for key, counts in counted.items()
        }
