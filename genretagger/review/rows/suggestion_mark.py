"""What accepting the suggestion of a row would do to its file, as one mark."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto

from genretagger.core.predictions import Unsure
from genretagger.core.writes import Action, Policy
from genretagger.review.rows.pending_changes import Effect, propose_change
from genretagger.review.rows.row import Row, State


class Mark(Enum):
    """How the genres of a file and the suggested genres relate.

    NONE : there is no suggestion, or the user rejected it
    SAME : the file has the suggested genres
    NEW : writing changes the file
    STAYS : they differ, but the file stays as it is: because of the policy, of a refusal, or of a
        finer genre, until the user decides on the row
    """

    NONE = auto()
    SAME = auto()
    NEW = auto()
    STAYS = auto()


@dataclass(frozen=True, slots=True)
class WriteRules:
    """The settings that decide what writing does; `protected` genres are never replaced."""

    policy: Policy = Policy.FILL
    protected: Collection[str] = ()


def suggests(row: Row) -> bool:
    """Return whether `row` suggests a genre; for what is not music, only the user can give one."""
    if row.unsure is not Unsure.NOT_MUSIC:
        return bool(row.suggested)
    return row.decision is not None and bool(row.decision.genres)


def will_change_file(row: Row, rules: WriteRules) -> bool:
    """Return whether `row` is accepted and writing it would change its file."""
    if not row.outstanding:
        return False
    return propose_change(row, rules.policy, protected=rules.protected).effect is Effect.WRITE


def mark_of(row: Row, rules: WriteRules) -> Mark:
    """Return the mark of what accepting the suggestion of `row` does, or has done."""
    is_rejected = row.decision is not None and row.decision.action is Action.REJECT
    if is_rejected or not suggests(row):
        return Mark.NONE
    match propose_change(row, rules.policy, protected=rules.protected).effect:
        case Effect.WRITE if row.state is State.FINER:
            return Mark.STAYS
        case Effect.WRITE:
            return Mark.NEW
        case Effect.NOTHING:
            return Mark.SAME
        case Effect.SKIP | Effect.REFUSE:
            return Mark.STAYS
