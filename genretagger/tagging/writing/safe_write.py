"""The safe write: intent, copy, change, verify, prepare, swap, outcome.

At every moment the file is byte for byte the old or the new one, and the journal says enough to
tell which. A file that a swap would part from its other names, or rob of its owner or attributes,
is written over in place instead (`inplace`). Does not decide what is written (`writer`, `undoing`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from genretagger.core.errors import (
    GenreTaggerError,
    JournalError,
    TagWriteError,
    TrackChangedError,
    TrackRefusedError,
    reason_of,
    shown,
)
from genretagger.core.tracks import FileStamp, RawGenre
from genretagger.tagging import containers, digest
from genretagger.tagging.digest.structure import structure_digest
from genretagger.tagging.disk import attributes, fs, lock
from genretagger.tagging.journal.journal import JournalFile
from genretagger.tagging.journal.records import Intent, Prepared, WriteOutcome, WriteState
from genretagger.tagging.writing import in_place_write, preconditions, recovery, reverse_patch

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileChange:
    """One change of one file.

    target : the file itself, links followed; `path` is how the user names it
    fill : makes the changed copy (second argument) from the file (first), and verifies it
    mtime_ns : date of the result, None for now
    patched : whether a way back is to be kept
    """

    path: Path
    target: Path
    stamp: FileStamp
    before: RawGenre
    after: RawGenre
    fill: Callable[[BinaryIO, BinaryIO], None]
    mtime_ns: int | None
    undoes: int | None = None
    patched: bool = True


def change_genre(
    state: containers.TagState, wanted: RawGenre, *, path: Path
) -> Callable[[BinaryIO, BinaryIO], None]:
    """Return a `fill` that stores `wanted` and proves that nothing else became different."""

    def fill(source: BinaryIO, copy: BinaryIO) -> None:
        fs.copy_bytes(source, copy)
        store_verified(copy, state, wanted=wanted, path=path)
        old, new = (
            digest.stream_digest(stream, container=state.container, path=path)
            for stream in (source, copy)
        )
        if old != new:
            raise TrackRefusedError(path, "audio-would-change")

    return fill


def store_verified(
    copy: BinaryIO, state: containers.TagState, *, wanted: RawGenre, path: Path
) -> None:
    """Store `wanted` in a copy of `path`; compare genre, other frames and what a player needs.

    Raises
    ------
    TrackRefusedError
        The tag library would store another genre, change or drop another frame, or spoil the file.
    TagReadError, TagLibraryBugError
        The tag library failed.
    """
    structure = structure_digest(copy, container=state.container, path=path)
    containers.store(copy, wanted, path=path)
    found = containers.state_of(copy, path=path)
    same_bytes = containers.same_entries(found.raw, wanted)
    if not same_bytes or not containers.same_genre(found.raw, wanted):
        raise TrackRefusedError(path, "genre-not-stored")
    changed = sorted(set(found.other_frames) ^ set(state.other_frames))
    if changed:
        raise TrackRefusedError(path, "frame-would-change", frame=changed[0][0])
    new_structure = structure_digest(copy, container=state.container, path=path)
    if (new_structure, found.length_s) != (structure, state.length_s):
        raise TrackRefusedError(path, "audio-would-change")


def execute(change: FileChange, *, journal: JournalFile, pending: Sequence[Intent] = ()) -> None:
    """Do `change` so that a crash at any moment leaves the old or the new file.

    Parameters
    ----------
    pending : sequence of Intent
        Writes of earlier runs that could not be settled; their files are not written.

    Raises
    ------
    TrackChangedError
        The file is not the one that was looked at.
    TrackRefusedError
        The copy is not as it should be.
    TagWriteError
        The disk or the file system failed, or somebody else writes the file; it is as it was, or
        cannot be seen just now, or its old content lies beside it: the message says which.
    TagReadError, TagLibraryBugError
        The tag library failed; the file is as it was.
    JournalError
        The journal cannot be written. The file is as it was or wholly changed.
    """
    _require_settled(change, (*pending, *journal.begun.values()))
    try:
        with lock.folder_locked(change.target, path=change.path):
            intent = _begin(change, journal=journal)
            _carry_on(change, intent, journal=journal)
    except in_place_write.ChangedError as error:
        raise TrackChangedError(change.path, "file-changed") from error
    except BlockingIOError as error:
        raise TagWriteError(change.path, "file-in-use", pid="?") from error
    except OSError as error:
        raise preconditions.failed(change.path, error) from error


def _require_settled(change: FileChange, intents: Iterable[Intent]) -> None:
    """Check that none of `intents` is of the same file, which may have several names."""
    for intent in intents:
        if intent.target == change.target or _is_at(intent.target, change.stamp):
            raise TagWriteError(change.path, "recovery-pending")


def _is_at(path: Path, stamp: FileStamp) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return (status.st_dev, status.st_ino) == (stamp.device, stamp.inode)


def _begin(change: FileChange, *, journal: JournalFile) -> Intent:
    with fs.open_read(change.target) as source:
        _require_unchanged(change, FileStamp.of(fs.status_of(source)))
        preconditions.require_room(
            change.target, size_bytes=change.stamp.size_bytes, path=change.path
        )
        intent = _intent(change, source, number=journal.next_number)
    journal.append(intent)
    journal.next_number += 1
    return intent


def _carry_on(change: FileChange, intent: Intent, *, journal: JournalFile) -> None:
    """Make the copy, put it in place, and record how it ended."""
    at_risk = False
    try:
        # Both files are closed before the swap: Windows replaces no open file.
        prepared = _prepare(change, intent)
        journal.append(prepared)
        _require_unchanged(change, FileStamp.of(change.target.stat()))
        if prepared.in_place:
            at_risk = True
            in_place_write.write_over(intent, new_sha256=prepared.new_sha256)
            in_place_write.keep_date(change.target, change.mtime_ns)
        else:
            _swap(change, intent, prepared)
    except in_place_write.HalfwayError as error:
        _, side_copy = intent.copies
        copy = shown(side_copy)
        raise preconditions.failed(change.path, error, key="write-halfway", copy=copy) from error
    except _UnsettledError:
        raise
    except BaseException as error:
        if not at_risk or _is_untouched(intent, error):
            _give_up(intent, error, journal=journal)
        raise
    if prepared.in_place and not _removed(intent):
        return  # the next recovery settles it
    journal.append(WriteOutcome(intent.number, WriteState.DONE))


def _is_untouched(intent: Intent, error: BaseException) -> bool:
    """Return whether a file that was to be written in place is as it was found.

    Otherwise it must prove it: an interruption may interrupt the putting back, too.
    """
    if isinstance(error, (in_place_write.ChangedError, BlockingIOError)):
        return True
    return recovery.hash_of(intent.target) == intent.old_sha256


class _UnsettledError(TagWriteError):
    """Nobody can tell just now whether the swap was done."""


def _give_up(intent: Intent, error: BaseException, *, journal: JournalFile) -> None:
    """Remove the copies of a file that is as it was, and say so; if they stay, recovery does it."""
    is_known = isinstance(error, (GenreTaggerError, OSError))
    if _removed(intent) and is_known and not isinstance(error, JournalError):
        journal.append(WriteOutcome(intent.number, WriteState.FAILED, str(error)))


def _removed(intent: Intent) -> bool:
    try:
        for copy in intent.copies:
            fs.remove(copy)
    except OSError as error:
        _LOG.warning("%s: a copy beside it is not removed (%s)", shown(intent.target), error)
        return False
    return True


def _swap(change: FileChange, intent: Intent, prepared: Prepared) -> None:
    try:
        fs.replace(change.target.with_name(intent.temporary), change.target)
    except OSError as error:  # a network file system may say so of a swap that was done
        found = recovery.hash_of(change.target)
        if found == intent.old_sha256:
            raise
        if found != prepared.new_sha256:
            reason = reason_of(error)
            raise _UnsettledError(change.path, "write-unsettled", reason=reason) from error
        _LOG.debug("%s: swapped in spite of %r", shown(change.path), error)
    try:
        fs.sync_folder(change.target.parent)
    except OSError as error:  # the swap is done; a power cut could still bring the old file back
        _LOG.warning("%s: folder not synced (%s)", shown(change.path), error)


def _prepare(change: FileChange, intent: Intent) -> Prepared:
    """Make the changed copy, verify it, and give it the attributes of the file.

    If it cannot have them, or the file has several names, keep the old file beside it too.
    """
    temporary, side_copy = intent.copies
    with fs.open_read(change.target) as source, fs.create(temporary) as copy:
        n_names = fs.status_of(source).st_nlink
        change.fill(source, copy)
        way_back = reverse_patch.make(source, copy) if change.patched else None
        new_sha256 = digest.file_digest(copy)
        fs.sync(copy)
    # When it is closed: a server may set the date once more.
    fs.copy_attributes(change.target, temporary)
    if change.mtime_ns is None:
        fs.touch(temporary)
    else:
        fs.set_mtime(temporary, change.mtime_ns)
    in_place = n_names > 1 or not attributes.are_kept(change.target, temporary)
    if in_place:
        with fs.open_read(change.target) as source:
            in_place_write.keep_beside(source, side_copy, sha256=intent.old_sha256)
    return Prepared(intent.number, new_sha256, way_back, in_place)


def _intent(change: FileChange, source: BinaryIO, *, number: int) -> Intent:
    return Intent(
        number=number,
        path=change.path.absolute(),  # undo may run in another folder
        target=change.target,
        temporary=preconditions.name_of_copy(),
        stamp=change.stamp,
        old_sha256=digest.file_digest(source),
        audio_digest=digest.stream_digest(
            source, container=change.before.container, path=change.path
        ),
        before=change.before,
        after=change.after,
        undoes=change.undoes,
        side_copy=preconditions.name_of_copy(),
        mtime_ns=change.mtime_ns,
    )


def _require_unchanged(change: FileChange, stamp: FileStamp) -> None:
    if stamp != change.stamp:
        raise TrackChangedError(change.path, "file-changed")
