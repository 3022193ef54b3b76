"""The undo stack of decisions: one step per user action, however many rows it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from genretagger.core.errors import GenreTaggerError
from genretagger.core.writes import Decision
from genretagger.review.rows.bulk_actions import ActionKind
from genretagger.review.rows.decisions import with_decision
from genretagger.review.rows.row import Row

_MOST = 100
_MOST_ROWS = 500_000  # in all steps together: about 50 MB


@dataclass(frozen=True, slots=True)
class RowSnapshot:
    """The fields of a row that a decision changes; others may change meanwhile and stay."""

    decision: Decision | None = None
    error: GenreTaggerError | None = None


_UNDECIDED = RowSnapshot()


def take_snapshot(row: Row) -> RowSnapshot:
    """Return the present decision and error of `row`."""
    if row.decision is None and row.error is None:
        return _UNDECIDED  # one object for all: a hundred thousand rows are decided on at once
    return RowSnapshot(row.decision, row.error)


def restored(row: Row, snapshot: RowSnapshot) -> Row:
    """Return `row` with the decision and error of `snapshot`.

    If the row has lost its prediction since, it keeps the error that says why.
    """
    error = snapshot.error
    if row.prediction is None:
        error = None if snapshot.decision is not None else row.unheard or row.error
    return with_decision(row, snapshot.decision, error=error)


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One user action: its kind, and the rows to restore when crossing it, by row id."""

    kind: ActionKind
    rows: Mapping[int, RowSnapshot]


@dataclass(frozen=True, slots=True)
class UndoStack:
    """Undo and redo stacks, newest last.

    Steps in `done` hold row states from before the step, steps in `undone` from after it.
    """

    done: tuple[UndoStep, ...] = ()
    undone: tuple[UndoStep, ...] = ()

    def with_step(self, step: UndoStep) -> UndoStack:
        """Return the stack with one more step, after which nothing can be redone.

        A step that changed no rows leaves the stack as it is.
        """
        return UndoStack(_drop_oldest((*self.done, step))) if step.rows else self

    def undo(self, current: Mapping[int, RowSnapshot]) -> UndoStack:
        """Return the stack after undoing its newest step.

        `current` holds the states of the rows of that step, from before they are restored.
        """
        return UndoStack(self.done[:-1], (*self.undone, replace(self.done[-1], rows=current)))

    def redo(self, current: Mapping[int, RowSnapshot]) -> UndoStack:
        """Return the stack after redoing the step that was undone last; `current` as in `undo`."""
        return UndoStack((*self.done, replace(self.undone[-1], rows=current)), self.undone[:-1])


def _drop_oldest(steps: tuple[UndoStep, ...]) -> tuple[UndoStep, ...]:
    """Return as many of the newest steps as the limits allow, at least one."""
    n_rows = 0
    for n_kept, step in enumerate(reversed(steps[-_MOST:])):
        n_rows += len(step.rows)
        if n_kept and n_rows > _MOST_ROWS:
            return steps[-n_kept:]
    return steps[-_MOST:]
