"""The counts of rows stay right whatever changes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import DecodeError
from genretagger.core.predictions import Unsure
from genretagger.core.writes import Policy
from genretagger.review.rows.decisions import accepted, edited, rejected
from genretagger.review.rows.row import State
from genretagger.review.rows.row_events import make_row
from genretagger.review.rows.suggestion_mark import WriteRules
from genretagger.review.statistics.tally import Tally
from tests.helpers.rows import heard, track

FAILED = DecodeError(Path("/music/a.flac"), "decode-failed", reason="broken")
ROWS = [
    make_row(track()),
    heard(genre="rock"),
    heard(genre="rock", genres=("Rock",)),
    heard(genre="rock", genres=("Pop",)),
    heard(genre="rock", unsure=Unsure.NOT_MUSIC),
    accepted(heard(genre="rock")),
    accepted(heard(genre="rock", genres=("Rock",))),
    accepted(heard(genre="rock", genres=("Pop",))),
    edited(heard(genre="rock", genres=("Pop",)), ("Rock",)),
    rejected(heard(genre="rock")),
    replace(heard(genre="rock"), error=FAILED),
]


def tally_of(rows, policy=Policy.FILL):
    tally = Tally()
    tally.change((), dict(enumerate(rows)), WriteRules(policy))
    return tally


def seen(tally):
    return +tally.states, tally.n_heard, tally.n_outstanding, tally.n_to_write, tally.n_staying


def test_rows_are_counted_by_state_and_by_what_a_write_does():
    tally = tally_of(ROWS)
    assert (tally.n_tracks, tally.n_heard, tally.n_outstanding) == (len(ROWS), 10, 4)
    assert tally.states[State.MISSING] == 1
    assert tally.states[State.FAILED] == 1
    assert (tally.n_to_write, tally.n_staying) == (2, 2), "what is filled, and what was named"
    assert tally_of(ROWS, Policy.ADD).n_to_write == 3
    tally.follow(ROWS, WriteRules(Policy.REPLACE))
    assert (tally.n_to_write, tally.n_staying) == (3, 1)


@given(st.lists(st.lists(st.sampled_from(ROWS), min_size=4, max_size=4), min_size=1, max_size=4))
def test_counts_after_changes_are_those_of_the_rows_there_are(versions):
    tally, rules = tally_of(versions[0]), WriteRules()
    for old, new in pairwise(versions):
        half = dict(enumerate(new[:2]))
        tally.change(old[:2], half, rules)
        tally.change(old[2:], dict(enumerate(new[2:], 2)), rules)
        assert seen(tally) == seen(tally_of(new))
