"""Which rows are of one album, found without looking at all rows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from genretagger.core.text import fold_spacing
from genretagger.review.rows.row import Row
from genretagger.review.table.album_groups import AlbumGroup, group_by_album


@dataclass(slots=True)
class _Shelf:
    """Rows among which an album is: those with its title, or of its folder if it has none."""

    numbers: dict[int, None] = field(default_factory=dict)


class AlbumIndex:
    """Rows by what may be their album; what is one is said by `grouping`, as in the table."""

    def __init__(self) -> None:
        self._shelves: dict[str, _Shelf] = {}
        self._shelf_of: dict[int, _Shelf] = {}

    def take(self, number: int, row: Row) -> None:
        """Take in a row that is new or whose tags may have changed."""
        shelf = self._shelves.setdefault(_key(row), _Shelf())
        was = self._shelf_of.get(number)
        if was is not shelf:
            if was is not None:
                del was.numbers[number]
            shelf.numbers[number] = None
            self._shelf_of[number] = shelf

    def albums(self, numbers: Iterable[int], row: Callable[[int], Row]) -> list[AlbumGroup]:
        """Return the albums that these rows are of, each with all of its rows."""
        wanted = set(numbers)
        shelves = {id(shelf): shelf for shelf in map(self._shelf_of.get, wanted) if shelf}
        near = sorted(number for shelf in shelves.values() for number in shelf.numbers)
        return [
            group for group in group_by_album(near, row) if not wanted.isdisjoint(group.members)
        ]


def _key(row: Row) -> str:
    """Return what all rows of an album share; others may share it too."""
    album = row.track.tags.album if row.track else ""
    return fold_spacing(album) if album else str(row.path).rpartition(os.sep)[0]
