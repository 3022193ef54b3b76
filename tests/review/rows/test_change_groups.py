"""Pending changes in groups, and the files that a check refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from genretagger.core.errors import TrackRefusedError
from genretagger.core.writes import Action, Decision, Policy
from genretagger.review.rows import decisions
from genretagger.review.rows.change_groups import PendingChanges
from genretagger.review.rows.pending_changes import Effect, propose_changes
from genretagger.review.rows.row_events import make_row
from tests.helpers.rows import heard, track


def accepted(name, *, genres=(), given=("Rock",)):
    row = make_row(track(name, genres=genres))
    return replace(row, decision=Decision(Action.ACCEPT, given))


DECIDED = Decision(Action.ACCEPT, ("Comedy",), chosen=True)


def propose(rows, policy=Policy.FILL):
    return PendingChanges(propose_changes(rows, policy))


def refusal(row, key="file-write-protected", **values):
    return TrackRefusedError(row.path, key, **values)


def test_a_file_that_will_be_refused_moves_to_its_reason():
    rows = [accepted(f"{n}.flac") for n in range(4)]
    changes = propose(rows)
    changes.refuse({rows[1].path: refusal(rows[1]), rows[2].path: refusal(rows[2], "file-gone")})
    changes.refuse({rows[3].path: refusal(rows[3])})
    groups = [(group.effect, [row.path.name for row in group.rows]) for group in changes.groups()]
    assert groups == [
        (Effect.WRITE, ["0.flac"]),
        (Effect.REFUSE, ["1.flac", "3.flac"]),
        (Effect.REFUSE, ["2.flac"]),
    ]
    assert changes.counts() == {Effect.WRITE: 1, Effect.REFUSE: 3}
    assert [request.path.name for request in changes.requests()] == ["0.flac"]


def test_a_group_that_all_files_left_is_gone():
    rows = [accepted("a.flac"), accepted("b.flac", given=("Jazz",))]
    changes = propose(rows)
    changes.refuse({rows[1].path: refusal(rows[1])})
    assert [group.first.after for group in changes.groups()] == [("Rock",), ()]


def test_what_is_told_of_other_files_changes_nothing():
    changes = propose([accepted("a.flac")])
    changes.refuse({Path("/music/x.flac"): refusal(accepted("x.flac"))})
    assert changes.counts() == {Effect.WRITE: 1}


def test_a_file_is_refused_for_the_reason_told_last():
    row = accepted("a.flac")
    changes = propose([row])
    changes.refuse({row.path: refusal(row)})
    changes.refuse({row.path: refusal(row, "file-gone")})
    (group,) = changes.groups()
    assert group.rows[0].read_only.key == "file-gone"


def names(requests):
    return [request.path.name for request in requests]


def test_files_that_are_taken_out_stay_in_their_group_and_are_not_written():
    rows = [accepted(f"{n}.flac") for n in range(4)]
    changes = propose(rows)
    (group,) = changes.groups()
    changes.take_out(group, [rows[1].path])
    changes.take_out(group, [rows[1].path, rows[2].path])
    assert names(changes.chosen_requests()) == ["0.flac", "3.flac"]
    assert names(changes.requests()) == ["0.flac", "1.flac", "2.flac", "3.flac"]
    assert (changes.count_taken_out(group), changes.count_taken_out()) == (2, 2)
    assert changes.groups() == (group,)
    changes.put_back(group, [row.path for row in rows])
    assert names(changes.chosen_requests()) == names(changes.requests())
    assert changes.count_taken_out() == 0


def test_a_file_that_was_taken_out_and_is_refused_counts_as_refused():
    rows = [accepted(f"{n}.flac") for n in range(3)]
    changes = propose(rows)
    (group,) = changes.groups()
    changes.take_out(group, [rows[0].path, rows[1].path])
    changes.refuse({rows[0].path: refusal(rows[0])})
    assert (changes.counts()[Effect.WRITE], changes.count_taken_out()) == (2, 1)
    assert names(changes.chosen_requests()) == ["2.flac"]


def test_what_is_taken_out_stays_out_under_another_policy():
    rows = [accepted("a.flac", genres=("Pop",)), accepted("b.flac"), accepted("c.flac")]
    taken_out = set()
    changes = PendingChanges(propose_changes(rows, Policy.FILL), taken_out=taken_out)
    changes.take_out(changes.groups()[0], [rows[1].path])
    other = PendingChanges(propose_changes(rows, Policy.REPLACE), taken_out=taken_out)
    assert names(other.chosen_requests()) == ["a.flac", "c.flac"]
    assert other.count_taken_out() == 1


def test_changes_of_an_own_policy_are_told_apart_only_where_it_makes_a_difference():
    given = {"genres": ("Rock",), "given": ("Comedy",)}
    chosen = replace(accepted("b.flac", **given), decision=DECIDED)
    empty = replace(accepted("c.flac", given=("Comedy",)), decision=DECIDED)

    def told(policy):
        rows = [accepted("a.flac", **given), chosen, accepted("d.flac", given=("Comedy",)), empty]
        groups = propose(rows, policy).groups()
        return {(group.first.before, group.first.after): group.first.is_own for group in groups}

    assert told(Policy.FILL) == {
        ((), ("Comedy",)): False,
        (("Rock",), ("Comedy",)): True,
        (("Rock",), ("Rock",)): False,
    }
    assert told(Policy.REPLACE) == {((), ("Comedy",)): False, (("Rock",), ("Comedy",)): False}


def test_changes_are_grouped_writes_first_and_by_size():
    accepted = [decisions.accepted(heard(genre=genre)) for genre in ("pop", "jazz", "jazz")]
    skipped = [decisions.accepted(heard(genres=("Salsa",)))] * 5
    changes = propose_changes([*skipped, *accepted], Policy.FILL)
    groups = PendingChanges(changes).groups()
    assert [(group.first.after, len(group.rows)) for group in groups] == [
        (("Jazz",), 2),
        (("Pop",), 1),
        (("Salsa",), 5),
    ]
