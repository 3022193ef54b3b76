"""A rescan keeps, refreshes, adds and fails rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from genretagger.core.errors import TrackError
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.writes import Action, Decision, WriteResult, WriteStatus
from genretagger.review.rows.decisions import accepted
from genretagger.review.rows.rescan import Rescan, is_known, is_news, refreshed
from genretagger.review.rows.row import State
from genretagger.review.rows.row_events import apply_result, make_failed_row, make_row
from tests.helpers.rows import analysed_row, prediction, track

ACCEPTED = Decision(Action.ACCEPT, ("Blues",))


def changed(found, **tags):
    return replace(
        found, tags=replace(found.tags, **tags), stamp=replace(found.stamp, size_bytes=101)
    )


@pytest.fixture
def found():
    return track("a.flac", folder="/music/x")


def test_a_file_that_has_not_changed_keeps_its_row(found):
    row = analysed_row(found)
    assert refreshed(row, make_row(found)) is row


def test_tags_that_changed_are_taken_in_place_and_the_decision_stays(found):
    row = analysed_row(found, decision=ACCEPTED)
    now = refreshed(row, make_row(changed(found, title="New", genres=("Soul",))))
    assert now.track.tags.title == "New"
    assert now.current_genres == ("Soul",)
    assert (now.decision, now.prediction) == (row.decision, row.prediction)


def test_what_was_written_does_not_count_as_written_once_somebody_took_it_out(found):
    written = replace(ACCEPTED, written=True)
    row = replace(
        analysed_row(found, decision=written), current_genres=("Blues",), stamp=None, confirmed=True
    )
    assert row.state is State.WRITTEN
    assert refreshed(row, make_row(changed(found, genres=("Blues",)))).state is State.WRITTEN
    assert refreshed(row, make_row(changed(found, genres=()))).state is State.ACCEPTED


def test_an_error_goes_with_the_change_that_mends_it(found):
    row = replace(analysed_row(found), error=TrackError(found.path, "track-gone"))
    assert refreshed(row, make_row(changed(found))).error is None


def test_a_verdict_that_says_the_same_is_known(found):
    row = analysed_row(found)
    assert is_known(row, TrackAnalysed(found, "digest-a.flac", prediction()))
    assert not is_known(row, TrackAnalysed(found, "other", prediction()))
    assert not is_known(row, TrackAnalysed(found, "digest-a.flac", prediction(model="newer")))
    own = prediction("jazz", model="personal:x")
    assert not is_known(row, TrackAnalysed(found, "digest-a.flac", prediction(), personal=own))
    gone = replace(row, error=TrackError(found.path, "track-gone"))
    assert not is_known(gone, TrackAnalysed(found, "digest-a.flac", prediction()))
    assert not is_known(make_row(found), TrackAnalysed(found, "digest-a.flac", prediction()))


def test_what_is_new_changed_and_gone_is_counted(found):
    rows = {n: analysed_row(track(f"{n}.flac", folder="/music/x")) for n in range(4)}
    rescan = Rescan()
    rescan.add_file(rows[0], make_row(rows[0].track))
    rescan.add_file(rows[1], make_row(changed(rows[1].track, title="New")))
    rescan.add_file(None, make_row(found))
    rescan.add_failure(Failure(rows[2].path, TrackError(rows[2].path, "tags-unreadable")))
    lost = rescan.find_gone(rows.items())
    assert (rescan.n_new, rescan.n_changed, rescan.n_gone) == (1, 1, 1)
    assert list(lost) == [3]
    assert lost[3].state is State.FAILED
    assert lost[3].prediction is rows[3].prediction


def test_what_this_program_wrote_is_no_change(found):
    row = replace(analysed_row(found), current_genres=("Blues",), stamp=None)
    rescan = Rescan()
    rescan.add_file(row, make_row(changed(found, genres=("Blues",))))
    rescan.add_file(row, make_row(changed(found, genres=("Soul",))))
    assert rescan.n_changed == 1


@pytest.mark.parametrize("unseen", ["/music", "/music/x"])
def test_nothing_is_gone_from_where_nobody_could_look(found, unseen):
    rescan = Rescan()
    path = Path(unseen)
    rescan.add_failure(Failure(path, TrackError(path, "folder-unreadable", reason="no")))
    assert rescan.find_gone([(0, analysed_row(found))]) == {}


def test_what_comes_is_news_unless_it_is_as_the_row_says(found):
    row = analysed_row(found)
    assert is_news(None, found.stamp)
    assert not is_news(row, found.stamp)
    assert not is_news(row, replace(found.stamp, ctime_ns=1))
    assert is_news(row, replace(found.stamp, mtime_ns=1))
    assert is_news(make_failed_row(found.path, TrackError(found.path, "file-empty")), found.stamp)


def test_what_this_program_wrote_is_no_news(found):
    written = apply_result(
        analysed_row(found, decision=ACCEPTED),
        WriteResult(found.path, WriteStatus.WRITTEN, (), ("Blues",), size_and_time=(101, 7)),
    )
    assert not is_news(written, replace(found.stamp, size_bytes=101, mtime_ns=7))
    assert not is_news(accepted(written), replace(found.stamp, size_bytes=101, mtime_ns=7))


def test_what_another_program_changed_after_a_write_is_news(found):
    written = apply_result(
        analysed_row(found, decision=ACCEPTED),
        WriteResult(found.path, WriteStatus.WRITTEN, (), ("Blues",), size_and_time=(101, 7)),
    )
    assert is_news(written, found.stamp)
    changed_later = replace(found.stamp, size_bytes=102, mtime_ns=8)
    assert is_news(written, changed_later)
    heard = refreshed(written, make_row(replace(found, stamp=changed_later)))
    assert not is_news(heard, changed_later)
