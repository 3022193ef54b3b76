"""After a crash: settling every write that was begun and never ended, before anything else."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from genretagger.core.datatypes import WriteResult, WriteStatus
from genretagger.core.errors import TagWriteError, TrackError, shown
from genretagger.tagging import containers, digest, fs, journal, lock
from genretagger.tagging.records import Outcome, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from genretagger.tagging.records import Entry, Intent

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of each unsettled write; `pending` are the files that could not be seen."""

    results: tuple[WriteResult, ...]
    pending: frozenset[Path]


def recover(journal_folder: Path) -> tuple[WriteResult, ...]:
    """Settle each write without an outcome; return what became of each.

    A file with the hash of the new one is finished (WRITTEN, or RESTORED for an undo), one with the
    hash of the old one was never touched (FAILED, its copy is removed). Of a file that something
    else changed meanwhile, the genre tells the same; if it is neither the old nor the new one, that
    is reported (FAILED) and nothing is deleted. A file that is not there, as on a drive that is not
    plugged in, is reported again the next time.

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
def locked(journal_folder: Path) -> Iterator[Settled]:
    """Hold the lock of a journal with everything settled that can be.

    A write over an unsettled one would cut the way back to the original.

    Raises
    ------
    JournalError
        The journal cannot be used, or another process writes just now.
    """
    with lock.locked(journal_folder):
        results: list[WriteResult] = []
        pending: set[Path] = set()
        for log in journal.unsettled(journal_folder):
            with journal.extend(log) as file:
                results += [_settle(entry, file=file) for entry in log.unsettled]
            pending |= {entry.intent.target for entry in log.unsettled}
        yield Settled(tuple(results), frozenset(pending))


def hash_of(path: Path) -> str | None:
    """Return the hash of the file at `path`, None if it cannot be read."""
    try:
        with fs.open_read(path) as stream:
            return digest.file_digest(stream)
    except OSError:
        return None


def _settle(entry: Entry, *, file: journal.JournalFile) -> WriteResult:
    """Give `entry` its outcome, if the file can be seen, and record it."""
    intent, path = entry.intent, entry.intent.path
    batch = file.path.stem
    try:
        with fs.open_read(intent.target) as stream:
            state = _state(entry, stream)
            is_whole = state is State.ROLLED_BACK and _is_whole(intent, stream)
    except OSError:
        reason = TagWriteError(path, "recovery-missing")
        return WriteResult(path, WriteStatus.FAILED, reason=reason, batch=batch)
    if is_whole:
        _remove_copy(intent)
    entry.outcome = Outcome(intent.number, state)
    file.append(entry.outcome)
    logger.info("%s: interrupted write settled: %s", shown(path), state.value)
    if state is State.DONE:
        status = WriteStatus.WRITTEN if intent.undoes is None else WriteStatus.RESTORED
        before, after = (containers.genre_names(raw) for raw in (intent.before, intent.after))
        return WriteResult(path, status, before, after, batch=batch)
    key = "rolled-back" if state is State.ROLLED_BACK else "recovery-unclear"
    return WriteResult(path, WriteStatus.FAILED, reason=TagWriteError(path, key), batch=batch)


def _state(entry: Entry, stream: BinaryIO) -> State:
    """Return how a write ended, told by the file as it is now: by its hash, else by its genre.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    intent, found = entry.intent, digest.file_digest(stream)
    if entry.prepared is not None and found == entry.prepared.new_sha256:
        return State.DONE
    if found == intent.old_sha256:
        return State.ROLLED_BACK
    try:
        raw = containers.state_of(stream, path=intent.path).raw
    except TrackError as error:
        logger.debug("%s", error)
        return State.UNCLEAR
    if raw.container != intent.before.container:
        return State.UNCLEAR
    if containers.same_genre(raw, intent.after):
        return State.DONE
    return State.ROLLED_BACK if containers.same_genre(raw, intent.before) else State.UNCLEAR


def _is_whole(intent: Intent, stream: BinaryIO) -> bool:
    """Return whether a file is the old one or still holds all its audio.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    if digest.file_digest(stream) == intent.old_sha256:
        return True
    try:
        found = digest.stream_digest(stream, container=intent.before.container, path=intent.path)
    except TrackError:
        return False
    return found == intent.audio_digest


def _remove_copy(intent: Intent) -> None:
    """Remove the copy: the file itself is proven whole."""
    copy = intent.target.with_name(intent.temporary)
    try:
        fs.remove(copy)
    except OSError as error:  # a folder that became read-only; a scan passes the copy over
        logger.warning("%s: not removed (%s)", shown(copy), error)
