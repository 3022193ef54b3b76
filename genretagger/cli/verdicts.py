"""Verdicts on tracks as JSON lines, as a table and as lines for people, and their summary."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Final

from genretagger import pipeline
from genretagger.cli.names import FileNames
from genretagger.cli.output import ExitStatus, print_bytes, print_json, print_line, say
from genretagger.core.errors import Cancelled, GenreTaggerError
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.file_kinds import condition_text, kind_text, odd_suffix
from genretagger.core.percent import floor_percent
from genretagger.core.predictions import Unsure
from genretagger.core.tracks import Track
from genretagger.core.vocabulary import vocabulary
from genretagger.library.export import TABLE_COLUMNS, make_cells, make_csv_lines
from genretagger.library.plan import analysed_record, failure_record
from genretagger.pipeline import Context
from genretagger.pipeline.exporting import table_line
from genretagger.review.genres.mapping import GenreRules
from genretagger.review.rows.row import Row, State, map_genre
from genretagger.review.rows.row_events import apply_analysis, make_failed_row, make_row

_MINUTE_S: Final = 60
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
    verdicts: Iterable[TrackAnalysed | Failure],
    context: Context,
    *,
    form: VerdictForm,
    names: FileNames,
    has_summary: bool = False,
) -> int:
    """Print the verdicts and failures as they come; return the exit status.

    With `has_summary`, print in the end how many tracks there are of each state, also if the user
    ends it early.
    """
    status, rules, start_s = ExitStatus.OK, GenreRules.of(context.settings), time.monotonic()
    states: Counter[State] = Counter()
    try:
        for verdict in verdicts:
            if isinstance(verdict, Failure):
                status = ExitStatus.SOME_FAILED
            row = row_of(verdict, rules)
            match form:
                case VerdictForm.JSON:
                    print_json(_record(verdict, context, rules))
                case VerdictForm.CSV:
                    header = [] if states else [TABLE_COLUMNS]
                    print_bytes(make_csv_lines([*header, make_cells(table_line(row))]))
                case VerdictForm.LINES:
                    _print_for_people(verdict, context, rules, names)
            states[row.state] += 1
    except Cancelled:
        _say_summary(states, start_s, is_wanted=has_summary)
        raise
    _say_summary(states, start_s, is_wanted=has_summary)
    return status


def row_of(verdict: TrackAnalysed | Failure, rules: GenreRules) -> Row:
    """Return the row that a review would have for a verdict."""
    if isinstance(verdict, Failure):
        return make_failed_row(verdict.path, verdict.error, track=verdict.track)
    row = make_row(verdict.track, separator=rules.separator)
    return apply_analysis(row, verdict, mapping=rules.mapping, with_styles=rules.with_styles)


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


def _record(
    verdict: TrackAnalysed | Failure, context: Context, rules: GenreRules
) -> dict[str, Any]:
    if isinstance(verdict, Failure):
        return failure_record(verdict)
    read_only = pipeline.read_only_reason(verdict.track, context=context)
    return _verdict_record(verdict, rules, read_only)


def _print_for_people(
    verdict: TrackAnalysed | Failure, context: Context, rules: GenreRules, names: FileNames
) -> None:
    if isinstance(verdict, Failure):
        say(names.sentence(verdict.error))
        return
    read_only = pipeline.read_only_reason(verdict.track, context=context)
    name = names.name(verdict.track.path)
    print_line(_analysed_line(verdict, name, rules=rules, is_read_only=read_only is not None))


def _verdict_record(
    verdict: TrackAnalysed, rules: GenreRules, read_only: GenreTaggerError | None
) -> dict[str, Any]:
    prediction, style = verdict.prediction, rules.style_of(verdict.prediction)
    return analysed_record(
        verdict,
        suggested=map_genre(prediction, rules.mapping, style.style if style else None),
        styles=rules.styles_of(prediction),
        style=style,
        read_only=read_only,
    )


def _analysed_line(
    event: TrackAnalysed, name: str, *, rules: GenreRules, is_read_only: bool
) -> str:
    """Return the verdict on the track `name` as a line for people; `rules` map what is heard."""
    prediction, style = event.prediction, rules.style_of(event.prediction)
    heard = prediction.genre if style is None else style.style
    confidence = floor_percent(prediction.confidence if style is None else style.confidence)
    level = prediction.level.value if style is None else "style"
    judged = f"{vocabulary().name(heard):<10} {confidence:3}%  {level:<6}"
    unsure = f"  (unsure: {prediction.unsure.value})" if prediction.unsure else ""
    if style is not None and style.is_proven:
        unsure = ""
    is_music = prediction.unsure is not Unsure.NOT_MUSIC
    if prediction.unsure is not None and not is_music:  # its genre means nothing
        judged, unsure = f"{prediction.unsure.value:<{len(judged)}}", ""
    personal, own = "", event.personal
    if own is not None and own is not prediction and is_music:
        personal = f"  ({own.genre} {floor_percent(own.confidence)}%, {own.level.value})"
    written = rules.mapping.names(heard)
    mapped = f"  -> {'; '.join(written)}" if written else ""
    notes = _notes(event.track, is_read_only=is_read_only)
    now = f"now: {'; '.join(event.track.tags.genres) or '-'}"
    return f"{judged}  {now:<{_NOW_WIDTH}}  {name}{mapped}{unsure}{personal}{notes}"


def _notes(track: Track, *, is_read_only: bool) -> str:
    """Return remarks on a file: an odd suffix, missing audio, write protection."""
    container, path = track.tags.container, track.path
    parts = [kind_text(container, path)] if odd_suffix(container, path) else []
    parts += [condition_text(track.tags)] + ["cannot be written"] * is_read_only
    notes = "; ".join(filter(None, parts))
    return f"  ({notes})" if notes else ""
