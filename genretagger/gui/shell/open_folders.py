"""Bringing music into the window: folders and files to analyse, and stopping that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from genretagger.core.resources import user_folders
from genretagger.gui.jobs.job_controller import JobOutcome, Task
from genretagger.gui.jobs.job_factories import Started, UnreadableFolder, making_samples
from genretagger.gui.shell.dialogs import ask_for_folder
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.status_texts import (
    folders_text,
    heard_text,
    in_a_line,
    left_out_text,
    rescan_text,
    unseen_text,
    with_samples_text,
)
from genretagger.gui.widgets import path_json
from genretagger.gui.widgets.texts import error_text, path_text
from genretagger.library.leaving_out import LeftOutNames
from genretagger.review.rows.row import State

_ROOTS, _RECENT = "roots", "recent"  # what is remembered


class OpenFoldersFeature(Feature):
    """Opens folders and analyses what is in them."""

    def __init__(self, bench: FeatureContext) -> None:
        super().__init__(bench)
        make, conductor = bench.actions.make, bench.conductor
        self._open = make(
            "openFolderAction", self.tr("&Open folder…"), self.tr("Open"), "Ctrl+O", "open"
        )
        self._analyse = make(
            "analyseAction", self.tr("&Analyse again"), self.tr("Analyse"), "F5", "analyse"
        )
        self._stop = make("stopAction", self.tr("&Stop"), self.tr("Stop"), "Esc", "stop")
        add = make("addFolderAction", self.tr("A&dd folder…"), self.tr("Add"), "Ctrl+Shift+O")
        add.triggered.connect(lambda: ask_for_folder(bench.window, then=self.add_paths))
        samples = make(
            "sampleMusicAction",
            self.tr("Tr&y it with sample music"),
            self.tr("Sample music"),
            "Ctrl+Shift+T",
        )
        samples.triggered.connect(self._open_samples)
        self._recent = make("recentAction", self.tr("&Recent folders"), self.tr("Recent"))
        self._recent_menu = QMenu(bench.window)
        self._recent_menu.setObjectName("recentMenu")
        self._recent.setMenu(self._recent_menu)
        self._fill_recent()
        self._unseen: list[UnreadableFolder] = []
        self._left_out = LeftOutNames()
        conductor.ready.connect(self._on_ready)
        conductor.began.connect(self._on_began)
        conductor.reported.connect(self._on_reported)
        conductor.ended.connect(self._on_ended)
        self._open.triggered.connect(lambda: ask_for_folder(bench.window, then=self.open_paths))
        self._analyse.triggered.connect(lambda: self.add_paths(conductor.paths))
        self._stop.triggered.connect(conductor.stop)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Analyse folders and files in the place of what is shown."""
        bench = self._bench
        bench.pages.setCurrentWidget(bench.page)
        bench.conductor.analyse(paths)

    def _open_samples(self) -> None:
        """Open the sample music in the place of what is shown; what it lacks is made before."""
        bench = self._bench
        bench.pages.setCurrentWidget(bench.page)
        bench.conductor.analyse([user_folders().samples], first=making_samples)

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Analyse folders and files beside what is shown."""
        bench = self._bench
        bench.pages.setCurrentWidget(bench.page)
        bench.conductor.analyse(paths, add=True)

    def _on_ready(self, started: Started) -> None:
        """Open what was open last time, unless something else is asked for."""
        wanted = started.context.settings.remember_session
        paths = path_json.from_texts(self._bench.memory.value(_ROOTS)) if wanted else []
        if paths and not self._bench.conductor.is_asked():
            self.open_paths(paths)

    def _on_began(self, task: Task) -> None:
        if task is not Task.ANALYSE:
            return
        bench, conductor = self._bench, self._bench.conductor
        names = folders_text(conductor.paths)
        bench.window.setWindowTitle(self.tr("{folder} — Genretagger").format(folder=names))
        for one in self._unseen:  # if it still is away, that will be said again
            bench.notices.take_back(error_text(one.error()))
        self._unseen, self._left_out = [], LeftOutNames()
        if conductor.again:
            bench.desk.look_again()
        elif not conductor.adding:
            bench.desk.clear()
        bench.page.table.setFocus()
        self._remember()

    def _on_reported(self, events: tuple[object, ...]) -> None:
        for event in events:
            if isinstance(event, UnreadableFolder):
                self._unseen.append(event)
            elif isinstance(event, LeftOutNames):
                self._left_out = event

    def _on_ended(self, outcome: JobOutcome) -> None:
        if outcome.task is not Task.ANALYSE:
            return
        bench, desk = self._bench, self._bench.desk
        rescan = None
        if bench.conductor.again and outcome.completed:
            rescan = desk.looked_again(unseen=[one.path for one in self._unseen])
        desk.model.arrange()
        text = heard_text(outcome, desk.counts, bench.conductor.paths)
        away = unseen_text([one.path for one in self._unseen]) if self._unseen else ""
        left_out = left_out_text(self._left_out)
        if not desk.model.rows():
            text = away or text
        bench.page.say_nothing_because("\n".join(filter(None, (text, left_out))))
        if rescan is not None and not (away and rescan.found_nothing()):
            text = rescan_text(rescan)
        elif rescan is not None:
            text = away
        if outcome.completed and bench.conductor.paths == (user_folders().samples,):
            text = with_samples_text(text, user_folders().samples)
        bench.say(in_a_line(text, left_out))

    def _remember(self) -> None:
        memory, paths = self._bench.memory, self._bench.conductor.paths
        memory.set_value(_ROOTS, path_json.to_texts(paths))
        before = path_json.from_texts(memory.value(_RECENT))
        memory.set_value(_RECENT, path_json.to_texts(path_json.recent(paths, before)))
        self._fill_recent()

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        for number, path in enumerate(path_json.from_texts(self._bench.memory.value(_RECENT)), 1):
            text = path_text(path).replace("&", "&&")
            action = self._recent_menu.addAction(f"&{number}  {text}" if number < 10 else text)
            action.setObjectName(f"recentFolder{number}Action")
            action.triggered.connect(partial(self._open_recent, path))
        self._recent.setEnabled(not self._recent_menu.isEmpty())

    def _open_recent(self, path: Path, _checked: bool = False) -> None:
        self.open_paths([path])

    def update(self) -> None:
        conductor, counts = self._bench.conductor, self._bench.desk.counts
        busy = conductor.is_busy()
        self._analyse.setEnabled(not busy and bool(conductor.paths))
        self._stop.setEnabled(conductor.may_stop())
        self._tell_analyse(unfinished=not busy and counts[State.PENDING] > 0)

    def _tell_analyse(self, *, unfinished: bool) -> None:
        """Say whether the analysis would go on or begin anew."""
        describe = self._bench.actions.describe
        if unfinished:
            describe(self._analyse, self.tr("&Continue analysis"), self.tr("Continue"))
        else:
            describe(self._analyse, self.tr("&Analyse again"), self.tr("Analyse"))
