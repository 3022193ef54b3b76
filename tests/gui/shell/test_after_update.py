"""The first start after an update that hears anew: one message, and decisions stay in sight."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QToolButton

from genretagger.core.events import HeardBefore, TrackFound
from genretagger.core.writes import Action, Decision
from genretagger.gui.cells.cell_texts import state_text
from genretagger.gui.cells.columns import Column
from genretagger.gui.shell.message_bar import MessageBar
from genretagger.gui.shell.status_texts import heard_before_text
from genretagger.library.decision_store import DecisionStore, StoredDecision
from genretagger.review.rows.row import State
from genretagger.review.rows.suggestion_mark import WriteRules
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

AGAIN = "An earlier version heard this track; it is heard again."
MESSAGE = (
    "Genretagger was updated and hears better now, so tracks that it knew are heard again: 123."
    " Your decisions stay as they are, and you can stop and go on later."
)
DECISIONS = {
    "accepted.flac": Decision(Action.ACCEPT, ("Jazz",)),
    "rejected.flac": Decision(Action.REJECT),
    "typed.flac": Decision(Action.ACCEPT, ("Zydeco", "Sunday")),
    "written.flac": Decision(Action.ACCEPT, ("Blues",), written=True),
}
STATES = {
    "accepted.flac": State.ACCEPTED,
    "rejected.flac": State.REJECTED,
    "typed.flac": State.ACCEPTED,
    "written.flac": State.WRITTEN,
}


class UpdatedCore(FakeCore):
    """Plays a pipeline that hears all of its tracks again, now by the embedding `heard_by`."""

    heard_by = "new-ear"

    def analyse(self, paths, *, context, cancel, use_cache=True):
        for event in super().analyse(paths, context=context, cancel=cancel):
            if isinstance(event, TrackFound):
                yield replace(event, hearing_key=self._digest(event.track.path))
                yield HeardBefore(123, is_all=True, heard_by=self.heard_by)
            else:
                yield event


@pytest.fixture
def core(home):
    names = [*DECISIONS, "open.flac"]
    tracks = [track(name, genres=("Blues",) if "written" in name else ()) for name in names]
    core = UpdatedCore(tracks, gate=threading.Event())
    store = DecisionStore(home / "session.sqlite")
    store.save(
        StoredDecision(f"digest-{one.path.name}", one.path, DECISIONS[one.path.name])
        for one in tracks
        if one.path.name in DECISIONS
    )
    store.close()
    return core


def message(driver):
    return driver.window.findChild(MessageBar).text()


def states(driver):
    return {row.path.name: row.state for row in driver.rows()}


def kept(core, home):
    """Return the decisions in the file of the session."""
    store = DecisionStore(home / "session.sqlite")
    found = store.find_all()
    decisions = {
        path.name: found.find(f"digest-{path.name}", path=path)
        for path in core.tracks
        if path.name in DECISIONS
    }
    store.close()
    return decisions


def test_decisions_are_shown_before_during_and_after_the_hearing(opened, core, home):
    driver = opened(core, wait=False)
    driver.qtbot.waitUntil(lambda: len(driver.rows()) == len(core.tracks))
    assert states(driver) == {**STATES, "open.flac": State.PENDING}
    assert driver.row("typed.flac").suggested == ("Zydeco", "Sunday")
    for row in driver.rows():  # a verdict of the earlier version is not shown
        assert row.prediction is None
        assert row.shown_confidence is None
        assert state_text(row, WriteRules()).endswith(AGAIN)
    assert state_text(driver.row("open.flac"), WriteRules()) == AGAIN
    core.gate.set()
    driver.wait_idle()
    assert states(driver) == {**STATES, "open.flac": State.MISSING}
    for row in driver.rows():
        assert row.prediction is not None
        assert row.decision == DECISIONS.get(row.path.name)
        assert AGAIN not in state_text(row, WriteRules())
    driver.window.close()
    assert kept(core, home) == DECISIONS


def test_decisions_on_tracks_that_can_no_longer_be_heard_are_kept(opened, core, home):
    core.failures = set(core.tracks)
    core.gate.set()
    driver = opened(core)
    assert states(driver) == {
        **STATES,
        "rejected.flac": State.FAILED,
        "open.flac": State.FAILED,
    }
    assert {row.path.name: row.decision for row in driver.rows()} == {
        **DECISIONS,
        "open.flac": None,
    }
    driver.window.close()
    assert kept(core, home) == DECISIONS


def test_what_is_taken_back_does_not_return_with_a_failure(opened, core, home):
    core.failures = set(core.tracks)
    driver = opened(core, wait=False)
    driver.qtbot.waitUntil(lambda: len(driver.rows()) == len(core.tracks))
    driver.select("accepted.flac")
    driver.trigger("clearAction")
    core.gate.set()
    driver.wait_idle()
    assert driver.row("accepted.flac").state is State.FAILED
    driver.window.close()
    assert kept(core, home) == {**DECISIONS, "accepted.flac": None}


def test_what_is_taken_back_while_a_track_waits_stays_taken_back(opened, core):
    driver = opened(core, wait=False)
    driver.qtbot.waitUntil(lambda: len(driver.rows()) == len(core.tracks))
    driver.select("accepted.flac")
    driver.trigger("clearAction")
    assert driver.row("accepted.flac").state is State.PENDING
    core.gate.set()
    driver.wait_idle()
    assert driver.row("accepted.flac").decision is None
    assert driver.row("accepted.flac").state is State.MISSING


def test_a_stop_leaves_the_rest_waiting_and_going_on_hears_it(opened, core):
    driver = opened(core, wait=False)
    driver.qtbot.waitUntil(lambda: len(driver.rows()) == len(core.tracks))
    driver.trigger("stopAction")
    driver.wait_idle()
    assert states(driver) == {**STATES, "open.flac": State.PENDING}
    core.gate.set()
    driver.trigger("analyseAction")
    driver.wait_idle()
    assert states(driver) == {**STATES, "open.flac": State.MISSING}


def test_one_message_says_so_once_for_each_update(opened, core):
    core.gate.set()
    driver = opened(core)
    assert message(driver) == MESSAGE
    driver.window.findChild(QToolButton, "noticeCloseButton").click()
    driver.trigger("analyseAction")
    driver.wait_idle()
    assert message(driver) == ""
    driver.window.close()
    again = opened(core)
    assert message(again) == ""
    again.window.close()
    core.heard_by = "newer-ear"
    assert message(opened(core)) == MESSAGE


def test_the_message_is_news_and_not_a_warning(opened, core, qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)

    def picture():
        return bar.findChildren(object, "noticePicture")[0].pixmap().toImage()

    bar.say("All is well.", is_news=True)
    news = picture()
    bar.say("Something is wrong.")
    assert picture() != news
    bar.take_back("Something is wrong.")
    assert picture() == news


def test_a_number_that_may_grow_is_told_as_the_least():
    assert "again: 100 or more." in heard_before_text(HeardBefore(100, False, ""))


def test_the_suggested_cell_of_a_track_that_waits_is_empty(opened, core):
    driver = opened(core, wait=False)
    driver.qtbot.waitUntil(lambda: len(driver.rows()) == len(core.tracks))
    names = [row.path.name for row in driver.rows()]
    cell = driver.table.model().index(names.index("open.flac"), Column.SUGGESTED)
    assert not cell.data()
    core.gate.set()
    driver.wait_idle()
