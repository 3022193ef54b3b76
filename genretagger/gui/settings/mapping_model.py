"""Qt table model of what is written for each genre that is heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from genretagger.core.collation import natural
from genretagger.core.errors import SettingsError
from genretagger.core.genres import GenreMapping, genre_key, vocabulary
from genretagger.core.settings import Settings
from genretagger.gui.widgets.roles import Index
from genretagger.gui.widgets.texts import genres_text
from genretagger.review.rows.decisions import parse_genres

_ROOT = QModelIndex()
Pairs = tuple[tuple[str, tuple[str, ...]], ...]


class MappingColumn(IntEnum):
    """Columns, in view order."""

    HEARD = 0
    WRITTEN = 1


class MappingModel(QAbstractTableModel):
    """The genres that can be heard, a row each; one that is not mapped is written by its name."""

    mapped = Signal()
    refused = Signal(str)  # what was typed and cannot be

    def __init__(self, own_genres: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own = tuple(own_genres)
        self._heard: list[str] = []
        self._names: dict[str, tuple[str, ...]] = {}

    def show(self, pairs: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Show a mapping, with every other genre that is known."""
        self.beginResetModel()
        self._names = dict(pairs)
        known = {genre_key(heard): heard for heard in (*vocabulary().names, *self._own)}
        heard = {**known, **{genre_key(heard): heard for heard in self._names}}
        self._heard = sorted(heard.values(), key=lambda one: natural(vocabulary().name(one)))
        self.endResetModel()

    def pairs(self) -> Pairs:
        """Return the mapping, in the order of the table."""
        return tuple((heard, self._names[heard]) for heard in self._heard if heard in self._names)

    def heard(self, place: int) -> str:
        """Return the genre of a row by its name."""
        return vocabulary().name(self._heard[place])

    def written(self, place: int) -> tuple[str, ...]:
        """Return what is written for the genre of a row."""
        heard = self._heard[place]
        return GenreMapping(self.pairs()).names(heard) or (vocabulary().name(heard),)

    def unmap(self, places: Sequence[int]) -> None:
        """Have the genres of these rows written by their own names."""
        for place in places:
            self._names.pop(self._heard[place], None)
        if places:
            self._told(min(places), max(places))

    def _told(self, first: int, last: int) -> None:
        written = MappingColumn.WRITTEN
        self.dataChanged.emit(self.index(first, written), self.index(last, written))
        self.mapped.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heard)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(MappingColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        is_ours = orientation == Qt.Orientation.Horizontal and 0 <= section < len(MappingColumn)
        if not is_ours or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.tr("Heard") if section == MappingColumn.HEARD else self.tr("Written")

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == MappingColumn.WRITTEN:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        place, is_written = index.row(), index.column() == MappingColumn.WRITTEN
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return genres_text(self.written(place)) if is_written else self.heard(place)
            case Qt.ItemDataRole.FontRole if is_written and self._heard[place] in self._names:
                font = QFont()
                font.setBold(True)
                return font
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != MappingColumn.WRITTEN:
            return False
        heard, names = self._heard[index.row()], parse_genres(str(value))
        if names in ((), (vocabulary().name(heard),)):
            self.unmap([index.row()])
            return True
        try:
            Settings(mapping=((heard, names),))
        except SettingsError:
            self.refused.emit(str(value))
            return False
        self._names[heard] = names
        self._told(index.row(), index.row())
        return True
