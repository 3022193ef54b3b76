"""Texts that a reader takes for the same compare as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.texts.folding import clean_text, fold_spacing, fold_to_letters

INVISIBLE = [
    *("\ufeff", "\x00", "\u200b", "\u200d", "\xad", "\u2060", "\u200e"),
    *("\ufe0f", "\u2800", "\u3164", "\u034f", "\U000e0020"),
]


@pytest.mark.parametrize("invisible", INVISIBLE)
def test_invisible_characters_are_dropped(invisible):
    for text in (f"{invisible}Hip-Hop", f"Hip-{invisible}Hop", f"Hip-Hop{invisible}"):
        assert clean_text(text) == "Hip-Hop"
    assert clean_text(invisible) == ""


def test_spaces_are_of_one_kind_and_accents_of_one_form():
    assert clean_text("\u00a0Post\u00a0 Rock\u3000") == "Post Rock"
    assert clean_text("Post \u200b\tRock") == "Post Rock"
    assert clean_text("Mu\u0301sica") == "M\u00fasica"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize(
    ("text", "spacing", "letters"),
    [
        ("  The\tBeatles ", "the beatles", "thebeatles"),
        ("AC/DC", "ac/dc", "acdc"),
        ("Stra\u00dfe 7", "strasse 7", "strasse7"),
        ("R&B", "r&b", "rb"),
        ("\u00c9toile", "\u00e9toile", "\u00e9toile"),
        ("?!", "?!", ""),
        ("", "", ""),
    ],
)
def test_folding_drops_case_and_spacing_or_all_but_letters(text, spacing, letters):
    assert fold_spacing(text) == spacing
    assert fold_to_letters(text) == letters
