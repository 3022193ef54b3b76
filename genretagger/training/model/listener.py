"""A model folder that only hears: the embedding with worthless verdicts.

What is trained must be heard by the embedding that will ship, before there is a model with it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np

from genretagger.core.predictions import UNSURE_BELOW, ModelManifest, Threshold
from genretagger.training.data.dataset import GENRES
from genretagger.training.model.calibrate import FOCUS, UNCHANGED
from genretagger.training.model.embedding import Embedding
from genretagger.training.model.export import (
    build_classifier,
    compute_checksums,
    make_filterbanks,
    make_model_files,
    write_folder,
)
from genretagger.training.model.gaussian import Gaussians
from genretagger.training.model.network import make_silent_network

_MODEL_ID: Final = "listener"
_UNKNOWN: Final = Threshold(1.0, 0.0, 0.0)
_FAR: Final = 1e9  # above the distance of every track


@contextmanager
def open_listener(embedding: Embedding) -> Iterator[Path]:
    """Make a model folder that hears with `embedding`; it is removed in the end."""
    n_units = embedding.record.n_units
    nothing = (np.zeros(n_units), 1.0)
    network = make_silent_network(_make_silent_gaussians(n_units))
    files = make_model_files(
        embedding=embedding,
        classifier=build_classifier(network, music=nothing, outside=nothing),
        filterbanks=make_filterbanks(embedding.record.feature_spec),
    )
    with tempfile.TemporaryDirectory() as folder:
        manifest = _make_manifest(embedding, files)
        write_folder(Path(folder), files=files, embedding=embedding, manifest=manifest)
        yield Path(folder)


def _make_silent_gaussians(n_units: int) -> Gaussians:
    square = np.zeros((n_units, n_units))
    slopes, offsets = np.zeros((n_units, len(GENRES))), np.zeros(len(GENRES))
    return Gaussians(np.zeros(n_units), np.ones(n_units), slopes, offsets, square, square)


def _make_manifest(embedding: Embedding, files: dict[str, bytes]) -> ModelManifest:
    record = embedding.record
    return ModelManifest(
        model_id=_MODEL_ID,
        embedding_id=record.embedding_id,
        genres=GENRES,
        tags=record.tags,
        hints=(),
        styles=(),
        n_units=record.n_units,
        feature_spec=record.feature_spec,
        temperature=1.0,
        calibrated=False,
        segment_weight=0.0,
        focus=FOCUS,
        beta=UNCHANGED,
        high=_UNKNOWN,
        medium=_UNKNOWN,
        unsure_below=UNSURE_BELOW,
        least_support=0.0,
        unfamiliar_above=_FAR,
        music_above=0.0,
        outside_above=_FAR,
        sha256=compute_checksums(files),
        trained_on="",
    )
