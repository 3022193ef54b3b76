"""The page of genres: what is written for what is heard, and what is never taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.genres import contains
from genretagger.core.settings import Settings
from genretagger.gui.settings.mapping_model import MappingColumn, MappingModel
from genretagger.gui.widgets.editable_table import EditableTable
from genretagger.gui.widgets.form_fields import SettingsPage, WrongLabel, explanation, named
from genretagger.gui.widgets.texts import genres_text
from genretagger.review.rows.decisions import parse_genres

_TABLE_LINES = 6
_LIST_LINES = 3


class GenresPage(SettingsPage):
    """A table "heard -> written", and the protected genres.

    Parameters
    ----------
    own_genres : sequence of str
        The genres of the personal classifier in use, which can be heard too.
    genres : Callable[[], list[str]]
        Returns what can be completed.
    """

    def __init__(self, *, own_genres: Sequence[str], genres: Callable[[], list[str]]) -> None:
        super().__init__("genresPage", "")
        self.title = self.tr("Genres")
        self._model = MappingModel(own_genres, self)
        self.table = EditableTable(self._model, edited=MappingColumn.WRITTEN, genres=genres)
        named(self.table, "mappingTable", self.tr("What is written for a genre that is heard"))
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * _TABLE_LINES)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._wrong = WrongLabel("mappingProblem")
        self._example = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._example.setObjectName("mappingExample")
        self._protected = ProtectedEditor(genres)
        self._lay_out()
        self.table.delete_pressed.connect(lambda: self._model.unmap(self.table.places()))
        self._model.mapped.connect(self._on_mapped)
        self._model.refused.connect(self._refuse)
        self.table.selectionModel().currentChanged.connect(self._tell)
        self._protected.changed.connect(self.changed)

    def _lay_out(self) -> None:
        self.add_below(_heading(self.tr("Heard → written"), self.table))
        self.add_below(
            explanation(
                self.tr(
                    "What is written for a genre that is heard; several with semicolons between"
                    " them. Return changes it, Delete goes back to the genre's own name."
                )
            )
        )
        self.add_below(self.table, stretch=2)
        self.add_below(self._wrong)
        self.add_below(self._example)
        self.add_below(_heading(self.tr("&Protected genres"), self._protected.line))
        self.add_below(
            explanation(
                self.tr(
                    "A file that has one keeps it, also when its genres are replaced: the new ones"
                    " stand beside it."
                )
            )
        )
        self.add_below(self._protected, stretch=1)

    def _on_mapped(self) -> None:
        self._wrong.say("")
        self._tell()
        self.changed.emit()

    def _refuse(self, text: str) -> None:
        said = self.tr("{genres} was not taken: a genre cannot hold | or =.")
        self._wrong.say(said.format(genres=text))

    def _tell(self) -> None:
        """Say what a track of the current row's genre gets."""
        place = max(self.table.currentIndex().row(), 0)
        text = self.tr("A track heard as {genre} gets: {names}").format(
            genre=self._model.heard(place), names=genres_text(self._model.written(place))
        )
        self._example.setText(text)

    def values(self) -> dict[str, Any]:
        self._protected.take_typed()
        return {"mapping": self._model.pairs(), "protected_genres": self._protected.genres()}

    def show_settings(self, settings: Settings) -> None:
        self._model.show(settings.mapping)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self._model.index(0, MappingColumn.WRITTEN))
        self._protected.show_genres(settings.protected_genres)
        self._wrong.say("")
        self._tell()


class ProtectedEditor(QWidget):
    """A list of genres, a line that adds to it, and a button that takes away."""

    changed = Signal()

    def __init__(self, genres: Callable[[], list[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = AddLine()
        named(self.line, "protectedEdit", self.tr("Genre to protect"))
        self.line.setPlaceholderText(self.tr("Genre to protect, for example Audiobook"))
        completer = QCompleter(genres(), self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.setCompleter(completer)
        self._list = QListWidget()
        named(self._list, "protectedList", self.tr("Protected genres"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        lines = self._list.fontMetrics().lineSpacing() * (_LIST_LINES + 1)
        self._list.setMinimumHeight(lines)
        self._list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._add = _button("addProtectedButton", self.tr("A&dd"))
        self._remove = _button("removeProtectedButton", self.tr("Re&move"))
        self._lay_out()
        self.line.add_asked.connect(self.take_typed)
        self.line.textChanged.connect(self._tell)
        self._add.clicked.connect(self.take_typed)
        self._remove.clicked.connect(self._take_away)
        self._list.itemSelectionChanged.connect(self._tell)
        self._tell()

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
        return tuple(self._list.item(place).text() for place in range(self._list.count()))

    def show_genres(self, genres: Sequence[str]) -> None:
        """Show these in the place of all others."""
        self._list.clear()
        self._list.addItems(list(genres))
        self.line.clear()
        self._tell()

    def take_typed(self) -> None:
        """Put what is typed in the list; also if it was forgotten in the line."""
        new = [genre for genre in parse_genres(self.line.text()) if genre.isprintable()]
        new = [genre for genre in new if not contains(self.genres(), genre)]
        self.line.clear()
        if new:
            self._list.addItems(new)
            self.changed.emit()

    def _take_away(self) -> None:
        for item in self._list.selectedItems():
            self._list.takeItem(self._list.row(item))
        self._list.setFocus()
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self._add.setEnabled(bool(parse_genres(self.line.text())))
        self._remove.setEnabled(bool(self._list.selectedItems()))


class AddLine(QLineEdit):
    """A line of which Return adds the text, and does not close the dialog."""

    add_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and self.text().strip():
            self.add_asked.emit()
        else:
            super().keyPressEvent(event)


def _button(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button


def _heading(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    label.setBuddy(buddy)
    return label
