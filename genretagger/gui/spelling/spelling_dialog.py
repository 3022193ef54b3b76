"""The dialog of genres that are spelled in several ways: which to unify, and as what."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from genretagger.gui.spelling.spelling_model import SpellingColumn, SpellingModel
from genretagger.gui.widgets.editable_table import EditableTable
from genretagger.gui.widgets.labels import plain_label, set_names
from genretagger.gui.widgets.texts import number_text
from genretagger.review.genres.known_genres import GenreOffer
from genretagger.review.genres.spellings import FoundSpellings

_WIDTH, _HEIGHT = 760, 500
_LEAST_WIDTH, _LEAST_HEIGHT = 520, 360


class SpellingsDialog(QDialog):
    """Shows groups of spellings, and asks by a signal to unify the checked ones."""

    unify_asked = Signal(object)  # by spelling, the names it becomes

    def __init__(
        self,
        spellings: FoundSpellings,
        *,
        genres: Callable[[], list[GenreOffer]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("spellingsDialog")
        self.setWindowTitle(self.tr("Spellings of genres"))
        self.resize(_WIDTH, _HEIGHT)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._model = SpellingModel(spellings, self)
        self._table = self._make_table(genres)
        self._left_out = plain_label("spellingsLeftOut", self._left_out_text(spellings))
        self._left_out.setVisible(bool(self._left_out.text()))
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Close
        )
        self._buttons.accepted.connect(self._unify)
        self._buttons.rejected.connect(self.reject)
        self._model.chosen_changed.connect(self._count_files)
        self._lay_out(is_empty=not spellings.groups)
        self._count_files()

    def _make_table(self, genres: Callable[[], list[GenreOffer]]) -> EditableTable:
        table = EditableTable(self._model, edited=SpellingColumn.NAMES, genres=genres)
        set_names(table, "spellingsTable", self.tr("Genres spelled in several ways"))
        header = table.horizontalHeader()
        header.setSectionResizeMode(SpellingColumn.FILES, QHeaderView.ResizeMode.ResizeToContents)
        table.space_pressed.connect(self._toggle)
        return table

    def _lay_out(self, *, is_empty: bool) -> None:
        text = self.tr(
            "Checked genres get a single spelling. It is accepted but not written "
            "yet: you will see it again before the next write, which replaces the "
            "old spelling whatever you choose there for other files. All other "
            "genres of a file stay."
        )
        if is_empty:
            text = self.tr("Every genre of these tracks is spelled in one way only.")
        keys = plain_label(text=self.tr("Space checks a row, Return changes what will be written."))
        keys.setVisible(not is_empty)
        self._table.setVisible(not is_empty)
        layout = QVBoxLayout(self)
        # Labels wrap: a minimum size that follows their height would change at every resize.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(plain_label(text=text))
        layout.addWidget(self._table, 1)
        layout.addWidget(keys)
        layout.addWidget(self._left_out)
        if is_empty:
            layout.addStretch(1)
        layout.addWidget(self._buttons)
        (self._buttons if is_empty else self._table).setFocus()

    def _left_out_text(self, spellings: FoundSpellings) -> str:
        lines = [
            (
                self.tr("Files left out because they have not been heard yet: {n}"),
                spellings.n_unheard,
            ),
            (
                self.tr("Files left out because other genres are accepted for them: {n}"),
                spellings.n_waiting,
            ),
            (self.tr("Files left out because they cannot be written: {n}"), spellings.n_refused),
        ]
        return "\n".join(text.format(n=number_text(n)) for text, n in lines if n)

    def _toggle(self) -> None:
        rows = self._table.selected_rows()
        if rows:
            self._model.check(rows, checked=not self._model.records[rows[0]].is_checked)

    def _count_files(self) -> None:
        n_files = self._model.n_files()
        button = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        button.setText(self.tr("&Unify (files: {n})").format(n=number_text(n_files)))
        button.setEnabled(n_files > 0)

    def _unify(self) -> None:
        chosen = self._model.chosen()
        self.accept()
        self.unify_asked.emit(chosen)
