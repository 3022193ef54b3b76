"""The order of rows in the table and of the album headings between them, and how it changes.

An entry of zero or more is a row id. A negative entry is a heading, which the rows below it
identify, because every new arrangement makes new headings. Rows under a folded heading have no
position; they are shown all the same, as the heading stands for them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from genretagger.review.rows.row import Row
from genretagger.review.table.album_groups import group_by_album
from genretagger.review.table.folds import Fold
from genretagger.review.table.row_groups import Grouping, GroupKey, RowGroup, group_by_name
from genretagger.review.table.row_order import RowOrder

# In the place of a position: the filter hides a row; or, from here down, the group it is folded in.
_HIDDEN, _FOLDED = -1, -2


class Arrangement:
    """The positions of rows and headings.

    Attributes
    ----------
    order : RowOrder
        What rows are sorted by.
    grouping : Grouping or None
        What the rows under a heading have in common; None without headings.
    shown : list of int
        Ids of the rows that pass the filter, in the order of the view.
    entries : list of int
        The row id or heading at each position.
    """

    def __init__(self) -> None:
        self.order = RowOrder()
        self.grouping: Grouping | None = None
        self._folds: dict[Fold, None] = {}  # the headings that are folded, the last one at the end
        self.clear()

    def clear(self) -> None:
        """Forget all rows, but not how to sort and group."""
        self.shown: list[int] = []
        self.entries: list[int] = []
        self._positions = array("i")
        self._groups: list[RowGroup] = []
        self._heading_positions: list[int] = []  # of each group
        self._folded: set[int] = set()  # the indexes of groups
        self.order.clear()
        self._found: tuple[Grouping, list[RowGroup], list[int]] | None = None

    def sort_artists(self, *, by_sort_names: bool) -> None:
        """Sort artists by the sort names in their tags ("Beatles, The"), or by their names."""
        self.order.by_sort_names = by_sort_names
        self.forget_keys(of_tracks=True)

    def forget_keys(self, *, of_tracks: bool) -> None:
        """Drop what orders and groups rows, after decisions changed or, if `of_tracks`, tags."""
        self.order.forget(of_tracks=of_tracks)
        if of_tracks or (self._found is not None and self._found[0] is Grouping.GENRE):
            self._found = None

    def arrange(self, rows: Sequence[Row], passed: Sequence[int]) -> None:
        """Give a position to each row that passed the filter; `passed` holds ids, ascending."""
        self._groups, self._heading_positions, self._folded = [], [], set()
        self._positions = array("i", [_HIDDEN]) * len(rows)
        self.shown, self.entries = [], []
        row_ids = self.order.sorted(rows, passed, self.grouping)
        groups = self._under_headings(rows, row_ids)
        self.entries = self._add_groups(groups)

    def append(self, rows: Sequence[Row], passed: Sequence[int]) -> list[int]:
        """Give positions behind all others; return what the caller has to add to `entries`.

        `rows` are all rows. With headings, the new rows are grouped among themselves or continue
        the last heading if it is theirs; the next `arrange` unites them with their albums.
        """
        self.forget_keys(of_tracks=True)
        self._positions.extend([_HIDDEN] * (len(rows) - len(self._positions)))
        by = self.grouping
        return self._add_groups(self._grouped(rows, passed, by) if by else [_one_group(passed)])

    def _grouped(
        self, rows: Sequence[Row], row_ids: Sequence[int], by: Grouping
    ) -> Sequence[RowGroup]:
        row, by_sort_names = rows.__getitem__, self.order.by_sort_names
        if by is Grouping.ALBUM:
            return group_by_album(row_ids, row, by_sort_names=by_sort_names)
        return group_by_name(row_ids, row, by, by_sort_names=by_sort_names)

    def _under_headings(self, rows: Sequence[Row], row_ids: Sequence[int]) -> list[RowGroup]:
        """Return the groups of these rows, ordered by name; members keep the order given."""
        if self.grouping is None:
            return [_one_group(row_ids)]
        groups, group_of = self._find_groups(rows, self.grouping)
        members: list[list[int]] = [[] for _ in groups]
        for row_id in row_ids:
            members[group_of[row_id]].append(row_id)
        return [
            replace(group, members=shown)
            for group, shown in zip(groups, members, strict=True)
            if shown
        ]

    def _find_groups(
        self, rows: Sequence[Row], by: Grouping
    ) -> tuple[Sequence[RowGroup], list[int]]:
        """Return the groups of all rows and, by row id, the index of the row's; remember both."""
        if self._found is None or self._found[0] is not by:
            groups = [*self._grouped(rows, range(len(rows)), by)]
            group_of = [0] * len(rows)
            for index, group in enumerate(groups):
                for row_id in group.members:
                    group_of[row_id] = index
            self._found = by, groups, group_of
        return self._found[1:]

    def _add_groups(self, groups: Sequence[RowGroup]) -> list[int]:
        """Give positions to groups behind all entries; return the entries to be added."""
        added: list[int] = []
        n_before = len(self.entries)
        for group in groups:
            members = group.members
            if self.grouping is not None and not self._continues(group):
                self._begin_group(group, n_before + len(added))
                added.append(-len(self._groups))
            self.shown += members
            last = len(self._groups) - 1
            if last in self._folded:
                for row_id in members:
                    self._positions[row_id] = _FOLDED - last
                continue
            for position, row_id in enumerate(members, start=n_before + len(added)):
                self._positions[row_id] = position
            added += members
        return added

    def _begin_group(self, group: RowGroup, position: int) -> None:
        if (group.by, group.key) in self._folds:
            self._folded.add(len(self._groups))
        self._groups.append(group)
        self._heading_positions.append(position)

    def _continues(self, group: RowGroup) -> bool:
        """Move the members of `group` into the last group if both are the same."""
        last = self._groups[-1] if self._groups else None
        if last is None or last.key != group.key:
            return False
        last.members += group.members
        return True

    def position_of(self, row_id: int) -> int | None:
        """Return the position of a row; None if it is folded, or hidden by the filter."""
        position = self._positions[row_id]
        return position if position >= 0 else None

    def place_of(self, row_id: int) -> int | None:
        """Return the position of a row or of the heading that it is folded under, else None."""
        position = self._positions[row_id]
        if position > _FOLDED:
            return None if position == _HIDDEN else position
        return self._heading_positions[_FOLDED - position]

    def group_at(self, position: int) -> RowGroup | None:
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
        if self.grouping is None:
            return entries
        return list(chain.from_iterable(self.row_ids_at(position) for position in positions))

    def selected_row_ids(self, positions: range) -> list[int]:
        """Return the ids of the rows that are meant where consecutive positions are selected.

        A heading means all of its rows if it stands alone or is folded; else the rows beside it
        are meant, which are all that is seen to be selected.
        """
        if self.grouping is None or len(positions) == 1:
            return self.row_ids_in(positions)
        meant = (p for p in positions if self.entries[p] >= 0 or self.is_folded(p))
        return list(chain.from_iterable(map(self.row_ids_at, meant)))

    def heading_above(self, position: int) -> int:
        """Return the position of the heading above, `position` itself if there is none."""
        above = position
        while self.grouping is not None and above > 0 and self.entries[above] >= 0:
            above -= 1
        return above

    # Folding

    def folds(self) -> Sequence[Fold]:
        """Return the headings that are folded, in any grouping; the last one at the end."""
        return [*self._folds]

    def restore_folds(self, folds: Iterable[Fold]) -> None:
        """Fold these headings when they come, and no others."""
        self._folds = dict.fromkeys(folds)

    def is_folded(self, position: int) -> bool:
        """Return whether a folded heading is at a position."""
        return -1 - self.entries[position] in self._folded

    def below(self, position: int) -> range:
        """Return the positions that rows below a heading have, or get by unfolding it."""
        group = self.group_at(position)
        return range(position + 1, position + 1 + (len(group.members) if group else 0))

    def fold(self, position: int, *, folded: bool) -> None:
        """Fold or unfold the heading at a position; what is below moves up or down."""
        group, below = self.group_at(position), self.below(position)
        if group is None or self.is_folded(position) == folded:
            return
        index = -1 - self.entries[position]
        if folded:
            self._folds[group.by, group.key] = None
            self._folded.add(index)
            del self.entries[below.start : below.stop]
            for row_id in group.members:
                self._positions[row_id] = _FOLDED - index
        else:
            self._folds.pop((group.by, group.key), None)
            self._folded.remove(index)
            self.entries[below.start : below.start] = group.members
        self._move_from(position + 1)

    def fold_all(self, *, folded: bool) -> None:
        """Fold or unfold every heading of the present grouping, from the next `arrange` on."""
        self._folds = {fold: None for fold in self._folds if fold[0] is not self.grouping}
        if folded:
            self._folds |= dict.fromkeys((group.by, group.key) for group in self._groups)

    def _move_from(self, first: int) -> None:
        """Note the positions of all entries from `first` on."""
        for position, entry in enumerate(self.entries[first:], start=first):
            if entry >= 0:
                self._positions[entry] = position
            else:
                self._heading_positions[-1 - entry] = position

    def find_again(self, entries: Sequence[int | RowGroup]) -> list[int | None]:
        """Return the present positions of rows and headings, no two of them the same.

        If a heading no longer exists, the first of its rows that has a position stands for it,
        unless that row was asked for too.
        """
        rows = {entry: self.position_of(entry) for entry in entries if isinstance(entry, int)}
        taken = {position for position in rows.values() if position is not None}
        headings: dict[int, int | None] = {}
        by_key = dict(zip((g.key for g in self._groups), self._heading_positions, strict=True))
        for group in (entry for entry in entries if isinstance(entry, RowGroup)):
            if id(group) not in headings:
                position = self._position_of_group(group, by_key)
                headings[id(group)] = None if position in taken else position
                taken |= set() if position is None else {position}
        return [
            headings[id(entry)] if isinstance(entry, RowGroup) else rows[entry] for entry in entries
        ]

    def _position_of_group(self, group: RowGroup, headings: Mapping[GroupKey, int]) -> int | None:
        if group.key in headings:
            return headings[group.key]
        positions = map(self.position_of, group.members)
        return next((position for position in positions if position is not None), None)


def _one_group(row_ids: Sequence[int]) -> RowGroup:
    return RowGroup((), members=list(row_ids))
