"""Rows grouped by album: which belong together, the names of a group, and its majority genre."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from genretagger.core.predictions import Unsure
from genretagger.core.texts.collation import natural_keys
from genretagger.core.texts.folding import fold_spacing
from genretagger.core.tracks import TagReading
from genretagger.review.rows.row import Row
from genretagger.review.table.row_groups import GroupKey, RowGroup


@dataclass(slots=True)
class AlbumGroup(RowGroup):
    """The rows of one album.

    album, artist : as in the tags; without an album, `folder` is what the rows share
    is_mixed : whether the tags name no artist for the album and several for its tracks
    sort_name : the artist's sort name ("Beatles, The"), empty if the tags give none
    """

    album: str = ""
    artist: str = ""
    folder: str = ""
    is_mixed: bool = False
    sort_name: str = ""


@dataclass(frozen=True, slots=True)
class AlbumSound:
    """The majority genre of a group: `n_alike` of the `n_heard` tracks that are music have it.

    `genres` holds several if as many tracks sound like each of them.
    """

    n_heard: int = 0
    n_alike: int = 0
    genres: tuple[str, ...] = ()


def group_by_album(
    row_ids: Iterable[int], row: Callable[[int], Row], *, by_sort_names: bool = True
) -> list[AlbumGroup]:
    """Return the albums of these rows, ordered by name; members keep the order given.

    An album has one artist. If the tags name none for the album, it is the artist of the tracks if
    they agree; if they do not, the tracks of the album that lie in one folder belong together.
    """
    by_tags: dict[tuple[str, str, str], AlbumGroup] = {}
    artists: dict[tuple[str, str, str], set[str]] = {}
    for row_id in row_ids:
        member = row(row_id)
        tags = member.track.tags if member.track else None
        album, artist = (tags.album, tags.album_artist) if tags else ("", "")
        folder = "" if album and artist else str(member.path).rpartition(os.sep)[0]
        names = album, artist if album else "", folder
        group = by_tags.get(names)
        if group is None:
            group = by_tags[names] = AlbumGroup(
                (), album=names[0], artist=names[1], folder=names[2]
            )
            group.sort_name = _sort_name(tags) if tags and by_sort_names else ""
        group.members.append(row_id)
        if folder and album and tags is not None:
            artists.setdefault(names, set()).add(tags.artist)
    for names, of_tracks in artists.items():
        _name_artist(by_tags[names], of_tracks)
    return _sort_by_name(_merge_alike(by_tags.values()))


def _sort_name(tags: TagReading) -> str:
    """Return the sort name of the album's artist, empty if the tags give none."""
    is_own = tags.album_artist in ("", tags.artist)
    return tags.album_artist_sort or (tags.artist_sort if is_own else "")


def _name_artist(group: AlbumGroup, artists: set[str]) -> None:
    """Set the artist of the album from the artists of its tracks."""
    folded = {fold_spacing(name) for name in artists if name}
    group.is_mixed = len(folded) > 1
    if len(folded) == 1:
        group.artist, group.folder = min(filter(None, artists)), ""


def _merge_alike(groups: Iterable[AlbumGroup]) -> list[AlbumGroup]:
    """Merge the groups whose names differ only in case, in spaces or in a folder without a say."""
    by_key: dict[GroupKey, AlbumGroup] = {}
    for group in groups:
        group.key = fold_spacing(group.album), fold_spacing(group.artist), group.folder
        known = by_key.setdefault(group.key, group)
        if known is not group:
            known.members += group.members
    return list(by_key.values())


def _sort_by_name(groups: Sequence[AlbumGroup]) -> list[AlbumGroup]:
    """Return albums ordered by artist and title, then folders."""
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
    """Return the majority genre, or style, of `rows`; what is not music has no vote."""
    votes = Counter(
        row.genre for row in rows if row.genre is not None and row.doubt is not Unsure.NOT_MUSIC
    )
    if not votes:
        return AlbumSound()
    n_alike = max(votes.values())
    genres = tuple(genre for genre, n in votes.items() if n == n_alike)
    return AlbumSound(votes.total(), n_alike, genres)
