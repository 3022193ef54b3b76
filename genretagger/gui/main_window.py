"""The main window: makes its parts and features, and gives them what is dropped on it.

What happens in it is the work of the features, which listen to the signals of `FeatureContext`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.gui.deciding.album_feature import AlbumFeature
from genretagger.gui.deciding.decide_feature import DecideFeature
from genretagger.gui.deciding.threshold_panel import ThresholdFeature
from genretagger.gui.desktop.desktop_feature import DesktopFeature
from genretagger.gui.detail.cover_feature import CoverFeature
from genretagger.gui.detail.detail_feature import DetailFeature
from genretagger.gui.detail.playback_feature import PlaybackFeature
from genretagger.gui.exporting.export_feature import ExportFeature
from genretagger.gui.filtering.filter_feature import FilterFeature
from genretagger.gui.filtering.folder_feature import FolderFeature
from genretagger.gui.filtering.group_feature import GroupFeature
from genretagger.gui.filtering.table_feature import TableFeature
from genretagger.gui.guiding.next_step_feature import NextStepFeature
from genretagger.gui.guiding.start_feature import StartFeature
from genretagger.gui.help.help_feature import HelpFeature
from genretagger.gui.help.manual_feature import ManualFeature
from genretagger.gui.history.history_feature import HistoryFeature
from genretagger.gui.jobs.job_controller import JobController
from genretagger.gui.jobs.pipeline_api import PipelineApi
from genretagger.gui.learning.learn_feature import LearnFeature
from genretagger.gui.learning.set_aside_feature import SetAsideFeature
from genretagger.gui.look.screen_fit import ScreenFitter
from genretagger.gui.overview.overview_feature import OverviewFeature
from genretagger.gui.settings.appearance_feature import AppearanceFeature
from genretagger.gui.settings.genre_set_feature import GenreSetFeature
from genretagger.gui.settings.rule_feature import RuleFeature
from genretagger.gui.settings.settings_feature import SettingsFeature
from genretagger.gui.shell.actions import QUIT, Actions
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.hearing_order import HearingOrderFeature
from genretagger.gui.shell.idle_keys import IdleKeysFeature
from genretagger.gui.shell.menus import fill_menus
from genretagger.gui.shell.message_bar import MessageBar
from genretagger.gui.shell.open_folders import OpenFoldersFeature
from genretagger.gui.shell.pause_feature import PauseFeature
from genretagger.gui.shell.place_feature import PlaceFeature
from genretagger.gui.shell.review_feature import ReviewFeature
from genretagger.gui.shell.status_feature import StatusFeature
from genretagger.gui.shell.tool_bar import place_tool_bar
from genretagger.gui.shell.window_state import WindowState
from genretagger.gui.spelling.spelling_feature import SpellingFeature
from genretagger.gui.trackmenu.drag_feature import DragFeature
from genretagger.gui.trackmenu.file_feature import FileFeature
from genretagger.gui.trackmenu.filter_by_feature import FilterByFeature
from genretagger.gui.trackmenu.track_menu import TrackMenuFeature
from genretagger.gui.tracks.review_controller import ReviewController
from genretagger.gui.tracks.tracks_page import TracksPage
from genretagger.gui.watching.watch_feature import WatchFeature
from genretagger.gui.widgets.icons import application_icon
from genretagger.gui.writing.result_feature import ResultFeature
from genretagger.gui.writing.write_feature import WriteFeature

_WIDTH, _HEIGHT = 1180, 720
_GEOMETRY = "geometry"  # what is remembered
_LEAST_WIDTH, _LEAST_HEIGHT = 720, 440
_UNSEEN_MS = 1000  # a window that is shown where nobody looks may never be painted


class MainWindow(QMainWindow):
    """One window, one job at a time.

    Parameters
    ----------
    load : Callable[[], PipelineApi]
        Returns the pipeline; called off the GUI thread, once the window is painted: loading it
        keeps Python's lock for most of a third of a second.
    paths : Sequence[Path]
        What to analyse at once.
    """

    def __init__(self, *, load: Callable[[], PipelineApi], paths: Sequence[Path] = ()) -> None:
        super().__init__()
        self._review = ReviewController(self)
        self._actions = Actions(self)
        self._build()
        self._controller = JobController(load, self)
        self._window_state = WindowState(user_folders().window, self)
        context = FeatureContext(
            self,
            actions=self._actions,
            controller=self._controller,
            review=self._review,
            page=self._page,
            pages=self._pages,
            messages=self._messages,
            window_state=self._window_state,
        )
        self._features = self._make_features(context)
        self._fill()
        self.restoreGeometry(self._window_state.layout(_GEOMETRY))
        self._fitter.fit()
        if paths:
            self.open_paths(paths)
        for feature in self._features:
            feature.refresh_actions()
        self._begin = QTimer(self, singleShot=True)  # at once, if the window is not shown
        self._begin.timeout.connect(self._controller.begin)
        self._begin.start(0)

    def _build(self) -> None:
        self.setObjectName("mainWindow")
        self.setWindowTitle(self.tr("Genretagger"))
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        self.resize(_WIDTH, _HEIGHT)
        self._fitter = ScreenFitter(self, least=QSize(_LEAST_WIDTH, _LEAST_HEIGHT))
        self._page = TracksPage(self._review, threshold=Settings().accept_threshold)
        self._pages = QStackedWidget()
        self._messages = MessageBar()
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._messages)
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(middle)

    def _make_features(self, context: FeatureContext) -> tuple[Feature, ...]:
        """Make the features; what makes an action comes before what uses it (`Actions.named`).

        The first two hear what jobs report before the others, which then find the rows up to date.
        """
        first = ReviewFeature(context), StatusFeature(context)
        self._opening = opening = OpenFoldersFeature(context)
        return (
            *first,
            opening,
            StartFeature(context, recent=opening.recent, open_paths=opening.open_paths),
            PauseFeature(context),
            HearingOrderFeature(context),
            row_filter := FilterFeature(context),
            FolderFeature(context, row_filter),
            groups := GroupFeature(context),
            TableFeature(context, groups),
            DecideFeature(context),
            AlbumFeature(context),
            details := DetailFeature(context),
            CoverFeature(context),
            PlaybackFeature(context, details),
            FileFeature(context),
            FilterByFeature(context),
            TrackMenuFeature(context, details.pane),
            DragFeature(context),
            ThresholdFeature(context),
            PlaceFeature(context),
            OverviewFeature(context),
            write := WriteFeature(context),
            ResultFeature(context, retry=write.preview),
            step := NextStepFeature(context),
            DesktopFeature(context, said=step.said),
            HistoryFeature(context),
            WatchFeature(context),
            ExportFeature(context),
            learn := LearnFeature(context),
            SetAsideFeature(context, learn.learn_again),
            SpellingFeature(context),
            SettingsFeature(context),
            RuleFeature(context),
            AppearanceFeature(context),
            GenreSetFeature(context),
            ManualFeature(context),
            HelpFeature(context),
            IdleKeysFeature(context),
        )

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Analyse folders and files, which replace those that are shown."""
        self._opening.open_paths(paths)

    def _fill(self) -> None:
        """Put in what needs the actions, which the features have made."""
        self._pages.addWidget(self._page)
        leave = self._actions.make(QUIT, self.tr("&Quit"), self.tr("Quit"), "Ctrl+Q")
        leave.setMenuRole(QAction.MenuRole.QuitRole)
        leave.triggered.connect(self.close)
        fill_menus(self, self._actions)
        place_tool_bar(self, self._actions)
        self._actions.paint_icons(self.palette())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begin_in(_UNSEEN_MS)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._begin_in(0)

    def _begin_in(self, pause_ms: int) -> None:
        """Load the pipeline after a pause, unless it was loaded before."""
        if self._begin.isActive():
            self._begin.start(pause_ms)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._actions.paint_icons(self.palette())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        is_ours = event.source() is not None  # a row that is dragged out
        if not is_ours and any(url.isLocalFile() for url in event.mimeData().urls()):
            _accept_as_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        _accept_as_copy(event)
        self._opening.add_paths([Path(url.toLocalFile()) for url in urls])

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._window_state.set_layout(_GEOMETRY, self.saveGeometry())
        self.hide()  # what is waited for now must not look like a window that hangs
        for feature in self._features:
            feature.close()
        self._window_state.close()
        self._controller.close()


def _accept_as_copy(event: QDropEvent) -> None:
    """Accept what is dropped without letting the file manager believe that it was moved away."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
