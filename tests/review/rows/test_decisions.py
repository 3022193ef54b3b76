"""A decision changes what it says and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

from genretagger.core.errors import DecodeError
from genretagger.core.genres import GenreMapping
from genretagger.core.writes import Action, Decision
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.decisions import with_decision
from genretagger.review.rows.row import Row, State
from tests.helpers.rows import prediction, track

ERROR = DecodeError(Path("/music/a.flac"), "decode-failed", reason="broken")


def full_row():
    """Return a row of which no field is what it is by itself."""
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
    )


def test_a_row_that_is_decided_on_keeps_every_other_field():
    row = full_row()
    plain = Row(row.path)
    given = [one.name for one in fields(Row) if one.init and one.name != "path"]
    assert [name for name in given if getattr(row, name) == getattr(plain, name)] == []
    accept = Decision(Action.ACCEPT, ("Swing",))
    assert with_decision(row, accept, error=None) == replace(row, decision=accept, error=None)
    assert with_decision(row, None, error=ERROR) == replace(row, decision=None, error=ERROR)


def test_a_state_can_be_counted_and_found_by_its_value():
    assert State("accepted") is State.ACCEPTED
    assert len({State.ACCEPTED, State("accepted"), State.WRITTEN}) == 2
