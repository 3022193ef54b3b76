"""Which actions can be used now, and what they would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genretagger.gui.texts import batch_text
from genretagger.review.rows import State

if TYPE_CHECKING:
    from genretagger.gui.actions import Actions
    from genretagger.gui.conductor import Conductor
    from genretagger.gui.desk import ReviewDesk


def enable(actions: Actions, desk: ReviewDesk, conductor: Conductor, *, selected: bool) -> None:
    """Make every action usable or not; `selected` is whether any row is."""
    busy, may_decide = conductor.is_busy(), conductor.may_decide()
    started = conductor.started
    actions.analyse.setEnabled(not busy and bool(conductor.paths))
    actions.stop.setEnabled(conductor.may_stop())
    for action in (actions.accept, actions.reject, actions.clear, actions.edit):
        action.setEnabled(selected and may_decide)
    has_own = started is not None and started.has_own_column
    actions.accept_own.setEnabled(selected and may_decide and has_own)
    actions.learn.setEnabled(started is not None)
    actions.accept_all.setEnabled(may_decide and bool(desk.model.rows()))
    actions.write.setEnabled(not busy and desk.n_outstanding > 0)
    batch = conductor.batch_to_undo()
    actions.undo.setEnabled(not busy and batch is not None)
    actions.tell_undo(batch_text(batch) if batch else "")
    actions.undo_decision.setEnabled(may_decide and desk.may_take_back_last())
    actions.tell_analyse(unfinished=not busy and desk.counts[State.PENDING] > 0)
