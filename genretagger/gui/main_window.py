"""The main window: connects actions, conductor, desk and pages; no work is done here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from genretagger.core.errors import GenreTaggerError
from genretagger.core.events import Progress, Recovered
from genretagger.core.genres import GenreMapping
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.writes import Policy
from genretagger.gui.deciding.album_feature import AlbumFeature
from genretagger.gui.deciding.all_done_bar import AllDoneFeature
from genretagger.gui.deciding.decide_feature import DecideFeature
from genretagger.gui.deciding.threshold_panel import ThresholdFeature
from genretagger.gui.detail.detail_feature import DetailFeature
from genretagger.gui.detail.playback_feature import PlaybackFeature
from genretagger.gui.exporting.export_feature import ExportFeature
from genretagger.gui.filtering.filter_feature import FilterFeature
from genretagger.gui.filtering.table_feature import TableFeature
from genretagger.gui.history.history_feature import HistoryFeature
from genretagger.gui.jobs.job_controller import JobController, JobOutcome, Task
from genretagger.gui.jobs.job_factories import JobProblem, Started
from genretagger.gui.jobs.pipeline_api import PipelineApi
from genretagger.gui.learning.learn_feature import LearnFeature
from genretagger.gui.overview.overview_feature import OverviewFeature
from genretagger.gui.settings.settings_feature import SettingsFeature
from genretagger.gui.shell.actions import Actions
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.menus import fill_menus, make_toolbar
from genretagger.gui.shell.message_bar import MessageBar, show_bug
from genretagger.gui.shell.open_folders import OpenFoldersFeature
from genretagger.gui.shell.progress_bar import JobProgressBar
from genretagger.gui.shell.shortcut_sheet import HelpFeature
from genretagger.gui.shell.start_page import StartPage
from genretagger.gui.shell.status_bar import StatusBar
from genretagger.gui.shell.status_texts import (
    counts_text,
    settled_text,
    stage_text,
    written_text,
)
from genretagger.gui.shell.window_state import WindowState
from genretagger.gui.spelling.spelling_feature import SpellingFeature
from genretagger.gui.tracks.review_controller import ReviewController
from genretagger.gui.tracks.tracks_page import TracksPage
from genretagger.gui.widgets.icons import application_icon
from genretagger.gui.widgets.texts import error_text
from genretagger.gui.writing.write_feature import WriteFeature
from genretagger.review.genres.mapping import GenreRules
from genretagger.review.rows.suggestion_mark import WriteRules

_LOG = logging.getLogger(__name__)
_FIRST_STAGE = {Task.ANALYSE: "scan", Task.WRITE: "apply", Task.UNDO: "undo", Task.LEARN: "read"}
_WIDTH, _HEIGHT = 1180, 720
_GEOMETRY = "geometry"  # what is remembered
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

    def __init__(self, *, load: Callable[[], PipelineApi], paths: Sequence[Path] = ()) -> None:
        super().__init__()
        self._stage = _FIRST_STAGE[Task.ANALYSE]  # what comes once the core is there
        self._desk = ReviewController(self)
        self._actions = Actions(self)
        self._build()
        self._conductor = JobController(load, self)
        self._memory = WindowState(user_folders().window, self)
        parts = (self._actions, self._conductor, self._desk, self._page, self._stack)
        self._bench = FeatureContext(
            self, *parts, notices=self._notices, memory=self._memory, say=self._say
        )
        self._opening = OpenFoldersFeature(self._bench)
        details = DetailFeature(self._bench)
        self._controls: tuple[Feature, ...] = (
            self._opening,
            FilterFeature(self._bench),
            TableFeature(self._bench),
            DecideFeature(self._bench),
            AlbumFeature(self._bench),
            details,
            PlaybackFeature(self._bench, details),
            ThresholdFeature(self._bench),
            OverviewFeature(self._bench),
            WriteFeature(self._bench),
            AllDoneFeature(self._bench),
            HistoryFeature(self._bench),
            ExportFeature(self._bench),
            LearnFeature(self._bench),
            SpellingFeature(self._bench),
            SettingsFeature(self._bench),
            HelpFeature(self._bench),
        )
        self._fill()
        self._connect()
        self.restoreGeometry(self._memory.layout(_GEOMETRY))
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
        self._page = TracksPage(self._desk, threshold=Settings().accept_threshold)
        self._stack = QStackedWidget()
        self._notices = MessageBar()
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._notices)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self._counts = QLabel()
        self._counts.setObjectName("countsLabel")
        self._progress = JobProgressBar()
        self.setStatusBar(StatusBar(self._counts, self._progress))

    def _fill(self) -> None:
        """Put in what needs the actions, which the controls have made."""
        named = self._actions.named
        start = StartPage(named("openFolderAction"), named("sampleMusicAction"))
        self._stack.insertWidget(0, start)
        self._stack.setCurrentIndex(0)
        self._stack.addWidget(self._page)
        make = self._actions.make
        leave = make("quitAction", self.tr("&Quit"), self.tr("Quit"), "Ctrl+Q")
        leave.setMenuRole(QAction.MenuRole.QuitRole)
        leave.triggered.connect(self.close)
        fill_menus(self, self._actions)
        self.addToolBar(make_toolbar(self._actions))
        self._actions.paint_icons(self.palette())

    def _connect(self) -> None:
        conductor, desk = self._conductor, self._desk
        conductor.ready.connect(self._on_ready)
        conductor.renewed.connect(self._take_settings)
        conductor.began.connect(self._on_began)
        conductor.reported.connect(self._on_reported)
        conductor.failed.connect(self._on_failed)
        conductor.ended.connect(self._on_ended)
        conductor.settled.connect(self._on_settled)
        desk.decided.connect(conductor.save)
        desk.decided.connect(self._on_decided)
        desk.changed.connect(self._update)
        desk.model.layoutChanged.connect(self._update)
        self._stack.currentChanged.connect(self._update)
        self._page.table.selectionModel().selectionChanged.connect(self._update)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Analyse folders and files in the place of what is shown."""
        self._opening.open_paths(paths)
        self._update()

    # What is enabled and said

    def _update(self) -> None:
        """Make every action and label say what is so."""
        desk, conductor = self._desk, self._conductor
        for control in self._controls:
            control.update()
        self._page.table.set_editable(editable=conductor.may_decide())
        self._page.say_if_empty(doing=stage_text(self._stage) if conductor.is_busy() else "")
        n_shown = len(desk.model.shown())
        self._counts.setText(
            counts_text(
                desk.counts.total(),
                n_shown=n_shown,
                n_to_write=desk.n_to_write,
                n_outstanding=desk.n_outstanding,
            )
        )

    def _say(self, text: str) -> None:
        self.statusBar().showMessage(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._actions.paint_icons(self.palette())

    # What the conductor tells

    def _take_settings(self, started: Started) -> None:
        settings = started.context.settings
        rules = GenreRules(GenreMapping(settings.mapping), settings.id3v23_separator)
        self._desk.set_rules(rules, partial(started.core.read_only_reason, context=started.context))
        policy = Policy(settings.policy)
        self._desk.set_write_rules(WriteRules(policy, settings.protected_genres))
        self._desk.model.sort_artists(by_sort_names=settings.sort_names)
        self._page.explain(started.meanings, levels=started.levels)
        self._page.offer_threshold(started.accept_threshold)
        self._page.table.show_personal(shown=started.has_own_column)
        self._update()

    def _on_ready(self, started: Started) -> None:
        self._take_settings(started)
        for problem in started.problems:
            self._notices.say(error_text(problem))
        for result in started.recovered:
            self._notices.say(settled_text(result))
        _LOG.info("window ready")

    def _on_began(self, task: Task) -> None:
        self._progress.begin()
        self._say_stage(_FIRST_STAGE[task])

    def _on_reported(self, events: tuple[object, ...]) -> None:
        started = self._conductor.started
        if started is None or self._conductor.task is Task.LEARN:
            return
        self._desk.take(events, partial(started.core.read_only_reason, context=started.context))
        for event in events:
            if isinstance(event, JobProblem):
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
        self._update()

    def _on_ended(self, outcome: JobOutcome) -> None:
        if outcome.task is not Task.ANALYSE:  # `OpenFoldersFeature` says how that ended
            self._say("" if outcome.task is Task.LEARN else written_text(outcome))

    def _on_settled(self) -> None:
        self._progress.end()
        self._update()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, GenreTaggerError):
            _LOG.error("%s", error)
            if self._conductor.task is not Task.LEARN:  # else the dialog says it
                self._notices.say(error_text(error))
        else:
            _LOG.error("unexpected error", exc_info=error)
            show_bug(error, user_folders().log, self)

    def _on_decided(self) -> None:
        """Drop what was said of earlier decisions; what a job does is still so."""
        self._say(stage_text(self._stage) if self._conductor.is_busy() else "")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self._opening.add_paths([Path(url.toLocalFile()) for url in urls])
        self._update()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._memory.set_layout(_GEOMETRY, self.saveGeometry())
        self.hide()  # what is waited for now must not look like a window that hangs
        for control in self._controls:
            control.close()
        self._memory.close()
        self._conductor.close()
