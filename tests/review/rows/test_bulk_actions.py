"""What is done to many rows at once, and what is left out for which reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genretagger.core.errors import DecodeError, TrackRefusedError, UnsupportedFormatError
from genretagger.core.events import TrackAnalysed
from genretagger.core.genres import GenreMapping
from genretagger.core.predictions import Level, Unsure
from genretagger.core.writes import Action, Decision, Policy
from genretagger.review.albums.album_index import AlbumIndex
from genretagger.review.albums.albums import find_album_genres
from genretagger.review.rows import bulk_actions, decisions, pending_changes
from genretagger.review.rows.album_context import AlbumContext
from genretagger.review.rows.bulk_actions import SkipReason
from genretagger.review.rows.row import Row, State
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


def done(deed, *rows):
    changed, tally = bulk_actions.apply_action(deed, dict(enumerate(rows)))
    return [changed.get(number, row) for number, row in enumerate(rows)], tally


MIXED = {
    "plain": heard(),
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
    (bulk_actions.accept(), {"plain", "unsure", "locked", "refused", "rejected", "typed"}),
    (bulk_actions.accept(several=True), {"plain", "locked", "refused", "rejected", "typed"}),
    (bulk_actions.accept_album(), {"plain", "typed"}),
    (bulk_actions.accept_sure(0.5), {"plain"}),
    (
        bulk_actions.reject(),
        {"plain", "not music", "unsure", "locked", "refused", "rejected", "typed"},
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


@pytest.mark.parametrize(("deed", "taken"), TAKEN_BY, ids=lambda one: getattr(one, "kind", ""))
def test_which_rows_a_deed_takes(deed, taken):
    assert {name for name, row in MIXED.items() if deed.find_skip_reason(row) is None} == taken
    rows, tally = done(deed, *MIXED.values())
    assert tally.n_done == len(taken)
    assert tally.n_done + tally.left_out.total() == len(MIXED)
    for (name, before), after in zip(MIXED.items(), rows, strict=True):
        if name not in taken:
            assert after is before, name


def test_an_album_keeps_what_was_decided_in_it():
    (plain, typed, turned_down), tally = done(
        bulk_actions.accept_album(), MIXED["plain"], MIXED["typed"], MIXED["rejected"]
    )
    assert plain.suggested == ("Blues",)
    assert plain.state is State.ACCEPTED
    assert typed.suggested == ("Salsa",)
    assert turned_down.state is State.REJECTED
    assert tally.left_out == {SkipReason.REJECTED: 1}


def test_each_row_gets_what_it_sounds_like_second():
    rows, _ = done(bulk_actions.choose(1), heard(genre="blues"), heard(genre="jazz"))
    assert [row.suggested for row in rows] == [("Classical",), ("Blues",)]
    mapping = GenreMapping((("classical", ("Baroque", "Early Music")),))
    (row,), _ = done(bulk_actions.choose(1), replace(heard(), mapping=mapping))
    assert row.suggested == ("Baroque", "Early Music")


def test_there_is_no_more_to_choose_than_was_heard():
    (row,), tally = done(bulk_actions.choose(30), heard())
    assert row.decision is None
    assert tally.left_out == {SkipReason.NO_GENRE: 1}


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


# Albums


@pytest.mark.parametrize(
    ("genres", "wanted"),
    [
        (["rock", "rock", "jazz"], ("Rock",)),
        (["jazz"], ("Jazz",)),
        ([], ()),
    ],
)
def test_an_album_gets_what_most_of_it_sounds_like(genres, wanted):
    assert find_album_genres(heard(genre=genre) for genre in genres) == wanted


def test_of_equally_many_it_is_what_all_sound_most_like():
    torn = replace(heard(), prediction=prediction("jazz", 0.4))
    assert find_album_genres([torn, replace(heard(), prediction=prediction("rock", 0.95))]) == (
        "Rock",
    )
    assert find_album_genres([torn, replace(heard(), prediction=prediction("blues", 0.3))]) == (
        "Jazz",
    )


def test_what_is_not_music_has_no_say_and_the_mapping_holds():
    speech = heard(genre="rock", unsure=Unsure.NOT_MUSIC)
    assert find_album_genres([speech, speech, heard(genre="jazz")]) == ("Jazz",)
    assert find_album_genres([speech, unheard(), make_row(track())]) == ()
    mapped = replace(heard(genre="disco"), mapping=GenreMapping((("disco", ("Disco", "Funk")),)))
    assert find_album_genres([mapped]) == ("Disco", "Funk")


def index(*rows):
    made = AlbumIndex()
    for number, row in enumerate(rows):
        made.update(number, row)
    return lambda *numbers: [a.members for a in made.find_albums(numbers, rows.__getitem__)], made


def test_an_album_is_found_by_its_tags_else_by_its_folder():
    members, _ = index(
        heard("1", album="Blue", artist="Ann", folder="/a"),
        heard("2", album="blue ", artist="ann", folder="/b"),
        heard("3", album="Blue", artist="Bob", folder="/c"),
        heard("4", folder="/a"),
        heard("5", folder="/a"),
        heard("6", folder="/b"),
    )
    assert members(0) == members(1) == [[0, 1]]
    assert members(2) == [[2]]
    assert members(3) == [[3, 4]]
    assert sorted(members(1, 5, 4)) == [[0, 1], [3, 4], [5]]
    assert members() == []


def test_a_row_whose_tags_changed_goes_to_its_new_album():
    _, made = index(heard("1", album="Blue"), heard("2", album="Blue"))
    rows = [heard("1", album="Red"), heard("2", album="Blue")]
    made.update(0, rows[0])
    made.update(0, rows[0])
    assert [a.members for a in made.find_albums([1], rows.__getitem__)] == [[1]]
    assert [a.members for a in made.find_albums([0], rows.__getitem__)] == [[0]]


def test_a_track_dissents_until_it_gets_what_its_album_sounds_like():
    album = AlbumContext(5, 0, 0.7, Level.LOW, "hiphop")
    row = replace(heard(genre="jazz"), album=album)
    assert row.dissents
    assert not heard().dissents
    assert not replace(row, album=replace(album, majority=None)).dissents
    assert decisions.accepted(row).dissents
    assert not decisions.edited(row, ("Hip Hop",)).dissents
    assert not decisions.rejected(row).dissents
    assert Row(row.path).dissents is False
