"""The index of the journal: what each batch's file says at a glance, so that few need be read.

It is a cache beside the journal. An entry counts only while the file that it was made from has the
same size, times and inode; a missing, damaged or newer index is made anew. Undo does not ask it.

Every function raises JournalError where a file of the journal cannot be read, or where a newer
Genretagger wrote it.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from genretagger.core.errors import shown
from genretagger.core.files.atomic import replace_file
from genretagger.core.writes import BatchState, BatchSummary
from genretagger.tagging.disk import fs
from genretagger.tagging.journal import journal
from genretagger.tagging.journal.batch_log import BatchLog
from genretagger.tagging.journal.glance import glance
from genretagger.tagging.journal.records import body_of, frame_line

_NAME: Final = "index"
_VERSION: Final = 1

_LOG = logging.getLogger(__name__)


class IndexedBatch(NamedTuple):
    """What the index knows of one batch.

    stamp : size, time of modification, time of change and inode of its file
    is_open : whether a write of it is to be settled, now or when its file is back
    """

    stamp: tuple[int, ...]
    at_utc: str
    policy: str
    n_written: int
    n_undone: int
    state: str
    is_damaged: bool
    is_open: bool

    def summary(self, batch: str) -> BatchSummary:
        """Return the summary of the batch, whose id is `batch`."""
        return BatchSummary(
            batch,
            self.at_utc,
            self.policy,
            self.n_written,
            self.n_undone,
            BatchState(self.state),
            damaged=self.is_damaged,
            size_bytes=self.stamp[0],
        )


def read_index(folder: Path) -> dict[str, IndexedBatch]:
    """Return each batch of a journal by its id, newest first; read only the files that changed."""
    stored = _load(folder / _NAME)
    statuses = journal.statuses(folder)
    batches = {}
    for batch in sorted(statuses, reverse=True):
        entry = stored.get(batch)
        is_current = entry is not None and entry.stamp == _stamp(statuses[batch])
        batches[batch] = entry if entry and is_current else _look_at(journal.path_of(folder, batch))
    if batches != stored:
        _store(folder / _NAME, batches)
    return batches


def read_open(folder: Path) -> Iterator[BatchLog]:
    """Yield every batch with a write that never ended, or whose file is gone, newest first.

    Reads no other batch that is in the index: this is done before each write.
    """
    for batch, entry in read_index(folder).items():
        if entry.is_open:
            yield journal.read_batch(journal.path_of(folder, batch))


def _look_at(path: Path) -> IndexedBatch:
    looked = glance(path)
    ends, header = looked.ends, looked.header
    return IndexedBatch(
        _stamp(looked.status),
        header.at_utc if header else "",
        header.policy if header else "",
        len(ends.written),
        len(ends.written) - len(ends.standing),
        ends.state(is_readable=looked.is_readable).value,
        is_damaged=looked.n_damaged > 0,
        is_open=ends.is_open,
    )


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _load(path: Path) -> dict[str, IndexedBatch]:
    """Return what is in the index, nothing if it is missing, damaged or of another version."""
    try:
        with fs.open_read(path) as stream:  # a pipe in its place blocks nobody
            body = body_of(stream.read().removesuffix(b"\n"))
        stored = json.loads(body) if body is not None else {}
        if stored.get("version") != _VERSION:
            return {}
        return {
            batch: IndexedBatch(tuple(stamp), *values)
            for batch, (stamp, *values) in stored["batches"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        _LOG.debug("%s: made anew (%r)", shown(path), error)
        return {}


def _store(path: Path, batches: dict[str, IndexedBatch]) -> None:
    body = json.dumps({"version": _VERSION, "batches": batches}, separators=(",", ":"))
    with suppress(OSError):  # on a full disk the journal is read next time, too
        replace_file(path, frame_line(body.encode("ascii")), is_synced=False)
