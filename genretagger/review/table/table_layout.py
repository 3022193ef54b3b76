"""The layout of the track table as it is stored between sessions; a damaged file does no harm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from genretagger.review.table.row_groups import Grouping
from genretagger.review.table.sort_keys import SortField

_VERSION = 1
_LEAST_PX, _MOST_PX = 16, 4000
_COLUMNS = {column.name.lower(): column for column in SortField}


@dataclass(frozen=True, slots=True)
class TableLayout:
    """What the user chose; the rest is left to the program.

    order : columns from left to right; empty for the order of the program
    widths : widths in pixels of the columns that had one; empty for the widths of the program
    shown : columns that the user showed or hid
    by, descending : the field that rows are sorted by, and the direction
    grouping : what the tracks under a heading have in common; None without headings
    last_grouping : the grouping to go back to
    """

    order: tuple[SortField, ...] = ()
    widths: Mapping[SortField, int] = field(default_factory=dict)
    shown: Mapping[SortField, bool] = field(default_factory=dict)
    by: SortField | None = None
    descending: bool = False
    grouping: Grouping | None = None
    last_grouping: Grouping = Grouping.ALBUM

    def as_json(self) -> dict[str, object]:
        """Return the layout in JSON types; columns are stored by name, as their numbers change."""
        return {
            "version": _VERSION,
            "order": [_name(column) for column in self.order],
            "widths": {_name(column): width for column, width in self.widths.items()},
            "shown": {_name(column): is_shown for column, is_shown in self.shown.items()},
            "by": _name(self.by) if self.by is not None else None,
            "descending": self.descending,
            "group": self.grouping.value if self.grouping is not None else None,
            "last_group": self.last_grouping.value,
        }


def parse_layout(stored: object) -> TableLayout:
    """Return the layout in `stored`, leaving out every part that is unknown or impossible."""
    if not isinstance(stored, dict) or stored.get("version") != _VERSION:
        return TableLayout()
    return TableLayout(
        order=tuple(dict.fromkeys(_columns(stored.get("order")))),
        widths=_widths(stored.get("widths")),
        shown={
            column: value
            for column, value in _by_column(stored.get("shown"))
            if isinstance(value, bool)
        },
        by=_column(stored.get("by")),
        descending=stored.get("descending") is True,
        grouping=_grouping(stored.get("group")) or _grouping_before(stored),
        last_grouping=_grouping(stored.get("last_group")) or Grouping.ALBUM,
    )


def complete_order(order: Iterable[SortField]) -> list[SortField]:
    """Return all columns in this order; a missing column follows the one before it by default."""
    complete = list(dict.fromkeys(order))
    before: SortField | None = None
    for column in SortField:
        if column not in complete:
            complete.insert(complete.index(before) + 1 if before is not None else 0, column)
        before = column
    return complete


def _name(column: SortField) -> str:
    return column.name.lower()


def _column(stored: object) -> SortField | None:
    return _COLUMNS.get(stored) if isinstance(stored, str) else None


def _grouping(stored: object) -> Grouping | None:
    return next((one for one in Grouping if one.value == stored), None)


def _grouping_before(stored: Mapping[str, object]) -> Grouping | None:
    """Return the grouping that a version which knew only albums stored."""
    is_by_album = "group" not in stored and stored.get("by_album") is True
    return Grouping.ALBUM if is_by_album else None


def _columns(stored: object) -> list[SortField]:
    columns = map(_column, stored) if isinstance(stored, list) else ()
    return [column for column in columns if column is not None]


def _by_column(stored: object) -> list[tuple[SortField, object]]:
    items = stored.items() if isinstance(stored, dict) else ()
    return [(column, value) for name, value in items if (column := _column(name)) is not None]


def _widths(stored: object) -> dict[SortField, int]:
    return {
        column: min(max(value, _LEAST_PX), _MOST_PX)
        for column, value in _by_column(stored)
        if isinstance(value, int) and not isinstance(value, bool)
    }
