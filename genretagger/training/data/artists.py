"""Find the artist of each labelled track: the tracks of an artist stay on one side of a fold.

The first of these sources that names an artist wins: `artists.tsv` beside the genre folders
(clip<TAB>artist, no heading; a clip is a file name with or without suffix); for clips named as in
GTZAN, its index in the data folder; for other files, their tags, then a file name like
"Artist - Title". Clips without an artist that sound identical share a made-up one.
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
_INDEX_FILES: Final = ("gtzan_dev.npz", TABLE_FILE)  # the first one names more clips
_GTZAN_CLIP: Final = re.compile(rf"(?:{'|'.join(GENRES)})\.\d{{5}}")
_ARTIST_AND_TITLE: Final = re.compile(r"(?P<artist>\S.*?) - \S")
_TRACK_NUMBER: Final = re.compile(r"\d{1,3}(?:[ ._-]+|$)")
_NO_ARTIST: Final = frozenset({"", "various artists", "various", "unknown artist", "unknown", "va"})


@dataclass(frozen=True, slots=True)
class KnownArtists:
    """Artist and split of each track ("" if unknown), and the number of tracks by source."""

    artists: tuple[str, ...]
    splits: tuple[str, ...]
    sources: dict[str, int]


def find_artists(tracks: Sequence[HeardTrack], *, root: Path, index: Path | None) -> KnownArtists:
    """Return artist and split of each track in the folder `root`.

    Parameters
    ----------
    tracks : sequence of HeardTrack
        Clips are identical if the embedding gave the same outputs.
    root : Path
        The folder that holds the genre folders.
    index : Path or None
        A data folder; its table names the artists and splits of GTZAN's clips.

    Raises
    ------
    TableError
        `artists.tsv` or the index exists but cannot be read.
    """
    listed = _read_list(root)
    indexed = {} if index is None else read_index(index)
    rows = []
    for track in tracks:
        artist, split = indexed.get(track.path.stem, ("", ""))
        candidates = {
            ARTISTS_FILE: listed.get(track.path.name) or listed.get(track.path.stem, ""),
            "index of GTZAN": artist,
        }
        source = next((name for name, candidate in candidates.items() if candidate), "")
        artist = candidates.get(source, "")
        # GTZAN's file names are not titles, and its files have no tags.
        if not source and not _GTZAN_CLIP.fullmatch(track.path.stem):
            artist, source = _guess_artist(track.path)
        rows.append((artist, split, source))
    artists = _with_shared_twins([artist for artist, _, _ in rows], tracks)
    sources = Counter(source or "nowhere" for _, _, source in rows)
    return KnownArtists(artists, tuple(split for _, split, _ in rows), dict(sources))


def _guess_artist(path: Path) -> tuple[str, str]:
    """Return (artist, source) by the tags or the name of `path`; ("", "") if neither has one."""
    try:
        tags = read(path)
    except TrackError:
        tagged = ""
    else:
        tagged = tags.artist or tags.album_artist
    if tagged.casefold() not in _NO_ARTIST:
        return tagged.casefold(), "tags"
    match = _ARTIST_AND_TITLE.match(_TRACK_NUMBER.sub("", path.stem))
    if match and match["artist"].casefold() not in _NO_ARTIST:
        return match["artist"].casefold(), "file names"
    return "", ""


def _read_list(root: Path) -> dict[str, str]:
    """Return the artists in `artists.tsv` by clip; empty if there is no such file."""
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


def read_index(index: Path) -> dict[str, tuple[str, str]]:
    """Return (artist, split) by clip from the first table that the data folder holds.

    Raises
    ------
    TableError
        The table cannot be read.
    """
    for path in (index / name for name in _INDEX_FILES):
        if path.is_file():
            table = load_table(path, needs=())
            columns = (table.clips, table.artists, table.splits)
            rows = zip(*(column.tolist() for column in columns), strict=True)
            return {clip: (artist, split) for clip, artist, split in rows}
    return {}


def _with_shared_twins(artists: list[str], tracks: Sequence[HeardTrack]) -> tuple[str, ...]:
    """Return `artists` with one artist for clips that sound identical and have none."""
    first_rows: dict[bytes, int] = {}
    shared = list(artists)
    for row, track in enumerate(tracks):
        outputs = np.round(track.outputs.logits, 1).tobytes()
        twin = first_rows.setdefault(outputs, row)
        if twin != row and not shared[row]:
            shared[twin] = shared[twin] or f"same as {tracks[twin].path.stem}"
            shared[row] = shared[twin]
    return tuple(shared)
