"""Table model of genres that are spelled in several ways: which to unify, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject, Qt, Signal

from genretagger.gui.widgets.item_views import Index
from genretagger.gui.widgets.record_table import RecordTableModel
from genretagger.gui.widgets.texts import genres_text
from genretagger.review.genres.spellings import SpellingGroup, SpellingKind
from genretagger.review.rows.decisions import parse_genres

_MOST_SHOWN = 6  # spellings in one line


class SpellingColumn(IntEnum):
    """Columns, in view order."""

    FOUND = 0
    NAMES = 1
    FILES = 2


@dataclass(slots=True)
class SpellingChoice:
    """A group of spellings, what they become, and whether they are to be unified."""

    group: SpellingGroup
    names: tuple[str, ...]
    is_checked: bool


class SpellingModel(RecordTableModel[SpellingChoice]):
    """The groups of spellings; those that are checked are to be unified."""

    chosen_changed = Signal()
    right_aligned = frozenset({SpellingColumn.FILES})

    def __init__(self, groups: Sequence[SpellingGroup], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.show([SpellingChoice(group, group.proposed, group.is_sure) for group in groups])

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Return what each spelling of the checked groups becomes."""
        parts = [choice.group.replacements(choice.names) for choice in self._checked()]
        return {text: names for part in parts for text, names in part.items()}

    def n_files(self) -> int:
        """Return how many files would change."""
        return len({n for choice in self._checked() for n in choice.group.row_ids(choice.names)})

    def _checked(self) -> list[SpellingChoice]:
        return [choice for choice in self.records if choice.is_checked]

    def check(self, rows: Sequence[int], *, checked: bool) -> None:
        """Check these rows, or uncheck them."""
        for row in rows:
            self.records[row].is_checked = checked
        if rows:
            ends = self.index(min(rows), 0), self.index(max(rows), 0)
            self.dataChanged.emit(*ends, [Qt.ItemDataRole.CheckStateRole])
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
                return genres_text(choice.names)
            case SpellingColumn.FILES:
                return str(len(choice.group.row_ids(choice.names)))

    def explanation(self, choice: SpellingChoice, column: int) -> str:
        is_found = column == SpellingColumn.FOUND
        return self._spellings_text(choice.group, most=None) if is_found else ""

    def _spellings_text(self, group: SpellingGroup, *, most: int | None) -> str:
        """Return the spellings of a group, `most` of them at most."""
        text = self.tr("{genre} ({n})")
        spellings = [text.format(genre=s.text, n=s.n_files) for s in group.spellings[:most]]
        if len(spellings) < len(group.spellings):
            spellings.append("…")
        genres = ", ".join(spellings)
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
        self.records[row].names, self.records[row].is_checked = names, True
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        self.chosen_changed.emit()
        return True
