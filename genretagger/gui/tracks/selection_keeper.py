"""Keeps a large selection while the table is arranged anew.

Qt keeps an index for each selected cell then: of a hundred thousand rows that is a million objects
and a minute. Runs of rows are kept here instead, by the numbers of their rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject
from PySide6.QtWidgets import QTableView

if TYPE_CHECKING:
    from genretagger.gui.tracks.track_model import TrackTableModel

_FEW = 200  # rows, of which Qt keeps track itself


class SelectionKeeper(QObject):
    """Watches a model for a view; to be made before the view gets the model.

    What is told first is connected first: the selection must be gone before Qt keeps indexes.
    """

    def __init__(self, view: QTableView, tracks: TrackTableModel) -> None:
        super().__init__(view)
        self._view, self._tracks = view, tracks
        self._numbers: set[int] | None = None
        tracks.layoutAboutToBeChanged.connect(self._keep)

    def watch(self) -> None:
        """Begin to select again; to be asked once the view has the model."""
        self._tracks.layoutChanged.connect(self._restore)

    def _keep(self) -> None:
        ranges = self._view.selectionModel().selection().toList()
        if sum(one.height() for one in ranges) <= _FEW:
            return
        self._numbers = set()
        for one in ranges:
            for place in range(one.top(), one.bottom() + 1):
                self._numbers.update(self._tracks.numbers_at(place))
        self._select(QItemSelection(), QItemSelectionModel.SelectionFlag.Clear)

    def _restore(self) -> None:
        if self._numbers is None:
            return
        numbers, self._numbers = self._numbers, None
        last = self._tracks.columnCount() - 1
        made = QItemSelection()
        for first, end in _runs(self._places(numbers)):
            made.select(self._tracks.index(first, 0), self._tracks.index(end, last))
        self._select(made, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._view.viewport().update()

    def _places(self, numbers: set[int]) -> Iterator[int]:
        """Yield the places of these rows, and of headings all of whose rows are among them."""
        for place in range(self._tracks.rowCount()):
            if numbers.issuperset(self._tracks.numbers_at(place)):
                yield place

    def _select(self, what: QItemSelection, how: QItemSelectionModel.SelectionFlag) -> None:
        """Select without telling anybody: what is selected stays the same."""
        chosen = self._view.selectionModel()
        was_blocked = chosen.blockSignals(True)
        chosen.select(what, how)
        chosen.blockSignals(was_blocked)


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of places, which ascend."""
    first = last = None
    for place in places:
        if last is not None and place == last + 1:
            last = place
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = place
    if first is not None and last is not None:
        yield first, last
