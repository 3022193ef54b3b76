"""How many files have each genre, now and after a write; rare styles count with their family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from genretagger.core.vocabulary import vocabulary
from genretagger.review.genres.genre_names import GenreNames, Tag, split_tag

MOST_GENRES: Final = 15

_Bars = Mapping[str, str]  # the bar of each genre that counts with its family, by their keys


@dataclass(frozen=True, slots=True)
class GenreCount:
    """How many files have a genre and how many will; `name` is the usual spelling.

    with_styles : where rare styles count with the genre, the spellings of it and of all of them
    """

    name: str
    before: int
    after: int
    with_styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GenreCounts:
    """The genres of the library, the most frequent first; a file counts for each of its genres.

    other : files with any of the genres that are not listed
    n_other : how many genres are not listed
    without : files without a genre
    """

    listed: tuple[GenreCount, ...] = ()
    other: GenreCount = GenreCount("", 0, 0)
    n_other: int = 0
    without: GenreCount = GenreCount("", 0, 0)


NO_COUNTS: Final = GenreCounts()


def count_genres(before: Counter[Tag], after: Counter[Tag], names: GenreNames) -> GenreCounts:
    """Return the counts of the tags that files have now and after a write.

    While there are more genres than bars, those without one count with their family. So a library
    with few genres shows each of them, and one with many shows the most frequent and the families.
    """
    bars: dict[str, str] = {}
    while True:
        old, new = (_count(tags, bars) for tags in (before, after))
        order = sorted({**old, **new}, key=lambda key: (-max(old[key], new[key]), key))
        top, rest = order[:MOST_GENRES], frozenset(order[MOST_GENRES:])
        families = {key: _family(key, names) for key in rest}
        moved = {key: family for key, family in families.items() if family != key}
        if not moved:
            break
        bars |= moved
    members = {key: (key, *(other for other in bars if bars[other] == key)) for key in order}
    return GenreCounts(
        tuple(_named(members[key], old[key], new[key], names) for key in top),
        GenreCount("", _having(before, rest, bars), _having(after, rest, bars)),
        sum(len(members[key]) for key in rest),
        GenreCount("", _without(before), _without(after)),
    )


def _family(key: str, names: GenreNames) -> str:
    """Return the key of the family of a genre; a key has no words, so its usual name is placed."""
    places = vocabulary().places(names.usual(key))
    return vocabulary().family(places[0]) if places else key


def _bars_of(tag: Tag, bars: _Bars) -> set[str]:
    return {bars.get(key, key) for key in split_tag(tag)}


def _count(tags: Counter[Tag], bars: _Bars) -> Counter[str]:
    counts: Counter[str] = Counter()
    for tag, n in tags.items():
        for key in _bars_of(tag, bars):
            counts[key] += n
    return counts


def _named(members: tuple[str, ...], before: int, after: int, names: GenreNames) -> GenreCount:
    styles = members[1:]
    spellings = names.spellings(members) if styles else ()
    return GenreCount(names.usual(members[0]), before, after, spellings)


def _having(tags: Counter[Tag], keys: Collection[str], bars: _Bars) -> int:
    """Return how many files have any of the bars with `keys`."""
    return sum(n for tag, n in tags.items() if not _bars_of(tag, bars).isdisjoint(keys))


def _without(tags: Counter[Tag]) -> int:
    """Return how many files have no genre."""
    return sum(n for tag, n in tags.items() if not split_tag(tag))
