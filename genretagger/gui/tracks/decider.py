"""Carries out what the user decides, in slices, and undoes it; the rows belong to its caller."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, SignalInstance

from genretagger.gui.tracks.slices import SliceRunner, Work, cut
from genretagger.gui.tracks.track_model import TrackTableModel
from genretagger.review.genres.respelling import unify_spellings
from genretagger.review.rows import bulk_actions
from genretagger.review.rows.bulk_actions import ActionKind, BulkAction, BulkResult
from genretagger.review.rows.row import Row
from genretagger.review.rows.undo_stack import (
    RowSnapshot,
    UndoStack,
    UndoStep,
    restored,
    take_snapshot,
)

_Change = Callable[[Mapping[int, Row]], dict[int, Row]]  # returns the rows that change
_Part = tuple[_Change, int]  # a row id, and what is done to its row


def _drop(_answer: object) -> None:
    """Do nothing once a decision is carried out."""


class Decider(QObject):
    """Carries out one action after the other, each as one step to undo, however many slices it has.

    Parameters
    ----------
    put : Callable[[dict[int, Row]], None]
        Takes rows that changed, by row id.
    """

    def __init__(
        self,
        model: TrackTableModel,
        put: Callable[[dict[int, Row]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._put = model, put
        self._stack = UndoStack()
        self._collected: dict[int, RowSnapshot] = {}  # of the action that is carried out
        self._slices = SliceRunner(self)

    @property
    def progressed(self) -> SignalInstance:
        """Emitted between slices, with how many of how many rows are done."""
        return self._slices.progressed

    @property
    def busy_changed(self) -> SignalInstance:
        """Emitted when `is_busy` changes."""
        return self._slices.busy_changed

    def is_busy(self) -> bool:
        """Return whether an action goes on; another one would wait for it."""
        return self._slices.is_busy()

    def stop(self) -> None:
        """Forget all steps and the rest of what goes on; what is decided stays decided."""
        self._slices.stop()
        self.forget_steps()

    def forget_steps(self) -> None:
        """Let nothing be undone that was decided until now."""
        self._stack = UndoStack()
        self._collected.clear()

    # Deciding

    def do(
        self,
        action: BulkAction,
        row_ids: Iterable[int],
        *,
        then: Callable[[BulkResult], None] = _drop,
    ) -> None:
        """Carry out an action on rows, as one undo step; `then` gets what was done."""
        self.do_each([(action, row_ids)], then=then)

    def do_each(
        self,
        parts: Sequence[tuple[BulkAction, Iterable[int]]],
        *,
        then: Callable[[BulkResult], None] = _drop,
    ) -> None:
        """Carry out actions of one kind, each on its own rows, as one undo step."""
        kind = parts[0][0].kind
        result = BulkResult(kind)

        def change(action: BulkAction, rows: Mapping[int, Row]) -> dict[int, Row]:
            nonlocal result
            changed, of_slice = bulk_actions.apply_action(action, rows)
            result = result.plus(of_slice)
            return changed

        changes = [(partial(change, action), row_ids) for action, row_ids in parts]
        work = self._decide(kind, [(of, row_id) for of, row_ids in changes for row_id in row_ids])
        self._slices.run(work, then=lambda _n_changed: then(result))

    def accept_above(self, threshold: float, *, then: Callable[[BulkResult], None] = _drop) -> None:
        """Accept all shown rows whose confidence is at least `threshold`."""
        self.do(bulk_actions.accept_sure(threshold), self._model.shown(), then=then)

    def respell(
        self, chosen: Mapping[str, tuple[str, ...]], *, then: Callable[[int], None] = _drop
    ) -> None:
        """Accept other spellings of genres in files; `then` gets how many files will change."""
        change = partial(unify_spellings, chosen=chosen)
        parts = [(change, row_id) for row_id in range(len(self._model.rows()))]
        self._slices.run(self._decide(ActionKind.RESPELL, parts), then=then)

    def revise(self, change: _Change, *, then: Callable[[None], None]) -> None:
        """Change all rows, which is no decision and no step; what is decided later comes after."""
        self._slices.run(self._revise(change), then=then)

    def _revise(self, change: _Change) -> Work[None]:
        row_ids = range(len(self._model.rows()))
        for some in cut(row_ids):
            self._put(change({row_id: self._model.row(row_id) for row_id in some}))
            if some and some[-1] != row_ids[-1]:
                yield some[-1] + 1, len(row_ids)

    def _decide(self, kind: ActionKind, parts: Sequence[_Part]) -> Work[int]:
        """Change rows as one step; return how many changed."""
        collected = self._collected = {}
        n_done = n_changed = 0
        for some in cut(parts):
            changed: dict[int, Row] = {}
            for change, rows in self._by_change(some):
                changed |= change(rows)
            for row_id in changed:
                collected.setdefault(row_id, take_snapshot(self._model.row(row_id)))
            n_done, n_changed = n_done + len(some), n_changed + len(changed)
            if n_done == len(parts):  # before the rows are shown, and with them what can be undone
                self._stack = self._stack.with_step(UndoStep(kind, collected))
            self._put(changed)
            if n_done < len(parts):
                yield n_done, len(parts)
        return n_changed

    def _by_change(self, parts: Iterable[_Part]) -> Iterator[tuple[_Change, dict[int, Row]]]:
        """Yield the rows of `parts`, those that change alike together."""
        rows: dict[_Change, dict[int, Row]] = {}
        for change, row_id in parts:
            rows.setdefault(change, {})[row_id] = self._model.row(row_id)
        yield from rows.items()

    # Undo and redo

    @property
    def last_step(self) -> UndoStep | None:
        """The step that `undo` would undo, if there is one."""
        return self._stack.done[-1] if self._stack.done else None

    @property
    def next_step(self) -> UndoStep | None:
        """The step that `redo` would redo, if there is one."""
        return self._stack.undone[-1] if self._stack.undone else None

    def undo(self, *, then: Callable[[UndoStep | None], None] = _drop) -> None:
        """Undo the last step; `then` gets it, or None if there is none."""
        self._slices.run(self._cross(lambda: self.last_step, UndoStack.undo), then=then)

    def redo(self, *, then: Callable[[UndoStep | None], None] = _drop) -> None:
        """Redo the step that was undone last; `then` gets it, or None if there is none."""
        self._slices.run(self._cross(lambda: self.next_step, UndoStack.redo), then=then)

    def _cross(
        self,
        find_step: Callable[[], UndoStep | None],
        cross: Callable[[UndoStack, Mapping[int, RowSnapshot]], UndoStack],
    ) -> Work[UndoStep | None]:
        """Restore the rows of a step, and return it; None if it is forgotten meanwhile."""
        step = find_step()
        if step is None:
            return None
        current = self._collected = {}
        for row_ids in cut([*step.rows]):
            if find_step() is not step:
                return None
            rows = {row_id: self._model.row(row_id) for row_id in row_ids}
            current |= {row_id: take_snapshot(row) for row_id, row in rows.items()}
            if len(current) == len(step.rows):
                self._stack = cross(self._stack, current)
            self._put({row_id: restored(row, step.rows[row_id]) for row_id, row in rows.items()})
            if len(current) < len(step.rows):
                yield len(current), len(step.rows)
        return step
