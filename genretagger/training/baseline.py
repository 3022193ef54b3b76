"""The origin's network under two protocols: `python -m genretagger.training.baseline --table F`.

This is the recipe of the study that the project began with: standardised handcrafted statistics of
short pieces of each clip; Dense 1024, 512, 256, 128, 64, each with ReLU and dropout 0.3; softmax
over ten genres; RMSprop, batches of 128, up to 500 epochs, stopped when validation accuracy passes
94 %; rows split 70 : 20 : 10 into training, validation and test. The study reported 93.4 % on test
rows.

Two protocols split the rows. The study's, "random rows", puts pieces of one song, and songs of one
artist, on both sides: it leaks, and is here only to show the gap. "Artists kept apart" keeps all
pieces of an artist on one side. On `gtzan_dev_10s.npz` (1,912 rows of 10 s, 57 features) they gave
0.870 and 0.526 in one run, 0.885 and 0.547 in another on a busier machine: TensorFlow's threads
round differently, and 192 test rows are few. So the study mostly measured how well songs are
recognised again. The published run is in `docs/model-figures.json`.

Rows come from the array `segments_handcrafted` [shape=(n_clips, n_segments, n_features)] of a table
of `training.extract` (pieces of 3 s; 53 features, the study's 57 without those of
harmonic-percussive separation), else from `handcrafted` [shape=(n_rows, n_features)].
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from sklearn.model_selection import GroupShuffleSplit, ShuffleSplit
from sklearn.preprocessing import StandardScaler

from genretagger.core.errors import GenreTaggerError
from genretagger.training.data.dataset import (
    GENRES,
    HANDCRAFTED,
    SEGMENTS_HANDCRAFTED,
    Table,
    TableError,
    load_table,
)
from genretagger.training.evaluation.figures import BaselineFigures

Rows = NDArray[np.int64]

_UNITS = (1024, 512, 256, 128, 64)
_DROPOUT = 0.3
_BATCH_SIZE = 128
N_EPOCHS = 500
_ENOUGH = 0.94  # validation accuracy at which the study stops
_TEST_SHARE = 0.1
_VALIDATION_SHARE = 0.2


def _stop_when_enough(model: keras.Model) -> keras.callbacks.Callback:
    """Return a callback that ends the training once validation accuracy is high enough."""

    def check(_: int, logs: dict[str, float]) -> None:
        model.stop_training = logs["val_accuracy"] > _ENOUGH

    return keras.callbacks.LambdaCallback(on_epoch_end=check)


def build_network(n_features: int) -> keras.Model:
    """Return the origin's network, untrained and compiled."""
    layers: list[Any] = [keras.Input((n_features,))]
    for units in _UNITS:
        layers += [keras.layers.Dense(units, activation="relu"), keras.layers.Dropout(_DROPOUT)]
    model = keras.Sequential([*layers, keras.layers.Dense(len(GENRES), activation="softmax")])
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def load_rows(path: Path) -> Table:
    """Return the rows of the table at `path`, pieces of clips if it holds them.

    Raises
    ------
    TableError
        The file cannot be read, or holds neither array.
    """
    try:
        table = load_table(path, needs=(SEGMENTS_HANDCRAFTED,))
    except TableError:
        return load_table(path, needs=(HANDCRAFTED,))
    values = table.arrays[SEGMENTS_HANDCRAFTED]
    present = np.isfinite(values).all(axis=2)  # a shorter clip has fewer pieces
    clips = np.nonzero(present)[0]
    return Table(
        table.clips[clips],
        table.genres[clips],
        table.artists[clips],
        table.splits[clips],
        {HANDCRAFTED: values[present]},
    )


def split_rows(table: Table, *, grouped: bool, seed: int) -> tuple[Rows, Rows, Rows]:
    """Return training, validation and test rows, 70 : 20 : 10 of rows or of artists."""
    rows = np.arange(len(table.clips))
    splitter = GroupShuffleSplit if grouped else ShuffleSplit
    groups = table.groups if grouped else None
    rest, test = next(
        splitter(1, test_size=_TEST_SHARE, random_state=seed).split(rows, groups=groups)
    )
    share = _VALIDATION_SHARE / (1 - _TEST_SHARE)
    inner = None if groups is None else groups[rest]
    training, validation = next(
        splitter(1, test_size=share, random_state=seed).split(rest, groups=inner)
    )
    return rest[training], rest[validation], test


def run_protocol(
    table: Table, *, grouped: bool, seed: int, n_epochs: int = N_EPOCHS
) -> BaselineFigures:
    """Train the origin's network under one protocol; return its figures on the test rows."""
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    rows, labels = table.arrays[HANDCRAFTED], table.labels
    training, validation, test = split_rows(table, grouped=grouped, seed=seed)
    scaler = StandardScaler().fit(rows[training])
    model = build_network(rows.shape[1])
    history = model.fit(
        scaler.transform(rows[training]),
        labels[training],
        validation_data=(scaler.transform(rows[validation]), labels[validation]),
        batch_size=_BATCH_SIZE,
        epochs=n_epochs,
        callbacks=[_stop_when_enough(model)],
        verbose=0,
    )
    loss, accuracy = model.evaluate(scaler.transform(rows[test]), labels[test], verbose=0)
    return BaselineFigures(
        protocol="artists kept apart" if grouped else "random rows",
        leaks=not grouped,
        n_features=rows.shape[1],
        n_rows=len(rows),
        n_test=len(test),
        n_epochs=len(history.epoch),
        accuracy=float(accuracy),
        loss=float(loss),
    )


def run_both_protocols(
    table: Table, *, seed: int = 0, n_epochs: int = N_EPOCHS
) -> tuple[BaselineFigures, BaselineFigures]:
    """Return the figures of both protocols, the leaking one first."""
    leaking, grouped = (
        run_protocol(table, grouped=grouped, seed=seed, n_epochs=n_epochs)
        for grouped in (False, True)
    )
    return leaking, grouped


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both protocols and their gap; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.baseline",
        description="Train the origin's network on random rows and with artists kept apart.",
    )
    parser.add_argument("--table", type=Path, required=True, help="a table with `handcrafted`")
    parser.add_argument("--epochs", type=int, default=N_EPOCHS, help="at most so many")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    try:
        table = load_rows(options.table)
    except GenreTaggerError as error:
        print(error, file=sys.stderr)
        return 2
    figures = run_both_protocols(table, seed=options.seed, n_epochs=options.epochs)
    print(f"{'protocol':<20}  accuracy   loss  epochs  test rows")
    for row in figures:
        cells = f"{row.accuracy:8.3f}  {row.loss:5.2f}  {row.n_epochs:6d}  {row.n_test:9d}"
        print(f"{row.title:<20}  {cells}")
    print(f"{'gap':<20}  {figures[0].accuracy - figures[1].accuracy:8.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
