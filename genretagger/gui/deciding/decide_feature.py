"""Deciding on tracks: accept, reject, edit, choose among what was heard, take back, undo, redo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QAction

from genretagger.core.writes import WriteStatus
from genretagger.gui.deciding.decide_texts import idle_text, step_text, tally_text
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.shell.actions import (
    ACCEPT,
    ACCEPT_ALL,
    ACCEPT_OWN,
    ADD_FIRST,
    ADD_SECOND,
    ADD_THIRD,
    CLEAR,
    EDIT,
    REDO_DECISION,
    REJECT,
    TAKE_FIRST,
    TAKE_SECOND,
    TAKE_THIRD,
    UNDO,
    UNDO_DECISION,
)
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.widgets.level_texts import style_name
from genretagger.gui.widgets.texts import genres_text, number_text, percent
from genretagger.review.rows import bulk_actions
from genretagger.review.rows.bulk_actions import BulkAction, BulkResult
from genretagger.review.rows.choices import name_choice, nth_choice
from genretagger.review.rows.decisions import can_be_given, parse_genres
from genretagger.review.rows.suggestion_mark import suggests
from genretagger.review.rows.undo_stack import UndoStep

_CHANGED = {WriteStatus.WRITTEN, WriteStatus.RESTORED}


class DecideFeature(Feature):
    """Carries decisions from keys and menus to the review."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._decider = context.review.decider
        self._make_actions()
        self._make_choices()
        self._forgot_by: Task | None = None
        context.controller.ended.connect(self._on_ended)
        table = context.page.table
        table.editing_asked.connect(partial(context.trigger, self._edit))
        context.review.model.edited.connect(self._on_edited)
        self._accept.triggered.connect(self._accept_selected)
        self._accept_own.triggered.connect(self._accept_own_genre)
        self._reject.triggered.connect(self._reject_selected)
        self._clear.triggered.connect(self._take_back)
        self._edit.triggered.connect(self._open_editor)
        self._accept_all.triggered.connect(self._accept_sure)
        self._undo.triggered.connect(self._undo_last)
        self._redo.triggered.connect(self._redo_next)
        context.page.threshold_line.add_accept_all(self._accept_all)
        self.refresh_on(context.selection_changed, context.rows_changed)
        self.refresh_on(context.page_changed, context.job_changed)

    def _make_actions(self) -> None:
        make = self._context.actions.make
        self._accept = make(ACCEPT, self.tr("&Accept"), self.tr("Accept"), "A", "accept")
        self._accept_own = make(
            ACCEPT_OWN, self.tr("Accept &my genre"), self.tr("Accept mine"), "P"
        )
        self._reject = make(REJECT, self.tr("&Reject"), self.tr("Reject"), "R", "reject")
        self._clear = make(CLEAR, self.tr("&Take decision back"), self.tr("Take back"), "Backspace")
        self._undo = make(UNDO_DECISION, self.tr("&Undo"), self.tr("Undo"), "Ctrl+Z")
        self._redo = make(
            REDO_DECISION, self.tr("Re&do"), self.tr("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")
        )
        self._edit = make(EDIT, self.tr("&Edit genre"), self.tr("Edit"), "F2", "edit")
        self._accept_all = make(
            ACCEPT_ALL,
            self.tr("Accept a&ll above the threshold"),
            self.tr("Accept all"),
            "Shift+A",
            "accept-all",
        )

    def _make_choices(self) -> None:
        """Make the actions that take what is offered first, second and third."""
        make = self._context.actions.make
        self._choice_names = (
            (self.tr("Use &first genre offered"), self.tr("First genre")),
            (self.tr("Use &second genre offered"), self.tr("Second genre")),
            (self.tr("Use t&hird genre offered"), self.tr("Third genre")),
        )
        names = (TAKE_FIRST, TAKE_SECOND, TAKE_THIRD)
        self._choices = tuple(
            make(name, *self._choice_names[rank], str(rank + 1)) for rank, name in enumerate(names)
        )
        for rank, action in enumerate(self._choices):
            action.triggered.connect(partial(self._choose, rank))
        self._adding = (
            make(ADD_FIRST, self.tr("Add first genre offered"), self.tr("Add first"), "Shift+1"),
            make(ADD_SECOND, self.tr("Add second genre offered"), self.tr("Add second"), "Shift+2"),
            make(ADD_THIRD, self.tr("Add third genre offered"), self.tr("Add third"), "Shift+3"),
        )
        for rank, action in enumerate(self._adding):
            action.triggered.connect(partial(self._add, rank))

    def refresh_actions(self) -> None:
        context, allow = self._context, self._context.actions.allow
        problem = context.deciding_problem()
        on_selected = problem or context.selection_problem()
        for action in (self._accept, self._reject, self._clear, self._edit):
            allow(action, on_selected)
        for action in (*self._choices, *self._adding):
            allow(action, on_selected)
        allow(self._accept_own, on_selected or self._own_problem())
        any_rows = context.review.model.rows()
        allow(self._accept_all, problem or ("" if any_rows else context.selection_problem()))
        last, following = self._decider.last_step, self._decider.next_step
        allow(self._undo, problem or ("" if last else self._nothing_to_undo()))
        allow(self._redo, problem or ("" if following else self.tr("There is nothing to redo.")))
        self._name_steps()
        self._name_choices()

    def _on_ended(self, outcome: JobOutcome) -> None:
        """Remember whether the last job wrote or restored files, which forgets all steps."""
        changed = {result.status for result in outcome.results} & _CHANGED
        self._forgot_by = outcome.task if changed else None

    def _nothing_to_undo(self) -> str:
        """Return why no decision can be undone."""
        if self._forgot_by is Task.UNDO:
            return self.tr(
                "Nothing to undo: the write was undone already, and its tracks are undecided again."
            )
        if self._forgot_by is Task.WRITE and self._context.controller.batch_to_undo():
            text = self.tr("Decisions from before a write stay; {keys} undoes the write itself.")
            return text.format(keys=self._context.actions.keys_of(UNDO))
        return self.tr("There is nothing to undo.")

    def _own_problem(self) -> str:
        started = self._context.controller.started
        if started is not None and started.has_own_column:
            return ""
        return self.tr("There are no genres of your own yet: learn them first (Ctrl+L).")

    def _name_steps(self) -> None:
        """Say in the menu what would be undone and redone."""
        undo, redo = self.tr("&Undo: {step}"), self.tr("Re&do: {step}")
        last, following = self._decider.last_step, self._decider.next_step
        undo = undo.format(step=step_text(last)) if last else self.tr("&Undo decision")
        redo = redo.format(step=step_text(following)) if following else self.tr("Re&do decision")
        self._describe(self._undo, undo, self.tr("Undo"))
        self._describe(self._redo, redo, self.tr("Redo"))

    def _name_choices(self) -> None:
        """Say in the menu which genres and styles are offered, where one row is selected."""
        row_id = self._context.page.table.only_selected()
        row = self._context.review.model.row(row_id) if row_id is not None else None
        for rank, action in enumerate(self._choices):
            text, short = self._choice_names[rank]
            choice = nth_choice(row, rank) if row is not None else None
            if row is not None and choice is not None:
                name = genres_text(name_choice(row, choice)).replace("&", "&&")
                name = style_name(name) if choice.is_style else name
                share = percent(choice.share) if choice.share is not None else ""
                text = f"&{rank + 1}  {name} {share}".rstrip()
            self._describe(action, text, short)

    def _describe(self, action: QAction, text: str, short: str) -> None:
        if action.text() != text:
            self._context.actions.describe(action, text, short)

    # Decisions

    def _decide(self, bulk_action: BulkAction) -> None:
        """Do this to the selected rows; go on to the next row after a single one that has it."""
        row_ids = self._context.page.table.selected_row_ids()
        self._decider.do(bulk_action, row_ids, then=partial(self._go_on, row_ids))

    def _go_on(self, row_ids: Sequence[int], result: BulkResult) -> None:
        if len(row_ids) == 1 and result.n_done:
            self._context.page.table.select_next(row_ids[0])
        self._say_of(row_ids, result)

    def _say_of(self, row_ids: Sequence[int], result: BulkResult) -> None:
        """Say what was done to several rows, and why nothing was to one; else it is seen there."""
        if len(row_ids) > 1:
            self._say(result)
        elif not result.n_changed:
            self._context.say(idle_text(result))

    def _accept_selected(self) -> None:
        self._decide(bulk_actions.accept(several=self._are_several()))

    def _reject_selected(self) -> None:
        self._decide(bulk_actions.reject(several=self._are_several()))

    def _accept_own_genre(self) -> None:
        self._decide(bulk_actions.accept_personal(several=self._are_several()))

    def _are_several(self) -> bool:
        return self._context.page.table.only_selected() is None

    def _choose(self, rank: int) -> None:
        self._decide(bulk_actions.choose(rank, several=self._are_several()))

    def _add(self, rank: int) -> None:
        """Add a genre to those given, and stay: another may follow."""
        row_ids = self._context.page.table.selected_row_ids()
        action = bulk_actions.add_choice(rank, several=self._are_several())
        self._decider.do(action, row_ids, then=partial(self._say_of, row_ids))

    def _take_back(self) -> None:
        row_ids = self._context.page.table.selected_row_ids()
        self._decider.do(bulk_actions.take_back(), row_ids, then=partial(self._say_of, row_ids))

    def _accept_sure(self) -> None:
        threshold = self._context.page.threshold_line.spin.value()
        self._decider.accept_above(threshold, then=self._say)

    def _say(self, result: BulkResult) -> None:
        self._context.say(tally_text(result))

    # Typing

    def _open_editor(self) -> None:
        """Edit the current row, or the first of the selected ones that can be given a genre.

        A folded heading is unfolded first: what is typed would go to tracks that nobody sees.
        """
        if self._unfold_current():
            return
        table, row = self._context.page.table, self._context.review.model.row
        row_ids = table.selected_row_ids()
        n_tracks, current = len(row_ids), table.current_row_id()
        if current is not None and current in row_ids:
            row_ids = [current, *row_ids]
        row_id = next((row_id for row_id in row_ids if can_be_given(row(row_id))), None)
        if row_id is None:
            self._context.say(
                self.tr(
                    "This track has not been analysed yet, or its file cannot be read, so it "
                    "cannot be given a genre."
                )
            )
            return
        if n_tracks > 1:  # the editor is that of one row
            text = self.tr("All {n} selected tracks get what you type (Esc: none).")
            self._context.say(text.format(n=number_text(n_tracks)))
        table.edit_row(row_id)

    def _unfold_current(self) -> bool:
        """Unfold the current heading; return whether it was folded."""
        table, position = self._context.page.table, self._context.page.table.currentIndex().row()
        is_folded = position >= 0 and self._context.review.model.is_folded(position)
        if is_folded:
            table.headings.fold(position, folded=False)
        return is_folded

    def _on_edited(self, row_id: int, text: str) -> None:
        """Give what was typed in a row to all rows that are selected with it."""
        genres, row = parse_genres(text), self._context.review.model.row(row_id)
        row_ids = self._context.page.table.selected_row_ids()
        if len(row_ids) > 1 and row_id in row_ids:
            if genres:
                self._decider.do(bulk_actions.give(genres, several=True), row_ids, then=self._say)
        elif genres and not (suggests(row) and genres == row.suggested):
            action = bulk_actions.give(genres)
            self._decider.do(action, [row_id], then=partial(self._go_on, [row_id]))

    # Undo and redo

    def _undo_last(self) -> None:
        self._decider.undo(then=partial(self._show, text=self.tr("Undone: {step}")))

    def _redo_next(self) -> None:
        self._decider.redo(then=partial(self._show, text=self.tr("Redone: {step}")))

    def _show(self, step: UndoStep | None, *, text: str) -> None:
        if step is None:
            return
        if len(step.rows) == 1:
            self._context.page.table.select(*step.rows)
        self._context.say(text.format(step=step_text(step)))
