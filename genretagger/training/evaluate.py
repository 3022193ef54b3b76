"""Score the shipped model on a table or on audio: `python -m genretagger.training.evaluate`.

Judges with the application's own code. With `--json`, one object on standard output: accuracy,
interval [low, high] (95 %, Wilson), n, per_genre_recall {genre: recall}, confusion {true genre:
{named genre: count}}, ece (ten equal bins), coverage_at_precision_0.95, auroc (how well a low
confidence tells wrong verdicts from right ones; null where all are right or all wrong), unsure
{reason: share of the tracks}, and of `--unknown`, a folder of audio that is none of the genres,
auroc_unknown (how well the distance from the training data tells it from the tracks) and
auroc_not_music (how well the log-odds of music do); null without it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.analysis.workers import hear
from genretagger.core.errors import GenreTaggerError, TrackError, shown
from genretagger.core.predictions import SegmentOutputs
from genretagger.training.data.audio_folder import hear_folder
from genretagger.training.data.dataset import PENULTIMATE, Table, TableError, load_table
from genretagger.training.data.metrics import PRECISION, Metrics, auroc, measure


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What the application said of some tracks.

    scores : np.ndarray [float64, shape=(n_tracks, n_genres)]   as in the manifest
    distance, music : np.ndarray [float64, shape=(n_tracks,)]   see `classifier.Judgement`
    unsure : why each is unsure, "" if it is not
    """

    scores: NDArray[np.float64]
    distance: NDArray[np.float64]
    music: NDArray[np.float64]
    unsure: tuple[str, ...]


def score_table(table: Table, *, model: Model) -> Scored:
    """Return what the application says of every row."""
    spec = model.manifest.feature_spec
    penultimate = table.arrays[PENULTIMATE]
    n_segments = penultimate.shape[1]
    starts_s = np.arange(n_segments, dtype=np.float32) * np.float32(spec.segment_s)
    # Only style hints come from the logits, and no metric looks at these.
    no_logits = np.zeros((n_segments, len(model.manifest.tags)), np.float32)
    return score((SegmentOutputs(starts_s, no_logits, row) for row in penultimate), model=model)


def score(tracks: Iterable[SegmentOutputs], *, model: Model) -> Scored:
    """Return what the application says of each track."""
    judged = [(model.judge(outputs), model.classify(outputs).unsure) for outputs in tracks]
    return Scored(
        np.array([judgement.scores for judgement, _ in judged]),
        np.array([judgement.distance for judgement, _ in judged]),
        np.array([judgement.music for judgement, _ in judged]),
        tuple(unsure.value if unsure else "" for _, unsure in judged),
    )


@dataclass(frozen=True, slots=True)
class Doubts:
    """How well doubt is placed; see the module's docstring. None: cannot be told."""

    auroc: float | None
    auroc_unknown: float | None
    auroc_not_music: float | None
    unsure: dict[str, float]


def doubts(scored: Scored, labels: NDArray[np.int64], unknown: Scored | None) -> Doubts:
    """Return how well the model's doubts tell what should not be trusted."""
    right = scored.scores.argmax(axis=1) == labels
    confidence = scored.scores.max(axis=1)
    mixed = right.any() and not right.all()
    counts = Counter(reason for reason in scored.unsure if reason)
    return Doubts(
        auroc(confidence[right], confidence[~right]) if mixed else None,
        auroc(unknown.distance, scored.distance) if unknown else None,
        auroc(scored.music, unknown.music) if unknown else None,
        {reason: count / len(scored.unsure) for reason, count in sorted(counts.items())},
    )


