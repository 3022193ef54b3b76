"""What a user can do to many rows at once: what becomes of each, and which are left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial

from genretagger.core.predictions import Unsure
from genretagger.core.writes import Action, Decision
from genretagger.review.rows import decisions
from genretagger.review.rows.row import Row
from genretagger.review.rows.suggestion_mark import suggests


class ActionKind(Enum):
    """What was done, as it is told."""

    ACCEPT = auto()
    REJECT = auto()
    TAKE_BACK = auto()
    GIVE = auto()  # genres that the user typed or took from what was heard
    ACCEPT_ALBUM = auto()
    COPY = auto()
    UNIFORM = auto()
    RESPELL = auto()


class SkipReason(Enum):
    """Why a row was left out."""

    NOT_HEARD = auto()
    NOT_MUSIC = auto()
    UNSURE = auto()
    READ_ONLY = auto()
    FAILED = auto()
    REJECTED = auto()
    NO_GENRE = auto()
    SETTLED = auto()
    BELOW = auto()  # the threshold

    __hash__ = object.__hash__  # a member is one object; a hundred thousand may be counted


@dataclass(frozen=True, slots=True)
class BulkAction:
    """What is done: `decide` makes of a row what is settled, `leaves_out` says why it is not."""

    kind: ActionKind
    decide: Callable[[Row], Row]
    leaves_out: Callable[[Row], SkipReason | None]


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What a deed came to; `n_done` are all rows that were not left out."""

    kind: ActionKind
    n_done: int = 0
    left_out: Counter[SkipReason] = field(default_factory=Counter)

    def and_of(self, other: BulkResult) -> BulkResult:
        """Return what this and another deed of its kind came to together."""
        return BulkResult(self.kind, self.n_done + other.n_done, self.left_out + other.left_out)


def apply_action(deed: BulkAction, rows: Mapping[int, Row]) -> tuple[dict[int, Row], BulkResult]:
    """Return the rows that `deed` changes, by their number, and what it came to."""
    left_out: Counter[SkipReason] = Counter()
    changed: dict[int, Row] = {}
    for number, row in rows.items():
        why = deed.leaves_out(row)
        if why is not None:
            left_out[why] += 1
            continue
        after = deed.decide(row)
        if after is not row:
            changed[number] = after
    return changed, BulkResult(deed.kind, len(rows) - left_out.total(), left_out)


# What can be done


def accept(*, several: bool = False) -> BulkAction:
    """Accept what is suggested; of several at once, not what is unsure: that needs a look."""
    leaves_out = _nothing_to_accept_at_once if several else _nothing_to_accept
    return BulkAction(ActionKind.ACCEPT, decisions.accepted, leaves_out)


def accept_personal() -> BulkAction:
    """Accept what the personal classifier suggests."""
    return BulkAction(ActionKind.ACCEPT, decisions.accepted_personal, _nothing_of_own)


def reject() -> BulkAction:
    """Turn down what is suggested."""
    return BulkAction(ActionKind.REJECT, decisions.rejected, _not_heard)


def take_back() -> BulkAction:
    """Take decisions back."""
    return BulkAction(ActionKind.TAKE_BACK, decisions.cleared, _never)


def give(genres: tuple[str, ...]) -> BulkAction:
    """Give all the same genres."""
    return BulkAction(ActionKind.GIVE, lambda row: decisions.edited(row, genres), _not_to_be_given)


def choose(place: int) -> BulkAction:
    """Give each what it sounds like in the first `place` (0), the second (1) and so on."""

    def decide(row: Row) -> Row:
        return decisions.edited(row, decisions.get_nth_genres(row, place))

    return BulkAction(ActionKind.GIVE, decide, partial(_sounds_like_nothing, place=place))


def accept_album() -> BulkAction:
    """Accept what is suggested for tracks of an album, where nothing speaks against it."""
    return BulkAction(ActionKind.ACCEPT_ALBUM, decisions.accepted, _not_to_be_accepted_unseen)


def accept_sure(threshold: float) -> BulkAction:
    """Accept all that are sure enough."""
    return BulkAction(
        ActionKind.ACCEPT, decisions.accepted, partial(_not_sure, threshold=threshold)
    )


def copy_decision(decision: Decision) -> BulkAction:
    """Decide on all as was decided on one of them."""
    if decision.action is Action.REJECT:
        return BulkAction(ActionKind.COPY, decisions.rejected, _not_heard)
    genres = decision.genres
    return BulkAction(
        ActionKind.COPY, lambda row: decisions.edited(row, genres), _not_to_be_written
    )


def make_uniform(genres: tuple[str, ...]) -> BulkAction:
    """Give all tracks of an album its genres."""
    return BulkAction(
        ActionKind.UNIFORM, lambda row: decisions.edited(row, genres), _not_to_be_written
    )


# What is left out


def _never(_row: Row) -> SkipReason | None:
    return None


def _not_heard(row: Row) -> SkipReason | None:
    return None if decisions.is_decidable(row) else SkipReason.NOT_HEARD


def _nothing_to_accept(row: Row) -> SkipReason | None:
    if not decisions.is_decidable(row):
        return SkipReason.NOT_HEARD
    return None if suggests(row) else SkipReason.NOT_MUSIC


def _nothing_to_accept_at_once(row: Row) -> SkipReason | None:
    unsure = row.decision is None and row.unsure is not None
    return _nothing_to_accept(row) or (SkipReason.UNSURE if unsure else None)


def _nothing_of_own(row: Row) -> SkipReason | None:
    if not decisions.is_decidable(row):
        return SkipReason.NOT_HEARD
    if row.unsure is Unsure.NOT_MUSIC and row.decision is None:
        return SkipReason.NOT_MUSIC
    return SkipReason.NO_GENRE if row.personal is None else None


def _not_to_be_given(row: Row) -> SkipReason | None:
    if decisions.can_be_given(row):
        return None
    return SkipReason.NOT_HEARD if row.unheard is None else SkipReason.READ_ONLY


def _sounds_like_nothing(row: Row, *, place: int) -> SkipReason | None:
    if not decisions.is_decidable(row):
        return SkipReason.NOT_HEARD
    return None if decisions.get_nth_genres(row, place) else SkipReason.NO_GENRE


def _not_to_be_written(row: Row) -> SkipReason | None:
    return _not_to_be_given(row) or (SkipReason.READ_ONLY if row.read_only is not None else None)


def _not_to_be_accepted_unseen(row: Row) -> SkipReason | None:
    why = _nothing_to_accept(row)
    if why is not None:
        return why
    if row.decision is not None:
        return SkipReason.REJECTED if row.decision.action is Action.REJECT else None
    if row.error is not None:
        return SkipReason.FAILED
    if row.unsure is not None:
        return SkipReason.UNSURE
    return SkipReason.READ_ONLY if row.read_only is not None else None


def _not_sure(row: Row, *, threshold: float) -> SkipReason | None:
    if decisions.is_sure(row, threshold):
        return None
    if row.decision is not None:
        return SkipReason.SETTLED
    return _not_to_be_accepted_unseen(row) or SkipReason.BELOW
