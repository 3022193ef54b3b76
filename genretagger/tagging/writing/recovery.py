"""After a crash: settling every write that was begun and never ended, before anything else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from genretagger.core.errors import TagWriteError, TrackError, reason_of, shown
from genretagger.core.writes import WriteResult, WriteStatus
from genretagger.tagging import containers, digest
from genretagger.tagging.disk import fs, lock
from genretagger.tagging.journal import journal
from genretagger.tagging.journal.records import Intent, WriteEntry, WriteOutcome, WriteState
from genretagger.tagging.writing import in_place_write

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SettledWrites:
    """What became of each unsettled write; `pending` are those that could not be settled yet."""

    results: tuple[WriteResult, ...]
    pending: tuple[Intent, ...]


def recover(journal_folder: Path) -> tuple[WriteResult, ...]:
    """Settle each write without an outcome; return what became of each.

    A file with the hash of the new one is finished (WRITTEN, or RESTORED for an undo), one with the
    hash of the old one was never touched (FAILED), one that was written in place only in part gets
    its old content again (FAILED); then its copies are removed. Of a file that something else
    changed meanwhile, the genre tells the same as long as the audio is the same; if it is neither
    the old nor the new one, that is reported (FAILED) and no whole copy is deleted. So is, once, a
    file that is not there, as one on a drive that is not plugged in; it is settled when it is back.
    One that cannot be read or put right yet is reported again the next time.

    Copies that no record of this journal names are left alone: they may belong to a Genretagger
    with another journal that runs just now, or to one that crashed and still needs them.

    Raises
    ------
    JournalError
        The journal cannot be used, or another process writes just now.
    """
    if not journal_folder.is_dir():
        return ()
    with locked(journal_folder) as settled:
        return settled.results


@contextmanager
def locked(journal_folder: Path) -> Iterator[SettledWrites]:
    """Hold the lock of a journal with everything settled that can be.

    A write over an unsettled one would cut the way back to the original.

    Raises
    ------
    JournalError
        The journal cannot be used, or another process writes just now.
    """
    with lock.locked(journal_folder):
        results: list[WriteResult] = []
        pending: list[Intent] = []
        for log in journal.unsettled(journal_folder):
            back = [entry for entry in log.gone if _is_there(entry.intent.target)]
            due = (*log.unsettled, *back)
            if due:
                with journal.extend(log) as file:
                    results += [_settle(entry, file=file) for entry in due]
            pending += [entry.intent for entry in (*log.unsettled, *log.gone)]
        yield SettledWrites(tuple(results), tuple(pending))


def hash_of(path: Path) -> str | None:
    """Return the hash of the file at `path`, None if it cannot be read."""
    try:
        with fs.open_read(path) as stream:
            return digest.file_digest(stream)
    except OSError:
        return None


def _settle(entry: WriteEntry, *, file: journal.JournalFile) -> WriteResult:
    """Give `entry` its outcome, if that can be told, and record it."""
    intent, path, batch = entry.intent, entry.intent.path, file.path.stem
    try:
        with lock.folder_locked(intent.target, path=path):
            state = _seen(entry)
            copy = _clean_up(entry, state)
    except TrackError as error:
        return WriteResult(path, WriteStatus.FAILED, reason=error, batch=batch)
    entry.outcome = WriteOutcome(intent.number, state)
    file.append(entry.outcome)
    _LOG.info("%s: interrupted write settled: %s", shown(path), state.value)
    if state is WriteState.DONE:
        status = WriteStatus.WRITTEN if intent.undoes is None else WriteStatus.RESTORED
        before, after = (containers.genre_names(raw) for raw in (intent.before, intent.after))
        return WriteResult(path, status, before, after, batch=batch)
    return WriteResult(path, WriteStatus.FAILED, reason=_reason(path, state, copy), batch=batch)


def _reason(path: Path, state: WriteState, copy: Path | None) -> TagWriteError:
    if state is WriteState.ROLLED_BACK:
        return TagWriteError(path, "rolled-back")
    if copy is None:
        return TagWriteError(
            path, "recovery-missing" if state is WriteState.GONE else "recovery-unclear"
        )
    key = "recovery-missing-copy" if state is WriteState.GONE else "recovery-unclear-copy"
    return TagWriteError(path, key, copy=shown(copy))


def _seen(entry: WriteEntry) -> WriteState:
    """Return how a write ended, told by the file as it is now; put it right if it is half written.

    Raises
    ------
    TagWriteError
        The file cannot be seen or put right just now.
    """
    intent = entry.intent
    try:
        with fs.open_read(intent.target) as stream:
            state = _state(entry, stream)
    except (FileNotFoundError, NotADirectoryError):
        return WriteState.GONE
    except OSError as error:
        reason = reason_of(error)
        raise TagWriteError(intent.path, "recovery-unreadable", reason=reason) from error
    if state is not None:
        return state
    _, side_copy = intent.copies
    try:
        in_place_write.put_back(intent)
    except OSError as error:
        reason = reason_of(error)
        key, copy = "recovery-halfway", shown(side_copy)
        raise TagWriteError(intent.path, key, reason=reason, copy=copy) from error
    in_place_write.keep_date(intent.target, intent.stamp.mtime_ns)
    return WriteState.ROLLED_BACK


def _state(entry: WriteEntry, stream: BinaryIO) -> WriteState | None:
    """Return how a write ended, None if it is half done: by the file's hash, else by its genre."""
    intent, prepared = entry.intent, entry.prepared
    in_place = prepared is not None and prepared.in_place
    found = digest.file_digest(stream)
    if prepared is not None and found == prepared.new_sha256:
        if in_place:
            in_place_write.keep_date(intent.target, intent.mtime_ns)
        return WriteState.DONE
    if found == intent.old_sha256:
        if in_place:
            in_place_write.keep_date(intent.target, intent.stamp.mtime_ns)
        return WriteState.ROLLED_BACK
    if in_place and fs.status_of(stream).st_ino == intent.stamp.inode:
        new, old = intent.copies
        if in_place_write.is_half_written(stream, old=old, new=new, old_sha256=intent.old_sha256):
            return None
    return _state_by_genre(intent, stream)


