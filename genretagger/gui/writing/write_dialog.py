"""The dialog before a write: what will change, what will not, and why."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.errors import GenreTaggerError
from genretagger.core.writes import Policy, WriteResult, WriteStatus
from genretagger.gui.jobs.job_outcome import WriteOrder
from genretagger.gui.tracks.slices import SliceRunner, Work, cut
from genretagger.gui.widgets.labels import plain_label, set_names
from genretagger.gui.widgets.texts import number_text, policy_text
from genretagger.gui.writing.write_preview import (
    WriteTreeModel,
    button_text,
    checked_text,
    summary_text,
)
from genretagger.gui.writing.write_tree import WriteTree
from genretagger.review.rows.change_groups import PendingChanges
from genretagger.review.rows.job_report import count_linked
from genretagger.review.rows.pending_changes import (
    Effect,
    KeptGenres,
    find_kept_genres,
    propose_changes,
)
from genretagger.review.rows.row import Row

_WIDTH, _HEIGHT = 720, 520
_LEAST_WIDTH, _LEAST_HEIGHT = 480, 400
_LEAST_POLICY_CHARACTERS = 20
# Groups that change with every file cannot be read.
_MOVE_EVERY_MS = 400
_RESTS = 20  # with very many groups a move takes longer, and the window needs time in between


class WriteDialog(QDialog):
    """Shows what writing the accepted rows does under a policy, which can be changed here.

    Files can be taken out: they stay accepted, and stay out under another policy. What very many
    rows come to is worked out in slices. A check of the files runs afterwards; its results come
    by `take`.
    """

    confirmed = Signal(object)  # WriteOrder
    check_wanted = Signal(object, object)  # tuple of WriteRequest, Policy; ends an earlier check

    def __init__(
        self,
        rows: Sequence[Row],
        *,
        policy: Policy,
        protected: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._protected = protected
        self.setObjectName("writePreviewDialog")
        self.setWindowTitle(self.tr("Write genres"))
        self.resize(_WIDTH, _HEIGHT)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._rows = tuple(rows)
        self._slices = SliceRunner(self)
        self._slices.progressed.connect(self._say_progress)
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._ask_for_check)
        self.finished.connect(self.stop)
        self._checks = False  # whether what will be written is to be checked
        self._taken_out: set[Path] = set()
        self._refused: dict[Path, GenreTaggerError] = {}  # found by the check, but not shown yet
        self._linked: list[WriteResult] = []
        self._n_checked = self._n_to_check = 0
        self._timer = QTimer(self, singleShot=True, interval=_MOVE_EVERY_MS)
        self._timer.timeout.connect(self._move_refused)
        self._model = WriteTreeModel(self)
        self._model.chosen_changed.connect(self._say_counts)
        self._summary = plain_label("previewSummary")
        self._checked = plain_label("previewChecked")
        self._policy = self._policy_box(policy)
        self._tree = WriteTree(self._model)
        set_names(self._tree, "previewTree", self.tr("What will change"))
        self._buttons, self._write = self._make_buttons()
        self._lay_out()
        self._refresh()

    def policy(self) -> Policy:
        """Return the chosen policy."""
        return Policy(self._policy.currentData())

    def begin_check(self) -> None:
        """Ask for a check of what would be written, as soon as that is known."""
        self._checks = True
        if not self._slices.is_busy():
            self._ask_for_check()

    def stop(self) -> None:
        """Work nothing out any more, because the window closes."""
        self._slices.stop()
        self._ask.stop()

    def _ask_for_check(self) -> None:
        requests = self._forecast.requests()
        self._refused.clear()
        self._linked.clear()
        self._n_checked, self._n_to_check = 0, len(requests)
        self._checked.setText(checked_text(0, self._n_to_check))
        self.check_wanted.emit(requests, self.policy())

    def take(self, results: Sequence[WriteResult]) -> None:
        """Take in results of the check: files that will be refused move to their reason."""
        if self._slices.is_busy():
            return  # they are about another policy
        self._n_checked += len(results)
        self._checked.setText(checked_text(self._n_checked, self._n_to_check))
        for result in results:
            is_refused = result.status in (WriteStatus.REFUSED, WriteStatus.FAILED)
            if is_refused and result.reason is not None:
                self._refused[result.path] = result.reason
        linked = [result for result in results if result.linked]
        if linked:
            self._linked += linked
            self._say_counts()
        if self._refused and not self._timer.isActive():
            self._timer.start()

    def end_check(self, completed: bool) -> None:
        """Show all results; after a check that failed, writing is still possible."""
        if self._slices.is_busy():
            return
        self._move_refused()
        if not completed:
            self._checked.setText(
                self.tr("Not all files could be checked; each is checked again when it is written.")
            )

    def _policy_box(self, chosen: Policy) -> QComboBox:
        box = QComboBox()
        # Its texts are longer than the narrowest dialog is wide.
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_LEAST_POLICY_CHARACTERS)
        box.setObjectName("policyBox")
        for policy in Policy:
            box.addItem(policy_text(policy), policy.value)
        box.setCurrentIndex(list(Policy).index(chosen))
        box.currentIndexChanged.connect(self._refresh)
        return box

    def _make_buttons(self) -> tuple[QDialogButtonBox, QPushButton]:
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        write = buttons.button(QDialogButtonBox.StandardButton.Ok)
        write.setObjectName("writeButton")
        return buttons, write

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        # The summary wraps: a minimum size that follows its height would change at every resize.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.setSpacing(12)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self._summary)
        form = QFormLayout()
        form.addRow(self.tr("Accepted su&ggestions:"), self._policy)
        layout.addLayout(form)
        layout.addWidget(self._tree, 1)
        layout.addWidget(self._checked)
        promise = self.tr("Only the genre is written; audio and all other tags stay as they are.")
        keys = self.tr(
            "Space takes a file or a group out; it stays accepted and comes back next time."
        )
        layout.addWidget(plain_label(text=f"{promise}\n{keys}"))
        layout.addWidget(self._buttons)
        # Only now do the buttons belong to the dialog whose default they can be.
        self._write.setDefault(True)
        self._tree.setFocus()

    def _refresh(self) -> None:
        """Work out what will change, from the rows in memory."""
        self.stop()
        self._timer.stop()
        self._refused.clear()
        self._checked.setText("")
        self._forecast = PendingChanges()
        self._slices.run(self._forecast_of(self.policy()), then=self._show)
        if self._slices.is_busy():
            self._offer_write(n_chosen=0, n_to_write=0)

    def _forecast_of(self, policy: Policy) -> Work[tuple[PendingChanges, KeptGenres]]:
        """Return what will change, and what is kept only because it is protected."""
        forecast, kept, n_done = PendingChanges(taken_out=self._taken_out), KeptGenres(), 0
        for rows in cut(self._rows):
            forecast.add(propose_changes(rows, policy, protected=self._protected))
            kept = kept.plus(find_kept_genres(rows, policy, protected=self._protected))
            n_done += len(rows)
            if len(rows) < len(self._rows):  # also after the last: to show it takes a turn as well
                yield n_done, len(self._rows)
        return forecast, kept

    def _say_progress(self, done: int, total: int) -> None:
        text = self.tr("Looking through the tracks for what will change: {done} of {total}")
        self._summary.setText(text.format(done=number_text(done), total=number_text(total)))

    def _show(self, worked_out: tuple[PendingChanges, KeptGenres]) -> None:
        self._forecast, self._kept = worked_out
        groups = self._model.lines(self._forecast)
        self._tree.begin(groups, is_open=len(groups) == 1)
        self._say_counts()
        if self._checks:
            self._ask.start()

    def _move_refused(self) -> None:
        self._timer.stop()
        if self._refused:
            began = time.perf_counter()
            self._forecast.refuse(self._refused)
            self._refused.clear()
            self._tree.fill(self._model.lines(self._forecast))
            self._say_counts()
            took_ms = round((time.perf_counter() - began) * 1000)
            self._timer.setInterval(max(_MOVE_EVERY_MS, _RESTS * took_ms))

    def _say_counts(self) -> None:
        counts, n_linked = self._forecast.counts(), count_linked(self._linked)
        n_to_write = counts[Effect.WRITE]
        n_chosen = n_to_write - self._forecast.count_taken_out()
        self._summary.setText(
            summary_text(counts, self._kept, n_chosen=n_chosen, n_linked=n_linked)
        )
        self._offer_write(n_chosen=n_chosen, n_to_write=n_to_write)

    def _offer_write(self, *, n_chosen: int, n_to_write: int) -> None:
        """Say on the button what it writes; without a file it is disabled."""
        self._write.setText(button_text(n_chosen=n_chosen, n_to_write=n_to_write))
        if not n_chosen and self.focusWidget() is self._write:
            self._tree.setFocus()  # the keys must not go on to the button that cancels
        self._write.setEnabled(n_chosen > 0)

    def _on_accepted(self) -> None:
        self._move_refused()
        requests = self._forecast.chosen_requests()
        if requests:
            self.accept()
            n_taken_out = self._forecast.count_taken_out()
            self.confirmed.emit(WriteOrder(requests, self.policy(), n_taken_out))
