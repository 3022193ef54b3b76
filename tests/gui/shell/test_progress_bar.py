"""How long it will still take."""

from __future__ import annotations

from genretagger.core.events import Progress, Stage
from genretagger.gui.shell.progress_bar import JobProgressBar, RemainingTime


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def test_remaining_time_follows_the_pace_so_far():
    clock = Clock()
    remaining = RemainingTime(clock)
    assert remaining.update(Progress(Stage.ANALYSE, 0, 100)) is None
    clock.now += 10
    assert remaining.update(Progress(Stage.ANALYSE, 20, 100)) == 40


def test_nothing_is_said_too_early_or_at_the_end():
    clock = Clock()
    remaining = RemainingTime(clock)
    remaining.update(Progress(Stage.ANALYSE, 0, 100))
    clock.now += 1
    assert remaining.update(Progress(Stage.ANALYSE, 50, 100)) is None
    clock.now += 10
    assert remaining.update(Progress(Stage.ANALYSE, 100, 100)) is None


def test_a_new_stage_starts_its_own_estimate():
    clock = Clock()
    remaining = RemainingTime(clock)
    remaining.update(Progress(Stage.SCAN, 0, 0))
    clock.now += 60
    assert remaining.update(Progress(Stage.ANALYSE, 50, 100)) is None
    clock.now += 10
    assert remaining.update(Progress(Stage.ANALYSE, 60, 100)) == 40


def test_a_write_has_its_own_pace(qtbot):
    clock = Clock()
    bar = JobProgressBar()
    qtbot.addWidget(bar)
    bar.begin()
    bar._remaining = RemainingTime(clock)
    bar.tell(Progress(Stage.APPLY, 0, 5000))
    assert (bar.maximum(), bar.format()) == (5000, "0 of 5000")
    clock.now += 30
    bar.tell(Progress(Stage.APPLY, 500, 5000))
    assert bar.format() == "500 of 5000 · about 4 min left"
    clock.now += 240
    bar.tell(Progress(Stage.APPLY, 4900, 5000))
    assert bar.format() == "4900 of 5000 · under a minute left"
    bar.tell(Progress(Stage.APPLY, 5000, 5000))
    assert bar.format() == "5000 of 5000"


def test_the_bar_says_how_far_and_how_long(qtbot):
    clock = Clock()
    bar = JobProgressBar()
    qtbot.addWidget(bar)
    bar.begin()
    bar._remaining = RemainingTime(clock)
    bar.tell(Progress(Stage.SCAN, 12, 0))
    assert bar.maximum() == 0
    bar.tell(Progress(Stage.ANALYSE, 0, 100))
    assert bar.format() == "0 of 100"
    clock.now += 60
    bar.tell(Progress(Stage.ANALYSE, 20, 100))
    assert bar.format() == "20 of 100 · about 4 min left"
    clock.now += 7200
    bar.tell(Progress(Stage.ANALYSE, 50, 100))
    assert bar.format() == "50 of 100 · about 2 h 1 min left"


def test_progress_is_painted_in_the_next_turn_and_not_at_once(qtbot, monkeypatch):
    painted = []
    plain = JobProgressBar.paintEvent
    monkeypatch.setattr(
        JobProgressBar, "paintEvent", lambda bar, event: (painted.append(bar), plain(bar, event))
    )
    bar = JobProgressBar()
    qtbot.addWidget(bar)
    bar.begin()
    with qtbot.waitExposed(bar):
        bar.show()
    bar.tell(Progress(Stage.ANALYSE, 0, 1000))
    qtbot.waitUntil(lambda: bool(painted))
    painted.clear()
    for done in range(1000):
        bar.tell(Progress(Stage.ANALYSE, done, 1000))
    assert painted == []
    qtbot.waitUntil(lambda: bool(painted))
