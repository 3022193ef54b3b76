"""Measure how verdicts survive changes of a file: `python -m genretagger.training.robustness`.

Every transform of every clip is written as a real file and heard by the application's own code.
`--json` prints a list of objects, one per transform, with the fields of `RobustnessFigures`. The
accuracy is in-sample if the model was trained on the clips.
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
from genretagger.training.data.audio_folder import find_labelled_files
from genretagger.training.data.dataset import TableError
from genretagger.training.evaluation.figures import RobustnessFigures
from genretagger.training.evaluation.transforms import TRANSFORMS, Transform

_SAMPLE_RATE_HZ: Final = 22_050  # GTZAN's, so the transforms start from unchanged samples


@dataclass(frozen=True, slots=True)
class ChangedVerdicts:
    """Scores by genre of one clip: untouched, and by transform (None if refused)."""

    genre: str
    untouched: dict[str, float]
    changed: dict[str, dict[str, float] | None]


def measure_robustness(
    folder: Path,
    *,
    model: Model,
    transforms: Sequence[Transform] = TRANSFORMS,
) -> tuple[RobustnessFigures, ...]:
    """Return the figures of each transform on the clips of `folder`/<genre>/, in this process.

    Raises
    ------
    TableError
        No audio in `folder`/<genre>/ can be judged.
    ModelError
        The model cannot be run.
    """
    clips = [
        judge_changes(path, genre, model=model, transforms=transforms)
        for path, genre in find_labelled_files(folder)
    ]
    _require_any(folder, clips)
    return summarise(clips, [transform.name for transform in transforms])


def measure_robustness_in_processes(
    folder: Path, *, model_folder: Path, n_workers: int
) -> tuple[RobustnessFigures, ...]:
    """Return what `measure_robustness` does for all transforms, using several processes.

    Raises
    ------
    TableError, ModelError
        See `measure_robustness`.
    """
    files = list(find_labelled_files(folder))
    with ProcessPoolExecutor(
        n_workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(model_folder,),
    ) as pool:
        clips = []
        for n_done, clip in enumerate(pool.map(_judge_in_worker, files), start=1):
            clips.append(clip)
            if n_done % 10 == 0 or n_done == len(files):
                print(f"{n_done} of {len(files)}", file=sys.stderr)
    _require_any(folder, clips)
    return summarise(clips, [transform.name for transform in TRANSFORMS])


def _require_any(folder: Path, clips: Sequence[ChangedVerdicts | None]) -> None:
    if not any(clips):
        raise TableError("audio-folder-empty", path=shown(folder))


def judge_changes(
    path: Path, genre: str, *, model: Model, transforms: Sequence[Transform]
) -> ChangedVerdicts | None:
    """Return the application's scores of one clip; None if it refuses the untouched file.

    Raises
    ------
    ModelError
        The model cannot be run.
    """
    untouched = _score(path, model=model)
    if untouched is None:
        return None
    samples = read_audio(path, sample_rate_hz=_SAMPLE_RATE_HZ)
    changed = {}
    with tempfile.TemporaryDirectory() as temporary:
        for transform in transforms:
            target = Path(temporary, path.stem)
            written = transform.write(samples, target, sample_rate_hz=_SAMPLE_RATE_HZ)
            changed[transform.name] = _score(written, model=model)
            written.unlink()
    return ChangedVerdicts(genre, untouched, changed)


def _score(path: Path, *, model: Model) -> dict[str, float] | None:
    try:
        prediction = model.classify(hear(path, model=model))
    except TrackError as error:
        print(error, file=sys.stderr)
        return None
    return {item.genre: item.score for item in prediction.scores}


def summarise(
    clips: Iterable[ChangedVerdicts | None], names: Sequence[str]
) -> tuple[RobustnessFigures, ...]:
    """Return the figures of each transform in `names`; a clip that is None does not count."""
    judged = [clip for clip in clips if clip is not None]
    return tuple(_summarise_transform(name, judged) for name in names)


def _summarise_transform(name: str, clips: Sequence[ChangedVerdicts]) -> RobustnessFigures:
    pairs = [(clip, after) for clip in clips if (after := clip.changed[name]) is not None]
    same, right, right_before, changes = [], [], [], []
    for clip, after in pairs:
        before = _find_best(clip.untouched)
        same.append(_find_best(after) == before)
        right.append(_find_best(after) == clip.genre)
        right_before.append(before == clip.genre)
        changes.append(abs(after[before] - clip.untouched[before]))
    return RobustnessFigures(
        name,
        n=len(pairs),
        n_refused=len(clips) - len(pairs),
        agreement=_mean(same),
        accuracy=_mean(right),
        accuracy_change=_mean(right) - _mean(right_before),
        confidence_change=_mean(changes),
    )


def _find_best(scores: dict[str, float]) -> str:
    return max(scores, key=scores.__getitem__)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


# The model of this worker process; `_start_worker` loads it once.
_model: Model | None = None


def _start_worker(model_folder: Path) -> None:
    global _model
    end_with_parent()
    _model = Model.load(model_folder)


def _judge_in_worker(file: tuple[Path, str]) -> ChangedVerdicts | None:
    if _model is None:
        raise RuntimeError("the worker was not started by measure_robustness_in_processes")
    path, genre = file
    return judge_changes(path, genre, model=_model, transforms=TRANSFORMS)


def as_text(figures: Sequence[RobustnessFigures]) -> str:
    """Return the figures as a table for people."""
    lines = [f"{'transform':<16} {'n':>4} agreement accuracy change confidence"]
    lines += [
        f"{row.name:<16} {row.n:4d} {row.agreement:9.2f} {row.accuracy:8.2f} "
        f"{row.accuracy_change:+6.2f} {row.confidence_change:10.3f}"
        for row in figures
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of each change; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.robustness", description="Judge clips again after changes."
    )
    parser.add_argument("--audio", type=Path, required=True, help="one folder of clips per genre")
    parser.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    options = parser.parse_args(arguments)
    model_folder = options.model or default_model_folder()
    try:
        Model.load(model_folder)  # reports a wrong folder once, not in every worker
        figures = measure_robustness_in_processes(
            options.audio, model_folder=model_folder, n_workers=options.workers
        )
    except (GenreTaggerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps([asdict(row) for row in figures]) if options.json else as_text(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
