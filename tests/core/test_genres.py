"""The vocabulary knows its own names and what tags call them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.genres import contains, vocabulary


def test_it_holds_the_ten_genres_of_the_model():
    assert sorted(vocabulary().names) == [
        *("blues", "classical", "country", "disco", "hiphop"),
        *("jazz", "metal", "pop", "reggae", "rock"),
    ]


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("Hip-Hop", "hiphop"),
        ("hip hop", "hiphop"),
        ("HIPHOP/RAP", "hiphop"),
        ("Rock", "rock"),
        (" rock ", "rock"),
        ("Zydeco", None),
        ("", None),
    ],
)
def test_spellings_found_in_tags(text, genre):
    assert vocabulary().normalise(text) == genre


def test_only_a_canonical_id_has_a_written_name():
    assert vocabulary().name("hiphop") == "Hip-Hop"
    assert vocabulary().name("hip hop") == "hip hop"


@given(st.text())
def test_normalising_is_idempotent(text):
    genre = vocabulary().normalise(text)
    assert genre is None or vocabulary().normalise(vocabulary().name(genre)) == genre


def test_presence_ignores_case():
    assert contains(["Rock", "pop"], "POP")
    assert not contains(["Rock"], "Pop")
