"""Compute figures from verdicts on held-out rows, and describe model, data and machine.

Trains nothing and hears nothing; reads the model folder and facts of the machine.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.manifest import load_manifest
from genretagger.core.predictions import ModelManifest
from genretagger.training.data.dataset import GENRES, Table
from genretagger.training.data.metrics import (
    PRECISION,
    bootstrap,
    measure,
    reliability_bins,
    risk_coverage,
)
from genretagger.training.evaluation.figures import (
    DataFigures,
    FoldFigures,
    FoldSummary,
    GenreFigures,
    HoldOutFigures,
    LevelFigures,
    MachineFigures,
    ModelFigures,
)
from genretagger.training.evaluation.verdicts import Verdicts
from genretagger.training.model.embedding import read_embedding

_MAX_POINTS: Final = 200
_BOOTSTRAP_SEED: Final = 0
_SPARSE: Final = 40  # a genre with fewer clips is reported as sparse

_ONLY_GENRES: Final = (
    "It names one of {n} genres. Electronic music, folk, soul, music that is not Western and speech"
    " have none of their own: at best such a track is unsure, and a style is suggested where"
    " labelled music shows that it is heard."
)
_WIDE: Final = (
    "Intervals are wide: there are {clips} clips by {artists} known artists, and clips of one"
    " artist are alike."
)
_EXCERPTS: Final = (
    "A track is judged by at most {n} segments of {seconds:.0f} s; what is between them is not"
    " heard."
)
_OLD: Final = "Every recording of GTZAN is from before 2002, most from English-speaking countries."
_NO_TEST: Final = (
    "The fault-filtered test partition of GTZAN was used for no choice; this file has no figures"
    " of it."
)
_UNNAMED: Final = (
    "The artist of {n} clips is not known: it may stand on both sides of a fold, which makes"
    " figures too good."
)
_UNCALIBRATED: Final = "Confidence is not calibrated: it is not the probability of being right."
# Packages whose version can change a figure.
_PACKAGES: Final = ("numpy", "tensorflow-cpu", "keras", "scikit-learn", "librosa", "ai-edge-litert")


def summarise_folds(
    folds: Sequence[Verdicts], *, labels: NDArray[np.int64], groups: NDArray[np.str_]
) -> FoldFigures:
    """Return the figures of a cross-validation.

    Parameters
    ----------
    folds : sequence of Verdicts
        At least one; a row may be held out by several.
    labels : np.ndarray [int64, shape=(n_table_rows,)]
        Index of the true genre of every row of the table.
    groups : np.ndarray [str, shape=(n_table_rows,)]
        Artist or clip of every row of the table, for the intervals.
    """
    by_fold = [measure(fold.scores, labels[fold.rows], genres=GENRES) for fold in folds]
    rows = np.concatenate([fold.rows for fold in folds])
    scores = np.concatenate([fold.scores for fold in folds])
    right = scores.argmax(axis=1) == labels[rows]
    confidence = scores.max(axis=1)
    pooled = measure(scores, labels[rows], genres=GENRES)
    intervals = bootstrap(confidence, right, groups=groups[rows], seed=_BOOTSTRAP_SEED)
    alone = [
        np.mean(fold.segments.argmax(axis=2) == labels[fold.rows][:, np.newaxis]) for fold in folds
    ]
    return FoldFigures(
        n_folds=len(folds),
        n_clips=len(np.unique(rows)),
        n_verdicts=len(rows),
        accuracy=_summarise(metrics.accuracy for metrics in by_fold),
        balanced_accuracy=_summarise(metrics.balanced_accuracy for metrics in by_fold),
        segment_accuracy=float(np.mean(alone)),
        pooled_accuracy=pooled.accuracy,
        accuracy_interval=intervals.accuracy,
        ece=pooled.ece,
        ece_interval=intervals.ece,
        coverage_at_precision=pooled.coverage,
        precision=PRECISION,
        genres=tuple(
            GenreFigures(
                genre=genre,
                n=sum(pooled.confusion[label]),
                recall=pooled.per_genre_recall.get(genre),
                precision=pooled.per_genre_precision.get(genre),
            )
            for label, genre in enumerate(GENRES)
        ),
        confusion=pooled.confusion,
        reliability=reliability_bins(confidence, right),
        risk_coverage=risk_coverage(confidence, right, at_most=_MAX_POINTS),
    )


def _summarise(values: Iterable[float]) -> FoldSummary:
    array = np.array(list(values))
    return FoldSummary(float(array.mean()), float(array.min()), float(array.max()))


def summarise_hold_out(
    fold: Verdicts, *, labels: NDArray[np.int64], n_training: int, n_cuts: int = 0
) -> HoldOutFigures:
    """Return the figures of one held-out partition; `labels` are those of the whole table."""
    metrics = measure(fold.scores, labels[fold.rows], genres=GENRES)
    return HoldOutFigures(
        n_training=n_training,
        n=metrics.n,
        accuracy=metrics.accuracy,
        interval=metrics.interval,
        balanced_accuracy=metrics.balanced_accuracy,
        ece=metrics.ece,
        coverage_at_precision=metrics.coverage,
        n_cuts=n_cuts,
    )


def describe_data(table: Table, *, name: str) -> DataFigures:
    """Return the number of clips and artists in `table`, by genre and by split."""
    n_cuts = int(table.cuts.sum())
    table = table.rows(~table.cuts)
    named = table.artists != ""
    of_genre = {genre: table.genres == genre for genre in GENRES}
    return DataFigures(
        name=name,
        n_clips=len(table.clips),
        n_artists=len(np.unique(table.artists[named])),
        n_unnamed=int(np.sum(~named)),
        clips={genre: int(rows.sum()) for genre, rows in of_genre.items()},
        artists={
            genre: len(np.unique(table.artists[rows & named])) for genre, rows in of_genre.items()
        },
        splits={
            split: int(np.sum(table.splits == split)) for split in np.unique(table.splits).tolist()
        },
        n_cuts=n_cuts,
    )


def describe_model(folder: Path) -> ModelFigures:
    """Return the published facts of the model in `folder`.

    Raises
    ------
    ModelError
        The manifest is missing or not valid.
    EmbeddingError
        So is the record of the embedding.
    """
    manifest, record = load_manifest(folder), read_embedding(folder).record
    sha256 = dict(manifest.sha256)
    return ModelFigures(
        model_id=manifest.model_id,
        embedding_id=manifest.embedding_id,
        genres=manifest.genres,
        hints=manifest.hints,
        segment_s=manifest.feature_spec.segment_s,
        max_segments=manifest.feature_spec.max_segments,
        sample_rate_hz=manifest.feature_spec.sample_rate_hz,
        level_db=manifest.feature_spec.level_db,
        temperature=manifest.temperature,
        segment_weight=manifest.segment_weight,
        focus=manifest.focus,
        calibrated=manifest.calibrated,
        levels=_list_levels(manifest),
        unsure_below=manifest.unsure_below,
        least_support=manifest.least_support,
        unfamiliar_above=manifest.unfamiliar_above,
        music_above=manifest.music_above,
        outside_above=manifest.outside_above,
        trained_on=manifest.trained_on,
        studied=record.audio,
        n_passes=record.n_passes,
        hours_heard=record.hours_heard,
        n_bytes=sum((folder / name).stat().st_size for name in sha256),
        sha256=sha256,
    )


def _list_levels(manifest: ModelManifest) -> tuple[LevelFigures, ...]:
    thresholds = (("high", manifest.high), ("medium", manifest.medium))
    return tuple(
        LevelFigures(name, threshold.confidence, threshold.precision, threshold.coverage)
        for name, threshold in thresholds
    )


def describe_machine() -> MachineFigures:
    """Return system, cores and package versions, but no name of the machine or its user."""
    return MachineFigures(
        system=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        n_cores=os.cpu_count() or 1,
        versions={name: importlib.metadata.version(name) for name in _PACKAGES},
    )


def list_limits(model: ModelFigures, data: DataFigures) -> tuple[str, ...]:
    """Return the limits of the model, as sentences for its users."""
    limits = [
        _ONLY_GENRES.format(n=len(model.genres)),
        _WIDE.format(clips=data.n_clips, artists=data.n_artists),
        _EXCERPTS.format(n=model.max_segments, seconds=model.segment_s),
    ]
    if "GTZAN" in data.name:
        limits += [_OLD, _NO_TEST]
    sparse = [f"{genre} ({n} clips)" for genre, n in data.clips.items() if n < _SPARSE]
    if sparse:
        limits.append(f"Sparse in the training data: {', '.join(sparse)}.")
    if data.n_unnamed:
        limits.append(_UNNAMED.format(n=data.n_unnamed))
    if not model.calibrated:
        limits.append(_UNCALIBRATED)
    return tuple(limits)
