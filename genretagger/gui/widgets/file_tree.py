"""A tree of groups of files: a model that makes nothing per file, and its view."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from genretagger.gui.widgets.item_views import Index, RoomyDelegate
from genretagger.gui.widgets.keys import RETURN_KEYS
from genretagger.gui.widgets.texts import path_text, tooltip

_ROOT = QModelIndex()
_IS_OUTERMOST = 0xFFFFFFFF  # the internal id of a group that is in no other
_N_COLUMNS = 2
_GROUP = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_FILE, _BOX = _GROUP | Qt.ItemFlag.ItemNeverHasChildren, Qt.ItemFlag.ItemIsUserCheckable
# By whether the line is a file, and whether it has a check box.
_FLAGS = {
    (False, False): _GROUP,
    (False, True): _GROUP | _BOX,
    (True, False): _FILE,
    (True, True): _FILE | _BOX,
}
_FILES_AT_ONCE = 1000
_FEW_FILES = 50  # larger groups stay closed, so that all groups can be seen


@dataclass(frozen=True, slots=True)
class FileGroup:
    """A line with files below it, or with further groups.

    key : identifies the group when the tree is filled again
    n_files : how many files there are, also in the groups below it
    path_at : returns the path of a file by its index in the group
    is_sentence : whether the heading names the number of files itself and needs the whole width
    is_checkable : whether it has a check box, as each of its files has; a subclass of the model
        says which are checked
    note : what the tooltip says besides the heading
    groups : the groups below it, which then has no files of its own
    """

    key: Hashable
    heading: str
    n_files: int
    path_at: Callable[[int], Path]
    is_strong: bool = False
    is_sentence: bool = False
    is_checkable: bool = False
    note: str = ""
    groups: tuple[FileGroup, ...] = ()


class FileTreeModel(QAbstractItemModel):
    """Groups and their files; nothing is made per file until a view asks for it.

    A view that opens a group asks for each of its lines, so a large group has only its first files
    until `load_more`. A line inside a group has the number of that group as its internal id.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups: tuple[FileGroup, ...] = ()
        self._numbered: list[FileGroup] = []  # the outermost groups, then those in them
        self._places: list[tuple[int, int]] = []  # of each: its row, the number of what it is in
        self._first_inside: dict[int, int] = {}  # the number of the first group in a group
        self._loaded: dict[Hashable, int] = {}  # by key, of groups that have more than the first

    def show_groups(self, groups: Sequence[FileGroup]) -> None:
        """Replace all groups."""
        self.beginResetModel()
        self.groups = tuple(groups)
        self._numbered = list(groups)
        self._places = [(row, _IS_OUTERMOST) for row in range(len(groups))]
        self._first_inside = {}
        for number, group in enumerate(groups):
            self._first_inside[number] = len(self._numbered)
            self._numbered += group.groups
            self._places += [(row, number) for row in range(len(group.groups))]
        self.endResetModel()

    def group_indexes(self) -> Iterator[tuple[QModelIndex, FileGroup]]:
        """Yield all groups with their places, the outermost ones first."""
        for (row, number), group in zip(self._places, self._numbered, strict=True):
            yield self.createIndex(row, 0, number), group

    def heading(self) -> str:
        """Return the heading of the column of groups."""
        return self.tr("Change")

    def group_at(self, index: Index) -> FileGroup | None:
        """Return the group at an index, or the group of the file there."""
        return self._find(index)[0] if index.isValid() else None

    def path_at(self, index: Index) -> Path | None:
        """Return the file at an index, None for a group."""
        if not index.isValid():
            return None
        group, is_file = self._find(index)
        return group.path_at(index.row()) if is_file else None

    def _find(self, index: Index) -> tuple[FileGroup, bool]:
        """Return the group at an index or that of the file there, and whether it is a file."""
        number = index.internalId()
        if number == _IS_OUTERMOST:
            return self.groups[index.row()], False
        group = self._numbered[number]
        return (group.groups[index.row()], False) if group.groups else (group, True)

    def rowCount(self, parent: Index = _ROOT) -> int:
        if not parent.isValid():
            return len(self.groups)
        group, is_file = self._find(parent)
        return 0 if is_file or parent.column() else len(group.groups) or self._n_loaded(group)

    def _n_loaded(self, group: FileGroup) -> int:
        return min(group.n_files, self._loaded.get(group.key, _FILES_AT_ONCE))

    def load_more(self, index: QModelIndex) -> bool:
        """Load further files of the group at an index; return whether there are any."""
        group, n_loaded = self._find(index)[0], self.rowCount(index)
        if group.groups or n_loaded >= group.n_files:
            return False
        n_then = min(group.n_files, 2 * n_loaded)
        self.beginInsertRows(index, n_loaded, n_then - 1)
        self._loaded[group.key] = n_then
        self.endInsertRows()
        return True

    def columnCount(self, parent: Index = _ROOT) -> int:
        return _N_COLUMNS

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        # Asked for each line of an open group: `hasIndex` would double the time.
        if not (0 <= row < self.rowCount(parent) and 0 <= column < _N_COLUMNS):
            return QModelIndex()
        number = _IS_OUTERMOST
        if parent.isValid():
            number, outer = parent.row(), parent.internalId()
            if outer != _IS_OUTERMOST:
                number += self._first_inside[outer]
        return self.createIndex(row, column, number)

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Asked for as often. Of what is known to have nothing below it less is asked.
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        group, is_file = self._find(index)
        return _FLAGS[is_file, group.is_checkable and index.column() == 0]

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == _IS_OUTERMOST:
            return QModelIndex()
        row, number = self._places[index.internalId()]
        return self.createIndex(row, 0, number)

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
                return tooltip("\n".join(filter(None, (group.heading, group.note))))
            case Qt.ItemDataRole.AccessibleDescriptionRole if column == 0:
                return group.note
            case Qt.ItemDataRole.AccessibleTextRole if column == 0:
                text = self.tr("{what}; files: {n}")
                return text.format(what=group.heading, n=self.count_text(group))
            case Qt.ItemDataRole.DisplayRole:
                return group.heading if column == 0 else self.count_text(group)
        return None

    def count_text(self, group: FileGroup) -> str:
        """Return how many files a group has."""
        return str(group.n_files)


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
        self.verticalScrollBar().valueChanged.connect(self._load_more)
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
        for index, group in self._files.group_indexes():
            if group.is_sentence:
                self.setFirstColumnSpanned(index.row(), index.parent(), True)
            if group.key in self._opened:
                self.expand(index)
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

    def _load_more(self) -> None:
        """Load further files of the groups whose last loaded file is seen."""
        index, height = self.indexAt(QPoint(0, 0)), self.viewport().height()
        while index.isValid() and self.visualRect(index).top() < height:
            parent, below = index.parent(), self.indexBelow(index)
            if parent.isValid() and index.row() == self._files.rowCount(parent) - 1:
                self._files.load_more(parent)
            index = below

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
        for index, group in self._files.group_indexes():
            if group.key == key:
                inside = self._files.index(min(file, self._files.rowCount(index) - 1), 0, index)
                self.setCurrentIndex(inside if file >= 0 else index)
                return
        if self._files.groups:
            self.setCurrentIndex(self._files.index(0, 0))
