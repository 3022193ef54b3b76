"""The origin's network under two protocols: `python -m genretagger.training.baseline --table F`.

Random rows put pieces of one song, and songs of one artist, on both sides: that protocol leaks and
stands here only beside the artist-grouped one, to show the gap.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import keras
import numpy as np
import tensorflow as tf
from sklearn.model_selection import GroupShuffleSplit, ShuffleSplit
from sklearn.preprocessing import StandardScaler

from genretagger.core.errors import GenreTaggerError
from genretagger.training.dataset import GENRES, Table, load_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

HANDCRAFTED: Final = "handcrafted"
_UNITS = (1024, 512, 256, 128, 64)
_DROPOUT = 0.3
_BATCH_SIZE = 128
_N_EPOCHS = 500
_ENOUGH = 0.94  # validation accuracy at which the origin stops
_TEST_SHARE = 0.1
_VALIDATION_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one protocol gave on its test rows."""

    protocol: str
    accuracy: float
    loss: float
    n_epochs: int
    n_test: int


def _stop_when_enough(model: keras.Model) -> keras.callbacks.Callback:
    """Return what ends the training once validation accuracy passes the origin's mark."""

    def look(_: int, logs: dict[str, float]) -> None:
        model.stop_training = logs["val_accuracy"] > _ENOUGH

    return keras.callbacks.LambdaCallback(on_epoch_end=look)


def network(n_features: int) -> keras.Model:
    """Return the origin's network, untrained and compiled."""
    layers: list[Any] = [keras.Input((n_features,))]
    for units in _UNITS:
        layers += [keras.layers.Dense(units, activation="relu"), keras.layers.Dropout(_DROPOUT)]
    model = keras.Sequential([*layers, keras.layers.Dense(len(GENRES), activation="softmax")])
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def split_rows(table: Table, *, grouped: bool, seed: int) -> tuple[Rows, Rows, Rows]:
    """Return training, validation and test rows, 70 : 20 : 10 of rows or of artists."""
    everything = np.arange(len(table.clips))
    splitter = GroupShuffleSplit if grouped else ShuffleSplit
    groups = table.groups if grouped else None
    rest, test = next(
        splitter(1, test_size=_TEST_SHARE, random_state=seed).split(everything, groups=groups)
    )
    share = _VALIDATION_SHARE / (1 - _TEST_SHARE)
    inner = None if groups is None else groups[rest]
    kept, validation = next(
        splitter(1, test_size=share, random_state=seed).split(rest, groups=inner)
    )
    return rest[kept], rest[validation], test


def run(table: Table, *, grouped: bool, seed: int, n_epochs: int = _N_EPOCHS) -> Outcome:
    """Train and test the origin's network under one protocol."""
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    rows, labels = table.arrays[HANDCRAFTED], table.labels
    training, validation, test = split_rows(table, grouped=grouped, seed=seed)
    scaler = StandardScaler().fit(rows[training])
    model = network(rows.shape[1])
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
    return Outcome(
        protocol="artist-grouped" if grouped else "random rows (leaks)",
        accuracy=float(accuracy),
        loss=float(loss),
        n_epochs=len(history.epoch),
        n_test=len(test),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both protocols and their gap; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.baseline",
        description="Train the origin's network on random rows and with artists kept apart.",
    )
    parser.add_argument("--table", type=Path, required=True, help="a table with `handcrafted`")
    parser.add_argument("--epochs", type=int, default=_N_EPOCHS, help="at most so many")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    try:
        table = load_table(chosen.table, needs=(HANDCRAFTED,))
    except GenreTaggerError as error:
        print(error, file=sys.stderr)
        return 2
    outcomes = [
        run(table, grouped=grouped, seed=chosen.seed, n_epochs=chosen.epochs)
        for grouped in (False, True)
    ]
    print(f"{'protocol':<20}  accuracy   loss  epochs  test rows")
    for one in outcomes:
        print(
            f"{one.protocol:<20}  {one.accuracy:8.3f}  {one.loss:5.2f}  {one.n_epochs:6d}"
            f"  {one.n_test:9d}"
        )
    print(f"{'gap':<20}  {outcomes[0].accuracy - outcomes[1].accuracy:8.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
