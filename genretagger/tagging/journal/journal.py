"""The write-ahead undo journal: one append-only file per batch.

Each line is a record (`records`), and is on the disk before what it announces is done. A file cut
anywhere loses at most its last record, and says so. Knows nothing of tags and audio.

Every function raises JournalError where a file cannot be read or written, or where a newer
Genretagger wrote it.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Final

import genretagger
from genretagger.core.errors import JournalError, shown
from genretagger.tagging.disk import fs
from genretagger.tagging.disk.errors import translate_journal_errors
from genretagger.tagging.disk.shared_call import SharedCall
from genretagger.tagging.journal.batch_log import BatchLog, WriteEntry
from genretagger.tagging.journal.framing import split_records
from genretagger.tagging.journal.records import (
    SCHEMA,
    Header,
    Intent,
    OutcomeState,
    Prepared,
    Record,
    WriteOutcome,
    decode_record,
    encode_record,
)

_FILE_NAME: Final = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}\.jsonl")
_SUFFIX: Final = ".jsonl"

_LOG = logging.getLogger(__name__)


class JournalFile:
    """A batch's file, open for appending by several threads.

    Records that threads append at the same time go to the disk together. After a failure nothing
    more can be appended, and its reason is told to all.
    """

    def __init__(self, path: Path, stream: FileIO, *, next_number: int = 0) -> None:
        self.path = path
        self.next_number = next_number
        self._stream = stream
        self._begun: dict[int, Intent] = {}
        self._lines: list[bytes] = []
        self._guard = threading.Lock()  # of everything that is above
        self._write = SharedCall(self._write_lines)
        self._failure: OSError | MemoryError | None = None

    @property
    def begun(self) -> tuple[Intent, ...]:
        """The intents without an outcome that were appended here."""
        with self._guard:
            return tuple(self._begun.values())

    def take_number(self) -> int:
        """Return the number of a new write; one thread numbers them in the order they have."""
        self.next_number += 1
        return self.next_number - 1

    def append(self, record: Record) -> None:
        """Put a record on the disk, and wait until it is there."""
        with self._guard:
            self._lines.append(encode_record(record))
        self._write.run()
        with self._guard:
            if isinstance(record, Intent):
                self._begun[record.number] = record
            elif isinstance(record, WriteOutcome):
                self._begun.pop(record.number, None)

    def note(self, outcome: WriteOutcome) -> bool:
        """Append how a write ended; return whether that is on the disk.

        If not, what became of the file can be told all the same: the next recovery settles it.
        """
        try:
            self.append(outcome)
        except JournalError as error:
            number = outcome.number
            _LOG.warning("the outcome of write %d is settled at the next start (%s)", number, error)
            return False
        return True

    def require_complete(self) -> None:
        """Raise JournalError, with the reason, if a record could not be written."""
        with translate_journal_errors(self.path):
            if self._failure is not None:
                raise self._failure

    def _write_lines(self) -> None:
        self.require_complete()
        # Whatever is raised: other threads wait for these lines, and would find none to write.
        self._failure = OSError(errno.EIO, "an earlier record could not be written")
        with self._guard:
            lines, self._lines = self._lines, []
        with translate_journal_errors(self.path):
            try:
                fs.append(self._stream, b"".join(lines))
            except (OSError, MemoryError) as error:
                self._failure = error
                raise
        self._failure = None


@contextmanager
def create(folder: Path, *, policy: str) -> Iterator[JournalFile]:
    """Begin a batch in `folder`, whose lock is held: make its file and write the header."""
    now = datetime.now(UTC)
    path = path_of(folder, _make_id(folder, now))
    header = Header(SCHEMA, genretagger.__version__, policy, now.isoformat("T", "seconds"))
    with _opened(path, new=True) as file:
        try:
            with translate_journal_errors(path):
                file.append(header)
                fs.sync_folder(folder)
        except BaseException:
            with suppress(OSError):  # a batch without a header would stay in the history for ever
                fs.remove(path)
            raise
        yield file


@contextmanager
def extend(log: BatchLog) -> Iterator[JournalFile]:
    """Open the file of an old batch, whose folder's lock is held, to add records."""
    with _opened(log.path, new=False) as file:
        numbers = [entry.intent.number for entry in log.entries]
        file.next_number = max(numbers, default=-1) + 1
        yield file


