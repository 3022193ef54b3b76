"""Judge the shipped recipe without leakage: `python -m genretagger.training.crossvalidate`.

Every choice is made by this protocol: fifteen folds, none with an artist on both sides
(`dataset.split_folds`). The confidence of a fold is calibrated by the verdicts of the other folds
on other artists.
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

from genretagger.analysis.scoring import average_segments
from genretagger.core.errors import GenreTaggerError
from genretagger.training.data.dataset import (
    GENRES,
    PENULTIMATE,
    TABLE_FILE,
    Table,
    load_table,
    split_folds,
)
from genretagger.training.data.metrics import Metrics, measure
from genretagger.training.model.calibrate import Calibration, Logits, fit_calibration, joined
from genretagger.training.model.gaussian import Recipe, fit_table
from genretagger.training.model.network import SHIPPED, NetworkRecipe, fit_network


@dataclass(frozen=True, slots=True, eq=False)
class Fold:
    """Verdicts of one fold on its held-out rows.

    rows : np.ndarray [int64, shape=(n_rows,)]   positions of the held-out rows in the table
    scores : np.ndarray [float64, shape=(n_rows, n_genres)]   of whole clips
    segments : np.ndarray [float64, shape=(n_rows, n_segments, n_genres)]   of each segment alone
    raw : np.ndarray [float64, shape=(n_rows,)]   the largest score before the beta calibration
    """

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]
    segments: NDArray[np.float64]
    raw: NDArray[np.float64]

    def select(self, rows: NDArray[np.int64]) -> Fold:
        """Return the verdicts on those of the rows `rows` that the fold holds out."""
        chosen = np.isin(self.rows, rows)
        return Fold(self.rows[chosen], self.scores[chosen], self.segments[chosen], self.raw[chosen])

    def measure(self, labels: NDArray[np.int64]) -> Metrics:
        """Measure the scores of whole clips; `labels` are those of all rows of the table."""
        return measure(self.scores, labels[self.rows], genres=GENRES)


def hold_out(
    table: Table,
    *,
    training: NDArray[np.int64],
    held_out: NDArray[np.int64],
    recipe: Recipe,
    network: NetworkRecipe | None = SHIPPED,
) -> Logits:
    """Train on the rows `training`; return the logits of the rows `held_out`.

    Without a `network` they are those of the Gaussians.
    """
    gaussians = fit_table(table, training, recipe=recipe)
    penultimate = table.arrays[PENULTIMATE][held_out]
    _, distance = gaussians.judge(average_segments(penultimate))
    if network is None:
        return Logits(held_out, gaussians.judge(penultimate)[0], distance)
    decides = fit_network(table, training, gaussians=gaussians, recipe=network)
    return Logits(held_out, decides.judge(penultimate), distance)


def hold_out_all(
    table: Table, *, recipe: Recipe, network: NetworkRecipe | None = SHIPPED
) -> tuple[Logits, ...]:
    """Return the logits of the held-out rows of each of the fifteen folds."""
    return tuple(
        hold_out(table, training=training, held_out=held_out, recipe=recipe, network=network)
        for training, held_out in split_folds(table)
    )


def as_fold(logits: Logits, calibration: Calibration) -> Fold:
    """Return the verdicts that `calibration` makes of `logits`."""
    scores, segments = calibration.score(logits)
    raw = calibration.combine(logits)[0].max(axis=1)
    return Fold(logits.rows, scores, segments, raw)


def cross_validate(
    table: Table, *, recipe: Recipe, network: NetworkRecipe | None = SHIPPED
) -> tuple[Fold, ...]:
    """Return the verdicts of each of the fifteen folds, calibrated on other artists only."""
    return calibrate_folds(hold_out_all(table, recipe=recipe, network=network), table.labels)


def calibrate_folds(parts: tuple[Logits, ...], labels: NDArray[np.int64]) -> tuple[Fold, ...]:
    """Return the verdicts of each part, calibrated on the others' rows that are not in it."""
    everything = joined(parts)
    folds = []
    for part in parts:
        others = everything.select(~np.isin(everything.rows, part.rows))
        folds.append(as_fold(part, fit_calibration(others, labels[others.rows])))
    return tuple(folds)


def format_report(folds: tuple[Fold, ...], labels: NDArray[np.int64]) -> str:
    """Return the figures of all folds as Markdown."""
    by_fold = [fold.measure(labels) for fold in folds]
    accuracies = np.array([metrics.accuracy for metrics in by_fold])
    pooled = measure(
        np.concatenate([fold.scores for fold in folds]),
        np.concatenate([labels[fold.rows] for fold in folds]),
        genres=GENRES,
    )
    alone = [
        np.mean(fold.segments.argmax(axis=2) == labels[fold.rows][:, np.newaxis]) for fold in folds
    ]
    figures = {
        "accuracy": f"{accuracies.mean():.3f} (folds {accuracies.min():.3f} to"
        f" {accuracies.max():.3f})",
        "balanced accuracy": f"{np.mean([metrics.balanced_accuracy for metrics in by_fold]):.3f}",
        "accuracy of one segment alone": f"{np.mean(alone):.3f}",
        "expected calibration error": f"{pooled.ece:.3f}",
        "covered while 95 % right": f"{pooled.coverage:.3f}",
    }
    lines = ["| held out, 15 artist-grouped folds | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in figures.items()]
    recalls = pooled.per_genre_recall.items()
    lines += [f"| recall, {genre} | {share:.2f} |" for genre, share in recalls]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the cross-validated figures; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.crossvalidate",
        description="Judge the shipped recipe with artists kept apart.",
    )
    data = os.environ.get("GENRETAGGER_GTZAN", "")
    parser.add_argument("--table", type=Path, default=Path(data, TABLE_FILE))
    parser.add_argument("--gaussians", action="store_true", help="judge the network's teacher")
    options = parser.parse_args(arguments)
    try:
        table = load_table(options.table, needs=(PENULTIMATE,))
    except GenreTaggerError as error:
        print(error, file=sys.stderr)
        return 2
    network = None if options.gaussians else SHIPPED
    folds = cross_validate(table, recipe=Recipe(), network=network)
    print(format_report(folds, table.labels))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
