"""What a threshold accepts, of a few rows whose confidences add up easily."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import DecodeError, UnsupportedFormatError
from genretagger.core.predictions import GenreScore, Level, Prediction, Unsure
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.decisions import accepted, is_sure, rejected
from genretagger.review.rows.row import Row
from genretagger.review.statistics.threshold_curve import EMPTY_CURVE, ThresholdPoint, compute_curve

PATH = Path("/music/a.flac")


def row(confidence, *, unsure=None, **fields):
    scores = (GenreScore("rock", confidence), GenreScore("pop", 1 - confidence))
    heard = Prediction("rock", confidence, scores, (), unsure, Level.LOW, "model")
    return Row(PATH, prediction=heard, hearing_key="digest", **fields)


def test_what_a_threshold_takes_and_how_often_it_is_expected_to_be_right():
    rows = [row(0.95), row(0.85), row(0.6), row(0.9, unsure=Unsure.UNFAMILIAR)]
    taken = compute_curve(rows).at(0.8)
    assert (taken.n, taken.n_open) == (2, 4)
    assert taken.share == 0.5
    assert taken.precision == pytest.approx(0.9)
    assert taken.n_wrong == 0, "0.2 of a track"
    everything = compute_curve(rows).at(0.0)
    assert (everything.n, everything.n_wrong) == (3, 1)
    assert everything.precision == pytest.approx(0.8)


def test_a_threshold_that_takes_nothing_has_no_precision():
    assert compute_curve([row(0.5)]).at(0.9) == ThresholdPoint(0, 1, 0.0)
    assert compute_curve([row(0.5)]).at(0.9).precision is None
    assert EMPTY_CURVE.at(0.5).share == 0.0
    assert EMPTY_CURVE.n_open == 0


def test_only_what_is_still_open_counts():
    open_row = row(0.9)
    settled = [
        accepted(open_row),
        rejected(open_row),
        replace(open_row, error=DecodeError(PATH, "decode-failed", reason="broken")),
        replace(open_row, read_only=UnsupportedFormatError(PATH, "format-unknown")),
        Row(PATH),
    ]
    assert compute_curve([*settled, open_row]).at(0.0) == ThresholdPoint(1, 1, 0.9)


def test_no_threshold_takes_what_agrees_with_a_finer_genre():
    finer, same = (row(0.9, current_genres=(genre,)) for genre in ("Grunge", "Rock"))
    assert compute_curve([finer, same]).at(0.0) == ThresholdPoint(1, 2, 0.9)
    assert [is_sure(one, 0.0) for one in (finer, same)] == [False, True]


def test_an_album_raises_the_confidence_and_may_settle_a_doubt():
    album = AlbumContext(4, 4, 0.9, Level.HIGH)
    doubtful = row(0.4, unsure=Unsure.LOW_CONFIDENCE)
    assert compute_curve([doubtful]).at(0.0).n == 0
    assert compute_curve([replace(doubtful, album=album)]).at(0.9).n == 1
    assert compute_curve([row(0.7, album=album)]).at(0.9).n == 1


rows_of_all_kinds = st.lists(
    st.builds(
        row,
        st.integers(0, 100).map(lambda whole: whole / 100) | st.floats(0.0, 1.0),
        unsure=st.sampled_from([None, Unsure.LOW_CONFIDENCE]),
        album=st.sampled_from([None, AlbumContext(4, 4, 0.7, Level.MEDIUM)]),
    ),
    max_size=8,
)


@given(rows=rows_of_all_kinds, whole=st.integers(0, 100))
def test_a_threshold_takes_exactly_what_accepting_from_there_on_takes(rows, whole):
    threshold = whole / 100
    assert compute_curve(rows).at(threshold).n == sum(is_sure(one, threshold) for one in rows)


@given(rows=rows_of_all_kinds)
def test_a_higher_threshold_takes_less_and_is_right_more_often(rows):
    points = compute_curve(rows).points
    for lower, higher in pairwise(points):
        assert higher.n <= lower.n
        if lower.precision is not None and higher.precision is not None:
            assert higher.precision >= lower.precision - 1e-9
