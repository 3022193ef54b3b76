"""Qt table models of the history: the batches, and the files of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    Qt,
)

from genretagger.core.writes import BatchState, BatchSummary, Policy, WriteState, WriteSummary
from genretagger.gui.widgets.roles import Index
from genretagger.gui.widgets.texts import genres_text, path_text, policy_text, time_text, tooltip

_ROOT = QModelIndex()
_translate = QCoreApplication.translate


def batch_state_word(state: BatchState) -> str:
    """Return the word for the state of a batch."""
    match state:
        case BatchState.WRITTEN:
            return _translate("History", "written")
        case BatchState.NOTHING_WRITTEN:
            return _translate("History", "nothing written")
        case BatchState.UNDONE:
            return _translate("History", "undone")
        case BatchState.PARTLY_UNDONE:
            return _translate("History", "partly undone")
        case BatchState.BEING_WRITTEN:
            return _translate("History", "being written")
        case BatchState.INTERRUPTED:
            return _translate("History", "interrupted")
        case BatchState.UNCLEAR:
            return _translate("History", "unclear")
        case BatchState.DAMAGED:
            return _translate("History", "damaged")


def write_state_word(state: WriteState) -> str:
    """Return the word for the state of one write."""
    match state:
        case WriteState.WRITTEN:
            return _translate("History", "written")
        case WriteState.UNDONE:
            return _translate("History", "undone")
        case WriteState.FAILED:
            return _translate("History", "failed")
        case WriteState.ROLLED_BACK:
            return _translate("History", "rolled back")
        case WriteState.BEING_WRITTEN:
            return _translate("History", "being written")
        case WriteState.INTERRUPTED:
            return _translate("History", "interrupted")
        case WriteState.UNCLEAR:
            return _translate("History", "unclear")
        case WriteState.GONE:
            return _translate("History", "gone")


class _Table(QAbstractTableModel):
    """Rows of texts, made only when a view asks for them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._n_rows = 0

    def _headings(self) -> tuple[str, ...]:
        raise NotImplementedError

    def _text(self, place: int, column: int) -> str:
        raise NotImplementedError

    def _explained(self, place: int, column: int) -> str:
        """Return what a tooltip says of a cell."""
        return self._text(place, column)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._n_rows

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headings())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        is_ours = orientation == Qt.Orientation.Horizontal and 0 <= section < self.columnCount()
        if not is_ours or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._headings()[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._explained(index.row(), index.column()))
        return None


class BatchModel(_Table):
    """The batches, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batches: tuple[BatchSummary, ...] = ()

    def show(self, batches: Sequence[BatchSummary]) -> None:
        """Replace all batches."""
        self.beginResetModel()
        self._batches, self._n_rows = tuple(batches), len(batches)
        self.endResetModel()

    def batch(self, place: int) -> BatchSummary:
        """Return the batch in a row."""
        return self._batches[place]

    def place_of(self, name: str) -> int | None:
        """Return the row of a batch, None if it is not there."""
        places = (n for n, batch in enumerate(self._batches) if batch.batch == name)
        return next(places, None)

    def _headings(self) -> tuple[str, ...]:
        return (
            self.tr("When"), self.tr("Written"), self.tr("Undone"), self.tr("State"),
            self.tr("Files that had a genre"),
        )  # fmt: skip

    def _text(self, place: int, column: int) -> str:
        batch = self._batches[place]
        match column:
            case 0:
                return time_text(batch.at_utc)
            case 1:
                return str(batch.written)
            case 2:
                return str(batch.undone)
            case 3:
                return batch_state_word(batch.state)
        known = batch.policy in {policy.value for policy in Policy}
        return policy_text(Policy(batch.policy)) if known else batch.policy

    def _explained(self, place: int, column: int) -> str:
        if self._batches[place].damaged:
            return self.tr("A record of this batch was lost, most likely in a crash.")
        return self._text(place, column)


class WritesModel(_Table):
    """The files of a batch, in the order they were written."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writes: tuple[WriteSummary, ...] = ()

    def show(self, writes: Sequence[WriteSummary]) -> None:
        """Replace all files."""
        self.beginResetModel()
        self._writes, self._n_rows = tuple(writes), len(writes)
        self.endResetModel()

    def undoable(self, places: Sequence[int]) -> list[Path]:
        """Return the files in these rows that can be taken back."""
        return [self._writes[place].path for place in places if self.is_undoable(place)]

    def is_undoable(self, place: int) -> bool:
        """Return whether the file in a row can be taken back."""
        return self._writes[place].state is WriteState.WRITTEN

    def _headings(self) -> tuple[str, ...]:
        return (
            self.tr("File"), self.tr("Folder"), self.tr("Before"), self.tr("After"),
            self.tr("State"),
        )  # fmt: skip

    def _text(self, place: int, column: int) -> str:
        write = self._writes[place]
        match column:
            case 0:
                return path_text(Path(write.path.name))
            case 1:
                return path_text(write.path.parent)
            case 2:
                return genres_text(write.before) or self.tr("(no genre)")
            case 3:
                return genres_text(write.after) or self.tr("(no genre)")
        return write_state_word(write.state)

    def _explained(self, place: int, column: int) -> str:
        write = self._writes[place]
        if column == len(self._headings()) - 1 and write.reason:
            return write.reason
        return path_text(write.path) if column < 2 else self._text(place, column)
