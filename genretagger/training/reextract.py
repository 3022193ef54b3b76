"""A table's clips heard again by the application, from the audio beside it.

The public tables were computed from audio as loud as it came; the application brings every track to
one level first. What it will judge is what it should learn from. Also: the same clips after a
coding, and music without labels, which teaches the model what music is.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.workers import HearingPool, outcome
from genretagger.core.errors import TrackError, shown
from genretagger.core.predictions import SegmentOutputs
from genretagger.training.data.audio_files import read_audio
from genretagger.training.data.dataset import LOGITS, PENULTIMATE, Table, TableError
from genretagger.training.evaluation.transforms import Transform
from genretagger.training.model.music_detector import MUSIC, Sounds

# Folders of audio beside the table, the better first: `<folder>/<genre>/<clip>.*`.
_FOLDERS: Final = ("clips", "clips_opus")
_N_WORKERS: Final = 2
_SAMPLE_RATE_HZ: Final = 22_050  # GTZAN's
_SUFFIXES: Final = frozenset({".opus", ".ogg", ".mp3", ".flac", ".m4a", ".wav"})


def audio_beside(table: Table, data: Path) -> dict[int, Path]:
    """Return the audio of the rows of `table`, by their number, as far as `data` holds it."""
    found = {
        path.stem: path
        for folder in reversed(_FOLDERS)
        for path in (data / folder).glob("*/*")
        if not path.name.startswith(".")
    }
    rows = enumerate(table.clips.tolist())
    return {number: found[clip] for number, clip in rows if clip in found}


def hear_again(table: Table, data: Path, *, model_folder: Path) -> Table:
    """Return `table` with logits and penultimate layer as the model in `model_folder` hears them.

    Rows without audio, or whose audio cannot be heard, keep what the table says; they are counted
    on standard error.

    Raises
    ------
    ModelError
        The model cannot be run.
    """
    logits, penultimate = (table.arrays[name].copy() for name in (LOGITS, PENULTIMATE))
    heard = hear_files(audio_beside(table, data), model_folder=model_folder)
    for number, outputs in heard.items():
        kept = np.resize(np.arange(len(outputs.logits)), penultimate.shape[1])
        logits[number], penultimate[number] = outputs.logits[kept], outputs.penultimate[kept]
    print(f"{len(heard)} of {len(table.clips)} clips heard again", file=sys.stderr)
    arrays = {**table.arrays, LOGITS: logits, PENULTIMATE: penultimate}
    return replace(table, arrays=arrays)


def hear_coded(table: Table, data: Path, transform: Transform, *, model_folder: Path) -> Table:
    """Return the rows of `table` whose audio is beside it, heard after `transform`.

    Raises
    ------
    ModelError
        The model cannot be run.
    OSError
        There is no room for the changed files.
    """
    with tempfile.TemporaryDirectory() as temporary:
        written = {
            number: transform.write(
                read_audio(path, sample_rate_hz=_SAMPLE_RATE_HZ),
                Path(temporary, path.stem),
                sample_rate_hz=_SAMPLE_RATE_HZ,
            )
            for number, path in audio_beside(table, data).items()
        }
        heard = hear_files(written, model_folder=model_folder)
    rows = np.array(sorted(heard), np.int64)
    changed = table.rows(np.isin(np.arange(len(table.clips)), rows))
    n_segments = table.arrays[PENULTIMATE].shape[1]
    changed.arrays[PENULTIMATE] = segments_of([heard[row] for row in rows], n_segments=n_segments)
    return changed


def hear_music(folder: Path, *, model_folder: Path, n_segments: int) -> Sounds:
    """Return the music in `folder`/<source>/, without labels; what stays together is a source.

    Raises
    ------
    ModelError
        The model cannot be run.
    TableError
        There is none.
    """
    files = sorted(path for path in folder.glob("*/**/*") if path.suffix.lower() in _SUFFIXES)
    heard = hear_files(dict(enumerate(files)), model_folder=model_folder)
    if not heard:
        raise TableError("audio-folder-empty", path=shown(folder))
    sources = np.array([files[number].relative_to(folder).parts[0] for number in heard])
    segments = segments_of(list(heard.values()), n_segments=n_segments)
    return Sounds(
        np.full(len(sources), MUSIC),
        np.char.add("openly licensed ", sources),
        np.char.add("openly licensed, ", sources),
        segments,
    )


def segments_of(heard: Sequence[SegmentOutputs], *, n_segments: int) -> NDArray[np.float32]:
    """Return the penultimate layer of each, repeated to `n_segments` where there are fewer."""
    return np.stack(
        [np.resize(one.penultimate, (n_segments, one.penultimate.shape[1])) for one in heard]
    )


def hear_files(files: Mapping[int, Path], *, model_folder: Path) -> dict[int, SegmentOutputs]:
    """Return what is heard in each file, by its number; name those that fail on standard error.

    Raises
    ------
    ModelError
        The model cannot be run.
    """
    pool = HearingPool(model_folder, n_workers=_N_WORKERS)
    heard = {}
    try:
        futures = {number: (path, pool.submit(path)) for number, path in files.items()}
        for number, (path, future) in futures.items():
            try:
                heard[number] = outcome(path, future)
            except TrackError as error:
                print(error, file=sys.stderr)
    finally:
        pool.stop()
    return heard
