"""How verdicts survive what happens to files: `python -m genretagger.training.robustness`.

Every transform of every clip is written as a real file and heard by the application's own code.
With `--json`, a list of objects on standard output: name, n, n_refused (clips that the application
refused to judge after the transform; not among n), agreement (share of clips with the same genre as
the untouched file), accuracy, accuracy_change, and confidence_change (mean absolute change of the
score of the genre that was named for the untouched file). Accuracy is in-sample where the model was
trained on the clips.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.processes import end_with_parent
from genretagger.analysis.workers import hear
from genretagger.core.errors import GenreTaggerError, TrackError, shown
from genretagger.training.data.audio_files import read_audio
from genretagger.training.data.audio_folder import labelled_files
from genretagger.training.data.dataset import TableError
from genretagger.training.evaluation.transforms import TRANSFORMS, Transform

_SAMPLE_RATE_HZ: Final = 22_050  # GTZAN's: nothing is lost on the way to the transforms


@dataclass(frozen=True, slots=True)
class RobustnessRow:
    """What one transform does to the verdicts on `n` clips (module docstring)."""

    name: str
    n: int
    n_refused: int
    agreement: float
    accuracy: float
    accuracy_change: float
    confidence_change: float


@dataclass(frozen=True, slots=True)
class ChangedVerdicts:
    """Scores by genre of one clip: untouched, and after each transform (None if refused)."""

    genre: str
    untouched: dict[str, float]
    changed: dict[str, dict[str, float] | None]


def robustness(
    folder: Path,
    *,
    model: Model,
    transforms: Sequence[Transform] = TRANSFORMS,
) -> tuple[RobustnessRow, ...]:
    """Return one row per transform, over the clips of `folder`/<genre>/, in this process.

    Raises
    ------
    TableError
        There is no audio in `folder`/<genre>/ that can be judged.
    ModelError
        The model cannot be run.
    """
    found = [
        verdicts(path, genre, model=model, transforms=transforms)
        for path, genre in labelled_files(folder)
    ]
    _require_any(folder, found)
    return rows(found, [transform.name for transform in transforms])


def robustness_in_processes(
    folder: Path, *, model_folder: Path, n_workers: int
) -> tuple[RobustnessRow, ...]:
    """Return what `robustness` does for all transforms, with several processes.

    Raises
    ------
    TableError, ModelError
        As `robustness`.
    """
    files = list(labelled_files(folder))
    with ProcessPoolExecutor(
        n_workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(model_folder,),
    ) as pool:
        found = []
        for number, one in enumerate(pool.map(_verdicts_in_worker, files), start=1):
            found.append(one)
            if number % 10 == 0 or number == len(files):
                print(f"{number} of {len(files)}", file=sys.stderr)
    _require_any(folder, found)
    return rows(found, [transform.name for transform in TRANSFORMS])


def _require_any(folder: Path, found: Sequence[ChangedVerdicts | None]) -> None:
    if not any(found):
        raise TableError("audio-folder-empty", path=shown(folder))


def verdicts(
    path: Path, genre: str, *, model: Model, transforms: Sequence[Transform]
) -> ChangedVerdicts | None:
    """Return the application's scores of one clip; None if it cannot even judge it untouched.

    Raises
    ------
    ModelError
        The model cannot be run.
    """
    untouched = _scores(path, model=model)
    if untouched is None:
        return None
    samples = read_audio(path, sample_rate_hz=_SAMPLE_RATE_HZ)
    changed = {}
    with tempfile.TemporaryDirectory() as temporary:
        for transform in transforms:
            target = Path(temporary, path.stem)
            written = transform.write(samples, target, sample_rate_hz=_SAMPLE_RATE_HZ)
            changed[transform.name] = _scores(written, model=model)
            written.unlink()
    return ChangedVerdicts(genre, untouched, changed)


def _scores(path: Path, *, model: Model) -> dict[str, float] | None:
    try:
        prediction = model.classify(hear(path, model=model))
    except TrackError as error:
        print(error, file=sys.stderr)
        return None
    return {item.genre: item.score for item in prediction.scores}


def rows(
    found: Iterable[ChangedVerdicts | None], names: Sequence[str]
) -> tuple[RobustnessRow, ...]:
    """Return one row per transform; a clip that is None is not counted at all."""
    clips = [one for one in found if one is not None]
    return tuple(_row(name, clips) for name in names)


def _row(name: str, clips: Sequence[ChangedVerdicts]) -> RobustnessRow:
    pairs = [(clip, after) for clip in clips if (after := clip.changed[name]) is not None]
    same, right, right_before, changes = [], [], [], []
    for clip, after in pairs:
        before = _best(clip.untouched)
        same.append(_best(after) == before)
        right.append(_best(after) == clip.genre)
        right_before.append(before == clip.genre)
        changes.append(abs(after[before] - clip.untouched[before]))
    return RobustnessRow(
        name,
        n=len(pairs),
        n_refused=len(clips) - len(pairs),
        agreement=_mean(same),
        accuracy=_mean(right),
        accuracy_change=_mean(right) - _mean(right_before),
        confidence_change=_mean(changes),
    )


def _best(scores: dict[str, float]) -> str:
    return max(scores, key=scores.__getitem__)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


# The model of this worker process, loaded once by `_start_worker`.
_model: Model | None = None


def _start_worker(model_folder: Path) -> None:
    global _model
    end_with_parent()
    _model = Model.load(model_folder)


def _verdicts_in_worker(file: tuple[Path, str]) -> ChangedVerdicts | None:
    if _model is None:
        raise RuntimeError("the worker was not started by robustness_in_processes")
    path, genre = file
    return verdicts(path, genre, model=_model, transforms=TRANSFORMS)


def as_text(measured: Sequence[RobustnessRow]) -> str:
    """Return the rows as a table for people."""
    lines = [f"{'transform':<16} {'n':>4} agreement accuracy change confidence"]
    lines += [
        f"{row.name:<16} {row.n:4d} {row.agreement:9.2f} {row.accuracy:8.2f} "
        f"{row.accuracy_change:+6.2f} {row.confidence_change:10.3f}"
        for row in measured
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how verdicts survive; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.robustness", description="Judge clips again after changes."
    )
    parser.add_argument("--audio", type=Path, required=True, help="one folder of clips per genre")
    parser.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    chosen = parser.parse_args(arguments)
    model_folder = chosen.model or default_model_folder()
    try:
        Model.load(model_folder)  # a wrong folder is said here, not by every worker
        measured = robustness_in_processes(
            chosen.audio, model_folder=model_folder, n_workers=chosen.workers
        )
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps([asdict(row) for row in measured]) if chosen.json else as_text(measured))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
