"""The decisions of the user, each as a function that returns the row decided on."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from genretagger.core.errors import GenreTaggerError
from genretagger.core.genres import distinct, split_joined
from genretagger.core.vocabulary import vocabulary
from genretagger.core.writes import Action, Decision
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.choices import name_choice, nth_choice
from genretagger.review.rows.naming import map_genre
from genretagger.review.rows.row import Row, State
from genretagger.review.rows.suggestion_mark import suggests

GENRE_SEPARATOR = ";"
# The states of rows that wait for the user to decide, and for nothing else.
_OPEN = (State.MISSING, State.AGREES, State.DIFFERS)


def is_decidable(row: Row) -> bool:
    """Return whether the track was analysed, so that there is a suggestion to decide on."""
    return row.prediction is not None and row.hearing_key is not None


def can_be_given(row: Row) -> bool:
    """Return whether the user can give the row a genre, even if its analysis failed."""
    if row.unheard is not None:
        return row.read_only is None
    return is_decidable(row)


def accepted(row: Row) -> Row:
    """Return `row` with its suggested genres accepted, if it suggests any."""
    if not is_decidable(row) or not suggests(row):
        return row
    return _decided(row, Action.ACCEPT, row.suggested)


def get_nth_genres(row: Row, n: int) -> tuple[str, ...]:
    """Return what is written for the nth choice that a row offers; `n` counts from 0; else ()."""
    choice = nth_choice(row, n)
    return name_choice(row, choice) if choice is not None else ()


def accepted_personal(row: Row) -> Row:
    """Return `row` with the genres of the personal classifier accepted, if it predicts one."""
    if row.personal is None or not can_be_given(row):
        return row
    return _decided(row, Action.ACCEPT, map_genre(row.personal, row.mapping))


def rejected(row: Row) -> Row:
    """Return `row` with its suggestion rejected: nothing will be written."""
    return _decided(row, Action.REJECT, ()) if is_decidable(row) else row


def cleared(row: Row) -> Row:
    """Return `row` without a decision."""
    if row.decision is None:
        return row
    return with_decision(row, None, error=row.unheard)


def edited(row: Row, genres: tuple[str, ...]) -> Row:
    """Return `row` with `genres`, which the user named; `row` itself if empty.

    They replace the genres of the file, whatever the policy is.
    """
    if not genres or not can_be_given(row):
        return row
    return _decided(row, Action.ACCEPT, genres, is_chosen=True)


def respelled(row: Row, genres: tuple[str, ...]) -> Row:
    """Return `row` with the genres of its file, or those accepted for it, spelled as `genres`.

    Genres that the user accepted stay accepted: only their spelling changes.
    """
    if not genres or not is_decidable(row):
        return row
    decision = row.decision
    if decision is not None and row.outstanding and not decision.respells:
        return with_decision(row, replace(decision, genres=genres, chosen=True), error=None)
    if genres == split_joined(row.current_genres, joined_by=row.joined_by):
        return cleared(row)
    return with_decision(row, Decision(Action.ACCEPT, genres, respells=True), error=None)


def _decided(row: Row, action: Action, genres: tuple[str, ...], *, is_chosen: bool = False) -> Row:
    """Return `row` with the decision; `row` itself if it has that decision, written or not.

    The error of a failed write is cleared, so that the next write tries again.
    """
    earlier, made = row.decision, _make_decision(action, genres, is_chosen)
    if earlier == made and row.error is None:
        return row
    if earlier is not None and earlier.written and replace(earlier, written=False) == made:
        return row
    return with_decision(row, made, error=None)


@lru_cache(maxsize=4096)
def _make_decision(action: Action, genres: tuple[str, ...], is_chosen: bool) -> Decision:
    """Return the decision; equal decisions of many rows are one object."""
    return Decision(action, genres, chosen=is_chosen)


def with_decision(row: Row, decision: Decision | None, *, error: GenreTaggerError | None) -> Row:
    """Return `row` with another decision and error."""
    return _remake(row, decision, error, row.album)


def with_album(row: Row, album: AlbumContext | None) -> Row:
    """Return `row` with what the other tracks of its album add."""
    return _remake(row, row.decision, row.error, album)


def _remake(
    row: Row,
    decision: Decision | None,
    error: GenreTaggerError | None,
    album: AlbumContext | None,
) -> Row:
    """Return `row` with these fields.

    Passes every field by position: `dataclasses.replace` takes twice as long, and a hundred
    thousand rows are decided on at once. A test with all of `fields(Row)` set guards the list.
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
        album,
        row.mapping,
        row.written_as,
        row.with_styles,
        row.rule,
    )


def parse_genres(text: str) -> tuple[str, ...]:
    """Return the genres in `text`, which semicolons separate; each once, in the case typed.

    A canonical id becomes the name that is written for it.
    """
    parts = (" ".join(part.split()) for part in text.split(GENRE_SEPARATOR))
    return distinct(vocabulary().name(part) for part in parts if part)


def is_sure(row: Row, threshold: float) -> bool:
    """Return whether accepting all rows from `threshold` on includes `row`.

    Its album may raise the confidence. Rows that are decided, failed, Unsure, not music, left alone
    or read-only are never included, nor those that agree with a finer genre: their states say so.
    """
    if row.state not in _OPEN or row.read_only is not None or not is_decidable(row):
        return False
    confidence = row.effective_confidence
    return confidence is not None and confidence >= threshold
