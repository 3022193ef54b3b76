"""The lines that scripts read and write: one JSON object per track, and plans made from them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeGuard

from genretagger.core.errors import (
    GenreTaggerError,
    PlanError,
    TrackSilentError,
    TrackTooShortError,
    shown,
)
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.file_kinds import condition_text, kind_text
from genretagger.core.predictions import Prediction, Unsure
from genretagger.core.tracks import Track
from genretagger.core.writes import Policy, WriteRequest

_TEXT_LIST = "a list of texts"
_POLICIES = tuple(policy.value for policy in Policy)


def analysed_record(
    event: TrackAnalysed,
    *,
    suggested: Sequence[str] = (),
    read_only: GenreTaggerError | None = None,
) -> dict[str, Any]:
    """Return the line of a track that was heard; with `genres` added it is a line of a plan.

    `suggested` are the genres to write, `read_only` is the reason why none can be written.
    """
    track, prediction = event.track, event.prediction
    return pending_record(track.path, track) | {
        "genre": prediction.genre,
        "confidence": round(prediction.confidence, 6),
        "scores": {score.genre: round(score.score, 6) for score in prediction.scores},
        "hints": [{"name": hint.genre, "score": round(hint.score, 6)} for hint in prediction.hints],
        "unsure": prediction.unsure.value if prediction.unsure else None,
        "level": prediction.level.value,
        "state": _state(prediction),
        "suggested": list(suggested),
        "model_id": prediction.model_id,
        "personal": _personal_record(event.personal),
        "audio_digest": event.audio_digest,
        "read_only": str(read_only) if read_only else None,
    }


def _personal_record(prediction: Prediction | None) -> dict[str, Any] | None:
    if prediction is None:
        return None
    return {
        "genre": prediction.genre,
        "confidence": round(prediction.confidence, 6),
        "level": prediction.level.value,
        "unsure": prediction.unsure.value if prediction.unsure else None,
    }


def _state(prediction: Prediction) -> str:
    """Return a verdict in one word for scripts."""
    match prediction.unsure:
        case None:
            return "sure"
        case Unsure.NOT_MUSIC:
            return "not music"
        case _:
            return "unsure"


def _state_of(error: GenreTaggerError) -> str:
    """Return in one word why there is no verdict; silent or too short is not a failure."""
    match error:
        case TrackSilentError():
            return "silent"
        case TrackTooShortError():
            return "too short"
        case _:
            return "failed"


def failure_record(failure: Failure) -> dict[str, Any]:
    """Return the line of a file that could not be heard: the same keys, with the error."""
    record = pending_record(failure.path, failure.track)
    return {**record, "state": _state_of(failure.error), "error": str(failure.error)}


def pending_record(path: Path, track: Track | None) -> dict[str, Any]:
    """Return the line of a file that was not heard yet: the same keys, without a verdict."""
    tags = track.tags if track else None
    return {
        "path": str(path),
        "container": tags.container if tags else None,
        "duration_s": tags.duration_s if tags else None,
        "duration_estimated": tags.duration_estimated if tags else False,
        "current_genres": list(tags.genres) if tags else [],
        "genre": None,
        "confidence": None,
        "scores": None,
        "hints": [],
        "unsure": None,
        "level": None,
        "state": "pending",
        "suggested": [],
        "model_id": None,
        "personal": None,
        "audio_digest": None,
        "error": None,
        "kind": kind_text(tags.container, path) if tags else None,
        "condition": (condition_text(tags) or None) if tags else None,
        "read_only": None,
    }


def request_record(request: WriteRequest, *, policy: Policy) -> dict[str, Any]:
    """Return the line of a plan that asks for the same as `request` in a batch under `policy`."""
    current = request.current_genres
    return {
        "path": str(request.path),
        "genres": list(request.genres),
        "policy": (request.policy or policy).value,
        "current_genres": None if current is None else list(current),
        "audio_digest": request.audio_digest,
    }


def read_plan(lines: Iterable[str]) -> tuple[WriteRequest, ...]:
    """Return the requests of a plan, one JSON object per line; empty lines are left out.

    Raises
    ------
    PlanError
        A line is not a JSON object, lacks `path` or `genres`, or has a field of the wrong kind.
    """
    return tuple(
        _request(line, number=number) for number, line in enumerate(lines, 1) if line.strip()
    )


def _request(line: str, *, number: int) -> WriteRequest:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise PlanError("plan-not-json", line=number) from error
    if not isinstance(record, dict):
        raise PlanError("plan-not-json", line=number)
    for field in ("path", "genres"):
        if field not in record:
            raise PlanError("plan-field-missing", line=number, field=field)
    path = record["path"]
    if not _is_path(path):
        raise PlanError("plan-field-invalid", line=number, field="path", allowed="a path")
    digest = record.get("audio_digest")
    if digest is not None and not isinstance(digest, str):
        raise PlanError("plan-field-invalid", line=number, field="audio_digest", allowed="a text")
    current = record.get("current_genres")
    policy = record.get("policy")
    if policy is not None and policy not in _POLICIES:
        raise PlanError(
            "plan-field-invalid", line=number, field="policy", allowed=", ".join(_POLICIES)
        )
    return WriteRequest(
        Path(path).absolute(),
        _texts(record["genres"], field="genres", number=number),
        audio_digest=digest,
        current_genres=(
            None if current is None else _texts(current, field="current_genres", number=number)
        ),
        policy=None if policy is None else Policy(policy),
    )


def _is_path(value: object) -> TypeGuard[str]:
    """Return whether a file could have this name: surrogates can be those of odd bytes only."""
    if not isinstance(value, str) or not value or "\0" in value:
        return False
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        return False
    return True


def _texts(value: object, *, field: str, number: int) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise PlanError("plan-field-invalid", line=number, field=field, allowed=_TEXT_LIST)
    return tuple(value)


def require_distinct(requests: Iterable[WriteRequest]) -> None:
    """Check that no file is asked for twice, by whatever name.

    Raises
    ------
    PlanError
        Two requests lead to the same file.
    """
    real_paths: set[str] = set()
    for number, request in enumerate(requests, 1):
        real_path = os.path.realpath(request.path)  # unlike Path.resolve, it bears a loop of links
        if real_path in real_paths:
            raise PlanError("plan-path-twice", line=number, path=shown(request.path))
        real_paths.add(real_path)
