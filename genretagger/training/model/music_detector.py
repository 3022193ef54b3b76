"""Tell music from what is none: a logistic regression on segments, and how it is judged.

The tags of the embedding are no evidence besides its penultimate layer: they are linear in it.
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

from genretagger.analysis.scoring import over_time
from genretagger.core.errors import shown
from genretagger.training.data.dataset import PENULTIMATE, Table, TableError
from genretagger.training.data.metrics import auroc
from genretagger.training.model.gaussian import Gaussians

SOUNDS_TABLE: Final = Path(__file__).parents[1] / "sounds" / "sounds.npz"
MUSIC: Final = "music"
LABELLED: Final = "labelled music"
CODED: Final = "labelled music at a low bit rate"  # judged, never learned of
_ALL_MUSIC: Final = (CODED, LABELLED, MUSIC)
# What must be told from music: a threshold is chosen by these (docs/model.md).
SPEECH_AND_NOISE: Final = ("noise", "recorded-speech", "speech")
# Share of them, held out, that must be called no music.
TOLD_SHARE: Final = 0.99
_INVERSE_REGULARISATION: Final = 0.15
_MAX_STEPS: Final = 300
_TOLERANCE: Final = 1e-3
_N_FOLDS: Final = 8
_SEEDS: Final = (0, 1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Sounds:
    """What the embedding heard in music and in sounds that are none.

    kinds : np.ndarray [str, shape=(n_rows,)]   `LABELLED`, `CODED`, `MUSIC`, or a kind of sound
    groups : np.ndarray [str, shape=(n_rows,)]   what stays on one side of a split: artist, source
    sets : np.ndarray [str, shape=(n_rows,)]   what is counted together, in words
    segments : np.ndarray [float32, shape=(n_rows, n_segments, n_units)]   penultimate layer
    """

    kinds: NDArray[np.str_]
    groups: NDArray[np.str_]
    sets: NDArray[np.str_]
    segments: NDArray[np.float32]

    def of(self, chosen: NDArray[np.int64]) -> Sounds:
        """Return the chosen rows only."""
        return Sounds(
            self.kinds[chosen], self.groups[chosen], self.sets[chosen], self.segments[chosen]
        )

    @property
    def is_music(self) -> NDArray[np.bool_]:
        """Whether each row is music [shape=(n_rows,)]."""
        return np.isin(self.kinds, _ALL_MUSIC)


def pooled(*parts: Sounds) -> Sounds:
    """Return the rows of all parts, in their order."""
    return Sounds(
        np.concatenate([part.kinds for part in parts]),
        np.concatenate([part.groups for part in parts]),
        np.concatenate([part.sets for part in parts]),
        np.concatenate([part.segments for part in parts]),
    )


def load_sounds(path: Path = SOUNDS_TABLE) -> Sounds:
    """Return the sounds in a table of `sounds_table`.

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


def labelled(table: Table, *, name: str, kind: str = LABELLED) -> Sounds:
    """Return the clips of `table` as music of `kind` whose set is called `name`."""
    n_rows = len(table.clips)
    return Sounds(
        np.full(n_rows, kind),
        table.groups,
        np.full(n_rows, name),
        table.arrays[PENULTIMATE],
    )


def fit_music(found: Gaussians, sounds: Sounds) -> tuple[NDArray[np.float64], float]:
    """Return slopes and offset of the log-odds that standardised activations are of music.

    Learned of single segments: a track's mean hides that its parts differ, and judged is the mean,
    whose log-odds are the mean of the segments'. Labelled music weighs as much as other music,
    each kind of sound the same, and all music together as much as all that is none.

    Parameters
    ----------
    found : Gaussians
        How activations are standardised.
    sounds : Sounds
        Music and everything else, at least one row of each.
    """
    sounds = sounds.of(np.flatnonzero(sounds.kinds != CODED))
    n_rows, n_segments, n_units = sounds.segments.shape
    rows = (sounds.segments.reshape(-1, n_units) - found.mean) / found.scale
    model = LogisticRegression(
        C=_INVERSE_REGULARISATION * n_rows, max_iter=_MAX_STEPS, tol=_TOLERANCE
    )
    weights = np.repeat(_weights(sounds) / n_segments, n_segments)
    model.fit(rows, np.repeat(sounds.is_music, n_segments), sample_weight=weights)
    return model.coef_[0].astype(np.float64), float(model.intercept_[0])


def _weights(sounds: Sounds) -> NDArray[np.float64]:
    names, inverse, counts = np.unique(sounds.kinds, return_inverse=True, return_counts=True)
    music = np.isin(names, _ALL_MUSIC)
    shares = np.where(music, 0.5 / max(1, music.sum()), 0.5 / max(1, (~music).sum())) / counts
    weights: NDArray[np.float64] = shares[inverse]
    return weights


def music_odds(found: Gaussians, sounds: Sounds) -> NDArray[np.float64]:
    """Return the log-odds of each row that it is music [shape=(n_rows,)].

    Each is judged by regressions that have heard nothing of its source or artist: what else they
    lack is drawn three times, for a threshold follows from few rows.
    """
    odds = np.zeros((len(_SEEDS), len(sounds.kinds)))
    for number, seed in enumerate(_SEEDS):
        splitter = GroupKFold(_N_FOLDS, shuffle=True, random_state=seed)
        for training, held_out in splitter.split(sounds.kinds, groups=sounds.groups):
            slopes, offset = fit_music(found, sounds.of(training))
            rows = (over_time(sounds.segments[held_out]) - found.mean) / found.scale
            odds[number, held_out] = rows @ slopes + offset
    mean: NDArray[np.float64] = odds.mean(axis=0)
    return mean


def music_threshold(odds: NDArray[np.float64], sounds: Sounds) -> float:
    """Return below which log-odds a track is no music: `TOLD_SHARE` of speech and noise are."""
    chosen = np.isin(sounds.kinds, SPEECH_AND_NOISE)
    return float(np.quantile(odds[chosen], TOLD_SHARE, method="higher")) + 1e-6


def music_auroc(odds: NDArray[np.float64], sounds: Sounds) -> dict[str, tuple[float, int]]:
    """Return, by kind of sound, how well its log-odds tell it from music, and its number."""
    music = odds[sounds.is_music]
    others = sorted(set(sounds.kinds[~sounds.is_music].tolist()))
    return {
        kind: (auroc(music, odds[sounds.kinds == kind]), int(np.sum(sounds.kinds == kind)))
        for kind in others
    }


def called_not_music(
    odds: NDArray[np.float64], sounds: Sounds, *, threshold: float
) -> dict[str, tuple[int, int]]:
    """Return, by set in the order of their rows, how many are called not music, and of how many."""
    return {
        name: (int(np.sum(odds[sounds.sets == name] < threshold)), int(np.sum(sounds.sets == name)))
        for name in dict.fromkeys(sounds.sets.tolist())
    }
