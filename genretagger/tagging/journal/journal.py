"""The write-ahead undo journal: one append-only file per batch.

Each line is a record (`records`), on the disk before what it announces is done. A file cut anywhere
loses at most its last record, and says so. Knows nothing of tags and audio.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Final

import genretagger
from genretagger.core.errors import JournalError, reason_of, shown
from genretagger.tagging.disk import fs
from genretagger.tagging.journal.framing import is_prepared, split_records
from genretagger.tagging.journal.records import (
    SCHEMA,
    BatchLog,
    Header,
    Intent,
    Prepared,
    Record,
    WriteEntry,
    WriteOutcome,
    WriteState,
    decoded,
    encoded,
    peek_record,
)

_SUFFIX: Final = ".jsonl"
_ID: Final = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{4}")

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class JournalFile:
    """A batch's file, open for appending. After a failure nothing more can be appended.

    begun : the intents without an outcome that were appended here, by number
    """

    path: Path
    stream: FileIO
    next_number: int = 0
    begun: dict[int, Intent] = field(default_factory=dict)
    _failed: bool = field(default=False)

    def append(self, record: Record) -> None:
        """Put a record on the disk.

        Raises
        ------
        JournalError
            It cannot be written; from then on, none can.
        """
        if self._failed:
            raise _unusable(self.path, OSError(errno.EIO, "an earlier record could not be written"))
        try:
            fs.append(self.stream, encoded(record))
        except OSError as error:
            self._failed = True
            raise _unusable(self.path, error) from error
        if isinstance(record, Intent):
            self.begun[record.number] = record
        elif isinstance(record, WriteOutcome):
            self.begun.pop(record.number, None)


def _unusable(path: Path, error: OSError) -> JournalError:
    return JournalError("journal-unusable", path=shown(path), reason=reason_of(error))


@contextmanager
def _opened(path: Path, *, new: bool) -> Iterator[JournalFile]:
    try:
        stream = fs.open_append(path, new=new)
    except OSError as error:
        raise _unusable(path, error) from error
    with stream:
        if not new:
            try:
                fs.append(stream, b"\n")  # ends a line that was cut; an empty line means nothing
            except OSError as error:
                raise _unusable(path, error) from error
        yield JournalFile(path, stream)


@contextmanager
def create(folder: Path, *, policy: str) -> Iterator[JournalFile]:
    """Begin a batch in `folder`, whose lock is held: make its file and write the header.

    Raises
    ------
    JournalError
        It cannot be made or written.
    """
    now = datetime.now(UTC)
    path = folder / (_new_id(folder, now) + _SUFFIX)
    header = Header(SCHEMA, genretagger.__version__, policy, now.isoformat("T", "seconds"))
    with _opened(path, new=True) as file:
        try:
            fs.append(file.stream, encoded(header))
            fs.sync_folder(folder)
        except OSError as error:
            with suppress(OSError):  # a batch without a header would stay in the history for ever
                fs.remove(path)
            raise _unusable(path, error) from error
        yield file


def _new_id(folder: Path, now: datetime) -> str:
    """Return an id later than every other, also within a second and when the clock went back."""
    prefix = now.strftime("%Y%m%dT%H%M%SZ")
    newest = max(ids(folder), default="")
    if prefix > newest.rpartition("-")[0]:
        return f"{prefix}-{secrets.randbelow(0x8000):04x}"
    last_prefix, _, number = newest.rpartition("-")
    return f"{last_prefix}-{int(number, 16) + 1:04x}"


def ids(folder: Path) -> list[str]:
    """Return the ids of all batches, in no order; a name that is no id of ours is passed over.

    Raises
    ------
    JournalError
        The folder cannot be read.
    """
    try:
        return [
            path.stem
            for path in folder.iterdir()
            if path.suffix == _SUFFIX and _ID.fullmatch(path.stem)
        ]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unusable(folder, error) from error


@contextmanager
def extend(log: BatchLog) -> Iterator[JournalFile]:
    """Open the file of an old batch, whose folder's lock is held, to add records.

    Raises
    ------
    JournalError
        It cannot be written.
    """
    with _opened(log.path, new=False) as file:
        numbers = [entry.intent.number for entry in log.entries]
        file.next_number = max(numbers, default=-1) + 1
        yield file


def read_batch(path: Path) -> BatchLog:
    """Return a batch as far as its records are whole; a damaged record is logged and counted.

    The ways back are left out, which are most of the file (`lines.WaysBack`).

    Raises
    ------
    JournalError
        The file cannot be read, or a newer Genretagger wrote it.
    """
    try:
        with path.open("rb") as stream:
            found = [decoded(piece, patches=False) for _, piece in split_records(stream)]
    except OSError as error:
        raise _unusable(path, error) from error
    records = [record for record in found if record is not None]
    damaged = len(found) - len(records)
    header = next((record for record in records if isinstance(record, Header)), None)
    if header is None:
        damaged = max(damaged, 1)
    if damaged:
        _LOG.warning("%s: %d record(s) of the journal lost", shown(path), damaged)
    return BatchLog(path, header, _entries(records), damaged)


def _entries(records: list[Record]) -> tuple[WriteEntry, ...]:
    entries: dict[int, WriteEntry] = {}
    for record in records:
        if isinstance(record, Intent):
            entries[record.number] = WriteEntry(record)
        elif isinstance(record, Prepared) and record.number in entries:
            entries[record.number].prepared = record
        elif isinstance(record, WriteOutcome) and record.number in entries:
            if record.state is WriteState.LEFT_ALONE:
                entries[record.number].left_alone = True
            else:
                entries[record.number].outcome = record
    return tuple(entries.values())


def read_all(folder: Path) -> Iterator[BatchLog]:
    """Yield every batch of `folder`, newest first.

    Raises
    ------
    JournalError
        A file cannot be read, or a newer Genretagger wrote it.
    """
    for batch in sorted(ids(folder), reverse=True):
        yield read_batch(folder / (batch + _SUFFIX))


def unsettled(folder: Path) -> Iterator[BatchLog]:
    """Yield every batch with writes that never ended, or whose file is gone, newest first.

    Decodes no other batch: this is done before each write.

    Raises
    ------
    JournalError
        A file cannot be read, or a newer Genretagger wrote it.
    """
    for batch in sorted(ids(folder), reverse=True):
        path = folder / (batch + _SUFFIX)
        if _has_begun(path):
            yield read_batch(path)


def _has_begun(path: Path) -> bool:
    """Return whether some intent of a file has no outcome, or none that lasts."""
    begun: set[int] = set()
    try:
        with path.open("rb") as stream:
            for _, piece in split_records(stream):
                found = peek_record(piece)
                if found is not None:
                    (begun.add if found[0] else begun.discard)(found[1])
                elif not is_prepared(piece):  # a header, or damaged, or of a newer program
                    decoded(piece)
    except OSError as error:
        raise _unusable(path, error) from error
    return bool(begun)


def newest(folder: Path) -> str | None:
    """Return the id of the batch whose file was changed last, None if there is no batch.

    Raises
    ------
    JournalError
        A file cannot be asked.
    """
    changed_ns = {batch: status_of(folder, batch).st_mtime_ns for batch in ids(folder)}
    return max(changed_ns, key=lambda batch: (changed_ns[batch], batch), default=None)


def status_of(folder: Path, batch: str) -> os.stat_result:
    """Return the status of the file of a batch.

    Raises
    ------
    JournalError
        It cannot be asked.
    """
    path = folder / (batch + _SUFFIX)
    try:
        return path.stat()
    except OSError as error:
        raise _unusable(path, error) from error


def find(folder: Path, batch: str | None) -> BatchLog | None:
    """Return the batch of that id without its patches; for None the newest with something to undo.

    What undo left alone already does not count then; None if there is none.

    Raises
    ------
    JournalError
        There is no batch of that id, or it cannot be read.
    """
    if batch is None:
        logs = read_all(folder)
        return next((log for log in logs if any(not e.left_alone for e in log.undoable)), None)
    if batch not in ids(folder):
        raise JournalError("batch-unknown", batch=batch)
    return read_batch(folder / (batch + _SUFFIX))
