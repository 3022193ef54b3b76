"""What is not one of the ten genres: learn what music is, and measure how well doubt tells.

Not music: log-odds of a logistic regression between music and other sounds. Unlike the training
data: the relative Mahalanobis distance of `gaussian`, judged by leaving one genre out.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from genretagger.analysis.judging import over_time
from genretagger.core.errors import shown
from genretagger.training.dataset import GENRES, PENULTIMATE, TableError, folds
from genretagger.training.gaussian import fit
from genretagger.training.metrics import auroc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from genretagger.training.dataset import Table
    from genretagger.training.gaussian import Gaussians, Recipe

SOUNDS_TABLE: Final = Path(__file__).with_name("data") / "sounds.npz"
MUSIC: Final = "music"
_INVERSE_REGULARISATION: Final = 1e-2
_N_FOLDS: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Sounds:
    """What the embedding heard in music without labels and in sounds that are none.

    kinds, groups : np.ndarray [str, shape=(n_rows,)]   `MUSIC` or a kind of sound; sources
    rows : np.ndarray [float32, shape=(n_rows, n_units)]   mean over time of the penultimate layer
    """

    kinds: NDArray[np.str_]
    groups: NDArray[np.str_]
    rows: NDArray[np.float32]

    def of(self, chosen: NDArray[np.int64]) -> Sounds:
        """Return the chosen rows only."""
        return Sounds(self.kinds[chosen], self.groups[chosen], self.rows[chosen])


def load_sounds(path: Path = SOUNDS_TABLE) -> Sounds:
    """Return the sounds in a table of `sounds_table`.

    Raises
    ------
    TableError
        The table cannot be read, or lacks an array.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            return Sounds(
                stored["kind"], stored["group"], over_time(stored[PENULTIMATE].astype(np.float32))
            )
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise TableError("table-unreadable", path=shown(path), reason=error) from error


def fit_music(
    found: Gaussians, *, music: NDArray[np.float32], sounds: Sounds
) -> tuple[NDArray[np.float64], float]:
    """Return slopes and offset of the log-odds that standardised activations are of music.

    Each kind of sound weighs the same, and all music together as much as all that is none.

    Parameters
    ----------
    found : Gaussians
        How activations are standardised.
    music : np.ndarray [float32, shape=(n_tracks, n_units)]
        Mean over time of the penultimate layer, of the labelled tracks.
    sounds : Sounds
        Music without labels, and everything else.
    """
    rows = (np.concatenate([music, sounds.rows]) - found.mean) / found.scale
    kinds = np.concatenate([np.full(len(music), MUSIC), sounds.kinds])
    is_music = kinds == MUSIC
    names, inverse, counts = np.unique(kinds, return_inverse=True, return_counts=True)
    shares = np.where(names == MUSIC, 0.5, 0.5 / max(1, len(names) - 1)) / counts
    model = LogisticRegression(C=_INVERSE_REGULARISATION * len(rows), max_iter=1000)
    model.fit(rows, is_music, sample_weight=shares[inverse])
    return model.coef_[0].astype(np.float64), float(model.intercept_[0])


def music_odds(
    found: Gaussians, *, music: NDArray[np.float32], groups: NDArray[np.str_], sounds: Sounds
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the log-odds of the labelled tracks and of the sounds that they are music.

    Each is judged by a regression that has heard nothing of its source or artist.
    """
    rows = np.concatenate([music, sounds.rows])
    odds = np.zeros(len(rows))
    splitter = GroupKFold(_N_FOLDS, shuffle=True, random_state=0)
    for training, held_out in splitter.split(rows, groups=np.concatenate([groups, sounds.groups])):
        labelled, other = training[training < len(music)], training[training >= len(music)]
        slopes, offset = fit_music(
            found, music=rows[labelled], sounds=sounds.of(other - len(music))
        )
        odds[held_out] = (rows[held_out] - found.mean) / found.scale @ slopes + offset
    return odds[: len(music)], odds[len(music) :]


def music_auroc(
    of_music: NDArray[np.float64], of_sounds: NDArray[np.float64], kinds: NDArray[np.str_]
) -> dict[str, tuple[float, int]]:
    """Return, by kind of sound, how well its log-odds tell it from music, and how many there are.

    Music among the sounds counts as music.
    """
    music = np.concatenate([of_music, of_sounds[kinds == MUSIC]])
    others = sorted(set(kinds.tolist()) - {MUSIC})
    return {
        kind: (auroc(music, of_sounds[kinds == kind]), int(np.sum(kinds == kind)))
        for kind in others
    }


def left_out_auroc(table: Table, *, recipe: Recipe) -> dict[str, float]:
    """Return, by genre, how well the distance tells it from the other nine when it is left out.

    For each of the fifteen folds the classifier learns nine genres from the training rows; then the
    held-out rows of the tenth are told from those of the nine.
    """
    rows = over_time(table.arrays[PENULTIMATE])
    labels, artists = table.labels, table.groups
    splits = list(folds(table))
    found: dict[str, float] = {}
    for number, genre in enumerate(GENRES):
        distances, unknown = [], []
        for training, held_out in splits:
            known = training[labels[training] != number]
            nine = fit(
                rows[known], labels[known], artists[known], n_genres=len(GENRES), recipe=recipe
            )
            distances.append(nine.judge(rows[held_out])[1])
            unknown.append(labels[held_out] == number)
        distance, is_unknown = np.concatenate(distances), np.concatenate(unknown)
        found[genre] = auroc(distance[is_unknown], distance[~is_unknown])
    return found
