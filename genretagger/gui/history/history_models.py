"""Table models of the history: the batches, and the files of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from genretagger.core.writes import BatchState, BatchSummary, Policy, WriteState, WriteSummary
from genretagger.gui.widgets.record_table import RecordTableModel
from genretagger.gui.widgets.texts import genres_text, path_text, policy_text, time_text

_translate = QCoreApplication.translate
_AFTER, _STATE = 3, 4  # columns of the writes


def _policy(value: str) -> str:
    """Return what a policy does; a value that this program does not know is shown as it is."""
    known = value in {policy.value for policy in Policy}
    return policy_text(Policy(value)) if known else value


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


class BatchModel(RecordTableModel[BatchSummary]):
    """The batches, newest first."""

    def row_of(self, batch_id: str) -> int | None:
        """Return the row of a batch, None if it is not there."""
        rows = (row for row, batch in enumerate(self.records) if batch.batch == batch_id)
        return next(rows, None)

    def headings(self) -> tuple[str, ...]:
        return (
            self.tr("When"), self.tr("Written"), self.tr("Undone"), self.tr("State"),
            self.tr("Files that had a genre"),
        )  # fmt: skip

    def text(self, batch: BatchSummary, column: int) -> str:
        match column:
            case 0:
                return time_text(batch.at_utc)
            case 1:
                return str(batch.written)
            case 2:
                return str(batch.undone)
            case 3:
                return batch_state_word(batch.state)
        return _policy(batch.policy)

    def explanation(self, batch: BatchSummary, column: int) -> str:
        if batch.damaged:
            return self.tr("A record of this batch was lost, most likely in a crash.")
        return self.text(batch, column)


class WritesModel(RecordTableModel[WriteSummary]):
    """The files of a batch, in the order they were written."""

    def undoable(self, rows: Sequence[int]) -> list[Path]:
        """Return the files in `rows` that can be undone."""
        return [self.records[row].path for row in rows if self.is_undoable(row)]

    def is_undoable(self, row: int) -> bool:
        """Return whether the file in a row can be undone."""
        return self.records[row].state is WriteState.WRITTEN

    def headings(self) -> tuple[str, ...]:
        return (
            self.tr("File"), self.tr("Folder"), self.tr("Before"), self.tr("After"),
            self.tr("State"),
        )  # fmt: skip

    def text(self, write: WriteSummary, column: int) -> str:
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

    def explanation(self, write: WriteSummary, column: int) -> str:
        if column == _STATE and write.reason:
            return write.reason
        if column == _AFTER:
            return "\n".join(filter(None, (self.text(write, column), _policy(write.policy))))
        return path_text(write.path) if column < 2 else self.text(write, column)
