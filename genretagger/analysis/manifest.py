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

from genretagger.analysis.arrays import UNREADABLE, read_array
from genretagger.analysis.styles import check_styles
from genretagger.core.errors import ModelError, printable, shown
from genretagger.core.predictions import FeatureSpec, ModelManifest
from genretagger.core.resources import models_folder
from genretagger.core.typed_json import TypedJsonError, read_json

MANIFEST_FILE: Final = "manifest.json"
EMBEDDING_FILE: Final = "embedding.tflite"
CLASSIFIER_FILE: Final = "classifier.tflite"
FILTERBANKS_FILE: Final = "filterbanks.npz"
LOG_MEL: Final = "log_mel"  # name of the mel filters among the filterbanks
_MOST_BANKS: Final = 16
_LARGEST_BANK_BYTES: Final = 16 << 20
_LARGEST_FILE_BYTES: Final = 256 << 20
_LARGEST_MANIFEST_BYTES: Final = 4 << 20
_MOST_SAMPLES: Final = 100_000_000  # of all segments of a track


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
        "its segments are beyond measure": max(
            spec.n_frames * spec.hop_length * max(spec.max_segments, spec.segments_per_excerpt),
            spec.sample_rate_hz,
            spec.n_fft * spec.n_mels,
            manifest.n_units,
        )
        <= _MOST_SAMPLES,
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
        **check_styles(manifest),
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
    largest = _LARGEST_MANIFEST_BYTES if name == MANIFEST_FILE else _LARGEST_FILE_BYTES
    path = folder / name
    try:
        if not path.is_file():  # a pipe would be waited for
            raise OSError
        if path.stat().st_size > largest:
            raise ModelError("model-damaged", name=name)
        return path.read_bytes()
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
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.removesuffix(".npy") for name in archive.namelist()]
            if len(names) > _MOST_BANKS:
                raise ValueError("it holds too many arrays")
            banks = {name: _read_bank(archive, name) for name in names}
    except UNREADABLE as error:
        reason = printable(str(error))[:200] or type(error).__name__
        raise ModelError("model-misfit", name=FILTERBANKS_FILE, reason=reason) from error
    shape = (spec.n_mels, spec.n_fft // 2 + 1)
    if LOG_MEL not in banks or banks[LOG_MEL].shape != shape:
        reason = f"{LOG_MEL} must have the shape {shape}"
        raise ModelError("model-misfit", name=FILTERBANKS_FILE, reason=reason)
    return banks


def _read_bank(archive: zipfile.ZipFile, name: str) -> NDArray[np.float32]:
    return read_array(
        archive, name, kind=np.float32, n_axes=(1, 2), largest_bytes=_LARGEST_BANK_BYTES
    )