def _scored(chosen: argparse.Namespace, model: Model) -> tuple[Scored, NDArray[np.int64], int]:
    """Return what is said of the tracks, their true genres, and how many files were left out."""
    genres = model.manifest.genres
    if chosen.audio is not None:
        heard = hear_folder(chosen.audio, model=model)
        if not heard.tracks:
            raise TableError("audio-folder-empty", path=shown(chosen.audio))
        scored = score((track.outputs for track in heard.tracks), model=model)
        names = [track.genre for track in heard.tracks]
        n_failed = heard.n_failed
    else:
        table = load_table(chosen.table, needs=(PENULTIMATE,))
        if chosen.split is not None:
            table = table.rows(table.splits == chosen.split)
        if not len(table.clips):
            raise TableError("table-empty", path=shown(chosen.table))
        scored, names, n_failed = score_table(table, model=model), table.genres.tolist(), 0
    return scored, np.array([genres.index(name) for name in names], np.int64), n_failed


def _unknown(folder: Path, *, model: Model) -> Scored:
    """Return what is said of every file below `folder`; those that cannot be heard are named."""
    heard = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            try:
                heard.append(hear(path, model=model))
            except TrackError as error:
                print(error, file=sys.stderr)
    if not heard:
        raise TableError("audio-folder-empty", path=shown(folder))
    return score(heard, model=model)


def as_json(metrics: Metrics, found: Doubts, *, genres: tuple[str, ...]) -> str:
    """Return the metrics as the JSON object that the module's docstring describes."""
    counted = (dict(zip(genres, row, strict=True)) for row in metrics.confusion)
    return json.dumps(
        {
            "accuracy": metrics.accuracy,
            "interval": metrics.interval,
            "n": metrics.n,
            "per_genre_recall": metrics.per_genre_recall,
            "confusion": dict(zip(genres, counted, strict=True)),
            "ece": metrics.ece,
            f"coverage_at_precision_{PRECISION}": metrics.coverage,
            **asdict(found),
        }
    )


def as_text(metrics: Metrics, found: Doubts, *, genres: tuple[str, ...]) -> str:
    """Return the metrics as a report for people."""
    low, high = metrics.interval
    lines = [
        f"accuracy {metrics.accuracy:.3f} (95 %: {low:.3f} to {high:.3f}), {metrics.n} tracks",
        f"balanced accuracy {metrics.balanced_accuracy:.3f}",
        f"calibration error {metrics.ece:.3f}",
        f"{PRECISION:.0%} right while covering {metrics.coverage:.0%}",
        *(f"{share:.0%} unsure: {reason}" for reason, share in found.unsure.items()),
        *(
            f"AUROC of {what}: {value:.3f}"
            for what, value in (
                ("confidence for right verdicts", found.auroc),
                ("distance for what is unknown", found.auroc_unknown),
                ("the log-odds of music", found.auroc_not_music),
            )
            if value is not None
        ),
        "",
        "true \\ named  " + " ".join(f"{genre[:5]:>5}" for genre in genres) + "  recall",
    ]
    for genre, row in zip(genres, metrics.confusion, strict=True):
        recall = metrics.per_genre_recall.get(genre)
        shown = "" if recall is None else f"{recall:.2f}"
        lines.append(f"{genre:<12}  " + " ".join(f"{count:5d}" for count in row) + f"  {shown:>6}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how good the model is; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="genretagger.training.evaluate", description="Score a model on a table or on audio."
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--table", type=Path, help="a table like gtzan_dev_embeddings.npz")
    source.add_argument("--audio", type=Path, help="a folder with one folder of tracks per genre")
    parser.add_argument("--split", help="of a table: only the rows of this split")
    parser.add_argument("--unknown", type=Path, help="a folder of audio that is none of the genres")
    parser.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args(arguments)
    try:
        model = Model.load(chosen.model or default_model_folder())
        scored, labels, n_failed = _scored(chosen, model)
        unknown = _unknown(chosen.unknown, model=model) if chosen.unknown else None
    except GenreTaggerError as error:
        print(error, file=sys.stderr)
        return 2
    render = as_json if chosen.json else as_text
    metrics = measure(scored.scores, labels, genres=model.manifest.genres)
    print(render(metrics, doubts(scored, labels, unknown), genres=model.manifest.genres))
    return 1 if n_failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
