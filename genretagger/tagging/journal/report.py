"""Reports on the journal: its batches, the writes of one, and a complete backup.

Every function raises JournalError if there is no batch of that id or a file cannot be read.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from genretagger.core.writes import (
    BatchState,
    BatchSummary,
    WriteState,
    WriteStatus,
    WriteSummary,
)
from genretagger.tagging import containers
from genretagger.tagging.journal import index, journal
from genretagger.tagging.journal.batch_log import BatchLog, WriteEntry
from genretagger.tagging.journal.framing import PatchReader
from genretagger.tagging.journal.records import OutcomeState


def summarise_batches(folder: Path, *, is_busy: bool = False) -> tuple[BatchSummary, ...]:
    """Return a summary of every batch, newest first.

    Parameters
    ----------
    is_busy : bool
        Whether another process holds the journal's lock: then the writes without an outcome of
        the batch that changed last are not interrupted but being done.
    """
    summaries = [entry.summary(batch) for batch, entry in index.read_index(folder).items()]
    busy_batch = journal.last_changed_id(folder) if is_busy else None
    return tuple(
        replace(summary, state=BatchState.BEING_WRITTEN)
        if summary.batch == busy_batch and summary.state is BatchState.INTERRUPTED
        else summary
        for summary in summaries
    )


def summarise_writes(
    folder: Path, batch: str, *, is_busy: bool = False
) -> tuple[WriteSummary, ...]:
    """Return the writes of a batch, oldest first; `is_busy` as for `summarise_batches`.

    An undo is reported as the state of its write, not as a write of its own.
    """
    log = journal.find(folder, batch)
    if log is None:
        return ()
    undone = _undone_numbers(log)
    is_being_written = is_busy and journal.last_changed_id(folder) == log.batch
    return tuple(
        WriteSummary(
            entry.intent.number,
            entry.intent.path,
            WriteState.BEING_WRITTEN
            if is_being_written and entry.outcome is None
            else _state_of(entry, undone=undone),
            containers.genre_names(entry.intent.before),
            containers.genre_names(entry.intent.after),
            entry.outcome.reason if entry.outcome else "",
            _policy_of(log, entry) or "",
        )
        for entry in log.entries
        if entry.intent.undoes is None
    )


def export_records(folder: Path, batch: str | None, *, patches: bool) -> Iterator[dict[str, Any]]:
    """Yield an object per write and per undo of a batch, or of all batches, oldest first.

    Paths and genres are texts whose undecodable bytes are lone surrogates. Holds one batch without
    its patches in memory at a time.

    Parameters
    ----------
    patches : bool
        Whether to add the patches, in base64.
    """
    for batch_id in sorted(journal.list_ids(folder)) if batch is None else (batch,):
        log = journal.find(folder, batch_id)
        if log is None:
            continue
        undone = _undone_numbers(log)
        reader = PatchReader(log.path)
        for entry in log.entries:
            record = _export(log, entry, undone=undone)
            if patches:
                patch = reader.read(entry.intent.number)
                record["patch"] = patch and base64.b64encode(patch).decode("ascii")
            yield record


def _export(log: BatchLog, entry: WriteEntry, *, undone: frozenset[int]) -> dict[str, Any]:
    intent, header = entry.intent, log.header
    state = _state_of(entry, undone=undone)
    is_restored = intent.undoes is not None and state is WriteState.WRITTEN
    return {
        "batch": log.batch,
        "at_utc": header.at_utc if header else None,
        "policy": _policy_of(log, entry),
        "program": header.program if header else None,
        "number": intent.number,
        "undoes": intent.undoes,
        "path": str(intent.path),
        "target": str(intent.target),
        "state": WriteStatus.RESTORED.value if is_restored else state.value,
        "reason": (entry.outcome.reason if entry.outcome else "") or None,
        "undone": intent.number in undone,
        "undo_refused": entry.left_alone,
        "before": list(containers.genre_names(intent.before)),
        "after": list(containers.genre_names(intent.after)),
        "before_raw": asdict(intent.before),
        "after_raw": asdict(intent.after),
        "old_sha256": intent.old_sha256,
        "new_sha256": entry.new_sha256,
        "audio_digest": intent.audio_digest,
        "identity": asdict(intent.stamp),
        "damaged": log.damaged,
    }


def _policy_of(log: BatchLog, entry: WriteEntry) -> str | None:
    """Return the policy of a write: its own, or that of its batch if that is known."""
    return entry.intent.policy or (log.header.policy if log.header else None)


def _undone_numbers(log: BatchLog) -> frozenset[int]:
    standing = {entry.intent.number for entry in log.undoable}
    return frozenset(entry.intent.number for entry in log.written) - standing


def _state_of(entry: WriteEntry, *, undone: frozenset[int]) -> WriteState:
    """Return what became of a write; `undone` are the numbers of the writes taken back."""
    if entry.outcome is None:
        return WriteState.INTERRUPTED
    match entry.outcome.state:
        case OutcomeState.DONE | OutcomeState.LEFT_ALONE:
            return WriteState.UNDONE if entry.intent.number in undone else WriteState.WRITTEN
        case OutcomeState.FAILED:
            return WriteState.FAILED
        case OutcomeState.ROLLED_BACK:
            return WriteState.ROLLED_BACK
        case OutcomeState.UNCLEAR:
            return WriteState.UNCLEAR
        case OutcomeState.GONE:
            return WriteState.GONE