def _state_by_genre(intent: Intent, stream: BinaryIO) -> WriteState:
    """Return how a write ended by the genre of a file whose other tags were changed meanwhile."""
    container = intent.before.container
    try:
        raw = containers.state_of(stream, path=intent.path, upgrade_id3v22=True).raw
        if raw.container != container:
            return WriteState.UNCLEAR
        audio = digest.stream_digest(stream, container=container, path=intent.path)
    except TrackError as error:
        _LOG.debug("%s", error)
        return WriteState.UNCLEAR
    if audio != intent.audio_digest:
        return WriteState.UNCLEAR
    if containers.same_genre(raw, intent.after):
        return WriteState.DONE
    return (
        WriteState.ROLLED_BACK if containers.same_genre(raw, intent.before) else WriteState.UNCLEAR
    )


def _is_there(path: Path) -> bool:
    """Return whether there is something at `path`, True if that cannot be told."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True


def _clean_up(entry: WriteEntry, state: WriteState) -> Path | None:
    """Remove the copies of a proven file; of another one only those that never were whole.

    Returns the copy that holds the file, if it is left.

    Raises
    ------
    TagWriteError
        One cannot be removed.
    """
    intent = entry.intent
    if state in (WriteState.UNCLEAR, WriteState.GONE) and entry.prepared is not None:
        hashes = (entry.prepared.new_sha256, intent.old_sha256)
        whole = (
            c for c, sha256 in zip(intent.copies, hashes, strict=False) if hash_of(c) == sha256
        )
        return max(whole, key=intent.copies.index, default=None)  # the side copy, if it is there
    for copy in intent.copies:
        try:
            fs.remove(copy)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            reason = reason_of(error)
            key, name = "recovery-copy-stays", shown(copy)
            raise TagWriteError(intent.path, key, copy=name, reason=reason) from error
    return None
