"""Make a table from labelled audio: `python -m genretagger.training.extract DIR OUT.npz`.

The table has the format of `gtzan_dev_embeddings.npz`: clip, genre, split, artist ("" where
unknown: `training.artists`) and title (empty), handcrafted with handcrafted_names, msd_logits and
msd_penultimate. A clip with fewer than ten segments repeats them; the handcrafted statistics are
those of its first 30 seconds. Beside it, segments_handcrafted [shape=(n_clips, 10, n_names)]: those
of each 3 seconds, for `training.baseline`; NaN where a clip has ended.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.audio import decode_from_start
from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.statistics import SAMPLE_RATE_HZ, STATISTICS_NAMES, statistics
from genretagger.core.errors import GenreTaggerError, shown
from genretagger.training.data.artists import known_of
from genretagger.training.data.audio_folder import HeardTrack, hear_folder, labelled_root
from genretagger.training.data.dataset import LOGITS, PENULTIMATE, SEGMENTS_HANDCRAFTED, TableError

_STATISTICS_S: Final = 30.5  # the clips of GTZAN are 30 s and a little
# The pieces of the origin's study; GTZAN's shortest clips lack a little of the tenth.
_SEGMENT_S: Final = 3.0
_LEAST_SEGMENT_S: Final = 2.5
_N_SEGMENTS: Final = 10


def _row(track: HeardTrack, clip: str, *, model: Model) -> dict[str, NDArray[np.generic]]:
    excerpt = decode_from_start(track.path, sample_rate_hz=SAMPLE_RATE_HZ, at_most_s=_STATISTICS_S)
    kept = np.resize(np.arange(len(track.outputs.logits)), model.manifest.feature_spec.max_segments)
    return {
        "clip": np.array(clip),
        "genre": np.array(track.genre),
        "title": np.array(""),
        "handcrafted": statistics(excerpt.samples, filterbanks=model.filterbanks),
        SEGMENTS_HANDCRAFTED: _segments(excerpt.samples, model=model),
        LOGITS: track.outputs.logits[kept],
        PENULTIMATE: track.outputs.penultimate[kept],
    }


def _segments(samples: NDArray[np.float32], *, model: Model) -> NDArray[np.float32]:
    """Return the statistics of each 3 seconds [shape=(n_segments, n_names)], NaN where none are."""
    length, least = (int(seconds * SAMPLE_RATE_HZ) for seconds in (_SEGMENT_S, _LEAST_SEGMENT_S))
    found = np.full((_N_SEGMENTS, len(STATISTICS_NAMES)), np.nan, np.float32)
    for number in range(_N_SEGMENTS):
        piece = samples[number * length : (number + 1) * length]
        if len(piece) >= least:
            found[number] = statistics(piece, filterbanks=model.filterbanks)
    return found


def _clip_names(paths: Sequence[Path], root: Path) -> list[str]:
    """Return the names of the files without suffix; with their folders where that is not unique."""
    counts = Counter(path.stem for path in paths)
    return [
        path.stem if counts[path.stem] == 1 else path.relative_to(root).with_suffix("").as_posix()
        for path in paths
    ]


@dataclass(frozen=True, slots=True)
class Extracted:
    """The arrays of a table, how many files were left out, and where artists are known from."""

    arrays: dict[str, NDArray[np.generic]]
    n_failed: int
    sources: dict[str, int]


def extract(folder: Path, *, model: Model, index: Path | None = None) -> Extracted:
    """Return the table of the labelled audio in `folder`; `index` as in `artists.known_of`.

    Raises
    ------
    TableError
        There is no audio in `folder`/<genre>/, or a list of artists cannot be read.
    ModelError
        The model cannot be run.
    """
    root = labelled_root(folder)
    heard = hear_folder(folder, model=model)
    if not heard.tracks:
        raise TableError("audio-folder-empty", path=shown(folder))
    known = known_of(heard.tracks, root=root, index=index)
    clips = _clip_names([track.path for track in heard.tracks], root)
    pairs = zip(heard.tracks, clips, strict=True)
    rows = [_row(track, clip, model=model) for track, clip in pairs]
    arrays = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
    arrays["artist"], arrays["split"] = np.array(known.artists), np.array(known.splits)
    arrays["handcrafted_names"] = np.array(STATISTICS_NAMES)
    return Extracted(arrays, heard.n_failed, known.sources)


def save_table(extracted: Extracted, path: Path) -> None:
    """Write the arrays to `path`."""
    with path.open("wb") as stream:
        np.savez_compressed(stream, **extracted.arrays)  # type: ignore[arg-type]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table; return the exit status: 1 if a file was left out."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.extract", description="Make a table from labelled audio."
    )
    parser.add_argument("folder", type=Path, help="a folder with one folder of tracks per genre")
    parser.add_argument("out", type=Path, help="the table, .npz")
    parser.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    parser.add_argument("--index", type=Path, help="data folder that names GTZAN's artists")
    chosen = parser.parse_args(arguments)
    try:
        model = Model.load(chosen.model or default_model_folder())
        found = extract(chosen.folder, model=model, index=chosen.index)
        save_table(found, chosen.out)
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(
        f"{chosen.out}: {len(found.arrays['clip'])} tracks, {found.n_failed} left out",
        file=sys.stderr,
    )
    return 1 if found.n_failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
