"""A table's clips heard again by the application, from the audio beside it.

The public tables were computed from audio as loud as it came; the application brings every track to
one level first. What it will judge is what it should learn from.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from genretagger.analysis.workers import HearingPool, outcome
from genretagger.core.errors import TrackError
from genretagger.training.dataset import LOGITS, PENULTIMATE

if TYPE_CHECKING:
    from pathlib import Path

    from genretagger.training.dataset import Table

# Folders of audio beside the table, the better first: `<folder>/<genre>/<clip>.*`.
_FOLDERS: Final = ("clips", "clips_opus")
_N_WORKERS: Final = 2


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
    pool = HearingPool(model_folder, n_workers=_N_WORKERS)
    n_heard = 0
    try:
        futures = {
            number: (path, pool.submit(path)) for number, path in audio_beside(table, data).items()
        }
        for number, (path, future) in futures.items():
            try:
                heard = outcome(path, future)
            except TrackError as error:
                print(error, file=sys.stderr)
                continue
            kept = np.resize(np.arange(len(heard.logits)), penultimate.shape[1])
            logits[number], penultimate[number] = heard.logits[kept], heard.penultimate[kept]
            n_heard += 1
    finally:
        pool.stop()
    print(f"{n_heard} of {len(table.clips)} clips heard again", file=sys.stderr)
    arrays = {**table.arrays, LOGITS: logits, PENULTIMATE: penultimate}
    return replace(table, arrays=arrays)
