"""The last decisions, to be taken back and made again: each is one step, whatever its size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from genretagger.core.errors import GenreTaggerError
from genretagger.core.writes import Decision
from genretagger.review.rows.bulk_actions import ActionKind
from genretagger.review.rows.decisions import with_decision
from genretagger.review.rows.row import Row

_MOST = 100
_MOST_ROWS = 500_000  # in all steps: about 50 MB


@dataclass(frozen=True, slots=True)
class RowSnapshot:
    """What a decision changes of a row; the rest may have changed since for other reasons."""

    decision: Decision | None = None
    error: GenreTaggerError | None = None


_OPEN = RowSnapshot()


def take_snapshot(row: Row) -> RowSnapshot:
    """Return how `row` stands."""
    if row.decision is None and row.error is None:
        return _OPEN
    return RowSnapshot(row.decision, row.error)


def restored(row: Row, was: RowSnapshot) -> Row:
    """Return `row` as it stood; that it could not be heard meanwhile stays said."""
    error = was.error
    if row.prediction is None:
        error = None if was.decision is not None else row.unheard or row.error
    return with_decision(row, was.decision, error=error)


@dataclass(frozen=True, slots=True)
class UndoStep:
    """A decision: what was done, and how its rows stood on the other side of it, by number."""

    kind: ActionKind
    rows: Mapping[int, RowSnapshot]


@dataclass(frozen=True, slots=True)
class UndoStack:
    """What was decided, and what of it was taken back; the newest step of each is its last.

    `done` know how rows stood before them, `undone` how they stood after them.
    """

    done: tuple[UndoStep, ...] = ()
    undone: tuple[UndoStep, ...] = ()

    def with_step(self, step: UndoStep) -> UndoStack:
        """Return these steps and one more, after which nothing can be made again."""
        return UndoStack(_bounded((*self.done, step))) if step.rows else self

    def back(self, now: Mapping[int, RowSnapshot]) -> UndoStack:
        """Return these steps after the newest, whose rows stood at `now`, was taken back."""
        return UndoStack(self.done[:-1], (*self.undone, replace(self.done[-1], rows=now)))

    def forth(self, now: Mapping[int, RowSnapshot]) -> UndoStack:
        """Return these steps after the one undone last, whose rows stood at `now`, was redone."""
        return UndoStack((*self.done, replace(self.undone[-1], rows=now)), self.undone[:-1])


def _bounded(steps: tuple[UndoStep, ...]) -> tuple[UndoStep, ...]:
    """Return the newest of `steps`, as many as memory is to be spent on; at least one."""
    n_rows = 0
    for n_kept, step in enumerate(reversed(steps[-_MOST:])):
        n_rows += len(step.rows)
        if n_kept and n_rows > _MOST_ROWS:
            return steps[-n_kept:]
    return steps[-_MOST:]
