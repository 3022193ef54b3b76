"""`WriteResult`s: what became of one file, after an error, a decision or an undo."""

from __future__ import annotations

from pathlib import Path

from genretagger.core.errors import (
    TagReadError,
    TrackError,
    TrackRefusedError,
    UnsupportedFormatError,
)
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
    before = decision.state.genres
    if decision.status is not WriteStatus.WRITTEN:
        return WriteResult(path, decision.status, before, before)
    after, linked = containers.genre_names(decision.after), _link_identity(decision.target)
    return WriteResult(path, decision.status, before, after, batch=batch, linked=linked)


def from_undo(change: FileChange, *, batch: str) -> WriteResult:
    """Return the result for a file whose write `change` took back."""
    before, after = (containers.genre_names(raw) for raw in (change.before, change.after))
    linked = _link_identity(change.target)
    return WriteResult(change.path, WriteStatus.RESTORED, before, after, batch=batch, linked=linked)


def _link_identity(target: Path) -> tuple[int, int] | None:
    """Return device and inode of a file that has several names (hard links), else None."""
    try:
        status = target.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status.st_nlink > 1 else None
