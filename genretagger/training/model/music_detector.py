"""Tell music from other sounds by a logistic regression on segments, and evaluate it.

The tags of the embedding would add nothing: they are linear in its penultimate layer.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from genretagger.analysis.scoring import average_segments
from genretagger.core.errors import shown
from genretagger.training.data.dataset import PENULTIMATE, Table, TableError
from genretagger.training.data.metrics import auroc
from genretagger.training.model.gaussian import Gaussians

SOUNDS_TABLE: Final = Path(__file__).parents[1] / "sounds" / "sounds.npz"
MUSIC: Final = "music"
LABELLED: Final = "labelled music"
CODED: Final = "labelled music at a low bit rate"  # judged, never learned from
_ALL_MUSIC: Final = (CODED, LABELLED, MUSIC)
# The kinds of sound that the threshold is chosen by (docs/model.md).
SPEECH_AND_NOISE: Final = ("noise", "recorded-speech", "speech")
# Share of these sounds, held out, that must be called not music.
CALLED_SHARE: Final = 0.99
_INVERSE_REGULARISATION: Final = 0.15
# Few steps, each with the Hessian, which is small for hundreds of units; L-BFGS needs thousands.
SOLVER: Final = "newton-cholesky"
_N_FOLDS: Final = 8
_SEEDS: Final = (0, 1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Sounds:
    """Music and other sounds as the embedding hears them.

    kinds : np.ndarray [str, shape=(n_rows,)]   `LABELLED`, `CODED`, `MUSIC`, or a kind of sound
    groups : np.ndarray [str, shape=(n_rows,)]   artist or source; stays on one side of a split
    sets : np.ndarray [str, shape=(n_rows,)]   name of the set that a row is counted in
    segments : np.ndarray [float32, shape=(n_rows, n_segments, n_units)]   penultimate layer
    """

    kinds: NDArray[np.str_]
    groups: NDArray[np.str_]
    sets: NDArray[np.str_]
    segments: NDArray[np.float32]

    def select(self, rows: NDArray[np.int64]) -> Sounds:
        """Return the rows at the positions `rows` only."""
        return Sounds(self.kinds[rows], self.groups[rows], self.sets[rows], self.segments[rows])

    @property
    def is_music(self) -> NDArray[np.bool_]:
        """Whether each row is music [shape=(n_rows,)]."""
        return np.isin(self.kinds, _ALL_MUSIC)


def pooled(*parts: Sounds) -> Sounds:
    """Return the rows of all parts, in order."""
    return Sounds(
        np.concatenate([part.kinds for part in parts]),
        np.concatenate([part.groups for part in parts]),
        np.concatenate([part.sets for part in parts]),
        np.concatenate([part.segments for part in parts]),
    )


def load_sounds(path: Path = SOUNDS_TABLE) -> Sounds:
    """Return the sounds in a table that `sounds_table` wrote.

    Raises
    ------
    TableError
        The table cannot be read, or lacks an array.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            kinds, sources = stored["kind"], stored["source"]
            sets = np.where(kinds == MUSIC, np.char.add("music of ", sources), kinds)
            segments = stored[PENULTIMATE].astype(np.float32)
            return Sounds(kinds, stored["group"], sets, segments)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise TableError("table-unreadable", path=shown(path), reason=error) from error


def as_music(table: Table, *, name: str, kind: str = LABELLED) -> Sounds:
    """Return the clips of `table` as music of `kind`, counted as the set `name`."""
    n_rows = len(table.clips)
    return Sounds(
        np.full(n_rows, kind),
        table.groups,
        np.full(n_rows, name),
        table.arrays[PENULTIMATE],
    )


def fit_music(gaussians: Gaussians, sounds: Sounds) -> tuple[NDArray[np.float64], float]:
    """Return slopes and offset of the log-odds of music, on standardised activations.

    The regression learns from single segments, because the mean of a track hides that its parts
    differ. A track is judged by its mean; its log-odds are the mean of those of its segments.
    Labelled music weighs as much as other music, every other kind of sound weighs the same, and all
    music weighs as much as all other sounds.

    Parameters
    ----------
    gaussians : Gaussians
        Mean and scale that standardise activations.
    sounds : Sounds
        Music and other sounds, at least one row of each.
    """
    sounds = sounds.select(np.flatnonzero(sounds.kinds != CODED))
    n_rows, n_segments, n_units = sounds.segments.shape
    rows = (sounds.segments.reshape(-1, n_units) - gaussians.mean) / gaussians.scale
    model = LogisticRegression(C=_INVERSE_REGULARISATION * n_rows, solver=SOLVER)
    weights = np.repeat(_weight_rows(sounds) / n_segments, n_segments)
    model.fit(rows, np.repeat(sounds.is_music, n_segments), sample_weight=weights)
    return model.coef_[0].astype(np.float64), float(model.intercept_[0])


def _weight_rows(sounds: Sounds) -> NDArray[np.float64]:
    names, inverse, counts = np.unique(sounds.kinds, return_inverse=True, return_counts=True)
    music = np.isin(names, _ALL_MUSIC)
    shares = np.where(music, 0.5 / max(1, music.sum()), 0.5 / max(1, (~music).sum())) / counts
    weights: NDArray[np.float64] = shares[inverse]
    return weights


def compute_music_odds(gaussians: Gaussians, sounds: Sounds) -> NDArray[np.float64]:
    """Return the log-odds of music of each row, held out [shape=(n_rows,)].

    Each row is judged by regressions that learned nothing from its source or artist. The folds are
    drawn three times, because the threshold depends on few rows.
    """
    odds = np.zeros((len(_SEEDS), len(sounds.kinds)))
    for repetition, seed in zip(odds, _SEEDS, strict=True):
        splitter = GroupKFold(_N_FOLDS, shuffle=True, random_state=seed)
        for training, held_out in splitter.split(sounds.kinds, groups=sounds.groups):
            slopes, offset = fit_music(gaussians, sounds.select(training))
            rows = (average_segments(sounds.segments[held_out]) - gaussians.mean) / gaussians.scale
            repetition[held_out] = rows @ slopes + offset
    mean: NDArray[np.float64] = odds.mean(axis=0)
    return mean


def choose_music_threshold(odds: NDArray[np.float64], sounds: Sounds) -> float:
    """Return the log-odds below which `CALLED_SHARE` of speech and noise lie."""
    speech_and_noise = np.isin(sounds.kinds, SPEECH_AND_NOISE)
    return float(np.quantile(odds[speech_and_noise], CALLED_SHARE, method="higher")) + 1e-6


def measure_music_auroc(odds: NDArray[np.float64], sounds: Sounds) -> dict[str, tuple[float, int]]:
    """Return, by kind of sound, the AUROC of music against it, and its number of rows."""
    music = odds[sounds.is_music]
    others = sorted(set(sounds.kinds[~sounds.is_music].tolist()))
    return {
        kind: (auroc(music, odds[sounds.kinds == kind]), int(np.sum(sounds.kinds == kind)))
        for kind in others
    }


def count_called_not_music(
    odds: NDArray[np.float64], sounds: Sounds, *, threshold: float
) -> dict[str, tuple[int, int]]:
    """Return, by set in order of the rows, how many rows are called not music, and of how many."""
    return {
        name: (int(np.sum(odds[sounds.sets == name] < threshold)), int(np.sum(sounds.sets == name)))
        for name in dict.fromkeys(sounds.sets.tolist())
    }
