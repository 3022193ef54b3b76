"""Hear labelled audio, one folder per genre, by the application's own code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from genretagger.analysis.classifier import Model
from genretagger.analysis.workers import hear
from genretagger.core.errors import TrackError, shown
from genretagger.core.predictions import SegmentOutputs
from genretagger.training.data.dataset import GENRES, TableError

# Folders in which GTZAN's archives keep the genre folders.
_INNER_FOLDERS: Final = ("genres_original", "genres", "Data/genres_original")


@dataclass(frozen=True, slots=True)
class HeardTrack:
    """A labelled track with the outputs of the embedding."""

    path: Path
    genre: str
    outputs: SegmentOutputs


@dataclass(frozen=True, slots=True)
class HeardFolder:
    """The tracks that were heard, and the number of files that failed."""

    tracks: tuple[HeardTrack, ...]
    n_failed: int


def find_genre_folders(folder: Path) -> Path:
    """Return the folder that holds the genre folders: `folder`, or one that archives put in it.

    Raises
    ------
    TableError
        There is no folder of any known genre.
    """
    for root in (folder, *(folder / inner for inner in _INNER_FOLDERS)):
        if any((root / genre).is_dir() for genre in GENRES):
            return root
    raise TableError("audio-folder-empty", path=shown(folder))


def find_labelled_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield (path, genre) of each file below `folder`/<genre>/, by genre and path.

    Raises
    ------
    TableError
        `folder` has no folder of any known genre.
    """
    root = find_genre_folders(folder)
    for genre in GENRES:
        for path in sorted((root / genre).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path, genre


def hear_folder(folder: Path, *, model: Model) -> HeardFolder:
    """Hear every file; report failures and progress on standard error.

    Raises
    ------
    TableError
        `folder` has no folder of any known genre.
    ModelError
        The model cannot be run.
    """
    files = list(find_labelled_files(folder))
    tracks = []
    for n_done, (path, genre) in enumerate(files, start=1):
        try:
            tracks.append(HeardTrack(path, genre, hear(path, model=model)))
        except TrackError as error:
            print(error, file=sys.stderr)
        if n_done % 20 == 0 or n_done == len(files):
            print(f"{n_done} of {len(files)}", file=sys.stderr)
    return HeardFolder(tuple(tracks), len(files) - len(tracks))
