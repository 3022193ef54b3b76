"""The stream of an analysis: hearing begins while the walk goes on, in the order that is asked."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from concurrent.futures import Future
from contextlib import closing

import pytest
from pebble import ProcessExpired

from genretagger import pipeline
from genretagger.core.events import Failure, Progress, Stage, TrackAnalysed, TrackFound
from genretagger.core.hearing_control import HearingControl
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.library.scan import walk
from genretagger.pipeline import analysing
from genretagger.pipeline.track_workers import TrackWorkers
from genretagger.pipeline.walker import Ended, Walker
from tests.helpers.samples import encode
from tests.helpers.waiting import LIMIT_S, wait_for


@pytest.fixture
def context(home):
    return pipeline.Context(UserFolders(home), Settings(jobs=1))


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    for seed, name in enumerate(("a.flac", "b.flac", "c.flac", "d.flac")):
        encode(folder / name, seconds=4, noise=0.2, seed=seed)
    return folder


def run(music, context, **named):
    return pipeline.analyse([music], context=context, cancel=threading.Event(), **named)


def names(kind, events):
    return [event.track.path.name for event in events if isinstance(event, kind)]


def test_the_first_track_is_heard_while_the_walk_goes_on(music, context, monkeypatch):
    heard = threading.Event()

    def slow_walk(paths, *, skip_hidden):
        for n_yielded, item in enumerate(walk(paths, skip_hidden=skip_hidden)):
            if n_yielded == 2:
                assert heard.wait(LIMIT_S)
            yield item

    monkeypatch.setattr(analysing, "walk", slow_walk)
    events = []
    for event in run(music, context):
        events.append(event)
        if isinstance(event, TrackAnalysed):
            heard.set()
    assert len(names(TrackAnalysed, events)) == 4
    totals = [e.total for e in events if isinstance(e, Progress) and e.stage is Stage.ANALYSE]
    assert totals == sorted(totals)
    assert totals[0] < totals[-1] == 4


def test_tracks_are_found_in_the_order_of_the_walk_known_or_not(music, context):
    list(run(music, context))
    encode(music / "b.flac", seconds=4, noise=0.2, seed=9)
    encode(music / "bb.flac", seconds=4, noise=0.2, seed=10)
    (music / "c.flac").write_bytes(b"no audio at all")
    events = list(run(music, context))
    assert names(TrackFound, events) == ["a.flac", "b.flac", "bb.flac", "d.flac"]
    assert [event.path.name for event in events if isinstance(event, Failure)] == ["c.flac"]
    cached = {e.track.path.name for e in events if isinstance(e, TrackAnalysed) and e.cached}
    assert cached == {"a.flac", "d.flac"}


def test_what_is_on_screen_is_heard_first(music, context):
    control = HearingControl()
    control.prefer([music / "away.flac", music / "d.flac", music / "c.flac"])
    heard = names(TrackAnalysed, run(music, context, control=control))
    assert heard == ["d.flac", "c.flac", "a.flac", "b.flac"]


def test_a_paused_analysis_finds_tracks_but_hears_none_until_it_goes_on(music, context):
    control, events = HearingControl(), []
    control.paused.set()
    with closing(run(music, context, control=control)) as job:
        for event in job:
            events.append(event)
            if len(names(TrackFound, events)) == 4:
                break
        assert not names(TrackAnalysed, events)
        resumer = threading.Timer(0.5, control.paused.clear)
        resumer.start()
        events += job
        assert not resumer.is_alive()
    assert len(names(TrackAnalysed, events)) == 4


def test_an_analysis_that_is_paused_half_way_goes_on_with_the_same_workers(
    music, context, monkeypatch
):
    made, control = [], HearingControl()

    class Kept(TrackWorkers):
        def __init__(self, *args, **named):
            super().__init__(*args, **named)
            made.append(self)

    monkeypatch.setattr(analysing, "TrackWorkers", Kept)
    for event in run(music, context, control=control):
        if isinstance(event, TrackAnalysed) and not control.paused.is_set() and len(made) == 1:
            control.paused.set()
            made.append(made[0].pids())
            threading.Timer(0.5, control.paused.clear).start()
        elif isinstance(event, Progress) and event.done == event.total == 4:
            assert made[0].pids() == made[1]
    assert len(made) == 2


def test_a_worker_that_dies_while_it_reads_tags_costs_no_other_file(music, context, monkeypatch):
    """The tags of the files that it had are read again, one by one."""

    class Dying(TrackWorkers):
        def read_tags(self, paths):
            if [path.name for path in paths] not in (["a.flac"], ["b.flac"], ["d.flac"]):
                died = Future()
                died.set_exception(ProcessExpired("died", code=-signal.SIGSEGV))
                return died
            return super().read_tags(paths)

    monkeypatch.setattr(analysing, "TrackWorkers", Dying)
    events = list(run(music, context))
    assert sorted(names(TrackAnalysed, events)) == ["a.flac", "b.flac", "d.flac"]
    (failure,) = (event for event in events if isinstance(event, Failure))
    assert "c.flac" in str(failure.error)


@pytest.fixture
def ended_by(monkeypatch):
    """Return a function that has the next workers that hear b.flac end by these signals.

    It returns a list of the names that are heard from then on.
    """

    def ended_by(*signals):
        heard, coming = [], list(signals)

        class Ending(TrackWorkers):
            running = ()

            def hear(self, tasks):
                (task,) = tasks
                self.running = [future for future in self.running if not future.done()]
                is_alone = not self.running
                heard.append(f"{task.path.name}{' alone' if is_alone else ''}")
                if task.path.name == "b.flac" and coming:
                    future = self._processes.submit(
                        signal.raise_signal, coming.pop(0), give_up_after_s=LIMIT_S
                    )
                else:
                    (future,) = super().hear(tasks)
                self.running.append(future)
                return [future]

        monkeypatch.setattr(analysing, "TrackWorkers", Ending)
        return heard

    return ended_by


def failures(events):
    return [event for event in events if isinstance(event, Failure)]


def test_a_track_whose_worker_is_killed_is_heard_once_more_alone(music, context, ended_by):
    heard = ended_by(signal.SIGKILL)
    events = list(run(music, context))
    assert not failures(events)
    assert sorted(names(TrackAnalysed, events)) == ["a.flac", "b.flac", "c.flac", "d.flac"]
    assert len(heard) == 5
    assert heard[-1] == "b.flac alone"


def test_a_track_whose_worker_is_killed_twice_is_not_blamed(music, context, ended_by):
    ended_by(signal.SIGKILL, signal.SIGKILL)
    (failure,) = failures(run(music, context))
    assert failure.error.key == "worker-killed"
    assert failure.hearing_key
    assert names(TrackAnalysed, run(music, context)).count("b.flac") == 1  # not in quarantine


def test_all_tracks_whose_worker_is_killed_are_heard_one_after_the_other(music, context, ended_by):
    """Two of one name: the quarantine and the second try go by file, not by name."""
    (music / "more").mkdir()
    encode(music / "more" / "b.flac", seconds=4, noise=0.2, seed=7)
    heard = ended_by(signal.SIGKILL, signal.SIGKILL)
    events = list(run(music, context))
    assert not failures(events)
    assert len(names(TrackAnalysed, events)) == 5
    assert heard[-2:] == ["b.flac alone", "b.flac alone"]


@pytest.fixture
def quarantined(music, context, ended_by):
    """Return the list of what is heard from now on; on b.flac, the decoder has crashed."""
    heard = ended_by(signal.SIGSEGV)
    (failure,) = failures(run(music, context))
    assert failure.error.key == "decoder-crashed"
    assert len(heard) == 4  # not tried again
    heard.clear()
    return heard


def test_a_file_that_crashed_the_decoder_is_not_heard_again_but_named(music, context, quarantined):
    events = list(run(music, context))
    (failure,) = failures(events)
    assert str(failure.error).startswith(f"{music / 'b.flac'} made the decoder crash before")
    assert failure.track is not None
    assert failure.hearing_key is not None
    assert quarantined == []
    assert events[-1] == Progress(Stage.ANALYSE, 4, 4)


def test_a_file_in_quarantine_is_heard_again_once_it_changes(music, context, quarantined):
    encode(music / "b.flac", seconds=4, noise=0.2, seed=8)
    assert not failures(run(music, context))
    assert quarantined == ["b.flac alone"]


@pytest.mark.parametrize(("name", "use_cache"), [("b.flac", True), ("", False)])
def test_a_file_in_quarantine_is_heard_if_it_is_asked_for(
    music, context, quarantined, name, use_cache
):
    events = run(music / name, context, use_cache=use_cache)
    assert "b.flac" in names(TrackAnalysed, events)
    assert not failures(run(music, context))  # which releases it


def test_a_file_that_hung_the_decoder_is_in_quarantine_too(music, context, monkeypatch):
    class Hanging(TrackWorkers):
        def hear(self, tasks):
            if tasks[0].path.name != "b.flac":
                return super().hear(tasks)
            hung = Future()
            hung.set_exception(TimeoutError("Task timeout", 300))
            return [hung]

    with monkeypatch.context() as patch:
        patch.setattr(analysing, "TrackWorkers", Hanging)
        assert [failure.error.key for failure in failures(run(music, context))] == ["decoder-hung"]
    (failure,) = failures(run(music, context))
    assert failure.error.key == "decoder-hung-before"


def test_a_worker_that_is_killed_while_it_reads_tags_is_no_failure(music, context, monkeypatch):
    """The tags that it had are read one by one, and those of one file once more."""
    n_read = Counter()

    class Killed(TrackWorkers):
        def read_tags(self, paths):
            n_read.update(paths)
            if n_read[music / "b.flac"] < 3 and music / "b.flac" in paths:
                killed = Future()
                killed.set_exception(ProcessExpired("killed", code=-signal.SIGKILL))
                return killed
            return super().read_tags(paths)

    monkeypatch.setattr(analysing, "TrackWorkers", Killed)
    assert len(names(TrackAnalysed, run(music, context))) == 4
    assert n_read[music / "b.flac"] == 3


def test_an_error_of_the_walk_ends_the_analysis(music, context, monkeypatch):
    def broken(_paths, *, skip_hidden):
        raise ZeroDivisionError(skip_hidden)
        yield

    monkeypatch.setattr(analysing, "walk", broken)
    with pytest.raises(ZeroDivisionError):
        list(run(music, context))


def test_a_walker_is_never_further_ahead_than_it_may():
    taken = []
    walker = Walker(iter(range(100)), taken.append, most_ahead=3)
    walker.start()
    wait_for(lambda: len(taken) == 3)
    walker.finished()
    wait_for(lambda: len(taken) == 4)
    walker.stop()
    assert taken == [0, 1, 2, 3]


def test_a_walker_says_when_it_ends():
    taken = []
    walker = Walker("ab", taken.append, most_ahead=3)
    walker.start()
    wait_for(lambda: len(taken) == 3)
    walker.stop()
    assert taken[:2] == ["a", "b"]
    assert isinstance(taken[2], Ended)
    assert taken[2].error is None
