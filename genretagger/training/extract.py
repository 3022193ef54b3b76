"""Make a table from labelled audio: `python -m genretagger.training.extract DIR OUT.npz`.

The table has the format of `gtzan_dev_embeddings.npz`: clip, genre, split, artist and title (the
last three empty), handcrafted with handcrafted_names, msd_logits and msd_penultimate. A clip with
fewer than ten segments repeats them; the handcrafted statistics are those of its first 30 seconds.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from genretagger.analysis.audio import decode_from_start
from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.statistics import SAMPLE_RATE_HZ, STATISTICS_NAMES, statistics
from genretagger.core.errors import GenreTaggerError, shown
from genretagger.training.audio_folder import HeardTrack, hear_folder
from genretagger.training.dataset import LOGITS, PENULTIMATE, TableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_STATISTICS_S: Final = 30.5  # the clips of GTZAN are 30 s and a little


def _row(track: HeardTrack, *, model: Model) -> dict[str, NDArray[np.generic]]:
    excerpt = decode_from_start(track.path, sample_rate_hz=SAMPLE_RATE_HZ, at_most_s=_STATISTICS_S)
    kept = np.resize(np.arange(len(track.outputs.logits)), model.manifest.feature_spec.max_segments)
    return {
        "clip": np.array(track.path.name.removesuffix(track.path.suffix)),
        "genre": np.array(track.genre),
        "split": np.array(""),
        "artist": np.array(""),
        "title": np.array(""),
        "handcrafted": statistics(excerpt.samples, filterbanks=model.filterbanks),
        LOGITS: track.outputs.logits[kept],
        PENULTIMATE: track.outputs.penultimate[kept],
    }


def extract(folder: Path, *, model: Model) -> tuple[dict[str, NDArray[np.generic]], int]:
    """Return the arrays of the table and how many files were left out.

    Raises
    ------
    TableError
        There is no audio in `folder`/<genre>/.
    ModelError
        The model cannot be run.
    """
    heard = hear_folder(folder, model=model)
    if not heard.tracks:
        raise TableError("audio-folder-empty", path=shown(folder))
    rows = [_row(track, model=model) for track in heard.tracks]
    arrays = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
    arrays["handcrafted_names"] = np.array(STATISTICS_NAMES)
    return arrays, heard.n_failed


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table; return the exit status: 1 if a file was left out."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.extract", description="Make a table from labelled audio."
    )
    parser.add_argument("folder", type=Path, help="a folder with one folder of tracks per genre")
    parser.add_argument("out", type=Path, help="the table, .npz")
    parser.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    chosen = parser.parse_args(arguments)
    try:
        model = Model.load(chosen.model or default_model_folder())
        arrays, n_failed = extract(chosen.folder, model=model)
        with chosen.out.open("wb") as stream:
            np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{chosen.out}: {len(arrays['clip'])} tracks, {n_failed} left out", file=sys.stderr)
    return 1 if n_failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
