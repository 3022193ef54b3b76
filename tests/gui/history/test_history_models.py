"""The batches and the files of one of them, as tables."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from genretagger.core.writes import BatchSummary, WriteSummary
from genretagger.gui.history.history_models import BatchModel, WritesModel, state_word


def test_batches_and_their_files_say_what_went_wrong(judged):
    batches, writes = judged(BatchModel()), judged(WritesModel())
    batches.show([BatchSummary("b", "2026-01-01T00:00:00Z", "fill", 2, 1, "partly undone", True)])
    writes.show([WriteSummary(0, Path("/a/b.mp3"), "failed", (), ("Rock",), "no room")])
    assert (batches.row_of("b"), batches.row_of("c")) == (0, None)
    assert "crash" in batches.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert "no room" in writes.index(0, 4).data(Qt.ItemDataRole.ToolTipRole)
    assert writes.undoable([0]) == []
    batches.show([])
    writes.show([])
    assert batches.rowCount() == writes.rowCount() == 0


def test_a_state_without_a_word_is_shown_as_it_is(qapp):
    assert state_word("new") == "new"
