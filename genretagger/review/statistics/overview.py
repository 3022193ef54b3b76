"""The library at a glance: genres before and after a write, confidence, and disputed tags.

One pass counts the distinct combinations of what matters; the rest is computed from these few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from genretagger.core.percent import HUNDRED, floor_percent
from genretagger.core.predictions import Level
from genretagger.core.writes import Policy
from genretagger.review.genres.genre_names import GenreNames, Tag
from genretagger.review.rows.confidence_levels import is_personal
from genretagger.review.rows.pending_changes import propose_change
from genretagger.review.rows.row import Row, State, name_genre
from genretagger.review.statistics.confusion import (
    NO_CONFUSION,
    Confusion,
    DisputedPair,
    TagAndHeard,
    compare_tags,
)
from genretagger.review.statistics.genre_counts import NO_COUNTS, GenreCounts, count_genres

N_BINS: Final = 20


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
class Overview:
    """The library at a glance.

    histogram : for each bin of confidence, the number of predictions by trust
    written_as, heard_as : for each genre name, its spellings in files and the names predicted
    """

    genres: GenreCounts = NO_COUNTS
    histogram: tuple[Mapping[TrustLevel, int], ...] = ()
    confusion: Confusion = NO_CONFUSION
    disputed: tuple[DisputedPair, ...] = ()
    written_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heard_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def summarise_library(
    rows: Iterable[Row], *, policy: Policy, protected: Collection[str] = ()
) -> Overview:
    """Return the overview of `rows`, with accepted genres written under `policy`."""
    counts = _Counts()
    for row in rows:
        counts.add(row, policy, protected)
    names = counts.names()
    confusion, disputed = compare_tags(counts.pairs, names)
    histogram = tuple(
        {trust: counts.bins[trust, index] for trust in TrustLevel} for index in range(N_BINS)
    )
    return Overview(
        count_genres(counts.before, counts.after, names),
        histogram,
        confusion,
        disputed,
        names.written_as(),
        names.heard_as(),
    )


class _Counts:
    """Rows counted by what the overview needs."""

    def __init__(self) -> None:
        self.before: Counter[Tag] = Counter()
        self.after: Counter[Tag] = Counter()
        self.bins: Counter[tuple[TrustLevel, int]] = Counter()
        self.pairs: Counter[TagAndHeard] = Counter()

    def add(self, row: Row, policy: Policy, protected: Collection[str]) -> None:
        """Count a row."""
        tag = row.current_genres, row.joined_by
        self.before[tag] += 1
        if row.decision is not None and row.outstanding:
            change = propose_change(row, policy, protected=protected)
            self.after[change.after, row.joined_by] += 1
        else:
            self.after[tag] += 1
        if row.prediction is None:
            return
        if row.state is not State.NOT_MUSIC:
            heard = name_genre(row.prediction, row.genre)
            is_own = is_personal(row.prediction)
            self.pairs[TagAndHeard(tag, heard, is_own)] += 1
        if row.shown_confidence is not None:
            trust = _TRUST[row.level or Level.LOW] if row.unsure is None else TrustLevel.UNSURE
            self.bins[trust, find_bin(row.shown_confidence)] += 1

    def names(self) -> GenreNames:
        """Return the names of all counted genres."""
        names = GenreNames()
        for tags, is_before in ((self.before, True), (self.after, False)):
            for tag, n in tags.items():
                names.add_tag(tag, n, in_files=is_before)
        for pair, n in self.pairs.items():
            names.add_heard(pair.heard, n)
        return names


def find_bin(confidence: float) -> int:
    """Return the index of the bin of a confidence, taken in whole per cent as shown."""
    return min(N_BINS - 1, floor_percent(confidence) * N_BINS // HUNDRED)
