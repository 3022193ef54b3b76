"""Several spellings of a genre become one, and no other genre is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.errors import UnsupportedFormatError
from genretagger.core.genres import distinct, split_text
from genretagger.core.writes import Policy
from genretagger.review.genres.respelling import spelled_texts, unify_spellings
from genretagger.review.genres.spelling_choices import SpellingChoices
from genretagger.review.genres.spellings import SpellingKind, find_spellings, spelling_key
from genretagger.review.rows import decisions
from genretagger.review.rows.pending_changes import merge_genres
from genretagger.review.rows.row import State
from tests.helpers.rows import analysed_row, prediction, track


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
    hiphop, edm, named = find_spellings(rows).groups
    assert (texts(hiphop), hiphop.proposed) == ([("hip hop", 2), ("Hip-Hop", 1)], ("Hip-Hop",))
    assert (texts(edm), edm.proposed) == ([("EDM", 2), ("edm", 1)], ("EDM",))
    assert hiphop.row_ids(hiphop.proposed) == {0, 2}
    assert edm.row_ids(("Dance",)) == {3, 4, 5}
    assert (texts(named), named.row_ids(named.proposed)) == (texts(edm), {3, 4, 5})


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
    spelled, named = find_spellings([row("Rap"), row("rap")]).groups
    assert (spelled.kind, spelled.proposed) == (SpellingKind.SPELLING, ("Rap",))
    assert (named.kind, named.proposed) == (SpellingKind.OTHER_NAME, ("Hip-Hop",))
    assert texts(named) == [("Rap", 1), ("rap", 1)]


def test_a_style_never_becomes_another_one_nor_its_family():
    names = ("Metal", "Heavy Metal", "Thrash Metal", "Indie", "Indie Rock", "Rock", "Pop Rock")
    kinds = ("Gangsta Rap", "Deep House")
    assert find_spellings([row(name) for name in (*names, *kinds)]).groups == ()


def test_a_library_keeps_its_own_spelling_of_a_style_unless_it_has_several():
    (group,) = find_spellings([row("Synthpop")]).groups
    assert (group.proposed, group.is_sure) == (("Synth-Pop",), False)
    group, named = find_spellings([row("Synthpop"), row("synth pop"), row("Synthpop")]).groups
    assert (group.proposed, group.is_sure) == (("Synthpop",), True)
    assert (named.proposed, named.is_sure) == (("Synth-Pop",), False)
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
    chosen = {"hip hop": ("Hip-Hop",), "Folk; hip hop": ("Folk", "Hip-Hop")}
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
    waiting = decisions.accepted(row("hip hop"))
    refused = replace(row("hip hop"), read_only=UnsupportedFormatError(Path("a"), "format-unknown"))
    rows = [row("hip hop"), unheard, waiting, refused, replace(row("Jazz"), prediction=None)]
    seen = find_spellings(rows)
    assert (seen.n_unheard, seen.n_waiting, seen.n_refused) == (1, 1, 1)
    (group,) = seen.groups
    assert (texts(group), group.row_ids(("Hip-Hop",))) == ([("hip hop", 4)], {0})
    assert list(unify(rows)) == [0]
    assert find_spellings([unheard, waiting, refused]).groups == (), "nothing to do"


def test_what_was_unified_is_not_found_again_before_it_is_written():
    first = unify_spellings({0: row("hip hop")}, {"hip hop": ("HipHop",)})[0]
    again = unify_spellings({0: first}, {"HipHop": ("Hip-Hop",)})[0]
    assert again.decision.genres == ("Hip-Hop",)
    assert again.decision.respells
    assert find_spellings([again]).groups == ()
    back = unify_spellings({0: again}, {"Hip-Hop": ("hip hop",)})[0]
    assert back.decision is None, "the file is spelled so"


def test_a_decision_for_the_same_genre_is_no_obstacle():
    accepted = decisions.accepted(analysed_row(track(genres=("rap",)), prediction("hiphop")))
    changed = unify([accepted, row("Rap"), row("Rap")])[0]
    assert (changed.decision.genres, changed.decision.respells) == (("Rap",), False)
    assert changed.decision.policy is Policy.REPLACE, "a new spelling is no further genre"
    assert find_spellings([changed]).n_waiting == 0


def test_genres_that_the_user_named_get_the_spelling_too():
    named = decisions.edited(row("Rock"), ("hip hop", "Folk, Blues"))
    rows = [named, row("Hip-Hop"), row("Folk"), row("Rock")]
    changed = unify(rows, check_all=True)
    assert {number: one.decision.genres for number, one in changed.items()} == {
        0: ("Hip-Hop", "Folk", "Blues")
    }
    assert changed[0].decision.chosen


def test_a_protected_spelling_stays_and_is_what_others_become():
    rows = [row("Hip Hop"), row("Hip-Hop"), row("Hip-Hop; Rock"), row("Heavy Metal")]
    found = find_spellings(rows, protected=("Hip Hop", "Heavy Metal"))
    spelled = found.groups[0]
    assert (spelled.proposed, spelled.row_ids(spelled.proposed)) == (("Hip Hop",), {1, 2})
    assert spelled.row_ids(("Anything",)) == {1, 2}
    assert SpellingChoices(found).chosen() == {
        "Hip-Hop": ("Hip Hop",),
        "Hip-Hop; Rock": ("Hip Hop", "Rock"),
    }
    assert find_spellings([row("Rock/Pop")], protected=("rock/pop",)).groups == ()


def test_a_text_is_split_first_and_each_part_is_unified():
    messy = row("rock; Hip-Hop/rap")
    found = find_spellings([messy, row("Rock"), row("Hip-Hop")])
    spelled, joined, named = found.groups
    assert (texts(spelled), texts(named)) == ([("Rock", 1), ("rock", 1)], [("Hip-Hop/rap", 1)])
    assert (joined.proposed, joined.is_sure) == (("rock", "Hip-Hop/rap"), True)
    choices = SpellingChoices(found)
    assert choices.chosen()["rock; Hip-Hop/rap"] == ("Rock", "Hip-Hop/rap")
    choices.records[2].is_checked = True
    assert choices.names(choices.records[1]) == ("Rock", "Hip-Hop")
    changed = unify_spellings({0: messy}, choices.chosen())
    assert changed[0].decision.genres == ("Rock", "Hip-Hop")


def test_a_text_of_two_genres_is_never_one_of_their_mixture():
    found = find_spellings([row("Pop; Rock"), row("Pop Rock"), row("pop/rock")])
    assert {group.kind for group in found.groups} == {SpellingKind.JOINED}
    assert [group.proposed for group in found.groups] == [("Pop", "Rock"), ("pop", "rock")]
    choices = SpellingChoices(found)
    assert choices.names(choices.records[1]) == ("Pop", "Rock"), "in no spelling to mend later"


def test_what_is_written_follows_the_choices_on_its_genres():
    choices = SpellingChoices(
        find_spellings([row("hip hop"), row("Hip-Hop"), row("Rap"), row("Rap; Hip Hop; Salsa")])
    )
    spelled, joined, named = choices.records
    assert choices.names(joined) == ("Rap", "Hip-Hop", "Salsa")
    spelled.typed = ("HipHop",)
    assert choices.names(named) == ("HipHop",)
    named.is_checked = True
    assert choices.names(joined) == ("HipHop", "Salsa")
    spelled.is_checked = named.is_checked = False
    assert choices.names(joined) == ("Rap", "Hip Hop", "Salsa")
    joined.typed = ("Other",)
    assert choices.chosen() == {"Rap; Hip Hop; Salsa": ("Other",)}
    assert choices.n_files_changing() == 1


NAMES = [
    *("Rock", "rock", "ROCK", "Hip Hop", "Hip-Hop", "hip-hop", "Rap", "rap", "Hip-Hop/Rap"),
    *("R&B", "RnB", "Synthpop", "synth pop", "Pop", "Pop Rock", "Folk", "Live", "live"),
    *("Prog", "Progressive Rock", "Schranz", "schranz", "Folk, World, & Country", ""),
]
TEXTS = st.one_of(
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(NAMES), min_size=2, max_size=4).flatmap(
        lambda names: st.sampled_from([";", "; ", "/", ", "]).map(lambda mark: mark.join(names))
    ),
)
ROWS = st.builds(
    lambda genres, joins, decide: decide(row(*genres, joins=joins)),
    st.lists(TEXTS, max_size=3),
    st.booleans(),
    st.sampled_from(
        [
            lambda one: one,
            decisions.rejected,
            lambda one: decisions.edited(one, ("hip hop", "Salsa/rock")),
            lambda one: decisions.respelled(one, ("rap", "Schranz")),
        ]
    ),
)


@given(st.lists(ROWS, max_size=6), st.booleans(), st.booleans())
def test_unifying_twice_finds_nothing_the_second_time(rows, check_all, is_written):
    changed = unify(rows, check_all=check_all)
    after = [changed.get(number, one) for number, one in enumerate(rows)]
    if is_written:
        after = [write(one) for one in after]
    groups = find_spellings(after).groups
    assert [group for group in groups if check_all or group.is_sure] == []
    assert unify(after, check_all=check_all) == {}


@given(st.lists(ROWS, max_size=6))
def test_no_genre_is_lost_or_written_twice(rows):
    for number, new in unify(rows).items():
        assert keys(new) == keys(rows[number])
        assert new.decision is None or new.decision.genres == distinct(new.decision.genres)


@given(st.lists(ROWS, max_size=6), st.booleans())
def test_as_many_files_change_as_were_counted(rows, check_all):
    found = find_spellings(rows)
    choices = SpellingChoices(found)
    for choice in choices.records:
        choice.is_checked |= check_all
        assert choices.n_files(choice) > 0, "a group with nothing to do is not shown"
    assert len(unify(rows, check_all=check_all)) == choices.n_files_changing()


def keys(one):
    parts = [part for text in spelled_texts(one) for part in split_text(text)]
    return set(map(spelling_key, parts))


def unify(rows, *, check_all=False):
    """Return the rows that change by the groups that are sure, or by all."""
    choices = SpellingChoices(find_spellings(rows))
    for choice in choices.records:
        choice.is_checked |= check_all
    return unify_spellings(dict(enumerate(rows)), choices.chosen())


def write(one):
    """Return a row after its accepted genres were written."""
    if not one.outstanding:
        return one
    genres = merge_genres(
        one.current_genres, one.decision.genres, Policy.REPLACE, joined_by=one.joined_by
    )
    return replace(one, current_genres=genres, decision=None)
