"""Qt table model of genres that are written in several ways: which to unify, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)

from genretagger.gui.widgets.roles import Index
from genretagger.gui.widgets.texts import genres_text, tooltip
from genretagger.review.genres.spellings import SpellingGroup, SpellingKind
from genretagger.review.rows.decisions import parse_genres

_ROOT = QModelIndex()
_MOST_SHOWN = 6  # spellings in one line


class SpellingColumn(IntEnum):
    """Columns, in view order."""

    FOUND = 0
    NAMES = 1
    FILES = 2


class SpellingModel(QAbstractTableModel):
    """The groups, a row each; checked are those to be unified."""

    chosen_changed = Signal()

    def __init__(self, groups: Sequence[SpellingGroup], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups = tuple(groups)
        self._names = [group.proposed for group in groups]
        self._checked = [group.is_sure for group in groups]

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Return by spelling what it becomes, of the groups that are checked."""
        parts = (self._groups[place].chosen(self._names[place]) for place in self._chosen_places())
        return {text: names for part in parts for text, names in part.items()}

    def n_files(self) -> int:
        """Return how many files would change."""
        numbers: set[int] = set()
        for place in self._chosen_places():
            numbers |= self._groups[place].numbers(self._names[place])
        return len(numbers)

    def _chosen_places(self) -> list[int]:
        return [place for place, is_checked in enumerate(self._checked) if is_checked]

    def check(self, places: Sequence[int], *, checked: bool) -> None:
        """Check these rows, or none of them."""
        for place in places:
            self._checked[place] = checked
        if places:
            ends = self.index(min(places), 0), self.index(max(places), 0)
            self.dataChanged.emit(*ends, [Qt.ItemDataRole.CheckStateRole])
            self.chosen_changed.emit()

    def is_checked(self, place: int) -> bool:
        """Return whether the group in a row is to be unified."""
        return self._checked[place]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._groups)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(SpellingColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        is_ours = orientation == Qt.Orientation.Horizontal and 0 <= section < len(SpellingColumn)
        if not is_ours or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            SpellingColumn.FOUND: self.tr("In your files"),
            SpellingColumn.NAMES: self.tr("Write"),
            SpellingColumn.FILES: self.tr("Files"),
        }[SpellingColumn(section)]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == SpellingColumn.FOUND:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.isValid() and index.column() == SpellingColumn.NAMES:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        place, column = index.row(), SpellingColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._text(place, column)
            case Qt.ItemDataRole.CheckStateRole if column is SpellingColumn.FOUND:
                checked = self._checked[place]
                return Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole if column is SpellingColumn.FOUND:
                return tooltip(self._found_text(place, most=None))
            case Qt.ItemDataRole.TextAlignmentRole if column is SpellingColumn.FILES:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, place: int, column: SpellingColumn) -> str:
        match column:
            case SpellingColumn.FOUND:
                return self._found_text(place, most=_MOST_SHOWN)
            case SpellingColumn.NAMES:
                return genres_text(self._names[place])
            case SpellingColumn.FILES:
                return str(len(self._groups[place].numbers(self._names[place])))

    def _found_text(self, place: int, *, most: int | None) -> str:
        group = self._groups[place]
        found = self.tr("{genre} ({n})")
        spellings = [found.format(genre=s.text, n=s.n_files) for s in group.spellings[:most]]
        if len(spellings) < len(group.spellings):
            spellings.append("…")
        text = ", ".join(spellings)
        match group.kind:
            case SpellingKind.SPELLING:
                return text
            case SpellingKind.JOINED:
                return self.tr("{genres}: several in one text").format(genres=text)
            case SpellingKind.OTHER_NAME:
                return self.tr("{genres}: another name").format(genres=text)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        place, column = index.row(), index.column()
        if column == SpellingColumn.FOUND and role == Qt.ItemDataRole.CheckStateRole:
            self.check([place], checked=Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        names = parse_genres(str(value))
        if column != SpellingColumn.NAMES or role != Qt.ItemDataRole.EditRole or not names:
            return False
        self._names[place] = names
        self._checked[place] = True
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(SpellingColumn) - 1))
        self.chosen_changed.emit()
        return True
