"""What is written into which file: policy, checks, and one batch of safe writes.

How a write is made safe is `swap`; how it is taken back is `undoing`.
"""

from __future__ import annotations

import logging
import os
import stat
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from genretagger.core.datatypes import FileStamp, Policy, WriteResult, WriteStatus
from genretagger.core.errors import (
    TagReadError,
    TrackChangedError,
    TrackError,
    TrackRefusedError,
    UnsupportedFormatError,
    printable,
)
from genretagger.core.genres import distinct, missing
from genretagger.tagging import containers, digest, fs, journal, obstacles, recovery, swap
from genretagger.tagging.containers.door import opened

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from genretagger.core.datatypes import RawGenre, WriteRequest
    from genretagger.core.settings import Settings

_REHEARSED_BYTES: Final = 256 << 20  # larger files are not copied into memory for a dry run

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What is to be done with a file: `status` is WRITTEN, UNCHANGED or SKIPPED."""

    status: WriteStatus
    target: Path
    stamp: FileStamp
    state: containers.TagState
    wanted: RawGenre


class Rehearsal:
    """The dry run of a batch: tells of each file what `Batch.write` would do, and touches nothing.

    Room for a copy is looked for, and the tags are changed in memory, so that a frame which could
    not be kept is found too (in files of up to 256 MiB).
    """

    def __init__(self, *, policy: Policy, settings: Settings) -> None:
        self._policy = policy
        self._settings = settings
        self._own: dict[FileStamp, RawGenre] = {}  # what files with several names would hold

    def check(self, request: WriteRequest) -> WriteResult:
        """Return what would become of a file; never raises for one: the reason is in the result."""
        try:
            policy, settings = self._policy, self._settings
            judged = _judge(request, policy=policy, settings=settings, written=self._own)
            if judged.status is WriteStatus.WRITTEN:
                _rehearse(judged, path=request.path)
                self._own[judged.stamp] = judged.wanted
        except TrackError as error:
            return refused(request.path, error)
        return _result(request.path, judged)


def check(request: WriteRequest, *, policy: Policy, settings: Settings) -> WriteResult:
    """Return what a batch of this one file would do with it, without touching anything."""
    return Rehearsal(policy=policy, settings=settings).check(request)


def _rehearse(judged: _Judgement, *, path: Path) -> None:
    size_bytes = judged.stamp.size_bytes
    try:
        obstacles.require_room(judged.target, size_bytes=size_bytes, path=path)
    except OSError as error:
        raise obstacles.failed(path, error) from error
    if size_bytes > _REHEARSED_BYTES:
        return
    with opened(path) as stream:
        copy = BytesIO(stream.read())
    change = swap.change_genre(judged.state, judged.wanted, path=path)
    with opened(path) as stream:
        change(stream, copy)


class Batch:
    """One press of Apply, the unit of undo; the journal's lock is held from begin to close.

    What an earlier run left unsettled is settled first: `settled` says what became of each file. A
    file of which that cannot be told yet is not written.
    The journal's file is made at the first real write: a batch that wrote nothing leaves no trace.
    """

    def __init__(self, folder: Path, *, policy: Policy, settings: Settings) -> None:
        self._folder = folder
        self._policy = policy
        self._settings = settings
        self._stack = ExitStack()
        self._settled = recovery.Settled((), ())
        self._journal: journal.JournalFile | None = None
        # A file written here, as it was found and as it is now; and back.
        self._own: dict[FileStamp, FileStamp] = {}
        self._found: dict[FileStamp, FileStamp] = {}

    @property
    def settled(self) -> tuple[WriteResult, ...]:
        """What became of the writes that an earlier run left unsettled."""
        return self._settled.results

    @property
    def batch(self) -> str | None:
        """The id of the batch, None as long as nothing was written."""
        return self._journal.path.stem if self._journal else None

    def __enter__(self) -> Self:
        self._settled = self._stack.enter_context(recovery.locked(self._folder))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def write(self, request: WriteRequest) -> WriteResult:
        """Write one file; the result says what became of it, and why.

        Raises
        ------
        JournalError
            The journal cannot be written; from then on nothing is.
        """
        try:
            judged = _judge(self._followed(request), policy=self._policy, settings=self._settings)
            if judged.status is WriteStatus.WRITTEN:
                self._carry_out(request.path, judged)
        except TrackError as error:
            logger.debug("%s", error)
            return refused(request.path, error, batch=self.batch)
        return _result(request.path, judged, batch=self.batch)

    def _followed(self, request: WriteRequest) -> WriteRequest:
        """Return the request as it would be of a file that was written here under another name."""
        if request.stamp in self._own:
            return replace(request, stamp=self._own[request.stamp], current_genres=None)
        with suppress(OSError):
            if request.stamp is None and FileStamp.of(request.path.stat()) in self._found:
                return replace(request, current_genres=None)
        return request

    def _carry_out(self, path: Path, judged: _Judgement) -> None:
        if self._journal is None:
            file = journal.create(self._folder, policy=self._policy.value)
            self._journal = self._stack.enter_context(file)
        change = swap.Change(
            path=path,
            target=judged.target,
            stamp=judged.stamp,
            before=judged.state.raw,
            after=judged.wanted,
            fill=swap.change_genre(judged.state, judged.wanted, path=path),
            mtime_ns=judged.stamp.mtime_ns if self._settings.keep_dates else None,
        )
        swap.carry_out(change, journal=self._journal, pending=self._settled.pending)
        with suppress(OSError):
            stamp = FileStamp.of(judged.target.stat())
            found = self._found.get(judged.stamp, judged.stamp)
            self._own[found], self._found[stamp] = stamp, found


def begin_batch(journal_folder: Path, *, policy: Policy, settings: Settings) -> Batch:
    """Return a batch for `with`; entering raises JournalError if another process writes."""
    return Batch(journal_folder, policy=policy, settings=settings)


def refused(path: Path, error: TrackError, *, batch: str | None = None) -> WriteResult:
    """Return the result for a file that was not written because of `error`."""
    judged = isinstance(error, (TrackRefusedError, TagReadError, UnsupportedFormatError))
    status = WriteStatus.REFUSED if judged else WriteStatus.FAILED
    return WriteResult(path, status, reason=error, batch=batch)


def _result(path: Path, judged: _Judgement, *, batch: str | None = None) -> WriteResult:
    before = judged.state.genres
    is_written = judged.status is WriteStatus.WRITTEN
    after = containers.genre_names(judged.wanted) if is_written else before
    return WriteResult(path, judged.status, before, after, batch=batch if is_written else None)


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
        obstacles.require_writable(target, path=path)
    except OSError as error:
        raise obstacles.failed(path, error) from error
    return target


def _judge(
    request: WriteRequest,
    *,
    policy: Policy,
    settings: Settings,
    written: Mapping[FileStamp, RawGenre] | None = None,
) -> _Judgement:
    """Return what is to be done, or raise why nothing can be.

    `written` says which files are to be taken for written, and with what.
    """
    path = request.path
    genres = _valid(request)
    target = target_of(path)
    with opened(path) as stream:
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
    status, wanted = _decide(state, genres, policy=policy, settings=settings)
    if status is WriteStatus.WRITTEN:
        _require_taken(wanted, path=path)
    return _Judgement(status, target, stamp, state, wanted)


def _require_taken(wanted: RawGenre, *, path: Path) -> None:
    """Check that programs will read each genre as it is; name those of which they will not."""
    if containers.takes(wanted):
        return
    alone = [v for v in wanted.values if not containers.takes(replace(wanted, values=(v,)))]
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
    status, new = WriteStatus.WRITTEN, distinct(genres)
    match policy:
        case Policy.FILL:
            status = WriteStatus.SKIPPED if state.genres else status
        case Policy.ADD:
            joined_by = separator if containers.joins(state.raw) else ""
            added = missing(new, state.genres, separator=joined_by)
            status = status if added else WriteStatus.UNCHANGED
            new = (*state.genres, *added)
        case Policy.REPLACE:
            pass
    wanted = containers.wanted(state.raw, genres=new, separator=separator)
    same = state.genres in (new, containers.genre_names(wanted))  # (4)Eurodisco shows two genres
    if status is WriteStatus.WRITTEN and same:
        status = WriteStatus.UNCHANGED
    return status, wanted
