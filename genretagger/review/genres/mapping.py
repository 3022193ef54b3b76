"""Rows after a change of the settings: what they suggest, join and allow."""

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

    mapping : the names to write for predicted genres
    separator : what joins several genres in tags that hold a single text
    """

    mapping: GenreMapping = NO_MAPPING
    separator: str = ""


def mapped(row: Row, mapping: GenreMapping) -> Row:
    """Return `row` with `mapping`; `row` itself if its predicted genres keep their names.

    A decision stays, because the user has seen the genres in it.
    """
    return replace(row, mapping=mapping) if _maps_differently(row, mapping) else row


def _maps_differently(row: Row, mapping: GenreMapping) -> bool:
    if row.mapping is mapping:
        return False
    return any(
        mapping.names(prediction.genre) != row.mapping.names(prediction.genre)
        for prediction in (row.prediction, row.personal)
        if prediction is not None
    )


def apply_rules(
    rows: Iterable[Row], rules: GenreRules, read_only: Callable[[Track], GenreTaggerError | None]
) -> dict[int, Row]:
    """Return the rows that change, by row id, when `rules` take effect.

    `read_only` returns why a track is not written, which may have changed too.
    """
    changed = {}
    for row_id, row in enumerate(rows):
        fields = _changed_fields(row, rules, read_only)
        if fields:
            changed[row_id] = replace(row, **fields)
    return changed


def _changed_fields(
    row: Row, rules: GenreRules, read_only: Callable[[Track], GenreTaggerError | None]
) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if _maps_differently(row, rules.mapping):
        fields["mapping"] = rules.mapping
    if row.joined_by and row.joined_by != rules.separator:
        fields["joined_by"] = rules.separator
    if row.track is not None and row.track.tags.read_only is not None:
        reason = read_only(row.track)
        if (reason is None) != (row.read_only is None):
            fields["read_only"] = reason
    return fields
