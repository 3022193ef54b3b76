"""Tables of features, groups of rows that must stay together, and the folds for every choice."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from genretagger.core.errors import GenreTaggerError, shown
from genretagger.core.predictions import SegmentOutputs

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

N_FOLDS: Final = 5  # repeated with three seeds
VALIDATION: Final = "valid"  # the split that no choice is made by
TABLE_FILE: Final = "gtzan_dev_embeddings.npz"
LOGITS: Final = "msd_logits"
PENULTIMATE: Final = "msd_penultimate"
HANDCRAFTED: Final = "handcrafted"
SEGMENTS_HANDCRAFTED: Final = "segments_handcrafted"

# Identical or nearly identical clips of GTZAN under different artists or none (Sturm 2013, arXiv
# 1306.1461, and the README of the data folder).
_TWINS: Final = (
    ("metal.00034", "metal.00094"),
    ("pop.00054", "pop.00060"),
    ("metal.00058", "rock.00016"),
)


class TableError(GenreTaggerError):
    """A table cannot be used."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows of features with clip, genre, artist and split.

    clips, genres, artists, splits : np.ndarray [str, shape=(n_rows,)]   "" if unknown
    cuts : np.ndarray [bool, shape=(n_rows,)]   rows too short to judge by; they are only learned of
    arrays : features by name, each np.ndarray [shape=(n_rows, ...)]
    """

    clips: NDArray[np.str_]
    genres: NDArray[np.str_]
    artists: NDArray[np.str_]
    splits: NDArray[np.str_]
    arrays: dict[str, NDArray[np.float32]]
    cuts: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))

    def __post_init__(self) -> None:
        """Take no row for a cut if none is said to be one."""
        if not len(self.cuts):
            object.__setattr__(self, "cuts", np.zeros(len(self.clips), np.bool_))

    @property
    def labels(self) -> NDArray[np.int64]:
        """Position of each row's genre in `GENRES` [shape=(n_rows,)]."""
        return np.array([GENRES.index(genre) for genre in self.genres], np.int64)

    @property
    def groups(self) -> NDArray[np.str_]:
        """Group of each row, which stays on one side of a split [shape=(n_rows,)]."""
        return group_rows(self.clips, self.artists)

    @property
    def reserved(self) -> NDArray[np.bool_]:
        """Whether each row is kept from every student: the validation split, and its groups."""
        groups = self.groups
        return np.isin(groups, groups[self.splits == VALIDATION])

    def rows(self, chosen: NDArray[np.bool_]) -> Table:
        """Return the table with the chosen rows only."""
        return Table(
            self.clips[chosen],
            self.genres[chosen],
            self.artists[chosen],
            self.splits[chosen],
            {name: values[chosen] for name, values in self.arrays.items()},
            self.cuts[chosen],
        )

    def with_cuts(self, cuts: Table) -> Table:
        """Return the rows of this table, then those of `cuts` as cuts."""
        return Table(
            np.concatenate([self.clips, cuts.clips]),
            np.concatenate([self.genres, cuts.genres]),
            np.concatenate([self.artists, cuts.artists]),
            np.concatenate([self.splits, cuts.splits]),
            {name: np.concatenate([self.arrays[name], cuts.arrays[name]]) for name in self.arrays},
            np.concatenate([self.cuts, np.ones(len(cuts.clips), np.bool_)]),
        )


def load_table(path: Path, *, needs: tuple[str, ...]) -> Table:
    """Return the table at `path` with the arrays `needs`, as float32.

    The arrays `artist` and `split` are optional; all others are ignored.

    Raises
    ------
    TableError
        The file cannot be read, lacks an array, or holds an unknown genre.
    """
    # NumPy does not close a file that it opened by name and then refused.
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


def repeat_segments(
    outputs: SegmentOutputs, n_segments: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return logits and penultimate layer of `n_segments` segments, repeated if there are fewer."""
    rows = np.resize(np.arange(len(outputs.logits)), n_segments)
    return outputs.logits[rows], outputs.penultimate[rows]


def group_rows(clips: NDArray[np.str_], artists: NDArray[np.str_]) -> NDArray[np.str_]:
    """Return the group of each row: its artist, or its clip if the artist is not known.

    Known twins share a group.
    """
    groups = [
        f"artist {artist}" if artist else f"clip {clip}"
        for clip, artist in zip(clips.tolist(), artists.tolist(), strict=True)
    ]
    of_clip = dict(zip(clips.tolist(), groups, strict=True))
    for first, second in _TWINS:
        if first in of_clip and second in of_clip:
            kept, merged = of_clip[first], of_clip[second]
            groups = [kept if group == merged else group for group in groups]
            of_clip = dict(zip(clips.tolist(), groups, strict=True))
    return np.array(groups, np.str_)


def split_folds(table: Table) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield (training rows, held-out rows) of the 15 folds that every choice is made by.

    Cuts are never held out; they are learned of in the folds that hold out none of their artist.
    """
    whole, cuts = np.flatnonzero(~table.cuts), np.flatnonzero(table.cuts)
    labels, groups = table.labels[whole], table.groups
    for seed in (0, 1, 2):
        splitter = StratifiedGroupKFold(N_FOLDS, shuffle=True, random_state=seed)
        for training, held_out in splitter.split(labels, labels, groups[whole]):
            judged = whole[held_out]
            others = cuts[~np.isin(groups[cuts], groups[judged])]
            yield np.concatenate([whole[training], others]), judged
