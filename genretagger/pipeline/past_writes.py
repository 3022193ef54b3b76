"""Writes of earlier runs: their history, and those that a crash interrupted.

Loads nothing that writes or undoes: `genretagger history` is to answer at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from genretagger.core.writes import BatchSummary, WriteResult, WriteSummary
from genretagger.pipeline.context import Context
from genretagger.tagging.journal import report
from genretagger.tagging.writing import recovery


def history(*, context: Context, is_busy: bool = False) -> tuple[BatchSummary, ...]:
    """Return the batches of the journal, newest first.

    `is_busy` tells whether `recover` found another process writing: the writes of that process are
    then not reported as interrupted.

    Raises
    ------
    JournalError
        The journal cannot be read.
    """
    return report.summarise_batches(context.folders.journal, is_busy=is_busy)


def batch_writes(
    batch: str, *, context: Context, is_busy: bool = False
) -> tuple[WriteSummary, ...]:
    """Return the writes of one batch, in their order; `is_busy` as for `history`.

    Raises
    ------
    JournalError
        The batch does not exist or cannot be read.
    """
    return report.summarise_writes(context.folders.journal, batch, is_busy=is_busy)


def export_history(
    batch: str | None, *, context: Context, patches: bool
) -> Iterator[dict[str, Any]]:
    """Yield one JSON object per write of the journal, or of one batch, oldest first.

    With `patches`, each object holds its reverse patch; together they are a complete backup.

    Raises
    ------
    JournalError
        The batch does not exist, or the journal cannot be read.
    """
    return report.export_records(context.folders.journal, batch, patches=patches)


def recover(*, context: Context) -> tuple[WriteResult, ...]:
    """Settle the writes that a crash interrupted; return the result of each.

    Raises
    ------
    JournalError
        The journal cannot be used, or another process is writing.
    """
    return recovery.recover(context.folders.journal)
