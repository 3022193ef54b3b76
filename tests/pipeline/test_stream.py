"""The stream of an analysis: hearing begins while the walk goes on, in the order that is asked."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest
from pebble import ProcessExpired

from genretagger import pipeline
from genretagger.core.errors import DecodeError, ModelError
from genretagger.core.events import (
    Failure,
    HeardBefore,
    Progress,
    Stage,
    TrackAnalysed,
    TrackFound,
)
from genretagger.core.hearing_control import HearingControl
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.library.scan import walk
from genretagger.pipeline import analysing, stream, track_workers, walker
from genretagger.pipeline.track_workers import HeardFile, HearingAim, TrackWorkers
from genretagger.pipeline.walker import Ended, Walker
from tests.helpers.model_update import update_model
from tests.helpers.samples import encode
from tests.helpers.waiting import LIMIT_S, running, wait_for


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

    def slow_walk(paths, **named):
        for n_yielded, item in enumerate(walk(paths, **named)):
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


class Pause(threading.Event):
    """A pause that ends when the analysis has asked for it `turns_left` times."""

    turns_left = None

    def is_set(self):
        is_on = self.is_on()
        if is_on and self.turns_left is not None:
            self.turns_left -= 1
            if not self.turns_left:
                self.clear()
        return is_on

    def is_on(self):
        return super().is_set()


@pytest.fixture
def pausable(monkeypatch):
    """Return what pauses an analysis, and the workers, which note the hearing in a pause."""
    control = HearingControl()
    control.paused = Pause()
    made = []

    class Noting(TrackWorkers):
        def __init__(self, *args, **named):
            super().__init__(*args, **named)
            self.heard_in_pause = []
            made.append(self)

        def hear(self, tasks):
            if control.paused.is_on():
                self.heard_in_pause += tasks
            return super().hear(tasks)

    monkeypatch.setattr(analysing, "TrackWorkers", Noting)
    return control, made


def test_a_paused_analysis_finds_tracks_but_hears_none_until_it_goes_on(music, context, pausable):
    control, made = pausable
    control.paused.set()
    events = []
    for event in run(music, context, control=control):
        events.append(event)
        if len(names(TrackFound, events)) == 4 and control.paused.turns_left is None:
            control.paused.turns_left = 3
    (workers,) = made
    assert not workers.heard_in_pause
    assert control.paused.turns_left == 0
    assert len(names(TrackAnalysed, events)) == 4


def test_an_analysis_that_is_paused_half_way_goes_on_with_the_same_workers(
    music, context, pausable
):
    control, made = pausable
    for event in run(music, context, control=control):
        if isinstance(event, TrackAnalysed) and control.paused.turns_left is None:
            control.paused.turns_left = 3
            control.paused.set()
            pids = made[0].pids()
        elif isinstance(event, Progress) and event.done == event.total == 4:
            assert made[0].pids() == pids
    (workers,) = made
    assert not workers.heard_in_pause
    assert control.paused.turns_left == 0


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

    "hung" instead of a signal takes too long. It returns a list of the names that are heard from
    then on, and of those whose key is found out.
    """

    def ended_by(*signals):
        heard, coming = [], list(signals)

        class Ending(TrackWorkers):
            running = ()

            def hear(self, tasks):
                (task,) = tasks
                self.running = [future for future in self.running if not future.done()]
                is_alone = not self.running
                if task.aim is HearingAim.KEY:
                    heard.append(f"{task.path.name} key")
                    return super().hear(tasks)
                heard.append(f"{task.path.name}{' alone' if is_alone else ''}")
                if task.path.name == "b.flac" and coming:
                    future = self.end_by(coming.pop(0))
                else:
                    (future,) = super().hear(tasks)
                self.running.append(future)
                return [future]

            def end_by(self, number):
                if number == "hung":
                    future = Future()
                    future.set_exception(TimeoutError("Task timeout", 300))
                    return future
                return self._processes.submit(signal.raise_signal, number, give_up_after_s=LIMIT_S)

        monkeypatch.setattr(analysing, "TrackWorkers", Ending)
        return heard

    return ended_by


