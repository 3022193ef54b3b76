"""What the events of a job make of rows: found, failed, analysed, written or restored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import TrackAnalysed
from genretagger.core.genres import NO_MAPPING, GenreMapping
from genretagger.core.rules import Rule
from genretagger.core.tracks import Track
from genretagger.core.writes import Action, Decision, WriteResult, WriteStatus
from genretagger.review.rows.row import Row


def make_row(
    track: Track,
    *,
    read_only: GenreTaggerError | None = None,
    separator: str = "",
    hearing_key: str | None = None,
    decision: Decision | None = None,
    rule: Rule | None = None,
) -> Row:
    """Return the row of a track that the scan has found.

    Parameters
    ----------
    separator : str
        What joins several genres in tags that hold a single text.
    hearing_key, decision : str, Decision or None
        Of a track that waits to be heard again (`TrackFound`).
    """
    return Row(
        track.path,
        track,
        track.tags.genres,
        track.stamp,
        hearing_key=hearing_key,
        decision=decision,
        read_only=read_only,
        joined_by=separator if track.tags.joins_genres else "",
        rule=rule,
    )


def make_failed_row(
    path: Path,
    error: GenreTaggerError,
    *,
    track: Track | None = None,
    row: Row | None = None,
    hearing_key: str | None = None,
    decision: Decision | None = None,
) -> Row:
    """Return `row`, or a new row, with the reason why the file could not be handled.

    Parameters
    ----------
    hearing_key : str or None
        The key of audio that is known but cannot be analysed; a prediction for other audio goes.
    decision : Decision or None
        The decision of an earlier session; one of `row` on the same audio may be newer.
    """
    if row is None:
        genres, stamp = (track.tags.genres, track.stamp) if track else ((), None)
        row = Row(path, track, genres, stamp)
    if hearing_key is None or (row.prediction is not None and row.hearing_key == hearing_key):
        return replace(row, error=error)
    if row.hearing_key == hearing_key:  # it waited to be heard again, or failed before
        decision = row.decision
    is_given = decision is not None and bool(decision.genres)
    return replace(
        row,
        prediction=None,
        personal=None,
        album=None,
        hearing_key=hearing_key,
        decision=decision,
        error=None if is_given else error,
        unheard=error,
    )


def apply_analysis(
    row: Row,
    event: TrackAnalysed,
    *,
    decision: Decision | None = None,
    mapping: GenreMapping = NO_MAPPING,
    with_styles: bool = True,
) -> Row:
    """Return `row` with the prediction of `event` and the decision of an earlier session.

    Names every field: `dataclasses.replace` takes longer, and a stored library comes in at once.
    """
    track = event.track
    return Row(
        path=row.path,
        track=track,
        current_genres=track.tags.genres,
        stamp=track.stamp,
        prediction=event.prediction,
        hearing_key=event.hearing_key,
        decision=decision,
        read_only=row.read_only,
        joined_by=row.joined_by,
        confirmed=row.confirmed,
        personal=None if event.personal is event.prediction else event.personal,
        mapping=mapping,
        with_styles=with_styles,
        rule=row.rule,
    )


def apply_result(row: Row, result: WriteResult) -> Row:
    """Return `row` after a write or undo of its file.

    A write marks the decision as written; an undo of it leaves the row undecided.
    """
    match result.status:
        case WriteStatus.WRITTEN | WriteStatus.UNCHANGED:
            return _with_genres(row, result, written=True)
        case WriteStatus.RESTORED:
            return _with_genres(row, result, written=False)
        case WriteStatus.REFUSED | WriteStatus.FAILED:
            return replace(row, error=result.reason)
        case WriteStatus.SKIPPED if row.decision and row.decision.genres == result.before:
            return _with_genres(row, result, written=True)  # written under another of its names
        case WriteStatus.SKIPPED:
            return replace(row, current_genres=result.before, error=None)


def _with_genres(row: Row, result: WriteResult, *, written: bool) -> Row:
    """Return `row` with the new genres of its file; the stamp of the scan no longer holds."""
    decision = _after_write(row.decision) if written else _after_undo(row.decision)
    return replace(
        row,
        current_genres=result.after,
        stamp=None,
        written_as=result.size_and_time,
        decision=decision,
        error=row.unheard if decision is None else None,
        confirmed=written,
    )


def _after_write(decision: Decision | None) -> Decision | None:
    if decision is None or decision.respells:
        return None  # the prediction has yet to be decided on
    return replace(decision, written=True) if decision.action is Action.ACCEPT else decision


def _after_undo(decision: Decision | None) -> Decision | None:
    """Return None for what was taken back; a decision that is newer than the write stays."""
    return None if decision is not None and decision.written else decision
