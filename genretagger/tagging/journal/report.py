"""The journal told: its batches, the writes of one, and all of it as a complete backup."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from genretagger.core.writes import BatchSummary, WriteSummary
from genretagger.tagging import containers
from genretagger.tagging.journal import journal
from genretagger.tagging.journal.framing import PatchReader
from genretagger.tagging.journal.records import SCHEMA, BatchLog, Header, WriteEntry, WriteState

_BEING_WRITTEN: Final = "being written"


def history(folder: Path, *, is_busy: bool = False) -> tuple[BatchSummary, ...]:
    """Return a summary of every batch, newest first.

    Parameters
    ----------
    is_busy : bool
        Whether another process holds the journal's lock: then the write that began last is not
        interrupted but being done.

    Raises
    ------
    JournalError
        A file cannot be read, or a newer Genretagger wrote it.
    """
    newest = journal.newest(folder) if is_busy else None
    return tuple(_summary(log, newest=newest) for log in journal.read_all(folder))


def _summary(log: BatchLog, *, newest: str | None) -> BatchSummary:
    header = log.header or Header(SCHEMA, "", "", "")
    return BatchSummary(
        log.batch,
        header.at_utc,
        header.policy,
        len(log.written),
        len(log.written) - len(log.undoable),
        _BEING_WRITTEN if _in_flight(log, newest=newest) else log.state,
        damaged=log.damaged > 0,
        size_bytes=journal.status_of(log.path.parent, log.batch).st_size,
    )


def _in_flight(log: BatchLog, *, newest: str | None) -> WriteEntry | None:
    """Return the write that is being done, if it is in `log`; `newest` is the batch it is in.

    An earlier one without an outcome could not be settled before.
    """
    return log.unsettled[-1] if log.unsettled and log.batch == newest else None


def writes(folder: Path, batch: str, *, is_busy: bool = False) -> tuple[WriteSummary, ...]:
    """Return the writes of a batch in their order; taking back is no write but a state of one.

    `is_busy` as for `history`.

    Raises
    ------
    JournalError
        There is no such batch, or it cannot be read.
    """
    log = journal.find(folder, batch)
    if log is None:
        return ()
    undone = _undone(log)
    in_flight = _in_flight(log, newest=journal.newest(folder) if is_busy else None)
    return tuple(
        WriteSummary(
            entry.intent.number,
            entry.intent.path,
            _BEING_WRITTEN if entry is in_flight else _state(entry, undone=undone),
            containers.genre_names(entry.intent.before),
            containers.genre_names(entry.intent.after),
            entry.outcome.reason if entry.outcome else "",
        )
        for entry in log.entries
        if entry.intent.undoes is None
    )


def records(folder: Path, batch: str | None, *, patches: bool) -> Iterator[dict[str, Any]]:
    """Yield an object per write of a batch, or of all, in the order in which they were done.

    Paths and genres are texts whose undecodable bytes are lone surrogates. Holds one batch without
    its ways back at a time.

    Parameters
    ----------
    patches : bool
        Whether to add the ways back, in base64.

    Raises
    ------
    JournalError
        There is no such batch, or one cannot be read.
    """
    for name in sorted(journal.ids(folder)) if batch is None else (batch,):
        log = journal.find(folder, name)
        if log is None:
            continue
        undone = _undone(log)
        ways_back = PatchReader(log.path)
        for entry in log.entries:
            record = _record(log, entry, undone=undone)
            if patches:
                way_back = ways_back.of(entry.intent.number)
                record["patch"] = way_back and base64.b64encode(way_back).decode("ascii")
            yield record


def _record(log: BatchLog, entry: WriteEntry, *, undone: frozenset[int]) -> dict[str, Any]:
    intent, header = entry.intent, log.header
    return {
        "batch": log.batch,
        "at_utc": header.at_utc if header else None,
        "policy": header.policy if header else None,
        "program": header.program if header else None,
        "number": intent.number,
        "undoes": intent.undoes,
        "path": str(intent.path),
        "target": str(intent.target),
        "state": _state(entry, undone=undone),
        "reason": (entry.outcome.reason if entry.outcome else "") or None,
        "undone": intent.number in undone,
        "undo_refused": entry.left_alone,
        "before": list(containers.genre_names(intent.before)),
        "after": list(containers.genre_names(intent.after)),
        "before_raw": asdict(intent.before),
        "after_raw": asdict(intent.after),
        "old_sha256": intent.old_sha256,
        "new_sha256": entry.prepared.new_sha256 if entry.prepared else None,
        "audio_digest": intent.audio_digest,
        "identity": asdict(intent.stamp),
        "damaged": log.damaged,
    }


def _undone(log: BatchLog) -> frozenset[int]:
    standing = {entry.intent.number for entry in log.undoable}
    return frozenset(entry.intent.number for entry in log.written) - standing


def _state(entry: WriteEntry, *, undone: frozenset[int]) -> str:
    """Return how a write ended, in a word or two."""
    if entry.outcome is None:
        return "interrupted"
    if entry.outcome.state is not WriteState.DONE:
        return str(entry.outcome.state.value)
    if entry.intent.undoes is not None:
        return "restored"
    return "undone" if entry.intent.number in undone else "written"
