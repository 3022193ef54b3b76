"""`WriteResult`s: what became of one file, after an error, a decision or an undo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from genretagger.core.errors import (
    TagReadError,
    TrackError,
    TrackRefusedError,
    UnsupportedFormatError,
)
from genretagger.core.tracks import FileStamp
from genretagger.core.writes import WriteResult, WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.writing.decide import WriteDecision
from genretagger.tagging.writing.safe_write import FileChange

_REFUSALS = (TrackRefusedError, TagReadError, UnsupportedFormatError)


def from_error(path: Path, error: TrackError, *, batch: str | None = None) -> WriteResult:
    """Return the result for a file that `error` kept from being written."""
    status = WriteStatus.REFUSED if isinstance(error, _REFUSALS) else WriteStatus.FAILED
    return WriteResult(path, status, reason=error, batch=batch)


def from_decision(path: Path, decision: WriteDecision, *, batch: str | None = None) -> WriteResult:
    """Return the result for a file after `decision` was carried out."""
    before, status = decision.state.genres, decision.status
    if status is not WriteStatus.WRITTEN:
        return WriteResult(path, status, before, before, size_and_time=decision.stamp.size_and_time)
    result = WriteResult(path, status, before, containers.genre_names(decision.after), batch=batch)
    return _with_look(result, decision.target)


def from_undo(change: FileChange, *, batch: str) -> WriteResult:
    """Return the result for a file whose write `change` took back."""
    before, after = (containers.genre_names(raw) for raw in (change.before, change.after))
    result = WriteResult(change.path, WriteStatus.RESTORED, before, after, batch=batch)
    return _with_look(result, change.target)


def _with_look(result: WriteResult, target: Path) -> WriteResult:
    """Return `result` with what a look at its file says."""
    try:
        status = target.stat()
    except OSError:
        return result
    linked = (status.st_dev, status.st_ino) if status.st_nlink > 1 else None
    return replace(result, linked=linked, size_and_time=FileStamp.of(status).size_and_time)
