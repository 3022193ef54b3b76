"""Bringing music into the window: folders and files to analyse, and stopping that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genretagger.gui.asking import ask_for_folder
from genretagger.gui.control import Bench, Control
from genretagger.review.rows import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class OpenControl(Control):
    """Opens folders and analyses what is in them."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        make, conductor = bench.actions.make, bench.conductor
        self._open = make(
            "openFolderAction", self.tr("&Open folder…"), self.tr("Open"), "Ctrl+O", "open"
        )
        self._analyse = make(
            "analyseAction", self.tr("&Analyse again"), self.tr("Analyse"), "F5", "analyse"
        )
        self._stop = make("stopAction", self.tr("&Stop"), self.tr("Stop"), "Esc", "stop")
        self._open.triggered.connect(lambda: ask_for_folder(bench.window, then=self.open_paths))
        self._analyse.triggered.connect(lambda: self.open_paths(conductor.paths))
        self._stop.triggered.connect(conductor.stop)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Analyse folders and files in the place of what is shown."""
        bench = self._bench
        bench.pages.setCurrentWidget(bench.page)
        bench.conductor.analyse(paths)

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
