"""Tracks as the embedding hears them, with what is known of their style: labelled clips and music.

Where the music comes from: the clips of a table, the soundtracks of `training.sounds`, the packages
of `package_sources`, and, where they are at hand, a folder of openly licensed music.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.training.data.dataset import LOGITS, PENULTIMATE, Table
from genretagger.training.sounds.debian_packages import MUSIC
from genretagger.training.styles.labels import Label, find_clip_label, find_piece_label

MUSIC_TABLE: Final = Path(__file__).parent / "music.npz"
_SOUNDTRACKS: Final = Path(__file__).parents[1] / "sounds" / "sounds.npz"
_COMPOSED: Final = "numpy"  # music that the training composed itself; not music to judge by


@dataclass(frozen=True, slots=True, eq=False)
class StyleTracks:
    """Tracks with their labels.

    labels : what is known of each
    groups : np.ndarray [str, shape=(n_tracks,)]   artist or source; stays on one side of a split
    logits : np.ndarray [float32, shape=(n_tracks, n_segments, n_tags)]
    penultimate : np.ndarray [float32, shape=(n_tracks, n_segments, n_units)]
    """

    labels: tuple[Label, ...]
    groups: NDArray[np.str_]
    logits: NDArray[np.float32]
    penultimate: NDArray[np.float32]

    @property
    def genres(self) -> NDArray[np.str_]:
        """Genre of each track by its label [shape=(n_tracks,)]."""
        return np.array([label.genre for label in self.labels])

    def select(self, rows: NDArray[np.int64]) -> StyleTracks:
        """Return the tracks at the positions `rows` only."""
        labels = tuple(self.labels[row] for row in rows)
        return StyleTracks(labels, self.groups[rows], self.logits[rows], self.penultimate[rows])


def pool_tracks(*parts: StyleTracks) -> StyleTracks:
    """Return the tracks of all parts, in order."""
    return StyleTracks(
        tuple(label for part in parts for label in part.labels),
        np.concatenate([part.groups for part in parts]),
        np.concatenate([part.logits for part in parts]),
        np.concatenate([part.penultimate for part in parts]),
    )


def take_clips(table: Table) -> StyleTracks:
    """Return the clips of `table`, which needs logits and penultimate layer."""
    pairs = zip(table.genres.tolist(), table.artists.tolist(), strict=True)
    labels = tuple(find_clip_label(genre, artist=artist) for genre, artist in pairs)
    return StyleTracks(labels, table.groups, table.arrays[LOGITS], table.arrays[PENULTIMATE])


def load_packaged_music(*paths: Path) -> StyleTracks:
    """Return the music in tables of `sounds_table`, by default in the two that are committed."""
    return pool_tracks(*map(_load_pieces, paths or (_SOUNDTRACKS, MUSIC_TABLE)))


def _load_pieces(path: Path) -> StyleTracks:
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        chosen = (stored["kind"] == MUSIC) & (stored["source"] != _COMPOSED)
        columns = (stored[name][chosen] for name in ("clip", "group", "style"))
        clips, groups, tags = columns
        rows = zip(clips.tolist(), groups.tolist(), tags.tolist(), strict=True)
        return StyleTracks(
            tuple(find_piece_label(clip, group=group, tag=tag) for clip, group, tag in rows),
            groups,
            stored[LOGITS][chosen].astype(np.float32),
            stored[PENULTIMATE][chosen].astype(np.float32),
        )
