"""Decisions on many rows: in slices, with the same result, and one step to undo."""

from __future__ import annotations

from collections import Counter

import pytest

from genretagger.core.events import TrackAnalysed
from genretagger.core.predictions import Unsure
from genretagger.gui.tracks import slices
from genretagger.gui.tracks.review_controller import ReviewController
from genretagger.gui.tracks.slices import SliceRunner, cut
from genretagger.review.rows import bulk_actions
from genretagger.review.rows.bulk_actions import ActionKind
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import heard, prediction, track
from tests.helpers.slices import cut_into

N_TRACKS, SLICE = 23, 4
UNSURE = (3, 9, 10)


@pytest.fixture
def core():
    tracks = [track(f"{number:02d}.flac", genres=("Pop",)) for number in range(N_TRACKS)]
    doubtful = prediction("jazz", 0.4, Unsure.LOW_CONFIDENCE)
    return FakeCore(tracks, {tracks[number].path: doubtful for number in UNSURE})


@pytest.fixture
def small_slices(monkeypatch):
    cut_into(monkeypatch, SLICE)


def rows(driver):
    return list(driver.window._review.model.rows())


def turns(driver):
    """Return how many rows each slice changed, from now on."""
    changed = []
    plain = driver.window._review.model.replace
    driver.window._review.model.replace = lambda some: (changed.append(len(some)), plain(some))
    return changed


def decide(driver, act):
    """Do `act`, and wait until it is over."""
    act()
    driver.qtbot.waitUntil(lambda: not driver.window._review.decider.is_busy())


