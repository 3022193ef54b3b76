"""Verdicts on tracks as JSON lines and as lines for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from genretagger import pipeline
from genretagger.cli.output import ExitStatus, print_json, print_line, say
from genretagger.core.errors import shown
from genretagger.core.file_kinds import condition_text, kind_text, odd_suffix
from genretagger.core.percent import floor_percent
from genretagger.core.predictions import Unsure
from genretagger.core.tracks import Track
from genretagger.core.vocabulary import vocabulary
from genretagger.review.rows.row import Row

_WIDTH: Final = 23  # of a genre, its percentage and its level


def print_verdicts(rows: Iterable[Row], *, as_json: bool) -> int:
    """Print the rows as they come; return the exit status."""
    status = ExitStatus.OK
    for row in rows:
        if row.error is not None:
            status = ExitStatus.SOME_FAILED
        if as_json:
            print_json(pipeline.heard_record(row))
        elif row.error is not None:
            say(str(row.error))
        elif row.track is not None:
            print_line(_analysed_line(row, row.track))
    return status


def _analysed_line(row: Row, track: Track) -> str:
    """Return the verdict on a track as a line for people."""
    heard, confidence, level = row.genre or "", row.effective_confidence, row.level
    judged, unsure = f"{Unsure.NOT_MUSIC.value:<{_WIDTH}}", ""  # a genre would mean nothing
    if confidence is not None and level is not None:
        word = level.value if row.style is None else "style"
        judged = f"{vocabulary().name(heard):<10} {floor_percent(confidence):3}%  {word:<6}"
        unsure = f"  (unsure: {row.unsure.value})" if row.unsure else ""
    personal, own = "", row.personal
    if own is not None and confidence is not None:
        personal = f"  ({own.genre} {floor_percent(own.confidence)}%, {own.level.value})"
    written = row.mapping.names(heard)
    mapped = f"  -> {'; '.join(written)}" if written else ""
    notes = _notes(track, is_read_only=row.read_only is not None)
    return f"{judged}  {shown(track.path)}{mapped}{unsure}{personal}{notes}"


def _notes(track: Track, *, is_read_only: bool) -> str:
    """Return remarks on a file: an odd suffix, missing audio, write protection."""
    container, path = track.tags.container, track.path
    parts = [kind_text(container, path)] if odd_suffix(container, path) else []
    parts += [condition_text(track.tags)] + ["cannot be written"] * is_read_only
    notes = "; ".join(filter(None, parts))
    return f"  ({notes})" if notes else ""
