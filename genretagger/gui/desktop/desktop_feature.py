"""Tells the desktop of jobs: how far they are, and that a long one is over unseen."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QApplication

from genretagger.core.events import Progress
from genretagger.core.percent import HUNDRED
from genretagger.gui.desktop.desktop import Desktop
from genretagger.gui.desktop.find_desktop import find_desktop
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.shell.feature import Feature, FeatureContext

_LONG_S = 10.0  # a job that is shorter is waited for


class DesktopFeature(Feature):
    """Sends a notification if the user looks at something else, unless a setting forbids it.

    Parameters
    ----------
    said : SignalInstance
        Emitted with a sentence once after each job, as the strip says it.
    clock : Callable[[], float]
        A monotonic clock in seconds; tests pass their own.
    """

    def __init__(
        self,
        context: FeatureContext,
        *,
        said: SignalInstance,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(context)
        self._clock = clock
        self._desktop: Desktop | None = None  # until it is needed
        self._percent: int | None = None  # that is shown
        self._began_s = 0.0
        self._outcome: JobOutcome | None = None
        self._took_s = 0.0
        controller = context.controller
        controller.began.connect(self._on_began)
        controller.reported.connect(self._on_reported)
        controller.ended.connect(self._on_ended)
        controller.settled.connect(lambda: self._show(None))
        said.connect(self._on_said)

    def close(self) -> None:
        if self._desktop is not None:
            self._desktop.close()

    def _find(self) -> Desktop:
        if self._desktop is None:
            self._desktop = find_desktop(self)
            self._desktop.clicked.connect(self._to_front)
        return self._desktop

    # Progress

    def _on_began(self, _task: Task) -> None:
        self._began_s = self._clock()

    def _on_reported(self, events: tuple[object, ...]) -> None:
        for event in events:
            if isinstance(event, Progress) and event.total:
                self._show(HUNDRED * event.done // event.total)

    def _show(self, percent: int | None) -> None:
        """Show how far the job is, where that changed by a whole per cent."""
        if percent != self._percent:
            self._percent = percent
            self._find().show_progress(None if percent is None else percent / HUNDRED)

    # The end

    def _on_ended(self, outcome: JobOutcome) -> None:
        self._outcome, self._took_s = outcome, self._clock() - self._began_s

    def _on_said(self, text: str) -> None:
        outcome, started = self._outcome, self._context.controller.started
        if outcome is None or started is None or not started.context.settings.notify:
            return
        was_stopped = not outcome.completed and outcome.error is None
        is_seen = QApplication.activeWindow() is not None
        if self._took_s >= _LONG_S and not was_stopped and not is_seen:
            self._find().notify(self._title(outcome), text or self._status())

    def _title(self, outcome: JobOutcome) -> str:
        if outcome.error is not None:
            return self.tr("Genretagger had to stop")
        match outcome.task:
            case Task.WRITE:
                return self.tr("Genretagger has finished writing")
            case Task.UNDO:
                return self.tr("Genretagger has finished undoing")
            case _:
                return self.tr("Genretagger has finished analysing")

    def _status(self) -> str:
        return self._context.window.statusBar().currentMessage()

    def _to_front(self) -> None:
        window = self._context.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
