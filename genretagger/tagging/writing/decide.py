"""What is written into which file: the policy, and all checks that need no write.

Nothing here changes a file; `writer` and `rehearsal` do with the judgement what they are for.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from genretagger.core.errors import (
    TagReadError,
    TrackChangedError,
    TrackError,
    TrackRefusedError,
    UnsupportedFormatError,
    printable,
)
from genretagger.core.genres import merged
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp, RawGenre
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.tagging import containers, digest
from genretagger.tagging.disk import fs
from genretagger.tagging.disk.reading import open_for_reading
from genretagger.tagging.layout import wholeness
from genretagger.tagging.writing import preconditions


@dataclass(frozen=True, slots=True)
class WriteDecision:
    """What is to be done with a file: `status` is WRITTEN, UNCHANGED or SKIPPED."""

    status: WriteStatus
    target: Path
    stamp: FileStamp
    state: containers.TagState
    wanted: RawGenre


def refused(path: Path, error: TrackError, *, batch: str | None = None) -> WriteResult:
    """Return the result for a file that was not written because of `error`."""
    judged = isinstance(error, (TrackRefusedError, TagReadError, UnsupportedFormatError))
    status = WriteStatus.REFUSED if judged else WriteStatus.FAILED
    return WriteResult(path, status, reason=error, batch=batch)


def result(path: Path, judged: WriteDecision, *, batch: str | None = None) -> WriteResult:
    """Return the result for a file with which was done what `judged` says."""
    before = judged.state.genres
    is_written = judged.status is WriteStatus.WRITTEN
    if not is_written:
        return WriteResult(path, judged.status, before, before)
    after, linked = containers.genre_names(judged.wanted), several_names(judged.target)
    return WriteResult(path, judged.status, before, after, batch=batch, linked=linked)


def several_names(target: Path) -> tuple[int, int] | None:
    """Return device and inode of a file that has several names, None of any other."""
    try:
        status = target.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status.st_nlink > 1 else None


def target_of(path: Path) -> Path:
    """Return the file that `path` leads to, links followed, if it may be written.

    Raises
    ------
    TrackRefusedError
        It is no regular file or may not be written.
    TagWriteError
        It is not there or cannot be asked.
    """
    try:
        target = Path(os.path.realpath(path, strict=True))
        if not stat.S_ISREG(target.stat().st_mode):
            raise TrackRefusedError(path, "file-not-regular")
        preconditions.require_writable(target, path=path)
    except OSError as error:
        raise preconditions.failed(path, error) from error
    return target


def decide_write(
    request: WriteRequest,
    *,
    policy: Policy,
    settings: Settings,
    written: Mapping[FileStamp, RawGenre] | None = None,
) -> WriteDecision:
    """Return what is to be done, or raise why nothing can be.

    `written` says which files are to be taken for written, and with what. The request's own policy
    goes before that of the batch.

    Raises
    ------
    TrackChangedError
        It is not the file, or has not the genre or the audio, that the request speaks of.
    TrackRefusedError
        It may not be written, or not with these genres.
    TagReadError, TagWriteError, UnsupportedFormatError, TagLibraryBugError
        It cannot be read or written.
    """
    path = request.path
    genres = _valid(request)
    target = target_of(path)
    with open_for_reading(path) as stream:
        stamp = FileStamp.of(fs.status_of(stream))
        if request.stamp not in (None, stamp):
            raise TrackChangedError(path, "file-changed")
        upgrade = settings.upgrade_id3v22
        state = containers.state_of(stream, path=path, upgrade_id3v22=upgrade)
        if written and stamp in written:
            raw = written[stamp]
            state = replace(state, raw=raw, genres=containers.genre_names(raw))
        elif request.current_genres not in (None, state.genres):
            raise TrackChangedError(path, "genre-changed")
        _require_audio(request, stream_state=state)
        if wholeness.has_hole(stream, container=state.container):
            raise TrackRefusedError(path, "sound-missing")
    policy = request.policy or policy
    status, wanted = _decide(state, genres, policy=policy, settings=settings)
    if status is WriteStatus.WRITTEN:
        _require_taken(wanted, path=path)
    return WriteDecision(status, target, stamp, state, wanted)


def _require_taken(wanted: RawGenre, *, path: Path) -> None:
    """Check that programs will read each genre as it is; name those of which they will not."""
    if containers.accepts(wanted):
        return
    alone = [v for v in wanted.values if not containers.accepts(replace(wanted, values=(v,)))]
    genres = "; ".join(alone or wanted.values)
    raise TrackRefusedError(path, "genre-misread", genre=printable(genres))


def _require_audio(request: WriteRequest, *, stream_state: containers.TagState) -> None:
    if request.audio_digest is None:
        return
    found = digest.audio_digest(request.path, container=stream_state.container)
    if found != request.audio_digest:
        raise TrackChangedError(request.path, "audio-changed")


def _valid(request: WriteRequest) -> tuple[str, ...]:
    """Return the genres asked for, each once, without space around."""
    if not request.genres:
        raise TrackRefusedError(request.path, "genre-empty")
    for genre in request.genres:
        if not genre.strip() or not genre.isprintable():
            raise TrackRefusedError(request.path, "genre-invalid", genre=repr(genre))
    return tuple(dict.fromkeys(genre.strip() for genre in request.genres))


def _decide(
    state: containers.TagState, genres: tuple[str, ...], *, policy: Policy, settings: Settings
) -> tuple[WriteStatus, RawGenre]:
    """Return whether to write under `policy`, and what the file should hold then."""
    separator = settings.id3v23_separator
    new = merged(
        state.genres,
        genres,
        policy,
        joined_by=separator if containers.joins(state.raw) else "",
        protected=settings.protected_genres,
    )
    wanted = containers.wanted(state.raw, genres=new, separator=separator)
    if policy is Policy.FILL and state.genres:
        return WriteStatus.SKIPPED, wanted
    same = state.genres in (new, containers.genre_names(wanted))  # (4)Eurodisco shows two genres
    return WriteStatus.UNCHANGED if same else WriteStatus.WRITTEN, wanted
