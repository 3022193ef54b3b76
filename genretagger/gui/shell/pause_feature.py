"""Pauses an analysis, which goes on later where it was."""

from __future__ import annotations

from genretagger.gui.jobs.job_outcome import Task
from genretagger.gui.shell.actions import PAUSE
from genretagger.gui.shell.feature import Feature, FeatureContext


class PauseFeature(Feature):
    """One action pauses the analysis and lets it go on; its worker processes stay."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        keys = ("F6", "Pause")
        make = context.actions.make
        self._pause = make(PAUSE, self.tr("&Pause"), self.tr("Pause"), keys, "pause")
        self._pause.triggered.connect(self._turn)
        self.refresh_on(context.job_changed, context.pause_changed)

    def _turn(self) -> None:
        """Pause, or go on."""
        paused = self._context.controller.control.paused
        if paused.is_set():
            paused.clear()
        else:
            paused.set()
        self._context.pause_changed.emit()

    def refresh_actions(self) -> None:
        context = self._context
        controller = context.controller
        hears = controller.task is Task.ANALYSE and controller.may_stop()
        context.actions.allow(self._pause, "" if hears else self.tr("No track is being heard."))
        describe, show_icon = context.actions.describe, context.actions.show_icon
        if context.is_paused():
            describe(self._pause, self.tr("Res&ume"), self.tr("Resume"))
            show_icon(self._pause, "play", context.window.palette())
        else:
            describe(self._pause, self.tr("&Pause"), self.tr("Pause"))
            show_icon(self._pause, "pause", context.window.palette())
