"""Deciding on tracks: accept, reject, edit, take back, accept all that is sure enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from genretagger.gui.control import Bench, Control

if TYPE_CHECKING:
    from collections.abc import Callable

_Result = TypeVar("_Result")


class DecideControl(Control):
    """Carries decisions from keys and menus to the desk."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        desk, table = bench.desk, bench.page.table
        self._make_actions()
        table.editing_asked.connect(self._edit.trigger)
        self._accept.triggered.connect(lambda: self._accept_by(desk.accept))
        self._accept_own.triggered.connect(lambda: self._accept_by(desk.accept_own))
        self._reject.triggered.connect(lambda: self._decide(desk.reject))
        self._clear.triggered.connect(lambda: desk.take_back(table.selected_numbers()))
        self._edit.triggered.connect(table.edit_current)
        self._accept_all.triggered.connect(self._accept_sure)
        self._undo.triggered.connect(self._take_back_last)
        bench.page.add_accept_all(self._accept_all)

    def _make_actions(self) -> None:
        make = self._bench.actions.make
        self._accept = make("acceptAction", self.tr("&Accept"), self.tr("Accept"), "A", "accept")
        self._accept_own = make(
            "acceptOwnAction", self.tr("Accept &my genre"), self.tr("Accept mine"), "P"
        )
        self._reject = make("rejectAction", self.tr("&Reject"), self.tr("Reject"), "R", "reject")
        self._clear = make(
            "clearAction", self.tr("&Take decision back"), self.tr("Take back"), "Backspace"
        )
        self._undo = make(
            "undoDecisionAction",
            self.tr("Take back &last decision"),
            self.tr("Take back last"),
            "Ctrl+Z",
        )
        self._edit = make("editAction", self.tr("&Edit genre"), self.tr("Edit"), "F2", "edit")
        self._accept_all = make(
            "acceptAllAction",
            self.tr("Accept a&ll that are sure enough"),
            self.tr("Accept all"),
            "Shift+A",
            "accept-all",
        )

    def update(self) -> None:
        desk, conductor = self._bench.desk, self._bench.conductor
        bench, started = self._bench, conductor.started
        # On another page a key would decide on tracks that nobody sees.
        may_decide = conductor.may_decide() and bench.pages.currentWidget() is bench.page
        selected = self._bench.page.table.selectionModel().hasSelection()
        for action in (self._accept, self._reject, self._clear, self._edit):
            action.setEnabled(selected and may_decide)
        has_own = started is not None and started.has_own_column
        self._accept_own.setEnabled(selected and may_decide and has_own)
        self._accept_all.setEnabled(may_decide and bool(desk.model.rows()))
        self._undo.setEnabled(may_decide and desk.may_take_back_last())

    def _accept_by(self, accept: Callable[[list[int]], int]) -> None:
        n_left_out = self._decide(accept)
        if n_left_out:
            self._bench.say(self.tr("Not music, left out: {n}").format(n=n_left_out))

    def _decide(self, decide: Callable[[list[int]], _Result]) -> _Result:
        table = self._bench.page.table
        numbers = table.selected_numbers()
        result = decide(numbers)
        if len(numbers) == 1:
            table.select_next(numbers[0])
        return result

    def _take_back_last(self) -> None:
        numbers = self._bench.desk.take_back_last()
        if len(numbers) == 1:
            self._bench.page.table.select(numbers[0])
        self._bench.say(self.tr("Decisions taken back: {n}").format(n=len(numbers)))

    def _accept_sure(self) -> None:
        threshold = self._bench.page.threshold_spin.value()
        n_accepted = self._bench.desk.accept_above(threshold)
        self._bench.say(self.tr("Accepted: {n}").format(n=n_accepted))