@contextmanager
def _opened(path: Path, *, new: bool) -> Iterator[JournalFile]:
    with translate_journal_errors(path):
        stream = fs.open_append(path, new=new)
    with stream:
        if not new:
            with translate_journal_errors(path):
                fs.append(stream, b"\n")  # ends a line that was cut; an empty line means nothing
        yield JournalFile(path, stream)


def path_of(folder: Path, batch: str) -> Path:
    """Return the path of the file of a batch."""
    return folder / f"{batch}{_SUFFIX}"


def _make_id(folder: Path, now: datetime) -> str:
    """Return an id later than every other, even within a second or when the clock went back."""
    prefix = now.strftime("%Y%m%dT%H%M%SZ")
    newest = max(list_ids(folder), default="")
    newest_prefix, _, number = newest.rpartition("-")
    if prefix > newest_prefix:
        return f"{prefix}-{secrets.randbelow(0x8000):04x}"
    return f"{newest_prefix}-{int(number, 16) + 1:04x}"


def list_ids(folder: Path) -> list[str]:
    """Return the ids of all batches, in no order; skips files that have no id for a name."""
    with translate_journal_errors(folder):
        try:
            names = os.listdir(folder)  # noqa: PTH208 - paths are slow
        except FileNotFoundError:
            return []
    return [name.removesuffix(_SUFFIX) for name in names if _FILE_NAME.fullmatch(name)]


def statuses(folder: Path) -> dict[str, os.stat_result]:
    """Return the status of each batch's file, in no order."""
    with translate_journal_errors(folder):
        return {batch: os.stat(f"{folder}/{batch}{_SUFFIX}") for batch in list_ids(folder)}  # noqa: PTH116


def last_changed_id(folder: Path) -> str | None:
    """Return the id of the batch whose file was changed last, None if there is no batch."""
    changed_ns = {batch: status.st_mtime_ns for batch, status in statuses(folder).items()}
    return max(changed_ns, key=lambda batch: (changed_ns[batch], batch), default=None)


def read_batch(path: Path) -> BatchLog:
    """Return a batch as far as its records are whole; a damaged record is logged and counted.

    The patches, which are most of the file, are left out (`framing.PatchReader` reads them).
    """
    with translate_journal_errors(path), fs.open_read(path) as stream:
        decoded = [decode_record(line, patches=False) for _, line in split_records(stream)]
    records = [record for record in decoded if record is not None]
    n_damaged = len(decoded) - len(records)
    header = next((record for record in records if isinstance(record, Header)), None)
    if header is None:
        n_damaged = max(n_damaged, 1)
    if n_damaged:
        _LOG.warning("%s: %d record(s) of the journal lost", shown(path), n_damaged)
    return BatchLog(path, header, _group_by_write(records), n_damaged)


def _group_by_write(records: list[Record]) -> tuple[WriteEntry, ...]:
    entries: dict[int, WriteEntry] = {}
    for record in records:
        if isinstance(record, Intent):
            entries[record.number] = WriteEntry(record)
        elif isinstance(record, Prepared) and record.number in entries:
            entries[record.number].prepared = record
        elif isinstance(record, WriteOutcome) and record.number in entries:
            if record.state is OutcomeState.LEFT_ALONE:
                entries[record.number].left_alone = True
            else:
                entries[record.number].outcome = record
    # Several writes at once are recorded as it happens; their numbers have the order.
    return tuple(entries[number] for number in sorted(entries))


def read_all(folder: Path) -> Iterator[BatchLog]:
    """Yield every batch of `folder`, newest first."""
    for batch in sorted(list_ids(folder), reverse=True):
        yield read_batch(path_of(folder, batch))


def find(folder: Path, batch: str | None) -> BatchLog | None:
    """Return the batch of that id; for None the one whose turn to be undone it is, if any.

    That is the newest with something to undo, not counting what undo left alone before. A newer
    damaged batch comes first if none of its writes can be read: it may have something to undo.

    Raises
    ------
    JournalError
        There is no batch of that id, or it cannot be read.
    """
    if batch is None:
        return next(filter(_may_have_turn, read_all(folder)), None)
    if batch not in list_ids(folder):
        raise JournalError("batch-unknown", batch=batch)
    return read_batch(path_of(folder, batch))


def _may_have_turn(log: BatchLog) -> bool:
    is_lost = log.damaged > 0 and not log.written
    return is_lost or any(not entry.left_alone for entry in log.undoable)
