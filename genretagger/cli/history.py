"""The subcommand `history`: prints batches, writes and the journal; writes no files."""

from __future__ import annotations

import threading

from genretagger import pipeline
from genretagger.cli.output import (
    batch_line,
    batch_record,
    mark_half_done,
    print_json,
    print_line,
    say,
    size_text,
    write_line,
    write_record,
)
from genretagger.core.errors import Cancelled, batch_damage, shown
from genretagger.core.writes import BatchState
from genretagger.pipeline import Context


def print_batches(*, context: Context, is_busy: bool, as_json: bool) -> None:
    """Print every batch, newest first; for people also their total size.

    `is_busy` tells whether another process is writing.

    Raises
    ------
    JournalError
        The journal cannot be read.
    OutputError
        Standard output cannot be written.
    """
    batches = pipeline.history(context=context, is_busy=is_busy)
    for batch in batches:
        if as_json:
            print_json(batch_record(batch))
        else:
            print_line(batch_line(batch))
        if batch.damaged:
            _say_damaged(batch.batch, is_all_lost=batch.state is BatchState.DAMAGED)
    if batches and not as_json:
        total = size_text(sum(batch.size_bytes for batch in batches))
        say(f"{total} on the disk, in {shown(context.folders.journal)}.")
    elif not as_json:
        say("Nothing has been written yet.")


def print_writes(batch: str, *, context: Context, is_busy: bool, as_json: bool) -> None:
    """Print the writes of one batch; `is_busy` tells whether another process is writing.

    Raises
    ------
    JournalError
        The batch does not exist or cannot be read.
    OutputError
        Standard output cannot be written.
    """
    writes = pipeline.batch_writes(batch, context=context, is_busy=is_busy)
    summaries = pipeline.history(context=context)
    summary = next((summary for summary in summaries if summary.batch == batch), None)
    for write in writes:
        if as_json:
            print_json(write_record(write))
        else:
            print_line(write_line(write, batch_policy=summary.policy if summary else ""))
    if summary is not None and summary.damaged:
        _say_damaged(batch, is_all_lost=summary.state is BatchState.DAMAGED)


def print_export(
    batch: str | None, *, context: Context, patches: bool, cancel: threading.Event
) -> None:
    """Print every journal record of one batch, or of all batches, oldest write first.

    Raises
    ------
    JournalError
        The batch does not exist or cannot be read.
    HalfDoneError
        A later batch cannot be read.
    OutputError
        Standard output cannot be written.
    Cancelled
        `cancel` was set.
    """
    damaged: set[str] = set()
    for record in mark_half_done(pipeline.export_history(batch, context=context, patches=patches)):
        if cancel.is_set():
            raise Cancelled
        print_json(record)
        if record["damaged"] and record["batch"] not in damaged:
            damaged.add(record["batch"])
            _say_damaged(record["batch"])


def _say_damaged(batch: str, *, is_all_lost: bool = False) -> None:
    say(str(batch_damage(batch, is_all_lost=is_all_lost)))
