"""In which order rows stand, under headings or without; sort keys are kept."""

from __future__ import annotations

from collections.abc import Sequence

from genretagger.review.rows.row import Row
from genretagger.review.table.row_groups import Grouping
from genretagger.review.table.sort_keys import (
    OF_TRACK,
    SortField,
    SortKey,
    make_album_keys,
    make_sort_keys,
    sort_row_ids,
)

# Rows that are equal in one of these fields stand in the order of their album.
_WITH_ALBUM = (SortField.ARTIST, SortField.ALBUM, SortField.FOLDER)
_BY_ALBUMS = (Grouping.ARTIST, Grouping.GENRE)  # their rows stand album by album
_MOST_KEYS = 4  # fields whose keys are kept; those of titles take 10 MB for 100,000 rows


class RowOrder:
    """Sorts rows.

    Attributes
    ----------
    by : SortField or None
        What rows are sorted by. None leaves them in the order of the scan or, under headings, in
        that of the album.
    descending : bool
        The direction.
    by_sort_names : bool
        Whether artists are sorted by the sort names in their tags ("Beatles, The").
    """

    def __init__(self) -> None:
        self.by: SortField | None = None
        self.descending = False
        self.by_sort_names = True
        self.clear()

    def clear(self) -> None:
        """Forget all keys."""
        self._keys: dict[SortField, list[SortKey]] = {}
        self._album_keys: list[int] | None = None

    def forget(self, *, of_tracks: bool) -> None:
        """Drop the keys after decisions changed or, if `of_tracks`, also tags."""
        if of_tracks:
            self.clear()
        self._keys = {by: keys for by, keys in self._keys.items() if by in OF_TRACK}

    def sorted(
        self, rows: Sequence[Row], passed: Sequence[int], grouping: Grouping | None
    ) -> list[int]:
        """Return the ids in `passed` in order; the least significant key sorts first."""
        by, row_ids = self.by, list(passed)
        keys: list[tuple[Sequence[SortKey], bool]] = []
        if by is not None:
            keys.append((self._keys_of(rows, by), self.descending))
        if by is SortField.FILE:  # as a file manager shows a tree
            keys.insert(0, (self._keys_of(rows, SortField.FOLDER), self.descending))
        if by is SortField.ARTIST or (by is None and grouping in _BY_ALBUMS):
            keys.append((self._keys_of(rows, SortField.ALBUM), False))
        if by in _WITH_ALBUM or grouping is not None:
            keys.append((self._keys_on_albums(rows), False))
        if by is None and grouping is not None:
            keys.append((self._keys_of(rows, SortField.FILE), False))
        for sort_keys, descending in reversed(keys):
            row_ids = sort_row_ids(row_ids, sort_keys, descending=descending)
        return row_ids

    def _keys_on_albums(self, rows: Sequence[Row]) -> list[int]:
        if self._album_keys is None:
            self._album_keys = make_album_keys(rows)
        return self._album_keys

    def _keys_of(self, rows: Sequence[Row], by: SortField) -> list[SortKey]:
        if by not in self._keys:
            if len(self._keys) == _MOST_KEYS:
                del self._keys[next(iter(self._keys))]
            self._keys[by] = make_sort_keys(rows, by, by_sort_names=self.by_sort_names)
        return self._keys[by]
