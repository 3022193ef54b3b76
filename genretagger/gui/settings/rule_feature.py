"""Rules made from a track: for its artist or folder, a genre, or that it is left alone."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from genretagger.core.errors import GenreTaggerError
from genretagger.core.rules import Rule, RuleKind, with_rule
from genretagger.core.settings import Settings
from genretagger.gui.cells.rule_texts import name_text, new_rule_text, rule_sentence
from genretagger.gui.settings.rule_dialog import RuleDialog
from genretagger.gui.settings.saving import ask_to_save, renew_settings
from genretagger.gui.shell.actions import (
    FORGET_RULE,
    LEAVE_FOLDER,
    RULE,
    RULE_FOR_ARTIST,
    RULE_FOR_FOLDER,
    RULES,
)
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.widgets.texts import error_text, menu_name
from genretagger.review.filter.row_filters import artist_of
from genretagger.review.rows.row import Row
from genretagger.review.rows.suggestion_mark import suggests

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.pipeline import Started

_LOG = logging.getLogger(__name__)


class RuleFeature(Feature):
    """Makes and forgets rules for the current track; they hold at once for all tracks."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        make = context.actions.make
        self._rule = make(RULE, self.tr("Rule for this trac&k"), self.tr("Rule"))
        self._artist = make(
            RULE_FOR_ARTIST,
            self.tr("&Always this genre for the artist…"),
            self.tr("Genre of artist"),
        )
        self._folder = make(
            RULE_FOR_FOLDER,
            self.tr("Always this genre in the &folder…"),
            self.tr("Genre in folder"),
        )
        self._leave = make(
            LEAVE_FOLDER, self.tr("&Leave the folder alone"), self.tr("Leave folder alone")
        )
        self._forget = make(FORGET_RULE, self.tr("F&orget the rule"), self.tr("Forget rule"))
        self._menu = QMenu(context.window)
        self._menu.setObjectName("ruleMenu")
        self._rule.setMenu(self._menu)
        self._menu.addActions([self._artist, self._folder, self._leave])
        self._menu.addSeparator()
        self._menu.addActions([self._forget, context.actions.named(RULES)])
        self._artist.triggered.connect(lambda: self._ask(RuleKind.ARTIST))
        self._folder.triggered.connect(lambda: self._ask(RuleKind.FOLDER))
        self._leave.triggered.connect(self._leave_alone)
        self._forget.triggered.connect(self._forget_rule)
        self.refresh_on(context.selection_changed, context.rows_changed, context.page_changed)
        self.refresh_on(context.job_changed)

    def refresh_actions(self) -> None:
        """Say which artist, folder and rule are meant, those of the current row."""
        context, row = self._context, self._context.current_row()
        problem = context.page_problem() or context.selection_problem()
        if context.controller.started is None:
            problem = context.busy_problem()
        artist = "" if row is None else artist_of(row)
        rule = None if row is None else row.rule
        allow = context.actions.allow
        allow(self._rule, problem)
        allow(self._artist, problem or ("" if artist else self.tr("This track names no artist.")))
        allow(self._folder, problem)
        allow(self._leave, problem or self._leaving_problem(row))
        allow(self._forget, problem or ("" if rule else self.tr("No rule holds for this track.")))
        folder = "" if row is None else name_text(_rule_of(RuleKind.FOLDER, row))
        metrics = self._menu.fontMetrics()
        for action, text, name in (
            (self._artist, self.tr("&Always this genre for {name}…"), artist),
            (self._folder, self.tr("Always this genre in &folder {name}…"), folder),
            (self._leave, self.tr("&Leave folder {name} alone"), folder),
            (self._forget, self.tr("F&orget the rule for {name}"), name_text(rule) if rule else ""),
        ):
            shown = text.format(name=menu_name(name, metrics)) if name else action.whatsThis()
            action.setText(shown)

    def _leaving_problem(self, row: Row | None) -> str:
        if row is None or row.rule is None or not row.rule.leaves_alone:
            return ""
        is_this = row.rule.key == _rule_of(RuleKind.FOLDER, row).key
        return self.tr("This folder is left alone already.") if is_this else ""

    def _rules(self) -> tuple[Rule, ...]:
        started = self._context.controller.started
        return () if started is None else started.context.settings.rules

    def _ask(self, kind: RuleKind) -> None:
        """Ask for the genre of the artist or folder of the current row, and make the rule."""
        context, row = self._context, self._context.current_row()
        if row is None:
            return
        suggested = row.suggested if suggests(row) else row.current_genres
        dialog = RuleDialog(
            _rule_of(kind, row),
            genres=context.review.genres(row),
            artists=context.review.artists(),
            suggested=suggested,
            parent=context.window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._make)
        dialog.finished.connect(lambda _result: context.page.table.setFocus())
        dialog.open()

    def _leave_alone(self) -> None:
        row = self._context.current_row()
        if row is not None:
            self._make(_rule_of(RuleKind.FOLDER, row))

    def _make(self, rule: Rule) -> None:
        said = new_rule_text(rule, self._context.review.model.rows())
        text = self.tr("{rule} You can forget the rule in the menu Genres, or in the settings.")
        if not rule.leaves_alone:
            text = self.tr("{rule} This is suggested; nothing is written until you accept it.")
        self._save(with_rule(self._rules(), rule), text.format(rule=said))

    def _forget_rule(self) -> None:
        row = self._context.current_row()
        if row is not None and row.rule is not None:
            key = row.rule.key
            kept = tuple(rule for rule in self._rules() if rule.key != key)
            self._save(kept, self.tr("Forgotten: {rule}").format(rule=rule_sentence(row.rule)))

    def _save(self, rules: tuple[Rule, ...], done: str) -> None:
        """Save the rules, and apply them to all tracks; then say what was `done`."""

        def change(settings: Settings) -> Settings:
            return replace(settings, rules=rules)

        def then(answer: Started | GenreTaggerError) -> None:
            if isinstance(answer, GenreTaggerError):
                _LOG.error("%s", answer)
                self._context.messages.say(error_text(answer))
            else:
                renew_settings(self._context.controller, answer)
                self._context.say(done)

        ask_to_save(self._context.controller, change, then=then)


def _rule_of(kind: RuleKind, row: Row) -> Rule:
    """Return a rule that leaves the artist or the folder of a row alone."""
    return Rule(kind, artist_of(row) if kind is RuleKind.ARTIST else str(row.path.parent))
