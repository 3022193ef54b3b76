"""The names of the genres in a library: which spellings are one genre, which is the usual one."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from genretagger.core.genres import genre_key, split_joined

Tag = tuple[tuple[str, ...], str]  # the genres of a file, and what joins several in one text

key_of = lru_cache(maxsize=8192)(genre_key)


def split(tag: Tag) -> dict[str, str]:
    """Return the genres of a tag by their key: each once, also where one text joins them."""
    genres, joined_by = tag
    return {key_of(name): name for name in split_joined(genres, joined_by=joined_by)}


class GenreNames:
    """The most usual spelling of each genre, and where it is found."""

    def __init__(self) -> None:
        self._spellings: dict[str, Counter[str]] = {}
        self._written: dict[str, Counter[str]] = {}
        self._heard: dict[str, Counter[str]] = {}

    def see_tag(self, tag: Tag, n: int, *, in_files: bool) -> None:
        """Count the genres of `n` files, which have them now or only will."""
        for key, name in split(tag).items():
            self._spellings.setdefault(key, Counter())[name] += n
            if in_files:
                self._written.setdefault(key, Counter())[name] += n

    def see_heard(self, name: str, n: int) -> None:
        """Count `n` files in which a genre was heard."""
        for counts in (self._spellings, self._heard):
            counts.setdefault(key_of(name), Counter())[name] += n

    def usual(self, key: str) -> str:
        """Return the spelling that most files have, or will have."""
        return self._spellings[key].most_common(1)[0][0]

    def written_as(self) -> dict[str, tuple[str, ...]]:
        """Return how files spell each genre, by its usual name; the most frequent first."""
        return self._by_usual(self._written)

    def heard_as(self) -> dict[str, tuple[str, ...]]:
        """Return how each genre is called where it was heard, by its usual name."""
        return self._by_usual(self._heard)

    def _by_usual(self, counted: dict[str, Counter[str]]) -> dict[str, tuple[str, ...]]:
        return {
            self.usual(key): tuple(name for name, _n in counts.most_common())
            for key, counts in counted.items()
        }
