"""The safe write: intent, copy, change, verify, prepare, swap, outcome.

At every moment the file is byte for byte the old or the new one, and the journal says enough to
tell which. Does not decide what is written (`writer`, `undoing`).
"""

from __future__ import annotations

import logging
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from genretagger.core.datatypes import FileStamp
from genretagger.core.errors import (
    GenreTaggerError,
    JournalError,
    TagWriteError,
    TrackChangedError,
    TrackRefusedError,
    shown,
)
from genretagger.tagging import containers, digest, fs, patch, recovery
from genretagger.tagging.digest.structure import structure_digest
from genretagger.tagging.records import Intent, Outcome, Prepared, State

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from genretagger.core.datatypes import RawGenre
    from genretagger.tagging.journal import JournalFile

TEMPORARY_PREFIX: Final = ".gt-"
TEMPORARY_SUFFIX: Final = ".tmp"
_FREE_MARGIN_BYTES: Final = 1 << 20

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
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
    OSError
        The disk failed.
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


def carry_out(change: Change, *, journal: JournalFile) -> None:
    """Do `change` so that a crash at any moment leaves the old or the new file.

    Raises
    ------
    TrackChangedError
        The file is not the one that was looked at.
    TrackRefusedError
        The copy is not as it should be.
    TagWriteError
        The disk or the file system failed; the file is as it was, or cannot be seen just now.
    TagReadError, TagLibraryBugError
        The tag library failed; the file is as it was.
    JournalError
        The journal cannot be written. The file is as it was or wholly changed.
    """
    try:
        with fs.open_read(change.target) as source:
            _require_unchanged(change, FileStamp.of(fs.status_of(source)))
            require_room(change.target, size_bytes=change.stamp.size_bytes, path=change.path)
            intent = _intent(change, source, number=journal.next_number)
            journal.append(intent)
            journal.next_number += 1
        _swap(change, intent, journal=journal)
    except OSError as error:
        raise failed(change.path, error) from error


def _swap(change: Change, intent: Intent, *, journal: JournalFile) -> None:
    """Make the copy, put it in place, and record how it ended."""
    temporary = change.target.with_name(intent.temporary)
    try:
        # Both files are closed before the swap: Windows replaces no open file.
        new_sha256 = _prepare(change, intent, journal=journal, temporary=temporary)
        _require_unchanged(change, FileStamp.of(change.target.stat()))
    except BaseException as error:
        _clean_up(temporary)
        if isinstance(error, (GenreTaggerError, OSError)) and not isinstance(error, JournalError):
            journal.append(Outcome(intent.number, State.FAILED, str(error)))
        raise
    try:
        fs.replace(temporary, change.target)
    except OSError as error:  # a network file system may say so of a swap that was done
        found = recovery.hash_of(change.target)
        if found == intent.old_sha256:
            _clean_up(temporary)
            journal.append(Outcome(intent.number, State.FAILED, str(error)))
            raise
        if found != new_sha256:  # not settled: recovery looks again
            raise failed(change.path, error, key="write-unsettled") from error
        logger.debug("%s: swapped in spite of %r", shown(change.path), error)
    try:
        fs.sync_folder(change.target.parent)
    except OSError as error:  # the swap is done; a power cut could still bring the old file back
        logger.warning("%s: folder not synced (%s)", shown(change.path), error)
    journal.append(Outcome(intent.number, State.DONE))


def _prepare(change: Change, intent: Intent, *, journal: JournalFile, temporary: Path) -> str:
    """Make the changed copy, verify it, give it the attributes of the file, and record it.

    Returns the hash of the copy.
    """
    with fs.open_read(change.target) as source, fs.create(temporary) as copy:
        change.fill(source, copy)
        way_back = patch.make(source, copy) if change.patched else None
        new_sha256 = digest.file_digest(copy)
        fs.copy_attributes(change.target, temporary)
        if change.mtime_ns is None:
            fs.touch(temporary)
        else:
            fs.set_mtime(temporary, change.mtime_ns)
        fs.sync(copy)
    journal.append(Prepared(intent.number, new_sha256, way_back))
    return new_sha256


def _intent(change: Change, source: BinaryIO, *, number: int) -> Intent:
    return Intent(
        number=number,
        path=change.path.absolute(),  # undo may run in another folder
        target=change.target,
        temporary=f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}{TEMPORARY_SUFFIX}",
        stamp=change.stamp,
        old_sha256=digest.file_digest(source),
        audio_digest=digest.stream_digest(
            source, container=change.before.container, path=change.path
        ),
        before=change.before,
        after=change.after,
        undoes=change.undoes,
    )


def _require_unchanged(change: Change, stamp: FileStamp) -> None:
    if stamp != change.stamp:
        raise TrackChangedError(change.path, "file-changed")


def require_room(target: Path, *, size_bytes: int, path: Path) -> None:
    """Check that a copy of `target` can stand beside it.

    Raises
    ------
    TagWriteError
        Its folder is write-protected or too full; `path` is what the user calls the file.
    """
    folder = target.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        raise TagWriteError(path, "folder-write-protected")
    if fs.free_bytes(folder) < size_bytes + _FREE_MARGIN_BYTES:
        raise TagWriteError(path, "disk-full")


def _clean_up(temporary: Path) -> None:
    try:
        fs.remove(temporary)
    except OSError as error:  # recovery removes it at the next start
        logger.warning("%s: not removed (%s)", shown(temporary), error)


def failed(path: Path, error: OSError, *, key: str = "write-failed") -> TagWriteError:
    """Return the error that says of `path` what the system said."""
    return TagWriteError(path, key, reason=error.strerror or type(error).__name__)
