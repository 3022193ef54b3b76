"""Train on a table and write a model folder: `python -m genretagger.training.train TABLE OUT`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.manifest import default_model_folder
from genretagger.core.errors import GenreTaggerError
from genretagger.core.predictions import UNSURE_BELOW, ModelManifest
from genretagger.training.crossvalidate import Fold, calibrate_folds, format_report, hold_out_all
from genretagger.training.data.dataset import (
    GENRES,
    LOGITS,
    PENULTIMATE,
    Table,
    load_table,
)
from genretagger.training.model.calibrate import (
    FOCUS,
    UNFAMILIAR_SHARE,
    Calibration,
    MeasuredLevels,
    fit_calibration,
    joined,
    measure_levels,
)
from genretagger.training.model.embedding import Embedding, read_embedding
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
    fit_network,
)
from genretagger.training.model.outside import (
    choose_outside_threshold,
    compute_outside_odds,
    fit_outside,
)
from genretagger.training.model.styles import StyleMeasure, fit_styles
from genretagger.training.styles.labels import group_style_tags
from genretagger.training.styles.tracks import (
    StyleTracks,
    load_packaged_music,
    pool_tracks,
    take_clips,
)

MODEL_ID: Final = "musicnn-student-1"

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

    embedding : what hears; the files hold its graph
    folds : verdicts of the cross-validation
    odds : np.ndarray [float64, shape=(n_sounds,)]   log-odds of music of the sounds, held out
    styles : the styles beyond the ten, with what was measured of each
    outside_odds : np.ndarray [float64, shape=(n_clips + n_tracks,)]   log-odds of none of the ten
        genres, held out, of the clips and of the other music
    """

    embedding: Embedding
    files: dict[str, bytes]
    calibration: Calibration
    levels: MeasuredLevels
    unfamiliar_above: float
    music_above: float
    hints: tuple[tuple[str, float], ...]
    folds: tuple[Fold, ...]
    odds: NDArray[np.float64]
    styles: tuple[StyleMeasure, ...] = ()
    outside_above: float = 0.0
    outside_odds: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))


def train_model(
    table: Table, *, embedding: Embedding, sounds: Sounds, music: StyleTracks, recipe: Recipe
) -> TrainedModel:
    """Train on every row of `table`; calibrate the confidence on held-out rows.

    Parameters
    ----------
    table : Table
        With the outputs of `embedding`, as the application hears.
    embedding : Embedding
        What ships.
    sounds : Sounds
        Music, which includes the clips of `table`, and other sounds.
    music : StyleTracks
        Other music, of known styles and of none of the ten genres.
    recipe : Recipe
        Every choice of the training.
    """
    labels, tags = table.labels, embedding.record.tags
    gaussians = fit_table(table, recipe=recipe)
    tracks = pool_tracks(take_clips(table), music)
    outside_odds = compute_outside_odds(gaussians, tracks)
    network = fit_network(table, gaussians=gaussians, recipe=SHIPPED)
    parts = hold_out_all(table, recipe=recipe)
    held_out, folds = joined(parts), calibrate_folds(parts, labels)
    scores = np.concatenate([fold.scores for fold in folds])
    right = scores.argmax(axis=1) == np.concatenate([labels[fold.rows] for fold in folds])
    odds = compute_music_odds(gaussians, sounds)
    classifier = build_classifier(
        network, music=fit_music(gaussians, sounds), outside=fit_outside(gaussians, tracks)
    )
    filterbanks = make_filterbanks(embedding.record.feature_spec)
    return TrainedModel(
        embedding,
        make_model_files(embedding=embedding, classifier=classifier, filterbanks=filterbanks),
        fit_calibration(held_out, labels[held_out.rows]),
        measure_levels(scores.max(axis=1), right),
        unfamiliar_above=float(np.quantile(held_out.distance, 1 - UNFAMILIAR_SHARE)),
        music_above=choose_music_threshold(odds, sounds),
        hints=choose_hint_thresholds(table, tags=tags),
        folds=folds,
        odds=odds,
        styles=fit_styles(tracks, tags=tags, tags_of_style=group_style_tags(tags)),
        outside_above=choose_outside_threshold(outside_odds[: len(table.clips)][~table.cuts]),
        outside_odds=outside_odds,
    )


def choose_hint_thresholds(table: Table, *, tags: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Return (tag, least mean probability) of each tag that hears a style, by the table."""
    hears_style = {tag for of_style in group_style_tags(tags).values() for tag in of_style}
    means = (1 / (1 + np.exp(-table.arrays[LOGITS].astype(np.float64)))).mean(axis=1)
    weights = 1 / np.bincount(table.labels)[table.labels]
    quantiles = np.quantile(means, _HINT_QUANTILE, axis=0, weights=weights, method="inverted_cdf")
    return tuple(
        (tag, round(max(LEAST_HINT, least), 3))
        for tag, least in zip(tags, quantiles.tolist(), strict=True)
        if tag in hears_style
    )


def make_manifest(trained: TrainedModel, *, trained_on: str) -> ModelManifest:
    """Return the manifest of a trained model."""
    record = trained.embedding.record
    return ModelManifest(
        model_id=MODEL_ID,
        embedding_id=record.embedding_id,
        genres=GENRES,
        tags=record.tags,
        hints=trained.hints,
        styles=tuple(measure.output for measure in trained.styles),
        n_units=record.n_units,
        feature_spec=record.feature_spec,
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
        outside_above=trained.outside_above,
        sha256=compute_checksums(trained.files),
        trained_on=trained_on,
    )


def save_model(trained: TrainedModel, folder: Path, *, trained_on: str) -> ModelManifest:
    """Write the model folder without its card, and return its manifest."""
    manifest = make_manifest(trained, trained_on=trained_on)
    write_folder(folder, files=trained.files, embedding=trained.embedding, manifest=manifest)
    return manifest


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on a table and write the model folder; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.train",
        description="Train on a table of `extract`; for a data folder use `genretagger.training`.",
    )
    parser.add_argument("table", type=Path, help="a table of extract")
    parser.add_argument("out", type=Path, help="the model folder")
    parser.add_argument("--split", help="train on the rows of this split only")
    parser.add_argument("--embedding", type=Path, help="what heard the table (default: bundled)")
    options = parser.parse_args(arguments)
    try:
        table = load_table(options.table, needs=(LOGITS, PENULTIMATE))
        if options.split is not None:
            table = table.rows(table.splits == options.split)
        sounds = pooled(as_music(table, name="the labelled clips"), load_sounds())
        trained = train_model(
            table,
            embedding=read_embedding(options.embedding or default_model_folder()),
            sounds=sounds,
            music=load_packaged_music(),
            recipe=Recipe(),
        )
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
