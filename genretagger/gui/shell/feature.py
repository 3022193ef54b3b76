"""The base of the window's features, each of which adds one capability to the window.

A feature makes its actions, connects them, and listens to the signals that it depends on. The
window makes the features and closes them, and knows nothing else of them.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from genretagger.gui.jobs.job_controller import JobController
from genretagger.gui.jobs.job_outcome import Task
from genretagger.gui.shell.actions import Actions
from genretagger.gui.shell.message_bar import MessageBar
from genretagger.gui.shell.status_bar import StatusBar
from genretagger.gui.shell.window_state import WindowState
from genretagger.gui.tracks.review_controller import ReviewController
from genretagger.gui.tracks.tracks_page import TracksPage
from genretagger.review.rows.row import Row


class FeatureContext(QObject):
    """The parts of the window that features work with, and what changes in them.

    Parameters
    ----------
    pages : QStackedWidget
        What fills the window; a feature may add a page and show it.
    window_state : WindowState
        What is remembered until the window is opened again.
    """

    selection_changed = Signal()
    rows_changed = Signal()  # the rows, the filter, or how rows are judged
    page_changed = Signal()
    pause_changed = Signal()  # the analysis was paused, or goes on
    job_changed = Signal()  # a job or long decision began or ended, or the pipeline is ready

    def __init__(
        self,
        window: QMainWindow,
        *,
        actions: Actions,
        controller: JobController,
        review: ReviewController,
        page: TracksPage,
        pages: QStackedWidget,
        messages: MessageBar,
        window_state: WindowState,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.actions = actions
        self.controller = controller
        self.review = review
        self.page = page
        self.pages = pages
        self.messages = messages
        self.window_state = window_state
        page.table.selectionModel().selectionChanged.connect(self.selection_changed)
        review.changed.connect(self.rows_changed)
        review.model.layoutChanged.connect(self.rows_changed)
        pages.currentChanged.connect(self.page_changed)
        for signal in (controller.ready, controller.renewed, controller.began, controller.settled):
            signal.connect(self.job_changed)
        review.decider.busy_changed.connect(self.job_changed)

    def say(self, text: str) -> None:
        """Show a sentence in the status bar."""
        self.window.statusBar().showMessage(text)

    def trigger(self, action: QAction) -> None:
        """Trigger an action; if it is disabled, say why."""
        problem = self.actions.problem(action)
        if problem:
            self.say(problem)
        else:
            action.trigger()

    def keep_in_sight(self, widget: QWidget) -> None:
        """Show a widget in the status bar for as long as it is visible."""
        bar = self.window.statusBar()
        if isinstance(bar, StatusBar):  # `StatusFeature` put it there
            bar.keep(widget)

    def is_reviewing(self) -> bool:
        """Return whether the page with the tracks is shown."""
        return self.pages.currentWidget() is self.page

    def is_busy(self) -> bool:
        """Return whether nothing new can begin: a job runs, or rows are being decided on."""
        return self.controller.is_busy() or self.review.decider.is_busy()

    def is_paused(self) -> bool:
        """Return whether an analysis runs that the user has paused."""
        return self.controller.task is Task.ANALYSE and self.controller.control.paused.is_set()

    def may_change_rows(self) -> bool:
        """Return whether the user may change rows: not while files are written or rows change."""
        return self.controller.may_decide() and not self.review.decider.is_busy()

    def may_decide(self) -> bool:
        """Return whether keys may decide: only on visible tracks."""
        return not self.deciding_problem()

    def current_row(self) -> Row | None:
        """Return the only row that is selected, else the current one."""
        row_id = self.page.table.only_selected()
        row_id = self.page.table.current_row_id() if row_id is None else row_id
        return None if row_id is None else self.review.model.row(row_id)

    # Why an action does nothing, for `Actions.allow`

    def deciding_problem(self) -> str:
        """Return why keys may not decide, empty if they may."""
        if not self.controller.may_decide():
            return self.tr("Decisions wait until the files are written.")
        if self.review.decider.is_busy():
            return self.tr("Wait a moment: the last decision is still being carried out.")
        return self.page_problem()

    def page_problem(self) -> str:
        """Return how to get to the page with the tracks, empty if it is shown."""
        return "" if self.is_reviewing() else self.tr("Go back to the tracks first (Ctrl+1).")

    def selection_problem(self) -> str:
        """Return why no track is selected, empty if one is."""
        if not self.review.model.rows():
            return self.tr("There are no tracks yet: open a folder (Ctrl+O).")
        if self.page.table.selectionModel().hasSelection():
            return ""
        return self.tr("No track is selected.")

    def busy_problem(self) -> str:
        """Return why nothing new can begin, empty if it can."""
        if self.controller.opened is None:
            return self.tr("Wait a moment: the program is still starting.")
        if self.is_busy():
            return self.tr("Wait until the work in progress has ended, or stop it (Ctrl+.).")
        return ""


class Feature(QObject):
    """One capability of the window."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context.window)
        self._context = context

    def refresh_on(self, *signals: SignalInstance) -> None:
        """Refresh the actions whenever one of `signals` is emitted."""
        for signal in signals:
            signal.connect(self.refresh_actions)

    def refresh_actions(self) -> None:
        """Enable and name the actions as rows, selection, page and job allow; nothing else."""

    def close(self) -> None:
        """Release everything that outlives a widget; called once, when the window closes."""
