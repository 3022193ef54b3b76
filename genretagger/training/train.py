"""Train on a table and write a model folder: `python -m genretagger.training.train TABLE OUT`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.core.errors import GenreTaggerError
from genretagger.core.predictions import UNSURE_BELOW, ModelManifest, Threshold
from genretagger.training.crossvalidate import Fold, calibrate_folds, format_report, hold_out_all
from genretagger.training.data.dataset import (
    GENRES,
    LOGITS,
    PENULTIMATE,
    Table,
    load_table,
)
from genretagger.training.model import musicnn
from genretagger.training.model.calibrate import (
    FOCUS,
    UNFAMILIAR_SHARE,
    Calibration,
    MeasuredLevels,
    fit_calibration,
    joined,
    measure_levels,
)
from genretagger.training.model.export import (
    build_classifier,
    compute_checksums,
    make_filterbanks,
    make_model_files,
    write_folder,
)
from genretagger.training.model.gaussian import Recipe, fit_table
from genretagger.training.model.music_detector import (
    Sounds,
    as_music,
    choose_music_threshold,
    compute_music_odds,
    fit_music,
    load_sounds,
    pooled,
)
from genretagger.training.model.network import (
    SHIPPED,
    Network,
    fit_network,
    make_silent_network,
)
from genretagger.training.model.pruning import prune

MODEL_ID: Final = "musicnn-msd-dense-4"

# Those of the 50 tags that are genres or styles and not among the ten genres.
HINT_TAGS: Final = (
    "alternative",
    "indie",
    "electronic",
    "dance",
    "alternative rock",
    "chillout",
    "classic rock",
    "soul",
    "indie rock",
    "electronica",
    "folk",
    "punk",
    "hard rock",
    "ambient",
    "acoustic",
    "experimental",
    "easy listening",
    "funk",
    "electro",
    "heavy metal",
    "Progressive rock",
    "rnb",
    "indie pop",
    "House",
)

# A hint is shown if its tag stands out: in the top tenth of the tracks (genres balanced), and never
# below this probability. By this rule the tags that are among our genres (blues, country, metal,
# Hip-Hop) are right in 54 to 95 % of the clips (docs/model.md).
LEAST_HINT: Final = 0.1
_HINT_QUANTILE: Final = 0.9
# If fewer than half of the segments agree, 47 % of held-out verdicts are right (docs/model.md).
LEAST_SUPPORT: Final = 0.5


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A trained model: its files without the manifest, the values for that, and its verdicts.

    folds : verdicts of the cross-validation
    odds : np.ndarray [float64, shape=(n_sounds,)]   log-odds of music of the sounds, held out
    """

    files: dict[str, bytes]
    calibration: Calibration
    levels: MeasuredLevels
    unfamiliar_above: float
    music_above: float
    hints: tuple[tuple[str, float], ...]
    folds: tuple[Fold, ...]
    odds: NDArray[np.float64]


def train_model(table: Table, *, sounds: Sounds, recipe: Recipe) -> TrainedModel:
    """Train on every row of `table`; calibrate the confidence on held-out rows.

    Parameters
    ----------
    table : Table
        With the penultimate layer of the embedding, as the application hears it.
    sounds : Sounds
        Music, which includes the clips of `table`, and other sounds.
    recipe : Recipe
        Every choice of the training.
    """
    labels = table.labels
    gaussians = fit_table(table, recipe=recipe)
    network = fit_network(table, gaussians=gaussians, recipe=SHIPPED)
    music = fit_music(gaussians, sounds)
    parts = hold_out_all(table, recipe=recipe)
    held_out, folds = joined(parts), calibrate_folds(parts, labels)
    scores = np.concatenate([fold.scores for fold in folds])
    right = scores.argmax(axis=1) == np.concatenate([labels[fold.rows] for fold in folds])
    odds = compute_music_odds(gaussians, sounds)
    return TrainedModel(
        _make_files(network, music=music),
        fit_calibration(held_out, labels[held_out.rows]),
        measure_levels(scores.max(axis=1), right),
        unfamiliar_above=float(np.quantile(held_out.distance, 1 - UNFAMILIAR_SHARE)),
        music_above=choose_music_threshold(odds, sounds),
        hints=choose_hint_thresholds(table),
        folds=folds,
        odds=odds,
    )


