"""The choice of the genres that are suggested, in the window: a menu, and a button with it."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from genretagger.core.errors import GenreTaggerError
from genretagger.core.settings import GenreSet, Settings
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.settings.genre_options import (
    GenreOption,
    list_options,
    missing_text,
)
from genretagger.gui.settings.saving import ask_to_save, renew_settings
from genretagger.gui.shell.actions import GENRE_SET
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.widgets.texts import error_text

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import LoadedSettings, Started

_LOG = logging.getLogger(__name__)


class GenreSetFeature(Feature):
    """Offers the choices, and saves the one that is taken."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._controller = controller = context.controller
        self._action = context.actions.make(
            GENRE_SET, self.tr("S&uggested genres"), self.tr("Genres")
        )
        self._menu = QMenu(context.window)
        self._menu.setObjectName("genreSetMenu")
        self._action.setMenu(self._menu)
        self._group = QActionGroup(self)
        self._classifiers: tuple[str, ...] = ()
        self._menu.aboutToShow.connect(self._ask)
        controller.ready.connect(self._on_settings)
        controller.renewed.connect(self._on_settings)
        controller.ended.connect(self._on_ended)
        self.refresh_on(context.job_changed)

    def refresh_actions(self) -> None:
        self._action.setEnabled(self._controller.started is not None)

    def _on_settings(self, started: Started) -> None:
        self._show(started.context.settings)
        self._ask()

    def _on_ended(self, outcome: JobOutcome) -> None:
        if outcome.task is Task.LEARN:
            self._ask()

    def _ask(self) -> None:
        """Ask which personal classifiers there are; one may have been learned or deleted."""
        self._controller.ask(
            lambda pipeline, started: pipeline.read_settings(context=started.context),
            then=self._on_read,
        )

    def _on_read(self, answer: LoadedSettings | GenreTaggerError) -> None:
        started = self._controller.started
        if started is None or isinstance(answer, GenreTaggerError):
            return
        if answer.classifiers != self._classifiers:
            self._classifiers = answer.classifiers
            self._show(started.context.settings)

    def _show(self, settings: Settings) -> None:
        """Make the entries anew, with the present choice checked."""
        for entry in self._group.actions():
            self._group.removeAction(entry)
            self._menu.removeAction(entry)
            entry.deleteLater()
        chosen = GenreOption.of(settings)
        for number, option in enumerate(list_options(settings, self._classifiers), start=1):
            entry = self._make_entry(number, option)
            entry.setChecked(option == chosen)
        text = self.tr("S&uggested genres: {genres}")
        text = text.format(genres=chosen.text().replace("&", "&&"))
        self._context.actions.describe(self._action, text, chosen.short_text())

    def _make_entry(self, number: int, option: GenreOption) -> QAction:
        name = option.text().replace("&", "&&") if option.is_possible else missing_text()
        entry = QAction(f"&{number}  {name}", self._menu)
        suffix = "" if option.classifier in ("", *self._classifiers[:1]) else str(number)
        entry.setObjectName(f"genres{option.genres.capitalize()}{suffix}Action")
        entry.setCheckable(True)
        entry.setEnabled(option.is_possible)
        entry.triggered.connect(partial(self._choose, option))
        self._group.addAction(entry)
        self._menu.addAction(entry)
        return entry

    def _choose(self, option: GenreOption) -> None:
        ask_to_save(self._controller, option.taken, then=self._on_saved)

    def _on_saved(self, answer: Started | GenreTaggerError) -> None:
        if isinstance(answer, GenreTaggerError):
            _LOG.error("%s", answer)
            self._context.messages.say(error_text(answer))
            started = self._controller.started
            if started is not None:
                self._show(started.context.settings)
            return
        renew_settings(self._controller, answer)
        said = {
            GenreSet.TEN: self.tr("The ten genres are suggested."),
            GenreSet.STYLES: self.tr("The ten genres are suggested, and styles where none fits."),
            GenreSet.OWN: self.tr("Your own genres are suggested."),
        }
        self._context.say(said[answer.context.settings.genres_in_use])
