"""The folders of the tracks at the left: choosing one limits the table to it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from genretagger.gui.filtering.filter_feature import FilterFeature
from genretagger.gui.filtering.folder_model import FOLDER_ROLE, FolderModel
from genretagger.gui.shell.actions import FOLDERS
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.tracks.slices import SliceRunner, Work, cut
from genretagger.gui.widgets.item_views import RoomyDelegate
from genretagger.gui.widgets.keys import RETURN_KEYS
from genretagger.review.filter.folder_tree import FolderTree

_SHOWN, _SPLITTER = "folders", "folderSplitter"  # what is remembered
_PAUSE_MS: Final = 300  # while tracks are found, the tree grows only so often
_LEAST_PX, _WIDTH_PX = 120, 180


class FolderView(QTreeView):
    """Shows folders; Escape and Return ask to leave them."""

    left = Signal()
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("folderTree")
        self.setAccessibleName(self.tr("Folders"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setItemDelegate(RoomyDelegate(self))
        self.setMinimumWidth(_LEAST_PX)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.all_asked.emit()
        elif event.key() in RETURN_KEYS:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FolderFeature(Feature):
    """Counts the tracks of each folder in slices, and limits the table to the one that is chosen.

    The counts are those of the filter and the states, wherever the tracks lie.
    """

    def __init__(self, context: FeatureContext, row_filter: FilterFeature) -> None:
        super().__init__(context)
        self._filter = row_filter
        self._tree, self._n_counted = FolderTree(), 0
        self._chosen: str | None = None
        self._showing = False
        self._slices = SliceRunner(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._count_new)
        self._make_view()
        self._make_action()
        row_filter.filtered.connect(self._count_anew)
        row_filter.cleared.connect(lambda: self._choose(None))
        context.rows_changed.connect(self._on_rows)
        context.review.model.modelReset.connect(self._on_reset)
        self.refresh_on(context.page_changed)

    def _make_view(self) -> None:
        self._folders = FolderModel(self)
        self._view = FolderView()
        self._view.setModel(self._folders)
        self._view.selectionModel().currentChanged.connect(self._on_current)
        self._view.left.connect(self._context.page.table.setFocus)
        self._view.all_asked.connect(self._show_all)
        page, state = self._context.page, self._context.window_state
        page.add_left_pane(self._view)
        if not page.outer_splitter.restoreState(state.layout(_SPLITTER)):
            page.outer_splitter.setSizes([_WIDTH_PX, 4 * _WIDTH_PX])
        page.outer_splitter.splitterMoved.connect(
            lambda: state.set_layout(_SPLITTER, page.outer_splitter.saveState())
        )

    def _make_action(self) -> None:
        self._action = self._context.actions.make(
            FOLDERS, self.tr("Fold&ers"), self.tr("Folders"), "F9"
        )
        self._action.setCheckable(True)
        self._action.setChecked(self._context.window_state.value(_SHOWN) is True)
        self._action.toggled.connect(self._on_toggled)
        self._view.setVisible(self._action.isChecked())

    def refresh_actions(self) -> None:
        self._context.actions.allow(self._action, self._context.page_problem())

    def _on_toggled(self, shown: bool) -> None:
        """Show the folders and go to them, or hide them and show the tracks of all."""
        self._context.window_state.set_value(_SHOWN, shown)
        self._view.setVisible(shown)
        if shown:
            self._count_anew()
            self._view.setFocus()
        else:
            self._show_all()

    # Choosing

    def _on_current(self, current: QModelIndex) -> None:
        if not self._showing:
            self._chosen = current.data(FOLDER_ROLE)
            self._filter.limit_to(self._chosen)

    def _show_all(self) -> None:
        self._choose(None)
        self._context.page.table.setFocus()

    def _choose(self, folder: str | None) -> None:
        self._chosen = folder
        self._show_chosen()
        self._filter.limit_to(folder)

    # Counting

    def _on_reset(self) -> None:
        self._choose(None)
        self._count_anew()

    def _on_rows(self) -> None:
        """Count further tracks soon; decisions move nothing here."""
        is_grown = len(self._context.review.model.rows()) > self._n_counted
        if is_grown and self._action.isChecked() and not self._pause.isActive():
            self._pause.start()

    def _count_anew(self) -> None:
        self._slices.stop()
        self._tree, self._n_counted = FolderTree(), 0
        self._count_new()

    def _count_new(self) -> None:
        if self._action.isChecked() and not self._slices.is_busy():
            self._slices.run(self._count(self._tree), then=self._show)

    def _count(self, tree: FolderTree) -> Work[FolderTree]:
        """Count all rows that are not counted yet."""
        model = self._context.review.model
        while self._n_counted < len(model.rows()):
            for row_ids in cut(range(self._n_counted, len(model.rows()))):
                for row_id in filter(model.passes_in_any_folder, row_ids):
                    tree.add(str(model.row(row_id).path))
                self._n_counted += len(row_ids)
                if self._n_counted < len(model.rows()):
                    yield self._n_counted, len(model.rows())
        return tree

    def _show(self, tree: FolderTree) -> None:
        """Show the counts; what is open and chosen stays."""
        was_open = self._open_folders(QModelIndex())
        self._showing = True
        self._folders.show_tree(tree)
        self._showing = False
        self._view.expand(self._folders.index(1, 0))
        for path in was_open:
            self._view.expand(self._folders.index_of(path))
        self._show_chosen()

    def _open_folders(self, parent: QModelIndex) -> list[str]:
        """Return the paths of the open folders, those above first."""
        paths = []
        for row in range(self._folders.rowCount(parent)):
            index = self._folders.index(row, 0, parent)
            if self._view.isExpanded(index):
                paths += [index.data(FOLDER_ROLE), *self._open_folders(index)]
        return paths

    def _show_chosen(self) -> None:
        self._showing = True
        index = self._folders.index_of(self._chosen)
        command = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._view.selectionModel().setCurrentIndex(index, command)
        self._showing = False

    def close(self) -> None:
        self._pause.stop()
        self._slices.stop()
