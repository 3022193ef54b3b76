"""Keeps a large selection, and the current row, while the table is sorted, filtered or grouped.

Qt keeps an index for each selected cell meanwhile: for a hundred thousand rows a million objects,
which takes a minute. Here the ids of the selected rows are kept instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QSignalBlocker
from PySide6.QtWidgets import QTableView

if TYPE_CHECKING:
    from genretagger.gui.tracks.track_model import TrackTableModel

_FEW = 200  # rows; Qt keeps so small a selection itself


class SelectionKeeper(QObject):
    """Keeps the selection of a view; must be made before the view gets its model.

    If the current row comes under a folded heading, that is current instead, but not selected: who
    meant one track must not decide on all of them by the next key.

    Signals reach slots in the order of their connections, and the selection must be cleared before
    Qt keeps indexes of it.
    """

    def __init__(self, view: QTableView, tracks: TrackTableModel) -> None:
        super().__init__(view)
        self._view, self._tracks = view, tracks
        self._row_ids: set[int] | None = None
        self._current: tuple[int, bool] | None = None  # a row id; whether its heading is meant
        tracks.layoutAboutToBeChanged.connect(self._keep)

    def watch(self) -> None:
        """Restore selections from now on; must be called after the view got its model."""
        self._tracks.layoutChanged.connect(self._restore)

    def _keep(self) -> None:
        self._keep_current()
        ranges = self._view.selectionModel().selection().toList()
        if sum(selected.height() for selected in ranges) <= _FEW:
            return
        self._row_ids = set()
        for selected in ranges:
            positions = range(selected.top(), selected.bottom() + 1)
            self._row_ids.update(self._tracks.row_ids_in(positions))
        self._select(QItemSelection(), QItemSelectionModel.SelectionFlag.Clear)

    def _keep_current(self) -> None:
        current, tracks = self._view.currentIndex().row(), self._tracks
        is_heading = current >= 0 and tracks.group_at(current) is not None
        self._current = (tracks.row_id_at(current), is_heading) if current >= 0 else None

    def _restore_current(self) -> None:
        if self._current is None or self._view.currentIndex().isValid():
            return
        row_id, is_heading = self._current
        place, command = self._tracks.place_of(row_id), QItemSelectionModel.SelectionFlag
        if place is not None:
            what = command.ClearAndSelect | command.Rows if is_heading else command.NoUpdate
            self._view.selectionModel().setCurrentIndex(self._tracks.index(place, 0), what)

    def _restore(self) -> None:
        self._restore_selection()
        self._restore_current()

    def _restore_selection(self) -> None:
        if self._row_ids is None:
            return
        row_ids, self._row_ids = self._row_ids, None
        last = self._tracks.columnCount() - 1
        selection = QItemSelection()
        for first, end in _runs(self._positions(row_ids)):
            selection.select(self._tracks.index(first, 0), self._tracks.index(end, last))
        self._select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._view.viewport().update()

    def _positions(self, row_ids: set[int]) -> Iterator[int]:
        """Yield the positions of these rows, and of the headings that stand for only such rows."""
        for position in range(self._tracks.rowCount()):
            if row_ids.issuperset(self._tracks.row_ids_at(position)):
                yield position

    def _select(
        self, selection: QItemSelection, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        """Select without a signal: the selected rows stay the same."""
        with QSignalBlocker(self._view.selectionModel()):
            self._view.selectionModel().select(selection, command)


def _runs(positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of consecutive positions, which ascend."""
    first = last = None
    for position in positions:
        if last is not None and position == last + 1:
            last = position
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = position
    if first is not None and last is not None:
        yield first, last
