"""The stream of an analysis: hearing begins while the walk goes on, in the order that is asked."""

from __future__ import annotations

import threading
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
from genretagger.pipeline import analysing, stream
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


def test_a_worker_that_dies_while_it_reads_tags_costs_no_other_file(music, context, monkeypatch):
    """The tags of the files that it had are read again, one by one."""

    class Dying(TrackWorkers):
        def read_tags(self, paths):
            if [path.name for path in paths] not in (["a.flac"], ["b.flac"], ["d.flac"]):
                died = Future()
                died.set_exception(ProcessExpired("died"))
                return died
            return super().read_tags(paths)

    monkeypatch.setattr(stream, "TrackWorkers", Dying)
    events = list(run(music, context))
    assert sorted(names(TrackAnalysed, events)) == ["a.flac", "b.flac", "d.flac"]
    (failure,) = (event for event in events if isinstance(event, Failure))
    assert "c.flac" in str(failure.error)


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
