"""The status bar: what is said where there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from genretagger.gui.shell.status_bar import StatusBar

SAID = "Accepted: 10   Left out: unsure (5), not music (1)"


@pytest.fixture
def bar(qtbot):
    bar = StatusBar(QLabel("Tracks: 19   To write: 4"))
    qtbot.addWidget(bar)
    bar.show()
    bar.showMessage(SAID)
    return bar


def test_a_message_that_fits_is_said_as_it_is(bar, qtbot):
    bar.resize(1200, bar.height())
    qtbot.waitUntil(lambda: bar.shown_text() == SAID)


def test_of_a_message_that_is_too_long_no_number_is_cut(bar, qtbot):
    words = SAID.split()
    for width in range(1200, 250, -7):
        bar.resize(width, bar.height())
        bar.layout().activate()
        shown = bar.shown_text().split()
        if shown != words:
            assert shown.pop() == "…"
            assert shown == words[: len(shown)]
        bar.grab()  # it can be painted
    assert "…" in bar.shown_text()
    assert bar.currentMessage() == SAID
    assert SAID.split("   ")[1] in bar.toolTip()


def test_no_message_has_no_tooltip(bar):
    bar.clearMessage()
    assert (bar.toolTip(), bar.shown_text()) == ("", "")
