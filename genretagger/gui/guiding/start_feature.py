"""Shows the start page until something is opened, and keeps its last folders right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from genretagger.gui.guiding.start_page import StartPage
from genretagger.gui.shell.actions import OPEN_FOLDER, SAMPLE_MUSIC
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.shell.recent_folders import RecentFolders


class StartFeature(Feature):
    """Makes the first of the window's pages.

    Parameters
    ----------
    recent : RecentFolders
        The folders that were opened last.
    open_paths : Callable[[Sequence[Path]], None]
        Opens folders.
    """

    def __init__(
        self,
        context: FeatureContext,
        *,
        recent: RecentFolders,
        open_paths: Callable[[Sequence[Path]], None],
    ) -> None:
        super().__init__(context)
        named = context.actions.named
        self._recent = recent
        self._page = StartPage(named(OPEN_FOLDER), named(SAMPLE_MUSIC))
        context.pages.insertWidget(0, self._page)
        context.pages.setCurrentWidget(self._page)
        self._page.recent.opened.connect(lambda path: open_paths([path]))
        self._page.recent.removed.connect(recent.remove)
        recent.changed.connect(self._show_recent)
        context.page_changed.connect(self._look)
        context.controller.ready.connect(self._look)
        self._show_recent()

    def _show_recent(self) -> None:
        self._page.show_recent(self._recent.paths(), away=self._recent.away)

    def _look(self) -> None:
        """Find out which folders are away, where they are shown."""
        if self._context.pages.currentWidget() is self._page:
            self._recent.look()
