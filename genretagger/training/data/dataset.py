"""Tables of features, the groups that must stay together, and the folds of every choice we make."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from genretagger.core.errors import GenreTaggerError, shown

GENRES: Final = (
    "blues",
    "classical",
    "country",
    "disco",
    "hiphop",
    "jazz",
    "metal",
    "pop",
    "reggae",
    "rock",
)

N_FOLDS: Final = 5  # three times over
TABLE_FILE: Final = "gtzan_dev_embeddings.npz"
LOGITS: Final = "msd_logits"
PENULTIMATE: Final = "msd_penultimate"
HANDCRAFTED: Final = "handcrafted"
SEGMENTS_HANDCRAFTED: Final = "segments_handcrafted"

# Byte-identical or nearly so in GTZAN, under different names of artists or none (Sturm 2013,
# arXiv 1306.1461, and the README of the data folder).
_TWINS: Final = (
    ("metal.00034", "metal.00094"),
    ("pop.00054", "pop.00060"),
    ("metal.00058", "rock.00016"),
)


class TableError(GenreTaggerError):
    """A table cannot be used."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows of features with what is known of them.

    clips, genres, artists, splits : np.ndarray [str, shape=(n_rows,)]   "" where unknown
    arrays : features by name, each np.ndarray [shape=(n_rows, ...)]
    """

    clips: NDArray[np.str_]
    genres: NDArray[np.str_]
    artists: NDArray[np.str_]
    splits: NDArray[np.str_]
    arrays: dict[str, NDArray[np.float32]]

    @property
    def labels(self) -> NDArray[np.int64]:
        """Position of each row's genre in `GENRES` [shape=(n_rows,)]."""
        return np.array([GENRES.index(genre) for genre in self.genres], np.int64)

    @property
    def groups(self) -> NDArray[np.str_]:
        """Name of what must stay on one side of a split: artist, else clip [shape=(n_rows,)]."""
        return groups(self.clips, self.artists)

    def rows(self, chosen: NDArray[np.bool_]) -> Table:
        """Return the table with the chosen rows only."""
        return Table(
            self.clips[chosen],
            self.genres[chosen],
            self.artists[chosen],
            self.splits[chosen],
            {name: values[chosen] for name, values in self.arrays.items()},
        )


def load_table(path: Path, *, needs: tuple[str, ...]) -> Table:
    """Return the table at `path` with the arrays `needs`, as float32.

    `artist` and `split` may be missing; other arrays are ignored.

    Raises
    ------
    TableError
        The file cannot be read, lacks an array, or holds an unknown genre.
    """
    # NumPy leaves the file open when it refuses what it opened itself.
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            for name in ("clip", "genre", *needs):
                if name not in stored.files:
                    raise TableError("table-array-missing", path=shown(path), array=name)
            blank = np.zeros(stored["clip"].shape, np.str_)
            texts = {
                name: stored[name] if name in stored.files else blank
                for name in ("clip", "genre", "artist", "split")
            }
            arrays = {name: stored[name].astype(np.float32) for name in needs}
    except (OSError, EOFError, ValueError, zipfile.BadZipFile) as error:
        raise TableError("table-unreadable", path=shown(path), reason=error) from error
    unknown = sorted(set(texts["genre"].tolist()) - set(GENRES))
    if unknown:
        raise TableError("table-genre-unknown", path=shown(path), genre=unknown[0])
    return Table(texts["clip"], texts["genre"], texts["artist"], texts["split"], arrays)


def groups(clips: NDArray[np.str_], artists: NDArray[np.str_]) -> NDArray[np.str_]:
    """Return the group of each row: its artist, or its clip if the artist is not known.

    The groups of known twins are one.
    """
    named = [
        f"artist {artist}" if artist else f"clip {clip}"
        for clip, artist in zip(clips.tolist(), artists.tolist(), strict=True)
    ]
    of_clip = dict(zip(clips.tolist(), named, strict=True))
    for first, second in _TWINS:
        if first in of_clip and second in of_clip:
            kept, merged = of_clip[first], of_clip[second]
            named = [kept if name == merged else name for name in named]
            of_clip = dict(zip(clips.tolist(), named, strict=True))
    return np.array(named, np.str_)


def folds(table: Table) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield (training rows, held-out rows) of the 15 folds by which every choice is made."""
    for seed in (0, 1, 2):
        splitter = StratifiedGroupKFold(N_FOLDS, shuffle=True, random_state=seed)
        yield from splitter.split(table.labels, table.labels, table.groups)
