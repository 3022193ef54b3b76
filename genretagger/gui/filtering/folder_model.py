"""Qt model of the folders of the tracks: all of them first, then each folder with its count."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from genretagger.core.errors import printable
from genretagger.gui.widgets.item_views import ROOT, Index
from genretagger.gui.widgets.texts import number_text, tooltip
from genretagger.review.filter.folder_tree import Folder, FolderTree, is_in

FOLDER_ROLE = Qt.ItemDataRole.UserRole + 1  # the path of a folder; None for all tracks


class FolderModel(QAbstractItemModel):
    """Two lines at the top, all tracks and the root of the tree, which has the folders below it.

    A folder gets its number when a view first asks for it, so that large trees cost nothing.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tree = FolderTree()
        self._forget()

    def _forget(self) -> None:
        self._folders: list[Folder] = []  # by number
        self._numbers: dict[Folder, int] = {}
        self._children: dict[int, list[Folder]] = {}

    def show_tree(self, tree: FolderTree) -> None:
        """Show another tree, or the same one after it has grown."""
        self.beginResetModel()
        self._tree = tree
        self._forget()
        self.endResetModel()

    def index_of(self, path: str | None) -> QModelIndex:
        """Return the index of a folder; that of all tracks for None or a folder without tracks."""
        root = self._tree.root
        everything = self.index(0, 0)
        if path is None or not root.n_rows:
            return everything
        index = self.index(1, 0)
        while index.data(FOLDER_ROLE) != path:
            below = (self.index(row, 0, index) for row in range(self.rowCount(index)))
            ways = (way for way in below if is_in(path, str(way.data(FOLDER_ROLE))))
            index = next(ways, QModelIndex())
            if not index.isValid():
                return everything
        return index

    def _number(self, folder: Folder) -> int:
        if folder not in self._numbers:
            self._numbers[folder] = len(self._folders)
            self._folders.append(folder)
        return self._numbers[folder]

    def _below(self, index: Index) -> list[Folder]:
        number = index.internalId() - 1
        if number < 0:
            return []
        if number not in self._children:
            self._children[number] = self._folders[number].sorted_children()
        return self._children[number]

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if parent.isValid():
            return self.createIndex(row, column, 1 + self._number(self._below(parent)[row]))
        return self.createIndex(row, column, 1 + self._number(self._tree.root) if row else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        number = index.internalId() - 1
        root = self._tree.root
        if number < 0 or self._folders[number] is root:
            return QModelIndex()
        above = self._folders[number].parent
        if above is None or above is root:
            return self.createIndex(1, 0, 1 + self._number(root))
        of_above = self._below(self.createIndex(0, 0, 1 + self._number(above.parent or root)))
        return self.createIndex(of_above.index(above), 0, 1 + self._number(above))

    def rowCount(self, parent: Index = ROOT) -> int:
        if not parent.isValid():
            return 2 if self._tree.root.n_rows else 1
        return len(self._below(parent)) if parent.column() == 0 else 0

    def columnCount(self, parent: Index = ROOT) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        number = index.internalId() - 1
        folder = self._folders[number] if number >= 0 else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(folder)
            case Qt.ItemDataRole.ToolTipRole if folder is not None:
                return tooltip(printable(folder.path))
        return folder.path if role == FOLDER_ROLE and folder is not None else None

    def _text(self, folder: Folder | None) -> str:
        n_rows = number_text((folder or self._tree.root).n_rows)
        if folder is None:
            return self.tr("All folders ({n})").format(n=n_rows)
        name = folder.path if folder is self._tree.root else folder.name
        shown = self.tr("{folder} ({n})")
        return shown.format(folder=printable(name) or self.tr("Computer"), n=n_rows)
