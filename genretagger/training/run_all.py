"""The whole training in one command: `python -m genretagger.training` (`make train`).

Takes a data folder with tables, or any folder of labelled audio (GTZAN as it is unpacked). Hears
the audio, runs the origin's network under both protocols, trains our model, measures all that is
published, and writes the model, the figures and every text that shows them. Needs no network.
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
from genretagger.analysis.manifest import default_model_folder
from genretagger.core.errors import GenreTaggerError
from genretagger.core.resources import models_folder
from genretagger.training.baseline import N_EPOCHS, run_both_protocols
from genretagger.training.crossvalidate import (
    Fold,
    as_fold,
    cross_validate,
    hold_out,
    hold_out_all,
)
from genretagger.training.data.audio_folder import find_labelled_files
from genretagger.training.data.dataset import N_FOLDS, VALIDATION, Table
from genretagger.training.evaluation import measure
from genretagger.training.evaluation.beyond import measure_beyond
from genretagger.training.evaluation.figures import (
    Figures,
    FoldFigures,
    HoldOutFigures,
    RobustnessFigures,
    load_figures,
    save_figures,
)
from genretagger.training.evaluation.judges import JudgeFigures, measure_judge
from genretagger.training.evaluation.open_set import measure_open_set
from genretagger.training.evaluation.speed import measure_speed
from genretagger.training.model.calibrate import fit_calibration, joined
from genretagger.training.model.embedding import Embedding, read_embedding
from genretagger.training.model.gaussian import Recipe
from genretagger.training.model.music_detector import (
    MUSIC,
    SOUNDS_TABLE,
    Sounds,
    load_sounds,
    pooled,
)
from genretagger.training.report.build import (
    ReportPaths,
    source_paths,
    trial_paths,
    write_texts,
)
from genretagger.training.robustness import measure_robustness_in_processes
from genretagger.training.sounds_table import require_heard_by
from genretagger.training.sources import TrainingSource, load_source
from genretagger.training.styles.tracks import MUSIC_TABLE
from genretagger.training.train import MODEL_ID, save_model, train_model

DATA_VARIABLE: Final = "GENRETAGGER_GTZAN"
MUSIC_VARIABLE: Final = "GENRETAGGER_MUSIC"
_CACHE: Final = models_folder().parent / "build" / "tables"
_CLIPS_PER_GENRE: Final = 10  # heard again after every change of the sound
_N_WORKERS: Final = 2
_QUICK_EPOCHS: Final = 3


def run_training(
    source: TrainingSource, embedding: Embedding, paths: ReportPaths, *, quick: bool = False
) -> Figures:
    """Train on `source`, write the model, and return every figure.

    Parameters
    ----------
    source : TrainingSource
        Data as `embedding` hears it.
    embedding : Embedding
        What ships.
    paths : ReportPaths
        The model goes into the folder of the card; nothing else is written.
    quick : bool
        Cut the slow steps short: for a trial, not for publication.

    Raises
    ------
    GenreTaggerError
        The data cannot be trained on, or the model cannot be run.
    """
    table, recipe = source.table, Recipe()
    _report(f"training on {len(table.clips)} clips")
    sounds = pooled(source.music, load_sounds())
    trained = train_model(
        table, embedding=embedding, sounds=sounds, music=source.styled, recipe=recipe
    )
    folder = paths.card.parent
    save_model(trained, folder, trained_on=_describe_training(source, embedding, sounds))
    model = measure.describe_model(folder)
    data = measure.describe_data(table, name=source.name)
    _report("the origin's network, random rows and artists kept apart")
    n_epochs = _QUICK_EPOCHS if quick else N_EPOCHS
    pieces = source.pieces
    baselines = None if pieces is None else run_both_protocols(pieces, n_epochs=n_epochs)
    _report("what is unlike the training data, and what is not music")
    open_set = measure_open_set(
        table, recipe=recipe, sounds=sounds, odds=trained.odds, music_above=trained.music_above
    )
    loaded = Model.load(folder)
    beyond = measure_beyond(
        table,
        music=source.styled,
        styles=trained.styles,
        odds=trained.outside_odds,
        model=loaded,
    )
    _report("changes of the sound, and speed")
    clips = list(_pick_clips(source.audio, 1 if quick else _CLIPS_PER_GENRE))
    return Figures(
        model=model,
        machine=measure.describe_machine(),
        data=data,
        cross_validation=measure.summarise_folds(
            trained.folds, labels=table.labels, groups=table.groups
        ),
        unheard=_measure_unheard(table, trained.folds),
        judges=_compare_judges(table, trained.folds, recipe=recipe),
        hold_out=measure_hold_out(table, recipe=recipe),
        baselines=baselines,
        robustness=_measure_robustness(clips, folder),
        open_set=open_set,
        beyond=beyond,
        speed=measure_speed((path for path, _ in clips), model=loaded),
        limits=measure.list_limits(model, data),
    )


def _describe_training(source: TrainingSource, embedding: Embedding, sounds: Sounds) -> str:
    """Return the description of the training data for the manifest and the model card."""
    n_cuts = int(source.table.cuts.sum())
    cuts = f" and {n_cuts} pieces of 3 s of others" if n_cuts else ""
    n_music, n_others = int(np.sum(sounds.kinds == MUSIC)), int(np.sum(~sounds.is_music))
    return (
        f"{int(np.sum(~source.table.cuts))} clips of {source.name}{cuts}; embedding:"
        f" {embedding.record.embedding_id}; what is music: {n_music} pieces without a genre and"
        f" {n_others} other sounds"
    )


def _measure_unheard(table: Table, folds: Sequence[Fold]) -> FoldFigures | None:
    """Return the figures of the verdicts on clips that no embedding learned from, if there are any.

    An embedding that has heard a clip, even without its genre, makes it too easy to judge.
    """
    chosen = [fold.select(np.flatnonzero(table.reserved)) for fold in folds]
    if not all(len(fold.rows) for fold in chosen):
        return None
    return measure.summarise_folds(chosen, labels=table.labels, groups=table.groups)


def _compare_judges(
    table: Table, folds: Sequence[Fold], *, recipe: Recipe
) -> tuple[JudgeFigures, ...]:
    """Return the figures of the network, whose verdicts are `folds`, and of its teacher."""
    gaussians = cross_validate(table, recipe=recipe, network=None)
    return (
        measure_judge(gaussians, table.labels, name="Gaussians"),
        measure_judge(folds, table.labels, name="network (shipped)"),
    )


def measure_hold_out(table: Table, *, recipe: Recipe) -> HoldOutFigures | None:
    """Return the figures of a training on the training split alone, scored on the validation split.

    None if one of the splits is missing or too small.
    """
    training = np.flatnonzero(table.splits == "train")
    held_out = np.flatnonzero((table.splits == VALIDATION) & ~table.cuts)
    if not len(training) or not len(held_out):
        return None
    part = table.rows(table.splits == "train")
    if len(np.unique(part.groups)) < N_FOLDS:
        return None
    judged = joined(hold_out_all(part, recipe=recipe))
    calibration = fit_calibration(judged, part.labels[judged.rows])
    logits = hold_out(table, training=training, held_out=held_out, recipe=recipe)
    n_cuts = int(table.cuts[training].sum())
    return measure.summarise_hold_out(
        as_fold(logits, calibration),
        labels=table.labels,
        n_training=len(training) - n_cuts,
        n_cuts=n_cuts,
    )


def _pick_clips(audio: Path | None, n: int) -> Iterator[tuple[Path, str]]:
    """Yield (path, genre) of the first `n` files of each genre; none without a folder."""
    if audio is not None:
        for _, files in groupby(find_labelled_files(audio), key=lambda file: file[1]):
            yield from list(files)[:n]


def _measure_robustness(
    clips: list[tuple[Path, str]], model_folder: Path
) -> tuple[RobustnessFigures, ...] | None:
    """Return the figures of all changes on `clips`, linked into a folder of their own."""
    if not clips:
        return None
    with tempfile.TemporaryDirectory() as temporary:
        for path, genre in clips:
            link = Path(temporary, genre, path.name)
            link.parent.mkdir(exist_ok=True)
            link.symlink_to(path.resolve())
        return measure_robustness_in_processes(
            Path(temporary), model_folder=model_folder, n_workers=_N_WORKERS
        )


def _report(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options; `data`, `index` and `music` as given or from the environment."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training",
        description="Train on a folder, measure everything, write model, figures and report.",
    )
    parser.add_argument("--data", type=Path, help=f"the folder (default: {DATA_VARIABLE})")
    parser.add_argument("--index", type=Path, help="data folder that names GTZAN's artists")
    parser.add_argument(
        "--music",
        type=Path,
        help=f"music without labels, a folder a source (default: {MUSIC_VARIABLE}, else `music`"
        " beside the data folder)",
    )
    parser.add_argument(
        "--embedding", type=Path, help="what `make student` wrote (default: that of the model)"
    )
    parser.add_argument("--out", type=Path, help="a folder for a trial, instead of the sources")
    parser.add_argument("--cache", type=Path, default=_CACHE, help="where heard tables are kept")
    parser.add_argument("--quick", action="store_true", help="with --out: less of what takes long")
    options = parser.parse_args(arguments)
    data = os.environ.get(DATA_VARIABLE)
    if options.data is None and not data:
        parser.error(f"no data folder: set {DATA_VARIABLE}, or use --data")
    if options.quick and options.out is None:
        parser.error("--quick is for a trial: it needs --out")
    options.index = options.index or (Path(data) if data else None)
    options.data = options.data or Path(data or "")
    beside = os.environ.get(MUSIC_VARIABLE) or options.data.resolve().parent / "music"
    options.music = options.music or Path(beside)
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure and write; return the exit status."""
    options = _parse(arguments)
    paths = trial_paths(options.out) if options.out else source_paths(MODEL_ID)
    try:
        embedding = read_embedding(options.embedding or default_model_folder())
        require_heard_by(embedding, SOUNDS_TABLE, MUSIC_TABLE)
        source = load_source(
            options.data,
            embedding=embedding,
            cache=options.cache,
            index=options.index,
            music=options.music,
        )
        figures = run_training(source, embedding, paths, quick=options.quick)
        save_figures(figures, paths.figures)
        # From the rounded figures of the file: a figure near an edge must always round alike.
        write_texts(load_figures(paths.figures), paths)
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{paths.card.parent}\n{paths.report}")
    return 0
