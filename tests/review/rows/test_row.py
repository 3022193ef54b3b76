"""The review without a window: states, decisions, changes, order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import DecodeError, TrackRefusedError, UnsupportedFormatError
from genretagger.core.events import TrackAnalysed
from genretagger.core.predictions import GenreScore, Level, Prediction, Unsure
from genretagger.core.tracks import FileStamp, TagReading, Track
from genretagger.core.writes import Action, Decision, Policy, WriteResult, WriteStatus
from genretagger.review.filter import filters, search_text
from genretagger.review.rows import bulk_actions, decisions, pending_changes
from genretagger.review.rows.bulk_actions import SkipReason
from genretagger.review.rows.row import Row, State
from genretagger.review.rows.row_events import (
    apply_analysis,
    apply_result,
    make_failed_row,
    make_row,
)
from genretagger.review.table import sort_keys

STAMP = FileStamp(1, 2, 3, 4, 5)
PATH = Path("/music/a.flac")


def track(path=PATH, genres=(), title="", container="flac"):
    return Track(path, TagReading(container, title, "", "", "", genres), STAMP)


def analysed(found, genre="blues", confidence=0.9, unsure=None):
    scores = (GenreScore(genre, confidence),)
    heard = Prediction(genre, confidence, scores, (), unsure, Level.HIGH, "m")
    return TrackAnalysed(found, "digest", heard)


def heard_row(genres=(), genre="blues", confidence=0.9, unsure=None, decision=None, **fields):
    found = track(genres=genres)
    row = make_row(found, **fields)
    return apply_analysis(row, analysed(found, genre, confidence, unsure), decision=decision)


# States


@pytest.mark.parametrize(
    ("genres", "genre", "state"),
    [
        ((), "blues", State.MISSING),
        (("Blues",), "blues", State.AGREES),
        (("hip hop",), "hiphop", State.AGREES),
        (("Pop", "Rap"), "hiphop", State.AGREES),
        (("Salsa",), "blues", State.DIFFERS),
    ],
)
def test_the_state_compares_what_is_there_with_what_was_heard(genres, genre, state):
    assert heard_row(genres, genre).state is state


def test_a_track_is_pending_until_it_was_heard():
    row = make_row(track())
    assert row.state is State.PENDING
    assert (row.genre, row.confidence, row.suggested) == (None, None, ())


def test_unsure_goes_before_agreement():
    assert heard_row(("Blues",), unsure=Unsure.SEGMENTS_DISAGREE).state is State.UNSURE


def test_what_is_suggested_is_the_name_that_is_written():
    assert heard_row(genre="hiphop").suggested == ("Hip-Hop",)


def test_a_failure_keeps_what_the_scan_found():
    error = DecodeError(PATH, "decode-failed", reason="broken")
    row = make_failed_row(PATH, error, row=make_row(track(genres=("Pop",))))
    assert row.state is State.FAILED
    assert row.current_genres == ("Pop",)
    assert make_failed_row(PATH, error).track is None


# Decisions


def test_accept_reject_and_take_back():
    row = heard_row()
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
    row = heard_row()
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


def test_accept_all_never_takes_unsure_failed_settled_unwritable_or_pending_rows():
    read_only = UnsupportedFormatError(PATH, "format-unknown")
    refused = TrackRefusedError(PATH, "file-unreadable", reason="locked")
    failed = make_failed_row(PATH, refused, row=heard_row())
    rows = dict(
        enumerate(
            [
                heard_row(confidence=0.8),
                heard_row(confidence=0.79),
                heard_row(unsure=Unsure.LOW_CONFIDENCE),
                decisions.rejected(heard_row()),
                failed,
                heard_row(read_only=read_only),
                make_row(track()),
            ]
        )
    )
    changed, tally = bulk_actions.apply_action(bulk_actions.accept_sure(0.8), rows)
    assert list(changed) == [0]
    assert tally.n_done == 1
    assert tally.left_out == dict.fromkeys(
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


STEPS = st.sampled_from(["accept", "reject", "clear", "edit", "write", "undo", "refuse"])


def stepped(row, step, genres):
    """Return `row` after one step of a user or of the writer."""
    refused = TrackRefusedError(PATH, "file-unreadable", reason="locked")
    made = {
        "accept": lambda: decisions.accepted(row),
        "reject": lambda: decisions.rejected(row),
        "clear": lambda: decisions.cleared(row),
        "edit": lambda: decisions.edited(row, ("House",)),
        "undo": lambda: apply_result(row, WriteResult(PATH, WriteStatus.RESTORED, (), genres)),
    }
    if step in made:
        return made[step]()
    if not row.outstanding:
        return row
    if step == "refuse":
        return apply_result(row, WriteResult(PATH, WriteStatus.REFUSED, reason=refused))
    return apply_result(row, WriteResult(PATH, WriteStatus.WRITTEN, (), row.suggested))


@given(st.lists(STEPS), st.sampled_from([(), ("Pop",), ("Blues",)]))
def test_whatever_is_decided_the_row_keeps_its_promises(steps, genres):
    row = heard_row(genres)
    for step in steps:
        before, row = row, stepped(row, step, genres)
        assert row.suggested, "something is always suggested for a heard track"
        if row.outstanding:
            assert row.suggested == row.decision.genres != ()
            assert row.decision.action is Action.ACCEPT
        if step == "refuse" and before.outstanding:
            assert row.state is State.FAILED
            assert row.outstanding
        if step == "write" and before.outstanding:
            assert row.state is State.WRITTEN
        if row.state is State.REJECTED:
            assert not row.outstanding
        if row.state is State.WRITTEN:
            assert set(row.decision.genres) <= set(row.current_genres)


def test_a_write_undone_by_another_program_stands_to_be_written_again():
    decision = Decision(Action.ACCEPT, ("Blues",), written=True)
    assert heard_row(("Blues",), decision=decision).state is State.WRITTEN
    again = heard_row((), decision=decision)
    assert (again.state, again.outstanding) == (State.ACCEPTED, True)


@pytest.mark.parametrize(
    ("found", "state"), [(("Blues",), State.WRITTEN), (("Rock",), State.ACCEPTED)]
)
def test_a_file_that_was_left_alone_shows_the_genre_it_turned_out_to_have(found, state):
    row = decisions.accepted(heard_row(genre="blues"))
    row = apply_result(row, WriteResult(PATH, WriteStatus.SKIPPED, found, found))
    assert row.current_genres == found
    assert row.state is state


def test_our_own_write_makes_the_stamp_of_the_scan_void():
    row = decisions.accepted(heard_row())
    written = apply_result(row, WriteResult(PATH, WriteStatus.WRITTEN, (), ("Blues",)))
    assert row.stamp == STAMP
    assert written.stamp is None


# Tags that join several genres in one text (ID3v2.3)


def joining_row(genres=(), decision=None, genre="rock"):
    found = Track(PATH, TagReading("mp3", genres=genres, joins_genres=True), STAMP)
    return apply_analysis(make_row(found, separator="/"), analysed(found, genre), decision=decision)


def test_two_genres_that_the_tag_joined_are_written_and_stay_so():
    row = decisions.edited(joining_row(), ("Rock", "Blues"))
    written = apply_result(row, WriteResult(PATH, WriteStatus.WRITTEN, (), ("Rock/Blues",)))
    assert (written.state, written.outstanding) == (State.WRITTEN, False)
    assert written.current_genres == ("Rock/Blues",)
    again = joining_row(("Rock/Blues",), written.decision)
    assert (again.state, again.outstanding) == (State.WRITTEN, False)


def test_the_writer_is_believed_whatever_it_found_in_the_file():
    row = decisions.accepted(heard_row())
    for status in (WriteStatus.WRITTEN, WriteStatus.UNCHANGED):
        written = apply_result(row, WriteResult(PATH, status, ("X",), ("BLUES; or so",)))
        assert (written.state, written.outstanding) == (State.WRITTEN, False)
    undone = apply_result(written, WriteResult(PATH, WriteStatus.RESTORED, (), ("X",)))
    assert (undone.state, undone.outstanding) == (State.ACCEPTED, True)


def test_a_joined_text_agrees_with_each_of_its_genres():
    assert joining_row(("Rock/Blues",)).state is State.AGREES
    for text in ("Rock/Blues", "Rock; Blues", "Blues, Rock", "Blues\\\\Rock", "\ufeffRock\0"):
        assert heard_row((text,), "rock").state is State.AGREES, text
        assert joining_row((text,)).state is State.AGREES, text
    assert heard_row(("Folk/Rock",), "rock").state is State.DIFFERS, "it is one name"
    assert joining_row(("Folk/Rock",)).state is State.AGREES, "the slash is the separator there"
    assert heard_row(("Hip-Hop/Rap",), "hiphop").state is State.AGREES


def test_a_filter_finds_what_a_text_joins():
    rows = [heard_row(("Rock; Blues",)), heard_row(("Folk",)), heard_row(("Blu\u00ades",))]
    wanted = filters.parse_filter("now:=blues", filters.FilterWords())
    assert wanted.passed(rows, search_text.search_texts(rows)) == [0, 2]


@pytest.mark.parametrize(
    ("policy", "before", "after", "effect"),
    [
        (Policy.FILL, (), ("Rock/Blues",), pending_changes.Effect.WRITE),
        (Policy.FILL, ("Rock/Blues",), ("Rock/Blues",), pending_changes.Effect.NOTHING),
        (Policy.ADD, ("blues",), ("blues/Rock",), pending_changes.Effect.WRITE),
        (Policy.ADD, ("Blues/Rock",), ("Blues/Rock",), pending_changes.Effect.NOTHING),
        (Policy.REPLACE, ("Rock/Blues",), ("Rock/Blues",), pending_changes.Effect.NOTHING),
        (Policy.REPLACE, ("Pop",), ("Rock/Blues",), pending_changes.Effect.WRITE),
    ],
)
def test_the_preview_joins_genres_as_the_writer_does(policy, before, after, effect):
    row = decisions.edited(joining_row(before), ("Rock", "Blues"))
    change = pending_changes.propose_change(row, policy)
    assert (change.before, change.after, change.effect) == (before, after, effect)


# Changes


@pytest.mark.parametrize(
    ("policy", "before", "after", "effect"),
    [
        (Policy.FILL, (), ("Blues",), pending_changes.Effect.WRITE),
        (Policy.FILL, ("Salsa",), ("Salsa",), pending_changes.Effect.SKIP),
        (Policy.FILL, ("blues",), ("blues",), pending_changes.Effect.NOTHING),
        (Policy.ADD, ("Salsa",), ("Salsa", "Blues"), pending_changes.Effect.WRITE),
        (Policy.ADD, ("BLUES",), ("BLUES",), pending_changes.Effect.NOTHING),
        (Policy.REPLACE, ("Salsa", "Pop"), ("Blues",), pending_changes.Effect.WRITE),
        (Policy.REPLACE, ("Blues",), ("Blues",), pending_changes.Effect.NOTHING),
    ],
)
def test_what_a_policy_makes_of_a_file(policy, before, after, effect):
    row = decisions.accepted(heard_row(before))
    change = pending_changes.propose_change(row, policy)
    assert (change.before, change.after, change.effect) == (before, after, effect)


@pytest.mark.parametrize(
    ("policy", "before", "effect"),
    [
        (Policy.FILL, (), pending_changes.Effect.REFUSE),
        (Policy.FILL, ("blues",), pending_changes.Effect.NOTHING),
        (Policy.ADD, ("Salsa",), pending_changes.Effect.REFUSE),
        (Policy.REPLACE, ("Blues", "Salsa"), pending_changes.Effect.REFUSE),
    ],
)
def test_a_file_that_cannot_be_written_and_has_the_genre_is_as_it_should_be(policy, before, effect):
    error = UnsupportedFormatError(PATH, "format-unknown")
    change = pending_changes.propose_change(
        decisions.accepted(heard_row(before, read_only=error)), policy
    )
    assert (change.before, change.after, change.effect) == (before, before, effect)


def test_only_accepted_files_that_change_are_asked_for():
    rows = [
        decisions.accepted(heard_row()),
        decisions.accepted(heard_row(("Salsa",))),
        decisions.rejected(heard_row()),
        heard_row(),
        decisions.accepted(heard_row(read_only=UnsupportedFormatError(PATH, "format-unknown"))),
    ]
    made = pending_changes.propose_changes(rows, Policy.FILL)
    assert [change.effect.value for change in made] == ["write", "skip", "refuse"]
    (request,) = pending_changes.make_requests(made)
    assert request.genres == ("Blues",)
    assert (request.stamp, request.audio_digest, request.current_genres) == (STAMP, "digest", ())


def test_changes_are_grouped_writes_first_and_by_size():
    accepted = [decisions.accepted(heard_row(genre=genre)) for genre in ("pop", "jazz", "jazz")]
    skipped = [decisions.accepted(heard_row(("Salsa",)))] * 5
    changes = pending_changes.propose_changes([*skipped, *accepted], Policy.FILL)
    groups = pending_changes.PendingChanges(changes).groups()
    assert [(group.after, len(group.rows)) for group in groups] == [
        (("Jazz",), 2),
        (("Pop",), 1),
        (("Salsa",), 5),
    ]


GENRE_LISTS = st.lists(st.sampled_from(["Rock", "rock", "Pop", "Jazz"]), max_size=4).map(tuple)


@given(
    GENRE_LISTS,
    GENRE_LISTS.filter(bool),
    st.sampled_from(Policy),
    st.sampled_from(["", "/"]),
    GENRE_LISTS,
)
def test_no_policy_ever_leaves_a_file_without_genre_and_twice_is_once(
    before, wanted, policy, joined_by, protected
):
    how = {"joined_by": joined_by, "protected": protected}
    after = pending_changes.merge_genres(before, wanted, policy, **how)
    assert after
    assert pending_changes.merge_genres(after, wanted, policy, **how) == after
    if policy is not Policy.REPLACE and not joined_by:
        assert after[: len(before)] == before


# Order


@given(
    st.lists(st.text(min_size=1).filter(lambda name: "/" not in name and name != "."), min_size=2)
)
def test_rows_with_any_names_can_be_sorted_by_any_field(names):
    rows = [make_row(track(Path("/m") / name, title=name)) for name in names]
    rows.append(Row(Path("/m")))
    for field in sort_keys.SortField:
        keys = [sort_keys.make_sort_key(row, field) for row in rows]
        up = sort_keys.sort_row_ids(range(len(rows)), keys, descending=False)
        down = sort_keys.sort_row_ids(range(len(rows)), keys, descending=True)
        assert [keys[number] for number in up] == [keys[number] for number in reversed(down)]


def test_a_name_of_many_digits_and_one_that_is_not_text_can_be_sorted_and_searched():
    odd = Path("/m/caf\udce9" + "7" * 5000)
    row = make_row(track(odd))
    assert sort_keys.make_sort_key(row, sort_keys.SortField.FILE) > sort_keys.make_sort_key(
        make_row(track(Path("/m/a"))), sort_keys.SortField.FILE
    )
    wanted = filters.parse_filter("CAF pending", filters.FilterWords())
    assert wanted.passed([row], search_text.search_texts([row])) == [0]


def test_rows_that_compare_equal_keep_the_order_they_were_found_in():
    keys = [("b",), ("a",), ("b",), ("a",)]
    assert sort_keys.sort_row_ids([3, 2, 1, 0], None, descending=False) == [0, 1, 2, 3]
    assert sort_keys.sort_row_ids([0, 1, 2, 3], keys, descending=False) == [1, 3, 0, 2]
    assert sort_keys.sort_row_ids([0, 1, 2, 3], keys, descending=True) == [0, 2, 1, 3]
