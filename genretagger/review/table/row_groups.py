"""Rows that stand under one heading, and what they may have in common: artist, folder or genre."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from genretagger.core.texts.collation import natural_keys
from genretagger.core.texts.folding import fold_spacing
from genretagger.review.rows.row import Row
from genretagger.review.rows.suggestion_mark import suggests

# Of an album: folded title, folded artist, folder; empty where it has no say. Else one folded name.
GroupKey = tuple[str, ...]
_BETWEEN = "; "


class Grouping(Enum):
    """What the rows under one heading have in common."""

    ALBUM = "album"
    ARTIST = "artist"
    FOLDER = "folder"
    GENRE = "genre"  # the suggested or chosen one


@dataclass(slots=True)
class RowGroup:
    """Rows that stand under one heading.

    by : what they have in common
    name : the artist, folder or genre; empty if they have none
    members : the ids of the rows
    """

    key: GroupKey
    by: Grouping = Grouping.ALBUM
    name: str = ""
    members: list[int] = field(default_factory=list)


def group_by_name(
    row_ids: Iterable[int],
    row: Callable[[int], Row],
    by: Grouping,
    *,
    by_sort_names: bool = True,
) -> list[RowGroup]:
    """Return the groups of these rows by artist, folder or genre, ordered by name.

    Names that differ only in case or spaces are one. Members keep the order given; rows without a
    name are the last group.
    """
    read = _NAMES[by]
    by_name: dict[str, RowGroup] = {}
    groups: dict[GroupKey, RowGroup] = {}
    sort_names: dict[GroupKey, str] = {}
    for row_id in row_ids:
        member = row(row_id)
        name = read(member)
        group = by_name.get(name)
        if group is None:
            key = (name if by is Grouping.FOLDER else fold_spacing(name),)
            group = by_name[name] = groups.setdefault(key, RowGroup(key, by, name))
            sort_names[key] = sort_names.get(key) or _sort_name(member, by) or name
        group.members.append(row_id)
    names = [sort_names[key] if by_sort_names else groups[key].name for key in groups]
    return _sorted([*groups.values()], names)


def _sorted(groups: Sequence[RowGroup], names: Sequence[str]) -> list[RowGroup]:
    keys = zip([not name for name in names], natural_keys(names), range(len(groups)), strict=True)
    return [groups[key[-1]] for key in sorted(keys)]


def _artist(row: Row) -> str:
    tags = row.track.tags if row.track else None
    return (tags.artist or tags.album_artist) if tags else ""


def _sort_name(row: Row, by: Grouping) -> str:
    """Return the artist's sort name ("Beatles, The"), empty if the tags give none."""
    is_artist = by is Grouping.ARTIST and row.track is not None and row.track.tags.artist
    return row.track.tags.artist_sort if is_artist and row.track else ""


def _genre(row: Row) -> str:
    return _BETWEEN.join(row.suggested) if suggests(row) else ""


_NAMES: dict[Grouping, Callable[[Row], str]] = {
    Grouping.ARTIST: _artist,
    Grouping.FOLDER: lambda row: str(row.path).rpartition(os.sep)[0],
    Grouping.GENRE: _genre,
}