def failures(events):
    return [event for event in events if isinstance(event, Failure)]


@pytest.mark.parametrize("end", [signal.SIGKILL, "hung"])
def test_a_track_whose_worker_is_killed_or_hangs_is_heard_once_more_alone(
    music, context, ended_by, end
):
    """The time for a track goes by the clock, also while the computer sleeps."""
    heard = ended_by(end)
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
    once = ["a.flac", "b.flac", "b.flac key", "c.flac", "d.flac"]
    assert sorted(name.removesuffix(" alone") for name in heard) == once
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


def test_a_file_that_hung_the_decoder_twice_is_in_quarantine_too(music, context, ended_by):
    heard = ended_by("hung", "hung")
    (failure,) = failures(run(music, context))
    assert failure.error.key == "decoder-hung"
    assert failure.hearing_key
    assert heard[-2:] == ["b.flac alone", "b.flac key"]
    (failure,) = failures(run(music, context))
    assert failure.error.key == "decoder-hung-before"


def test_the_key_of_a_file_that_crashed_the_decoder_is_found_out_by_a_worker(
    music, context, ended_by, monkeypatch
):
    """Reading the whole file here would keep other programs from the store."""

    def key_of(*_args, **_named):
        pytest.fail("this process reads audio")

    heard = ended_by(signal.SIGSEGV)
    for module in (track_workers, stream):
        monkeypatch.setattr(module, "hearing_key_of", key_of, raising=False)
    (failure,) = failures(run(music, context))
    assert failure.hearing_key
    assert heard.count("b.flac key") == 1


def test_a_file_that_crashed_the_decoder_and_is_gone_fails_without_a_key(
    music, context, monkeypatch
):
    class Crashing(TrackWorkers):
        def hear(self, tasks):
            if tasks[0].path.name != "b.flac" or tasks[0].aim is HearingAim.KEY:
                return super().hear(tasks)
            tasks[0].path.unlink()
            crashed = Future()
            crashed.set_exception(ProcessExpired("died", code=-signal.SIGSEGV))
            return [crashed]

    monkeypatch.setattr(analysing, "TrackWorkers", Crashing)
    (failure,) = failures(run(music, context))
    assert (failure.error.key, failure.hearing_key) == ("decoder-crashed", None)


def test_a_track_whose_outputs_vanish_from_the_store_is_heard(music, context, monkeypatch):
    """Another program may delete the store, or write a new one."""
    aims = []

    class Seeing(TrackWorkers):
        def hear(self, tasks):
            (task,) = tasks
            if task.path.name != "b.flac":
                return super().hear(tasks)
            aims.append(task.aim)
            if task.aim is HearingAim.NEW:
                seen = Future()
                seen.set_result(HeardFile("a key"))
                return [seen]
            return super().hear(tasks)

    monkeypatch.setattr(analysing, "TrackWorkers", Seeing)
    events = list(run(music, context))
    assert not failures(events)
    assert sorted(names(TrackAnalysed, events)) == ["a.flac", "b.flac", "c.flac", "d.flac"]
    assert aims == [HearingAim.NEW, HearingAim.OUTPUTS]


def test_what_is_stored_before_an_error_is_told_before_it(music, context, monkeypatch):
    """All four futures are finished, so that one turn takes them."""

    class Failing(TrackWorkers):
        def n_to_hear(self, n_waiting, *, is_reading):
            return 0 if is_reading or n_waiting < 4 else 4

        def hear(self, tasks):
            *futures, last = (Future() for _ in tasks)
            for task, future in zip(tasks, futures, strict=False):
                error = DecodeError(task.path, "decode-failed")
                future.set_result(HeardFile(f"key of {task.path.name}", error=error))
            last.set_exception(ModelError("model-missing", name="a", folder="b"))
            return [*futures, last]

    monkeypatch.setattr(analysing, "TrackWorkers", Failing)
    events = []
    with pytest.raises(ModelError):
        events.extend(run(music, context))
    assert [event.path.name for event in failures(events)] == ["a.flac", "b.flac", "c.flac"]


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


