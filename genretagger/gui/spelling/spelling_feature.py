"""Unifying the spellings of genres: finds them, and accepts what the user chose."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt

from genretagger.gui.shell.actions import SPELLINGS
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.spelling.spelling_dialog import SpellingsDialog
from genretagger.review.genres.spellings import find_spellings


class SpellingFeature(Feature):
    """Offers one spelling for each genre; what is chosen is accepted as one step."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._action = context.actions.make(
            SPELLINGS,
            self.tr("Unify &spellings…"),
            self.tr("Spellings"),
            "Ctrl+Shift+M",
        )
        self._action.triggered.connect(self.open)
        self.refresh_on(context.rows_changed, context.job_changed)

    def refresh_actions(self) -> None:
        context = self._context
        self._action.setEnabled(context.may_change_rows() and bool(context.review.model.rows()))

    def open(self) -> None:
        """Open the dialog."""
        context, started = self._context, self._context.controller.started
        protected = started.context.settings.protected_genres if started is not None else ()
        dialog = SpellingsDialog(
            find_spellings(context.review.model.rows(), protected=protected),
            genres=context.review.genres,
            parent=context.window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.unify_asked.connect(self._unify)
        dialog.finished.connect(lambda: context.page.table.setFocus())
        dialog.open()

    def _unify(self, chosen: Mapping[str, tuple[str, ...]]) -> None:
        self._context.review.decider.respell(chosen, then=self._say)

    def _say(self, n_accepted: int) -> None:
        text = self.tr("New spellings accepted, not yet written: {n}")
        self._context.say(text.format(n=n_accepted))
