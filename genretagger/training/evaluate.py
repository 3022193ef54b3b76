"""Score the shipped model on a table or on audio: `python -m genretagger.training.evaluate`.

Judges by the application's own code. `--json` prints one object: accuracy, interval [low, high]
(95 %, Wilson), n, per_genre_recall {genre: recall}, confusion {true genre: {predicted genre:
count}}, ece (ten equal bins), coverage_at_precision_0.95, auroc (how well the confidence tells
right verdicts from wrong ones; null if all are right or all wrong) and unsure {reason: share of the
tracks}. `--unknown` names a folder of audio of no known genre; auroc_unknown and auroc_not_music
then measure how well the distance from the training data, and the log-odds of music, tell it from
the tracks; both are null without it.
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
class ScoredTracks:
    """Verdicts of the application on some tracks.

    scores : np.ndarray [float64, shape=(n_tracks, n_genres)]   genres in the manifest's order
    distance, music : np.ndarray [float64, shape=(n_tracks,)]   see `classifier.TrackScores`
    unsure : reason why a track is unsure, "" if it is not
    """

    scores: NDArray[np.float64]
    distance: NDArray[np.float64]
    music: NDArray[np.float64]
    unsure: tuple[str, ...]


def score_table(table: Table, *, model: Model) -> ScoredTracks:
    """Return the application's verdict on every row."""
    spec = model.manifest.feature_spec
    penultimate = table.arrays[PENULTIMATE]
    n_segments = penultimate.shape[1]
    starts_s = np.arange(n_segments, dtype=np.float32) * np.float32(spec.segment_s)
    # The logits only give style hints, which no metric uses.
    no_logits = np.zeros((n_segments, len(model.manifest.tags)), np.float32)
    return score_tracks(
        (SegmentOutputs(starts_s, no_logits, row) for row in penultimate), model=model
    )


def score_tracks(tracks: Iterable[SegmentOutputs], *, model: Model) -> ScoredTracks:
    """Return the application's verdict on each track."""
    judged = [(model.judge(outputs), model.classify(outputs).unsure) for outputs in tracks]
    return ScoredTracks(
        np.array([judgement.scores for judgement, _ in judged]),
        np.array([judgement.distance for judgement, _ in judged]),
        np.array([judgement.music for judgement, _ in judged]),
        tuple(unsure.value if unsure else "" for _, unsure in judged),
    )


@dataclass(frozen=True, slots=True)
class DoubtMetrics:
    """How well doubt is placed; see the module's docstring. None if it cannot be measured."""

    auroc: float | None
    auroc_unknown: float | None
    auroc_not_music: float | None
    unsure: dict[str, float]


def measure_doubts(
    scored: ScoredTracks, labels: NDArray[np.int64], unknown: ScoredTracks | None
) -> DoubtMetrics:
    """Measure how well the model doubts the verdicts that should not be trusted."""
    right = scored.scores.argmax(axis=1) == labels
    confidence = scored.scores.max(axis=1)
    mixed = right.any() and not right.all()
    counts = Counter(reason for reason in scored.unsure if reason)
    return DoubtMetrics(
        auroc(confidence[right], confidence[~right]) if mixed else None,
        auroc(unknown.distance, scored.distance) if unknown else None,
        auroc(scored.music, unknown.music) if unknown else None,
        {reason: count / len(scored.unsure) for reason, count in sorted(counts.items())},
    )


def _score_audio(folder: Path, *, model: Model) -> tuple[ScoredTracks, NDArray[np.int64], int]:
    """Return verdicts and true genres of labelled audio, and the number of files that failed."""
    heard = hear_folder(folder, model=model)
    if not heard.tracks:
        raise TableError("audio-folder-empty", path=shown(folder))
    scored = score_tracks((track.outputs for track in heard.tracks), model=model)
    labels = [model.manifest.genres.index(track.genre) for track in heard.tracks]
    return scored, np.array(labels, np.int64), heard.n_failed


def _score_split(
    path: Path, split: str | None, *, model: Model
) -> tuple[ScoredTracks, NDArray[np.int64], int]:
    """Return verdicts and true genres of a split of a table, or of all of it; no file fails."""
    table = load_table(path, needs=(PENULTIMATE,))
    if split is not None:
        table = table.rows(table.splits == split)
    if not len(table.clips):
        raise TableError("table-empty", path=shown(path))
    labels = [model.manifest.genres.index(genre) for genre in table.genres.tolist()]
    return score_table(table, model=model), np.array(labels, np.int64), 0


def _score_unknown(folder: Path, *, model: Model) -> ScoredTracks:
    """Return the verdicts on all files below `folder`; report failures on standard error."""
    heard = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            try:
                heard.append(hear(path, model=model))
            except TrackError as error:
                print(error, file=sys.stderr)
    if not heard:
        raise TableError("audio-folder-empty", path=shown(folder))
    return score_tracks(heard, model=model)


def as_json(metrics: Metrics, doubts: DoubtMetrics, *, genres: tuple[str, ...]) -> str:
    """Return the JSON object that the module's docstring describes."""
    counts = (dict(zip(genres, row, strict=True)) for row in metrics.confusion)
    return json.dumps(
        {
            "accuracy": metrics.accuracy,
            "interval": metrics.interval,
            "n": metrics.n,
            "per_genre_recall": metrics.per_genre_recall,
            "confusion": dict(zip(genres, counts, strict=True)),
            "ece": metrics.ece,
            f"coverage_at_precision_{PRECISION}": metrics.coverage,
            **asdict(doubts),
        }
    )


def as_text(metrics: Metrics, doubts: DoubtMetrics, *, genres: tuple[str, ...]) -> str:
    """Return the metrics as a report for people."""
    low, high = metrics.interval
    lines = [
        f"accuracy {metrics.accuracy:.3f} (95 %: {low:.3f} to {high:.3f}), {metrics.n} tracks",
        f"balanced accuracy {metrics.balanced_accuracy:.3f}",
        f"calibration error {metrics.ece:.3f}",
        f"{PRECISION:.0%} right while covering {metrics.coverage:.0%}",
        *(f"{share:.0%} unsure: {reason}" for reason, share in doubts.unsure.items()),
        *(
            f"AUROC of {measure_name}: {value:.3f}"
            for measure_name, value in (
                ("confidence for right verdicts", doubts.auroc),
                ("distance for what is unknown", doubts.auroc_unknown),
                ("the log-odds of music", doubts.auroc_not_music),
            )
            if value is not None
        ),
        "",
        "true \\ named  " + " ".join(f"{genre[:5]:>5}" for genre in genres) + "  recall",
    ]
    for genre, row in zip(genres, metrics.confusion, strict=True):
        recall = metrics.per_genre_recall.get(genre)
        share = "" if recall is None else f"{recall:.2f}"
        lines.append(f"{genre:<12}  " + " ".join(f"{count:5d}" for count in row) + f"  {share:>6}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the metrics of the model; return the exit status."""
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
    options = parser.parse_args(arguments)
    try:
        model = Model.load(options.model or default_model_folder())
        if options.audio is not None:
            scored, labels, n_failed = _score_audio(options.audio, model=model)
        else:
            scored, labels, n_failed = _score_split(options.table, options.split, model=model)
        unknown = _score_unknown(options.unknown, model=model) if options.unknown else None
    except GenreTaggerError as error:
        print(error, file=sys.stderr)
        return 2
    render = as_json if options.json else as_text
    metrics = measure(scored.scores, labels, genres=model.manifest.genres)
    print(render(metrics, measure_doubts(scored, labels, unknown), genres=model.manifest.genres))
    return 1 if n_failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
