"""The status bar: what is said where there is little room."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtWidgets import QLabel

from genretagger.gui.shell.progress_bar import JobProgressBar
from genretagger.gui.shell.status_bar import PartsLabel, StatusBar

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


PARTS = ["6 of 36 shown", "Tracks: 36", "To write: 3", "Accepted, nothing to write: 3"]


@pytest.fixture
def full(qtbot):
    """Return a bar with all that can be in it, in the middle of a job."""
    counts, progress, watching = PartsLabel("counts"), JobProgressBar(), QLabel("Watching: 3")
    bar = StatusBar(counts, progress, watching)
    qtbot.addWidget(bar)
    bar.show()
    counts.say(PARTS)
    bar.showMessage("Paused; no further track is heard until you resume.")
    return bar, counts, progress, watching


@pytest.mark.parametrize("width", [1180, 880, 720])
def test_nothing_in_the_bar_is_cut_or_covers_another_thing(full, width, qtbot):
    bar, *kept = full
    bar.resize(width, bar.height())
    kept[1].begin()
    qtbot.waitUntil(lambda: kept[1].width() > 0 and bar.width() == width)
    bar.layout().activate()
    rects = [one.geometry() for one in kept if one.isVisible()]
    assert all(bar.rect().contains(rect) for rect in rects)
    assert not any(one.intersects(other) for one, other in combinations(rects, 2))
    counts = kept[0]
    assert counts.width() >= counts.sizeHint().width()
    assert counts.text().split("   ") == PARTS[: len(counts.text().split("   "))]
    assert bar.shown_text().rstrip(" …"), "some of the message is said"


def test_what_was_left_out_is_in_the_tooltip_and_comes_back(full, qtbot):
    bar, counts, progress, _ = full
    bar.resize(720, bar.height())
    progress.begin()
    qtbot.waitUntil(lambda: PARTS[-1] not in counts.text())
    assert PARTS[-1] in counts.toolTip()
    progress.end()
    qtbot.waitUntil(lambda: PARTS[-1] in counts.text())
    assert counts.toolTip() == ""
