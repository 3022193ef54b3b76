"""Which headings are folded, as it is stored between sessions; a damaged file does no harm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from genretagger.review.table.row_groups import Grouping, GroupKey

Fold = tuple[Grouping, GroupKey]
MOST_FOLDS: Final = 10_000  # some 600 kB: the headings of all albums of a large library


def folds_as_json(folds: Iterable[Fold]) -> dict[str, list[list[str]]]:
    """Return folds in JSON types, of very many the last ones."""
    stored: dict[str, list[list[str]]] = {}
    for grouping, key in [*folds][-MOST_FOLDS:]:
        stored.setdefault(grouping.value, []).append([*key])
    return stored


def parse_folds(stored: object) -> list[Fold]:
    """Return the folds in `stored`, leaving out whatever is no fold."""
    if not isinstance(stored, Mapping):
        return []
    folds = [(grouping, key) for grouping in Grouping for key in _keys(stored.get(grouping.value))]
    return folds[:MOST_FOLDS]


def _keys(stored: object) -> Iterator[GroupKey]:
    for key in stored if isinstance(stored, list) else ():
        if isinstance(key, list) and all(isinstance(part, str) for part in key):
            yield tuple(key)
