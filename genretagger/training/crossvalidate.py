"""Judge the shipped recipe without leakage: `python -m genretagger.training.crossvalidate`.

Fifteen folds, no artist on both sides of any (`dataset.folds`); the protocol by which every choice
is made. Confidence is calibrated for each fold by the other folds' verdicts on other artists.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.scoring import over_time
from genretagger.core.errors import GenreTaggerError
from genretagger.training.data.dataset import (
    GENRES,
    PENULTIMATE,
    TABLE_FILE,
    Table,
    folds,
    load_table,
)
from genretagger.training.data.metrics import Metrics, measure
from genretagger.training.model.calibrate import Calibration, Logits, fit_calibration, joined
from genretagger.training.model.gaussian import Recipe, fit


@dataclass(frozen=True, slots=True, eq=False)
class Fold:
    """What one fold gave on its held-out rows.

    rows : np.ndarray [int64, shape=(n_rows,)]   numbers of the held-out rows
    scores : np.ndarray [float64, shape=(n_rows, n_genres)]   of whole clips
    segments : np.ndarray [float64, shape=(n_rows, n_segments, n_genres)]   of each segment alone
    distance : np.ndarray [float64, shape=(n_rows,)]   greater is less like the training rows
    """

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]
    segments: NDArray[np.float64]
    distance: NDArray[np.float64]

    def metrics(self, labels: NDArray[np.int64]) -> Metrics:
        """Return how good the scores of whole clips are; `labels` are those of all rows."""
        return measure(self.scores, labels[self.rows], genres=GENRES)


def hold_out(
    table: Table, *, training: NDArray[np.int64], held_out: NDArray[np.int64], recipe: Recipe
) -> Logits:
    """Return what `recipe`, trained on some rows, says of others."""
    penultimate = table.arrays[PENULTIMATE]
    found = fit(
        over_time(penultimate[training]),
        table.labels[training],
        table.groups[training],
        n_genres=len(GENRES),
        recipe=recipe,
    )
    _, distance = found.judge(over_time(penultimate[held_out]))
    segments, _ = found.judge(penultimate[held_out])
    return Logits(held_out, segments, distance)


def hold_out_all(table: Table, *, recipe: Recipe) -> tuple[Logits, ...]:
    """Return what `recipe` says of the held-out rows of each of the fifteen folds."""
    return tuple(
        hold_out(table, training=training, held_out=held_out, recipe=recipe)
        for training, held_out in folds(table)
    )


def as_fold(logits: Logits, calibration: Calibration) -> Fold:
    """Return the verdicts that `logits` are under `calibration`."""
    scores, segments = calibration.scores(logits)
    return Fold(logits.rows, scores, segments, logits.distance)


def cross_validate(table: Table, *, recipe: Recipe) -> tuple[Fold, ...]:
    """Return what `recipe` gives on each of the fifteen folds, calibrated on other artists only."""
    held = hold_out_all(table, recipe=recipe)
    every = joined(held)
    found = []
    for part in held:
        others = every.of(~np.isin(every.rows, part.rows))
        found.append(as_fold(part, fit_calibration(others, table.labels[others.rows])))
    return tuple(found)


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
    chosen = parser.parse_args(arguments)
    try:
        table = load_table(chosen.table, needs=(PENULTIMATE,))
    except GenreTaggerError as error:
        print(error, file=sys.stderr)
        return 2
    print(report(cross_validate(table, recipe=Recipe()), table.labels))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
