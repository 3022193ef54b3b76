"""The state of a row after each event and decision."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import DecodeError, TrackRefusedError
from genretagger.core.genres import GenreMapping
from genretagger.core.predictions import Level, Unsure
from genretagger.core.writes import Action, Decision, Policy, WriteResult, WriteStatus
from genretagger.review.filter import filters, search_text
from genretagger.review.rows import decisions, pending_changes
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.choices import list_choices
from genretagger.review.rows.confidence_levels import PERSONAL_PREFIX
from genretagger.review.rows.row import Row, State
from genretagger.review.rows.row_events import (
    apply_result,
    make_failed_row,
    make_row,
)
from tests.helpers.rows import analysed_row, heard, prediction, track

PATH = Path("/music/a.flac")


def heard_row(genres=(), genre="blues", confidence=0.9, unsure=None, **fields):
    return analysed_row(track(genres=genres), prediction(genre, confidence, unsure), **fields)


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
    assert (row.genre, row.effective_confidence) == (None, None)
    assert list_choices(row) == ()


def test_what_is_not_music_has_no_number_of_a_genre():
    speech = heard_row(unsure=Unsure.NOT_MUSIC)
    for row in (speech, decisions.edited(speech, ("Blues",))):
        assert (row.effective_confidence, row.shown_confidence, row.level) == (None, None, None)
        assert {choice.share for choice in list_choices(row)} == {None}


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
    assert row.stamp is not None
    assert written.stamp is None


# Tags that join several genres in one text (ID3v2.3)


def joining_row(genres=(), decision=None, genre="rock"):
    found = track(genres=genres, container="mp3", joins_genres=True)
    return analysed_row(found, prediction(genre), decision=decision)


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
    assert (undone.state, undone.decision, undone.outstanding) == (State.DIFFERS, None, False)


def test_what_was_decided_since_the_write_outlives_its_undo():
    row = decisions.accepted(heard_row())
    written = apply_result(row, WriteResult(PATH, WriteStatus.WRITTEN, (), row.suggested))
    anew = decisions.edited(written, ("House",))
    undone = apply_result(anew, WriteResult(PATH, WriteStatus.RESTORED, row.suggested, ()))
    assert (undone.suggested, undone.outstanding) == (("House",), True)


def test_undone_what_could_not_be_heard_shows_its_failure_again():
    error = DecodeError(PATH, "decode-failed", reason="broken")
    given = decisions.edited(replace(heard_row(), prediction=None, unheard=error), ("Speech",))
    written = apply_result(given, WriteResult(PATH, WriteStatus.WRITTEN, (), ("Speech",)))
    undone = apply_result(written, WriteResult(PATH, WriteStatus.RESTORED, ("Speech",), ()))
    assert (undone.state, undone.error) == (State.FAILED, error)


def test_a_joined_text_agrees_with_each_of_its_genres():
    assert joining_row(("Rock/Blues",)).state is State.AGREES
    for text in ("Rock/Blues", "Rock; Blues", "Blues, Rock", "Blues\\\\Rock", "\ufeffRock\0"):
        assert heard_row((text,), "rock").state is State.AGREES, text
        assert joining_row((text,)).state is State.AGREES, text
    assert heard_row(("Pop/Funk",), "disco").state is State.DIFFERS
    assert heard_row(("Funk/Disco",), "disco").state is State.AGREES
    assert heard_row(("Hip-Hop/Rap",), "hiphop").state is State.AGREES


@pytest.mark.parametrize(
    ("tag", "heard", "state"),
    [
        ("Indie Rock", "rock", State.FINER),
        ("Folk/Rock", "rock", State.FINER),
        ("Country Rock; Live", "country", State.FINER),
        ("Dub", "reggae", State.FINER),
        ("Heavy Metal", "metal", State.FINER),
        ("Indie Rock", "pop", State.DIFFERS),
        ("Geek Rock", "rock", State.FINER),
        ("House", "house", State.AGREES),
        ("Deep House", "house", State.FINER),
        ("Electronica/Dance", "house", State.AGREES),  # broader, and no contradiction
        ("Techno", "house", State.DIFFERS),
        ("Rock", "electronic", State.DIFFERS),
    ],
)
def test_a_file_agrees_if_its_genre_is_a_style_of_what_is_heard(tag, heard, state):
    assert heard_row((tag,), heard).state is state


def test_a_broader_genre_does_not_agree_with_what_the_user_tells_apart():
    assert heard_row(("Electronic",), "house").state is State.AGREES
    mapping = GenreMapping((("house", ("Club",)),))
    assert heard_row(("Electronic",), "house", mapping=mapping).state is State.DIFFERS
    assert heard_row(("Club",), "house", mapping=mapping).state is State.AGREES
    own = prediction("Punk", model=PERSONAL_PREFIX + "mine")
    assert analysed_row(track(genres=("Rock",)), own).state is State.DIFFERS
    assert analysed_row(track(genres=("Rock",)), prediction("punk")).state is State.AGREES


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
    decision = Decision(Action.ACCEPT, ("Rock", "Blues"))
    row = decisions.with_decision(joining_row(before), decision, error=None)
    change = pending_changes.propose_change(row, policy)
    assert (change.before, change.after, change.effect) == (before, after, effect)


def test_a_track_dissents_until_it_gets_what_its_album_sounds_like():
    album = AlbumContext(5, 0, 0.7, Level.LOW, "hiphop")
    row = replace(heard(genre="jazz"), album=album)
    assert row.dissents
    assert not heard().dissents
    assert not replace(row, album=replace(album, majority=None)).dissents
    assert decisions.accepted(row).dissents
    assert not decisions.edited(row, ("Hip Hop",)).dissents
    assert not decisions.edited(row, ("Gangsta Rap",)).dissents, "a kind of Hip-Hop"
    assert not decisions.rejected(row).dissents
    assert Row(row.path).dissents is False
