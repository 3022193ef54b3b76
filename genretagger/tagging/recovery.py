"""After a crash: settling every write that was begun and never ended."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from genretagger.core.datatypes import WriteResult, WriteStatus
from genretagger.core.errors import TagWriteError, shown
from genretagger.tagging import containers, digest, fs, journal, lock
from genretagger.tagging.records import Outcome, State

if TYPE_CHECKING:
    from pathlib import Path

    from genretagger.tagging.records import Intent

logger = logging.getLogger(__name__)


def recover(journal_folder: Path) -> tuple[WriteResult, ...]:
    """Settle each write without an outcome; return what became of each.

    A file with the hash of the new one is finished (WRITTEN, or RESTORED for an undo), one with the
    hash of the old one was never touched (FAILED, its copy is removed), anything else is reported
    (FAILED) and nothing is deleted. A file that is not there, as on a drive that is not plugged in,
    is reported again at the next start.

    Raises
    ------
    JournalError
        The journal cannot be used, or another process writes just now.
    """
    if not journal_folder.is_dir():
        return ()
    results: list[WriteResult] = []
    with lock.locked(journal_folder):
        for log in journal.read_all(journal_folder):
            if log.unsettled:
                with journal.extend(log) as file:
                    results += [_settle(entry, file=file) for entry in log.unsettled]
    return tuple(results)


def _settle(entry: journal.Entry, *, file: journal.JournalFile) -> WriteResult:
    intent, path = entry.intent, entry.intent.path
    batch = file.path.stem
    found = _hash_of(intent.target)
    if found is None:
        return WriteResult(
            path, WriteStatus.FAILED, reason=TagWriteError(path, "recovery-missing"), batch=batch
        )
    if entry.prepared is not None and found == entry.prepared.new_sha256:
        file.append(Outcome(intent.number, State.DONE))
        status = WriteStatus.WRITTEN if intent.undoes is None else WriteStatus.RESTORED
        before, after = (containers.genre_names(raw) for raw in (intent.before, intent.after))
        return WriteResult(path, status, before, after, batch=batch)
    if found == intent.old_sha256:
        _remove_copy(entry.intent)
        state, reason = State.ROLLED_BACK, TagWriteError(path, "rolled-back")
    else:
        state, reason = State.UNCLEAR, TagWriteError(path, "recovery-unclear")
    file.append(Outcome(intent.number, state))
    return WriteResult(path, WriteStatus.FAILED, reason=reason, batch=batch)


def _remove_copy(intent: Intent) -> None:
    """Remove the copy: the file itself is proven whole."""
    copy = intent.target.with_name(intent.temporary)
    try:
        fs.remove(copy)
    except OSError as error:  # a folder that became read-only; a scan passes the copy over
        logger.warning("%s: not removed (%s)", shown(copy), error)


def _hash_of(path: Path) -> str | None:
    """Return the hash of the file at `path`, None if it cannot be read."""
    try:
        with fs.open_read(path) as stream:
            return digest.file_digest(stream)
    except OSError:
        return None
