"""Reads and writes a personal classifier as one file: arrays and JSON in an `.npz`.

Files are untrusted: size, type and shape are checked before anything is unpacked or allocated.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from genretagger import __version__
from genretagger.analysis.arrays import UNREADABLE, read_array
from genretagger.analysis.personal.classifier import PersonalClassifier
from genretagger.core.errors import PersonalError, printable, reason_of, shown
from genretagger.core.personal import ClassifierReport
from genretagger.core.typed_json import parse_json, to_typed

SUFFIX: Final = ".npz"
LARGEST_BYTES: Final = 8 * 2**20
_FORMAT: Final = 1
_ABOUT: Final = "about"  # the JSON text, as bytes
_LARGEST: Final = {"weights": 4 * 2**20, "bias": 2**16, _ABOUT: 2**20}
_MOST_UNITS: Final = 4096
_LONGEST_GENRE: Final = 100


@dataclass(frozen=True, slots=True)
class _Description:
    """The content of the JSON text, without its format number and program version."""

    embedding_id: str
    plan_id: str
    report: ClassifierReport


def pack(classifier: PersonalClassifier) -> bytes:
    """Return the content of the file of `classifier`."""
    about = {
        "format": _FORMAT,
        "program": __version__,
        "embedding_id": classifier.embedding_id,
        "plan_id": classifier.plan_id,
        "report": asdict(classifier.report),
    }
    stream = io.BytesIO()
    np.savez_compressed(
        stream,
        allow_pickle=False,
        weights=classifier.weights,
        bias=classifier.bias,
        about=np.frombuffer(json.dumps(about).encode(), np.uint8),
    )
    return stream.getvalue()


def read_file(path: Path) -> bytes:
    """Return the content of the file at `path`.

    Raises
    ------
    PersonalError
        The file cannot be read, or is larger than `LARGEST_BYTES`.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "its name holds a null"
        raise PersonalError("personal-unreadable", path=shown(path), reason=reason) from error
    if len(content) > LARGEST_BYTES:
        raise PersonalError("personal-damaged", path=shown(path), reason="it is too large")
    return content


def unpack(content: bytes, *, path: Path) -> PersonalClassifier:
    """Return the classifier in `content`; `path` is only for errors.

    Raises
    ------
    PersonalError
        The content is not a classifier, a value in it is invalid, or a newer version of the
        program made it.
    """
    try:
        if _is_newer(content):
            raise PersonalError("personal-newer", path=shown(path))
        arrays = _arrays(content)
        about = _description(bytes(arrays[_ABOUT]))
        classifier = PersonalClassifier(
            arrays["weights"], arrays["bias"], about.embedding_id, about.plan_id, about.report
        )
        _check(classifier)
    except UNREADABLE as error:
        reason = printable(str(error))[:200] or type(error).__name__
        raise PersonalError("personal-damaged", path=shown(path), reason=reason) from error
    return classifier


def _is_newer(content: bytes) -> bool:
    """Return whether a newer version made the file, whatever else may be in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        stored = parse_json(bytes(_array(archive, _ABOUT)))
    form = stored.get("format") if isinstance(stored, dict) else None
    return isinstance(form, int) and form > _FORMAT


def _arrays(content: bytes) -> dict[str, NDArray[Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(archive.namelist())
        if names != sorted(f"{name}.npy" for name in _LARGEST):
            raise ValueError("it does not hold the arrays that it must")
        return {name: _array(archive, name) for name in _LARGEST}


def _array(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    return read_array(
        archive,
        name,
        kind=np.uint8 if name == _ABOUT else np.float32,
        n_axes=(2 if name == "weights" else 1,),
        largest_bytes=_LARGEST[name],
    )


def _description(text: bytes) -> _Description:
    stored = parse_json(text)
    if not isinstance(stored, dict) or stored.get("format") != _FORMAT:
        raise ValueError("its description is of an unknown form")
    return to_typed(
        {item.name: stored.get(item.name) for item in fields(_Description)}, _Description
    )


def _check(classifier: PersonalClassifier) -> None:
    """Raise ValueError unless the parts fit each other and every name is one line of text."""
    n_genres, n_units = classifier.weights.shape
    genres = classifier.genres
    if not (n_genres == len(genres) == len(classifier.bias) and n_genres > 1):
        raise ValueError("its arrays do not fit its genres")
    if not 0 < n_units <= _MOST_UNITS:
        raise ValueError("its weights do not fit any model")
    if not (np.isfinite(classifier.weights).all() and np.isfinite(classifier.bias).all()):
        raise ValueError("a weight is not a number")
    if _has_negative(asdict(classifier.report)):
        raise ValueError("a number is below zero")
    names = [*genres, *(genre.genre for genre in classifier.report.left_out)]
    if not all(is_genre(name) for name in names) or len(set(genres)) < n_genres:
        raise ValueError("a genre's name is not one")


def is_genre(name: str) -> bool:
    """Return whether `name` is a valid genre: one short line of visible text."""
    return 0 < len(name) <= _LONGEST_GENRE and name.isprintable() and name == name.strip()


def _has_negative(value: object) -> bool:
    """Return whether a number anywhere in `value` is below zero."""
    if isinstance(value, dict):
        return any(map(_has_negative, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(_has_negative, value))
    return isinstance(value, (int, float)) and value < 0
