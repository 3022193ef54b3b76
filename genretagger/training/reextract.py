"""Hear the clips of a table again as the application does, from the audio beside it.

The public tables were computed from audio at its own level; the application brings every track to
one level first. The model must learn from what the application will judge. The clips are also heard
after a coding, and so is music without labels, which teaches the model what music is.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.core.errors import shown
from genretagger.core.predictions import SegmentOutputs
from genretagger.training.data.artists import read_index
from genretagger.training.data.audio_files import read_audio
from genretagger.training.data.dataset import (
    LOGITS,
    PENULTIMATE,
    Table,
    TableError,
    repeat_segments,
)
from genretagger.training.evaluation.transforms import Transform
from genretagger.training.hearing import hear_in_order
from genretagger.training.model.music_detector import MUSIC, Sounds

# Folders of audio beside the table, the better one first: `<folder>/<genre>/<clip>.*`.
_FOLDERS: Final = ("clips", "clips_opus")
_CUTS_FOLDER: Final = "cuts"
_N_WORKERS: Final = 2
_SAMPLE_RATE_HZ: Final = 22_050  # GTZAN's
_SUFFIXES: Final = frozenset({".opus", ".ogg", ".mp3", ".flac", ".m4a", ".wav"})


def find_audio(table: Table, data: Path) -> dict[int, Path]:
    """Return the audio files that `data` holds of `table`, by row."""
    paths = {
        path.stem: path
        for folder in reversed(_FOLDERS)
        for path in (data / folder).glob("*/*")
        if not path.name.startswith(".")
    }
    rows = enumerate(table.clips.tolist())
    return {row: paths[clip] for row, clip in rows if clip in paths}


def hear_again(table: Table, data: Path, *, model_folder: Path) -> Table:
    """Return the rows of `table` with audio, as the model in `model_folder` hears them.

    The number of rows heard again is printed on standard error; the others are left out, because
    another embedding made their values.

    Raises
    ------
    ModelError
        The model cannot be run.
    """
    heard = hear_files(find_audio(table, data), model_folder=model_folder)
    print(f"{len(heard)} of {len(table.clips)} clips heard again", file=sys.stderr)
    n_segments = table.arrays[PENULTIMATE].shape[1]
    logits, penultimate = _stack([heard[row] for row in sorted(heard)], n_segments=n_segments)
    rows = table.rows(np.isin(np.arange(len(table.clips)), list(heard)))
    return replace(rows, arrays={**rows.arrays, LOGITS: logits, PENULTIMATE: penultimate})


def hear_cuts(table: Table, data: Path, *, model_folder: Path) -> Table:
    """Return `table` with the cuts in `data`: pieces of 3 s of clips that are not in `table`.

    Artists and splits of the cuts come from the index in `data`.

    Raises
    ------
    ModelError
        The model cannot be run.
    TableError
        The index cannot be read.
    """
    files = [path for path in sorted((data / _CUTS_FOLDER).glob("*/*")) if path.suffix in _SUFFIXES]
    heard = hear_files(dict(enumerate(files)), model_folder=model_folder)
    if not heard:
        return table
    index = read_index(data)
    paths = [files[number] for number in sorted(heard)]
    artists, splits = zip(*(index.get(path.stem, ("", "")) for path in paths), strict=True)
    n_segments = table.arrays[PENULTIMATE].shape[1]
    outputs = [heard[number] for number in sorted(heard)]
    logits, penultimate = _stack(outputs, n_segments=n_segments)
    print(f"{len(paths)} cuts to learn of beside the clips", file=sys.stderr)
    return table.with_cuts(
        Table(
            np.array([path.stem for path in paths]),
            np.array([path.parent.name for path in paths]),
            np.array(artists, np.str_),
            np.array(splits, np.str_),
            {LOGITS: logits, PENULTIMATE: penultimate},
        )
    )


def hear_coded(table: Table, data: Path, transform: Transform, *, model_folder: Path) -> Table:
    """Return the rows of `table` that have audio, heard after `transform`.

    Raises
    ------
    ModelError
        The model cannot be run.
    OSError
        The changed files cannot be written.
    """
    with tempfile.TemporaryDirectory() as temporary:
        written = {
            row: transform.write(
                read_audio(path, sample_rate_hz=_SAMPLE_RATE_HZ),
                Path(temporary, path.stem),
                sample_rate_hz=_SAMPLE_RATE_HZ,
            )
            for row, path in find_audio(table, data).items()
        }
        heard = hear_files(written, model_folder=model_folder)
    rows = np.array(sorted(heard), np.int64)
    changed = table.rows(np.isin(np.arange(len(table.clips)), rows))
    n_segments = table.arrays[PENULTIMATE].shape[1]
    _, changed.arrays[PENULTIMATE] = _stack([heard[row] for row in rows], n_segments=n_segments)
    return changed


def hear_music(folder: Path, *, model_folder: Path, n_segments: int) -> Sounds:
    """Return the music without labels in `folder`/<source>/; each source is a group.

    Raises
    ------
    ModelError
        The model cannot be run.
    TableError
        There is no music in `folder`.
    """
    files = sorted(path for path in folder.glob("*/**/*") if path.suffix.lower() in _SUFFIXES)
    heard = hear_files(dict(enumerate(files)), model_folder=model_folder)
    if not heard:
        raise TableError("audio-folder-empty", path=shown(folder))
    sources = np.array([files[index].relative_to(folder).parts[0] for index in heard])
    _, segments = _stack(list(heard.values()), n_segments=n_segments)
    return Sounds(
        np.full(len(sources), MUSIC),
        np.char.add("openly licensed ", sources),
        np.char.add("openly licensed, ", sources),
        segments,
    )


def _stack(
    heard: Sequence[SegmentOutputs], *, n_segments: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the logits and penultimate layers of all files [shape=(n_files, n_segments, ...)]."""
    logits, penultimate = zip(
        *(repeat_segments(outputs, n_segments) for outputs in heard), strict=True
    )
    return np.stack(logits), np.stack(penultimate)


def hear_files(files: Mapping[int, Path], *, model_folder: Path) -> dict[int, SegmentOutputs]:
    """Return the embedding's outputs by the keys of `files`; report failures on standard error.

    Raises
    ------
    ModelError
        The model cannot be run.
    """
    heard = hear_in_order(list(files.values()), model_folder=model_folder, n_workers=_N_WORKERS)
    with closing(heard):
        return {
            key: outputs for key, outputs in zip(files, heard, strict=True) if outputs is not None
        }
