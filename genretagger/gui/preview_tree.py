"""Qt tree model of what a write will do: a group for each change, the files below it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from genretagger.gui.texts import genres_text, path_text, reason_text, tooltip
from genretagger.review.proposals import ChangeGroup, Effect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from genretagger.review.rows import Row

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
# Internal id of a group; a file has the number of its group.
_IS_GROUP = 0xFFFFFFFF


class PreviewModel(QAbstractItemModel):
    """Groups and their files; nothing is made per file until a view asks for it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[ChangeGroup, ...] = ()

    def show(self, groups: Sequence[ChangeGroup]) -> None:
        """Replace all groups."""
        self.beginResetModel()
        self._groups = tuple(groups)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() == _IS_GROUP and parent.column() == 0:
            return len(self._groups[parent.row()].rows)
        return 0

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 2

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else _IS_GROUP)

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == _IS_GROUP:
            return QModelIndex()
        return self.createIndex(index.internalId(), 0, _IS_GROUP)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.tr("Change") if section == 0 else self.tr("Files")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if index.internalId() == _IS_GROUP:
            return self._group_data(self._groups[index.row()], index.column(), role)
        return _file_data(self._groups[index.internalId()].rows[index.row()], index.column(), role)

    def _group_data(self, group: ChangeGroup, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.FontRole and group.effect is Effect.WRITE:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._heading(group))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._heading(group) if column == 0 else str(len(group.rows))

    def _heading(self, group: ChangeGroup) -> str:
        before = genres_text(group.before) or self.tr("(no genre)")
        match group.effect:
            case Effect.WRITE:
                return self.tr("{before} → {after}").format(
                    before=before, after=genres_text(group.after)
                )
            case Effect.SKIP:
                return self.tr("Left alone, has a genre: {before}").format(before=before)
            case Effect.NOTHING:
                return self.tr("Already so: {before}").format(before=before)
            case Effect.REFUSE:
                return self._reason(group)

    def _reason(self, group: ChangeGroup) -> str:
        """Return why the files of a group are not written, which is the same for all."""
        reason = group.rows[0].read_only
        if reason is None:
            return ""
        if len(group.rows) == 1:
            return reason_text(reason, subject=self.tr("This file"))
        subject = self.tr("Each of these {n} files").format(n=len(group.rows))
        return reason_text(reason, subject=subject)

    def refused_places(self) -> list[int]:
        """Return the places of the groups that cannot be written: sentences, not genres."""
        return [place for place, group in enumerate(self._groups) if group.effect is Effect.REFUSE]


def _file_data(row: Row, column: int, role: int) -> object:
    """Return the file's name, and beside it where it is."""
    if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        return None
    beside = path_text(row.path.parent)
    if role == Qt.ItemDataRole.ToolTipRole:
        return tooltip(path_text(row.path) if column == 0 else beside)
    return path_text(Path(row.path.name)) if column == 0 else beside
