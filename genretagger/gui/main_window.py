"""The main window: connects actions, conductor, desk and pages; no work is done here."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.datatypes import Policy, Progress, Recovered
from genretagger.core.errors import GenreTaggerError
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.gui.actions import Actions
from genretagger.gui.conductor import Conductor, Outcome, Task
from genretagger.gui.desk import ReviewDesk
from genretagger.gui.icons import application_icon
from genretagger.gui.notices import NoticeBar, show_about, show_bug
from genretagger.gui.progress import JobProgressBar
from genretagger.gui.review_page import ReviewPage
from genretagger.gui.start_page import StartPage
from genretagger.gui.status import (
    counts_text,
    folders_text,
    heard_text,
    settled_text,
    stage_text,
    written_text,
)
from genretagger.gui.texts import batch_text, error_text
from genretagger.gui.work import Problem
from genretagger.gui.write_preview import WritePreviewDialog
from genretagger.review.rows import State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from genretagger.gui.work import Core, Started

_log = logging.getLogger(__name__)
_FIRST_STAGE = {Task.ANALYSE: "scan", Task.WRITE: "apply", Task.UNDO: "undo"}
_WIDTH, _HEIGHT = 1180, 720
_LEAST_WIDTH, _LEAST_HEIGHT = 720, 440


class MainWindow(QMainWindow):
    """One window, one job at a time.

    Parameters
    ----------
    load : Callable[[], Core]
        Returns the core; called off the GUI thread.
    paths : Sequence[Path]
        What to analyse at once.
    """

    def __init__(self, *, load: Callable[[], Core], paths: Sequence[Path] = ()) -> None:
        super().__init__()
        self._stage = ""
        self._desk = ReviewDesk(self)
        self._actions = Actions(self)
        self._build()
        self._conductor = Conductor(load, self)
        self._connect_jobs()
        self._connect_actions()
        if paths:
            self.open_paths(paths)
        self._update()

    def _build(self) -> None:
        self.setObjectName("mainWindow")
        self.setWindowTitle(self.tr("Genretagger"))
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        self.resize(_WIDTH, _HEIGHT)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._page = ReviewPage(
            self._desk, self._actions.accept_all, threshold=Settings().accept_threshold
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(StartPage(self._actions.open_folder))
        self._stack.addWidget(self._page)
        self._notices = NoticeBar()
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._notices)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self._actions.fill_menus(self)
        self.addToolBar(self._actions.make_toolbar())
        self._actions.paint_icons(self.palette())
        self._counts = QLabel()
        self._counts.setObjectName("countsLabel")
        self._progress = JobProgressBar()
        self.statusBar().addPermanentWidget(self._counts)
        self.statusBar().addPermanentWidget(self._progress)

    def _connect_jobs(self) -> None:
        conductor, desk = self._conductor, self._desk
        conductor.ready.connect(self._on_ready)
        conductor.began.connect(self._on_began)
        conductor.reported.connect(self._on_reported)
        conductor.failed.connect(self._on_failed)
        conductor.ended.connect(self._on_ended)
        conductor.settled.connect(self._on_settled)
        desk.decided.connect(conductor.save)
        desk.decided.connect(self._on_decided)
        desk.changed.connect(self._update)
        desk.model.layoutChanged.connect(self._update)
        self._page.table.selectionModel().selectionChanged.connect(self._update)

    def _connect_actions(self) -> None:
        actions, desk, table = self._actions, self._desk, self._page.table
        table.editing_asked.connect(actions.edit.trigger)
        actions.open_folder.triggered.connect(self._ask_for_folder)
        actions.analyse.triggered.connect(lambda: self.open_paths(self._conductor.paths))
        actions.stop.triggered.connect(self._conductor.stop)
        actions.quit.triggered.connect(self.close)
        actions.accept.triggered.connect(lambda: self._decide(desk.accept))
        actions.reject.triggered.connect(lambda: self._decide(desk.reject))
        actions.clear.triggered.connect(lambda: desk.take_back(table.selected_numbers()))
        actions.edit.triggered.connect(table.edit_current)
        actions.accept_all.triggered.connect(self._accept_all)
        actions.filter.triggered.connect(self._to_filter)
        actions.write.triggered.connect(self._preview_write)
        actions.undo_decision.triggered.connect(self._take_back_last)
        actions.undo.triggered.connect(self._conductor.undo)
        actions.about.triggered.connect(lambda: show_about(desk.model_id, self))

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Analyse folders and files in the place of what is shown."""
        self._stack.setCurrentWidget(self._page)
        self._conductor.analyse(paths)
        self._update()

    # What is enabled and said

    def _update(self) -> None:
        """Make every action and label say what is so."""
        actions, desk, conductor = self._actions, self._desk, self._conductor
        busy, may_decide = conductor.is_busy(), conductor.may_decide()
        selected = self._page.table.selectionModel().hasSelection()
        actions.analyse.setEnabled(not busy and bool(conductor.paths))
        actions.stop.setEnabled(conductor.may_stop())
        for action in (actions.accept, actions.reject, actions.clear, actions.edit):
            action.setEnabled(selected and may_decide)
        actions.accept_all.setEnabled(may_decide and bool(desk.model.rows()))
        actions.write.setEnabled(not busy and desk.n_outstanding > 0)
        batch = conductor.batch_to_undo()
        actions.undo.setEnabled(not busy and batch is not None)
        actions.tell_undo(batch_text(batch) if batch else "")
        actions.undo_decision.setEnabled(may_decide and desk.may_take_back_last())
        actions.tell_analyse(unfinished=not busy and desk.counts[State.PENDING] > 0)
        self._page.table.set_editable(editable=may_decide)
        self._page.say_if_empty(searching=busy)
        n_shown = desk.model.rowCount()
        self._counts.setText(
            counts_text(desk.counts, n_shown=n_shown, n_outstanding=desk.n_outstanding)
        )

    def _say(self, text: str) -> None:
        self.statusBar().showMessage(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._actions.paint_icons(self.palette())

    # What the conductor tells

    def _on_ready(self, started: Started) -> None:
        self._desk.separator = started.context.settings.id3v23_separator
        threshold = self._page.threshold_spin
        if threshold.value() == Settings().accept_threshold:  # else the user was faster
            threshold.setValue(started.context.settings.accept_threshold)
        for problem in started.problems:
            self._notices.say(error_text(problem))
        for result in started.recovered:
            self._notices.say(settled_text(result))
        _log.info("window ready")

    def _on_began(self, task: Task) -> None:
        if task is Task.ANALYSE:
            names = folders_text(self._conductor.paths)
            self.setWindowTitle(self.tr("{folder} — Genretagger").format(folder=names))
            self._desk.clear()
            self._page.table.setFocus()
        self._progress.begin()
        self._say_stage(_FIRST_STAGE[task])
        self._update()

    def _on_reported(self, events: tuple[object, ...]) -> None:
        started = self._conductor.started
        if started is None:
            return
        self._desk.take(events, partial(started.core.read_only_reason, context=started.context))
        for event in events:
            if isinstance(event, Problem):
                self._notices.say(error_text(event.error))
            if isinstance(event, Recovered):
                self._notices.say(settled_text(event.result))
        progress = [event for event in events if isinstance(event, Progress)]
        if progress:
            self._progress.tell(progress[-1])
            if progress[-1].stage != self._stage:
                self._say_stage(progress[-1].stage)

    def _say_stage(self, stage: str) -> None:
        self._stage = stage
        self._say(stage_text(stage))

    def _on_ended(self, outcome: Outcome) -> None:
        if outcome.task is Task.ANALYSE:
            self._desk.model.arrange()
            text = heard_text(outcome, self._desk.counts, self._conductor.paths)
            self._page.say_nothing_because(text)
        else:
            text = written_text(outcome)
        self._say(text)

    def _on_settled(self) -> None:
        self._progress.end()
        self._update()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, GenreTaggerError):
            _log.error("%s", error)
            self._notices.say(error_text(error))
        else:
            _log.error("unexpected error", exc_info=error)
            show_bug(error, user_folders().log, self)

    # What the user does

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a folder of music"))
        dialog.setObjectName("openFolderDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(lambda names: self.open_paths([Path(n) for n in names]))
        dialog.open()

    def _decide(self, decide: Callable[[list[int]], None]) -> None:
        numbers = self._page.table.selected_numbers()
        decide(numbers)
        if len(numbers) == 1:
            self._page.table.select_next(numbers[0])

    def _on_decided(self) -> None:
        """Drop what was said of earlier decisions; what a job does is still so."""
        self._say(stage_text(self._stage) if self._conductor.is_busy() else "")

    def _take_back_last(self) -> None:
        numbers = self._desk.take_back_last()
        if len(numbers) == 1:
            self._page.table.select(numbers[0])
        self._say(self.tr("Decisions taken back: {n}").format(n=len(numbers)))

    def _accept_all(self) -> None:
        n_accepted = self._desk.accept_above(self._page.threshold_spin.value())
        self._say(self.tr("Accepted: {n}").format(n=n_accepted))

    def _to_filter(self) -> None:
        self._page.filter_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._page.filter_edit.selectAll()

    def _preview_write(self) -> None:
        if self._conductor.started is None:
            return
        policy = Policy(self._conductor.started.context.settings.policy)
        dialog = WritePreviewDialog(self._desk.model.rows(), policy=policy, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(self._conductor.write)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.open_paths([Path(url.toLocalFile()) for url in urls])

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.hide()
        self._conductor.close()
