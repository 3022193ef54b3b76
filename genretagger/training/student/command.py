"""Distil the student in one command: `python -m genretagger.training.student` (`make student`).

Decodes the audio, has the teachers answer to augmented passes over it, trains the student on their
answers and writes the embedding. Takes hours; each step is kept in the work folder, and the same
command goes on where it was broken off. Needs no network.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import tensorflow as tf

from genretagger.analysis.machine import Machine
from genretagger.core.errors import GenreTaggerError, shown
from genretagger.core.resources import models_folder
from genretagger.core.settings import Effort
from genretagger.training.model import musicnn
from genretagger.training.model.back_end import read_back_end
from genretagger.training.model.embedding import EmbeddingRecord
from genretagger.training.model.pruning import build_front
from genretagger.training.student.augmentation import AUGMENTATION_VERSION
from genretagger.training.student.bank import BankPass, claim_bank
from genretagger.training.student.bank_filling import fill_bank
from genretagger.training.student.distilling import Distiller, Schedule
from genretagger.training.student.embedding import write_embedding
from genretagger.training.student.network import finish
from genretagger.training.student.pieces import find_pieces, pick_few
from genretagger.training.student.recordings import decode
from genretagger.training.student.targets import Targets
from genretagger.training.student.teachers import compute_digest, find_tags

DATA_VARIABLE: Final = "GENRETAGGER_GTZAN"
TEACHERS_VARIABLE: Final = "GENRETAGGER_TEACHERS"
MUSIC_VARIABLE: Final = "GENRETAGGER_MUSIC"
SOUNDS_VARIABLE: Final = "GENRETAGGER_SOUNDS"
_WORK: Final = models_folder().parent / "build" / "student"
_N_PASSES: Final = 60
_N_BANK: Final = 22
_SEED: Final = 1
_STOPPED: Final = 130  # as shells report Ctrl-C


@dataclass(frozen=True, slots=True)
class Study:
    """What one run distils from, and where.

    schedule : every choice of the training
    alone : whether musicnn is left out of the embedding
    per_kind : how many pieces of each genre and kind are heard; None: all
    """

    data: Path
    teachers: Path
    music: Path
    sounds: Path
    work: Path
    out: Path
    schedule: Schedule
    alone: bool
    per_kind: int | None


def distil(study: Study) -> EmbeddingRecord:
    """Run every step that is not done; return the record of the embedding.

    Raises
    ------
    GenreTaggerError
        Audio or teachers cannot be used, or the work folder is that of another run.
    """
    digest = compute_digest(study.teachers)
    tags = find_tags(study.teachers)
    pieces = find_pieces(study.data, music=study.music, sounds=study.sounds)
    if study.per_kind is not None:
        pieces = pick_few(pieces, per_kind=study.per_kind)
    recordings = decode(pieces, study.work / "audio")
    bank, schedule = study.work / "bank", study.schedule
    origin = f"{AUGMENTATION_VERSION} {schedule.seed} {digest} {recordings.index.digest}"
    claim_bank(bank, origin=origin)
    fill_bank(
        bank,
        n_passes=schedule.n_bank,
        recordings=study.work / "audio",
        teachers=study.teachers,
        seed=schedule.seed,
        n_processes=Machine.look().n_workers(Effort.ALL),
    )
    plain = BankPass.open(bank, 0)
    targets = Targets.fit(plain, tags=tags)
    network = musicnn.load_embedding()
    distiller = Distiller(
        bank,
        targets=targets,
        start=(build_front(network), read_back_end(network)),
        schedule=schedule,
        folder=study.work,
        origin=origin,
    )
    distiller.run()
    return write_embedding(
        finish(distiller.network, targets=targets),
        study.out,
        tags=tags.names,
        recordings=recordings,
        n_excerpts=sum(len(BankPass.open(bank, number)) for number in schedule.plan()),
        n_passes=schedule.n_passes,
        seed=schedule.seed,
        alone=study.alone,
    )


def _parse(arguments: Sequence[str] | None) -> Study:
    """Return the run that the options and the environment ask for."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.student",
        description="Distil an embedding network from the teachers. Takes hours; can be stopped.",
    )
    parser.add_argument("--data", type=Path, help=f"the data folder (default: {DATA_VARIABLE})")
    for name, what in (
        ("teachers", f"the teachers (default: {TEACHERS_VARIABLE}"),
        ("music", f"music without labels, a folder a source (default: {MUSIC_VARIABLE}"),
        ("sounds", f"what training.sounds built (default: {SOUNDS_VARIABLE}"),
    ):
        parser.add_argument(
            f"--{name}", type=Path, help=f"{what}, else `{name}` beside the data folder)"
        )
    parser.add_argument("--work", type=Path, help=f"where steps are kept (default: {_WORK})")
    parser.add_argument("--out", type=Path, help="the embedding (default: in the work folder)")
    parser.add_argument("--passes", type=int, help=f"of the training (default: {_N_PASSES})")
    parser.add_argument("--bank", type=int, help=f"augmented passes (default: {_N_BANK})")
    parser.add_argument("--seed", type=int, default=_SEED, help="decides every draw")
    parser.add_argument("--alone", action="store_true", help="the student without musicnn")
    parser.add_argument("--quick", action="store_true", help="all steps on very little audio")
    options = parser.parse_args(arguments)
    data = options.data or os.environ.get(DATA_VARIABLE)
    if not data:
        parser.error(f"no data folder: set {DATA_VARIABLE}, or use --data")
    counts = [count for count in (options.passes, options.bank) if count is not None]
    if min(counts, default=1) < 1 or options.seed < 0:
        parser.error("--passes and --bank are at least 1, --seed at least 0")
    return _make_study(options, Path(data))


def _make_study(options: argparse.Namespace, data: Path) -> Study:
    beside, quick = data.resolve().parent, options.quick
    work = options.work or (_WORK.with_name("student-quick") if quick else _WORK)
    return Study(
        data=data,
        teachers=options.teachers or _named(TEACHERS_VARIABLE, beside / "teachers"),
        music=options.music or _named(MUSIC_VARIABLE, beside / "music"),
        sounds=options.sounds or _named(SOUNDS_VARIABLE, beside / "sounds"),
        work=work,
        out=options.out or work / "embedding",
        schedule=Schedule(
            n_passes=options.passes or (2 if quick else _N_PASSES),
            n_bank=options.bank or (2 if quick else _N_BANK),
            seed=options.seed,
        ),
        alone=options.alone,
        per_kind=2 if quick else None,
    )


def _named(variable: str, default: Path) -> Path:
    return Path(os.environ.get(variable) or default)


def main(arguments: Sequence[str] | None = None) -> int:
    """Distil and write the embedding; return the exit status."""
    study = _parse(arguments)
    # So that a run that goes on ends as one that was not stopped would have ended, on a GPU too.
    tf.config.experimental.enable_op_determinism()
    n_gpus = len(tf.config.list_physical_devices("GPU"))
    print(f"{n_gpus or 'no'} GPU; work folder: {shown(study.work)}", file=sys.stderr)
    try:
        record = distil(study)
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return _STOPPED
    print(f"{study.out}\n{record.embedding_id}: {record.hours_heard} h heard")
    return 0
