"""The batches and the files of one of them, as tables."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from genretagger.core.writes import BatchState, BatchSummary, WriteState, WriteSummary
from genretagger.gui.history.history_models import (
    BatchModel,
    WritesModel,
    batch_state_word,
    write_state_word,
)


def test_batches_and_their_files_say_what_went_wrong(judged):
    batches, writes = judged(BatchModel()), judged(WritesModel())
    state = BatchState.PARTLY_UNDONE
    batches.show([BatchSummary("b", "2026-01-01T00:00:00Z", "fill", 2, 1, state, True)])
    writes.show([WriteSummary(0, Path("/a/b.mp3"), WriteState.FAILED, (), ("Rock",), "no room")])
    assert (batches.row_of("b"), batches.row_of("c")) == (0, None)
    assert "crash" in batches.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert "no room" in writes.index(0, 4).data(Qt.ItemDataRole.ToolTipRole)
    assert writes.undoable([0]) == []
    batches.show([])
    writes.show([])
    assert batches.rowCount() == writes.rowCount() == 0


def test_the_english_word_of_each_state_is_that_of_the_command_line(qapp):
    assert [batch_state_word(state) for state in BatchState] == [s.value for s in BatchState]
    assert [write_state_word(state) for state in WriteState] == [s.value for s in WriteState]
