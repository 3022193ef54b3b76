"""Score the shipped model on a table or on audio: `python -m genretagger.training.evaluate`.

Judges with the application's own code. With `--json`, one object on standard output: accuracy,
interval [low, high] (95 %, Wilson), n, per_genre_recall {genre: recall}, confusion {true genre:
{named genre: count}}, ece (ten equal bins), coverage_at_precision_0.95, auroc (null: the model has
no way yet to tell what is not music).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.core.errors import GenreTaggerError, shown
from genretagger.core.hearing import SegmentOutputs
from genretagger.training.audio_folder import hear_folder
from genretagger.training.dataset import PENULTIMATE, Table, TableError, load_table
from genretagger.training.metrics import PRECISION, Metrics, measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


def score_table(table: Table, *, model: Model) -> NDArray[np.float64]:
    """Return the application's scores of every row, in the order of the manifest's genres.

    Returns
    -------
    np.ndarray [float64, shape=(n_rows, n_genres)]
    """
    spec = model.manifest.feature_spec
    penultimate = table.arrays[PENULTIMATE]
    n_segments = penultimate.shape[1]
    starts_s = np.arange(n_segments, dtype=np.float32) * np.float32(spec.segment_s)
    # Only style hints come from the logits, and no metric looks at these.
    no_logits = np.zeros((n_segments, len(model.manifest.tags)), np.float32)
    return score((SegmentOutputs(starts_s, no_logits, row) for row in penultimate), model=model)


def score(tracks: Iterable[SegmentOutputs], *, model: Model) -> NDArray[np.float64]:
    """Return the application's scores of each track [shape=(n_tracks, n_genres)]."""
    rows = []
    for outputs in tracks:
        by_genre = {item.genre: item.score for item in model.classify(outputs).scores}
        rows.append([by_genre[genre] for genre in model.manifest.genres])
    return np.array(rows, np.float64)


def _measured(chosen: argparse.Namespace, model: Model) -> tuple[Metrics, int]:
    """Return the metrics and how many files were left out."""
    genres = model.manifest.genres
    if chosen.audio is not None:
        heard = hear_folder(chosen.audio, model=model)
        if not heard.tracks:
            raise TableError("audio-folder-empty", path=shown(chosen.audio))
        scores = score((track.outputs for track in heard.tracks), model=model)
        names = [track.genre for track in heard.tracks]
        n_failed = heard.n_failed
    else:
        table = load_table(chosen.table, needs=(PENULTIMATE,))
        if chosen.split is not None:
            table = table.rows(table.splits == chosen.split)
        if not len(table.clips):
            raise TableError("table-empty", path=shown(chosen.table))
        scores, names, n_failed = score_table(table, model=model), table.genres.tolist(), 0
    labels = np.array([genres.index(name) for name in names], np.int64)
    return measure(scores, labels, genres=genres), n_failed


def as_json(metrics: Metrics, *, genres: tuple[str, ...]) -> str:
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
            "auroc": None,
        }
    )


def as_text(metrics: Metrics, *, genres: tuple[str, ...]) -> str:
    """Return the metrics as a report for people."""
    low, high = metrics.interval
    lines = [
        f"accuracy {metrics.accuracy:.3f} (95 %: {low:.3f} to {high:.3f}), {metrics.n} tracks",
        f"balanced accuracy {metrics.balanced_accuracy:.3f}",
        f"calibration error {metrics.ece:.3f}",
        f"{PRECISION:.0%} right while covering {metrics.coverage:.0%}",
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
    parser.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args(arguments)
    try:
        model = Model.load(chosen.model or default_model_folder())
        metrics, n_failed = _measured(chosen, model)
    except GenreTaggerError as error:
        print(error, file=sys.stderr)
        return 2
    render = as_json if chosen.json else as_text
    print(render(metrics, genres=model.manifest.genres))
    return 1 if n_failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
