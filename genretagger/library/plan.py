"""JSON lines for scripts: one object per track, and plans of genres to write."""

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
from genretagger.core.predictions import Prediction, StyleScore, Unsure
from genretagger.core.rules import Rule, rule_record
from genretagger.core.tracks import Track
from genretagger.core.writes import Policy, WriteRequest

_TEXT_LIST = "a list of texts"
_POLICIES = tuple(policy.value for policy in Policy)


def analysed_record(
    event: TrackAnalysed,
    *,
    suggested: Sequence[str] = (),
    styles: Sequence[StyleScore] = (),
    style: StyleScore | None = None,
    read_only: GenreTaggerError | None = None,
    rule: Rule | None = None,
) -> dict[str, Any]:
    """Return the JSON object of a heard track; with `genres` added, it is a line of a plan.

    `suggested` are the genres to write, `style` the one of `styles` that these are the names of,
    where none of the ten fits; `read_only` is the reason why none can be written; `rule` is the
    user's rule for the track.
    """
    track, prediction = event.track, event.prediction
    return pending_record(track.path, track) | {
        **_judged(prediction),
        "scores": _scores_record(prediction),
        "styles": [_style_record(style) for style in styles],
        "style": None if style is None else _style_record(style),
        "hints": [{"name": hint.genre, "score": round(hint.score, 6)} for hint in prediction.hints],
        "state": _state(prediction),
        "suggested": list(suggested),
        "rule": None if rule is None else rule_record(rule),
        "model_id": prediction.model_id,
        "personal": _personal_record(event.personal),
        "audio_digest": event.audio_digest,
        "read_only": str(read_only) if read_only else None,
    }


def _style_record(style: StyleScore) -> dict[str, Any]:
    return {
        "style": style.style,
        "confidence": round(style.confidence, 6),
        "proven": style.is_proven,
    }


def _personal_record(prediction: Prediction | None) -> dict[str, Any] | None:
    if prediction is None:
        return None
    return _judged(prediction)


def _judged(prediction: Prediction) -> dict[str, Any]:
    """Return genre, confidence, level and doubt; of what is not music, no number of a genre."""
    is_music = prediction.unsure is not Unsure.NOT_MUSIC
    return {
        "genre": prediction.genre,
        "confidence": round(prediction.confidence, 6) if is_music else None,
        "level": prediction.level.value if is_music else None,
        "unsure": prediction.unsure.value if prediction.unsure else None,
    }


def _scores_record(prediction: Prediction) -> dict[str, float] | None:
    if prediction.unsure is Unsure.NOT_MUSIC:
        return None
    return {score.genre: round(score.score, 6) for score in prediction.scores}


def _state(prediction: Prediction) -> str:
    """Return the state of a heard track as a word for scripts."""
    match prediction.unsure:
        case None:
            return "sure"
        case Unsure.NOT_MUSIC:
            return "not music"
        case _:
            return "unsure"


def _state_of(error: GenreTaggerError) -> str:
    """Return the state of a track without a verdict as a word for scripts.

    A track that is silent or too short has not failed.
    """
    match error:
        case TrackSilentError():
            return "silent"
        case TrackTooShortError():
            return "too short"
        case _:
            return "failed"


def failure_record(failure: Failure) -> dict[str, Any]:
    """Return the JSON object of a file that could not be heard: the same keys, with the error."""
    record = pending_record(failure.path, failure.track)
    return {**record, "state": _state_of(failure.error), "error": str(failure.error)}


def pending_record(path: Path, track: Track | None) -> dict[str, Any]:
    """Return the JSON object of a file not heard yet: the same keys, without a verdict."""
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
        "styles": [],
        "style": None,
        "rule": None,
    }


def request_record(request: WriteRequest, *, policy: Policy) -> dict[str, Any]:
    """Return the line of a plan that is equivalent to `request` in a batch under `policy`."""
    current = request.current_genres
    return {
        "path": str(request.path),
        "genres": list(request.genres),
        "policy": (request.policy or policy).value,
        "current_genres": None if current is None else list(current),
        "audio_digest": request.audio_digest,
    }


def read_plan(lines: Iterable[str]) -> tuple[WriteRequest, ...]:
    """Return the requests of a plan with one JSON object per line; empty lines are skipped.

    Raises
    ------
    PlanError
        A line is not a JSON object, lacks `path` or `genres`, or has a field of the wrong kind.
    """
    return tuple(
        _request(line, line_number=line_number)
        for line_number, line in enumerate(lines, 1)
        if line.strip()
    )


def _request(line: str, *, line_number: int) -> WriteRequest:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise PlanError("plan-not-json", line=line_number) from error
    if not isinstance(record, dict):
        raise PlanError("plan-not-json", line=line_number)
    for field in ("path", "genres"):
        if field not in record:
            raise PlanError("plan-field-missing", line=line_number, field=field)
    path = record["path"]
    if not _is_path(path):
        raise PlanError("plan-field-invalid", line=line_number, field="path", allowed="a path")
    digest = record.get("audio_digest")
    if digest is not None and not isinstance(digest, str):
        raise PlanError(
            "plan-field-invalid", line=line_number, field="audio_digest", allowed="a text"
        )
    current = record.get("current_genres")
    policy = record.get("policy")
    if policy is not None and policy not in _POLICIES:
        raise PlanError(
            "plan-field-invalid", line=line_number, field="policy", allowed=", ".join(_POLICIES)
        )
    return WriteRequest(
        Path(path).absolute(),
        _texts(record["genres"], field="genres", line_number=line_number),
        audio_digest=digest,
        current_genres=(
            None
            if current is None
            else _texts(current, field="current_genres", line_number=line_number)
        ),
        policy=None if policy is None else Policy(policy),
    )


def _is_path(value: object) -> TypeGuard[str]:
    """Return whether `value` can be a path; only surrogates for undecodable bytes are allowed."""
    if not isinstance(value, str) or not value or "\0" in value:
        return False
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        return False
    return True


def _texts(value: object, *, field: str, line_number: int) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise PlanError("plan-field-invalid", line=line_number, field=field, allowed=_TEXT_LIST)
    return tuple(value)


def require_distinct(requests: Iterable[WriteRequest]) -> None:
    """Check that no two requests are for the same file, under the same or another name.

    Raises
    ------
    PlanError
        Two requests are for the same file.
    """
    real_paths: set[str] = set()
    for line_number, request in enumerate(requests, 1):
        real_path = os.path.realpath(request.path)  # unlike Path.resolve, accepts a loop of links
        if real_path in real_paths:
            raise PlanError("plan-path-twice", line=line_number, path=shown(request.path))
        real_paths.add(real_path)
