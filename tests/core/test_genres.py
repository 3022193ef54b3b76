"""The genres of a tag are split, compared and merged as a reader of the tag sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.genres import (
    NO_MAPPING,
    GenreMapping,
    contains,
    distinct,
    find_genres,
    merged,
    split_joined,
)
from genretagger.core.writes import Policy


def test_correct_replaces_only_what_contradicts():
    assert merged((), ("Rock",), Policy.CORRECT) == ("Rock",)
    assert merged(("Pop",), ("Rock",), Policy.CORRECT) == ("Rock",)
    for agrees in (("rock",), ("Indie Rock",), ("Pop", "Death Metal; Punk"), ("Jazz/Rock",)):
        assert merged(agrees, ("Rock",), Policy.CORRECT) == agrees, "a finer genre says more"
    assert merged(("Dub",), ("Reggae",), Policy.CORRECT) == ("Dub",)
    assert merged(("Rock",), ("Punk",), Policy.CORRECT) == ("Punk",), "a broader one says less"
    assert merged(("Rock",), ("Rock", "Jazz"), Policy.CORRECT) == ("Rock", "Jazz")
    kept = merged(("Live", "Pop"), ("Rock",), Policy.CORRECT, protected=("live",))
    assert kept == ("Live", "Rock")


def test_presence_ignores_case():
    assert contains(["Rock", "pop"], "POP")
    assert not contains(["Rock"], "Pop")


UNSEEN = [
    *("\ufeff", "\x00", "\u200b", "\u200d", "\xad", "\u2060", "\u200e"),
    *("\ufe0f", "\u2800", "\u3164", "\u034f", "\U000e0020"),
]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_cannot_be_seen_makes_no_other_genre(unseen):
    for text in (f"{unseen}Hip-Hop", f"Hip-{unseen}Hop", f"Hip-Hop{unseen}"):
        assert contains([text], "hip-hop")
        assert distinct([text, "Hip-Hop"]) == (text,)
        assert merged((text,), ("Hip-Hop",), Policy.ADD) == (text,)
    assert not contains(["Hip-Hop"], unseen)


def test_one_letter_in_two_encodings_is_one_genre():
    assert contains(["Mu\u0301sica"], "m\u00fasica")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Rock", ("Rock",)),
        ("Rock; Metal", ("Rock; Metal", "Rock", "Metal")),
        ("Rock/Metal", ("Rock/Metal", "Rock", "Metal")),
        ("Rock, Metal", ("Rock, Metal", "Rock", "Metal")),
        ("Rock\\\\Metal", ("Rock\\\\Metal", "Rock", "Metal")),
        ("Rock|Metal", ("Rock|Metal", "Rock", "Metal")),
        ("Rock\0Metal\0", ("RockMetal", "Rock", "Metal")),
        ("R&B/Soul; Pop", ("R&B/Soul; Pop", "R&B/Soul", "Pop")),
        ("Hip-Hop/Rap, A/B", ("Hip-Hop/Rap, A/B", "Hip-Hop/Rap", "A/B", "A", "B")),
        ("/", ("/",)),
        ("\u200b", ()),
        ("Rock\uff1bMetal\u3001Pop", ("Rock\uff1bMetal\u3001Pop", "Rock", "Metal", "Pop")),
        ("Rock\r\nMetal\tPop", ("Rock Metal Pop", "Rock", "Metal", "Pop")),
        ("Rock\uff0fMetal", ("Rock\uff0fMetal", "Rock/Metal", "Rock", "Metal")),
    ],
)
def test_joined_genres_are_seen_as_one_text_and_one_by_one(text, seen):
    assert find_genres((text,)) == seen
    before, wanted = (text,), tuple(seen[1:]) or ("Rock",)
    if seen[1:]:
        assert merged(before, wanted, Policy.ADD) == before
        assert merged(before, (*wanted, "Jazz"), Policy.ADD) == (text, "Jazz")
    assert merged(before, wanted, Policy.FILL) == before


def test_a_name_with_a_slash_is_one_name_unless_the_tag_joins_by_it():
    assert merged(("R&B/Soul",), ("Soul",), Policy.ADD) == ("R&B/Soul", "Soul")
    assert merged(("R&B/Soul",), ("Soul",), Policy.ADD, joined_by="/") == ("R&B/Soul",)
    assert merged(("R&B/Soul",), ("r&b/soul",), Policy.ADD) == ("R&B/Soul",)
    assert merged(("Rock # Metal",), ("metal",), Policy.ADD, joined_by="#") == ("Rock # Metal",)


def test_a_tag_is_taken_apart_by_its_own_separator_only():
    assert split_joined(("A; B / C", "D/"), joined_by="/") == ("A; B", "C", "D")
    assert split_joined(("A; B / C", "D/"), joined_by="") == ("A; B / C", "D/")


# What the user wants written


def test_a_mapping_knows_a_genre_by_any_spelling_and_says_nothing_of_others():
    mapping = GenreMapping(
        (("hiphop", ("Rap",)), ("Post-Punk", ("Indie", "Rock")), ("***", ("A",)))
    )
    assert mapping.names("hiphop") == mapping.names("Hip Hop") == ("Rap",)
    assert mapping.names("post punk") == ("Indie", "Rock")
    assert mapping.names("***") == ("A",), "a name without a letter is itself"
    assert mapping.names("rock") == NO_MAPPING.names("rock") == ()


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        (("Pop",), ("Rock",), ("Rock",)),
        (("Live",), ("Rock",), ("Live", "Rock")),
        (("Pop", "Live"), ("Rock",), ("Rock", "Live")),
        (("Live", "Pop", "Folk"), ("Rock", "Blues"), ("Live", "Rock", "Blues")),
        (("LIVE", "Rock"), ("Rock",), ("LIVE", "Rock")),
        (("Live", "Pop"), ("Live",), ("Live",)),
        (("Hip Hop", "Pop"), ("Hip-Hop",), ("Hip Hop",)),
        ((), ("Rock",), ("Rock",)),
    ],
)
def test_a_protected_genre_stays_where_it_is_when_others_are_replaced(before, wanted, after):
    protected = ("Live", "Hip Hop")
    assert merged(before, wanted, Policy.REPLACE, protected=protected) == after
    assert merged(after, wanted, Policy.REPLACE, protected=protected) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Pop/Live", ("Rock", "Live")),
        ("Rock / Live", ("Rock / Live",)),  # nothing goes: the text stays as it is
        ("Pop/Folk", ("Rock",)),
        ("Live/Show", ("Live/Show", "Rock")),  # protected as it is
    ],
)
def test_a_protected_genre_is_found_in_a_tag_that_joins_several(before, after):
    how = {"joined_by": "/", "protected": ("Live", "Live/Show")}
    assert merged((before,), ("Rock",), Policy.REPLACE, **how) == after


def test_two_protected_spellings_of_one_genre_both_stay():
    both = ("Hip Hop", "Hip-Hop")
    after = merged(both, ("Hip Hop",), Policy.REPLACE, protected=both)
    assert sorted(after) == sorted(both)


NAMES = st.lists(st.sampled_from(["Rock", "rock", "Hip Hop", "Hip-Hop", "Live"]), max_size=4)


@given(NAMES, NAMES.filter(bool), st.sampled_from(Policy), NAMES)
def test_what_is_protected_is_never_lost_whatever_is_written(before, wanted, policy, protected):
    after = merged(tuple(before), wanted, policy, protected=protected)
    assert all(contains(after, genre) for genre in before if contains(protected, genre))
    assert after
