"""The dialog of an unexpected error; the bar itself is tested where features speak through it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from genretagger.gui.shell.message_bar import show_bug


def test_the_path_of_the_log_is_no_markup(qtbot):
    box = show_bug(ValueError("odd"), Path("/home/<b>ana</b>/genretagger.log"), None)
    qtbot.addWidget(box)
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert "<b>ana</b>" in box.informativeText()
    assert "ValueError: odd" in box.detailedText()