@pytest.fixture
def lose(monkeypatch):
    """Return a function that has the workers lose the first `n` tasks: none is begun.

    It returns what the workers are asked for from then on, as names.
    """

    def lose(n_readings, n_hearings):
        asked, left = [], Counter(read=n_readings, hear=n_hearings)

        class Losing(TrackWorkers):
            def read_tags(self, paths):
                asked.append(["read", *(path.name for path in paths)])
                return self.lost("read") or super().read_tags(paths)

            def hear(self, tasks):
                asked.append(["hear", *(task.path.name for task in tasks)])
                lost = self.lost("hear")
                return [lost] if lost else super().hear(tasks)

            def lost(self, work):
                if not left[work]:
                    return None
                left[work] -= 1
                future = Future()
                future.set_exception(BrokenProcessPool())
                return future

        monkeypatch.setattr(analysing, "TrackWorkers", Losing)
        return asked

    return lose


def test_files_that_no_worker_had_begun_are_not_blamed(music, context, lose):
    asked = lose(3, 3)
    events = list(run(music, context))
    assert not failures(events)
    assert len(names(TrackAnalysed, events)) == 4
    readings = [tuple(names) for work, *names in asked if work == "read"]
    assert len(readings) == len(set(readings)) + 3  # each as it was
    assert sorted(sum(set(readings), ())) == ["a.flac", "b.flac", "c.flac", "d.flac"]
    assert sum(work == "hear" for work, *_ in asked) == 4 + 3


@pytest.mark.parametrize("losses", [(10_000, 0), (0, 10_000)])
def test_an_analysis_whose_workers_never_begin_ends(music, context, lose, losses):
    lose(*losses)
    events = list(run(music, context))
    assert [failure.error.key for failure in failures(events)] == ["worker-killed"] * 4


def test_a_walk_that_hangs_keeps_no_worker_and_no_stop_waiting(music, context, monkeypatch):
    over, waits, made = threading.Event(), [], []

    class Kept(TrackWorkers):
        def __init__(self, *args, **named):
            super().__init__(*args, **named)
            made.append(self)

    def hanging(paths, **named):
        yield from walk(paths, **named)
        waits.append(over.wait(LIMIT_S))

    monkeypatch.setattr(analysing, "TrackWorkers", Kept)
    monkeypatch.setattr(analysing, "walk", hanging)
    monkeypatch.setattr(walker, "_MOST_WAIT_S", 0.01)
    job = run(music, context)
    next(event for event in job if isinstance(event, TrackAnalysed))
    (pids,) = [workers.pids() for workers in made]
    job.close()
    assert not waits
    assert not running(pids)
    over.set()


def test_a_stop_ends_the_workers_before_it_waits_for_the_walk(music, context, monkeypatch):
    ended = []

    class Noted(TrackWorkers):
        def stop(self):
            super().stop()
            ended.append("workers")

    class NotedWalker(Walker):
        def join(self):
            super().join()
            ended.append("walk")

    monkeypatch.setattr(analysing, "TrackWorkers", Noted)
    monkeypatch.setattr(stream, "Walker", NotedWalker)
    list(run(music, context))
    assert ended == ["workers", "walk"]


def test_an_error_of_the_walk_ends_the_analysis(music, context, monkeypatch):
    def broken(_paths, **_named):
        raise ZeroDivisionError
        yield

    monkeypatch.setattr(analysing, "walk", broken)
    with pytest.raises(ZeroDivisionError):
        list(run(music, context))


def test_a_walker_is_never_further_ahead_than_it_may():
    taken = []
    walking = Walker(lambda _stopped: range(100), taken.append, most_ahead=3)
    walking.start()
    wait_for(lambda: len(taken) == 3)
    walking.finished()
    wait_for(lambda: len(taken) == 4)
    walking.stop()
    assert taken == [0, 1, 2, 3]


