"""The library at a glance: its genres before and after, how sure it was heard, what tags dispute.

One pass counts the rows by what matters; everything else is made of the few distinct combinations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from genretagger.core.percent import HUNDRED, floor_percent
from genretagger.core.predictions import Level
from genretagger.core.writes import Policy
from genretagger.review.genres.genre_names import GenreNames, Tag, cached_genre_key, split_tag
from genretagger.review.rows.pending_changes import Effect, propose_change
from genretagger.review.rows.row import Row, State, name_genre

N_BINS: Final = 20
MOST_GENRES: Final = 15
MOST_TAGGED = MOST_HEARD = 12
_MOST_PAIRS: Final = 5


class TrustLevel(Enum):
    """How far a verdict can be trusted, in the order in which it is stacked."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNSURE = "unsure"


_STANDINGS = {
    Level.HIGH: TrustLevel.HIGH,
    Level.MEDIUM: TrustLevel.MEDIUM,
    Level.LOW: TrustLevel.LOW,
}


@dataclass(frozen=True, slots=True)
class GenreCount:
    """How many files have a genre, and how many will have it; its name is the usual spelling."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Genres:
    """The genres of the library, the most frequent first; a file with several counts for each.

    other : files that have one of the genres that are not listed
    n_other : how many genres those are
    without : files that have none
    """

    tallies: tuple[GenreCount, ...] = ()
    other: GenreCount = GenreCount("", 0, 0)
    n_other: int = 0
    without: GenreCount = GenreCount("", 0, 0)


@dataclass(frozen=True, slots=True)
class Pair:
    """How many files have a genre and sound like another, which they do not have."""

    tagged: str
    heard: str
    n: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """What the tags say against what is heard.

    tagged, heard : names of rows and columns, without the last one if that is all others together
    counts : files that have the genre of the row and sound like that of the column
    agreeing : the column of each row that stands for the same genre, None if there is none
    """

    tagged: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    counts: tuple[tuple[int, ...], ...] = ()
    agreeing: tuple[int | None, ...] = ()

    @property
    def n_columns(self) -> int:
        """How many columns there are, with the one of all others."""
        return len(self.counts[0]) if self.counts else 0


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it.

    histogram : the number of verdicts of each standing in every bin
    written_as, heard_as : how the files that have a genre spell it, and how it is called where it
        was heard, by its name
    """

    states: Mapping[State, int] = field(default_factory=dict)
    n_heard: int = 0
    n_to_write: int = 0
    genres: Genres = Genres()
    histogram: tuple[Mapping[TrustLevel, int], ...] = ()
    confusion: Confusion = Confusion()
    disputed: tuple[Pair, ...] = ()
    written_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heard_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def n_tracks(self) -> int:
        """How many tracks there are."""
        return sum(self.states.values())


def summarise_library(
    rows: Iterable[Row], *, policy: Policy, protected: Collection[str] = ()
) -> Overview:
    """Return the overview of `rows`; what was accepted is written under `policy`."""
    counts = _Counts()
    for row in rows:
        counts.add(row, policy, protected)
    names = counts.names()
    confusion, disputed = _confusion(counts.pairs, names)
    histogram = tuple(
        {standing: counts.bins[standing, number] for standing in TrustLevel}
        for number in range(N_BINS)
    )
    return Overview(
        dict(counts.states),
        counts.n_heard,
        counts.n_to_write,
        _genres(counts.before, counts.after, names),
        histogram,
        confusion,
        disputed,
        names.written_as(),
        names.heard_as(),
    )


class _Counts:
    """The rows, counted by what the overview is made of."""

    def __init__(self) -> None:
        self.states: Counter[State] = Counter()
        self.before: Counter[Tag] = Counter()
        self.after: Counter[Tag] = Counter()
        self.bins: Counter[tuple[TrustLevel, int]] = Counter()
        self.pairs: Counter[tuple[Tag, str]] = Counter()
        self.n_to_write = self.n_heard = 0

    def add(self, row: Row, policy: Policy, protected: Collection[str]) -> None:
        """Count a row."""
        self.states[row.state] += 1
        tag = row.current_genres, row.joined_by
        self.before[tag] += 1
        if row.decision is not None and row.outstanding:
            made = propose_change(row, policy, protected=protected)
            self.n_to_write += made.effect is Effect.WRITE
            self.after[made.after, row.joined_by] += 1
        else:
            self.after[tag] += 1
        if row.prediction is None:
            return
        self.n_heard += 1
        if row.state is not State.NOT_MUSIC:
            self.pairs[tag, name_genre(row.prediction)] += 1
        if row.shown_confidence is not None:
            standing = _STANDINGS[row.level or Level.LOW]
            standing = standing if row.unsure is None else TrustLevel.UNSURE
            self.bins[standing, bin_of(row.shown_confidence)] += 1

    def names(self) -> GenreNames:
        """Return the names of all genres there are."""
        names = GenreNames()
        for tags, is_before in ((self.before, True), (self.after, False)):
            for tag, n in tags.items():
                names.add_tag(tag, n, in_files=is_before)
        for (_tag, heard), n in self.pairs.items():
            names.add_heard(heard, n)
        return names


