"""Who plays a labelled track: what must stand on one side of a fold.

In this order: `artists.tsv` beside the folders of genres (clip<TAB>artist, no heading; a clip is
the file's name, with or without suffix), the index of GTZAN in the data folder for clips named as
its are, the tags, the file's name as "Artist - Title". Clips that sound identical and have no known
artist share a made-up one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from genretagger.core.errors import TrackError, shown
from genretagger.tagging.containers import read
from genretagger.training.data.audio_folder import HeardTrack
from genretagger.training.data.dataset import GENRES, TABLE_FILE, TableError, load_table

ARTISTS_FILE: Final = "artists.tsv"
_INDEX_FILES: Final = ("gtzan_dev.npz", TABLE_FILE)  # the first names more clips
_GTZAN_CLIP: Final = re.compile(rf"(?:{'|'.join(GENRES)})\.\d{{5}}")
_BY_NAME: Final = re.compile(r"(?P<artist>\S.*?) - \S")
_NUMBER_FIRST: Final = re.compile(r"\d{1,3}(?:[ ._-]+|$)")
_NOBODY: Final = frozenset({"", "various artists", "various", "unknown artist", "unknown", "va"})


@dataclass(frozen=True, slots=True)
class Known:
    """Artist and split of each track, "" where unknown, and how many come from where."""

    artists: tuple[str, ...]
    splits: tuple[str, ...]
    sources: dict[str, int]


def known_of(tracks: Sequence[HeardTrack], *, root: Path, index: Path | None) -> Known:
    """Return what is known of each track of the folder `root`.

    Parameters
    ----------
    tracks : sequence of HeardTrack
        With what the embedding heard, by which identical clips are found.
    root : Path
        The folder of the folders of genres.
    index : Path or None
        A data folder whose table names the artists and splits of GTZAN's clips.

    Raises
    ------
    TableError
        `artists.tsv` or the index is there and cannot be read.
    """
    listed = _listed(root)
    indexed = {} if index is None else _indexed(index)
    found = []
    for track in tracks:
        artist, split = indexed.get(track.path.stem, ("", ""))
        candidates = {
            ARTISTS_FILE: listed.get(track.path.name) or listed.get(track.path.stem, ""),
            "index of GTZAN": artist,
        }
        source = next((name for name, one in candidates.items() if one), "")
        artist = candidates.get(source, "")
        # GTZAN's names are no titles, and its files have no tags.
        if not source and not _GTZAN_CLIP.fullmatch(track.path.stem):
            artist, source = _guessed(track.path)
        found.append((artist, split, source))
    artists = _with_twins([artist for artist, _, _ in found], tracks)
    sources = Counter(source or "nowhere" for _, _, source in found)
    return Known(artists, tuple(split for _, split, _ in found), dict(sources))


def _guessed(path: Path) -> tuple[str, str]:
    """Return the artist by the tags or the name of `path`, and which it was; "" if neither."""
    try:
        tags = read(path)
    except TrackError:
        tagged = ""
    else:
        tagged = tags.artist or tags.album_artist
    if tagged.casefold() not in _NOBODY:
        return tagged.casefold(), "tags"
    named = _BY_NAME.match(_NUMBER_FIRST.sub("", path.stem))
    if named and named["artist"].casefold() not in _NOBODY:
        return named["artist"].casefold(), "file names"
    return "", ""


def _listed(root: Path) -> dict[str, str]:
    """Return the artists of `artists.tsv` by clip; empty without that file."""
    for path in (root / ARTISTS_FILE, root.parent / ARTISTS_FILE):
        if path.is_file():
            break
    else:
        return {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        pairs = [line.split("\t") for line in lines if line.strip()]
        return {clip.strip(): artist.strip() for clip, artist in pairs}
    except (OSError, ValueError) as error:
        raise TableError("table-unreadable", path=shown(path), reason=error) from error


def _indexed(index: Path) -> dict[str, tuple[str, str]]:
    """Return (artist, split) of GTZAN's clips by name, of the first table there is."""
    for path in (index / name for name in _INDEX_FILES):
        if path.is_file():
            table = load_table(path, needs=())
            columns = (table.clips, table.artists, table.splits)
            rows = zip(*(column.tolist() for column in columns), strict=True)
            return {clip: (artist, split) for clip, artist, split in rows}
    return {}


def _with_twins(artists: list[str], tracks: Sequence[HeardTrack]) -> tuple[str, ...]:
    """Give clips that the embedding hears alike and that have no artist one of their own."""
    first: dict[bytes, int] = {}
    named = list(artists)
    for number, track in enumerate(tracks):
        heard = np.round(track.outputs.logits, 1).tobytes()
        twin = first.setdefault(heard, number)
        if twin != number and not named[number]:
            named[twin] = named[twin] or f"same as {tracks[twin].path.stem}"
            named[number] = named[twin]
    return tuple(named)
