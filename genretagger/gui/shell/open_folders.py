"""Opens folders and files in the window, analyses them, and stops that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from genretagger.core.events import Failure, UnreadableFolder
from genretagger.core.resources import user_folders
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.shell.actions import (
    ADD_FOLDER,
    ANALYSE,
    OPEN_FOLDER,
    RECENT,
    SAMPLE_MUSIC,
    STOP,
    TRY_AGAIN,
)
from genretagger.gui.shell.dialogs import ask_for_folder
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.recent_folders import RecentFolders
from genretagger.gui.shell.status_texts import (
    folders_text,
    heard_again_text,
    heard_text,
    in_a_line,
    left_out_text,
    noticed_text,
    rescan_text,
    unseen_text,
    with_samples_text,
)
from genretagger.gui.widgets.texts import error_text, numbered_text, path_text, tooltip
from genretagger.library.leaving_out import LeftOutNames
from genretagger.review.rows.row import State

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started

_ROOTS = "roots"  # a key of the window's state


class OpenFoldersFeature(Feature):
    """Opens folders and files, and analyses their tracks.

    Attributes
    ----------
    recent : RecentFolders
        The folders that were opened last.
    """

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        make, controller = context.actions.make, context.controller
        self._open = make(OPEN_FOLDER, self.tr("&Open folder…"), self.tr("Open"), "Ctrl+O", "open")
        self._analyse = make(
            ANALYSE, self.tr("&Analyse again"), self.tr("Analyse"), "F5", "analyse"
        )
        self._stop = make(STOP, self.tr("&Stop"), self.tr("Stop"), "Ctrl+.", "stop")
        self._try_again = make(
            TRY_AGAIN, self.tr("Try &failed tracks again"), self.tr("Try again"), "Shift+F5"
        )
        self._try_again.triggered.connect(lambda: controller.analyse_files(self._failed_paths()))
        add = make(ADD_FOLDER, self.tr("A&dd folder…"), self.tr("Add"), "Ctrl+Shift+O")
        add.triggered.connect(lambda: self._ask(then=self.add_paths))
        samples = make(
            SAMPLE_MUSIC,
            self.tr("Tr&y it with sample music"),
            self.tr("Sample music"),
            "Ctrl+Shift+T",
        )
        samples.triggered.connect(self._open_samples)
        self._recent = make(RECENT, self.tr("&Recent folders"), self.tr("Recent"))
        self._recent_menu = QMenu(context.window)
        self._recent_menu.setObjectName("recentMenu")
        self._recent.setMenu(self._recent_menu)
        self.recent = RecentFolders(context.window_state, self)
        self.recent.changed.connect(self._fill_recent)
        self._fill_recent()
        self._unseen: list[UnreadableFolder] = []
        self._left_out = LeftOutNames()
        self._n_gone = 0  # of the files that are analysed by name
        controller.ready.connect(self._on_ready)
        controller.began.connect(self._on_began)
        controller.reported.connect(self._on_reported)
        controller.ended.connect(self._on_ended)
        self._open.triggered.connect(lambda: self._ask(then=self.open_paths))
        self._analyse.triggered.connect(lambda: self.add_paths(controller.paths))
        self._stop.triggered.connect(controller.stop)
        self.refresh_on(context.selection_changed, context.rows_changed, context.job_changed)

    def _ask(self, *, then: Callable[[Sequence[Path]], None]) -> None:
        """Ask for a folder; `then` gets it."""
        ask_for_folder(self._context.window, start=self.recent.start_folder(), then=then)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Analyse folders and files, which replace the shown ones."""
        context = self._context
        context.pages.setCurrentWidget(context.page)
        context.controller.analyse(paths)

    def _open_samples(self) -> None:
        """Make the missing files of the sample music, and open its folder."""
        context = self._context
        context.pages.setCurrentWidget(context.page)
        context.controller.analyse(
            [user_folders().samples],
            first=lambda pipeline, started, cancel: pipeline.make_samples(
                started.context.folders.samples, cancel=cancel, complete=True
            ),
        )

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Analyse folders and files, and add them to the shown ones."""
        context = self._context
        context.pages.setCurrentWidget(context.page)
        context.controller.analyse(paths, add=True)

    def _failed_paths(self) -> list[Path]:
        """Return the selected tracks that failed; named so, also those in quarantine are heard."""
        review, table = self._context.review, self._context.page.table
        if not review.tally.states[State.FAILED]:
            return []
        rows = map(review.model.row, table.selected_row_ids())
        return [row.path for row in rows if row.state is State.FAILED]

    def _retry_problem(self) -> str:
        return "" if self._failed_paths() else self.tr("No selected track has failed.")

    def _on_ready(self, started: Started) -> None:
        """Open the folders of the last session, unless others are requested."""
        is_remembered = started.context.settings.remember_session
        paths = self._context.window_state.paths(_ROOTS) if is_remembered else []
        if paths and not self._context.controller.is_asked():
            self.open_paths(paths)

    def _on_began(self, task: Task) -> None:
        if task is not Task.ANALYSE:
            return
        context, controller = self._context, self._context.controller
        self._left_out, self._n_gone = LeftOutNames(), 0
        if controller.noticed:
            return  # the user does something else
        names = folders_text(controller.paths)
        context.window.setWindowTitle(self.tr("{folder} — Genretagger").format(folder=names))
        self._take_back_unseen()
        if controller.again:
            context.review.look_again()
        elif not controller.adding:
            context.review.clear()
        context.page.table.setFocus()
        self._remember()

    def _take_back_unseen(self) -> None:
        """Take back the messages of folders that are looked through again, or shown no more."""
        controller = self._context.controller
        waiting = {path.absolute() for path in controller.paths if path not in controller.walked}
        for folder in self._unseen:
            if folder.path not in waiting:
                self._context.messages.take_back(error_text(folder.error()))
        self._unseen = [folder for folder in self._unseen if folder.path in waiting]

    def _on_reported(self, events: tuple[object, ...]) -> None:
        for event in events:
            if isinstance(event, UnreadableFolder):
                self._unseen.append(event)
            elif isinstance(event, LeftOutNames):
                self._left_out = event
            elif isinstance(event, Failure) and event.error.key == "track-gone":
                self._n_gone += 1

    def _on_ended(self, outcome: JobOutcome) -> None:
        if outcome.task is not Task.ANALYSE:
            return
        context, review = self._context, self._context.review
        rescan = None
        if context.controller.again and outcome.completed:
            rescan = review.looked_again(unseen=[folder.path for folder in self._unseen])
        review.model.arrange()
        text = heard_text(outcome, review.tally, context.controller.paths)
        away = unseen_text([folder.path for folder in self._unseen]) if self._unseen else ""
        left_out = left_out_text(self._left_out)
        if not review.model.rows():
            text = away or text
        context.page.say_nothing_because("\n".join(filter(None, (text, left_out))))
        if rescan is not None and not (away and rescan.found_nothing()):
            text = rescan_text(rescan)
        elif rescan is not None:
            text = away
        n_noticed = len(context.controller.noticed) - self._n_gone
        n_again = len(context.controller.anew) - self._n_gone
        if outcome.completed and n_noticed > 0:
            text = noticed_text(n_noticed)
        elif outcome.completed and n_again > 0:
            text = heard_again_text(n_again)
        elif outcome.completed and context.controller.paths == (user_folders().samples,):
            text = with_samples_text(text, user_folders().samples)
        context.say(in_a_line(text, left_out))

    def _remember(self) -> None:
        paths = self._context.controller.paths
        self._context.window_state.set_paths(_ROOTS, paths)
        self.recent.add(paths)

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        for number, path in enumerate(self.recent.paths(), 1):
            action = self._recent_menu.addAction(numbered_text(path, number))
            action.setObjectName(f"recentFolder{number}Action")
            action.setToolTip(tooltip(path_text(path)))
            action.triggered.connect(partial(self._open_recent, path))
        self._recent.setEnabled(not self._recent_menu.isEmpty())

    def _open_recent(self, path: Path, _checked: bool = False) -> None:
        self.open_paths([path])

    def refresh_actions(self) -> None:
        controller, states = self._context.controller, self._context.review.tally.states
        allow, busy = self._context.actions.allow, self._context.busy_problem()
        no_folder = "" if controller.paths else self.tr("Open a folder first (Ctrl+O).")
        allow(self._analyse, busy or no_folder)
        allow(self._try_again, busy or self._retry_problem())
        allow(self._stop, "" if controller.may_stop() else self.tr("There is nothing to stop."))
        self._tell_analyse(unfinished=not busy and states[State.PENDING] > 0)

    def _tell_analyse(self, *, unfinished: bool) -> None:
        """Name the action by whether the analysis would go on or begin anew."""
        describe = self._context.actions.describe
        if unfinished:
            describe(self._analyse, self.tr("&Continue analysis"), self.tr("Continue"))
        else:
            describe(self._analyse, self.tr("&Analyse again"), self.tr("Analyse"))

    def close(self) -> None:
        self.recent.close()
