"""How a table of tracks is laid out, as it is remembered; robust against what is in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from genretagger.review.table.sort_keys import SortField

_VERSION = 1
_LEAST_PX, _MOST_PX = 16, 4000
_FIELDS = {one.name.lower(): one for one in SortField}


@dataclass(frozen=True, slots=True)
class TableLayout:
    """What the user chose; what is not chosen is left to the program.

    order : columns from left to right; empty for the program's order
    widths : in pixels, of the columns that had one; empty for the program's widths
    shown : columns that the user asked for, or wants to be left out
    by, descending : what rows are sorted by, and which way round
    by_album : whether the tracks of an album stand under a heading
    """

    order: tuple[SortField, ...] = ()
    widths: Mapping[SortField, int] = field(default_factory=dict)
    shown: Mapping[SortField, bool] = field(default_factory=dict)
    by: SortField | None = None
    descending: bool = False
    by_album: bool = False

    def as_json(self) -> dict[str, object]:
        """Return the layout as JSON can hold it; columns are told by name, as numbers change."""
        return {
            "version": _VERSION,
            "order": [_name(one) for one in self.order],
            "widths": {_name(one): width for one, width in self.widths.items()},
            "shown": {_name(one): shown for one, shown in self.shown.items()},
            "by": _name(self.by) if self.by is not None else None,
            "descending": self.descending,
            "by_album": self.by_album,
        }


def parse_layout(found: object) -> TableLayout:
    """Return the layout in `found`; each part that cannot be, or is not known, is left out."""
    if not isinstance(found, dict) or found.get("version") != _VERSION:
        return TableLayout()
    return TableLayout(
        order=tuple(dict.fromkeys(_fields(found.get("order")))),
        widths=_widths(found.get("widths")),
        shown={
            one: value for one, value in _by_field(found.get("shown")) if isinstance(value, bool)
        },
        by=_field(found.get("by")),
        descending=found.get("descending") is True,
        by_album=found.get("by_album") is True,
    )


def complete_order(order: Iterable[SortField]) -> list[SortField]:
    """Return all columns in this order; one that is not in it follows the one it is born after."""
    placed = list(dict.fromkeys(order))
    before: SortField | None = None
    for one in SortField:
        if one not in placed:
            placed.insert(placed.index(before) + 1 if before is not None else 0, one)
        before = one
    return placed


def _name(one: SortField) -> str:
    return one.name.lower()


def _field(found: object) -> SortField | None:
    return _FIELDS.get(found) if isinstance(found, str) else None


def _fields(found: object) -> list[SortField]:
    known = map(_field, found) if isinstance(found, list) else ()
    return [one for one in known if one is not None]


def _by_field(found: object) -> list[tuple[SortField, object]]:
    items = found.items() if isinstance(found, dict) else ()
    return [(one, value) for name, value in items if (one := _field(name)) is not None]


def _widths(found: object) -> dict[SortField, int]:
    return {
        one: min(max(value, _LEAST_PX), _MOST_PX)
        for one, value in _by_field(found)
        if isinstance(value, int) and not isinstance(value, bool)
    }
