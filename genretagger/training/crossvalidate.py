"""Judge the shipped recipe without leakage: `python -m genretagger.training.crossvalidate`.

Fifteen folds, no artist on both sides of any (`dataset.folds`); the protocol by which every choice
is made.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from genretagger.analysis.classifier import over_time
from genretagger.core.errors import GenreTaggerError
from genretagger.training.dataset import GENRES, PENULTIMATE, TABLE_FILE, Table, folds, load_table
from genretagger.training.metrics import Metrics, measure
from genretagger.training.network import Recipe, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Fold:
    """What one fold gave on its held-out rows.

    rows : np.ndarray [int64, shape=(n_rows,)]   numbers of the held-out rows
    scores : np.ndarray [float64, shape=(n_rows, n_genres)]   of whole clips
    segments : np.ndarray [float64, shape=(n_rows, n_segments, n_genres)]   of each segment alone
    """

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]
    segments: NDArray[np.float64]

    def metrics(self, labels: NDArray[np.int64]) -> Metrics:
        """Return how good the scores of whole clips are; `labels` are those of all rows."""
        return measure(self.scores, labels[self.rows], genres=GENRES)


def hold_out(
    table: Table,
    *,
    training: NDArray[np.int64],
    held_out: NDArray[np.int64],
    recipe: Recipe,
    seed: int,
) -> Fold:
    """Return what `recipe`, trained on some rows, gives on others."""
    penultimate = table.arrays[PENULTIMATE]
    model = fit(
        penultimate[training],
        table.labels[training],
        n_genres=len(GENRES),
        recipe=recipe,
        seed=seed,
    )
    heard = penultimate[held_out]
    scores = np.asarray(model(over_time(heard))["scores"], np.float64)
    alone = np.asarray(model(heard.reshape(-1, heard.shape[-1]))["scores"], np.float64)
    return Fold(held_out, scores, alone.reshape(*heard.shape[:2], len(GENRES)))


def cross_validate(table: Table, *, recipe: Recipe, seed: int) -> tuple[Fold, ...]:
    """Return what `recipe` gives on each of the fifteen folds."""
    return tuple(
        hold_out(table, training=training, held_out=held_out, recipe=recipe, seed=seed + number)
        for number, (training, held_out) in enumerate(folds(table))
    )


def report(results: tuple[Fold, ...], labels: NDArray[np.int64]) -> str:
    """Return the figures of all folds as Markdown."""
    measured = [fold.metrics(labels) for fold in results]
    accuracies = np.array([one.accuracy for one in measured])
    pooled = measure(
        np.concatenate([fold.scores for fold in results]),
        np.concatenate([labels[fold.rows] for fold in results]),
        genres=GENRES,
    )
    alone = [
        np.mean(fold.segments.argmax(axis=2) == labels[fold.rows][:, np.newaxis])
        for fold in results
    ]
    figures = {
        "accuracy": f"{accuracies.mean():.3f} (folds {accuracies.min():.3f} to"
        f" {accuracies.max():.3f})",
        "balanced accuracy": f"{np.mean([one.balanced_accuracy for one in measured]):.3f}",
        "accuracy of one segment alone": f"{np.mean(alone):.3f}",
        "expected calibration error": f"{pooled.ece:.3f}",
        "covered while 95 % right": f"{pooled.coverage:.3f}",
    }
    lines = ["| held out, 15 artist-grouped folds | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in figures.items()]
    lines += [f"| recall, {genre} | {share:.2f} |" for genre, share in _recalls(pooled)]
    return "\n".join(lines)


def _recalls(metrics: Metrics) -> list[tuple[str, float]]:
    return list(metrics.per_genre_recall.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the cross-validated figures; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.crossvalidate",
        description="Judge the shipped recipe with artists kept apart.",
    )
    data = os.environ.get("GENRETAGGER_GTZAN", "")
    parser.add_argument("--table", type=Path, default=Path(data, TABLE_FILE))
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    try:
        table = load_table(chosen.table, needs=(PENULTIMATE,))
    except GenreTaggerError as error:
        print(error, file=sys.stderr)
        return 2
    results = cross_validate(table, recipe=Recipe(), seed=chosen.seed)
    print(report(results, table.labels))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
