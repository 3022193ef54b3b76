"""Each track of a review comes with the decision of an earlier session."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from genretagger.core.errors import Cancelled, DecodeError, StoreError, TrackError
from genretagger.core.events import (
    AllFound,
    Failure,
    Problem,
    Progress,
    Stage,
    TrackAnalysed,
    TrackFound,
    UnreadableFolder,
)
from genretagger.core.predictions import SegmentScores
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.writes import Action, Decision
from genretagger.library.decision_store import DecisionStore, StoredDecision
from genretagger.pipeline import Context, reviewing
from genretagger.pipeline.reviewing import for_review, rows_with_albums
from tests.helpers.rows import prediction, track

HEARD, BROKEN = track("a.flac"), track("b.flac")
ACCEPTED = Decision(Action.ACCEPT, ("Jazz",))


@pytest.fixture
def decisions(tmp_path):
    with closing(DecisionStore(tmp_path / "session.sqlite")) as store:
        yield store


def review(*events, roots=(Path("/music"),), decisions=None):
    def analysis():
        yield from events

    return list(for_review(analysis(), roots=roots, decisions=decisions))


def test_tracks_and_failures_come_with_their_decisions(decisions):
    decisions.save(
        [
            StoredDecision("digest-a", HEARD.path, ACCEPTED),
            StoredDecision("digest-b", BROKEN.path, ACCEPTED),
        ]
    )
    error = DecodeError(BROKEN.path, "file-unreadable", reason="broken")
    heard, failed, progress = review(
        TrackAnalysed(HEARD, "digest-a", prediction()),
        Failure(BROKEN.path, error, BROKEN, "digest-b"),
        Progress(Stage.ANALYSE, 2, 2),
        decisions=decisions,
    )
    assert heard.decision == failed.decision == ACCEPTED
    assert progress == Progress(Stage.ANALYSE, 2, 2)


def test_decisions_on_many_tracks_are_one_query(decisions):
    tracks = [track(f"{number}.flac") for number in range(50)]
    decisions.save([StoredDecision(found.path.name, found.path, ACCEPTED) for found in tracks])
    statements = []
    decisions._connection.set_trace_callback(statements.append)
    events = review(
        *(TrackAnalysed(found, found.path.name, prediction()) for found in tracks),
        decisions=decisions,
    )
    assert [event.decision for event in events] == [ACCEPTED] * 50
    assert len(statements) == 1


def test_predictions_come_without_their_segments():
    segments = (SegmentScores(0.0, (0.9, 0.1)),)
    long = replace(prediction(), segments=segments)
    (heard,) = review(TrackAnalysed(HEARD, "digest-a", long))
    assert heard.decision is None
    assert heard.prediction.scores == long.scores
    assert heard.prediction == replace(long, segments=())


def test_a_folder_that_is_away_is_told_as_a_folder_and_as_a_problem():
    root = Path("/music")
    missing = Failure(root, TrackError(root, "path-missing"))
    folder, problem = review(missing, roots=[root])
    assert folder == UnreadableFolder(root)
    assert problem.error.key == "root-missing"


def test_a_folder_that_cannot_be_opened_is_told_as_one_that_is_away_with_the_reason():
    root, below = Path("/music"), Path("/music/closed")
    errors = [TrackError(path, "folder-unreadable", reason="no") for path in (root, below)]
    failures = [Failure(error.path, error) for error in errors]
    folder, problem, failure = review(*failures, roots=[root])
    assert folder == UnreadableFolder(root, errors[0])
    assert problem.error is errors[0]
    assert failure is failures[1]


def test_a_track_that_was_asked_for_and_is_missing_is_gone_and_no_folder_that_is_away():
    path = Path("/music/gone.flac")
    [failure] = review(Failure(path, TrackError(path, "path-missing")), roots=[])
    assert (failure.path, failure.error.key) == (path, "track-gone")


def test_decisions_that_cannot_be_read_are_one_problem_at_the_end(decisions, monkeypatch):
    def fail(*_given, **_named):
        raise StoreError("session-unusable", path="session.sqlite", reason="broken")

    monkeypatch.setattr(DecisionStore, "find_all", fail)
    first, second, problem = review(
        TrackAnalysed(HEARD, "digest-a", prediction()),
        TrackAnalysed(BROKEN, "digest-b", prediction()),
        decisions=decisions,
    )
    assert first.decision is second.decision is None
    assert isinstance(problem, Problem)
    assert problem.error.key == "session-unusable"


def test_an_analysis_that_is_not_read_to_its_end_is_closed():
    closed = []

    def analysis():
        try:
            yield Progress(Stage.SCAN, 1, 0)
            yield Progress(Stage.SCAN, 2, 0)
        finally:
            closed.append(True)

    events = for_review(analysis(), roots=(), decisions=None)
    next(events)
    events.close()
    assert closed == [True]


def test_a_track_that_is_heard_again_comes_with_its_decision_before_it_is_heard(decisions):
    decisions.save([StoredDecision("digest-a", HEARD.path, ACCEPTED)])
    waiting, new = review(TrackFound(HEARD, "digest-a"), TrackFound(BROKEN), decisions=decisions)
    assert waiting == TrackFound(HEARD, "digest-a", ACCEPTED)
    assert new == TrackFound(BROKEN)


def rows_of(*events, error=None):
    def analysis():
        yield from events
        if error is not None:
            raise error

    context = Context(user_folders(), Settings())
    return rows_with_albums(analysis(), context=context)


def test_rows_for_printing_take_the_place_of_the_verdicts():
    album = [track(f"{n}.flac", album="Album") for n in range(4)]
    found = [TrackFound(one) for one in album]
    verdicts = [TrackAnalysed(one, f"key-{one.path.name}", prediction()) for one in album]
    progress = Progress(Stage.ANALYSE, 4, 4)
    *first, last = rows_of(*found, *verdicts[:2], AllFound(), *verdicts[2:], progress)
    assert first[:4] == found
    assert [row.path for row in first[4:]] == [one.path for one in album]
    assert all(row.album is not None for row in first[4:])
    assert last == progress


def test_what_was_heard_before_a_stop_is_printed():
    album = [track(f"{n}.flac", album="Album") for n in range(2)]
    heard = TrackAnalysed(album[0], "key", prediction())
    rows = rows_of(*map(TrackFound, album), heard, error=Cancelled())
    assert [next(rows) for _ in album] == [TrackFound(one) for one in album]
    assert next(rows).path == album[0].path
    with pytest.raises(Cancelled):
        next(rows)


@pytest.mark.parametrize("use_cache", [True, False])
def test_whether_stored_results_count_is_up_to_the_caller(monkeypatch, use_cache):
    asked = {}

    def analyse(paths, **named):
        asked.update(named, paths=paths)
        yield from ()

    monkeypatch.setattr(reviewing, "analyse", analyse)
    events = reviewing.analyse_for_review(
        [HEARD.path], context=None, roots=(), decisions=None, cancel=None, use_cache=use_cache
    )
    assert list(events) == []
    assert (asked["paths"], asked["use_cache"]) == ([HEARD.path], use_cache)
