"""What writing does with the genres of a file, in the terms in which it is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from genretagger.core.genres import split_joined
from genretagger.core.writes import Action, Policy
from genretagger.review.rows.pending_changes import Effect, PendingChange, propose_change
from genretagger.review.rows.row import Row
from genretagger.review.rows.suggestion_mark import WriteRules, suggests


class Deed(Enum):
    """What writing does with the genres of a file.

    FILL : the file had none
    LEAVE : the policy, or the protection of a genre, leaves the file alone
    HAVE : the file has the genres already
    REFUSE : the file cannot be written
    """

    FILL = auto()
    ADD = auto()
    REMOVE = auto()
    REPLACE = auto()
    LEAVE = auto()
    HAVE = auto()
    REFUSE = auto()


@dataclass(frozen=True, slots=True)
class GenreChange:
    """What writing does with the genres of a file.

    new : the genres that come
    old : the genres that go or, where the file is left alone, those that it has
    kept : the genres that stay beside them
    policy : what the file is written under
    """

    deed: Deed
    new: tuple[str, ...]
    old: tuple[str, ...]
    kept: tuple[str, ...]
    policy: Policy

    @property
    def changes_file(self) -> bool:
        """Whether the file gets other genres than it has."""
        return self.deed not in _LEFT_ALONE.values()


_LEFT_ALONE = {Effect.SKIP: Deed.LEAVE, Effect.NOTHING: Deed.HAVE, Effect.REFUSE: Deed.REFUSE}


def describe_change(change: PendingChange) -> GenreChange:
    """Return what a pending change does with the genres of its file."""
    left_alone = _LEFT_ALONE.get(change.effect)
    if left_alone is not None:
        return GenreChange(left_alone, (), change.before, (), change.policy)
    before, after = (
        split_joined(genres, joined_by=change.row.joined_by)
        for genres in (change.before, change.after)
    )
    new = tuple(genre for genre in after if genre not in before)
    old = tuple(genre for genre in before if genre not in after)
    kept = tuple(genre for genre in before if genre in after)
    if not new and not old:  # another order
        return GenreChange(Deed.REPLACE, after, before, (), change.policy)
    return GenreChange(_deed(new, old, kept), new, old, kept, change.policy)


def _deed(new: tuple[str, ...], old: tuple[str, ...], kept: tuple[str, ...]) -> Deed:
    if new and old:
        return Deed.REPLACE
    if old:
        return Deed.REMOVE
    return Deed.ADD if kept else Deed.FILL


def foresee_change(row: Row, rules: WriteRules) -> GenreChange | None:
    """Return what writing does with the genres of `row`, if it is accepted or once it is.

    None where there is nothing to accept, and where the decision is to write nothing or was
    carried out.
    """
    decision = row.decision
    is_settled = decision is not None and (decision.action is Action.REJECT or not row.outstanding)
    if is_settled or not suggests(row):
        return None
    return describe_change(propose_change(row, rules.policy, protected=rules.protected))
