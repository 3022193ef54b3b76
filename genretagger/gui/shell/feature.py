"""What the controls of the window share; a control adds one capability with all that belongs to it.

A control makes its actions, connects them and says when they can be used. The window makes the
controls, tells them when something changed, and knows nothing else of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from genretagger.gui.shell.window_state import WindowState

if TYPE_CHECKING:
    from genretagger.gui.jobs.job_controller import JobController
    from genretagger.gui.shell.actions import Actions
    from genretagger.gui.shell.message_bar import MessageBar
    from genretagger.gui.tracks.review_controller import ReviewController
    from genretagger.gui.tracks.tracks_page import TracksPage


@dataclass(frozen=True, slots=True)
class FeatureContext:
    """The parts of the window that controls work with.

    pages : what fills the window; a control may add a page and show it
    memory : what is remembered until the window is opened again
    say : shows a sentence in the status bar
    """

    window: QMainWindow
    actions: Actions
    conductor: JobController
    desk: ReviewController
    page: TracksPage
    pages: QStackedWidget
    notices: MessageBar
    memory: WindowState
    say: Callable[[str], None]


class Feature(QObject):
    """One capability of the window."""

    def __init__(self, bench: FeatureContext) -> None:
        super().__init__(bench.window)
        self._bench = bench

    def update(self) -> None:
        """Make the actions usable or not; asked whenever rows, selection or jobs change."""

    def close(self) -> None:
        """Let go of what outlives a widget; asked once, when the window closes."""
