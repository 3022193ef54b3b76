"""Several spellings of a genre become one, and no other genre is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import UnsupportedFormatError
from genretagger.core.genres import distinct
from genretagger.review.genres.spellings import (
    SpellingKind,
    find_spellings,
    spelling_key,
    unify_spellings,
)
from genretagger.review.rows import decisions
from genretagger.review.rows.row import State
from tests.helpers.rows import analysed_row, track


def row(*genres, joins=False):
    return analysed_row(track(genres=genres, joins_genres=joins))


def texts(group):
    return [(one.text, one.n_files) for one in group.spellings]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hip Hop", "hip-hop"),
        ("HipHop", "HIP_HOP"),
        ("Progressive Rock", "progressive  rock"),
        ("R&B", "RnB"),
        ("R and B", "r'n'b"),
        ("Drum & Bass", "Drum'n'Bass"),
        ("Clásica", "Cla\u0301sica"),
    ],
)
def test_spellings_of_the_same_words_share_a_key(one, other):
    assert spelling_key(one) == spelling_key(other)


def test_different_genres_do_not():
    keys = {spelling_key(name) for name in ("Pop", "Power Pop", "K-Pop", "Funk", "Punk", "Ambient")}
    assert len(keys) == 6


def test_spellings_are_found_with_how_many_files_have_each():
    rows = [
        row("hip hop"),
        row("Hip-Hop", "Live"),
        row("hip hop"),
        row("EDM"),
        row("EDM"),
        row("edm"),
    ]
    hiphop, edm = find_spellings(rows).groups
    assert (texts(hiphop), hiphop.proposed) == ([("hip hop", 2), ("Hip-Hop", 1)], ("Hip-Hop",))
    assert (texts(edm), edm.proposed) == ([("EDM", 2), ("edm", 1)], ("EDM",))
    assert hiphop.row_ids(hiphop.proposed) == {0, 2}
    assert edm.row_ids(("Dance",)) == {3, 4, 5}


def test_capitals_are_kept_where_nothing_else_tells_what_is_right():
    (group,) = find_spellings([row("shoegaze"), row("Shoegaze")]).groups
    assert group.proposed == ("Shoegaze",)


def test_one_spelling_that_is_not_the_vocabularys_is_offered_too():
    (group,) = find_spellings([row("hip hop")]).groups
    assert (group.kind, group.proposed, group.is_sure) == (
        SpellingKind.SPELLING,
        ("Hip-Hop",),
        True,
    )
    assert find_spellings([row("Hip-Hop"), row("Salsa")]).groups == ()


def test_another_name_of_a_known_genre_is_offered_but_not_chosen():
    for text, name in (
        ("Rap", "Hip-Hop"),
        ("Electronica/Dance", "Electronic"),
        ("Prog", "Progressive Rock"),
    ):
        (group,) = find_spellings([row(text)]).groups
        assert (group.kind, group.proposed) == (SpellingKind.OTHER_NAME, (name,))
        assert not group.is_sure
    (group,) = find_spellings([row("Rap"), row("rap")]).groups
    assert (group.kind, group.proposed) == (SpellingKind.SPELLING, ("Rap",))


def test_a_style_never_becomes_another_one_nor_its_family():
    names = ("Metal", "Heavy Metal", "Thrash Metal", "Indie", "Indie Rock", "Rock", "Pop Rock")
    kinds = ("Gangsta Rap", "Deep House")
    assert find_spellings([row(name) for name in (*names, *kinds)]).groups == ()


def test_a_library_keeps_its_own_spelling_of_a_style_unless_it_has_several():
    (group,) = find_spellings([row("Synthpop")]).groups
    assert (group.proposed, group.is_sure) == (("Synth-Pop",), False)
    (group,) = find_spellings([row("Synthpop"), row("synth pop"), row("Synthpop")]).groups
    assert (group.proposed, group.is_sure) == (("Synthpop",), True)
    (group,) = find_spellings([row("Synthpop"), row("Synthpop"), row("synth-pop")]).groups
    assert group.proposed == ("Synth-Pop",), "the usual one, if the library has it at all"
    (group,) = find_spellings([row("hard rock")]).groups
    assert (group.proposed, group.is_sure) == (("Hard Rock",), True)


def test_several_genres_in_one_text_are_offered_to_be_split():
    rows = [row("Rock/Pop"), row("Folk; Blues"), row("Hip-Hop/Rap"), row("Rock/Pop", joins=True)]
    by_text = {group.spellings[0].text: group for group in find_spellings(rows).groups}
    assert by_text["Rock/Pop"].proposed == ("Rock", "Pop")
    assert (by_text["Rock/Pop"].kind, by_text["Rock/Pop"].is_sure) == (SpellingKind.JOINED, False)
    assert by_text["Rock/Pop"].row_ids(("Rock", "Pop")) == {0}, "ID3v2.3 has no other way"
    assert by_text["Folk; Blues"].is_sure
    assert by_text["Hip-Hop/Rap"].kind is SpellingKind.OTHER_NAME


def test_unifying_keeps_order_and_all_else_and_nothing_twice():
    rows = [row("Live", "hip hop", "Hip-Hop"), row("Hip-Hop"), row("Folk; hip hop"), row("Jazz")]
    chosen = {"hip hop": ("Hip-Hop",), "Folk; hip hop": ("Folk", "hip hop")}
    changed = unify_spellings(dict(enumerate(rows)), chosen)
    assert {number: new.decision.genres for number, new in changed.items()} == {
        0: ("Live", "Hip-Hop"),
        2: ("Folk", "Hip-Hop"),
    }
    assert all(new.state is State.ACCEPTED and new.decision.respells for new in changed.values())


def test_in_a_tag_that_joins_genres_each_is_spelled():
    changed = unify_spellings({0: row("rock/Pop", joins=True)}, {"rock": ("Rock",)})
    assert changed[0].decision.genres == ("Rock", "Pop")
    assert unify_spellings({0: row("Rock/Pop", joins=True)}, {"rock": ("Rock",)}) == {}


def test_files_that_cannot_be_changed_now_are_counted_by_reason():
    unheard = replace(row("hip hop"), prediction=None)
    waiting = decisions.edited(row("hip hop"), ("Salsa",))
    refused = replace(row("hip hop"), read_only=UnsupportedFormatError(Path("a"), "format-unknown"))
    rows = [row("hip hop"), unheard, waiting, refused, replace(row("Jazz"), prediction=None)]
    seen = find_spellings(rows)
    assert (seen.n_unheard, seen.n_waiting, seen.n_refused) == (1, 1, 1)
    (group,) = seen.groups
    assert (texts(group), group.row_ids(("Hip-Hop",))) == ([("hip hop", 4)], {0})
    assert list(unify_spellings(dict(enumerate(rows)), group.replacements(("Hip-Hop",)))) == [0]


def test_a_spelling_that_was_accepted_can_be_changed_again():
    first = unify_spellings({0: row("hip hop")}, {"hip hop": ("Hip-Hop",)})[0]
    assert unify_spellings({0: first}, {"hip hop": ("HipHop",)})[0].decision.genres == ("HipHop",)


def test_a_protected_spelling_stays_and_is_what_others_become():
    rows = [row("Hip Hop"), row("Hip-Hop"), row("Hip-Hop"), row("Heavy Metal")]
    (group,) = find_spellings(rows, protected=("Hip Hop", "Heavy Metal")).groups
    assert group.proposed == ("Hip Hop",)
    assert group.row_ids(("Anything",)) == {1, 2}
    assert group.row_ids(group.proposed) == {1, 2}
    assert list(group.replacements(("Anything",))) == ["Hip-Hop"]


GENRES = st.lists(
    st.sampled_from(["Rock", "rock", "Hip Hop", "Hip-Hop", "R&B", "RnB", "Rock; Pop", "Live"]),
    max_size=4,
).map(lambda genres: row(*genres))


@given(st.lists(GENRES, max_size=6))
def test_after_all_is_unified_nothing_is_left_and_no_genre_is_lost(rows):
    chosen = {}
    for group in find_spellings(rows).groups:
        chosen |= group.replacements(group.proposed)
    changed = unify_spellings(dict(enumerate(rows)), chosen)
    for number, new in changed.items():
        old = rows[number].current_genres
        parts = [part.strip() for genre in old for part in genre.split(";")]
        assert {spelling_key(genre) for genre in new.decision.genres} == set(
            map(spelling_key, parts)
        )
        assert new.decision.genres == distinct(new.decision.genres)
    after = [
        replace(
            one, current_genres=changed[n].decision.genres if n in changed else one.current_genres
        )
        for n, one in enumerate(rows)
    ]
    assert unify_spellings(dict(enumerate(after)), chosen) == {}