ACTIONS = {
    "accept all": lambda driver: driver.trigger("acceptAllAction"),
    "accept selected": lambda driver: driver.trigger("acceptAction"),
    "reject": lambda driver: driver.trigger("rejectAction"),
    "third genre": lambda driver: driver.trigger("takeThirdAction"),
    "type": lambda driver: driver.table.model().edited.emit(0, "Ska; Dub"),
    "respell": lambda driver: driver.window._review.decider.respell({"Pop": ("pop!",)}),
    "albums": lambda driver: driver.trigger("uniformAlbumAction"),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_slices_come_to_the_same_as_all_at_once(opened, core, monkeypatch, name):
    """Also what is undone and redone, and what is said."""

    def play(driver):
        driver.action("thresholdSpin").setValue(0.8)
        driver.table.selectAll()
        history = []
        changed = turns(driver)
        for act in (
            lambda: ACTIONS[name](driver),
            lambda: driver.trigger("undoDecisionAction"),
            lambda: driver.trigger("redoDecisionAction"),
        ):
            decide(driver, act)
            review = driver.window._review
            undo = driver.action("undoDecisionAction").text()
            history.append((rows(driver), Counter(review.tally.states), driver.status(), undo))
            assert Counter(row.state for row in rows(driver)) == +review.tally.states
        return history, changed

    (at_once, whole), before = play(first := opened(core)), rows(first)
    first.window.close()
    (first.window._controller.started.context.folders.session).unlink()
    cut_into(monkeypatch, SLICE)
    in_slices, parts = play(opened(core))
    assert in_slices == at_once
    assert in_slices[1][0] != before
    assert len(whole) == 3
    assert max(parts) <= SLICE
    assert sum(parts) == sum(whole)


@pytest.mark.usefixtures("small_slices")
def test_while_many_rows_are_decided_on_keys_wait_and_progress_is_told(driver, qtbot):
    driver.table.selectAll()
    said = []
    driver.window.statusBar().messageChanged.connect(said.append)
    driver.trigger("rejectAction")
    for name in ("acceptAction", "undoDecisionAction", "acceptAllAction", "spellingsAction"):
        assert not driver.action(name).isEnabled(), name
    assert not driver.action("writeAction").isEnabled()
    assert driver.table.editTriggers() == driver.table.EditTrigger.NoEditTriggers
    assert driver.status() == f"Deciding: {SLICE} of {N_TRACKS} tracks"
    qtbot.waitUntil(driver.action("undoDecisionAction").isEnabled)
    assert driver.table.editTriggers() != driver.table.EditTrigger.NoEditTriggers
    told = [text for text in said if text.startswith("Deciding")]
    assert told == [f"Deciding: {n} of {N_TRACKS} tracks" for n in range(SLICE, N_TRACKS, SLICE)]
    assert driver.status() == f"Rejected: {N_TRACKS}"
    driver.trigger("undoDecisionAction")
    qtbot.waitUntil(driver.action("redoDecisionAction").isEnabled)
    assert State.REJECTED not in {row.state for row in rows(driver)}


@pytest.mark.usefixtures("small_slices")
def test_what_is_typed_meanwhile_is_done_afterwards(driver, qtbot):
    driver.table.selectAll()
    driver.trigger("rejectAction")
    driver.table.clearSelection()
    driver.table.model().edited.emit(N_TRACKS - 1, "Ska")
    driver.table.model().edited.emit(0, "Dub")
    assert rows(driver)[0].state is State.REJECTED
    qtbot.waitUntil(driver.action("undoDecisionAction").isEnabled)
    assert (rows(driver)[0].suggested, rows(driver)[-1].suggested) == (("Dub",), ("Ska",))
    for _ in range(2):
        decide(driver, lambda: driver.trigger("undoDecisionAction"))
    assert {row.state for row in rows(driver)} == {State.REJECTED}
    decide(driver, lambda: driver.trigger("undoDecisionAction"))
    assert State.REJECTED not in {row.state for row in rows(driver)}


@pytest.mark.usefixtures("small_slices")
def test_a_window_that_closes_keeps_what_is_decided(opened, core):
    first = opened(core)
    first.table.selectAll()
    first.trigger("rejectAction")
    n_rejected = first.window._review.tally.states[State.REJECTED]
    assert n_rejected == SLICE
    first.window.close()
    again = opened(core)
    assert [row.state for row in rows(again)][:SLICE] == [State.REJECTED] * SLICE
    assert again.window._review.tally.states[State.REJECTED] == n_rejected


@pytest.mark.usefixtures("small_slices")
def test_another_folder_ends_what_goes_on(driver, tmp_path):
    driver.table.selectAll()
    driver.trigger("rejectAction")
    driver.window.open_paths([tmp_path / "other"])
    driver.wait_idle()
    assert not driver.window._review.decider.is_busy()
    assert len(rows(driver)) == N_TRACKS
    assert not driver.action("undoDecisionAction").isEnabled()


def made(names="abcdefghij"):
    review = ReviewController()
    events = [
        TrackAnalysed(row.track, row.hearing_key, row.prediction)
        for row in (heard(f"{name}.flac") for name in names)
    ]
    review.take(events, lambda _track: None)
    return review, events


@pytest.mark.usefixtures("small_slices")
def test_steps_that_are_forgotten_in_the_middle_undo_nothing_that_came_before(qtbot):
    review, events = made()
    review.decider.do(bulk_actions.reject(), range(10))
    other = TrackAnalysed(events[0].track, "other audio", prediction("jazz"))
    review.take([other], lambda _track: None)
    qtbot.waitUntil(lambda: not review.decider.is_busy())
    assert sorted(review.decider.last_step.rows) == [4, 5, 6, 7, 8, 9]
    review.decider.undo()
    assert review.decider.is_busy()
    again = TrackAnalysed(events[9].track, "other audio", prediction("jazz"))
    review.take([again], lambda _track: None)
    qtbot.waitUntil(lambda: not review.decider.is_busy())
    assert (review.decider.last_step, review.decider.next_step) == (None, None)
    states = [row.state for row in review.model.rows()]
    assert states[1:4] == [State.REJECTED] * 3
    assert states[4:8] == [State.MISSING] * 4, "undone before"
    assert states[8] is State.REJECTED


def test_an_action_on_no_row_is_over_at_once(qapp):
    review, _ = made("")
    results = []
    review.decider.do(bulk_actions.reject(), [], then=results.append)
    assert [result.kind for result in results] == [ActionKind.REJECT]
    review.decider.undo(then=results.append)
    assert results[1] is None


def test_everything_is_in_one_slice(monkeypatch):
    cut_into(monkeypatch, 3)
    assert list(cut(range(7))) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(cut([1, 2, 3])) == [[1, 2, 3]]
    assert list(cut([])) == [[]]


@pytest.mark.parametrize(
    ("s_per_row", "sizes"),
    [(0, [2, 4, 8, 8]), (0.002, [2, 4, 8, 8]), (0.0037, [2, 4, 5, 5]), (1, [2, 3, 3])],
)
def test_slices_grow_and_shrink_until_each_fills_a_turn(monkeypatch, s_per_row, sizes):
    """However slow the machine: the clock decides."""
    now = [0.0]
    monkeypatch.setattr(slices, "perf_counter", lambda: now[0])
    for name, value in (("ROWS_PER_SLICE", 2), ("MOST_ROWS", 8), ("_FEWEST", 3)):
        monkeypatch.setattr(slices, name, value)
    seen = []
    for some in cut(range(100)):
        seen.append(len(some))
        now[0] += s_per_row * len(some)
    assert seen[: len(sizes)] == sizes
    assert sum(seen) == 100


def counted(n, log, fails_at=None):
    for step in range(n):
        if step == fails_at:
            raise ZeroDivisionError
        log.append(step)
        if step < n - 1:
            yield step + 1, n
    return n


def test_works_are_done_one_after_the_other(qtbot):
    runner, log, told, busy = SliceRunner(), [], [], []
    runner.busy_changed.connect(lambda: busy.append(runner.is_busy()))
    runner.run(counted(1, log), then=told.append)
    assert (log, told, busy) == ([0], [1], [])
    runner.run(counted(3, log), then=told.append)
    runner.run(counted(2, log), then=told.append)
    assert (log, told, busy) == ([0, 0], [1], [True])
    qtbot.waitUntil(lambda: not runner.is_busy())
    assert (log, told, busy) == ([0, 0, 1, 2, 0, 1], [1, 3, 2], [True, False])


def test_a_work_that_stops_is_closed_and_tells_nothing(qtbot):
    runner, log, told = SliceRunner(), [], []
    runner.run(counted(3, log), then=told.append)
    runner.run(counted(3, log), then=told.append)
    runner.stop()
    assert not runner.is_busy()
    runner.run(counted(1, log), then=told.append)
    assert (log, told) == ([0, 0], [1])


def test_a_bug_in_one_work_does_not_end_the_next(qtbot):
    runner, log, told = SliceRunner(), [], []
    with qtbot.captureExceptions() as errors:
        runner.run(counted(3, log, fails_at=1), then=told.append)
        runner.run(counted(2, log), then=told.append)
        qtbot.waitUntil(lambda: not runner.is_busy())
    assert [error[0] for error in errors] == [ZeroDivisionError]
    assert (log, told) == ([0, 0, 1], [2])


def test_the_rows_of_a_slice_are_looked_at_when_it_is_done(qtbot, monkeypatch):
    """An analysis may have changed them since the key was pressed."""
    cut_into(monkeypatch, SLICE)
    review, events = made()
    review.decider.do(bulk_actions.accept(), range(10))
    heard_anew = TrackAnalysed(events[9].track, "other audio", prediction("jazz"))
    review.take([heard_anew], lambda _track: None)
    qtbot.waitUntil(lambda: not review.decider.is_busy())
    assert review.model.row(9).suggested == ("Jazz",)
    assert review.model.row(9).state is State.ACCEPTED
