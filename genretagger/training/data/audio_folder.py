"""Hear a folder of labelled audio, one folder per genre, with the application's own code."""

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

# Where GTZAN's archives keep the folders of genres.
_INNER: Final = ("genres_original", "genres", "Data/genres_original")


@dataclass(frozen=True, slots=True)
class HeardTrack:
    """A track of a labelled folder and what the embedding said of it."""

    path: Path
    genre: str
    outputs: SegmentOutputs


@dataclass(frozen=True, slots=True)
class HeardFolder:
    """The tracks that could be heard, and how many could not."""

    tracks: tuple[HeardTrack, ...]
    n_failed: int


def labelled_root(folder: Path) -> Path:
    """Return the folder that holds the folders of genres: `folder`, or one that archives put in it.

    Raises
    ------
    TableError
        There is no folder of any known genre.
    """
    for root in (folder, *(folder / inner for inner in _INNER)):
        if any((root / genre).is_dir() for genre in GENRES):
            return root
    raise TableError("audio-folder-empty", path=shown(folder))


def labelled_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield (path, genre) of each file below `folder`/<genre>/, by genre and path.

    Raises
    ------
    TableError
        `folder` has no folder of any known genre.
    """
    root = labelled_root(folder)
    for genre in GENRES:
        for path in sorted((root / genre).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path, genre


def hear_folder(folder: Path, *, model: Model) -> HeardFolder:
    """Hear every file; name those that fail, and the progress, on standard error.

    Raises
    ------
    TableError
        `folder` has no folder of any known genre.
    ModelError
        The model cannot be run.
    """
    files = list(labelled_files(folder))
    tracks = []
    for number, (path, genre) in enumerate(files, start=1):
        try:
            tracks.append(HeardTrack(path, genre, hear(path, model=model)))
        except TrackError as error:
            print(error, file=sys.stderr)
        if number % 20 == 0 or number == len(files):
            print(f"{number} of {len(files)}", file=sys.stderr)
    return HeardFolder(tuple(tracks), len(files) - len(tracks))
