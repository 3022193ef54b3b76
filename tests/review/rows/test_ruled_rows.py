"""Rows with a rule of the user: what they suggest, their states, and what actions do to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genretagger.core.genres import GenreMapping
from genretagger.core.predictions import Unsure
from genretagger.core.rules import Rule, RuleKind
from genretagger.core.writes import Action, Decision
from genretagger.review.filter.filters import FilterWords, parse_filter
from genretagger.review.genres.respelling import unify_spellings
from genretagger.review.rows import bulk_actions, decisions
from genretagger.review.rows.bulk_actions import SkipReason
from genretagger.review.rows.confidence_levels import PERSONAL_PREFIX
from genretagger.review.rows.row import State
from genretagger.review.rows.row_events import make_row
from genretagger.review.rows.suggestion_mark import Mark, WriteRules, mark_of
from genretagger.review.statistics.threshold_curve import compute_curve
from tests.helpers.rows import heard, prediction, track

FOLK = Rule(RuleKind.ARTIST, "Nick Drake", ("Folk",))
ALONE = Rule(RuleKind.FOLDER, "/music")
LOW = Unsure.LOW_CONFIDENCE
NOT_MUSIC = Unsure.NOT_MUSIC


def done(action, *rows):
    changed, result = bulk_actions.apply_action(action, dict(enumerate(rows)))
    return [changed.get(row_id, row) for row_id, row in enumerate(rows)], result


@pytest.mark.parametrize("unsure", [None, LOW, Unsure.OUTSIDE])
def test_a_rule_is_suggested_in_the_place_of_what_was_heard_and_has_no_number(unsure):
    row = heard(genre="country", confidence=0.62, unsure=unsure, rule=FOLK)
    assert (row.suggested, row.state, row.unsure) == (("Folk",), State.MISSING, None)
    assert (row.shown_confidence, row.effective_confidence, row.level) == (None, None, None)
    assert (row.genre, row.heard_confidence) == ("country", 0.62)
    assert decisions.accepted(row).decision == Decision(Action.ACCEPT, ("Folk",))


def test_a_rule_counts_more_than_a_style_and_a_mapping():
    row = heard(unsure=LOW, styles=(("house", 0.9),), rule=FOLK)
    assert replace(row, mapping=GenreMapping((("house", ("EDM",)),))).suggested == ("Folk",)


def test_what_is_not_music_has_no_genre_by_a_rule():
    row = heard(unsure=NOT_MUSIC, rule=FOLK)
    assert (row.state, row.is_ruled) == (State.NOT_MUSIC, False)
    assert decisions.accepted(row) is row


def test_what_was_not_heard_yet_waits():
    for rule in (FOLK, ALONE):
        assert make_row(track(), rule=rule).state is State.PENDING


@pytest.mark.parametrize(
    ("genres", "state"),
    [
        ((), State.MISSING),
        (("folk",), State.AGREES),
        (("Indie Folk",), State.FINER),
        (("Country",), State.DIFFERS),
    ],
)
def test_the_file_is_compared_with_the_rule(genres, state):
    assert heard(genre="country", genres=genres, rule=FOLK).state is state


def test_genres_that_the_user_gives_count_more_and_have_their_own_number():
    row = decisions.edited(heard(genre="country", confidence=0.62, rule=FOLK), ("Country",))
    assert (row.suggested, row.state, row.shown_confidence) == (
        ("Country",), State.ACCEPTED, 0.62,
    )  # fmt: skip
    assert decisions.rejected(row).suggested == ("Folk",), "what was rejected"
    assert decisions.cleared(row).suggested == ("Folk",)


def test_what_is_left_alone_suggests_nothing():
    row = heard(genres=("Country",), rule=ALONE)
    assert (row.state, row.suggested, row.shown_confidence) == (State.LEFT_ALONE, (), None)
    assert mark_of(row, WriteRules()) is Mark.NONE
    assert heard(unsure=LOW, rule=ALONE).state is State.LEFT_ALONE
    assert heard(unsure=NOT_MUSIC, rule=ALONE).state is State.NOT_MUSIC


def test_a_decision_from_before_stays():
    row = replace(decisions.accepted(heard()), rule=ALONE)
    assert (row.state, row.suggested, row.outstanding) == (State.ACCEPTED, ("Blues",), True)
    assert decisions.cleared(row).state is State.LEFT_ALONE


# Actions

OWN = prediction("Mine", model=PERSONAL_PREFIX + "mine")
SEVERAL = [
    bulk_actions.accept(),
    bulk_actions.accept(several=True),
    bulk_actions.accept_album(),
    bulk_actions.accept_sure(0.0),
    bulk_actions.accept_personal(several=True),
    bulk_actions.give(("Pop",), several=True),
    bulk_actions.choose(0, several=True),
    bulk_actions.add_choice(0, several=True),
    bulk_actions.make_uniform(("Pop",)),
    bulk_actions.copy_decision(Decision(Action.ACCEPT, ("Pop",))),
    bulk_actions.copy_decision(Decision(Action.REJECT)),
    bulk_actions.reject(several=True),
]


@pytest.mark.parametrize("action", SEVERAL)
@pytest.mark.parametrize("unsure", [None, LOW, NOT_MUSIC])
def test_no_action_on_several_tracks_takes_what_is_left_alone(action, unsure):
    alone = replace(heard(unsure=unsure, rule=ALONE), personal=OWN)
    (row,), result = done(action, alone)
    assert row is alone
    assert result.left_out == {SkipReason.LEFT_ALONE: 1}


@pytest.mark.parametrize(
    "action",
    [
        bulk_actions.give(("Pop",)),
        bulk_actions.choose(0),
        bulk_actions.add_choice(0),
        bulk_actions.accept_personal(),
    ],
)
def test_a_genre_for_one_track_counts_more_than_a_rule(action):
    (row,), result = done(action, replace(heard(rule=ALONE), personal=OWN))
    assert (row.state, result.n_changed) == (State.ACCEPTED, 1)
    assert not row.is_left_alone


def test_one_such_track_can_be_rejected_and_that_be_taken_back():
    (row,), _ = done(bulk_actions.reject(), heard(rule=ALONE))
    assert row.state is State.REJECTED
    (row,), _ = done(bulk_actions.take_back(), row)
    assert row.state is State.LEFT_ALONE


def test_the_spelling_of_what_is_left_alone_stays():
    row = heard(genres=("hip hop",), rule=ALONE)
    assert unify_spellings({0: row}, {"hip hop": ("Hip-Hop",)}) == {}
    assert unify_spellings({0: replace(row, rule=None)}, {"hip hop": ("Hip-Hop",)}) != {}


def test_accept_all_takes_what_was_heard_and_leaves_a_rule_to_other_keys():
    ruled, alone, plain = heard(rule=FOLK), heard(rule=ALONE), heard()
    rows, result = done(bulk_actions.accept_sure(0.0), ruled, alone, plain)
    assert [row.state for row in rows] == [State.MISSING, State.LEFT_ALONE, State.ACCEPTED]
    assert result.left_out == {SkipReason.RULED: 1, SkipReason.LEFT_ALONE: 1}
    unsure = heard(unsure=LOW, rule=FOLK)
    for action in (bulk_actions.accept(several=True), bulk_actions.accept_album()):
        assert done(action, unsure)[0][0].decision == Decision(Action.ACCEPT, ("Folk",))


def test_the_threshold_counts_what_it_takes():
    point = compute_curve([heard(rule=FOLK), heard(rule=ALONE), heard()]).at(0)
    assert (point.n, point.n_open) == (1, 2)


# The filter


@pytest.mark.parametrize(
    ("text", "passing"),
    [
        ("rule:", [0, 1]),
        ("-rule:", [2]),
        ('rule:""', [2]),
        ("rule:drake", [0]),
        ("rule:folk", [0]),
        ("rule:=Folk", [0]),
        ("rule:artist", [0]),
        ('rule:folder,"nick"', [0, 1]),
        ("rule:left", [1]),
        ("state:left", [1]),
        ("state:open", [0, 2]),
        ("level:high", [2]),
        ("suggested:folk", [0]),
        ("heard:blues", [0, 1, 2]),
    ],
)
def test_the_filter_finds_rules(text, passing):
    rows = [heard(rule=FOLK), heard(rule=ALONE), heard()]
    made = parse_filter(text, FilterWords())
    assert (made.passed(rows, ()), made.misread) == (passing, ())
