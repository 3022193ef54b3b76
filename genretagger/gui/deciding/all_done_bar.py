"""The bar that says that nothing is left to decide, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from genretagger.gui.shell.actions import WRITE
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.status_texts import in_a_line, to_write_text
from genretagger.gui.widgets.labels import plain_label
from genretagger.review.filter.filters import TO_DECIDE
from genretagger.review.rows.row import State
from genretagger.review.statistics.tally import Tally

_MARGIN = 8


class AllDoneBar(QFrame):
    """Says that all is decided, and offers to write; hidden while something is undecided."""

    def __init__(self, write: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("doneBar")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._text = plain_label("doneText")
        self._button = QToolButton()
        self._button.setObjectName("doneWriteButton")
        self._button.setDefaultAction(write)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN // 2, _MARGIN, _MARGIN // 2)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        self.hide()

    def tell(self, tally: Tally) -> None:
        """Say that all is decided, and how many accepted files will change or stay as they are."""
        all_done = self.tr("All done: nothing left to decide or write.")
        decided = self.tr("Everything is decided.")
        self._text.setText(
            in_a_line(decided if tally.n_to_write else all_done, to_write_text(tally))
        )
        self._button.setVisible(tally.n_to_write > 0)
        self.show()


class AllDoneFeature(Feature):
    """Shows the bar once every track that can be given a genre is decided on."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._bar = AllDoneBar(context.actions.named(WRITE))
        context.page.add_done_bar(self._bar)
        context.rows_changed.connect(self._show_or_hide)
        context.job_changed.connect(self._show_or_hide)

    def _show_or_hide(self) -> None:
        tally = self._context.review.tally
        n_open = sum(tally.states[state] for state in (*TO_DECIDE, State.PENDING))
        n_decided = sum(
            tally.states[state] for state in (State.ACCEPTED, State.REJECTED, State.WRITTEN)
        )
        if self._context.is_busy() or n_open or not n_decided:
            self._bar.hide()
        else:
            self._bar.tell(tally)
