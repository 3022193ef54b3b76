"""Rows by album: which belong together, what the group is called, and what it sounds like."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from genretagger.core.collation import natural_keys
from genretagger.core.predictions import Unsure
from genretagger.core.text import fold_spacing
from genretagger.core.tracks import TagReading
from genretagger.review.rows.row import Row

AlbumKey = tuple[str, str, str]  # album, artist, folder; folded, what does not count is empty


@dataclass(slots=True)
class AlbumGroup:
    """Rows that stand under one heading.

    album, artist : as the tags say it; without an album, `folder` is what they have in common
    is_mixed : no artist is named for the whole album, and its tracks name several
    sort_name : how the artist sorts ("Beatles, The"), empty if as it is written
    members : numbers of the rows
    """

    key: AlbumKey
    album: str = ""
    artist: str = ""
    folder: str = ""
    is_mixed: bool = False
    sort_name: str = ""
    members: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AlbumSound:
    """What most of a group sounds like: `n_alike` of the `n_heard` tracks that are music.

    `genres` are several where as many tracks sound like each of them.
    """

    n_heard: int = 0
    n_alike: int = 0
    genres: tuple[str, ...] = ()


def group_by_album(
    numbers: Iterable[int], row: Callable[[int], Row], *, by_sort_names: bool = True
) -> list[AlbumGroup]:
    """Return the groups of these rows in the order of their names; members in the order given.

    An album is one by one artist. Where no artist is named for the album, it is that of its tracks
    if they agree; if not, the tracks of the album that are in one folder belong together.
    """
    by_tags: dict[tuple[str, str, str], AlbumGroup] = {}
    artists: dict[tuple[str, str, str], set[str]] = {}
    for number in numbers:
        one = row(number)
        tags = one.track.tags if one.track else None
        album, artist = (tags.album, tags.album_artist) if tags else ("", "")
        folder = "" if album and artist else str(one.path).rpartition(os.sep)[0]
        raw = album, artist if album else "", folder
        group = by_tags.get(raw)
        if group is None:
            group = by_tags[raw] = AlbumGroup(("", "", ""), *raw)
            group.sort_name = _sort_name(tags) if tags and by_sort_names else ""
        group.members.append(number)
        if folder and album and tags is not None:
            artists.setdefault(raw, set()).add(tags.artist)
    for raw, names in artists.items():
        _name_artist(by_tags[raw], names)
    return _by_name(_united(by_tags.values()))


def _sort_name(tags: TagReading) -> str:
    """Return how the artist of the album sorts, empty where the tags do not say it."""
    is_own = tags.album_artist in ("", tags.artist)
    return tags.album_artist_sort or (tags.artist_sort if is_own else "")


def _name_artist(group: AlbumGroup, names: set[str]) -> None:
    """Say whose album it is from what its tracks say."""
    folded = {fold_spacing(name) for name in names if name}
    group.is_mixed = len(folded) > 1
    if len(folded) == 1:
        group.artist, group.folder = min(filter(None, names)), ""


def _united(groups: Iterable[AlbumGroup]) -> list[AlbumGroup]:
    """Make one of those groups whose names differ in case and spaces, or in the folder only."""
    by_key: dict[AlbumKey, AlbumGroup] = {}
    for group in groups:
        group.key = fold_spacing(group.album), fold_spacing(group.artist), group.folder
        known = by_key.setdefault(group.key, group)
        if known is not group:
            known.members += group.members
    return list(by_key.values())


def _by_name(groups: Sequence[AlbumGroup]) -> list[AlbumGroup]:
    """Return groups in the order of their names: albums by artist first, folders after them."""
    keys = zip(
        [not group.album for group in groups],
        natural_keys([group.artist and (group.sort_name or group.artist) for group in groups]),
        natural_keys([group.album for group in groups]),
        natural_keys([group.folder for group in groups]),
        range(len(groups)),
        strict=True,
    )
    return [groups[key[-1]] for key in sorted(keys)]


def summarise_album(rows: Sequence[Row]) -> AlbumSound:
    """Return what most of `rows` sound like; what is not music has no say."""
    heard = [row.prediction for row in rows if row.prediction is not None]
    votes = Counter(one.genre for one in heard if one.unsure is not Unsure.NOT_MUSIC)
    if not votes:
        return AlbumSound()
    n_alike = max(votes.values())
    genres = tuple(genre for genre, n in votes.items() if n == n_alike)
    return AlbumSound(votes.total(), n_alike, genres)
