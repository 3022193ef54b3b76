"""The whole training, one command: `python -m genretagger.training` (`make train`).

From a data folder with tables, or any folder of labelled audio (GTZAN as it is unpacked): hear it,
run the origin's network under both protocols, train and judge ours, measure what else is published,
write model, figures and every text that shows them. Needs no network.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np

from genretagger.analysis.classifier import Model
from genretagger.core.errors import GenreTaggerError
from genretagger.core.resources import models_folder
from genretagger.training.baseline import N_EPOCHS, run_both
from genretagger.training.crossvalidate import as_fold, hold_out, hold_out_all
from genretagger.training.data.audio_folder import labelled_files
from genretagger.training.data.dataset import GENRES, N_FOLDS, Table
from genretagger.training.evaluation import measure
from genretagger.training.evaluation.figures import (
    CalledFigures,
    Figures,
    HoldOutFigures,
    OpenSetFigures,
    RobustnessFigures,
    SeparationFigures,
    load_figures,
    save_figures,
)
from genretagger.training.evaluation.speed import measure_speed
from genretagger.training.model.calibrate import fit_calibration, joined
from genretagger.training.model.gaussian import Recipe
from genretagger.training.model.music_detector import (
    MUSIC,
    Sounds,
    called_not_music,
    load_sounds,
    music_auroc,
    pooled,
)
from genretagger.training.model.open_set import left_out_auroc
from genretagger.training.report.build import (
    ReportPaths,
    source_paths,
    trial_paths,
    write_texts,
)
from genretagger.training.robustness import robustness_in_processes
from genretagger.training.sources import TrainingSource, source_of
from genretagger.training.train import MODEL_ID, Trained, save, train

DATA_VARIABLE: Final = "GENRETAGGER_GTZAN"
MUSIC_VARIABLE: Final = "GENRETAGGER_MUSIC"
_CACHE: Final = models_folder().parent / "build" / "tables"
_CLIPS_PER_GENRE: Final = 10  # heard again after every change of the sound
_N_WORKERS: Final = 2
_QUICK_EPOCHS: Final = 3


def run_training(source: TrainingSource, paths: ReportPaths, *, quick: bool = False) -> Figures:
    """Train on `source`, write the model beside its card, and return every figure.

    Parameters
    ----------
    source : Source
        Data as the application hears it.
    paths : ReportPaths
        Where things go; the model goes into the folder of the card.
    quick : bool
        Cut short what takes long: for a trial, not for publication.

    Raises
    ------
    GenreTaggerError
        The data cannot be trained on, or the model cannot be run.
    """
    table, recipe = source.table, Recipe()
    _say(f"training on {len(table.clips)} clips")
    sounds = pooled(source.music, load_sounds())
    trained = train(table, sounds=sounds, recipe=recipe)
    folder = paths.card.parent
    save(trained, folder, trained_on=_trained_on(source, sounds))
    model = measure.model_figures(folder)
    data = measure.data_figures(table, name=source.name)
    _say("the origin's network, random rows and artists kept apart")
    n_epochs = _QUICK_EPOCHS if quick else N_EPOCHS
    baselines = None if source.pieces is None else run_both(source.pieces, n_epochs=n_epochs)
    _say("what is unlike the training data, and what is not music")
    separated = open_set(table, trained, sounds=sounds, recipe=recipe)
    _say("changes of the sound, and speed")
    shipped = Model.load(folder)
    clips = (
        [] if source.audio is None else list(_some(source.audio, 1 if quick else _CLIPS_PER_GENRE))
    )
    return Figures(
        model=model,
        machine=measure.machine_figures(),
        data=data,
        cross_validation=measure.fold_figures(
            trained.folds, labels=table.labels, groups=table.groups
        ),
        hold_out=held_out(table, recipe=recipe),
        baselines=baselines,
        robustness=_robustness(clips, folder),
        open_set=separated,
        speed=measure_speed((path for path, _ in clips), model=shipped),
        limits=measure.limits(model, data),
    )


def _trained_on(source: TrainingSource, sounds: Sounds) -> str:
    """Return what the model card says that a model was trained on."""
    n_music, n_others = int(np.sum(sounds.kinds == MUSIC)), int(np.sum(~sounds.is_music))
    return (
        f"{len(source.table.clips)} clips of {source.name}; embedding: musicnn 0.1.0, Million Song"
        f" Dataset; what is music: {n_music} pieces without a genre and {n_others} other sounds"
    )


def held_out(table: Table, *, recipe: Recipe) -> HoldOutFigures | None:
    """Return what the training partition alone gives on the validation one, if there are both."""
    training, held = (np.flatnonzero(table.splits == name) for name in ("train", "valid"))
    if not len(training) or not len(held):
        return None
    part = table.rows(table.splits == "train")
    if len(np.unique(part.groups)) < N_FOLDS:
        return None
    judged = joined(hold_out_all(part, recipe=recipe))
    calibration = fit_calibration(judged, part.labels[judged.rows])
    logits = hold_out(table, training=training, held_out=held, recipe=recipe)
    return measure.hold_out_figures(
        as_fold(logits, calibration), labels=table.labels, n_training=len(training)
    )


def open_set(table: Table, trained: Trained, *, sounds: Sounds, recipe: Recipe) -> OpenSetFigures:
    """Return how well what has no genre here is told from music that has one."""
    counts = {genre: int(np.sum(table.genres == genre)) for genre in GENRES}
    left_out = left_out_auroc(table, recipe=recipe)
    called = called_not_music(trained.odds, sounds, threshold=trained.music_above)
    music = set(sounds.sets[sounds.is_music].tolist())
    return OpenSetFigures(
        tuple(SeparationFigures(name, one, counts[name]) for name, one in left_out.items()),
        tuple(
            SeparationFigures(name, *one) for name, one in music_auroc(trained.odds, sounds).items()
        ),
        tuple(
            CalledFigures(name, name in music, n, n_called)
            for name, (n_called, n) in called.items()
        ),
    )


def _some(audio: Path, n: int) -> Iterator[tuple[Path, str]]:
    """Yield (path, genre) of the first `n` files of each genre."""
    for _, files in groupby(labelled_files(audio), key=lambda file: file[1]):
        yield from list(files)[:n]


def _robustness(
    paths: list[tuple[Path, str]], model_folder: Path
) -> tuple[RobustnessFigures, ...] | None:
    if not paths:
        return None
    with tempfile.TemporaryDirectory() as temporary:
        for path, genre in paths:
            link = Path(temporary, genre, path.name)
            link.parent.mkdir(exist_ok=True)
            link.symlink_to(path.resolve())
        rows = robustness_in_processes(
            Path(temporary), model_folder=model_folder, n_workers=_N_WORKERS
        )
    return tuple(
        RobustnessFigures(
            row.name,
            row.n,
            row.n_refused,
            row.agreement,
            row.accuracy,
            row.accuracy_change,
            row.confidence_change,
        )
        for row in rows
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure and write; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training",
        description="Train on a folder, measure everything, write model, figures and report.",
    )
    data = os.environ.get(DATA_VARIABLE)
    parser.add_argument("--data", type=Path, help=f"the folder (default: {DATA_VARIABLE})")
    parser.add_argument("--index", type=Path, help="data folder that names GTZAN's artists")
    parser.add_argument(
        "--music",
        type=Path,
        help=f"music without labels, a folder a source (default: {MUSIC_VARIABLE}, else `music`"
        " beside the data folder)",
    )
    parser.add_argument("--out", type=Path, help="a folder for a trial, instead of the sources")
    parser.add_argument("--cache", type=Path, default=_CACHE, help="where heard tables are kept")
    parser.add_argument("--quick", action="store_true", help="with --out: less of what takes long")
    chosen = parser.parse_args(arguments)
    if chosen.data is None and not data:
        parser.error(f"no data folder: set {DATA_VARIABLE}, or use --data")
    if chosen.quick and chosen.out is None:
        parser.error("--quick is for a trial: it needs --out")
    index = chosen.index or (Path(data) if data else None)
    paths = trial_paths(chosen.out) if chosen.out else source_paths(MODEL_ID)
    try:
        folder = chosen.data or Path(data or "")
        beside = os.environ.get(MUSIC_VARIABLE) or folder.resolve().parent / "music"
        music = chosen.music or Path(beside)
        source = source_of(folder, cache=chosen.cache, index=index, music=music)
        figures = run_training(source, paths, quick=chosen.quick)
        save_figures(figures, paths.figures)
        # As they will be read: a figure on the edge must be rounded alike every time.
        write_texts(load_figures(paths.figures), paths)
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{paths.card.parent}\n{paths.report}")
    return 0
