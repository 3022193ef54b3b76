"""Which rows belong to one album, found without looking at all rows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from genretagger.core.texts.folding import fold_spacing
from genretagger.review.rows.row import Row
from genretagger.review.table.album_groups import AlbumGroup, group_by_album


@dataclass(slots=True)
class _Bucket:
    """The rows that share an album title or, without one, a folder: at least one album."""

    row_ids: dict[int, None] = field(default_factory=dict)


class AlbumIndex:
    """Rows by what their album is found by; `group_by_album` decides on albums, as in the table."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}
        self._bucket_of: dict[int, _Bucket] = {}

    def update(self, row_id: int, row: Row) -> None:
        """Add a row that is new, or move a row whose tags may have changed."""
        bucket = self._buckets.setdefault(_bucket_key(row), _Bucket())
        previous = self._bucket_of.get(row_id)
        if previous is not bucket:
            if previous is not None:
                del previous.row_ids[row_id]
            bucket.row_ids[row_id] = None
            self._bucket_of[row_id] = bucket

    def find_albums(self, row_ids: Iterable[int], row: Callable[[int], Row]) -> list[AlbumGroup]:
        """Return the albums of these rows, each with all its rows."""
        requested = set(row_ids)
        buckets = {id(bucket): bucket for bucket in map(self._bucket_of.get, requested) if bucket}
        candidates = sorted(row_id for bucket in buckets.values() for row_id in bucket.row_ids)
        albums = group_by_album(candidates, row)
        return [album for album in albums if not requested.isdisjoint(album.members)]


def _bucket_key(row: Row) -> str:
    """Return a key that all rows of an album share; rows of other albums may share it too."""
    album = row.track.tags.album if row.track else ""
    return fold_spacing(album) if album else str(row.path).rpartition(os.sep)[0]
