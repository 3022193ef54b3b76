"""A decision changes the decision and the error of a row, and no other field."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import DecodeError
from genretagger.core.events import TrackAnalysed
from genretagger.core.genres import GenreMapping
from genretagger.core.predictions import Level
from genretagger.core.rules import Rule, RuleKind
from genretagger.core.writes import Action, Decision
from genretagger.review.rows import decisions
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.decisions import with_album, with_decision
from genretagger.review.rows.row import Row, State
from genretagger.review.rows.row_events import apply_analysis, make_row
from tests.helpers.rows import heard, prediction, track

ERROR = DecodeError(Path("/music/a.flac"), "decode-failed", reason="broken")


def full_row():
    """Return a row in which no field has its default."""
    found = track(genres=("Pop",))
    return Row(
        found.path,
        found,
        found.tags.genres,
        found.stamp,
        prediction("jazz", 0.6),
        "digest",
        Decision(Action.REJECT),
        ERROR,
        ERROR,
        ERROR,
        "; ",
        confirmed=True,
        personal=prediction("Dub", model="personal:x"),
        album=AlbumContext(3, 2, 0.7, prediction().level),
        mapping=GenreMapping((("jazz", ("Swing",)),)),
        written_as=(100, 7),
        with_styles=False,
        rule=Rule(RuleKind.ARTIST, "Artist", ("Folk",)),
    )


def test_a_row_that_is_decided_on_keeps_every_other_field():
    row = full_row()
    plain = Row(row.path)
    given = [one.name for one in fields(Row) if one.init and one.name != "path"]
    assert [name for name in given if getattr(row, name) == getattr(plain, name)] == []
    accept = Decision(Action.ACCEPT, ("Swing",))
    assert with_decision(row, accept, error=None) == replace(row, decision=accept, error=None)
    assert with_decision(row, None, error=ERROR) == replace(row, decision=None, error=ERROR)
    album = AlbumContext(4, 3, 0.99, Level.HIGH)
    assert with_album(row, album) == replace(row, album=album)
    assert with_album(row, None) == replace(row, album=None)


def test_a_row_that_is_heard_again_keeps_what_hearing_does_not_change():
    row, event = full_row(), TrackAnalysed(track("new.flac", genres=("Ska",)), "k", prediction())
    again = apply_analysis(row, event)
    heard_anew = {
        "track": event.track,
        "current_genres": ("Ska",),
        "stamp": event.track.stamp,
        "prediction": event.prediction,
        "hearing_key": "k",
    }
    plain = Row(row.path)
    dropped = ("decision", "error", "unheard", "personal", "album", "mapping", "written_as")
    dropped = (*dropped, "with_styles")
    assert again == replace(row, **heard_anew, **{name: getattr(plain, name) for name in dropped})


def test_a_state_can_be_counted_and_found_by_its_value():
    assert State("accepted") is State.ACCEPTED
    assert len({State.ACCEPTED, State("accepted"), State.WRITTEN}) == 2


def test_accept_reject_and_take_back():
    row = heard()
    taken = decisions.accepted(row)
    assert taken.decision == Decision(Action.ACCEPT, ("Blues",))
    assert (taken.state, taken.outstanding) == (State.ACCEPTED, True)
    turned = decisions.rejected(taken)
    assert (turned.state, turned.outstanding) == (State.REJECTED, False)
    assert decisions.cleared(turned) == row


def test_nothing_can_be_decided_before_a_track_was_heard():
    row = make_row(track())
    assert decisions.accepted(row) is row
    assert decisions.rejected(row) is row
    assert decisions.edited(row, ("Pop",)) is row


def test_an_empty_edit_changes_nothing():
    row = heard()
    assert decisions.edited(row, decisions.parse_genres("  ; ;")) is row


@pytest.mark.parametrize(
    ("text", "genres"),
    [
        ("Blues", ("Blues",)),
        (" acid   Jazz ;EDM;edm; ", ("acid Jazz", "EDM")),
        ("R&B/Soul, 70s", ("R&B/Soul, 70s",)),
        ("hiphop; Hip-Hop", ("Hip-Hop",)),
        ("", ()),
    ],
)
def test_typed_genres_keep_their_case_and_stand_once(text, genres):
    assert decisions.parse_genres(text) == genres


@given(st.text())
def test_typed_genres_are_a_fixed_point(text):
    genres = decisions.parse_genres(text)
    assert decisions.parse_genres("; ".join(genres)) == genres
    assert all(genre == genre.strip() and genre for genre in genres)
