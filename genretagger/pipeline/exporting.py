"""Exports the rows of a review to files for other programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from genretagger.core.errors import ExportError, shown
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.genres import split_joined
from genretagger.core.predictions import Prediction
from genretagger.core.writes import Action, Decision
from genretagger.library.export import (
    ExportDone,
    ExportOrder,
    Form,
    PlaylistGenre,
    TableLine,
    make_json_lines,
    make_table,
    write_file,
    write_files,
)
from genretagger.library.plan import (
    analysed_record,
    failure_record,
    pending_record,
    request_record,
)
from genretagger.library.playlists import PlaylistEntry, make_playlists
from genretagger.pipeline.context import Context
from genretagger.review.genres.genre_names import GenreNames, Tag, split_tag
from genretagger.review.rows.choices import list_choices
from genretagger.review.rows.confidence_levels import is_personal
from genretagger.review.rows.naming import name_genre
from genretagger.review.rows.pending_changes import (
    make_requests,
    propose_change,
    propose_changes,
)
from genretagger.review.rows.row import Row
from genretagger.review.rows.suggestion_mark import suggests
from genretagger.tagging import containers

_N_RUNNER_UPS = 2

_Shares = tuple[tuple[str, float], ...]


def export(rows: Sequence[Row], order: ExportOrder, *, context: Context) -> ExportDone:
    """Export `rows` as `order` says; never write an audio file.

    Raises
    ------
    ExportError
        There is nothing to export, or a file cannot be written. Existing files stay unchanged,
        except that the first of several playlists may be written already.
    """
    path = order.path
    if order.form is not Form.PLAYLISTS and path.suffix.lower() in containers.AUDIO_SUFFIXES:
        raise ExportError("export-music", path=shown(path))
    if order.form is Form.PLAYLISTS:
        return _playlists(rows, order, protected=context.settings.protected_genres)
    n_tracks = len(rows)
    match order.form:
        case Form.CSV:
            content = make_table(map(table_line, rows))
        case Form.PLAN:
            protected = context.settings.protected_genres
            requests = make_requests(propose_changes(rows, order.policy, protected=protected))
            n_tracks = len(requests)
            content = make_json_lines(
                request_record(request, policy=order.policy) for request in requests
            )
        case _:
            content = make_json_lines(map(record, rows))
    if not n_tracks:
        raise ExportError("export-nothing")
    write_file(path, content, replaces=order.replaces)
    return ExportDone(path, n_tracks)


def _playlists(
    rows: Sequence[Row], order: ExportOrder, *, protected: Collection[str]
) -> ExportDone:
    options = order.playlists
    tags = [_deciding_tag(row, order, protected=protected) for row in rows]
    genres = _merge_spellings(tags) if options.merges_spellings else map(_split, tags)
    entries = [_entry(row, one) for row, one in zip(rows, genres, strict=True)]
    files = make_playlists(entries, folder=order.path.absolute(), is_relative=options.is_relative)
    if not files:
        raise ExportError("export-no-genre")
    write_files(order.path, files, replaces=order.replaces)
    return ExportDone(order.path, sum(bool(entry.genres) for entry in entries), len(files))


def _deciding_tag(row: Row, order: ExportOrder, *, protected: Collection[str]) -> Tag:
    """Return the tag whose genres are the playlists of a row."""
    match order.playlists.by:
        case PlaylistGenre.SUGGESTED:
            return _suggested(row), ""
        case PlaylistGenre.AFTER if row.outstanding:
            change = propose_change(row, order.policy, protected=protected)
            return change.after, row.joined_by
        case _:
            return row.current_genres, row.joined_by


def _split(tag: Tag) -> tuple[str, ...]:
    genres, joined_by = tag
    return split_joined(genres, joined_by=joined_by)


def _merge_spellings(tags: Sequence[Tag]) -> Iterator[tuple[str, ...]]:
    """Yield the genres of each tag, all in the spelling that most of the tags have."""
    names = GenreNames()
    for tag, n in Counter(tags).items():
        names.add_tag(tag, n, in_files=False)
    for tag in tags:
        yield tuple(map(names.usual, split_tag(tag)))


def _suggested(row: Row) -> tuple[str, ...]:
    """Return the suggested genres that the table shows: none if no music was heard."""
    return row.suggested if row.decision is not None or suggests(row) else ()


def _entry(row: Row, genres: tuple[str, ...]) -> PlaylistEntry:
    if row.track is None:
        return PlaylistEntry(row.path, ())
    tags = row.track.tags
    return PlaylistEntry(row.path, genres, tags.title, tags.artist, tags.duration_s)


def table_line(row: Row) -> TableLine:
    """Return the line for a row in an exported table."""
    tags = row.track.tags if row.track else None
    styles, runner_ups = _offered(row)
    level = row.level
    return TableLine(
        row.path,
        tags.title if tags else "",
        tags.artist if tags else "",
        tags.album if tags else "",
        row.current_genres,
        _suggested(row),
        row.effective_confidence,
        level.value if level is not None and row.unsure is None else "",
        row.state.value,
        _decision_word(row.decision),
        runner_ups,
        str(row.error or row.unheard or ""),
        styles,
    )


def _offered(row: Row) -> tuple[_Shares, _Shares]:
    """Return the styles of a row, and the genres that come next, by name."""
    prediction = row.prediction
    if prediction is None:
        return (), ()
    choices = list_choices(row)
    styles = [choice for choice in choices if choice.is_style]
    behind = [choice for choice in choices[1:] if not choice.is_style] if suggests(row) else []
    named = [
        tuple((name_genre(prediction, c.genre), c.share) for c in some if c.share is not None)
        for some in (styles, behind[:_N_RUNNER_UPS])
    ]
    return named[0], named[1]


def _with_album(row: Row, prediction: Prediction) -> Prediction:
    """Return the prediction of a row with the numbers and the doubt that the table shows."""
    album = row.album
    if album is None or not row.is_music:
        return prediction
    return replace(
        prediction,
        confidence=album.confidence,
        scores=tuple(album.raise_scores(prediction)),
        level=album.level,
        unsure=row.doubt,
    )


def _decision_word(decision: Decision | None) -> str:
    if decision is None:
        return ""
    if decision.action is Action.REJECT:
        return "rejected"
    return "respelled" if decision.respells else "accepted"


def heard_record(row: Row) -> dict[str, Any]:
    """Return the JSON object of a row for `analyse --json`, without what the user decided."""
    error = row.error or row.unheard
    if row.track is not None and row.prediction is not None:
        heard = _with_album(row, row.prediction)
        personal = heard if is_personal(heard) else row.personal
        event = TrackAnalysed(row.track, row.hearing_key or "", heard, personal=personal)
        return analysed_record(
            event,
            suggested=_suggested(row),
            styles=row.prediction.styles if row.with_styles and row.is_music else (),
            style=row.style,
            read_only=row.read_only,
            rule=row.rule,
        )
    if error is not None:
        return failure_record(Failure(row.path, error, row.track))
    return pending_record(row.path, row.track)


def record(row: Row) -> dict[str, Any]:
    """Return the JSON object of a row: that of `analyse --json`, and the state of its review."""
    error = row.error or row.unheard
    content = heard_record(row)
    content["current_genres"] = list(row.current_genres)
    content["error"] = None if error is None else str(error)
    decision = row.decision
    content["review"] = {
        "state": row.state.value,
        "confidence": row.effective_confidence,
        "level": None if row.level is None else row.level.value,
        "decision": _decision_word(decision) or None,
        "genres": list(decision.genres) if decision is not None else [],
        "written": decision is not None and decision.written,
    }
    return content
