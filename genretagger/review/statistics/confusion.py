"""What tags say against what is heard: a matrix, and the pairs that disagree most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from genretagger.core.vocabulary import agrees_with, agrees_with_heard
from genretagger.review.genres.genre_names import GenreNames, Tag, cached_genre_key, split_tag

MOST_TAGGED = MOST_HEARD = 12
_MOST_PAIRS: Final = 5


class TagAndHeard(NamedTuple):
    """A tag, the name of the predicted genre, and whether a personal classifier predicted it."""

    tag: Tag
    heard: str
    is_personal: bool


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
    agreeing : the columns that the genre of the row agrees with
    """

    tagged: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    counts: tuple[tuple[int, ...], ...] = ()
    agreeing: tuple[tuple[int, ...], ...] = ()

    @property
    def n_columns(self) -> int:
        """How many columns there are, the one that sums up the rest included."""
        return len(self.counts[0]) if self.counts else 0


NO_CONFUSION: Final = Confusion()


def compare_tags(
    pairs: Counter[TagAndHeard], names: GenreNames
) -> tuple[Confusion, tuple[DisputedPair, ...]]:
    """Return the matrix of tags and predictions, and the pairs that disagree most."""
    cells: Counter[tuple[str, str]] = Counter()
    disputed: Counter[tuple[str, str]] = Counter()
    agreed: set[tuple[str, str]] = set()
    tagged: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    for (tag, genre, is_personal), n in pairs.items():
        column, genres = cached_genre_key(genre), split_tag(tag)
        agrees = agrees_with if is_personal else agrees_with_heard
        agreeing = {key for key, name in genres.items() if agrees(name, genre)}
        agreed |= {(row, column) for row in agreeing}
        if genres:
            heard[column] += n
        for row in genres:
            tagged[row] += n
            cells[row, column] += n
            if not agreeing:
                disputed[row, column] += n
    columns = _most(heard, MOST_HEARD)
    rows = _align(_most(tagged, MOST_TAGGED), columns, agreed)
    top = sorted(disputed.items(), key=lambda item: (-item[1], item[0]))[:_MOST_PAIRS]
    pairs_shown = tuple(
        DisputedPair(names.usual(row), names.usual(column), n) for (row, column), n in top
    )
    return _matrix(cells, rows, columns, agreed, names), pairs_shown


def _most(counted: Counter[str], n: int) -> list[str]:
    return [key for key, _n in counted.most_common(n)]


def _agreeing(row: str, columns: Sequence[str], agreed: set[tuple[str, str]]) -> tuple[int, ...]:
    """Return the positions of the columns with the same genre, or one that files agree with."""
    return tuple(n for n, key in enumerate(columns) if key == row or (row, key) in agreed)


def _align(rows: Sequence[str], columns: Sequence[str], agreed: set[tuple[str, str]]) -> list[str]:
    """Return `rows` in the order of the columns that they agree with: a diagonal.

    The genre of a column comes before its styles, and what agrees with no column comes last.
    """

    def place(row: str) -> tuple[int, bool]:
        agreeing = _agreeing(row, columns, agreed)
        same = columns.index(row) if row in columns else None
        first = min(agreeing, default=len(columns)) if same is None else same
        return first, same is None

    return sorted(rows, key=place)


def _matrix(
    cells: Counter[tuple[str, str]],
    rows: list[str],
    columns: list[str],
    agreed: set[tuple[str, str]],
    names: GenreNames,
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
        tuple(_agreeing(key, columns, agreed) for key in rows),
    )
