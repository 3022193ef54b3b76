"""What the user settles, as new rows: accept, reject, edit, take back; and what is sure enough."""

from __future__ import annotations

from functools import lru_cache

from genretagger.core.errors import GenreTaggerError
from genretagger.core.genres import distinct, vocabulary
from genretagger.core.writes import Action, Decision
from genretagger.review.rows.row import Row, map_genre, written_for
from genretagger.review.rows.suggestion_mark import suggests

GENRE_SEPARATOR = ";"


def is_decidable(row: Row) -> bool:
    """Return whether there is something to decide: the track has been heard."""
    return row.prediction is not None and row.hearing_key is not None


def can_be_given(row: Row) -> bool:
    """Return whether the user can give the row a genre, also one that could not be heard."""
    if row.unheard is not None:
        return row.read_only is None
    return is_decidable(row)


def accepted(row: Row) -> Row:
    """Return `row` with its suggested genres accepted, if there are any."""
    if not is_decidable(row) or not suggests(row):
        return row
    return _settled(row, Action.ACCEPT, row.suggested)


def get_nth_genres(row: Row, place: int) -> tuple[str, ...]:
    """Return what is written for the genre heard at `place`, 0 being the first; none without it."""
    said = row.prediction
    if said is None or place >= len(said.scores):
        return ()
    return written_for(said.scores[place].genre, said, row.mapping)


def accepted_personal(row: Row) -> Row:
    """Return `row` with what the personal classifier suggests accepted, if it suggests anything."""
    return edited(row, map_genre(row.personal, row.mapping)) if row.personal is not None else row


def rejected(row: Row) -> Row:
    """Return `row` with its suggestion turned down: nothing will be written."""
    return _settled(row, Action.REJECT, ()) if is_decidable(row) else row


def cleared(row: Row) -> Row:
    """Return `row` without a decision."""
    if row.decision is None:
        return row
    return with_decision(row, None, error=row.unheard)


def edited(row: Row, genres: tuple[str, ...]) -> Row:
    """Return `row` with `genres` accepted instead of the suggestion; none at all change nothing."""
    return _settled(row, Action.ACCEPT, genres) if genres and can_be_given(row) else row


def respelled(row: Row, genres: tuple[str, ...]) -> Row:
    """Return `row` with its current genres accepted as they are spelled in `genres`."""
    if not genres or not is_decidable(row) or genres == row.current_genres:
        return row
    return with_decision(row, Decision(Action.ACCEPT, genres, respells=True), error=None)


def _settled(row: Row, action: Action, genres: tuple[str, ...]) -> Row:
    """Return `row` with the decision; one that was carried out and is unchanged stays so.

    The error of a write that failed is cleared: the next write tries again.
    """
    earlier = row.decision
    unchanged = earlier is not None and (earlier.action, earlier.genres) == (action, genres)
    if earlier is not None and unchanged and earlier.written:
        return row
    return with_decision(row, _decision(action, genres), error=None)


@lru_cache(maxsize=4096)
def _decision(action: Action, genres: tuple[str, ...]) -> Decision:
    """Return the decision: one for all rows that it is made for."""
    return Decision(action, genres)


def with_decision(row: Row, decision: Decision | None, *, error: GenreTaggerError | None) -> Row:
    """Return `row` with another decision and error.

    A hundred thousand rows are decided on at once: `dataclasses.replace` takes thrice as long.
    """
    return Row(
        row.path,
        row.track,
        row.current_genres,
        row.stamp,
        row.prediction,
        row.hearing_key,
        decision,
        error,
        row.unheard,
        row.read_only,
        row.joined_by,
        row.confirmed,
        row.personal,
        row.album,
        row.mapping,
    )


def typed_genres(text: str) -> tuple[str, ...]:
    """Return the genres in `text`, separated by semicolons; each once, in the case typed.

    A canonical id becomes the name that is written for it.
    """
    parts = (" ".join(part.split()) for part in text.split(GENRE_SEPARATOR))
    return distinct(vocabulary().name(part) for part in parts if part)


def is_sure(row: Row, threshold: float) -> bool:
    """Return whether accepting all from `threshold` on takes `row` in.

    The album may raise the confidence. Never a row that was settled, failed, is Unsure or no music,
    or cannot be written.
    """
    return (
        is_decidable(row)
        and row.effective_confidence is not None
        and row.unsure is None
        and row.effective_confidence >= threshold
        and row.decision is None
        and row.error is None
        and row.read_only is None
    )
