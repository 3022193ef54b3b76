"""What a user can do to many rows at once: what becomes of each, or why it is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial

from genretagger.core.genres import distinct
from genretagger.core.predictions import Prediction, Unsure
from genretagger.core.writes import Action, Decision
from genretagger.review.rows import decisions
from genretagger.review.rows.agreement import Agreement, compare
from genretagger.review.rows.row import Row, State
from genretagger.review.rows.suggestion_mark import suggests


class ActionKind(Enum):
    """What the user did, as the window names it."""

    ACCEPT = auto()
    REJECT = auto()
    TAKE_BACK = auto()
    GIVE = auto()  # genres that the user typed or picked from the scores
    ACCEPT_ALBUM = auto()
    COPY = auto()
    UNIFORM = auto()
    RESPELL = auto()


class SkipReason(Enum):
    """Why an action leaves a row out."""

    NOT_HEARD = auto()
    NOT_MUSIC = auto()
    UNSURE = auto()
    LEFT_ALONE = auto()  # by a rule of the user
    RULED = auto()  # a rule says what is suggested, which has no confidence
    FINER = auto()  # the file has a finer genre, which is replaced only if the user asks for it
    READ_ONLY = auto()
    FAILED = auto()
    REJECTED = auto()
    NO_GENRE = auto()
    SETTLED = auto()
    BELOW = auto()  # below the threshold

    __hash__ = object.__hash__  # faster than that of Enum: a hundred thousand may be counted


@dataclass(frozen=True, slots=True)
class BulkAction:
    """An action on many rows.

    decide : returns the row after the action
    find_skip_reason : returns why the action leaves a row out, None if it does not
    """

    kind: ActionKind
    decide: Callable[[Row], Row]
    find_skip_reason: Callable[[Row], SkipReason | None]


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What an action came to: `n_done` rows were not left out, `n_changed` of them changed.

    n_overruled : how many of those that changed the user had decided on otherwise
    """

    kind: ActionKind
    n_done: int = 0
    left_out: Counter[SkipReason] = field(default_factory=Counter)
    n_changed: int = 0
    n_overruled: int = 0

    def plus(self, other: BulkResult) -> BulkResult:
        """Return the sum of this and another result of the same kind."""
        return BulkResult(
            self.kind,
            self.n_done + other.n_done,
            self.left_out + other.left_out,
            self.n_changed + other.n_changed,
            self.n_overruled + other.n_overruled,
        )


def apply_action(action: BulkAction, rows: Mapping[int, Row]) -> tuple[dict[int, Row], BulkResult]:
    """Return the rows that `action` changes, by row id, and what it came to."""
    left_out: Counter[SkipReason] = Counter()
    changed: dict[int, Row] = {}
    for row_id, row in rows.items():
        reason = action.find_skip_reason(row)
        if reason is not None:
            left_out[reason] += 1
            continue
        after = action.decide(row)
        if after is not row:
            changed[row_id] = after
    n_done = len(rows) - left_out.total()
    n_overruled = sum(_is_overruled(rows[row_id], row) for row_id, row in changed.items())
    return changed, BulkResult(action.kind, n_done, left_out, len(changed), n_overruled)


def _is_overruled(before: Row, after: Row) -> bool:
    """Return whether an earlier decision no longer holds: adding a genre to it keeps it."""
    earlier, made = before.decision, after.decision
    if earlier is None or made is None:
        return False
    return earlier.action is not made.action or not set(earlier.genres) <= set(made.genres)


# The actions


def accept(*, several: bool = False) -> BulkAction:
    """Accept the suggestions; of several rows at once not the Unsure and the finer ones.

    Unsure rows need a look, and a finer genre says more than the suggestion. Rows that are left
    alone suggest nothing.
    """
    reason = _why_not_accept_several if several else _why_not_accept
    return BulkAction(ActionKind.ACCEPT, decisions.accepted, reason)


def accept_personal(*, several: bool = False) -> BulkAction:
    """Accept what the personal classifier suggests; of several rows not where the file is finer."""
    reason = partial(_why_not_accept_personal, several=several)
    return BulkAction(ActionKind.ACCEPT, decisions.accepted_personal, reason)


def reject(*, several: bool = False) -> BulkAction:
    """Reject the suggestions; of several rows at once not of those that are left alone."""
    reason = _unless_left_alone(_why_not_decide) if several else _why_not_decide
    return BulkAction(ActionKind.REJECT, decisions.rejected, reason)


def take_back() -> BulkAction:
    """Take the decisions back."""
    return BulkAction(ActionKind.TAKE_BACK, decisions.cleared, _never)


def give(genres: tuple[str, ...], *, several: bool = False) -> BulkAction:
    """Give all rows the same genres; of several rows at once not those that are left alone."""
    reason = _unless_left_alone(_why_not_give) if several else _why_not_give
    return BulkAction(ActionKind.GIVE, lambda row: decisions.edited(row, genres), reason)


def choose(n: int, *, several: bool = False) -> BulkAction:
    """Give each row the nth choice that it offers, genre or style; `n` counts from 0.

    Of several rows at once, those that are left alone get none.
    """

    def decide(row: Row) -> Row:
        return decisions.edited(row, decisions.get_nth_genres(row, n))

    reason = partial(_why_not_choose, n=n)
    return BulkAction(ActionKind.GIVE, decide, _unless_left_alone(reason) if several else reason)


