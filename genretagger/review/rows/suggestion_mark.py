"""What accepting a row would do to its file, in one sign: before anything is accepted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto

from genretagger.core.predictions import Unsure
from genretagger.core.writes import Action, Policy
from genretagger.review.rows.pending_changes import Effect, propose_change
from genretagger.review.rows.row import Row


class Mark(Enum):
    """How what a file has and what is suggested stand to each other.

    NONE : nothing is suggested, or it was rejected
    SAME : the file has it
    NEW : writing puts it into the file
    STAYS : they differ, but the file stays as it is, by the policy or as it cannot be written
    """

    NONE = auto()
    SAME = auto()
    NEW = auto()
    STAYS = auto()


@dataclass(frozen=True, slots=True)
class WriteRules:
    """The settings that say what writing does; `protected` genres are never replaced."""

    policy: Policy = Policy.FILL
    protected: Collection[str] = ()


def suggests(row: Row) -> bool:
    """Return whether a genre is suggested: none for what is no music, unless the user says one."""
    if row.unsure is not Unsure.NOT_MUSIC:
        return bool(row.suggested)
    return row.decision is not None and bool(row.decision.genres)


def will_change_file(row: Row, rules: WriteRules) -> bool:
    """Return whether `row` is accepted and writing would change its file."""
    if not row.outstanding:
        return False
    return propose_change(row, rules.policy, protected=rules.protected).effect is Effect.WRITE


def mark_of(row: Row, rules: WriteRules) -> Mark:
    """Return what accepting the suggestion of `row` does, or what accepting it has done."""
    rejected = row.decision is not None and row.decision.action is Action.REJECT
    if rejected or not suggests(row):
        return Mark.NONE
    match propose_change(row, rules.policy, protected=rules.protected).effect:
        case Effect.WRITE:
            return Mark.NEW
        case Effect.NOTHING:
            return Mark.SAME
        case Effect.SKIP | Effect.REFUSE:
            return Mark.STAYS
