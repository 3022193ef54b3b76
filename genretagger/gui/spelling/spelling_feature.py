"""Unifying the spellings of genres: finds them, and accepts what the user chose."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt

from genretagger.core.errors import GenreTaggerError
from genretagger.gui.shell.actions import SPELLINGS
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.spelling.spelling_dialog import SpellingsDialog
from genretagger.gui.widgets.texts import number_text
from genretagger.review.genres.spellings import FoundSpellings, find_spellings


class SpellingFeature(Feature):
    """Offers one spelling for each genre; what is chosen is accepted as one step."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._dialog: SpellingsDialog | None = None
        self._is_looking = False
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
        """Look for spellings off the GUI thread, then open the dialog."""
        if self._is_looking or self._dialog is not None:
            return
        self._is_looking = True
        rows = tuple(self._context.review.model.rows())
        self._context.controller.ask(
            lambda _pipeline, started: find_spellings(
                rows, protected=started.context.settings.protected_genres
            ),
            then=self._show,
        )

    def _show(self, answer: FoundSpellings | GenreTaggerError) -> None:
        self._is_looking = False
        context = self._context
        if isinstance(answer, GenreTaggerError) or not context.may_change_rows():
            return
        dialog = SpellingsDialog(answer, genres=context.review.genres, parent=context.window)
        self._dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.unify_asked.connect(self._unify)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_closed(self) -> None:
        self._dialog = None
        self._context.page.table.setFocus()

    def _unify(self, chosen: Mapping[str, tuple[str, ...]]) -> None:
        self._context.review.decider.respell(chosen, then=self._say)

    def _say(self, n_accepted: int) -> None:
        text = self.tr("Files with a new spelling accepted, not yet written: {n}")
        self._context.say(text.format(n=number_text(n_accepted)))
