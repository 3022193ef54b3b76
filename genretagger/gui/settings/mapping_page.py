"""The settings page of genres: what is written for which genre heard, and protected genres."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.genres import contains
from genretagger.core.settings import Settings
from genretagger.gui.settings.genre_words import words_of_language
from genretagger.gui.settings.mapping_model import MappingColumn, MappingModel
from genretagger.gui.widgets.editable_table import EditableTable
from genretagger.gui.widgets.form_fields import SettingsPage, WrongLabel, explanation
from genretagger.gui.widgets.genre_completer import CompletedLine
from genretagger.gui.widgets.keys import RETURN_KEYS
from genretagger.gui.widgets.labels import heading_label, plain_label, push_button, set_names
from genretagger.review.genres.known_genres import GenreOffer
from genretagger.review.rows.decisions import parse_genres

_TABLE_LINES = 6
_LIST_LINES = 3


class GenresPage(SettingsPage):
    """A table "heard -> written", and the protected genres.

    Parameters
    ----------
    own_genres : sequence of str
        The genres of the personal classifier in use, which can be heard as well.
    genres : Callable[[], list[GenreOffer]]
        Returns the genres to complete.
    """

    def __init__(
        self, *, own_genres: Sequence[str], genres: Callable[[], list[GenreOffer]]
    ) -> None:
        super().__init__("genresPage", "")
        self.title = self.tr("Genres")
        self._model = MappingModel(own_genres, self)
        self.table = EditableTable(self._model, edited=MappingColumn.WRITTEN, genres=genres)
        set_names(self.table, "mappingTable", self.tr("What is written for each genre heard"))
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * _TABLE_LINES)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._wrong = WrongLabel("mappingProblem")
        self._example = plain_label("mappingExample")
        self._my_language = push_button("genreWordsButton", self.tr("Write them in &my language"))
        self._protected = ProtectedEditor(genres)
        self._lay_out()
        self.table.delete_pressed.connect(lambda: self._model.unmap(self.table.selected_rows()))
        self._my_language.clicked.connect(lambda: self._model.add_names(words_of_language()))
        self._model.mapped.connect(self._on_mapped)
        self._model.refused.connect(self._refuse)
        self.table.selectionModel().currentChanged.connect(self._show_example)
        self._protected.changed.connect(self.changed)

    def _lay_out(self) -> None:
        self.add_below(heading_label(self.tr("Heard → written"), self.table))
        self.add_below(
            explanation(
                self.tr(
                    "What is written for each genre heard; separate several with "
                    "semicolons. Return edits it, Delete restores the genre's own name."
                )
            )
        )
        self.add_below(self.table, stretch=2)
        self.add_below(self._wrong)
        self.add_below(self._example)
        self.add_below(self._my_language, alignment=Qt.AlignmentFlag.AlignLeft)
        self._my_language.setVisible(bool(words_of_language()))
        self.add_below(heading_label(self.tr("&Protected genres"), self._protected.line))
        self.add_below(
            explanation(
                self.tr(
                    "A file that has one keeps it, even when its genres are replaced: the "
                    "new ones are added to it."
                )
            )
        )
        self.add_below(self._protected, stretch=1)

    def _on_mapped(self) -> None:
        self._wrong.say("")
        self._show_example()
        self.changed.emit()

    def _refuse(self, text: str) -> None:
        sentence = self.tr("{genres} was not accepted: a genre cannot contain | or =.")
        self._wrong.say(sentence.format(genres=text))

    def _show_example(self) -> None:
        """Show what a track of the current genre gets, and whether others have another name."""
        heard = self._model.records[max(self.table.currentIndex().row(), 0)]
        text = self.tr("A track heard as {genre} gets: {names}").format(
            genre=self._model.text(heard, MappingColumn.HEARD),
            names=self._model.text(heard, MappingColumn.WRITTEN),
        )
        self._example.setText(text)
        self._my_language.setEnabled(self._model.can_add(words_of_language()))

    def values(self) -> dict[str, Any]:
        self._protected.take_typed()
        return {"mapping": self._model.pairs(), "protected_genres": self._protected.genres()}

    def show_settings(self, settings: Settings) -> None:
        self._model.show_mapping(settings.mapping)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self._model.index(0, MappingColumn.WRITTEN))
        self._protected.show_genres(settings.protected_genres)
        self._wrong.say("")
        self._show_example()


class ProtectedEditor(QWidget):
    """A list of genres, a line to add one, and a button to remove some."""

    changed = Signal()

    def __init__(
        self, genres: Callable[[], list[GenreOffer]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line = AddLine()
        set_names(self.line, "protectedEdit", self.tr("Genre to protect"))
        self.line.setPlaceholderText(self.tr("Genre to protect, for example Audiobook"))
        self.line.complete_from(genres())
        self._list = QListWidget()
        set_names(self._list, "protectedList", self.tr("Protected genres"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        lines = self._list.fontMetrics().lineSpacing() * (_LIST_LINES + 1)
        self._list.setMinimumHeight(lines)
        self._list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._add = push_button("addProtectedButton", self.tr("A&dd"))
        self._remove = push_button("removeProtectedButton", self.tr("Re&move"))
        self._lay_out()
        self.line.add_asked.connect(self.take_typed)
        self.line.textChanged.connect(self._update_buttons)
        self._add.clicked.connect(self.take_typed)
        self._remove.clicked.connect(self._remove_selected)
        self._list.itemSelectionChanged.connect(self._update_buttons)
        self._update_buttons()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.line, 1)
        first.addWidget(self._add)
        second.addWidget(self._list, 1)
        second.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(first)
        layout.addLayout(second, 1)

    def genres(self) -> tuple[str, ...]:
        """Return the genres in the list."""
        return tuple(self._list.item(row).text() for row in range(self._list.count()))

    def show_genres(self, genres: Sequence[str]) -> None:
        """Show these genres."""
        self._list.clear()
        self._list.addItems(list(genres))
        self.line.clear()
        self._update_buttons()

    def take_typed(self) -> None:
        """Add what is typed to the list; called on saving too, in case it was not added."""
        new = [genre for genre in parse_genres(self.line.text()) if genre.isprintable()]
        new = [genre for genre in new if not contains(self.genres(), genre)]
        self.line.clear()
        if new:
            self._list.addItems(new)
            self.changed.emit()

    def _remove_selected(self) -> None:
        for item in self._list.selectedItems():
            self._list.takeItem(self._list.row(item))
        self._list.setFocus()
        self._update_buttons()
        self.changed.emit()

    def _update_buttons(self) -> None:
        self._add.setEnabled(bool(parse_genres(self.line.text())))
        self._remove.setEnabled(bool(self._list.selectedItems()))


class AddLine(CompletedLine):
    """A line whose text Return adds, instead of closing the dialog."""

    add_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN_KEYS and self.text().strip():
            self.close_list()
            self.add_asked.emit()
        else:
            super().keyPressEvent(event)
