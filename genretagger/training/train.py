"""From a table to a model folder: `python -m genretagger.training.train TABLE OUT`."""

from __future__ import annotations

import argparse
import importlib.metadata
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.scoring import over_time
from genretagger.core.errors import GenreTaggerError
from genretagger.core.predictions import ModelManifest, Threshold
from genretagger.training.crossvalidate import Fold, cross_validate, hold_out_all, report
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
    LevelThresholds,
    fit_calibration,
    joined,
    levels,
)
from genretagger.training.model.export import (
    checksums,
    classifier_graph,
    filterbanks,
    model_files,
    write_folder,
)
from genretagger.training.model.gaussian import Gaussians, Recipe, fit
from genretagger.training.model.licences import LICENSES
from genretagger.training.model.music_detector import (
    Sounds,
    fit_music,
    labelled,
    load_sounds,
    music_odds,
    music_threshold,
    pooled,
)

MODEL_ID: Final = "musicnn-msd-gaussian-3"

# Tags of the 50 that are genres or styles and not among the ten.
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

# A hint is shown where its tag stands out: in a tenth of the tracks of balanced genres, and never
# below this probability. So chosen, the tags that are genres of ours (blues, country, metal,
# Hip-Hop) are right in 54 to 95 % of the clips (docs/model.md).
LEAST_HINT: Final = 0.1
_HINT_QUANTILE: Final = 0.9
# Fewer than half of the segments agree: held-out verdicts are then right in 42 % (docs/model.md).
LEAST_SUPPORT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained model: its files but the manifest, what goes into that, and how it was judged.

    `odds` are the log-odds of music of the sounds learned of, each held out [shape=(n_sounds,)].
    """

    files: dict[str, bytes]
    calibration: Calibration
    levels: LevelThresholds
    unfamiliar_above: float
    music_above: float
    hints: tuple[tuple[str, float], ...]
    folds: tuple[Fold, ...]
    odds: NDArray[np.float64]


def train(table: Table, *, sounds: Sounds, recipe: Recipe) -> Trained:
    """Return a model trained on every row of `table`, its confidence calibrated on held-out rows.

    Parameters
    ----------
    table : Table
        With the penultimate layer of the embedding, as the application hears it.
    sounds : Sounds
        What is music, the clips of `table` among it, and what is none.
    recipe : Recipe
        Every choice of the training.
    """
    rows, labels = over_time(table.arrays[PENULTIMATE]), table.labels
    found = fit(rows, labels, table.groups, n_genres=len(GENRES), recipe=recipe)
    music = fit_music(found, sounds)
    held = joined(hold_out_all(table, recipe=recipe))
    judged = cross_validate(table, recipe=recipe)
    scores = np.concatenate([fold.scores for fold in judged])
    right = scores.argmax(axis=1) == np.concatenate([labels[fold.rows] for fold in judged])
    odds = music_odds(found, sounds)
    return Trained(
        _files(found, music=music),
        fit_calibration(held, labels[held.rows]),
        levels(scores.max(axis=1), right),
        unfamiliar_above=float(np.quantile(held.distance, 1 - UNFAMILIAR_SHARE)),
        music_above=music_threshold(odds, sounds),
        hints=hint_thresholds(table),
        folds=judged,
        odds=odds,
    )


def hint_thresholds(table: Table) -> tuple[tuple[str, float], ...]:
    """Return the least mean probability of each tag of `HINT_TAGS`, from the tags of the table."""
    means = (1 / (1 + np.exp(-table.arrays[LOGITS].astype(np.float64)))).mean(axis=1)
    weights = 1 / np.bincount(table.labels)[table.labels]
    found = np.quantile(means, _HINT_QUANTILE, axis=0, weights=weights, method="inverted_cdf")
    least = dict(zip(musicnn.TAGS, found.tolist(), strict=True))
    return tuple((tag, round(max(LEAST_HINT, least[tag]), 3)) for tag in HINT_TAGS)


def manifest_of(trained: Trained, *, trained_on: str) -> ModelManifest:
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
        high=trained.levels.high,
        medium=trained.levels.medium,
        unsure_below=trained.levels.unsure_below,
        least_support=LEAST_SUPPORT,
        unfamiliar_above=trained.unfamiliar_above,
        music_above=trained.music_above,
        sha256=checksums(trained.files),
        trained_on=trained_on,
    )


def save(trained: Trained, folder: Path, *, trained_on: str) -> ModelManifest:
    """Write the model folder but its card, and return its manifest."""
    manifest = manifest_of(trained, trained_on=trained_on)
    texts = {"LICENSES": LICENSES + _licence_of_musicnn()}
    write_folder(folder, files=trained.files, manifest=manifest, texts=texts)
    return manifest


def save_listener(folder: Path, table: Table, *, recipe: Recipe) -> None:
    """Write a model folder that hears as the new model will; its verdicts are of no worth.

    So that hearing for the training depends on no model that was trained before.
    """
    rows = over_time(table.arrays[PENULTIMATE])
    found = fit(rows, table.labels, table.groups, n_genres=len(GENRES), recipe=recipe)
    files = _files(found, music=(np.zeros(rows.shape[1]), 1.0))
    unknown = Threshold(1.0, 0.0, 0.0)
    trained = Trained(
        files,
        Calibration(1.0, 0.0),
        LevelThresholds(unknown, unknown, 0.0),
        unfamiliar_above=1e9,
        music_above=0.0,
        hints=(),
        folds=(),
        odds=np.zeros(0),
    )
    save(trained, folder, trained_on="")


def _files(found: Gaussians, *, music: tuple[NDArray[np.float64], float]) -> dict[str, bytes]:
    return model_files(
        embedding=musicnn.load_embedding(),
        classifier=classifier_graph(found, music=music),
        banks=filterbanks(musicnn.FEATURE_SPEC),
    )


def _licence_of_musicnn() -> str:
    return importlib.metadata.distribution("musicnn").read_text("LICENSE.md") or ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on a table and write the model folder; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.train",
        description="From a table of `extract` to a model; for a data folder use `story`.",
    )
    parser.add_argument("table", type=Path, help="a table of extract")
    parser.add_argument("out", type=Path, help="the model folder")
    parser.add_argument("--split", help="train on the rows of this split only")
    chosen = parser.parse_args(arguments)
    try:
        table = load_table(chosen.table, needs=(LOGITS, PENULTIMATE))
        if chosen.split is not None:
            table = table.rows(table.splits == chosen.split)
        sounds = pooled(labelled(table, name="the labelled clips"), load_sounds())
        trained = train(table, sounds=sounds, recipe=Recipe())
        split = f", split {chosen.split}" if chosen.split else ""
        trained_on = f"{len(table.clips)} clips of {chosen.table.name}{split}"
        save(trained, chosen.out, trained_on=trained_on)
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(report(trained.folds, table.labels))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
