"""A model folder's manifest, its files by checksum, and its filterbanks.

A model folder is untrusted input: it holds JSON, and NumPy arrays without pickles; every file must
match its checksum, and every shape the manifest. Knows nothing of networks.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import astuple, fields
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.core.errors import ModelError, shown
from genretagger.core.predictions import FeatureSpec, ModelManifest
from genretagger.core.resources import models_folder
from genretagger.core.typed_json import TypedJsonError, read_json

MANIFEST_FILE: Final = "manifest.json"
EMBEDDING_FILE: Final = "embedding.tflite"
CLASSIFIER_FILE: Final = "classifier.tflite"
FILTERBANKS_FILE: Final = "filterbanks.npz"
LOG_MEL: Final = "log_mel"  # name of the mel filters among the filterbanks


def default_model_folder() -> Path:
    """Return the folder of the bundled model, the first by name if there are several.

    Raises
    ------
    ModelError
        No model is bundled.
    """
    bundled = models_folder()
    folders = sorted(manifest.parent for manifest in bundled.glob(f"*/{MANIFEST_FILE}"))
    if not folders:
        raise ModelError("model-missing", name=MANIFEST_FILE, folder=shown(bundled))
    return folders[0]


def load_manifest(folder: Path) -> ModelManifest:
    """Return the manifest of the model in `folder`.

    Raises
    ------
    ModelError
        The manifest is missing or not JSON; a key is missing, unknown or of the wrong type; a
        number is out of range.
    """
    try:
        manifest = read_json(_read(folder, MANIFEST_FILE), ModelManifest)
    except TypedJsonError as error:
        raise _invalid(folder, str(error)) from error
    spec = manifest.feature_spec
    counts = (getattr(spec, item.name) for item in fields(spec) if item.name != "level_db")
    checks = {
        "a number that must be positive is not": all(
            number > 0 for number in (*counts, manifest.n_units, manifest.temperature)
        ),
        "the level must be from -60 to 0 dB": -60 <= spec.level_db <= 0,
        "the focus must be from 0 to 10": 0 <= manifest.focus <= 10,
        "a calibration must rise, and not by more than 100": all(
            0 <= slope <= 100 for slope in (manifest.beta.low, manifest.beta.high)
        )
        and manifest.beta.low + manifest.beta.high > 0
        and abs(manifest.beta.offset) <= 100,
        "a threshold is not between 0 and 1": all(
            0 <= share <= 1
            for share in (
                *astuple(manifest.high),
                *astuple(manifest.medium),
                manifest.segment_weight,
                manifest.unsure_below,
                manifest.least_support,
                *(least for _, least in manifest.hints),
            )
        ),
        "the level high begins below medium": manifest.high.confidence
        >= manifest.medium.confidence,
        "it names no genres": len(manifest.genres) > 0,
        "it names a genre twice": len(set(manifest.genres)) == len(manifest.genres),
        "a hint is not a tag": {tag for tag, _ in manifest.hints} <= set(manifest.tags),
        "it must give the checksums of exactly the model's files": sorted(
            name for name, _ in manifest.sha256
        )
        == sorted((EMBEDDING_FILE, CLASSIFIER_FILE, FILTERBANKS_FILE)),
    }
    for reason, holds in checks.items():
        if not holds:
            raise _invalid(folder, reason)
    return manifest


def _invalid(folder: Path, reason: str) -> ModelError:
    return ModelError("model-manifest-invalid", folder=shown(folder), reason=reason)


def read_files(folder: Path, manifest: ModelManifest) -> dict[str, bytes]:
    """Return the content of every file that `manifest` names.

    Raises
    ------
    ModelError
        A file is missing or does not match its checksum.
    """
    contents = {}
    for name, digest in manifest.sha256:
        contents[name] = _read(folder, name)
        if hashlib.sha256(contents[name]).hexdigest() != digest:
            raise ModelError("model-damaged", name=name)
    return contents


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise ModelError("model-missing", name=name, folder=shown(folder)) from error


def read_filterbanks(content: bytes, spec: FeatureSpec) -> dict[str, NDArray[np.float32]]:
    """Return the arrays of the filterbank file; the array `LOG_MEL` must fit `spec`.

    Raises
    ------
    ModelError
        The file is no archive of arrays, or the mel filters do not fit.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            banks = {name: arrays[name] for name in arrays.files}
    except (ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError("model-misfit", name=FILTERBANKS_FILE, reason=error) from error
    shape = (spec.n_mels, spec.n_fft // 2 + 1)
    if LOG_MEL not in banks or banks[LOG_MEL].shape != shape:
        reason = f"{LOG_MEL} must have the shape {shape}"
        raise ModelError("model-misfit", name=FILTERBANKS_FILE, reason=reason)
    return banks
