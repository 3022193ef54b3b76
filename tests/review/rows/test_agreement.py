"""Which genres of a file agree with what was heard, and which of them say more."""

from __future__ import annotations

import pytest

from genretagger.core.genres import NO_MAPPING, GenreMapping
from genretagger.review.rows.agreement import Agreement, Kind, compare, find_kind
from genretagger.review.rows.confidence_levels import PERSONAL_PREFIX
from tests.helpers.rows import prediction

OWN = prediction("Reggae", model=PERSONAL_PREFIX + "mine")


def relation(heard, *tags, joined_by="", mapping=NO_MAPPING, said=None):
    return compare(tags, joined_by, said or prediction(heard), mapping, heard)


@pytest.mark.parametrize(
    ("heard", "tags"),
    [
        ("reggae", ("Dub",)),
        ("rock", ("Geek Rock",)),
        ("rock", ("Folk/Rock",)),
        ("house", ("Deep House",)),
        ("country", ("Country Rock; Live",)),
        ("reggae", ("Reggae", "Dub")),  # the broader one is there too, and Dub would be lost
        ("rock", ("Jazz", "Grunge")),
    ],
)
def test_a_kind_of_what_was_heard_is_finer(heard, tags):
    assert relation(heard, *tags) is Agreement.FINER


@pytest.mark.parametrize(
    ("heard", "tags"),
    [
        ("reggae", ("Reggae",)),
        ("hiphop", ("Rap",)),
        ("house", ("Electronic",)),  # broader
        ("rock", ("Rock; Pop",)),
        ("rock", ("Rock & Pop",)),
        ("metal", ("Hard Rock & Metal",)),
        ("jazz", ("Jazz and Blues",)),
    ],
)
def test_other_names_broader_ones_and_several_at_once_are_not_finer(heard, tags):
    assert relation(heard, *tags) is Agreement.SAME


def test_another_genre_does_not_agree():
    assert relation("reggae", "Rock") is Agreement.NONE
    assert relation("reggae", "Other") is Agreement.NONE
    assert relation("reggae", "Bedrock") is Agreement.NONE


def test_names_with_a_sign_between_them_may_be_one_genre():
    assert relation("rock", "Rock & Roll") is Agreement.FINER
    assert relation("electronic", "Drum & Bass") is Agreement.FINER


def test_what_the_user_named_is_compared_with_instead():
    mapping = GenreMapping((("reggae", ("Reggae", "Dub")),))
    assert relation("reggae", "Reggae", "Dub", mapping=mapping) is Agreement.SAME
    assert relation("reggae", "Dub", mapping=mapping) is Agreement.SAME
    assert relation("reggae", "Ska", mapping=mapping) is Agreement.NONE
    assert relation("Reggae", "Dub", said=OWN) is Agreement.FINER
    assert relation("Dub", "Reggae", said=prediction("Dub", model=OWN.model_id)) is Agreement.NONE


def test_the_first_finer_genre_is_named_as_the_file_spells_it():
    assert find_kind(("Jazz", "dub; Ska"), ";", ("Reggae",)) == Kind("dub", "Reggae")
    assert find_kind(("Reggae",), "", ("Reggae",)) is None
