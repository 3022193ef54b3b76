"""What a write will do, as its check finds out file by file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from genretagger.core.errors import TrackRefusedError
from genretagger.core.writes import Action, Decision, Policy
from genretagger.review.rows.pending_changes import (
    Effect,
    KeptGenres,
    PendingChanges,
    find_kept_genres,
    propose_changes,
)
from genretagger.review.rows.row_events import make_row
from tests.helpers.rows import track


def accepted(name, *, genres=(), wanted=("Rock",)):
    row = make_row(track(name, genres=genres))
    return replace(row, decision=Decision(Action.ACCEPT, wanted))


def forecast(rows, policy=Policy.FILL):
    return PendingChanges(propose_changes(rows, policy))


def refusal(row, key="file-write-protected", **values):
    return TrackRefusedError(row.path, key, **values)


def test_a_file_that_will_be_refused_moves_to_its_reason():
    rows = [accepted(f"{n}.flac") for n in range(4)]
    seen = forecast(rows)
    seen.refuse({rows[1].path: refusal(rows[1]), rows[2].path: refusal(rows[2], "file-gone")})
    seen.refuse({rows[3].path: refusal(rows[3])})
    groups = [(group.effect, [row.path.name for row in group.rows]) for group in seen.groups()]
    assert groups == [
        (Effect.WRITE, ["0.flac"]),
        (Effect.REFUSE, ["1.flac", "3.flac"]),
        (Effect.REFUSE, ["2.flac"]),
    ]
    assert seen.counts() == {Effect.WRITE: 1, Effect.REFUSE: 3}
    assert [request.path.name for request in seen.requests()] == ["0.flac"]


def test_a_group_that_all_files_left_is_gone():
    rows = [accepted("a.flac"), accepted("b.flac", wanted=("Jazz",))]
    seen = forecast(rows)
    seen.refuse({rows[1].path: refusal(rows[1])})
    assert [group.after for group in seen.groups()] == [("Rock",), ()]


def test_what_is_told_of_other_files_changes_nothing():
    seen = forecast([accepted("a.flac")])
    seen.refuse({Path("/music/x.flac"): refusal(accepted("x.flac"))})
    assert seen.counts() == {Effect.WRITE: 1}


def test_a_file_is_refused_for_the_reason_told_last():
    row = accepted("a.flac")
    seen = forecast([row])
    seen.refuse({row.path: refusal(row)})
    seen.refuse({row.path: refusal(row, "file-gone")})
    (group,) = seen.groups()
    assert group.rows[0].read_only.key == "file-gone"


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
