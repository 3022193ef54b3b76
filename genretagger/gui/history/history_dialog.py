"""The history dialog: every batch ever written, its files, and undo for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from genretagger.core.writes import BatchSummary, WriteSummary
from genretagger.gui.history.history_models import BatchModel, WritesModel
from genretagger.gui.widgets.item_views import show_whole_rows
from genretagger.gui.widgets.labels import plain_label, push_button, set_names

_WIDTH, _HEIGHT = 860, 560
_LEAST_WIDTH, _LEAST_HEIGHT = 560, 400
_LINE_HEIGHT = 1.7
_MARGIN, _SPACING = 16, 12


class HistoryDialog(QDialog):
    """Shows what it is given and asks by signals; reads and writes nothing."""

    batch_chosen = Signal(object)  # BatchSummary
    undo_asked = Signal(object, object)  # BatchSummary, list of Path (empty for all files)
    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyDialog")
        self.setWindowTitle(self.tr("History"))
        self.resize(_WIDTH, _HEIGHT)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._may_undo = False
        self._batches, self._writes = BatchModel(self), WritesModel(self)
        self._batch_table = _table(
            self._batches, "batchTable", self.tr("Batches"), narrow=(0, 1, 2, 3)
        )
        self._batch_table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._write_table = _table(
            self._writes, "writesTable", self.tr("Files of the batch"), narrow=(4,)
        )
        self._message = plain_label("historyMessage", self.tr("Reading…"))
        self._make_buttons()
        self._lay_out()
        self._batch_table.selectionModel().currentRowChanged.connect(self._on_batch)
        self._write_table.selectionModel().selectionChanged.connect(self._update_buttons)
        self._update_buttons()

    def _make_buttons(self) -> None:
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._undo_batch = push_button("undoBatchButton", self.tr("&Undo batch"))
        self._undo_files = push_button("undoFilesButton", self.tr("Undo selected &files"))
        self._export = push_button("exportHistoryButton", self.tr("&Export…"))
        for button in (self._undo_batch, self._undo_files, self._export):
            self._buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self._undo_batch.clicked.connect(self._ask_batch)
        self._undo_files.clicked.connect(self._ask_files)
        self._export.clicked.connect(lambda: self.export_asked.emit())
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setObjectName("historySplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._batch_table)
        self._splitter.addWidget(self._write_table)
        self._splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(_SPACING)
        layout.addWidget(self._message)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self._buttons)
        layout.addStretch()
        self._splitter.hide()

    # What is shown

    def show_batches(self, batches: Sequence[BatchSummary]) -> None:
        """Show the batches; the current one stays current, else the newest becomes it."""
        current = self._current()
        had_focus = self._write_table.hasFocus()
        self._batches.show(batches)
        self._splitter.setVisible(bool(batches))
        if not batches:
            self._writes.show(())
            self.say(self.tr("Nothing has been written yet. What you write can be undone here."))
            self._buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
            return
        self.say(self.tr("Each write can be undone, unless the genre has been changed since."))
        row = self._batches.row_of(current.batch) if current else None
        command = QItemSelectionModel.SelectionFlag
        index = self._batches.index(row or 0, 0)
        self._batch_table.selectionModel().setCurrentIndex(
            index, command.ClearAndSelect | command.Rows
        )
        (self._write_table if had_focus else self._batch_table).setFocus()

    def show_writes(self, batch: BatchSummary, writes: Sequence[WriteSummary]) -> None:
        """Show the files of a batch, unless another batch is current by now."""
        current = self._current()
        if current is not None and current.batch == batch.batch:
            self._writes.show(writes)
            if writes:
                self._write_table.setCurrentIndex(self._writes.index(0, 0))
            self._update_buttons()

    def say(self, text: str) -> None:
        """Show a message above the tables."""
        self._message.setText(text)

    def let_undo(self, *, allowed: bool) -> None:
        """Set whether batches can be undone; they cannot while a job runs."""
        self._may_undo = allowed
        self._update_buttons()

    def _current(self) -> BatchSummary | None:
        index = self._batch_table.currentIndex()
        return self._batches.records[index.row()] if index.isValid() else None

    def _on_batch(self) -> None:
        batch = self._current()
        self._writes.show(())
        self._update_buttons()
        if batch is not None:
            self.batch_chosen.emit(batch)

    def _update_buttons(self) -> None:
        batch = self._current()
        can_undo = batch is not None and batch.written > batch.undone
        self._undo_batch.setEnabled(self._may_undo and can_undo)
        can_undo_some = any(map(self._writes.is_undoable, self._selected_rows()))
        self._undo_files.setEnabled(self._may_undo and can_undo_some)
        self._export.setEnabled(self._batches.rowCount() > 0)

    def _selected_rows(self) -> Iterator[int]:
        """Yield the selected rows from ranges: a whole large batch is a single one."""
        for selected in self._write_table.selectionModel().selection().toList():
            yield from range(selected.top(), selected.bottom() + 1)

    def return_focus(self) -> None:
        """Give the focus to the batches after a question was answered."""
        self._batch_table.setFocus()

    def _ask_batch(self) -> None:
        batch = self._current()
        if batch is not None:
            self.undo_asked.emit(batch, [])

    def _ask_files(self) -> None:
        batch, chosen = self._current(), self._writes.undoable(sorted(self._selected_rows()))
        if batch is not None and chosen:
            self._write_table.setFocus()  # the button is disabled while files are undone
            is_all = len(chosen) == batch.written - batch.undone
            self.undo_asked.emit(batch, [] if is_all else chosen)


def _table(
    model: QAbstractItemModel, name: str, title: str, *, narrow: Sequence[int]
) -> QTableView:
    """Return a table of whole rows; `narrow` columns are as wide as their texts."""
    table = QTableView()
    set_names(table, name, title)
    table.setModel(model)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    show_whole_rows(table, line_height=_LINE_HEIGHT)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    for column in narrow:
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    # A header with the view's selection asks every cell whether it is selected when it paints.
    header.setSelectionModel(QItemSelectionModel(model, table))
    return table