def bin_of(confidence: float) -> int:
    """Return the number of the bin of a confidence, which counts in whole per cent as shown."""
    return min(N_BINS - 1, floor_percent(confidence) * N_BINS // HUNDRED)


def _genres(before: Counter[Tag], after: Counter[Tag], names: GenreNames) -> Genres:
    counted = []
    for tags in (before, after):
        by_key: Counter[str] = Counter()
        for tag, n in tags.items():
            for key in split_tag(tag):
                by_key[key] += n
        counted.append(by_key)
    old, new = counted
    order = sorted({**old, **new}, key=lambda key: (-max(old[key], new[key]), key))
    top, rest = order[:MOST_GENRES], frozenset(order[MOST_GENRES:])
    return Genres(
        tuple(GenreCount(names.usual(key), old[key], new[key]) for key in top),
        GenreCount("", *(_having(tags, rest) for tags in (before, after))),
        len(rest),
        GenreCount(
            "", *(sum(n for tag, n in t.items() if not split_tag(tag)) for t in (before, after))
        ),
    )


def _having(tags: Counter[Tag], keys: frozenset[str]) -> int:
    """Return how many files have one of the genres with `keys`."""
    return sum(n for tag, n in tags.items() if not keys.isdisjoint(split_tag(tag))) if keys else 0


def _confusion(
    pairs: Counter[tuple[Tag, str]], names: GenreNames
) -> tuple[Confusion, tuple[Pair, ...]]:
    cells: Counter[tuple[str, str]] = Counter()
    disputed: Counter[tuple[str, str]] = Counter()
    tagged: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    for (tag, genre), n in pairs.items():
        column, genres = cached_genre_key(genre), split_tag(tag)
        if genres:
            heard[column] += n
        for row in genres:
            tagged[row] += n
            cells[row, column] += n
            if column not in genres:
                disputed[row, column] += n
    columns = [key for key, _n in heard.most_common(MOST_HEARD)]
    rows = _in_line(_most(tagged, MOST_TAGGED), columns)
    top = sorted(disputed.items(), key=lambda item: (-item[1], item[0]))[:_MOST_PAIRS]
    found = tuple(Pair(names.usual(row), names.usual(column), n) for (row, column), n in top)
    return _matrix(cells, rows, columns, names), found


def _most(counted: Counter[str], n: int) -> list[str]:
    return [key for key, _n in counted.most_common(n)]


def _in_line(rows: Sequence[str], columns: Sequence[str]) -> list[str]:
    """Return `rows` in the order of `columns`, so that agreement is a diagonal; then the others."""
    same = [key for key in columns if key in rows]
    return same + [key for key in rows if key not in same]


def _matrix(
    cells: Counter[tuple[str, str]], rows: list[str], columns: list[str], names: GenreNames
) -> Confusion:
    place_of_row = {key: place for place, key in enumerate(rows)}
    place_of_column = {key: place for place, key in enumerate(columns)}
    n_rows = len(rows) + any(row not in place_of_row for row, _column in cells)
    n_columns = len(columns) + any(column not in place_of_column for _row, column in cells)
    counts = [[0] * n_columns for _row in range(n_rows)]
    for (row, column), n in cells.items():
        place = place_of_row.get(row, len(rows)), place_of_column.get(column, len(columns))
        counts[place[0]][place[1]] += n
    return Confusion(
        tuple(names.usual(key) for key in rows),
        tuple(names.usual(key) for key in columns),
        tuple(map(tuple, counts)),
        tuple(place_of_column.get(key) for key in rows),
    )
