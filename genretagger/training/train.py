"""Build the shipped model folder: `python -m genretagger.training.train` (`make train`)."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from genretagger.core.errors import GenreTaggerError
from genretagger.core.hearing import ModelManifest, Threshold
from genretagger.core.resources import models_folder
from genretagger.training import musicnn
from genretagger.training.crossvalidate import cross_validate, hold_out, report
from genretagger.training.dataset import GENRES, PENULTIMATE, TABLE_FILE, Table, load_table
from genretagger.training.export import checksums, filterbanks, model_files, write_folder
from genretagger.training.network import Recipe, fit
from genretagger.training.texts import LICENSES, model_card

if TYPE_CHECKING:
    from collections.abc import Sequence

MODEL_ID: Final = "musicnn-msd-dense-1"
DATA_VARIABLE: Final = "GENRETAGGER_GTZAN"

# Tags of the 50 that are genres or styles and not among the ten.
HINT_TAGS: Final = (
    "alternative",
    "indie",
    "electronic",
    "dance",
    "alternative rock",
    "chillout",
    "classic rock",
    "soul",
    "indie rock",
    "electronica",
    "folk",
    "punk",
    "hard rock",
    "ambient",
    "acoustic",
    "experimental",
    "easy listening",
    "funk",
    "electro",
    "heavy metal",
    "Progressive rock",
    "rnb",
    "indie pop",
    "House",
)

# On held-out folds (docs/model.md), of the tracks below either of the first two fewer than half are
# right, above both nine of ten. The third shows one or two hints for most tracks.
UNSURE_BELOW: Final = 0.5
LEAST_SUPPORT: Final = 0.6
HINT_THRESHOLD: Final = 0.1


def train(table: Table, *, recipe: Recipe, seed: int) -> dict[str, bytes]:
    """Return the files of a model trained on every row of `table`, by name."""
    classifier = fit(
        table.arrays[PENULTIMATE],
        table.labels,
        n_genres=len(GENRES),
        recipe=recipe,
        seed=seed,
    )
    return model_files(
        embedding=musicnn.load_embedding(),
        classifier=classifier,
        banks=filterbanks(musicnn.FEATURE_SPEC),
    )


def manifest_of(sha256: tuple[tuple[str, str], ...], *, trained_on: str) -> ModelManifest:
    """Return the manifest of a model whose files have these checksums."""
    return ModelManifest(
        model_id=MODEL_ID,
        embedding_id=musicnn.EMBEDDING_ID,
        genres=GENRES,
        tags=musicnn.TAGS,
        hint_tags=HINT_TAGS,
        n_units=musicnn.N_UNITS,
        feature_spec=musicnn.FEATURE_SPEC,
        temperature=1.0,
        calibrated=False,
        high=Threshold(0.9, 0.95, 0.5),
        medium=Threshold(0.6, 0.8, 0.8),
        unsure_below=UNSURE_BELOW,
        least_support=LEAST_SUPPORT,
        hint_threshold=HINT_THRESHOLD,
        sha256=sha256,
        trained_on=trained_on,
    )


def figures(table: Table, *, recipe: Recipe, seed: int) -> str:
    """Return how good the recipe is where it was not trained, as Markdown for the model card."""
    lines = [report(cross_validate(table, recipe=recipe, seed=seed), table.labels)]
    training, held_out = (np.flatnonzero(table.splits == name) for name in ("train", "valid"))
    if len(training) and len(held_out):
        fold = hold_out(table, training=training, held_out=held_out, recipe=recipe, seed=seed)
        found = fold.metrics(table.labels)
        low, high = found.interval
        lines.append(
            f"Trained on the {len(training)} clips of the filtered training partition only:"
            f" {found.accuracy:.3f} (95 %: {low:.3f} to {high:.3f}), balanced"
            f" {found.balanced_accuracy:.3f}, on the {found.n} of its validation partition. The"
            " network in this folder was trained on both, so what it scores there says nothing."
        )
    return "\n\n".join(lines)


def _licence_of_musicnn() -> str:
    return importlib.metadata.distribution("musicnn").read_text("LICENSE.md") or ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write the model folder; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help=f"data folder (default: {DATA_VARIABLE})")
    parser.add_argument("--table", type=Path, help="a table of extract, instead of a data folder")
    parser.add_argument("--out", type=Path, default=models_folder() / MODEL_ID)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--split", help="train on the rows of this split only")
    chosen = parser.parse_args(arguments)
    data = chosen.data or os.environ.get(DATA_VARIABLE, "")
    if chosen.table is None and not data:
        parser.error(f"no data folder: set {DATA_VARIABLE}, or use --data or --table")
    try:
        table = load_table(chosen.table or Path(data, TABLE_FILE), needs=(PENULTIMATE,))
        if chosen.split is not None:
            table = table.rows(table.splits == chosen.split)
        files = train(table, recipe=Recipe(), seed=chosen.seed)
    except GenreTaggerError as error:
        parser.exit(2, f"{error}\n")
    source = (
        "GTZAN, fault-filtered training and validation partitions"
        if chosen.table is None and chosen.split is None
        else f"{(chosen.table or Path(TABLE_FILE)).name}, split {chosen.split or 'all'}"
    )
    trained_on = (
        f"{len(table.clips)} clips of {source} (seed {chosen.seed}); embedding: musicnn 0.1.0,"
        " Million Song Dataset"
    )
    manifest = manifest_of(checksums(files), trained_on=trained_on)
    measured = figures(table, recipe=Recipe(), seed=chosen.seed)
    texts = {
        "MODEL_CARD.md": model_card(manifest, figures=measured),
        "LICENSES": LICENSES + _licence_of_musicnn(),
    }
    write_folder(chosen.out, files=files, manifest=manifest, texts=texts)
    size = sum(len(content) for content in files.values())
    print(f"{chosen.out}: {size / 1e6:.1f} MB, {len(table.clips)} clips")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
