"""Verdicts on tracks as JSON lines, as a table and as lines for people."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final

from genretagger import pipeline
from genretagger.cli.exit_status import ExitStatus
from genretagger.cli.names import FileNames
from genretagger.cli.output import print_bytes, print_json, print_line, say
from genretagger.core.errors import Cancelled, printable_start
from genretagger.core.file_kinds import condition_text, kind_text, odd_suffix
from genretagger.core.percent import floor_percent
from genretagger.core.predictions import Unsure
from genretagger.core.tracks import Track
from genretagger.core.vocabulary import vocabulary
from genretagger.library.export import TABLE_COLUMNS, make_cells, make_csv_lines
from genretagger.review.rows.row import Row, State

_MINUTE_S: Final = 60
_JUDGED_WIDTH: Final = 23  # of a genre, its percentage and its level
_NOW_WIDTH: Final = 20


class VerdictForm(Enum):
    """The form in which verdicts are printed."""

    LINES = "lines"
    JSON = "json"
    CSV = "csv"

    @classmethod
    def of(cls, options: argparse.Namespace) -> VerdictForm:
        """Return the form that the command line asks for."""
        return cls.JSON if options.json else cls.CSV if options.csv else cls.LINES


def print_verdicts(
    rows: Iterable[Row], *, form: VerdictForm, names: FileNames, has_summary: bool = False
) -> int:
    """Print the rows as they come; return the exit status.

    With `has_summary`, print in the end how many tracks there are of each state, also if the user
    ends it early.
    """
    status, start_s = ExitStatus.OK, time.monotonic()
    states: Counter[State] = Counter()
    try:
        for row in rows:
            if row.error is not None:
                status = ExitStatus.SOME_FAILED
            match form:
                case VerdictForm.JSON:
                    print_json(pipeline.heard_record(row))
                case VerdictForm.CSV:
                    header = [] if states else [TABLE_COLUMNS]
                    print_bytes(make_csv_lines([*header, make_cells(pipeline.table_line(row))]))
                case VerdictForm.LINES:
                    _print_for_people(row, names)
            states[row.state] += 1
    except Cancelled:
        _say_summary(states, start_s, is_wanted=has_summary)
        raise
    _say_summary(states, start_s, is_wanted=has_summary)
    return status


def _say_summary(states: Counter[State], start_s: float, *, is_wanted: bool) -> None:
    if states and is_wanted:
        say(summary_sentence(states, time.monotonic() - start_s))


def summary_sentence(states: Mapping[State, int], seconds: float) -> str:
    """Return how many tracks there are of each state that any has, and how long it took."""
    n_tracks = sum(states.values())
    tracks = "1 track" if n_tracks == 1 else f"{n_tracks} tracks"
    parts = (f"{state.value} {states[state]}" for state in State if states.get(state))
    return f"{tracks} in {_duration_text(seconds)}: {', '.join(parts)}."


def _duration_text(seconds: float) -> str:
    minutes, rest_s = divmod(round(seconds), _MINUTE_S)
    hours, rest_minutes = divmod(minutes, _MINUTE_S)
    if hours:
        return f"{hours} h {rest_minutes} min"
    return f"{minutes} min {rest_s} s" if minutes else f"{rest_s} s"


def _print_for_people(row: Row, names: FileNames) -> None:
    if row.error is not None:
        say(names.sentence(row.error))
    elif row.track is not None:
        print_line(_analysed_line(row, row.track, names.name(row.path)))


def _analysed_line(row: Row, track: Track, name: str) -> str:
    """Return the verdict on the track `name` as a line for people."""
    heard, confidence = row.genre or "", row.heard_confidence
    judged, unsure = f"{Unsure.NOT_MUSIC.value:<{_JUDGED_WIDTH}}", ""  # a genre would mean nothing
    if confidence is not None:
        judged = (
            f"{vocabulary().name(heard):<10} {floor_percent(confidence):3}%  {_trust_word(row):<6}"
        )
        unsure = f"  (unsure: {row.unsure.value})" if row.unsure else ""
    personal, own = "", row.personal
    if own is not None and confidence is not None:
        personal = f"  ({own.genre} {floor_percent(own.confidence)}%, {own.level.value})"
    written = _named(row, heard)
    mapped = f"  -> {'; '.join(written)}" if written else ""
    alone = "  (left alone)" if row.is_left_alone else ""
    notes = _notes(track, is_read_only=row.read_only is not None)
    now = f"now: {printable_start('; '.join(row.current_genres)) or '-'}"
    return f"{judged}  {now:<{_NOW_WIDTH}}  {name}{mapped}{alone}{unsure}{personal}{notes}"


def _named(row: Row, heard: str) -> tuple[str, ...]:
    """Return what is written where that is not simply the name of what was heard."""
    if row.is_ruled:
        return row.suggested
    return row.mapping.names(heard) if row.heard_confidence is not None else ()


def _trust_word(row: Row) -> str:
    """Return the level of what was heard; another word if something else than a genre counts."""
    if row.is_ruled:
        return "rule"
    return "style" if row.style is not None or row.level is None else row.level.value


def _notes(track: Track, *, is_read_only: bool) -> str:
    """Return remarks on a file: an odd suffix, missing audio, write protection."""
    container, path = track.tags.container, track.path
    parts = [kind_text(container, path)] if odd_suffix(container, path) else []
    parts += [condition_text(track.tags)] + ["cannot be written"] * is_read_only
    notes = "; ".join(filter(None, parts))
    return f"  ({notes})" if notes else ""
