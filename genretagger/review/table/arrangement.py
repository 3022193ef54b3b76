"""Who stands where: the order of rows and of the headings between them, and how it changes.

A row is known by its number, zero or more. A heading is an entry below zero; it is told by what
stands under it, as headings are made anew whenever rows are arranged.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

from genretagger.review.rows.row import Row
from genretagger.review.table.album_groups import AlbumGroup, group_by_album
from genretagger.review.table.sort_keys import (
    OF_TRACK,
    SortField,
    SortKey,
    make_album_keys,
    make_sort_keys,
    sort_row_ids,
)

_HIDDEN = -1
# Where rows are alike by these, they stand as on their albums.
_WITH_ALBUM = (SortField.ARTIST, SortField.ALBUM, SortField.FOLDER)
_MOST_KEYS = 4  # fields whose keys are kept: those of titles are 10 MB for a hundred thousand


class Arrangement:
    """The places of rows and headings.

    Attributes
    ----------
    by : Field or None
        What rows are sorted by; None: as they were found or, under headings, as on the album.
    descending, by_album : bool
        Which way round; whether headings stand between.
    shown : list of int
        Numbers of the rows that have a place, in the order of their places.
    entries : list of int
        By place: the number of a row, or a heading.
    """

    def __init__(self) -> None:
        self.by: SortField | None = None
        self.descending = False
        self.by_album = False
        self._by_sort_names = True
        self.clear()

    def clear(self) -> None:
        """Forget all rows; how to sort and group stays."""
        self.shown: list[int] = []
        self.entries: list[int] = []
        self._places = array("i")
        self._groups: list[AlbumGroup] = []
        self._heading_places: dict[tuple[str, str, str], int] = {}
        self._keys: dict[SortField, list[SortKey]] = {}
        self._album_places: list[int] | None = None
        self._albums: tuple[list[AlbumGroup], list[int]] | None = None

    @property
    def by_sort_names(self) -> bool:
        """Whether artists stand where their tags say that they sort ("Beatles, The")."""
        return self._by_sort_names

    @by_sort_names.setter
    def by_sort_names(self, wanted: bool) -> None:
        self._by_sort_names = wanted
        self.forget_keys(of_tracks=True)

    def forget_keys(self, *, of_tracks: bool) -> None:
        """Forget what rows were sorted by, as they change; `of_tracks`: their tags too."""
        kept = () if of_tracks else OF_TRACK
        self._keys = {by: keys for by, keys in self._keys.items() if by in kept}
        if of_tracks:
            self._albums = self._album_places = None

    def arrange(self, rows: Sequence[Row], passed: Sequence[int]) -> None:
        """Give places to the rows that `passed` the filter, given by number in ascending order."""
        self._groups, self._heading_places = [], {}
        self._places = array("i", [_HIDDEN]) * len(rows)
        self.shown, self.entries = [], []
        numbers = self._sorted(rows, passed)
        groups = self._under_albums(rows, numbers) if self.by_album else [_all(numbers)]
        self.entries = self._placed(groups)

    def append(self, rows: Sequence[Row], passed: Sequence[int]) -> list[int]:
        """Find places behind all others; return what the caller is to add to `entries`.

        `rows` are all rows. Under headings the new ones are grouped among themselves, or stand
        under the last heading if that is theirs; they come together when all are arranged.
        """
        self.forget_keys(of_tracks=True)
        self._places.extend([_HIDDEN] * (len(rows) - len(self._places)))
        groups = self._grouped(rows, passed) if self.by_album else [_all(passed)]
        return self._placed(groups)

    def _sorted(self, rows: Sequence[Row], passed: Sequence[int]) -> list[int]:
        """Sort by what decides last first: what is alike keeps its order."""
        by, numbers = self.by, list(passed)
        keys: list[tuple[Sequence[SortKey], bool]] = []
        if by is not None:
            keys.append((self._keys_of(rows, by), self.descending))
        if by is SortField.FILE:  # as a file manager shows a tree
            keys.insert(0, (self._keys_of(rows, SortField.FOLDER), self.descending))
        if by is SortField.ARTIST:
            keys.append((self._keys_of(rows, SortField.ALBUM), False))
        if by in _WITH_ALBUM or self.by_album:
            keys.append((self._places_on_albums(rows), False))
        if by is None and self.by_album:
            keys.append((self._keys_of(rows, SortField.FILE), False))
        for each, descending in reversed(keys):
            numbers = sort_row_ids(numbers, each, descending=descending)
        return numbers

    def _places_on_albums(self, rows: Sequence[Row]) -> list[int]:
        if self._album_places is None:
            self._album_places = make_album_keys(rows)
        return self._album_places

    def _grouped(self, rows: Sequence[Row], numbers: Sequence[int]) -> list[AlbumGroup]:
        return group_by_album(numbers, rows.__getitem__, by_sort_names=self.by_sort_names)

    def _keys_of(self, rows: Sequence[Row], by: SortField) -> list[SortKey]:
        if by not in self._keys:
            if len(self._keys) == _MOST_KEYS:
                del self._keys[next(iter(self._keys))]
            self._keys[by] = make_sort_keys(rows, by, by_sort_names=self.by_sort_names)
        return self._keys[by]

    def _under_albums(self, rows: Sequence[Row], numbers: Sequence[int]) -> list[AlbumGroup]:
        """Return the albums of these rows in the order of their names, rows in the order given."""
        albums, places = self._albums or self._found_albums(rows)
        members: list[list[int]] = [[] for _ in albums]
        for number in numbers:
            members[places[number]].append(number)
        return [
            replace(one, members=some) for one, some in zip(albums, members, strict=True) if some
        ]

    def _found_albums(self, rows: Sequence[Row]) -> tuple[list[AlbumGroup], list[int]]:
        """Note the albums of all rows, and by number which one a row is of."""
        albums = self._grouped(rows, range(len(rows)))
        places = [0] * len(rows)
        for place, album in enumerate(albums):
            for number in album.members:
                places[number] = place
        self._albums = albums, places
        return self._albums

    def _placed(self, groups: Sequence[AlbumGroup]) -> list[int]:
        """Note the places of groups behind all entries; return the entries to be added."""
        added: list[int] = []
        before = len(self.entries)
        for group in groups:
            members = group.members
            if self.by_album and not self._goes_on(group):
                self._groups.append(group)
                self._heading_places[group.key] = before + len(added)
                added.append(-len(self._groups))
            for place, number in enumerate(members, start=before + len(added)):
                self._places[number] = place
            added += members
            self.shown += members
        return added

    def _goes_on(self, group: AlbumGroup) -> bool:
        """Take the members of a group into the last one, if both are of one album."""
        last = self._groups[-1] if self._groups else None
        if last is None or last.key != group.key:
            return False
        last.members += group.members
        return True

    def place_of(self, number: int) -> int | None:
        """Return the place of a row, None if it has none."""
        place = self._places[number]
        return None if place == _HIDDEN else place

    def group_at(self, place: int) -> AlbumGroup | None:
        """Return the group of the heading at a place, None for a row."""
        entry = self.entries[place]
        return None if entry >= 0 else self._groups[-1 - entry]

    def numbers_at(self, place: int) -> Sequence[int]:
        """Return the number of the row at a place, or those of all rows under a heading."""
        group = self.group_at(place)
        return (self.entries[place],) if group is None else group.members

    def heading_above(self, place: int) -> int:
        """Return the place of the heading under which a place stands, itself if there is none."""
        found = place
        while self.by_album and found > 0 and self.entries[found] >= 0:
            found -= 1
        return found

    def places_again(self, were: Sequence[int | AlbumGroup]) -> list[int | None]:
        """Return where rows and the headings of groups stand now, no two of them in one place.

        Where there is no heading any more, the first of its rows that has a place stands for it,
        unless that one was asked for too.
        """
        rows = {was: self.place_of(was) for was in were if not isinstance(was, AlbumGroup)}
        taken = {place for place in rows.values() if place is not None}
        headings: dict[int, int | None] = {}
        for group in (was for was in were if isinstance(was, AlbumGroup)):
            if id(group) not in headings:
                place = self._place_of_group(group)
                headings[id(group)] = None if place in taken else place
                taken |= set() if place is None else {place}
        return [headings[id(was)] if isinstance(was, AlbumGroup) else rows[was] for was in were]

    def _place_of_group(self, group: AlbumGroup) -> int | None:
        if group.key in self._heading_places:
            return self._heading_places[group.key]
        places = (self._places[number] for number in group.members)
        return next((place for place in places if place != _HIDDEN), None)


def _all(numbers: Sequence[int]) -> AlbumGroup:
    return AlbumGroup(("", "", ""), members=list(numbers))
