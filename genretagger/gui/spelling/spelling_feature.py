"""Unifying the spellings of genres: finds them, and accepts what the user chose."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt

from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.spelling.spelling_dialog import SpellingsDialog
from genretagger.review.genres.spellings import find_spellings


class SpellingFeature(Feature):
    """Offers one spelling for each genre; what is chosen is accepted as one step."""

    def __init__(self, bench: FeatureContext) -> None:
        super().__init__(bench)
        self._action = bench.actions.make(
            "spellingsAction",
            self.tr("Unify &spellings…"),
            self.tr("Spellings"),
            "Ctrl+Shift+M",
        )
        self._action.triggered.connect(self.open)

    def update(self) -> None:
        desk, conductor = self._bench.desk, self._bench.conductor
        self._action.setEnabled(conductor.may_decide() and bool(desk.model.rows()))

    def open(self) -> None:
        """Open the dialog."""
        bench, started = self._bench, self._bench.conductor.started
        protected = started.context.settings.protected_genres if started is not None else ()
        dialog = SpellingsDialog(
            find_spellings(bench.desk.model.rows(), protected=protected),
            genres=bench.desk.genres,
            parent=bench.window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.unify_asked.connect(self._unify)
        dialog.finished.connect(lambda: bench.page.table.setFocus())
        dialog.open()

    def _unify(self, chosen: Mapping[str, tuple[str, ...]]) -> None:
        n_accepted = self._bench.desk.respell(chosen)
        text = self.tr("New spellings accepted, to be written: {n}")
        self._bench.say(text.format(n=n_accepted))
