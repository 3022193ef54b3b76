"""Measure how well music of other genres, and sounds that are not music, are recognised."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.scoring import average_segments
from genretagger.training.data.dataset import GENRES, PENULTIMATE, Table, split_folds
from genretagger.training.data.metrics import auroc
from genretagger.training.evaluation.figures import (
    CalledFigures,
    OpenSetFigures,
    SeparationFigures,
)
from genretagger.training.model.gaussian import Recipe, fit_table
from genretagger.training.model.music_detector import (
    Sounds,
    count_called_not_music,
    measure_music_auroc,
)


def measure_open_set(
    table: Table,
    *,
    recipe: Recipe,
    sounds: Sounds,
    odds: NDArray[np.float64],
    music_above: float,
) -> OpenSetFigures:
    """Return how well sounds without a genre here are told from music with one.

    Parameters
    ----------
    table : Table
        The labelled clips.
    recipe : Recipe
        Choices of the training.
    sounds : Sounds
        Music and other sounds.
    odds : np.ndarray [float64, shape=(n_sounds,)]
        Log-odds of music of `sounds`, held out.
    music_above : float
        Threshold of the log-odds.
    """
    judged = table.genres[~table.cuts]
    counts = {genre: int(np.sum(judged == genre)) for genre in GENRES}
    left_out = measure_left_out_auroc(table, recipe=recipe)
    called = count_called_not_music(odds, sounds, threshold=music_above)
    music_sets = set(sounds.sets[sounds.is_music].tolist())
    return OpenSetFigures(
        tuple(SeparationFigures(genre, value, counts[genre]) for genre, value in left_out.items()),
        tuple(
            SeparationFigures(kind, value, n)
            for kind, (value, n) in measure_music_auroc(odds, sounds).items()
        ),
        tuple(
            CalledFigures(name, name in music_sets, n, n_called)
            for name, (n_called, n) in called.items()
        ),
    )


def measure_left_out_auroc(table: Table, *, recipe: Recipe) -> dict[str, float]:
    """Return, by genre, how well the distance tells it from the other nine when it is left out.

    In each of the fifteen folds the classifier learns nine genres from the training rows; then the
    held-out rows of the tenth genre are told from those of the nine.
    """
    rows, labels = average_segments(table.arrays[PENULTIMATE]), table.labels
    splits = list(split_folds(table))
    separation: dict[str, float] = {}
    for label, genre in enumerate(GENRES):
        distances, unknown = [], []
        for training, held_out in splits:
            nine = fit_table(table, training[labels[training] != label], recipe=recipe)
            distances.append(nine.judge(rows[held_out])[1])
            unknown.append(labels[held_out] == label)
        distance, is_unknown = np.concatenate(distances), np.concatenate(unknown)
        separation[genre] = auroc(distance[is_unknown], distance[~is_unknown])
    return separation
