"""Says what follows once a job is over or all is decided, and does what the user takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from genretagger.gui.guiding.next_step import NextStep, Offer, OfferKind, find_next_step
from genretagger.gui.guiding.next_step_bar import NextStepBar
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.shell.actions import (
    ACCEPT_ALL,
    ANALYSE,
    CHIPS,
    FAILURES,
    NEXT_STEP,
    RESULT,
    UNDO,
    WRITE,
)
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.tracks.slices import SliceRunner, Work, cut
from genretagger.gui.widgets.texts import percent, tooltip
from genretagger.review.rows.decisions import is_sure
from genretagger.review.rows.row import Row, State

_ACTIONS = {
    OfferKind.RESULT: RESULT,
    OfferKind.UNDO: UNDO,
    OfferKind.CONTINUE: ANALYSE,
    OfferKind.WRITE: WRITE,
    OfferKind.ACCEPT: ACCEPT_ALL,
    OfferKind.FAILED: FAILURES,
}


class NextStepFeature(Feature):
    """Keeps the strip below the tracks right, from the end of a job until it is closed."""

    said = Signal(str)  # once after each job; empty where there is nothing to say

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._outcome: JobOutcome | None = None  # until the user decides on something
        self._is_closed = False
        self._is_over = False  # whether a job ended of which nothing is said yet
        self._bar = bar = NextStepBar()
        self._slices = SliceRunner(self)
        context.page.add_strip(bar)
        make = context.actions.make
        self._action = make(NEXT_STEP, self.tr("To the ne&xt step"), self.tr("Next step"), "Ctrl+J")
        self._action.triggered.connect(bar.focus)
        for kind, name in _ACTIONS.items():
            context.actions.named(name).enabledChanged.connect(self._enable)
            bar.buttons[kind].setEnabled(context.actions.named(name).isEnabled())
        bar.taken.connect(self._take)
        bar.closed.connect(self._close_bar)
        bar.left.connect(self._to_table)
        context.controller.ended.connect(self._on_ended)
        context.review.decided.connect(self._forget_outcome)
        context.page.threshold_line.spin.valueChanged.connect(self._refresh)
        context.rows_changed.connect(self._refresh)
        context.job_changed.connect(self._refresh)
        self.refresh_on(context.page_changed)

    def refresh_actions(self) -> None:
        is_hidden = self.tr("Nothing is offered right now.") if self._bar.isHidden() else ""
        self._context.actions.allow(self._action, is_hidden or self._context.page_problem())

    def close(self) -> None:
        self._slices.stop()

    # What is said

    def _on_ended(self, outcome: JobOutcome) -> None:
        is_noticed = outcome.task is Task.ANALYSE and bool(self._context.controller.noticed)
        if outcome.task is not Task.LEARN and not is_noticed:
            self._outcome, self._is_closed, self._is_over = outcome, False, True

    def _forget_outcome(self) -> None:
        self._outcome = None

    def _refresh(self) -> None:
        """Say what holds now; while files of a watched folder are heard, go on to show the rest."""
        controller = self._context.controller
        self._slices.stop()
        if controller.is_busy() and not (controller.task is Task.ANALYSE and controller.noticed):
            self._hide()
        elif not self._context.is_busy() and not self._is_closed:
            self._slices.run(self._count_sure(), then=self._tell)

    def _count_sure(self) -> Work[int]:
        """Count the tracks without a genre that the threshold accepts."""
        context = self._context
        if not context.review.tally.states[State.MISSING]:
            return 0
        rows: Sequence[Row] = context.review.model.rows()
        threshold = context.page.threshold_line.spin.value()
        n_done = n_sure = 0
        for some in cut(rows):
            n_sure += sum(row.state is State.MISSING and is_sure(row, threshold) for row in some)
            n_done += len(some)
            if n_done < len(rows):
                yield n_done, len(rows)
        return n_sure

    def _tell(self, n_sure: int) -> None:
        step = find_next_step(self._outcome, self._context.review.tally, n_sure=n_sure)
        if step.text:
            self._show(step)
        else:
            self._hide()
        if self._is_over:
            self._is_over = False
            self.said.emit(step.text)

    def _show(self, step: NextStep) -> None:
        had_keys = self._bar.has_keys()
        self._explain()
        self._bar.tell(step)
        if had_keys and not self._bar.has_keys():
            self._bar.focus()  # the button that had the keys is gone
        self.refresh_actions()

    def _hide(self) -> None:
        if self._bar.has_keys():
            self._to_table()
        self._bar.hide()
        self.refresh_actions()

    def _close_bar(self) -> None:
        self._is_closed = True
        self._to_table()
        self._bar.hide()
        self.refresh_actions()

    def _explain(self) -> None:
        """Say in the tips what each button does, and by which keys it is done elsewhere."""
        actions, buttons = self._context.actions, self._bar.buttons
        for kind, name in _ACTIONS.items():
            buttons[kind].setToolTip(tooltip(actions.named(name).toolTip()))
        accept = self.tr("Show them, and accept those from {threshold} on ({keys})")
        threshold = percent(self._context.page.threshold_line.spin.value())
        keys_of = self._context.actions.keys_of
        buttons[OfferKind.ACCEPT].setToolTip(
            tooltip(accept.format(threshold=threshold, keys=keys_of(ACCEPT_ALL)))
        )
        look = self.tr("Show only these tracks; other states: {keys}").format(
            keys=self._context.actions.keys_of(CHIPS)
        )
        for kind in (OfferKind.LOOK, OfferKind.SHOW_WRITTEN):
            buttons[kind].setToolTip(tooltip(look))

    def _enable(self) -> None:
        for kind, name in _ACTIONS.items():
            self._bar.buttons[kind].setEnabled(self._context.actions.named(name).isEnabled())

    # What is taken

    def _take(self, offer: Offer) -> None:
        self._to_table()
        if offer.state is not None and offer.kind in (
            OfferKind.ACCEPT,
            OfferKind.LOOK,
            OfferKind.SHOW_WRITTEN,
        ):
            self._show_state(offer.state)
        if offer.kind in _ACTIONS:
            self._context.trigger(self._context.actions.named(_ACTIONS[offer.kind]))

    def _show_state(self, state: State) -> None:
        """Show the tracks in a state and no others, also if that is what the filter said before."""
        page = self._context.page
        page.filter_edit.clear()
        page.chips.choose(())
        page.chips.choose((state,))
        page.table.select_first()

    def _to_table(self) -> None:
        self._context.page.table.setFocus(Qt.FocusReason.OtherFocusReason)
