"""A tree of groups of files: a model that makes nothing per file, and its view."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from genretagger.gui.widgets.item_views import Index, RoomyDelegate
from genretagger.gui.widgets.keys import RETURN_KEYS
from genretagger.gui.widgets.texts import path_text, tooltip

_ROOT = QModelIndex()
# The internal id of a group; that of a file is the row of its group.
_IS_GROUP = 0xFFFFFFFF
_N_COLUMNS = 2
_FEW_FILES = 50  # larger groups stay closed, so that all groups can be seen


@dataclass(frozen=True, slots=True)
class FileGroup:
    """A line with files below it.

    key : identifies the group when the tree is filled again
    path_at : returns the path of a file by its index in the group
    is_sentence : whether the heading names the number of files itself and needs the whole width
    """

    key: Hashable
    heading: str
    n_files: int
    path_at: Callable[[int], Path]
    is_strong: bool = False
    is_sentence: bool = False


class FileTreeModel(QAbstractItemModel):
    """Groups and their files; nothing is made per file until a view asks for it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups: tuple[FileGroup, ...] = ()

    def show_groups(self, groups: Sequence[FileGroup]) -> None:
        """Replace all groups."""
        self.beginResetModel()
        self.groups = tuple(groups)
        self.endResetModel()

    def heading(self) -> str:
        """Return the heading of the column of groups."""
        return self.tr("Change")

    def group_at(self, index: Index) -> FileGroup | None:
        """Return the group at an index, or the group of the file there."""
        if not index.isValid():
            return None
        is_group = index.internalId() == _IS_GROUP
        return self.groups[index.row() if is_group else index.internalId()]

    def path_at(self, index: Index) -> Path | None:
        """Return the file at an index, None for a group."""
        group = self.group_at(index)
        if group is None or index.internalId() == _IS_GROUP:
            return None
        return group.path_at(index.row())

    def rowCount(self, parent: Index = _ROOT) -> int:
        if not parent.isValid():
            return len(self.groups)
        if parent.internalId() == _IS_GROUP and parent.column() == 0:
            return self.groups[parent.row()].n_files
        return 0

    def columnCount(self, parent: Index = _ROOT) -> int:
        return _N_COLUMNS

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        # A view that opens a group asks for each of its files: `hasIndex` would double the time.
        if not (0 <= row < self.rowCount(parent) and 0 <= column < _N_COLUMNS):
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
        return self.heading() if section == 0 else self.tr("Files")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        group = self.group_at(index)
        if group is None:
            return None
        path = self.path_at(index)
        if path is not None:
            return _file_data(path, index.column(), role)
        return self._group_data(group, index.column(), role)

    def _group_data(self, group: FileGroup, column: int, role: int) -> object:
        match role:
            case Qt.ItemDataRole.FontRole if group.is_strong:
                font = QFont()
                font.setBold(True)
                return font
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(group.heading)
            case Qt.ItemDataRole.AccessibleTextRole if column == 0:
                text = self.tr("{what}; files: {n}")
                return text.format(what=group.heading, n=group.n_files)
            case Qt.ItemDataRole.DisplayRole:
                return group.heading if column == 0 else str(group.n_files)
        return None


def _file_data(path: Path, column: int, role: int) -> object:
    """Return the name of a file, and its folder in the second column."""
    if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        return None
    folder = path_text(path.parent)
    if role == Qt.ItemDataRole.ToolTipRole:
        return tooltip(path_text(path) if column == 0 else folder)
    return path_text(Path(path.name)) if column == 0 else folder


class FileTree(QTreeView):
    """Shows groups of files; when it is filled again, open groups and current line stay."""

    def __init__(self, model: FileTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = model
        self._opened: set[Hashable] = set()  # keys of groups
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setItemDelegate(RoomyDelegate(self))
        self.setAlternatingRowColors(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setExpandsOnDoubleClick(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.expanded.connect(self._on_opened)
        self.collapsed.connect(self._on_closed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass Return on to the dialog, whose default button it presses."""
        super().keyPressEvent(event)
        if event.key() in RETURN_KEYS:
            event.ignore()

    def fill(self, groups: Sequence[FileGroup]) -> None:
        """Replace the groups that are shown."""
        current, scroll_bar = self._current(), self.verticalScrollBar()
        scrolled_to = scroll_bar.value()
        self._files.show_groups(groups)
        for row, group in enumerate(groups):
            if group.is_sentence:
                self.setFirstColumnSpanned(row, QModelIndex(), True)
        for row, group in enumerate(groups) if self._opened else ():
            if group.key in self._opened:
                self.expand(self._files.index(row, 0))
        self._return_to(current)
        scroll_bar.setValue(scrolled_to)

    def begin(self, groups: Sequence[FileGroup], *, is_open: bool) -> None:
        """Show `groups` from the top, the first one current and, if it is small, open."""
        self._opened = {groups[0].key} if groups and is_open else set()
        self.setCurrentIndex(QModelIndex())
        if groups and groups[0].n_files > _FEW_FILES:
            self._opened.clear()
        self.fill(groups)
        self.setCurrentIndex(self._files.index(0, 0))
        self.scrollToTop()

    def _on_opened(self, index: QModelIndex) -> None:
        group = self._files.group_at(index)
        if group is not None:
            self._opened.add(group.key)

    def _on_closed(self, index: QModelIndex) -> None:
        group = self._files.group_at(index)
        if group is not None:
            self._opened.discard(group.key)

    def _current(self) -> tuple[Hashable, int] | None:
        """Return the key of the current group, and the index of the current file or -1."""
        index = self.currentIndex()
        group = self._files.group_at(index)
        if group is None:
            return None
        return group.key, -1 if self._files.path_at(index) is None else index.row()

    def _return_to(self, current: tuple[Hashable, int] | None) -> None:
        if current is None:
            return
        key, file = current
        for row, group in enumerate(self._files.groups):
            if group.key == key:
                index = self._files.index(row, 0)
                inside = self._files.index(min(file, group.n_files - 1), 0, index)
                self.setCurrentIndex(inside if file >= 0 else index)
                return
        if self._files.groups:
            self.setCurrentIndex(self._files.index(0, 0))
