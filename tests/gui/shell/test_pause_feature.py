"""Pausing an analysis, and letting it go on."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt

from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

PAUSED = "Paused; no further track is analysed until you resume."


@pytest.fixture
def core():
    return FakeCore([track("a.flac"), track("b.flac")], gate=threading.Event())


@pytest.fixture
def paused(opened, core, qtbot):
    """Return a window whose analysis is paused before the first track is heard."""
    driver = opened(core, wait=False)
    qtbot.waitUntil(lambda: len(driver.rows()) == 2)
    qtbot.keyClick(driver.window, Qt.Key.Key_F6)
    assert core.control.paused.is_set()
    core.gate.set()
    return driver


def test_a_paused_analysis_goes_on_where_it_was(paused, core, qtbot):
    pause = paused.action("pauseAction")
    assert (pause.text(), paused.status()) == ("Res&ume", PAUSED)
    assert paused.progress.isVisible()
    assert {row.state for row in paused.rows()} == {State.PENDING}
    qtbot.keyClick(paused.window, Qt.Key.Key_F6)
    assert pause.text() == "&Pause"
    assert paused.status() != PAUSED
    paused.wait_idle()
    assert State.PENDING not in {row.state for row in paused.rows()}
    assert not pause.isEnabled()


def test_a_decision_does_not_hide_that_the_analysis_is_paused(paused):
    paused.window._review.decided.emit(())
    assert paused.status() == PAUSED
    paused.trigger("stopAction")
    paused.wait_idle()


def test_a_paused_analysis_can_be_stopped_and_the_next_is_not_paused(paused, core):
    paused.trigger("stopAction")
    paused.wait_idle()
    pause = paused.action("pauseAction")
    assert (pause.text(), pause.isEnabled()) == ("&Pause", False)
    paused.trigger("analyseAction")
    paused.wait_idle()
    assert State.PENDING not in {row.state for row in paused.rows()}


def test_a_window_closes_while_its_analysis_is_paused(paused, core):
    paused.window.close()
    assert core.control.paused.is_set()
    assert not [one for one in threading.enumerate() if one.name.startswith("genretagger-job")]


def test_only_an_analysis_can_be_paused(opened):
    driver = opened(FakeCore([track("a.flac")]))
    assert not driver.action("pauseAction").isEnabled()
