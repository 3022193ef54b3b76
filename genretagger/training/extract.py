"""Make a table from labelled audio: `python -m genretagger.training.extract DIR OUT.npz`.

The table has the format of `gtzan_dev_embeddings.npz`: clip, genre, split, artist ("" if unknown,
see `data.artists`), title (empty), handcrafted with handcrafted_names, msd_logits and
msd_penultimate. Segments are repeated if a clip has fewer than ten. The handcrafted statistics are
those of the first 30 seconds. One more array, segments_handcrafted [shape=(n_clips, 10, n_names)],
holds those of each 3 seconds, for `training.baseline`; NaN after the end of a clip.
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
from genretagger.training.data.artists import find_artists
from genretagger.training.data.audio_folder import HeardTrack, find_genre_folders, hear_folder
from genretagger.training.data.dataset import (
    LOGITS,
    PENULTIMATE,
    SEGMENTS_HANDCRAFTED,
    TableError,
    repeat_segments,
)

_STATISTICS_S: Final = 30.5  # GTZAN's clips last a little more than 30 s
# The pieces of the origin's study; in GTZAN's shortest clips the tenth is a little shorter.
_SEGMENT_S: Final = 3.0
_LEAST_SEGMENT_S: Final = 2.5
_N_SEGMENTS: Final = 10


def _make_row(track: HeardTrack, clip: str, *, model: Model) -> dict[str, NDArray[np.generic]]:
    excerpt = decode_from_start(track.path, sample_rate_hz=SAMPLE_RATE_HZ, at_most_s=_STATISTICS_S)
    logits, penultimate = repeat_segments(track.outputs, model.manifest.feature_spec.max_segments)
    return {
        "clip": np.array(clip),
        "genre": np.array(track.genre),
        "title": np.array(""),
        "handcrafted": statistics(excerpt.samples, filterbanks=model.filterbanks),
        SEGMENTS_HANDCRAFTED: _compute_segment_statistics(excerpt.samples, model=model),
        LOGITS: logits,
        PENULTIMATE: penultimate,
    }


def _compute_segment_statistics(
    samples: NDArray[np.float32], *, model: Model
) -> NDArray[np.float32]:
    """Return the statistics of each 3 seconds [shape=(n_segments, n_names)], NaN after the end."""
    length, least = (int(seconds * SAMPLE_RATE_HZ) for seconds in (_SEGMENT_S, _LEAST_SEGMENT_S))
    rows = np.full((_N_SEGMENTS, len(STATISTICS_NAMES)), np.nan, np.float32)
    for index, row in enumerate(rows):
        piece = samples[index * length : (index + 1) * length]
        if len(piece) >= least:
            row[:] = statistics(piece, filterbanks=model.filterbanks)
    return rows


def _name_clips(paths: Sequence[Path], root: Path) -> list[str]:
    """Return the file names without suffix, with their folders if a name is not unique."""
    counts = Counter(path.stem for path in paths)
    return [
        path.stem if counts[path.stem] == 1 else path.relative_to(root).with_suffix("").as_posix()
        for path in paths
    ]


@dataclass(frozen=True, slots=True)
class ExtractedTable:
    """The arrays of a table, the number of files left out, and of artists by their source."""

    arrays: dict[str, NDArray[np.generic]]
    n_failed: int
    artist_sources: dict[str, int]


def extract(folder: Path, *, model: Model, index: Path | None = None) -> ExtractedTable:
    """Return the table of the labelled audio in `folder`; `index` as in `find_artists`.

    Raises
    ------
    TableError
        There is no audio in `folder`/<genre>/, or a list of artists cannot be read.
    ModelError
        The model cannot be run.
    """
    root = find_genre_folders(folder)
    heard = hear_folder(folder, model=model)
    if not heard.tracks:
        raise TableError("audio-folder-empty", path=shown(folder))
    artists = find_artists(heard.tracks, root=root, index=index)
    clips = _name_clips([track.path for track in heard.tracks], root)
    pairs = zip(heard.tracks, clips, strict=True)
    rows = [_make_row(track, clip, model=model) for track, clip in pairs]
    arrays = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
    arrays["artist"], arrays["split"] = np.array(artists.artists), np.array(artists.splits)
    arrays["handcrafted_names"] = np.array(STATISTICS_NAMES)
    return ExtractedTable(arrays, heard.n_failed, artists.sources)


def save_table(extracted: ExtractedTable, path: Path) -> None:
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
    options = parser.parse_args(arguments)
    try:
        model = Model.load(options.model or default_model_folder())
        extracted = extract(options.folder, model=model, index=options.index)
        save_table(extracted, options.out)
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(
        f"{options.out}: {len(extracted.arrays['clip'])} tracks, {extracted.n_failed} left out",
        file=sys.stderr,
    )
    return 1 if extracted.n_failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
