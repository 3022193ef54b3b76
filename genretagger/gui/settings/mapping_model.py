"""Table model of what is written for each genre that is heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont

from genretagger.core.errors import SettingsError
from genretagger.core.genres import GenreMapping
from genretagger.core.settings import Settings
from genretagger.core.texts.collation import natural_key
from genretagger.core.vocabulary import genre_key, vocabulary
from genretagger.gui.widgets.item_views import Index
from genretagger.gui.widgets.record_table import RecordTableModel
from genretagger.gui.widgets.texts import genres_text
from genretagger.review.rows.decisions import parse_genres

Pairs = tuple[tuple[str, tuple[str, ...]], ...]


class MappingColumn(IntEnum):
    """Columns, in view order."""

    HEARD = 0
    WRITTEN = 1


class MappingModel(RecordTableModel[str]):
    """The genres that can be heard, by id; one that is not mapped is written by its own name."""

    mapped = Signal()
    refused = Signal(str)  # what was typed and cannot be written

    def __init__(self, own_genres: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own = tuple(own_genres)
        self._names: dict[str, tuple[str, ...]] = {}

    def show_mapping(self, pairs: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Show a mapping, with every other genre that is known."""
        self._names = dict(pairs)
        vocabulary_heard = (*vocabulary().genres, *vocabulary().heard_styles())
        known = {genre_key(heard): heard for heard in (*vocabulary_heard, *self._own)}
        heard = {**known, **{genre_key(heard): heard for heard in self._names}}
        self.show(sorted(heard.values(), key=lambda genre: natural_key(vocabulary().name(genre))))

    def pairs(self) -> Pairs:
        """Return the mapping, in the order of the table."""
        return tuple((heard, self._names[heard]) for heard in self.records if heard in self._names)

    def written(self, heard: str) -> tuple[str, ...]:
        """Return what is written for a genre."""
        return GenreMapping(self.pairs()).names(heard) or (vocabulary().name(heard),)

    def add_names(self, names: Mapping[str, str]) -> None:
        """Write these names, by id, for genres that are not mapped yet."""
        for heard in self.records:
            if heard in names:
                self._names.setdefault(heard, (names[heard],))
        self._report_change(0, len(self.records) - 1)

    def can_add(self, names: Mapping[str, str]) -> bool:
        """Return whether `add_names` would map anything."""
        return any(heard in names and heard not in self._names for heard in self.records)

    def unmap(self, rows: Sequence[int]) -> None:
        """Remove the mapping of these rows; their genres are written by their own names."""
        for row in rows:
            self._names.pop(self.records[row], None)
        if rows:
            self._report_change(min(rows), max(rows))

    def _report_change(self, first: int, last: int) -> None:
        written = MappingColumn.WRITTEN
        self.dataChanged.emit(self.index(first, written), self.index(last, written))
        self.mapped.emit()

    def headings(self) -> tuple[str, ...]:
        return self.tr("Heard"), self.tr("Written")

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == MappingColumn.WRITTEN:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def text(self, heard: str, column: int) -> str:
        if column == MappingColumn.HEARD:
            return vocabulary().name(heard)
        return genres_text(self.written(heard))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_written = index.isValid() and index.column() == MappingColumn.WRITTEN
        if role != Qt.ItemDataRole.FontRole or not is_written:
            return super().data(index, role)
        if self.records[index.row()] not in self._names:
            return None
        font = QFont()
        font.setBold(True)
        return font

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != MappingColumn.WRITTEN:
            return False
        heard, names = self.records[index.row()], parse_genres(str(value))
        if names in ((), (vocabulary().name(heard),)):
            self.unmap([index.row()])
            return True
        try:
            Settings(mapping=((heard, names),))
        except SettingsError:
            self.refused.emit(str(value))
            return False
        self._names[heard] = names
        self._report_change(index.row(), index.row())
        return True
