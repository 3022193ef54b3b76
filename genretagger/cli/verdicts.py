"""Verdicts on tracks as JSON lines and as lines for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from genretagger import pipeline
from genretagger.cli.output import ExitStatus, print_json, print_line, say
from genretagger.core.errors import GenreTaggerError, shown
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.file_kinds import condition_text, kind_text, odd_suffix
from genretagger.core.percent import floor_percent
from genretagger.core.predictions import Unsure
from genretagger.core.tracks import Track
from genretagger.core.vocabulary import vocabulary
from genretagger.library.plan import analysed_record, failure_record
from genretagger.pipeline import Context
from genretagger.review.genres.mapping import GenreRules
from genretagger.review.rows.row import map_genre


def print_verdicts(
    verdicts: Iterable[TrackAnalysed | Failure], context: Context, *, as_json: bool
) -> int:
    """Print the verdicts and failures as they come; return the exit status."""
    status, rules = ExitStatus.OK, GenreRules.of(context.settings)
    for verdict in verdicts:
        if isinstance(verdict, Failure):
            status = ExitStatus.SOME_FAILED
            if as_json:
                print_json(failure_record(verdict))
            else:
                say(str(verdict.error))
            continue
        read_only = pipeline.read_only_reason(verdict.track, context=context)
        if as_json:
            print_json(_verdict_record(verdict, rules, read_only))
        else:
            print_line(_analysed_line(verdict, rules=rules, is_read_only=read_only is not None))
    return status


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


def _analysed_line(event: TrackAnalysed, *, rules: GenreRules, is_read_only: bool = False) -> str:
    """Return the verdict on a track as a line for people, with the names that `rules` map."""
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
    return f"{judged}  {shown(event.track.path)}{mapped}{unsure}{personal}{notes}"


def _notes(track: Track, *, is_read_only: bool) -> str:
    """Return remarks on a file: an odd suffix, missing audio, write protection."""
    container, path = track.tags.container, track.path
    parts = [kind_text(container, path)] if odd_suffix(container, path) else []
    parts += [condition_text(track.tags)] + ["cannot be written"] * is_read_only
    notes = "; ".join(filter(None, parts))
    return f"  ({notes})" if notes else ""
