"""The history of writes as a table for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from genretagger.core.errors import ExportError, shown
from genretagger.library.export import (
    LIST_SEPARATOR,
    ExportDone,
    escape_formula,
    make_csv,
    write_file,
)
from genretagger.pipeline.context import Context
from genretagger.tagging import containers
from genretagger.tagging.journal import report

HISTORY_COLUMNS = (
    "batch", "at_utc", "policy", "number", "undoes", "path", "state", "before", "after", "reason",
)  # fmt: skip


def export_history_table(path: Path, *, context: Context, replaces: bool = False) -> ExportDone:
    """Export all writes and undos as CSV, oldest first; return the number of lines.

    Raises
    ------
    ExportError
        The history is empty, or the table cannot be written; an older table stays unchanged.
    JournalError
        The journal cannot be read.
    """
    if path.suffix.lower() in containers.AUDIO_SUFFIXES:
        raise ExportError("export-music", path=shown(path))
    records = report.export_records(context.folders.journal, None, patches=False)
    lines = [_cells(record) for record in records]
    if not lines:
        raise ExportError("export-no-history")
    write_file(path, make_csv(HISTORY_COLUMNS, lines), replaces=replaces)
    return ExportDone(path, len(lines))


def _cells(record: dict[str, Any]) -> list[str]:
    """Return the cells of one write; some are empty if the head of its batch was lost."""
    texts = {**record, **{name: LIST_SEPARATOR.join(record[name]) for name in ("before", "after")}}
    values = (texts[name] for name in HISTORY_COLUMNS)
    return [escape_formula("" if value is None else str(value)) for value in values]
