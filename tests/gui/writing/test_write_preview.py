"""What a write will do, as a tree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt

from genretagger.core.errors import TrackRefusedError
from genretagger.core.writes import Action, Decision, Policy
from genretagger.gui.writing.write_preview import WriteTreeModel
from genretagger.review.rows.change_groups import PendingChanges
from genretagger.review.rows.pending_changes import propose_changes
from tests.helpers.rows import heard


def show(model, rows):
    model.show_groups(model.lines(PendingChanges(propose_changes(rows, Policy.FILL))))


def test_each_change_has_a_line_with_its_files_below(judged):
    model = judged(WriteTreeModel())
    accepted = Decision(Action.ACCEPT, ("Blues",))
    rows = [replace(heard(f"{n}.mp3"), decision=accepted) for n in range(5)]
    rows.append(replace(heard("x.mp3", genres=("Pop",)), decision=accepted))
    show(model, rows)
    assert model.rowCount() == 2
    assert model.rowCount(model.index(0, 0)) == 5
    child = model.index(3, 0, model.index(0, 0))
    assert child.data() == "3.mp3"
    assert child.parent() == model.index(0, 0)
    show(model, ())
    assert model.rowCount() == 0


def test_refused_files_stand_under_their_reason(judged):
    accepted = Decision(Action.ACCEPT, ("Blues",))
    reasons = (
        ("1.mp3", "id3v22-read-only", {}),
        ("2.mp3", "id3v22-read-only", {}),
        ("3.mp3", "file-write-protected", {}),
    )
    rows = [
        replace(
            heard(name), decision=accepted, read_only=TrackRefusedError(Path(name), key, **more)
        )
        for name, key, more in reasons
    ]
    model = judged(WriteTreeModel())
    show(model, rows)
    headings = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert headings[0].startswith("Each of these 2 files is not written: its tag is ID3v2.2")
    assert headings[1].startswith("This file is write-protected")
    assert len(headings) == 2
    assert headings[0] in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
