"""The library at a glance: genres before and after a write, confidence, and disputed tags.

One pass counts the distinct combinations of what matters; the rest is computed from these few.
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
    """How far a prediction can be trusted, in the order in which the window stacks them."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNSURE = "unsure"


_TRUST = {
    Level.HIGH: TrustLevel.HIGH,
    Level.MEDIUM: TrustLevel.MEDIUM,
    Level.LOW: TrustLevel.LOW,
}


@dataclass(frozen=True, slots=True)
class GenreCount:
    """How many files have a genre and how many will; `name` is the usual spelling."""

    name: str
    before: int
    after: int


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


@dataclass(frozen=True, slots=True)
class DisputedPair:
    """How many files have the genre `tagged` and sound like `heard`, which they do not have."""

    tagged: str
    heard: str
    n: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """A matrix of the genres in tags against the predicted genres.

    tagged, heard : names of the rows and columns; a further one, without a name, sums up the rest
    counts : files with the genre of the row and a prediction of the genre of the column
    agreeing : the column with the same genre as the row, None if there is none
    """

    tagged: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    counts: tuple[tuple[int, ...], ...] = ()
    agreeing: tuple[int | None, ...] = ()

    @property
    def n_columns(self) -> int:
        """How many columns there are, the one that sums up the rest included."""
        return len(self.counts[0]) if self.counts else 0


@dataclass(frozen=True, slots=True)
class Overview:
    """The library at a glance.

    histogram : for each bin of confidence, the number of predictions by trust
    written_as, heard_as : for each genre name, its spellings in files and the names predicted
    """

    states: Mapping[State, int] = field(default_factory=dict)
    n_heard: int = 0
    n_to_write: int = 0
    genres: GenreCounts = GenreCounts()
    histogram: tuple[Mapping[TrustLevel, int], ...] = ()
    confusion: Confusion = Confusion()
    disputed: tuple[DisputedPair, ...] = ()
    written_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heard_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def n_tracks(self) -> int:
        """How many tracks there are."""
        return sum(self.states.values())


def summarise_library(
    rows: Iterable[Row], *, policy: Policy, protected: Collection[str] = ()
) -> Overview:
    """Return the overview of `rows`, with accepted genres written under `policy`."""
    counts = _Counts()
    for row in rows:
        counts.add(row, policy, protected)
    names = counts.names()
    confusion, disputed = _confusion(counts.pairs, names)
    histogram = tuple(
        {trust: counts.bins[trust, index] for trust in TrustLevel} for index in range(N_BINS)
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
    """Rows counted by what the overview needs."""

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
            change = propose_change(row, policy, protected=protected)
            self.n_to_write += change.effect is Effect.WRITE
            self.after[change.after, row.joined_by] += 1
        else:
            self.after[tag] += 1
        if row.prediction is None:
            return
        self.n_heard += 1
        if row.state is not State.NOT_MUSIC:
            self.pairs[tag, name_genre(row.prediction, row.genre)] += 1
        if row.shown_confidence is not None:
            trust = _TRUST[row.level or Level.LOW] if row.unsure is None else TrustLevel.UNSURE
            self.bins[trust, find_bin(row.shown_confidence)] += 1

    def names(self) -> GenreNames:
        """Return the names of all counted genres."""
        names = GenreNames()
        for tags, is_before in ((self.before, True), (self.after, False)):
            for tag, n in tags.items():
                names.add_tag(tag, n, in_files=is_before)
        for (_tag, heard), n in self.pairs.items():
            names.add_heard(heard, n)
        return names


def find_bin(confidence: float) -> int:
    """Return the index of the bin of a confidence, taken in whole per cent as shown."""
    return min(N_BINS - 1, floor_percent(confidence) * N_BINS // HUNDRED)


def _genres(before: Counter[Tag], after: Counter[Tag], names: GenreNames) -> GenreCounts:
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
    return GenreCounts(
        tuple(GenreCount(names.usual(key), old[key], new[key]) for key in top),
        GenreCount("", *(_having(tags, rest) for tags in (before, after))),
        len(rest),
        GenreCount(
            "", *(sum(n for tag, n in t.items() if not split_tag(tag)) for t in (before, after))
        ),
    )


def _having(tags: Counter[Tag], keys: frozenset[str]) -> int:
    """Return how many files have any of the genres with `keys`."""
    return sum(n for tag, n in tags.items() if not keys.isdisjoint(split_tag(tag))) if keys else 0


def _confusion(
    pairs: Counter[tuple[Tag, str]], names: GenreNames
) -> tuple[Confusion, tuple[DisputedPair, ...]]:
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
    rows = _align(_most(tagged, MOST_TAGGED), columns)
    top = sorted(disputed.items(), key=lambda item: (-item[1], item[0]))[:_MOST_PAIRS]
    pairs_shown = tuple(
        DisputedPair(names.usual(row), names.usual(column), n) for (row, column), n in top
    )
    return _matrix(cells, rows, columns, names), pairs_shown


def _most(counted: Counter[str], n: int) -> list[str]:
    return [key for key, _n in counted.most_common(n)]


def _align(rows: Sequence[str], columns: Sequence[str]) -> list[str]:
    """Return `rows` with those that are columns first, in the order of these: a diagonal."""
    same = [key for key in columns if key in rows]
    return same + [key for key in rows if key not in same]


def _matrix(
    cells: Counter[tuple[str, str]], rows: list[str], columns: list[str], names: GenreNames
) -> Confusion:
    row_of = {key: index for index, key in enumerate(rows)}
    column_of = {key: index for index, key in enumerate(columns)}
    n_rows = len(rows) + any(row not in row_of for row, _column in cells)
    n_columns = len(columns) + any(column not in column_of for _row, column in cells)
    counts = [[0] * n_columns for _row in range(n_rows)]
    for (row, column), n in cells.items():
        counts[row_of.get(row, len(rows))][column_of.get(column, len(columns))] += n
    return Confusion(
        tuple(names.usual(key) for key in rows),
        tuple(names.usual(key) for key in columns),
        tuple(map(tuple, counts)),
        tuple(column_of.get(key) for key in rows),
    )
