"""After a crash: settle every write that was begun and never ended, before anything else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from genretagger.core.errors import TagWriteError, TrackError, shown
from genretagger.core.writes import WriteResult, WriteStatus
from genretagger.tagging import containers, digest
from genretagger.tagging.disk import fs, lock
from genretagger.tagging.journal import index, journal
from genretagger.tagging.journal.batch_log import WriteEntry
from genretagger.tagging.journal.records import Intent, OutcomeState, WriteOutcome
from genretagger.tagging.writing import in_place_write, preconditions

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SettledWrites:
    """What became of each unsettled write; `pending` are those that could not be settled yet."""

    results: tuple[WriteResult, ...]
    pending: tuple[Intent, ...]


def recover(journal_folder: Path) -> tuple[WriteResult, ...]:
    """Settle each write without an outcome; return what became of each.

    - The file has the new hash: the write is finished (WRITTEN, or RESTORED for an undo).
    - It has the old hash: it was never touched (FAILED).
    - It was written in place only in part: it gets its old content again (FAILED).
    - Another program changed it meanwhile: its genre tells the same, if its audio is the same;
      else the write is reported (FAILED) and no whole copy is deleted.
    - It is missing, perhaps on a drive that is not plugged in: reported once (FAILED), and settled
      when the file is back.
    - It cannot be read or put right yet: reported again the next time (FAILED).

    Then the copies of a settled file are removed. Copies that no record of this journal names stay:
    they may belong to a Genretagger with another journal, which runs just now or crashed.

    Raises
    ------
    JournalError
        The journal cannot be used, or another process writes just now.
    """
    if not journal_folder.is_dir():
        return ()
    with lock_and_settle(journal_folder) as settled:
        return settled.results


@contextmanager
def lock_and_settle(journal_folder: Path) -> Iterator[SettledWrites]:
    """Hold the lock of a journal in which everything is settled that can be.

    A write over an unsettled one would cut the way back to the original.

    Raises
    ------
    JournalError
        The journal cannot be used, or another process writes just now.
    """
    with lock.lock_journal(journal_folder):
        results: list[WriteResult] = []
        pending: list[Intent] = []
        for log in index.read_open(journal_folder):
            back = [entry for entry in log.gone if _may_exist(entry.intent.target)]
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
    """Record the outcome of `entry`, if it can be known."""
    intent, path, batch = entry.intent, entry.intent.path, file.path.stem
    try:
        with lock.lock_folder(intent.target, path=path):
            state = _determine_state(entry)
            copy = _clean_up(entry, state)
    except TrackError as error:
        return WriteResult(path, WriteStatus.FAILED, reason=error, batch=batch)
    outcome = WriteOutcome(intent.number, state)
    if file.note(outcome):  # else it is settled, and told, once more
        entry.outcome = outcome
    _LOG.info("%s: interrupted write settled: %s", shown(path), state.value)
    if state is OutcomeState.DONE:
        status = WriteStatus.WRITTEN if intent.undoes is None else WriteStatus.RESTORED
        before, after = (containers.genre_names(raw) for raw in (intent.before, intent.after))
        return WriteResult(path, status, before, after, batch=batch)
    reason = _explain(path, state, copy)
    return WriteResult(path, WriteStatus.FAILED, reason=reason, batch=batch)


def _explain(path: Path, state: OutcomeState, copy: Path | None) -> TagWriteError:
    if state is OutcomeState.ROLLED_BACK:
        return TagWriteError(path, "rolled-back")
    is_gone = state is OutcomeState.GONE
    if copy is None:
        return TagWriteError(path, "recovery-missing" if is_gone else "recovery-unclear")
    key = "recovery-missing-copy" if is_gone else "recovery-unclear-copy"
    return TagWriteError(path, key, copy=shown(copy))


def _determine_state(entry: WriteEntry) -> OutcomeState:
    """Return how a write ended, judged by the file as it is now; put back a half-written file.

    Raises TagWriteError if the file cannot be read or put back just now.
    """
    intent = entry.intent
    with preconditions.translate_errors(intent.path, key="recovery-unreadable"):
        try:
            with fs.open_read(intent.target) as stream:
                state = _state_by_hash(entry, stream)
        except (FileNotFoundError, NotADirectoryError):
            return OutcomeState.GONE
    if state is not None:
        return state
    _, side_copy = intent.copies
    with preconditions.translate_errors(intent.path, key="recovery-halfway", copy=shown(side_copy)):
        in_place_write.put_back(intent)
    in_place_write.keep_date(intent.target, intent.stamp.mtime_ns)
    return OutcomeState.ROLLED_BACK


def _state_by_hash(entry: WriteEntry, stream: BinaryIO) -> OutcomeState | None:
    """Return how a write ended by the hash of the file, else by its genre; None if half done."""
    intent, prepared = entry.intent, entry.prepared
    in_place = prepared is not None and prepared.in_place
    sha256 = digest.file_digest(stream)
    if prepared is not None and sha256 == prepared.new_sha256:
        if in_place:
            in_place_write.keep_date(intent.target, intent.mtime_ns)
        return OutcomeState.DONE
    if sha256 == intent.old_sha256:
        if in_place:
            in_place_write.keep_date(intent.target, intent.stamp.mtime_ns)
        return OutcomeState.ROLLED_BACK
    if in_place and fs.status_of(stream).st_ino == intent.stamp.inode:
        new, old = intent.copies
        if in_place_write.is_half_written(stream, old=old, new=new, old_sha256=intent.old_sha256):
            return None
    return _state_by_genre(intent, stream)


def _state_by_genre(intent: Intent, stream: BinaryIO) -> OutcomeState:
    """Return how a write ended by the genre of a file whose other tags were changed meanwhile."""
    container = intent.before.container
    try:
        raw = containers.state_of(stream, path=intent.path, upgrade_id3v22=True).raw
        if raw.container != container:
            return OutcomeState.UNCLEAR
        audio_digest = digest.stream_digest(stream, container=container, path=intent.path)
    except TrackError as error:
        _LOG.debug("%s", error)
        return OutcomeState.UNCLEAR
    if audio_digest != intent.audio_digest:
        return OutcomeState.UNCLEAR
    if containers.same_genre(raw, intent.after):
        return OutcomeState.DONE
    is_old = containers.same_genre(raw, intent.before)
    return OutcomeState.ROLLED_BACK if is_old else OutcomeState.UNCLEAR


def _may_exist(path: Path) -> bool:
    """Return False only if there is certainly nothing at `path`."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True


def _clean_up(entry: WriteEntry, state: OutcomeState) -> Path | None:
    """Remove the copies of a settled file; keep the whole copies of an unclear or missing one.

    Returns the whole copy that is left, the side copy rather than the changed one. Raises
    TagWriteError if a copy cannot be removed.
    """
    intent = entry.intent
    if state in (OutcomeState.UNCLEAR, OutcomeState.GONE) and entry.prepared is not None:
        hashes = (entry.prepared.new_sha256, intent.old_sha256)
        pairs = zip(intent.copies, hashes, strict=False)
        whole = [copy for copy, sha256 in pairs if hash_of(copy) == sha256]
        return whole[-1] if whole else None
    for copy in intent.copies:
        with (
            preconditions.translate_errors(
                intent.path, key="recovery-copy-stays", copy=shown(copy)
            ),
            suppress(FileNotFoundError, NotADirectoryError),
        ):
            fs.remove(copy)
    return None
