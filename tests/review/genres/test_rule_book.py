"""Which rule counts for a track, of many."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.rules import Rule, RuleKind, artist_key
from genretagger.review.genres.mapping import GenreRules, apply_rules
from genretagger.review.genres.rule_book import RuleBook
from genretagger.review.rows import decisions
from genretagger.review.rows.rescan import refreshed
from genretagger.review.rows.row import State
from genretagger.review.rows.row_events import make_row
from tests.helpers.rows import analysed_row, heard, prediction, track


def artist(name, *genres):
    return Rule(RuleKind.ARTIST, name, genres)


def folder(name, *genres):
    return Rule(RuleKind.FOLDER, name, genres)


def found(*rules, **of_track):
    return RuleBook(rules).find(track(**of_track))


@pytest.mark.parametrize("name", ["Nick Drake", "NICK  DRAKE", " nick drake", "Nick\u00a0Drake"])
def test_an_artist_is_found_in_any_case_and_spacing(name):
    rule = artist("Nick Drake", "Folk")
    assert found(rule, artist=name) is rule
    assert found(rule, artist="Guest", album_artist=name) is rule
    assert found(rule, artist=f"{name} & Guest") is None


def test_an_accent_is_the_same_however_it_is_stored():
    assert found(artist("Bj\u00f6rk", "Pop"), artist="Bjo\u0308rk") is not None


def test_the_artist_of_the_track_comes_before_that_of_the_album():
    own, of_album = artist("Guest", "Jazz"), artist("Band", "Rock")
    assert found(of_album, own, artist="Guest", album_artist="Band") is own


def test_a_folder_holds_for_all_below_it_and_for_nothing_beside_it():
    rule = folder("/music/a", "Jazz")
    assert found(rule, folder="/music/a") is rule
    assert found(rule, folder="/music/a/b/c") is rule
    assert found(rule, folder="/music/ab") is None
    assert found(rule, folder="/music") is None
    assert found(folder("/", "Pop"), folder="/") is not None


def test_an_artist_comes_before_a_folder_but_not_before_one_that_is_left_alone():
    rule, other, fence = artist("Artist", "Folk"), folder("/music", "Pop"), folder("/music/a")
    assert found(rule, other) is rule
    assert found(rule, other, fence, folder="/music/a") is fence
    assert found(rule, fence, folder("/music/a/b", "Pop"), folder="/music/a/b") is rule
    alone = artist("Artist")
    assert found(alone, other) is alone


PARTS = st.lists(st.sampled_from("ab"), max_size=4)
GENRES = st.sampled_from([(), ("Jazz",), ("Pop",)])
RULES = st.lists(
    st.one_of(
        st.builds(lambda name, genres: artist(name, *genres), st.sampled_from("XxY"), GENRES),
        st.builds(lambda at, genres: folder("/".join(["/m", *at]), *genres), PARTS, GENRES),
    ),
    unique_by=lambda rule: rule.key,
)


@given(RULES, PARTS, st.sampled_from(["X", "y", "Z"]), st.sampled_from(["", "Y"]))
def test_the_most_specific_rule_counts(rules, at, name, album_artist):
    one = track(folder="/".join(["/m", *at]), artist=name, album_artist=album_artist)
    folders = [r for r in rules if r.kind is RuleKind.FOLDER and Path(r.name) in one.path.parents]
    inner = max(folders, key=lambda rule: len(rule.name), default=None)
    artists = [
        rule
        for wanted in (name, album_artist)
        for rule in rules
        if rule.kind is RuleKind.ARTIST and artist_key(rule.name) == artist_key(wanted)
    ]
    expected = inner if inner is not None and inner.leaves_alone else next(iter(artists), inner)
    book = RuleBook(rules)
    assert book.find(one) == expected
    assert book.find(one) == expected, "again, as it is remembered"


# Rows


def test_other_rules_change_suggestions_at_once_but_no_decisions():
    plain, other = heard(artist="Nick Drake"), heard(artist="Other")
    rows = [plain, decisions.accepted(plain), other, make_row(plain.track)]
    ruled = GenreRules(book=RuleBook([artist("nick drake", "Folk")]))
    changed = apply_rules(rows, ruled, lambda _track: None)
    assert list(changed) == [0, 1, 3]
    assert (changed[0].suggested, changed[1].suggested) == (("Folk",), ("Blues",))
    assert decisions.cleared(changed[1]).suggested == ("Folk",)
    assert apply_rules(changed.values(), ruled, lambda _track: None) == {}
    assert apply_rules([changed[0]], GenreRules(), lambda _track: None) == {0: plain}


def test_a_file_with_another_artist_has_another_rule_when_it_is_seen_again():
    rule = artist("Nick Drake", "Folk")
    row = analysed_row(track(artist="Nick Drake"), prediction(), rule=rule)
    assert refreshed(row, make_row(track(artist="Other", folder="/other"))).rule is None
    assert row.state is State.MISSING
