"""The last look before a write: exactly what will change, what will not, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.datatypes import Policy
from genretagger.gui.delegates import RoomyDelegate
from genretagger.gui.preview_tree import PreviewModel
from genretagger.gui.texts import policy_text
from genretagger.review.proposals import Effect, changes, grouped, requests

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from genretagger.review.rows import Row

_WIDTH, _HEIGHT = 720, 480
_LEAST_WIDTH, _LEAST_HEIGHT = 480, 360
_FEW_GROUPS = 1
_LEAST_POLICY_CHARACTERS = 20


class WritePreviewDialog(QDialog):
    """Shows what writing the accepted rows does under a policy that can be changed here."""

    confirmed = Signal(object, object)  # tuple of WriteRequest, Policy

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
        self._rows = tuple(row for row in rows if row.outstanding)
        self._model = PreviewModel(self)
        self._summary = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._summary.setObjectName("previewSummary")
        self._policy = self._policy_box(policy)
        self._tree = self._tree_view()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._refresh()

    def policy(self) -> Policy:
        """Return the policy that is chosen."""
        return Policy(self._policy.currentData())

    def _policy_box(self, chosen: Policy) -> QComboBox:
        box = QComboBox()
        # As narrow as the dialog may get: its words are longer than that.
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_LEAST_POLICY_CHARACTERS)
        box.setObjectName("policyBox")
        for policy in Policy:
            box.addItem(policy_text(policy), policy.value)
        box.setCurrentIndex(list(Policy).index(chosen))
        box.currentIndexChanged.connect(self._refresh)
        return box

    def _tree_view(self) -> QTreeView:
        tree = QTreeView()
        tree.setObjectName("previewTree")
        tree.setAccessibleName(self.tr("What will change"))
        tree.setModel(self._model)
        tree.setUniformRowHeights(True)
        tree.setItemDelegate(RoomyDelegate(tree))
        tree.setAlternatingRowColors(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        return tree

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        # The summary wraps: a least size that follows its height would change at every resize.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.setSpacing(12)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self._summary)
        form = QFormLayout()
        form.addRow(self.tr("Files that have a &genre:"), self._policy)
        layout.addLayout(form)
        layout.addWidget(self._tree, 1)
        promise = QLabel(
            self.tr("Only the genre is written; audio and all other tags stay as they are."),
            wordWrap=True,
        )
        layout.addWidget(promise)
        layout.addWidget(self._buttons)

    def _refresh(self) -> None:
        """Work out anew what will change; from the rows in memory, so it is instant."""
        self._changes = changes(self._rows, self.policy(), protected=self._protected)
        groups = grouped(self._changes)
        self._model.show(groups)
        for place in self._model.refused_places():
            self._tree.setFirstColumnSpanned(place, QModelIndex(), True)
        if len(groups) <= _FEW_GROUPS:
            self._tree.expandAll()
        counts = {
            effect: sum(change.effect is effect for change in self._changes) for effect in Effect
        }
        self._summary.setText(self._summary_text(counts))
        button = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        button.setText(self.tr("&Write ({n})").format(n=counts[Effect.WRITE]))
        button.setEnabled(counts[Effect.WRITE] > 0)

    def _summary_text(self, counts: dict[Effect, int]) -> str:
        lines = [
            (self.tr("Files that will change: {n}"), counts[Effect.WRITE]),
            (self.tr("Left alone because they have a genre: {n}"), counts[Effect.SKIP]),
            (self.tr("Have the genre already: {n}"), counts[Effect.NOTHING]),
            (self.tr("Cannot be written: {n}"), counts[Effect.REFUSE]),
        ]
        first, *others = lines
        shown = [first, *(line for line in others if line[1])]
        return "\n".join(text.format(n=n) for text, n in shown)

    def _on_accepted(self) -> None:
        self.accept()
        self.confirmed.emit(requests(self._changes), self.policy())
