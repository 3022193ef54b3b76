"""Rows under other settings: what they suggest, join and allow anew, without hearing anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from genretagger.core.errors import GenreTaggerError
from genretagger.core.genres import NO_MAPPING, GenreMapping
from genretagger.core.tracks import Track
from genretagger.review.rows.row import Row


@dataclass(frozen=True, slots=True)
class GenreRules:
    """The settings that rows depend on.

    mapping : what is written for what is heard
    separator : what joins genres in tags that hold one text only
    """

    mapping: GenreMapping = NO_MAPPING
    separator: str = ""


def mapped(row: Row, mapping: GenreMapping) -> Row:
    """Return `row` by `mapping`; itself if it says the same of what was heard as the one before.

    A decision stays: what is in it was looked at.
    """
    return replace(row, mapping=mapping) if _maps_otherwise(row, mapping) else row


def _maps_otherwise(row: Row, mapping: GenreMapping) -> bool:
    if row.mapping is mapping:
        return False
    return any(
        mapping.names(heard.genre) != row.mapping.names(heard.genre)
        for heard in (row.prediction, row.personal)
        if heard is not None
    )


def apply_rules(
    rows: Iterable[Row], rules: GenreRules, read_only: Callable[[Track], GenreTaggerError | None]
) -> dict[int, Row]:
    """Return the rows that change, by their number, when `rules` hold from now on.

    `read_only` says why a track is not written, which may have changed too.
    """
    changed = {}
    for number, row in enumerate(rows):
        what = _changes(row, rules, read_only)
        if what:
            changed[number] = replace(row, **what)
    return changed


def _changes(
    row: Row, rules: GenreRules, read_only: Callable[[Track], GenreTaggerError | None]
) -> dict[str, Any]:
    what: dict[str, Any] = {}
    if _maps_otherwise(row, rules.mapping):
        what["mapping"] = rules.mapping
    if row.joined_by and row.joined_by != rules.separator:
        what["joined_by"] = rules.separator
    if row.track is not None and row.track.tags.read_only is not None:
        reason = read_only(row.track)
        if (reason is None) != (row.read_only is None):
            what["read_only"] = reason
    return what
