"""Between the dialog of the settings and the pipeline: reads, saves and applies them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from genretagger.core.errors import GenreTaggerError
from genretagger.core.settings import Settings
from genretagger.gui.cells.rule_texts import new_rule_text
from genretagger.gui.settings.saving import ask_to_save, renew_settings
from genretagger.gui.settings.settings_dialog import SettingsDialog
from genretagger.gui.shell.actions import MAPPING, RULES, SETTINGS
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.widgets.texts import error_text

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import LoadedSettings, Started

_LOG = logging.getLogger(__name__)


class SettingsFeature(Feature):
    """Owns the dialog while it is open; what is saved holds from the next job on."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        make = context.actions.make
        self._action = make(SETTINGS, self.tr("Se&ttings…"), self.tr("Settings"), "Ctrl+,")
        self._action.setMenuRole(QAction.MenuRole.PreferencesRole)
        self._mapping = make(
            MAPPING, self.tr("&Heard and written genres…"), self.tr("Mapping"), "Ctrl+M"
        )
        self._rules = make(RULES, self.tr("All &rules…"), self.tr("Rules"), "Ctrl+Shift+L")
        self._dialog: SettingsDialog | None = None
        self._is_asking = False
        self._action.triggered.connect(lambda: self.open())
        self._mapping.triggered.connect(lambda: self.open(SettingsDialog.to_genres))
        self._rules.triggered.connect(lambda: self.open(SettingsDialog.to_rules))
        self.refresh_on(context.job_changed)

    def refresh_actions(self) -> None:
        is_ready = self._context.controller.started is not None
        self._action.setEnabled(is_ready)
        self._mapping.setEnabled(is_ready)
        self._rules.setEnabled(is_ready)

    def open(self, turn: Callable[[SettingsDialog], None] | None = None) -> None:
        """Open the dialog as soon as the settings are read; `turn` shows one of its pages."""
        if self._dialog is None and not self._is_asking:
            self._is_asking = True
            show = partial(self._show, turn=turn)
            self._context.controller.ask(
                lambda pipeline, started: pipeline.read_settings(context=started.context),
                then=show,
            )

    def close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()

    def _show(
        self,
        answer: LoadedSettings | GenreTaggerError,
        *,
        turn: Callable[[SettingsDialog], None] | None,
    ) -> None:
        self._is_asking = False
        context = self._context
        if isinstance(answer, GenreTaggerError):
            context.messages.say(error_text(answer))
            return
        dialog = SettingsDialog(
            answer,
            genres=context.review.genres,
            artists=context.review.artists,
            busy=context.controller.is_busy(),
            parent=context.window,
        )
        self._dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.save_asked.connect(self._save)
        dialog.finished.connect(self._on_closed)
        dialog.open()
        if turn is not None:
            turn(dialog)

    def _on_closed(self) -> None:
        self._dialog = None
        self._context.page.table.setFocus()

    def _save(self, settings: Settings) -> None:
        ask_to_save(self._context.controller, lambda _before: settings, then=self._on_saved)

    def _on_saved(self, answer: Started | GenreTaggerError) -> None:
        if isinstance(answer, GenreTaggerError):
            _LOG.error("%s", answer)
            if self._dialog is not None:
                self._dialog.show_problem(error_text(answer))
            return
        said = " ".join((self.tr("Settings saved."), *self._new_rules_texts(answer)))
        renew_settings(self._context.controller, answer)
        if self._dialog is not None:
            self._dialog.show_saved(answer.context.settings)
        self._context.say(said)

    def _new_rules_texts(self, saved: Started) -> Iterator[str]:
        """Yield what to say of each new rule."""
        started, rows = self._context.controller.started, self._context.review.model.rows()
        known = () if started is None else started.context.settings.rules
        for rule in saved.context.settings.rules:
            if rule not in known:
                yield new_rule_text(rule, rows)
