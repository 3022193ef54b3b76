"""Reports of jobs: files in groups by fate and reason."""

from __future__ import annotations

from pathlib import Path

from genretagger.core.errors import DecodeError, TrackRefusedError, TrackSilentError
from genretagger.core.writes import WriteResult, WriteStatus
from genretagger.review.rows.job_report import Fate, report_failures, report_writes
from genretagger.review.rows.row_events import make_failed_row, make_row
from tests.helpers.rows import track


def path(n):
    return Path(f"/music/{n}.flac")


def refused(n, key="file-write-protected", status=WriteStatus.REFUSED, **values):
    return WriteResult(path(n), status, reason=TrackRefusedError(path(n), key, **values))


def written(n):
    return WriteResult(path(n), WriteStatus.WRITTEN)


def names(report):
    return [(group.fate, [one.stem for one in group.paths]) for group in report.groups]


def test_files_of_one_reason_are_one_group_and_what_failed_comes_first():
    report = report_writes(
        [
            written(1),
            refused(2),
            refused(3, "file-gone"),
            refused(4, "file-gone"),
            refused(5, "write-failed", WriteStatus.FAILED, reason="I/O error"),
        ]
    )
    assert names(report) == [
        (Fate.FAILED, ["5"]),
        (Fate.REFUSED, ["3", "4"]),
        (Fate.REFUSED, ["2"]),
        (Fate.WRITTEN, ["1"]),
    ]
    assert (report.n_not_done, report.n_files) == (4, 5)
    assert report.paths_not_done() == {path(2), path(3), path(4), path(5)}


def test_what_was_not_tried_can_be_tried_again():
    report = report_writes([written(1)], asked=[path(1), path(2), path(3)], n_left=2)
    assert names(report) == [(Fate.LEFT, ["2", "3"]), (Fate.WRITTEN, ["1"])]
    assert (report.n_not_done, report.n_files) == (2, 3)
    assert report.paths_not_done() == {path(2), path(3)}


def test_what_was_not_tried_is_counted_also_where_nobody_knows_the_files():
    report = report_writes([WriteResult(path(1), WriteStatus.RESTORED)], n_left=7)
    assert names(report) == [(Fate.RESTORED, ["1"])]
    assert (report.n_not_done, report.n_files) == (7, 8)


def test_of_tracks_only_those_that_failed_are_told():
    broken = [
        make_failed_row(path(n), DecodeError(path(n), "decode-failed", reason="x")) for n in (1, 2)
    ]
    silent = make_failed_row(path(3), TrackSilentError(path(3), "track-silent"))
    report = report_failures([*broken, silent, make_row(track("a.flac"))])
    assert names(report) == [(Fate.FAILED, ["1", "2"])]
    assert report.n_not_done == 2
