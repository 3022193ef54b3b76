"""Table model of genres that are spelled in several ways: which to unify, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QObject, Qt, Signal

from genretagger.core.errors import printable
from genretagger.gui.widgets.item_views import Index
from genretagger.gui.widgets.record_table import RecordTableModel
from genretagger.gui.widgets.texts import genres_text, number_text
from genretagger.review.genres.spelling_choices import SpellingChoice, SpellingChoices
from genretagger.review.genres.spellings import FoundSpellings, SpellingGroup, SpellingKind
from genretagger.review.rows.decisions import parse_genres

_MOST_SHOWN = 6  # spellings in one line


class SpellingColumn(IntEnum):
    """Columns, in view order."""

    FOUND = 0
    NAMES = 1
    FILES = 2


class SpellingModel(RecordTableModel[SpellingChoice]):
    """The groups of spellings; those that are checked are to be unified."""

    chosen_changed = Signal()
    right_aligned = frozenset({SpellingColumn.FILES})

    def __init__(self, found: FoundSpellings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = SpellingChoices(found)
        self.show(self._choices.records)

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Return what each text of a file becomes that changes."""
        return self._choices.chosen()

    def n_files(self) -> int:
        """Return how many files would change."""
        return self._choices.n_files_changing()

    def check(self, rows: Sequence[int], *, checked: bool) -> None:
        """Check these rows, or uncheck them."""
        for row in rows:
            self.records[row].is_checked = checked
        if rows:
            self._on_choice()

    def _on_choice(self) -> None:
        """Show all anew: what one group writes may follow the choice on another."""
        last = self.index(len(self.records) - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.chosen_changed.emit()

    def headings(self) -> tuple[str, ...]:
        return self.tr("In your files"), self.tr("Write"), self.tr("Files")

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == SpellingColumn.FOUND:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.isValid() and index.column() == SpellingColumn.NAMES:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_box = index.isValid() and index.column() == SpellingColumn.FOUND
        if role == Qt.ItemDataRole.CheckStateRole and is_box:
            is_checked = self.records[index.row()].is_checked
            return Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked
        return super().data(index, role)

    def text(self, choice: SpellingChoice, column: int) -> str:
        match SpellingColumn(column):
            case SpellingColumn.FOUND:
                return self._spellings_text(choice.group, most=_MOST_SHOWN)
            case SpellingColumn.NAMES:
                return genres_text(self._choices.names(choice))
            case SpellingColumn.FILES:
                return number_text(self._choices.n_files(choice))

    def explanation(self, choice: SpellingChoice, column: int) -> str:
        is_found = column == SpellingColumn.FOUND
        return self._spellings_text(choice.group, most=None) if is_found else ""

    def _spellings_text(self, group: SpellingGroup, *, most: int | None) -> str:
        """Return the spellings of a group, `most` of them at most."""
        text = self.tr("{genre} ({n})")
        shown = group.spellings[:most]
        spellings = [text.format(genre=s.text, n=number_text(s.n_files)) for s in shown]
        if len(spellings) < len(group.spellings):
            spellings.append("…")
        genres = printable(", ".join(spellings))
        match group.kind:
            case SpellingKind.SPELLING:
                return genres
            case SpellingKind.JOINED:
                return self.tr("{genres}: several in one text").format(genres=genres)
            case SpellingKind.OTHER_NAME:
                return self.tr("{genres}: another name").format(genres=genres)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, column = index.row(), index.column()
        if column == SpellingColumn.FOUND and role == Qt.ItemDataRole.CheckStateRole:
            self.check([row], checked=Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        names = parse_genres(str(value))
        if column != SpellingColumn.NAMES or role != Qt.ItemDataRole.EditRole or not names:
            return False
        self.records[row].typed, self.records[row].is_checked = names, True
        self._on_choice()
        return True
