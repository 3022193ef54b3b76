"""Build the shipped model folder: `python -m genretagger.training.train` (`make train`)."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from genretagger.core.datatypes import ModelManifest
from genretagger.core.errors import GenreTaggerError
from genretagger.core.resources import models_folder
from genretagger.training import musicnn
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

# Chosen on held-out folds (docs/model.md).
UNSURE_BELOW: Final = 0.5
LEAST_SUPPORT: Final = 0.3
HINT_THRESHOLD: Final = 0.1


def train(table: Table, *, recipe: Recipe, seed: int) -> tuple[dict[str, bytes], ModelManifest]:
    """Return the files and the manifest of a model trained on every row of `table`."""
    embedding = musicnn.load_embedding()
    spec = musicnn.FEATURE_SPEC
    penultimate = table.arrays[PENULTIMATE]
    classifier = fit(penultimate, table.labels, n_genres=len(GENRES), recipe=recipe, seed=seed)
    files = model_files(embedding=embedding, classifier=classifier, banks=filterbanks(spec))
    manifest = ModelManifest(
        model_id=MODEL_ID,
        embedding_id=musicnn.EMBEDDING_ID,
        genres=GENRES,
        tags=musicnn.TAGS,
        hint_tags=HINT_TAGS,
        n_units=musicnn.N_UNITS,
        feature_spec=spec,
        temperature=1.0,
        calibrated=False,
        unsure_below=UNSURE_BELOW,
        least_support=LEAST_SUPPORT,
        hint_threshold=HINT_THRESHOLD,
        sha256=checksums(files),
        trained_on=(
            f"{len(table.clips)} clips of GTZAN, fault-filtered training and validation partitions;"
            f" embedding: musicnn 0.1.0, Million Song Dataset"
        ),
    )
    return files, manifest


def _licence_of_musicnn() -> str:
    return importlib.metadata.distribution("musicnn").read_text("LICENSE.md") or ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write the model folder; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get(DATA_VARIABLE))
    parser.add_argument("--out", type=Path, default=models_folder() / MODEL_ID)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    if chosen.data is None:
        parser.error(f"no data folder: set {DATA_VARIABLE} or use --data")
    try:
        table = load_table(chosen.data / TABLE_FILE, needs=(PENULTIMATE,))
        files, manifest = train(table, recipe=Recipe(), seed=chosen.seed)
    except GenreTaggerError as error:
        parser.exit(2, f"{error}\n")
    texts = {"MODEL_CARD.md": model_card(manifest), "LICENSES": LICENSES + _licence_of_musicnn()}
    write_folder(chosen.out, files=files, manifest=manifest, texts=texts)
    size = sum(len(content) for content in files.values())
    print(f"{chosen.out}: {size / 1e6:.1f} MB, {len(table.clips)} clips")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