def choose_hint_thresholds(table: Table) -> tuple[tuple[str, float], ...]:
    """Return (tag, least mean probability) of each of `HINT_TAGS`, from the logits of the table."""
    means = (1 / (1 + np.exp(-table.arrays[LOGITS].astype(np.float64)))).mean(axis=1)
    weights = 1 / np.bincount(table.labels)[table.labels]
    quantiles = np.quantile(means, _HINT_QUANTILE, axis=0, weights=weights, method="inverted_cdf")
    least = dict(zip(musicnn.TAGS, quantiles.tolist(), strict=True))
    return tuple((tag, round(max(LEAST_HINT, least[tag]), 3)) for tag in HINT_TAGS)


def make_manifest(trained: TrainedModel, *, trained_on: str) -> ModelManifest:
    """Return the manifest of a trained model."""
    return ModelManifest(
        model_id=MODEL_ID,
        embedding_id=musicnn.EMBEDDING_ID,
        genres=GENRES,
        tags=musicnn.TAGS,
        hints=trained.hints,
        n_units=musicnn.N_UNITS,
        feature_spec=musicnn.FEATURE_SPEC,
        temperature=trained.calibration.temperature,
        calibrated=True,
        segment_weight=trained.calibration.segment_weight,
        focus=FOCUS,
        beta=trained.calibration.beta,
        high=trained.levels.high,
        medium=trained.levels.medium,
        unsure_below=UNSURE_BELOW,
        least_support=LEAST_SUPPORT,
        unfamiliar_above=trained.unfamiliar_above,
        music_above=trained.music_above,
        sha256=compute_checksums(trained.files),
        trained_on=trained_on,
    )


def save_model(trained: TrainedModel, folder: Path, *, trained_on: str) -> ModelManifest:
    """Write the model folder without its card, and return its manifest."""
    manifest = make_manifest(trained, trained_on=trained_on)
    write_folder(folder, files=trained.files, manifest=manifest)
    return manifest


def save_listener(folder: Path, table: Table, *, recipe: Recipe) -> None:
    """Write a model folder with the embedding of the new model and worthless verdicts.

    With it, hearing for the training does not depend on a model that was trained before.
    """
    network = make_silent_network(fit_table(table, recipe=recipe))
    files = _make_files(network, music=(np.zeros(len(network.gaussians.mean)), 1.0))
    unknown = Threshold(1.0, 0.0, 0.0)
    trained = TrainedModel(
        files,
        Calibration(1.0, 0.0),
        MeasuredLevels(unknown, unknown),
        unfamiliar_above=1e9,
        music_above=0.0,
        hints=(),
        folds=(),
        odds=np.zeros(0),
    )
    save_model(trained, folder, trained_on="")


def _make_files(network: Network, *, music: tuple[NDArray[np.float64], float]) -> dict[str, bytes]:
    return make_model_files(
        embedding=prune(musicnn.load_embedding()),
        classifier=build_classifier(network, music=music),
        filterbanks=make_filterbanks(musicnn.FEATURE_SPEC),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on a table and write the model folder; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.train",
        description="Train on a table of `extract`; for a data folder use `genretagger.training`.",
    )
    parser.add_argument("table", type=Path, help="a table of extract")
    parser.add_argument("out", type=Path, help="the model folder")
    parser.add_argument("--split", help="train on the rows of this split only")
    options = parser.parse_args(arguments)
    try:
        table = load_table(options.table, needs=(LOGITS, PENULTIMATE))
        if options.split is not None:
            table = table.rows(table.splits == options.split)
        sounds = pooled(as_music(table, name="the labelled clips"), load_sounds())
        trained = train_model(table, sounds=sounds, recipe=Recipe())
        split = f", split {options.split}" if options.split else ""
        trained_on = f"{len(table.clips)} clips of {options.table.name}{split}"
        save_model(trained, options.out, trained_on=trained_on)
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(format_report(trained.folds, table.labels))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
