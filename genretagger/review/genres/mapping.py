"""Rows after a change of the settings: what they suggest, join and allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from genretagger.core.errors import GenreTaggerError
from genretagger.core.genres import NO_MAPPING, GenreMapping
from genretagger.core.settings import GenreSet, Settings
from genretagger.core.tracks import Track
from genretagger.review.rows.row import Row


@dataclass(frozen=True, slots=True)
class GenreRules:
    """The settings that rows depend on.

    mapping : the names to write for predicted genres
    separator : what joins several genres in tags that hold a single text
    with_styles : whether styles are suggested where none of the ten genres fits
    """

    mapping: GenreMapping = NO_MAPPING
    separator: str = ""
    with_styles: bool = True

    @classmethod
    def of(cls, settings: Settings) -> GenreRules:
        """Return the rules in the settings."""
        with_styles = settings.genres_in_use is not GenreSet.TEN
        return cls(GenreMapping(settings.mapping), settings.id3v23_separator, with_styles)


def mapped(row: Row, mapping: GenreMapping) -> Row:
    """Return `row` with `mapping`; `row` itself if nothing was heard, or none of it is new.

    A decision stays, because the user has seen the genres in it.
    """
    return replace(row, mapping=mapping) if _maps_differently(row, mapping) else row


def _maps_differently(row: Row, mapping: GenreMapping) -> bool:
    """Return whether a choice of `row` may have other names: it offers all genres of its model."""
    return row.mapping != mapping and not (row.prediction is None and row.personal is None)


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
    if row.with_styles != rules.with_styles and row.prediction and row.prediction.styles:
        fields["with_styles"] = rules.with_styles
    if row.joined_by and row.joined_by != rules.separator:
        fields["joined_by"] = rules.separator
    if row.track is not None and row.track.tags.read_only is not None:
        reason = read_only(row.track)
        if (reason is None) != (row.read_only is None):
            fields["read_only"] = reason
    return fields
