"""The network that decides between the genres: Dense, ReLU, Dropout, softmax, in Keras.

It is the origin's kind of network on the embedding's activations, small and regularised, and it is
trained until a callback stops it. It learns from the Gaussians, whose softened scores are targets
beside the true genres (distillation: Hinton, Vinyals and Dean 2015, arXiv 1503.02531), on segments
and on mixtures of two segments (mixup: Zhang et al. 2018, arXiv 1710.09412). docs/model.md has both
side by side, and what else was tried.

Early stopping needs artists that are not learned from, and every artist is needed. So the network
has members side by side, each of which learns without a part of the artists; all stop where their
mean loss on what each did not learn from is least. The mean of the members' logits is one dense
network again, which is what ships. Two trainings give the same bytes.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from genretagger.analysis.scoring import average_segments, softmax
from genretagger.training.data.dataset import GENRES, PENULTIMATE, Table
from genretagger.training.model.gaussian import Gaussians, weigh_tracks

_NEVER: Final = -1e4  # logit of a genre that was not learned


@dataclass(frozen=True, slots=True)
class NetworkRecipe:
    """Every choice of the training; the defaults are shipped.

    n_hidden : units of the hidden layer of each of `n_members`
    true_share : share of the true genre in the targets; the rest is the teacher's
    teacher_temperature : softens the teacher's scores
    mixtures : mixtures of two segments for each segment
    artist_power : as in `gaussian.Recipe`
    patience : epochs without a smaller loss on held-out artists after which the training stops
    """

    n_members: int = 5
    n_hidden: int = 32
    input_dropout: float = 0.2
    dropout: float = 0.2
    true_share: float = 0.3
    teacher_temperature: float = 7.0
    mixtures: float = 1.0
    artist_power: float = 0.5
    learning_rate: float = 3e-3
    batch_size: int = 1024
    most_epochs: int = 40
    patience: int = 4
    seed: int = 0


SHIPPED: Final = NetworkRecipe()


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A dense network with one hidden layer on standardised activations.

    hidden : np.ndarray [float32, shape=(n_units, n_hidden)]   slopes of the hidden layer
    hidden_offsets : np.ndarray [float32, shape=(n_hidden,)]
    slopes : np.ndarray [float32, shape=(n_hidden, n_genres)]   slopes of the logits
    offsets : np.ndarray [float32, shape=(n_genres,)]
    gaussians : the teacher, whose mean and scale standardise activations
    """

    hidden: NDArray[np.float32]
    hidden_offsets: NDArray[np.float32]
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]
    gaussians: Gaussians

    def judge(self, activations: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the logits [shape=(..., n_genres)] of activations [shape=(..., n_units)]."""
        rows = _standardised(activations, self.gaussians)
        active = np.maximum(rows @ self.hidden + self.hidden_offsets, 0)
        logits: NDArray[np.float64] = (active @ self.slopes + self.offsets).astype(np.float64)
        return logits


@dataclass(frozen=True, slots=True, eq=False)
class _Lesson:
    """Rows to learn from.

    rows : np.ndarray [float32, shape=(n_rows, n_units)]   standardised activations
    targets : np.ndarray [float32, shape=(n_rows, n_genres)]   sum 1
    weights : np.ndarray [float32, shape=(n_rows, n_members)]   what a row counts for each member
    """

    rows: NDArray[np.float32]
    targets: NDArray[np.float32]
    weights: NDArray[np.float32]


def fit_network(
    table: Table,
    rows: NDArray[np.int64] | slice = slice(None),
    *,
    gaussians: Gaussians,
    recipe: NetworkRecipe,
) -> Network:
    """Train the network on the rows of `table` at the positions `rows`, by default on all.

    Parameters
    ----------
    table : Table
        With the penultimate layer of the embedding.
    rows : np.ndarray [int64, shape=(n_rows,)] or slice
        Positions in the table.
    gaussians : Gaussians
        The teacher, fitted to the same rows.
    recipe : NetworkRecipe
        Every choice of the training.
    """
    segments, labels, groups = (
        table.arrays[PENULTIMATE][rows],
        table.labels[rows],
        table.groups[rows],
    )
    parts = _part_artists(labels, groups, n_parts=recipe.n_members)
    weights = weigh_tracks(labels, groups, power=recipe.artist_power)
    weights = (weights / weights.mean()).astype(np.float32)
    lesson = _make_lesson(segments, labels, parts, weights, gaussians=gaussians, recipe=recipe)
    means = _standardised(average_segments(segments), gaussians)
    is_held_out = parts[:, np.newaxis] == np.arange(recipe.n_members)
    model = _fresh_model(segments.shape[2], recipe)
    model.fit(
        lesson.rows,
        _for_each_member(lesson.targets, recipe),
        sample_weight=lesson.weights,
        validation_data=(
            means,
            _for_each_member(np.eye(len(GENRES), dtype=np.float32)[labels], recipe),
            weights[:, np.newaxis] * is_held_out,
        ),
        batch_size=recipe.batch_size,
        validation_batch_size=len(means),
        epochs=recipe.most_epochs,
        callbacks=[
            keras.callbacks.EarlyStopping(
                "val_loss", patience=recipe.patience, restore_best_weights=True
            )
        ],
        verbose=0,
    )
    return _merge_members(model, gaussians=gaussians, labels=labels)


def make_silent_network(gaussians: Gaussians) -> Network:
    """Return a network that gives every genre the same score, for a model that only hears."""
    n_units, n_genres = gaussians.slopes.shape
    return Network(
        np.zeros((n_units, 1), np.float32),
        np.zeros(1, np.float32),
        np.zeros((1, n_genres), np.float32),
        np.zeros(n_genres, np.float32),
        gaussians,
    )


def _part_artists(
    labels: NDArray[np.int64], groups: NDArray[np.str_], *, n_parts: int
) -> NDArray[np.int64]:
    """Return the part of each row, in [0, n_parts); no artist is in two, and some may be empty."""
    n_possible = min(n_parts, len(np.unique(groups)), int(np.bincount(labels).max()))
    parts = np.full(len(labels), n_parts - 1)
    if n_possible < 2:
        return parts
    splitter = StratifiedGroupKFold(n_possible, shuffle=True, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a genre need not be in each part
        for part, (_, chosen) in enumerate(splitter.split(labels, labels, groups)):
            parts[chosen] = part
    return parts


def _make_lesson(
    segments: NDArray[np.float32],
    labels: NDArray[np.int64],
    parts: NDArray[np.int64],
    weights: NDArray[np.float32],
    *,
    gaussians: Gaussians,
    recipe: NetworkRecipe,
) -> _Lesson:
    """Return every segment, and as many mixtures of two segments as `recipe` says."""
    n_tracks, n_segments, n_units = segments.shape
    pool, owners = segments.reshape(-1, n_units), np.repeat(np.arange(n_tracks), n_segments)
    random = np.random.default_rng(recipe.seed)
    odds = weights[owners].astype(np.float64)
    n_mixed = round(recipe.mixtures * len(pool))
    first, second = random.choice(len(pool), (2, n_mixed), p=odds / odds.sum())
    share = random.uniform(size=(n_mixed, 1)).astype(np.float32)

    def with_mixtures(values: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.concatenate([values, share * values[first] + (1 - share) * values[second]])

    activations = with_mixtures(pool)
    true = with_mixtures(np.eye(len(GENRES), dtype=np.float32)[labels[owners]])
    taught = softmax(gaussians.judge(activations)[0], temperature=recipe.teacher_temperature)
    is_learned = parts[owners, np.newaxis] != np.arange(recipe.n_members)
    is_learned = np.concatenate([is_learned, is_learned[first] & is_learned[second]])
    counts = np.concatenate([weights[owners], np.ones(n_mixed, np.float32)])
    return _Lesson(
        _standardised(activations, gaussians),
        (recipe.true_share * true + (1 - recipe.true_share) * taught).astype(np.float32),
        counts[:, np.newaxis] * is_learned,
    )


def _standardised(activations: NDArray[np.float32], gaussians: Gaussians) -> NDArray[np.float32]:
    return ((activations - gaussians.mean) / gaussians.scale).astype(np.float32)


def _for_each_member(targets: NDArray[np.float32], recipe: NetworkRecipe) -> NDArray[np.float32]:
    """Return the same targets for all members [shape=(n_rows, n_members, n_genres)]."""
    return np.repeat(targets[:, np.newaxis], recipe.n_members, axis=1)


def _fresh_model(n_units: int, recipe: NetworkRecipe) -> keras.Model:
    """Return the untrained network; the same object each time, for tracing it takes seconds."""
    model, initial = _build_model(n_units, recipe)
    keras.utils.set_random_seed(recipe.seed)  # for the order of the rows
    for variable, value in zip(_list_variables(model), initial, strict=True):
        variable.assign(value)
    return model


def _list_variables(model: keras.Model) -> list[Any]:
    """Return everything that a training changes: weights, states of dropout and of Adam."""
    return [*model.variables, *model.optimizer.variables]


@lru_cache(maxsize=2)
def _build_model(n_units: int, recipe: NetworkRecipe) -> tuple[keras.Model, list[NDArray[Any]]]:
    """Return the compiled network, a softmax for each member, and its initial variables."""
    tf.config.experimental.enable_op_determinism()
    keras.utils.set_random_seed(recipe.seed)
    n_members, n_hidden = recipe.n_members, recipe.n_hidden
    layers = [
        keras.Input((n_units,)),
        keras.layers.Dropout(recipe.input_dropout),
        keras.layers.Dense(n_members * n_hidden, activation="relu", name="hidden"),
        keras.layers.Dropout(recipe.dropout),
        keras.layers.Reshape((n_members, n_hidden)),
        # A dense layer of its own for each member.
        keras.layers.EinsumDense(
            "bmh,mhg->bmg",
            output_shape=(n_members, len(GENRES)),
            bias_axes="mg",
            activation="softmax",
            name="members",
        ),
    ]
    model = keras.Sequential(layers)
    optimizer = keras.optimizers.Adam(recipe.learning_rate)
    model.compile(optimizer, "categorical_crossentropy")
    optimizer.build(model.trainable_variables)
    return model, [variable.numpy() for variable in _list_variables(model)]


def _merge_members(
    model: keras.Model, *, gaussians: Gaussians, labels: NDArray[np.int64]
) -> Network:
    """Return the one network whose logits are the mean of those of all members."""
    hidden, hidden_offsets = model.get_layer("hidden").get_weights()
    slopes, offsets = model.get_layer("members").get_weights()
    n_members, n_hidden, n_genres = slopes.shape
    merged = offsets.mean(axis=0)
    merged[np.setdiff1d(np.arange(n_genres), labels)] = _NEVER
    slopes = slopes.reshape(n_members * n_hidden, n_genres) / n_members
    return Network(hidden, hidden_offsets, slopes, merged, gaussians)
