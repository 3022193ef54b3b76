"""Rows for those who cannot renew them wait for their album, and no longer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import DecodeError
from genretagger.core.events import Failure, TrackAnalysed
from genretagger.core.predictions import Threshold, Unsure
from genretagger.gui.tracks.review_controller import ReviewController
from genretagger.review.albums.held_rows import HeldRows
from genretagger.review.genres.mapping import GenreRules
from genretagger.review.rows.confidence_levels import ClassifierLevels, Levels
from tests.helpers.rows import prediction, track

LEVELS = ClassifierLevels(Levels(Threshold(0.95, 0.98, 0.4), Threshold(0.8, 0.95, 0.6)))
ALBUM = [track(f"{n}.flac", album="Album") for n in range(5)]


def heard(found, confidence=0.9, unsure=None):
    said = prediction("jazz", confidence, unsure)
    return TrackAnalysed(found, f"key-{found.path.name}", said)


def held_rows(*expected):
    held = HeldRows(GenreRules(), LEVELS, lambda _track: None)
    for found in expected:
        held.expect(found)
    return held


def names(rows):
    return [row.path.name for row in rows]


def test_a_row_waits_until_all_tracks_of_its_album_are_found_and_heard():
    held = held_rows(*ALBUM)
    assert [names(held.take(heard(found))) for found in ALBUM[:4]] == [[], [], [], []]
    assert names(held.release_complete()) == []
    rows = list(held.take(heard(ALBUM[4], 0.6)))
    assert names(rows) == [f"{n}.flac" for n in range(5)]
    assert rows[4].is_raised
    assert rows[4].effective_confidence > 0.6
    assert names(held.release_all()) == []


def test_an_album_that_is_heard_before_all_is_found_comes_out_when_that_is_known():
    held = held_rows(*ALBUM)
    for found in ALBUM:
        assert names(held.take(heard(found))) == []
    assert len(names(held.release_complete())) == 5


def test_a_track_without_an_album_waits_for_nothing():
    alone = track("alone.flac")
    assert names(held_rows(alone, *ALBUM).take(heard(alone))) == ["alone.flac"]


def test_a_track_that_fails_holds_up_no_album_and_adds_nothing_to_it():
    held = held_rows(*ALBUM)
    held_back = [row for found in ALBUM[:4] for row in held.take(heard(found, 0.6))]
    error = DecodeError(ALBUM[4].path, "file-unreadable", reason="broken")
    list(held.release_complete())
    rows = list(held.take(Failure(ALBUM[4].path, error, ALBUM[4])))
    assert (held_back, len(rows)) == ([], 5)
    assert rows[-1].error is error
    assert all(row.album.n_others == 3 for row in rows[:-1])


def test_what_is_left_comes_out_when_the_analysis_stops():
    held = held_rows(*ALBUM)
    list(held.take(heard(ALBUM[0])))
    assert names(held.release_all()) == ["0.flac"]


@pytest.mark.parametrize("found", [None, ALBUM[0]])
def test_a_failure_that_nothing_announced_comes_at_once(found):
    error = DecodeError(ALBUM[0].path, "file-unreadable", reason="broken")
    (row,) = held_rows().take(Failure(ALBUM[0].path, error, found))
    assert row.error is error


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "One", "Two"]),
            st.floats(0.2, 0.99),
            st.sampled_from([None, Unsure.LOW_CONFIDENCE, Unsure.OUTSIDE, Unsure.NOT_MUSIC]),
        ),
        max_size=14,
    ),
    st.randoms(use_true_random=False),
)
def test_its_numbers_are_those_of_the_window(albums, random):
    tracks = [track(f"{n}.flac", album=album) for n, (album, _, _) in enumerate(albums)]
    events = [
        heard(found, confidence, unsure)
        for found, (_, confidence, unsure) in zip(tracks, albums, strict=True)
    ]
    random.shuffle(events)
    window = ReviewController()
    window.set_meanings(LEVELS)
    for event in events:
        window.take([event], lambda _track: None)
    held = held_rows(*tracks)
    rows = [row for event in events for row in held.take(event)]
    rows += [*held.release_complete(), *held.release_all()]
    shown = {row.path: row for row in window.model.rows()}
    assert len(rows) == len(tracks)
    for row in rows:
        expected = shown[row.path]
        assert replace(row, joined_by="") == replace(expected, joined_by="")
        assert row.effective_confidence == expected.effective_confidence