def test_a_walker_that_is_stopped_ends_a_walk_that_finds_nothing():
    entered, taken = threading.Event(), []

    def empty(stopped):
        entered.set()
        stopped.wait(LIMIT_S)
        yield "too late"

    walking = Walker(empty, taken.append, most_ahead=3)
    walking.start()
    assert entered.wait(LIMIT_S)
    walking.stop()
    walking.join()
    assert "too late" not in taken


def test_a_walker_says_when_it_ends():
    taken = []
    walking = Walker(lambda _stopped: "ab", taken.append, most_ahead=3)
    walking.start()
    wait_for(lambda: len(taken) == 3)
    walking.stop()
    assert taken[:2] == ["a", "b"]
    assert isinstance(taken[2], Ended)
    assert taken[2].error is None


# After an update of the program


def test_what_another_embedding_heard_is_told_once_and_heard_again(
    music, context, tmp_path, monkeypatch
):
    before = {e.track.path: e for e in run(music, context) if isinstance(e, TrackAnalysed)}
    encode(music / "e.flac", seconds=4, noise=0.2, seed=9)
    update_model(tmp_path, monkeypatch, embedding_id="new-ear")
    events = list(run(music, context))
    (told,) = [event for event in events if isinstance(event, HeardBefore)]
    assert (told.n_tracks, told.is_all) == (4, True)
    assert told.heard_by.startswith("new-ear ")
    for event in events:
        if isinstance(event, TrackFound):  # a new track waits for no second hearing
            earlier = before.get(event.track.path)
            assert event.hearing_key == (earlier.hearing_key if earlier else None)
        elif isinstance(event, TrackAnalysed):
            assert not event.cached
            assert event.prediction.model_id == "new-model"
    assert not [event for event in run(music, context) if isinstance(event, HeardBefore)]


def test_a_stop_keeps_what_was_heard_again_and_the_rest_is_told_next_time(
    music, context, tmp_path, monkeypatch
):
    list(run(music, context))
    update_model(tmp_path, monkeypatch, embedding_id="new-ear")
    events = run(music, context)
    heard_again = next(event for event in events if isinstance(event, TrackAnalysed))
    events.close()
    again = list(run(music, context))
    (told,) = [event for event in again if isinstance(event, HeardBefore)]
    cached = {e.hearing_key for e in again if isinstance(e, TrackAnalysed) and e.cached}
    assert heard_again.hearing_key in cached
    assert told.n_tracks == 4 - len(cached)


def test_another_classifier_alone_hears_nothing_again_and_says_nothing(
    music, context, tmp_path, monkeypatch
):
    list(run(music, context))
    update_model(tmp_path, monkeypatch)
    monkeypatch.setattr(analysing, "TrackWorkers", None)  # no worker is needed
    events = list(run(music, context))
    assert not [event for event in events if isinstance(event, HeardBefore)]
    heard = [event for event in events if isinstance(event, TrackAnalysed)]
    assert {(event.cached, event.prediction.model_id) for event in heard} == {(True, "new-model")}


def test_a_walk_that_waits_for_verdicts_tells_how_many_are_heard_again_so_far(
    music, context, tmp_path, monkeypatch
):
    list(run(music, context))
    update_model(tmp_path, monkeypatch, embedding_id="new-ear")
    monkeypatch.setattr(stream, "_MOST_AHEAD", 2)
    monkeypatch.setattr(stream, "_MOST_AT_ONCE", 1)
    events = list(run(music, context))
    (told,) = [event for event in events if isinstance(event, HeardBefore)]
    assert not told.is_all
    assert told.n_tracks < 4
    assert len(names(TrackAnalysed, events)) == 4


def test_hearing_without_the_store_is_no_second_hearing(music, context, tmp_path, monkeypatch):
    list(run(music, context))
    update_model(tmp_path, monkeypatch, embedding_id="new-ear")
    events = list(run(music, context, use_cache=False))
    assert not [event for event in events if isinstance(event, HeardBefore)]
