"""What an action does to many rows, and which rows it leaves out for which reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from genretagger.core.errors import DecodeError, TrackRefusedError, UnsupportedFormatError
from genretagger.core.events import TrackAnalysed
from genretagger.core.genres import GenreMapping
from genretagger.core.predictions import Unsure
from genretagger.core.writes import Action, Decision, Policy
from genretagger.review.rows import bulk_actions, decisions, pending_changes
from genretagger.review.rows.bulk_actions import SkipReason
from genretagger.review.rows.confidence_levels import PERSONAL_PREFIX
from genretagger.review.rows.row import State
from genretagger.review.rows.row_events import apply_analysis, make_failed_row, make_row
from tests.helpers.rows import heard, prediction, track


def unheard(name="broken.flac", *, read_only=None, row=None, digest="digest"):
    found = track(name)
    error = DecodeError(found.path, "decode-failed", reason="broken")
    row = row or make_row(found, read_only=read_only)
    return make_failed_row(found.path, error, row=row, hearing_key=digest)


def locked(row):
    return replace(row, read_only=UnsupportedFormatError(row.path, "format-unknown"))


def refused(row):
    error = TrackRefusedError(row.path, "file-unreadable", reason="locked")
    return replace(row, error=error)


def done(action, *rows):
    changed, result = bulk_actions.apply_action(action, dict(enumerate(rows)))
    return [changed.get(row_id, row) for row_id, row in enumerate(rows)], result


PATH = Path("/music/a.flac")
MIXED = {
    "plain": heard(),
    "finer": heard(genres=("Delta Blues",)),
    "not music": heard(unsure=Unsure.NOT_MUSIC),
    "unsure": heard(unsure=Unsure.LOW_CONFIDENCE),
    "locked": locked(heard()),
    "refused": refused(heard()),
    "rejected": decisions.rejected(heard()),
    "typed": decisions.edited(heard(), ("Salsa",)),
    "pending": make_row(track()),
    "broken": unheard(),
    "broken and locked": unheard(
        read_only=UnsupportedFormatError(track().path, "format-unknown"),
    ),
}
TAKEN_BY = [
    (bulk_actions.accept(), {"plain", "finer", "unsure", "locked", "refused", "rejected", "typed"}),
    (bulk_actions.accept(several=True), {"plain", "locked", "refused", "rejected", "typed"}),
    (bulk_actions.accept_album(), {"plain", "typed"}),
    (bulk_actions.accept_sure(0.5), {"plain"}),
    (
        bulk_actions.reject(),
        {"plain", "finer", "not music", "unsure", "locked", "refused", "rejected", "typed"},
    ),
    (bulk_actions.give(("Pop",)), set(MIXED) - {"pending", "broken and locked"}),
    (bulk_actions.choose(1), set(MIXED) - {"pending", "broken", "broken and locked"}),
    (
        bulk_actions.make_uniform(("Pop",)),
        set(MIXED) - {"pending", "broken and locked", "locked"},
    ),
    (
        bulk_actions.copy_decision(Decision(Action.ACCEPT, ("Pop",))),
        set(MIXED) - {"pending", "broken and locked", "locked"},
    ),
    (bulk_actions.take_back(), set(MIXED)),
]


@pytest.mark.parametrize(("action", "taken"), TAKEN_BY, ids=lambda item: getattr(item, "kind", ""))
def test_which_rows_an_action_takes(action, taken):
    assert {name for name, row in MIXED.items() if action.find_skip_reason(row) is None} == taken
    rows, result = done(action, *MIXED.values())
    assert result.n_done == len(taken)
    assert result.n_done + result.left_out.total() == len(MIXED)
    for (name, before), after in zip(MIXED.items(), rows, strict=True):
        if name not in taken:
            assert after is before, name


def test_a_finer_genre_is_left_to_the_user():
    for action in (
        bulk_actions.accept(several=True),
        bulk_actions.accept_album(),
        bulk_actions.accept_sure(0.5),
    ):
        (row,), result = done(action, MIXED["finer"])
        assert (row.state, result.left_out) == (State.FINER, {SkipReason.FINER: 1})
    replaced = {Policy.FILL: False, Policy.CORRECT: False, Policy.ADD: True, Policy.REPLACE: True}
    (row,), _ = done(bulk_actions.accept(), MIXED["finer"])
    for policy, changes in replaced.items():
        change = pending_changes.propose_change(row, policy)
        assert (change.after != change.before) is changes, policy
    for action in (bulk_actions.choose(0), bulk_actions.give(("Blues",))):
        (row,), _ = done(action, MIXED["finer"])
        assert pending_changes.propose_change(row, Policy.CORRECT).after == ("Blues",)


def test_the_own_genre_of_several_tracks_leaves_a_finer_one_alone():
    own = prediction("Blues", model=PERSONAL_PREFIX + "mine")
    finer = replace(heard(genre="rock", genres=("Delta Blues",)), personal=own)
    other = replace(heard(genre="rock", genres=("Pop",)), personal=own)
    _, result = done(bulk_actions.accept_personal(several=True), finer, other)
    assert (result.n_done, result.left_out) == (1, {SkipReason.FINER: 1})
    (row,), _ = done(bulk_actions.accept_personal(), finer)
    assert row.suggested == ("Blues",)


def test_an_album_keeps_what_was_decided_in_it():
    (plain, typed, turned_down), result = done(
        bulk_actions.accept_album(), MIXED["plain"], MIXED["typed"], MIXED["rejected"]
    )
    assert plain.suggested == ("Blues",)
    assert plain.state is State.ACCEPTED
    assert typed.suggested == ("Salsa",)
    assert turned_down.state is State.REJECTED
    assert result.left_out == {SkipReason.REJECTED: 1}


def test_each_row_gets_what_it_sounds_like_second():
    rows, _ = done(bulk_actions.choose(1), heard(genre="blues"), heard(genre="jazz"))
    assert [row.suggested for row in rows] == [("Classical",), ("Blues",)]
    mapping = GenreMapping((("classical", ("Baroque", "Early Music")),))
    (row,), _ = done(bulk_actions.choose(1), replace(heard(), mapping=mapping))
    assert row.suggested == ("Baroque", "Early Music")


def test_a_choice_is_added_to_the_genres_that_were_given():
    first, second = bulk_actions.add_choice(0), bulk_actions.add_choice(1)
    (row,), _ = done(second, heard(genre="jazz"))
    assert row.suggested == ("Jazz", "Blues"), "nothing was given yet: beside what is suggested"
    assert done(first, row)[0] == done(second, row)[0] == [row], "it is there already"
    (row,), _ = done(second, decisions.rejected(heard(genre="jazz")))
    assert row.suggested == ("Blues",)
    (row,), _ = done(second, decisions.accepted(heard(genre="jazz")))
    assert (row.suggested, row.decision.chosen) == (("Jazz", "Blues"), True)


def test_there_is_no_more_to_choose_than_was_heard():
    (row,), result = done(bulk_actions.choose(30), heard())
    assert row.decision is None
    assert result.left_out == {SkipReason.NO_GENRE: 1}


def test_a_rejection_can_be_copied_too():
    (row, broken), _ = done(
        bulk_actions.copy_decision(Decision(Action.REJECT)), heard(), MIXED["broken"]
    )
    assert row.state is State.REJECTED
    assert broken.state is State.FAILED


# What could not be heard


def test_a_track_that_could_not_be_heard_takes_a_genre_that_is_typed_and_asks_for_its_write():
    broken = unheard()
    row = decisions.edited(broken, ("Spoken Word",))
    assert (row.state, row.outstanding, row.error) == (State.ACCEPTED, True, None)
    assert decisions.accepted(broken) is broken
    (request,) = pending_changes.make_requests(pending_changes.propose_changes([row], Policy.FILL))
    assert (request.genres, request.audio_digest) == (("Spoken Word",), "digest")
    assert decisions.cleared(row) == broken
    assert broken.state is State.FAILED


def test_without_a_digest_no_genre_can_be_given():
    row = unheard(digest=None)
    assert not decisions.can_be_given(row)
    assert decisions.edited(row, ("Pop",)) is row


def test_a_genre_given_earlier_to_what_cannot_be_heard_is_still_there():
    earlier = Decision(Action.ACCEPT, ("Pop",))
    found = unheard()
    row = make_failed_row(found.path, found.unheard, hearing_key="digest", decision=earlier)
    assert (row.state, row.suggested) == (State.ACCEPTED, ("Pop",))
    turned_down = make_failed_row(
        found.path, found.unheard, hearing_key="digest", decision=Decision(Action.REJECT)
    )
    assert turned_down.state is State.FAILED


def test_a_file_whose_audio_changed_loses_what_was_heard_of_the_old_one():
    row = decisions.accepted(heard())
    same = unheard(row=row, digest=row.audio_digest)
    assert (same.prediction, same.decision) == (row.prediction, row.decision)
    other = unheard(row=row, digest="other")
    assert (other.prediction, other.decision, other.state) == (None, None, State.FAILED)


def test_what_is_heard_at_last_is_as_if_it_had_never_failed():
    found = track("broken.flac")
    event = TrackAnalysed(found, "digest", prediction())
    assert apply_analysis(unheard(), event) == apply_analysis(make_row(found), event)


def test_accept_all_never_takes_unsure_failed_settled_unwritable_or_pending_rows():
    read_only = UnsupportedFormatError(PATH, "format-unknown")
    refused = TrackRefusedError(PATH, "file-unreadable", reason="locked")
    failed = make_failed_row(PATH, refused, row=heard())
    rows = dict(
        enumerate(
            [
                heard(confidence=0.8),
                heard(confidence=0.79),
                heard(unsure=Unsure.LOW_CONFIDENCE),
                decisions.rejected(heard()),
                failed,
                heard(read_only=read_only),
                make_row(track()),
            ]
        )
    )
    changed, result = bulk_actions.apply_action(bulk_actions.accept_sure(0.8), rows)
    assert list(changed) == [0]
    assert result.n_done == 1
    assert result.left_out == dict.fromkeys(
        [
            SkipReason.BELOW,
            SkipReason.UNSURE,
            SkipReason.SETTLED,
            SkipReason.FAILED,
            SkipReason.READ_ONLY,
            SkipReason.NOT_HEARD,
        ],
        1,
    )
    assert changed[0].state is State.ACCEPTED
