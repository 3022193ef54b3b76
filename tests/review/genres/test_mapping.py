"""The genre mapping of the user, in rows, requests and writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from genretagger.core.errors import TrackRefusedError
from genretagger.core.genres import NO_MAPPING, GenreMapping
from genretagger.core.writes import Action, Decision, Policy, WriteResult, WriteStatus
from genretagger.library.decision_store import DecisionStore, StoredDecision
from genretagger.review.genres.mapping import GenreRules, apply_rules, mapped
from genretagger.review.rows import decisions, pending_changes
from genretagger.review.rows.row import State
from genretagger.review.rows.row_events import apply_result, make_row
from tests.helpers.rows import analysed_row, prediction, track

MAPPING = GenreMapping(
    (("hiphop", ("Rap",)), ("disco", ("Disco", "Funk")), ("Post-Punk", ("Indie",)))
)
PATH = Path("/music/a.flac")


def heard(genre="disco", genres=(), *, mapping=MAPPING, personal=None, model="m", **tags):
    found = track(PATH, genres=genres, **tags)
    said = prediction(genre, model=model)
    return analysed_row(found, said, personal=personal, mapping=mapping)


def test_a_row_suggests_what_is_mapped_and_shows_its_confidence():
    row = heard("disco")
    assert (row.suggested, row.shown_confidence) == (("Disco", "Funk"), 0.9)
    accepted = decisions.accepted(row)
    assert (accepted.decision.genres, accepted.shown_confidence) == (("Disco", "Funk"), 0.9)
    assert decisions.edited(row, ("Salsa",)).shown_confidence is None
    assert heard("rock").suggested == ("Rock",), "nothing is said of rock"


def test_the_users_own_genres_are_mapped_too():
    assert heard("Post-Punk", model="personal:mine:1").suggested == ("Indie",)
    beside = heard("rock", personal=prediction("Post-Punk", model="personal:mine:1"))
    assert decisions.accepted_personal(beside).suggested == ("Indie",)


@pytest.mark.parametrize(
    ("genre", "genres", "state"),
    [
        ("disco", ("Funk", "Disco"), State.AGREES),
        ("disco", ("funk", "DISCO", "Live"), State.AGREES),
        ("disco", ("Disco",), State.DIFFERS),
        ("hiphop", ("Rap",), State.AGREES),
        ("hiphop", ("hip hop",), State.AGREES),  # a spelling of what is written
        ("hiphop", ("Pop",), State.DIFFERS),
    ],
)
def test_a_file_agrees_that_has_all_that_is_mapped(genre, genres, state):
    assert heard(genre, genres).state is state


def test_a_joined_text_agrees_too():
    assert heard("disco", ("Disco/Funk",), joins_genres=True).state is State.AGREES


def test_another_mapping_changes_suggestions_but_no_decisions():
    plain = heard("disco", mapping=NO_MAPPING)
    decided = decisions.accepted(plain)
    rows = [plain, decided, heard("rock", mapping=NO_MAPPING), make_row(plain.track)]
    changed = apply_rules(rows, GenreRules(MAPPING, "/"), lambda _track: None)
    assert list(changed) == [0, 1, 2], "all that was heard"
    assert decisions.get_nth_genres(rows[2], 4) == ("Disco",)
    assert decisions.get_nth_genres(changed[2], 4) == ("Disco", "Funk"), "a runner-up, too"
    assert changed[0].suggested == ("Disco", "Funk")
    assert changed[1].suggested == ("Disco",)
    assert decisions.cleared(changed[1]).suggested == ("Disco", "Funk")
    assert mapped(changed[0], NO_MAPPING).suggested == ("Disco",)


def test_the_separator_and_what_may_be_written_follow_the_settings():
    row = heard("rock", ("Pop",), joins_genres=True, read_only="id3v22-read-only")
    refusal = TrackRefusedError(PATH, "id3v22-read-only")
    assert (
        apply_rules([row], GenreRules(MAPPING, "; "), lambda _track: refusal)[0].read_only
        is refusal
    )
    changed = apply_rules([row], GenreRules(MAPPING, "; "), lambda _track: None)
    assert (changed[0].joined_by, changed[0].read_only) == ("; ", None)
    assert apply_rules([changed[0]], GenreRules(MAPPING, "; "), lambda _track: None) == {}


# Other spellings


def test_a_new_spelling_replaces_under_any_policy_what_is_there_and_nothing_else():
    row = decisions.respelled(heard("rock", ("hip hop", "Live")), ("Hip-Hop", "Live"))
    assert (row.state, row.outstanding) == (State.ACCEPTED, True)
    made = pending_changes.propose_changes([row], Policy.FILL)
    assert (made[0].before, made[0].after) == (("hip hop", "Live"), ("Hip-Hop", "Live"))
    (request,) = pending_changes.make_requests(made)
    assert (request.genres, request.policy) == (("Hip-Hop", "Live"), Policy.REPLACE)


def test_after_it_is_written_what_was_heard_is_still_to_be_decided_on():
    row = decisions.respelled(heard("rock", ("hip hop",)), ("Hip-Hop",))
    result = WriteResult(PATH, WriteStatus.WRITTEN, ("hip hop",), ("Hip-Hop",))
    written = apply_result(row, result)
    assert (written.decision, written.state) == (None, State.DIFFERS)
    assert written.current_genres == ("Hip-Hop",)
    failed = apply_result(
        row, WriteResult(PATH, WriteStatus.REFUSED, reason=TrackRefusedError(PATH, "has-genre"))
    )
    assert failed.decision == row.decision


def test_what_is_spelled_so_or_was_not_heard_is_not_respelled():
    row = heard("rock", ("Hip-Hop",))
    assert decisions.respelled(row, ("Hip-Hop",)) is row
    unheard = replace(row, prediction=None)
    assert decisions.respelled(unheard, ("Rap",)) is unheard


def test_how_a_decision_was_made_outlives_the_program(tmp_path):
    session = DecisionStore(tmp_path / "session.sqlite")
    for decision in (
        Decision(Action.ACCEPT, ("Hip-Hop",), respells=True),
        Decision(Action.ACCEPT, ("Hip-Hop",), written=True),
        Decision(Action.ACCEPT, ("Hip-Hop",)),
        Decision(Action.ACCEPT, ("Hip-Hop",), chosen=True),
        Decision(Action.ACCEPT, ("Hip-Hop",), written=True, chosen=True),
    ):
        session.save([StoredDecision("digest", PATH, decision)])
        assert session.find_all().find("digest", path=PATH) == decision
    session.close()
