"""Tell music of none of the ten genres from music of one of them, by a logistic regression.

It learns from music that is none of the ten (outlier exposure, Hendrycks et al. 2019, arXiv
1812.04606), on the mean activations of a track.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from genretagger.analysis.scoring import average_segments
from genretagger.training.data.dataset import GENRES
from genretagger.training.model.gaussian import Gaussians
from genretagger.training.model.music_detector import SOLVER
from genretagger.training.model.styles import weigh_groups
from genretagger.training.styles.labels import OUTSIDE, UNKNOWN_GENRE
from genretagger.training.styles.tracks import StyleTracks

# Share of the labelled clips, held out, that may be called outside. With 1 % more than a tenth of
# the music outside gets a genre at level high or medium. With 2 % no less of it does, and more
# clips are called outside; with 3 % so is a third of the classical music of other sources
# (docs/model.md).
CALLED_SHARE: Final = 0.015
# Soundtracks of an orchestra or a piano are classical music to the ear. Learned of as outside, they
# would take classical music of other sources with them.
_SOUNDTRACKS_LIKE: Final = GENRES.index("classical")
_INVERSE_REGULARISATION: Final = 0.01
_N_FOLDS: Final = 8
_SEEDS: Final = (0, 1, 2)


def fit_outside(gaussians: Gaussians, tracks: StyleTracks) -> tuple[NDArray[np.float64], float]:
    """Return slopes and offset of the log-odds of "outside", on standardised activations.

    Both sides weigh the same; an artist or source weighs by the root of its tracks. Tracks of
    unknown genre are left out, and music outside that the Gaussians call classical.
    """
    means, genres = average_segments(tracks.penultimate), tracks.genres
    logits, _ = gaussians.judge(means)
    is_classical = (genres == OUTSIDE) & (logits.argmax(axis=1) == _SOUNDTRACKS_LIKE)
    known = (genres != UNKNOWN_GENRE) & ~is_classical
    rows = (means[known] - gaussians.mean) / gaussians.scale
    is_outside = genres[known] == OUTSIDE
    weights = weigh_groups(tracks.groups[known])
    for side in (is_outside, ~is_outside):
        weights[side] *= len(rows) / 2 / weights[side].sum()
    model = LogisticRegression(C=_INVERSE_REGULARISATION, solver=SOLVER)
    model.fit(rows, is_outside, sample_weight=weights)
    return model.coef_[0].astype(np.float64), float(model.intercept_[0])


def compute_outside_odds(gaussians: Gaussians, tracks: StyleTracks) -> NDArray[np.float64]:
    """Return the log-odds of "outside" of each track, held out [shape=(n_tracks,)].

    Each track is judged by regressions that learned nothing from its artist or source; the mean
    over three draws of the folds.
    """
    rows = (average_segments(tracks.penultimate) - gaussians.mean) / gaussians.scale
    odds = np.zeros((len(_SEEDS), len(rows)))
    for repetition, seed in zip(odds, _SEEDS, strict=True):
        splitter = GroupKFold(_N_FOLDS, shuffle=True, random_state=seed)
        for training, held_out in splitter.split(rows, groups=tracks.groups):
            slopes, offset = fit_outside(gaussians, tracks.select(training))
            repetition[held_out] = rows[held_out] @ slopes + offset
    mean: NDArray[np.float64] = odds.mean(axis=0)
    return mean


def choose_outside_threshold(odds: NDArray[np.float64]) -> float:
    """Return the log-odds above which `CALLED_SHARE` of the labelled clips lie.

    Parameters
    ----------
    odds : np.ndarray [float64, shape=(n_clips,)]
        Of the clips, held out.
    """
    return float(np.quantile(odds, 1 - CALLED_SHARE))
