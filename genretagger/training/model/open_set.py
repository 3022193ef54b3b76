"""How well the distance of `gaussian` tells what is none of the ten genres: one genre left out.

What is not music at all: `training.music`.
"""

from __future__ import annotations

import numpy as np

from genretagger.analysis.scoring import over_time
from genretagger.training.data.dataset import GENRES, PENULTIMATE, Table, folds
from genretagger.training.data.metrics import auroc
from genretagger.training.model.gaussian import Recipe, fit


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
