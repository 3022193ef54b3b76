"""What writing would do, by the rows and the policy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import UnsupportedFormatError
from genretagger.core.writes import Action, Decision, Policy
from genretagger.review.rows import bulk_actions, decisions
from genretagger.review.rows.pending_changes import (
    Effect,
    KeptGenres,
    find_kept_genres,
    make_requests,
    merge_genres,
    propose_change,
    propose_changes,
)
from genretagger.review.rows.row_events import make_row
from tests.helpers.rows import heard, track


def accepted(name, *, genres=(), given=("Rock",)):
    row = make_row(track(name, genres=genres))
    return replace(row, decision=Decision(Action.ACCEPT, given))


PATH = Path("/music/a.flac")


def test_what_the_user_named_replaces_and_what_he_accepted_follows_the_policy():
    heard_row = heard(genre="pop", genres=("Alternative",))
    named = {
        "typed": decisions.edited(heard_row, ("Comedy", "Folk")),
        "copied": bulk_actions.copy_decision(Decision(Action.ACCEPT, ("Folk",))).decide(heard_row),
        "uniform": bulk_actions.make_uniform(("Folk",)).decide(heard_row),
        "taken": bulk_actions.choose(0).decide(heard_row),
    }
    for how, row in named.items():
        (request,) = make_requests(propose_changes([row], Policy.FILL))
        assert (request.genres, request.policy) == (row.suggested, Policy.REPLACE), how
    for policy in (Policy.FILL, Policy.ADD):
        change = propose_change(decisions.accepted(heard_row), policy)
        assert "Alternative" in change.after
        assert all(request.policy is None for request in make_requests([change]))


def test_protected_genres_are_told_only_where_they_make_a_difference():
    rows = [
        accepted("a.flac", genres=("Soundtrack", "Pop")),
        accepted("b.flac", genres=("Pop",)),
        accepted("c.flac", genres=("soundtrack",)),
    ]
    protected = ("Soundtrack", "Christmas")
    assert find_kept_genres(rows, Policy.REPLACE, protected=protected) == KeptGenres(
        ("Soundtrack", "soundtrack"), 2
    )
    assert find_kept_genres(rows, Policy.ADD, protected=protected) == KeptGenres()
    assert find_kept_genres(rows, Policy.REPLACE, protected=()) == KeptGenres()


@pytest.mark.parametrize(
    ("policy", "before", "after", "effect"),
    [
        (Policy.FILL, (), ("Blues",), Effect.WRITE),
        (Policy.FILL, ("Salsa",), ("Salsa",), Effect.SKIP),
        (Policy.FILL, ("blues",), ("blues",), Effect.NOTHING),
        (Policy.ADD, ("Salsa",), ("Salsa", "Blues"), Effect.WRITE),
        (Policy.ADD, ("BLUES",), ("BLUES",), Effect.NOTHING),
        (Policy.REPLACE, ("Salsa", "Pop"), ("Blues",), Effect.WRITE),
        (Policy.REPLACE, ("Blues",), ("Blues",), Effect.NOTHING),
    ],
)
def test_what_a_policy_makes_of_a_file(policy, before, after, effect):
    row = decisions.accepted(heard(genres=before))
    change = propose_change(row, policy)
    assert (change.before, change.after, change.effect) == (before, after, effect)


@pytest.mark.parametrize(
    ("policy", "before", "effect"),
    [
        (Policy.FILL, (), Effect.REFUSE),
        (Policy.FILL, ("blues",), Effect.NOTHING),
        (Policy.ADD, ("Salsa",), Effect.REFUSE),
        (Policy.REPLACE, ("Blues", "Salsa"), Effect.REFUSE),
    ],
)
def test_a_file_that_cannot_be_written_and_has_the_genre_is_as_it_should_be(policy, before, effect):
    error = UnsupportedFormatError(PATH, "format-unknown")
    change = propose_change(decisions.accepted(heard(genres=before, read_only=error)), policy)
    assert (change.before, change.after, change.effect) == (before, before, effect)


def test_only_accepted_files_that_change_are_asked_for():
    rows = [
        decisions.accepted(heard()),
        decisions.accepted(heard(genres=("Salsa",))),
        decisions.rejected(heard()),
        heard(),
        decisions.accepted(heard(read_only=UnsupportedFormatError(PATH, "format-unknown"))),
    ]
    changes = propose_changes(rows, Policy.FILL)
    assert [change.effect.value for change in changes] == ["write", "skip", "refuse"]
    (request,) = make_requests(changes)
    assert request.genres == ("Blues",)
    assert (request.stamp, request.audio_digest, request.current_genres) == (
        rows[0].stamp,
        rows[0].audio_digest,
        (),
    )


GENRE_LISTS = st.lists(st.sampled_from(["Rock", "rock", "Pop", "Jazz"]), max_size=4).map(tuple)


@given(
    GENRE_LISTS,
    GENRE_LISTS.filter(bool),
    st.sampled_from(Policy),
    st.sampled_from(["", "/"]),
    GENRE_LISTS,
)
def test_no_policy_ever_leaves_a_file_without_genre_and_twice_is_once(
    before, requested, policy, joined_by, protected
):
    how = {"joined_by": joined_by, "protected": protected}
    after = merge_genres(before, requested, policy, **how)
    assert after
    assert merge_genres(after, requested, policy, **how) == after
    if policy in (Policy.FILL, Policy.ADD) and not joined_by:
        assert after[: len(before)] == before
