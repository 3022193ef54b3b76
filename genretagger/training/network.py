"""The classifier: a small ensemble of the origin's kind of network, in one Keras graph.

Each member is Dense + ReLU + Dropout + softmax over ten genres, on the mean over time of the
embedding's penultimate layer. The recipe was chosen by artist-grouped cross-validation
(docs/model.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf

from genretagger.analysis.classifier import over_time

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every choice of the training, with the values that are shipped.

    n_views : how many shorter hearings of each clip are added to the whole one
    """

    n_members: int = 8
    n_hidden: int = 128
    input_dropout: float = 0.5
    hidden_dropout: float = 0.5
    label_smoothing: float = 0.1
    weight_decay: float = 0.05
    learning_rate: float = 1e-3
    n_epochs: int = 10
    batch_size: int = 64
    n_views: int = 3
    class_weight_power: float = 0.5


def fit(
    penultimate: NDArray[np.float32],
    labels: NDArray[np.int64],
    *,
    n_genres: int,
    recipe: Recipe,
    seed: int,
) -> keras.Model:
    """Return the trained classifier.

    Parameters
    ----------
    penultimate : np.ndarray [float32, shape=(n_clips, n_segments, n_units)]
        Activations of the embedding network.
    labels : np.ndarray [int64, shape=(n_clips,)]
        Genres by number, each in [0, n_genres).
    n_genres, recipe, seed
        Number of outputs; choices; start of every random number.

    Returns
    -------
    keras.Model
        Input: `over_time` of a track [shape=(n, n_units)]. Output: scores that sum to 1
        [shape=(n, n_genres)].
    """
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    rows, targets = _views(penultimate, labels, n_views=recipe.n_views, seed=seed)
    members = _members(rows, n_genres=n_genres, recipe=recipe)
    members.compile(
        optimizer=keras.optimizers.AdamW(
            keras.optimizers.schedules.CosineDecay(
                recipe.learning_rate, recipe.n_epochs * -(-len(rows) // recipe.batch_size)
            ),
            weight_decay=recipe.weight_decay,
        ),
        loss=keras.losses.CategoricalCrossentropy(label_smoothing=recipe.label_smoothing),
    )
    wanted = np.repeat(np.eye(n_genres)[targets][:, np.newaxis], recipe.n_members, axis=1)
    counts = np.bincount(targets, minlength=n_genres)
    weights = (len(targets) / np.maximum(counts, 1)) ** recipe.class_weight_power
    weights /= weights[targets].mean()
    members.fit(
        rows,
        wanted,
        sample_weight=np.repeat(weights[targets][:, np.newaxis], recipe.n_members, axis=1),
        batch_size=recipe.batch_size,
        epochs=recipe.n_epochs,
        verbose=0,
    )
    scores = keras.ops.mean(members.outputs[0], axis=1)
    return keras.Model(members.inputs[0], {"scores": scores})


def _views(
    penultimate: NDArray[np.float32], labels: NDArray[np.int64], *, n_views: int, seed: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return each clip whole and, `n_views` times, by a random part of its segments.

    Tracks may be shorter than the clips, and segments are judged one by one for the timeline.
    """
    random = np.random.default_rng(seed)
    n_segments = penultimate.shape[1]
    rows = [over_time(penultimate)]
    for _ in range(n_views):
        for clip in penultimate:
            size = int(random.integers(1, n_segments + 1))
            chosen = random.choice(n_segments, size, replace=False)
            rows.append(over_time(clip[chosen])[np.newaxis])
    return np.concatenate(rows), np.tile(labels, n_views + 1)


def _members(rows: NDArray[np.float32], *, n_genres: int, recipe: Recipe) -> keras.Model:
    """Return the untrained members side by side; output [shape=(n, n_members, n_genres)]."""
    normalise = keras.layers.Normalization()
    normalise.adapt(rows)
    inputs = keras.Input((rows.shape[1],))
    values = normalise(inputs)
    outputs: list[Any] = []
    for _ in range(recipe.n_members):
        member = keras.layers.Dropout(recipe.input_dropout)(values)
        member = keras.layers.Dense(recipe.n_hidden, activation="relu")(member)
        member = keras.layers.Dropout(recipe.hidden_dropout)(member)
        outputs.append(keras.layers.Dense(n_genres, activation="softmax")(member))
    return keras.Model(inputs, keras.ops.stack(outputs, axis=1))
