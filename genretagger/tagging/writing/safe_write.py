"""The safe write: intent, copy, change, verify, prepare, swap, outcome.

At every moment the file is byte for byte the old or the new one, and the journal says enough to
tell which. A swap would part a file from its other names, or rob it of its owner or attributes:
such files are written over in place (`in_place_write`). What to write is decided by `decide` and
the room `undo`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from genretagger.core.errors import (
    GenreTaggerError,
    JournalError,
    TagWriteError,
    TrackChangedError,
    reason_of,
    shown,
)
from genretagger.core.tracks import FileStamp, RawGenre
from genretagger.tagging import digest
from genretagger.tagging.disk import attributes, fs
from genretagger.tagging.disk.folders import Folders
from genretagger.tagging.disk.shared_call import SharedCall
from genretagger.tagging.journal.journal import JournalFile
from genretagger.tagging.journal.records import Intent, OutcomeState, Prepared, WriteOutcome
from genretagger.tagging.writing import in_place_write, preconditions, recovery, reverse_patch
from genretagger.tagging.writing.verified_copy import CopyWriter

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileChange:
    """One change of one file.

    number : of the write, in its batch
    path : as the user names the file; target : the file itself, links followed
    mtime_ns : date of the result, None for now
    undoes : number of the write that this change takes back, None for a first write
    keep_patch : whether the journal keeps a patch that leads back
    policy : that of the write if it is not that of the batch
    """

    number: int
    path: Path
    target: Path
    stamp: FileStamp
    before: RawGenre
    after: RawGenre
    write_copy: CopyWriter
    mtime_ns: int | None
    undoes: int | None = None
    keep_patch: bool = True
    policy: str | None = None


def execute(
    change: FileChange, *, journal: JournalFile, folders: Folders, pending: Sequence[Intent] = ()
) -> None:
    """Do `change` so that a crash at any moment leaves the old or the new file.

    Several threads may do this at once, each with another file.

    Parameters
    ----------
    folders : Folders
        The folders that the batch writes in just now.
    pending : sequence of Intent
        Writes of earlier runs that could not be settled; their files are not written.

    Raises
    ------
    TrackChangedError
        The file changed since the change was planned.
    TrackRefusedError
        The copy failed its verification.
    TagWriteError
        The disk failed, or another process writes the file. The message says whether the file is
        as it was, cannot be read just now, or has its old content beside it.
    TagReadError, TagLibraryBugError
        The tag library failed; the file is as it was.
    JournalError
        The journal cannot be written; the file is as it was. Once it is changed or has failed,
        a lost outcome is not raised (`JournalFile.note`).
    """
    _require_settled(change, (*pending, *journal.begun))
    try:
        with folders.hold(change.target, path=change.path) as sync:
            intent = _record_intent(change, journal=journal)
            _carry_out(change, intent, journal=journal, sync=sync)
    except in_place_write.ChangedError as error:
        raise TrackChangedError(change.path, "file-changed") from error
    except BlockingIOError as error:
        raise TagWriteError(change.path, "file-in-use", pid="?") from error
    except OSError as error:
        raise preconditions.write_error(change.path, error) from error


def _require_settled(change: FileChange, intents: Iterable[Intent]) -> None:
    """Check that none of `intents` is about the same file, which may have several names."""
    for intent in intents:
        if intent.target == change.target or _is_file_at(intent.target, change.stamp):
            raise TagWriteError(change.path, "recovery-pending")


def _is_file_at(path: Path, stamp: FileStamp) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return (status.st_dev, status.st_ino) == (stamp.device, stamp.inode)


def _require_unchanged(change: FileChange, stamp: FileStamp) -> None:
    if stamp != change.stamp:
        raise TrackChangedError(change.path, "file-changed")


def _record_intent(change: FileChange, *, journal: JournalFile) -> Intent:
    container, path = change.before.container, change.path
    with fs.open_read(change.target) as source:
        _require_unchanged(change, FileStamp.of(fs.status_of(source)))
        preconditions.require_room(change.target, size_bytes=change.stamp.size_bytes, path=path)
        intent = Intent(
            number=change.number,
            path=path.absolute(),  # undo may run in another folder
            target=change.target,
            temporary=preconditions.make_copy_name(),
            stamp=change.stamp,
            old_sha256=digest.file_digest(source),
            audio_digest=digest.stream_digest(source, container=container, path=path),
            before=change.before,
            after=change.after,
            undoes=change.undoes,
            side_copy=preconditions.make_copy_name(),
            mtime_ns=change.mtime_ns,
            policy=change.policy,
        )
    journal.append(intent)
    return intent


def _carry_out(
    change: FileChange, intent: Intent, *, journal: JournalFile, sync: SharedCall
) -> None:
    """Make the copy, put it in place, and record how the write ended; `sync` syncs the folder."""
    at_risk = False
    try:
        # Both files are closed before the swap: Windows replaces no open file.
        prepared = _prepare_copy(change, intent)
        journal.append(prepared)
        _require_unchanged(change, FileStamp.of(change.target.stat()))
        if prepared.in_place:
            at_risk = True
            in_place_write.write_over(intent, new_sha256=prepared.new_sha256)
            in_place_write.keep_date(change.target, change.mtime_ns)
        else:
            _swap(change, intent, prepared, sync=sync)
    except in_place_write.HalfwayError as error:
        _, side_copy = intent.copies
        raise preconditions.write_error(
            change.path, error, key="write-halfway", copy=shown(side_copy)
        ) from error
    except _UnsettledError:
        raise
    except BaseException as error:
        if not at_risk or _is_untouched(intent, error):
            _give_up(intent, error, journal=journal)
        raise
    if prepared.in_place and not _remove_copies(intent):
        return  # the next recovery settles it
    journal.note(WriteOutcome(intent.number, OutcomeState.DONE))


class _UnsettledError(TagWriteError):
    """Whether the swap was done cannot be known just now."""


def _prepare_copy(change: FileChange, intent: Intent) -> Prepared:
    """Make the changed copy, verify it, and give it the attributes of the file.

    If it cannot have them, or the file has several names, keep the old file beside it too.
    """
    temporary, side_copy = intent.copies
    with fs.open_read(change.target) as source, fs.create(temporary) as copy:
        n_names = fs.status_of(source).st_nlink
        change.write_copy(source, copy, intent.audio_digest)
        patch = reverse_patch.make(source, copy) if change.keep_patch else None
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
    return Prepared(intent.number, new_sha256, patch, in_place)


def _swap(change: FileChange, intent: Intent, prepared: Prepared, *, sync: SharedCall) -> None:
    try:
        fs.replace(change.target.with_name(intent.temporary), change.target)
    except OSError as error:  # a network file system may report one for a swap that was done
        sha256 = recovery.hash_of(change.target)
        if sha256 == intent.old_sha256:
            raise
        if sha256 != prepared.new_sha256:
            reason = reason_of(error)
            raise _UnsettledError(change.path, "write-unsettled", reason=reason) from error
        _LOG.debug("%s: swapped in spite of %r", shown(change.path), error)
    try:
        sync.run()
    except OSError as error:  # the swap is done; a power cut could still bring the old file back
        _LOG.warning("%s: folder not synced (%s)", shown(change.path), error)


def _is_untouched(intent: Intent, error: BaseException) -> bool:
    """Return whether a file that was to be written in place is as it was.

    Its hash must prove it, as an interruption may also interrupt the putting back.
    """
    if isinstance(error, (in_place_write.ChangedError, BlockingIOError)):
        return True
    return recovery.hash_of(intent.target) == intent.old_sha256


def _give_up(intent: Intent, error: BaseException, *, journal: JournalFile) -> None:
    """Remove the copies of an untouched file and record it; if they stay, recovery does both."""
    is_known = isinstance(error, (GenreTaggerError, OSError))
    if _remove_copies(intent) and is_known and not isinstance(error, JournalError):
        journal.note(WriteOutcome(intent.number, OutcomeState.FAILED, str(error)))


def _remove_copies(intent: Intent) -> bool:
    """Remove both copies; return whether that succeeded."""
    try:
        for copy in intent.copies:
            fs.remove(copy)
    except OSError as error:
        _LOG.warning("%s: a copy beside it is not removed (%s)", shown(intent.target), error)
        return False
    return True
