"""The order of rows in the table and of the album headings between them, and how it changes.

An entry of zero or more is a row id. A negative entry is a heading, which the rows below it
identify, because every new arrangement makes new headings.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from genretagger.review.rows.row import Row
from genretagger.review.table.album_groups import AlbumGroup, AlbumKey, group_by_album
from genretagger.review.table.sort_keys import (
    OF_TRACK,
    SortField,
    SortKey,
    make_album_keys,
    make_sort_keys,
    sort_row_ids,
)

_HIDDEN = -1
# Rows that are equal in one of these fields stand in the order of their album.
_WITH_ALBUM = (SortField.ARTIST, SortField.ALBUM, SortField.FOLDER)
_MOST_KEYS = 4  # fields whose keys are kept; those of titles take 10 MB for 100,000 rows


class Arrangement:
    """The positions of rows and headings.

    Attributes
    ----------
    by : SortField or None
        What rows are sorted by. None leaves them in the order of the scan or, under headings, in
        that of the album.
    descending, by_album : bool
        The direction; whether headings stand above albums.
    shown : list of int
        Ids of the rows that have a position, in the order of their positions.
    entries : list of int
        The row id or heading at each position.
    """

    def __init__(self) -> None:
        self.by: SortField | None = None
        self.descending = False
        self.by_album = False
        self._by_sort_names = True
        self.clear()

    def clear(self) -> None:
        """Forget all rows, but not how to sort and group."""
        self.shown: list[int] = []
        self.entries: list[int] = []
        self._positions = array("i")
        self._groups: list[AlbumGroup] = []
        self._heading_positions: dict[AlbumKey, int] = {}
        self._keys: dict[SortField, list[SortKey]] = {}
        self._album_keys: list[int] | None = None
        self._albums: tuple[list[AlbumGroup], list[int]] | None = None

    @property
    def by_sort_names(self) -> bool:
        """Whether artists are sorted by the sort names in their tags ("Beatles, The")."""
        return self._by_sort_names

    @by_sort_names.setter
    def by_sort_names(self, by_sort_names: bool) -> None:
        self._by_sort_names = by_sort_names
        self.forget_keys(of_tracks=True)

    def forget_keys(self, *, of_tracks: bool) -> None:
        """Drop the sort keys after decisions changed or, if `of_tracks`, also tags."""
        kept = () if of_tracks else OF_TRACK
        self._keys = {by: keys for by, keys in self._keys.items() if by in kept}
        if of_tracks:
            self._albums = self._album_keys = None

    def arrange(self, rows: Sequence[Row], passed: Sequence[int]) -> None:
        """Give a position to each row that passed the filter; `passed` holds ids, ascending."""
        self._groups, self._heading_positions = [], {}
        self._positions = array("i", [_HIDDEN]) * len(rows)
        self.shown, self.entries = [], []
        row_ids = self._sorted(rows, passed)
        groups = self._under_albums(rows, row_ids) if self.by_album else [_one_group(row_ids)]
        self.entries = self._add_groups(groups)

    def append(self, rows: Sequence[Row], passed: Sequence[int]) -> list[int]:
        """Give positions behind all others; return what the caller has to add to `entries`.

        `rows` are all rows. With headings, the new rows are grouped among themselves or continue
        the last heading if it is theirs; the next `arrange` unites them with their albums.
        """
        self.forget_keys(of_tracks=True)
        self._positions.extend([_HIDDEN] * (len(rows) - len(self._positions)))
        groups = self._grouped(rows, passed) if self.by_album else [_one_group(passed)]
        return self._add_groups(groups)

    def _sorted(self, rows: Sequence[Row], passed: Sequence[int]) -> list[int]:
        """Sort by the least significant key first, as sorting is stable."""
        by, row_ids = self.by, list(passed)
        keys: list[tuple[Sequence[SortKey], bool]] = []
        if by is not None:
            keys.append((self._keys_of(rows, by), self.descending))
        if by is SortField.FILE:  # as a file manager shows a tree
            keys.insert(0, (self._keys_of(rows, SortField.FOLDER), self.descending))
        if by is SortField.ARTIST:
            keys.append((self._keys_of(rows, SortField.ALBUM), False))
        if by in _WITH_ALBUM or self.by_album:
            keys.append((self._keys_on_albums(rows), False))
        if by is None and self.by_album:
            keys.append((self._keys_of(rows, SortField.FILE), False))
        for sort_keys, descending in reversed(keys):
            row_ids = sort_row_ids(row_ids, sort_keys, descending=descending)
        return row_ids

    def _keys_on_albums(self, rows: Sequence[Row]) -> list[int]:
        if self._album_keys is None:
            self._album_keys = make_album_keys(rows)
        return self._album_keys

    def _grouped(self, rows: Sequence[Row], row_ids: Sequence[int]) -> list[AlbumGroup]:
        return group_by_album(row_ids, rows.__getitem__, by_sort_names=self.by_sort_names)

    def _keys_of(self, rows: Sequence[Row], by: SortField) -> list[SortKey]:
        if by not in self._keys:
            if len(self._keys) == _MOST_KEYS:
                del self._keys[next(iter(self._keys))]
            self._keys[by] = make_sort_keys(rows, by, by_sort_names=self.by_sort_names)
        return self._keys[by]

    def _under_albums(self, rows: Sequence[Row], row_ids: Sequence[int]) -> list[AlbumGroup]:
        """Return the albums of these rows, ordered by name; members keep the order given."""
        albums, album_of = self._albums or self._find_albums(rows)
        members: list[list[int]] = [[] for _ in albums]
        for row_id in row_ids:
            members[album_of[row_id]].append(row_id)
        return [
            replace(album, members=shown)
            for album, shown in zip(albums, members, strict=True)
            if shown
        ]

    def _find_albums(self, rows: Sequence[Row]) -> tuple[list[AlbumGroup], list[int]]:
        """Remember the albums of all rows and, by row id, the index of the row's album."""
        albums = self._grouped(rows, range(len(rows)))
        album_of = [0] * len(rows)
        for index, album in enumerate(albums):
            for row_id in album.members:
                album_of[row_id] = index
        self._albums = albums, album_of
        return self._albums

    def _add_groups(self, groups: Sequence[AlbumGroup]) -> list[int]:
        """Give positions to groups behind all entries; return the entries to be added."""
        added: list[int] = []
        n_before = len(self.entries)
        for group in groups:
            members = group.members
            if self.by_album and not self._continues(group):
                self._groups.append(group)
                self._heading_positions[group.key] = n_before + len(added)
                added.append(-len(self._groups))
            for position, row_id in enumerate(members, start=n_before + len(added)):
                self._positions[row_id] = position
            added += members
            self.shown += members
        return added

    def _continues(self, group: AlbumGroup) -> bool:
        """Move the members of `group` into the last group if both are the same album."""
        last = self._groups[-1] if self._groups else None
        if last is None or last.key != group.key:
            return False
        last.members += group.members
        return True

    def position_of(self, row_id: int) -> int | None:
        """Return the position of a row, None if it has none."""
        position = self._positions[row_id]
        return None if position == _HIDDEN else position

    def group_at(self, position: int) -> AlbumGroup | None:
        """Return the group of the heading at a position, None for a row."""
        entry = self.entries[position]
        return None if entry >= 0 else self._groups[-1 - entry]

    def row_ids_at(self, position: int) -> Sequence[int]:
        """Return the id of the row at a position, or the ids of all rows below a heading."""
        group = self.group_at(position)
        return (self.entries[position],) if group is None else group.members

    def row_ids_in(self, positions: range) -> list[int]:
        """Return what `row_ids_at` does for consecutive positions, one after the other."""
        entries = self.entries[positions.start : positions.stop]
        if not self.by_album:
            return entries
        return list(chain.from_iterable(self.row_ids_at(position) for position in positions))

    def heading_above(self, position: int) -> int:
        """Return the position of the heading above, `position` itself if there is none."""
        above = position
        while self.by_album and above > 0 and self.entries[above] >= 0:
            above -= 1
        return above

    def find_again(self, entries: Sequence[int | AlbumGroup]) -> list[int | None]:
        """Return the present positions of rows and headings, no two of them the same.

        If a heading no longer exists, the first of its rows that has a position stands for it,
        unless that row was asked for too.
        """
        rows = {entry: self.position_of(entry) for entry in entries if isinstance(entry, int)}
        taken = {position for position in rows.values() if position is not None}
        headings: dict[int, int | None] = {}
        for group in (entry for entry in entries if isinstance(entry, AlbumGroup)):
            if id(group) not in headings:
                position = self._position_of_group(group)
                headings[id(group)] = None if position in taken else position
                taken |= set() if position is None else {position}
        return [
            headings[id(entry)] if isinstance(entry, AlbumGroup) else rows[entry]
            for entry in entries
        ]

    def _position_of_group(self, group: AlbumGroup) -> int | None:
        if group.key in self._heading_positions:
            return self._heading_positions[group.key]
        positions = (self._positions[row_id] for row_id in group.members)
        return next((position for position in positions if position != _HIDDEN), None)


def _one_group(row_ids: Sequence[int]) -> AlbumGroup:
    return AlbumGroup(("", "", ""), members=list(row_ids))