def add_choice(n: int, *, several: bool = False) -> BulkAction:
    """Add the nth choice to the genres that a row was given, else to those suggested.

    Else as `choose`.
    """

    def decide(row: Row) -> Row:
        given = row.suggested if row.decision is None and suggests(row) else ()
        given = row.decision.genres if row.decision is not None else given
        return decisions.edited(row, distinct((*given, *decisions.get_nth_genres(row, n))))

    reason = partial(_why_not_choose, n=n)
    return BulkAction(ActionKind.GIVE, decide, _unless_left_alone(reason) if several else reason)


def accept_album() -> BulkAction:
    """Accept the suggestions for the tracks of an album where nothing speaks against it."""
    return BulkAction(ActionKind.ACCEPT_ALBUM, decisions.accepted, _why_not_accept_unseen)


def accept_sure(threshold: float) -> BulkAction:
    """Accept the suggestions from the confidence `threshold` on."""
    reason = partial(_why_not_sure, threshold=threshold)
    return BulkAction(ActionKind.ACCEPT, decisions.accepted, reason)


def copy_decision(decision: Decision) -> BulkAction:
    """Decide on all rows as on the one that `decision` comes from."""
    match decision.action:
        case Action.REJECT:
            reason = _unless_left_alone(_why_not_decide)
            return BulkAction(ActionKind.COPY, decisions.rejected, reason)
        case Action.ACCEPT:
            return _give_writable(ActionKind.COPY, decision.genres)


def make_uniform(genres: tuple[str, ...]) -> BulkAction:
    """Give all tracks of an album its genres."""
    return _give_writable(ActionKind.UNIFORM, genres)


def _give_writable(kind: ActionKind, genres: tuple[str, ...]) -> BulkAction:
    reason = _unless_left_alone(_why_not_give_writable)
    return BulkAction(kind, lambda row: decisions.edited(row, genres), reason)


# Why an action leaves a row out


def _unless_left_alone(
    find_reason: Callable[[Row], SkipReason | None],
) -> Callable[[Row], SkipReason | None]:
    """Return a function that also gives a reason for rows that a rule leaves alone."""
    return lambda row: SkipReason.LEFT_ALONE if row.is_left_alone else find_reason(row)


def _never(_row: Row) -> SkipReason | None:
    return None


def _why_not_decide(row: Row) -> SkipReason | None:
    return None if decisions.is_decidable(row) else SkipReason.NOT_HEARD


def _why_not_accept(row: Row) -> SkipReason | None:
    if not decisions.is_decidable(row):
        return SkipReason.NOT_HEARD
    if row.is_left_alone:
        return SkipReason.LEFT_ALONE
    return None if suggests(row) else SkipReason.NOT_MUSIC


def _why_not_accept_several(row: Row) -> SkipReason | None:
    reason = _why_not_accept(row)
    if reason is not None or row.decision is not None:
        return reason
    if row.unsure is not None:
        return SkipReason.UNSURE
    return SkipReason.FINER if row.state is State.FINER else None


def _why_not_accept_personal(row: Row, *, several: bool) -> SkipReason | None:
    if not decisions.is_decidable(row):
        return SkipReason.NOT_HEARD
    if several and row.is_left_alone:
        return SkipReason.LEFT_ALONE
    if row.unsure is Unsure.NOT_MUSIC and row.decision is None:
        return SkipReason.NOT_MUSIC
    if row.personal is None:
        return SkipReason.NO_GENRE
    is_finer = several and row.decision is None and _is_finer_than_personal(row, row.personal)
    return SkipReason.FINER if is_finer else None


def _is_finer_than_personal(row: Row, personal: Prediction) -> bool:
    relation = compare(row.current_genres, row.joined_by, personal, row.mapping, personal.genre)
    return relation is Agreement.FINER


def _why_not_give(row: Row) -> SkipReason | None:
    if decisions.can_be_given(row):
        return None
    return SkipReason.NOT_HEARD if row.unheard is None else SkipReason.READ_ONLY


def _why_not_choose(row: Row, *, n: int) -> SkipReason | None:
    if not decisions.is_decidable(row):
        return SkipReason.NOT_HEARD
    return None if decisions.get_nth_genres(row, n) else SkipReason.NO_GENRE


def _why_not_give_writable(row: Row) -> SkipReason | None:
    return _why_not_give(row) or (SkipReason.READ_ONLY if row.read_only is not None else None)


def _why_not_accept_unseen(row: Row) -> SkipReason | None:
    reason = _why_not_accept(row)
    if reason is not None:
        return reason
    if row.decision is not None:
        return SkipReason.REJECTED if row.decision.action is Action.REJECT else None
    if row.error is not None:
        return SkipReason.FAILED
    if row.unsure is not None:
        return SkipReason.UNSURE
    if row.read_only is not None:
        return SkipReason.READ_ONLY
    return SkipReason.FINER if row.state is State.FINER else None


def _why_not_sure(row: Row, *, threshold: float) -> SkipReason | None:
    if decisions.is_sure(row, threshold):
        return None
    if row.decision is not None:
        return SkipReason.SETTLED
    reason = _why_not_accept_unseen(row)
    return reason or (SkipReason.RULED if row.is_ruled else SkipReason.BELOW)
