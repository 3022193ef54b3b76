"""The filter text is parsed into terms; no text makes the parser fail."""

from __future__ import annotations

import random

import pytest

from genretagger.review.filter.filter_syntax import (
    FilterField,
    Value,
    list_field_names,
    parse_terms,
    quoted,
)
from genretagger.review.filter.percent_filter import parse_percents, split_numbers


def parsed(text):
    return list(parse_terms(text, list_field_names()))


def test_words_are_folded_and_stand_alone():
    found = parsed("Kind  BLUE")
    assert [term.values for term in found] == [(Value("kind"),), (Value("blue"),)]
    assert all(term.by is None and not term.negated for term in found)


def test_a_phrase_is_one_word_and_may_be_left_open():
    assert parsed('"Kind of Blue"')[0].values == (Value("kind of blue"),)
    assert parsed('"Kind of')[0].values == (Value("kind of"),)


def test_a_field_has_values_between_commas():
    (term,) = parsed('genre:Rock,"Hip Hop"')
    assert (term.by, term.values) == (FilterField.GENRE, (Value("rock"), Value("hip hop")))


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("heard:x", FilterField.HEARD),
        ("confidence:5", FilterField.CONFIDENCE),
        ("STATE:open", FilterField.STATE),
    ],
)
def test_fields_have_other_names_in_any_case(typed, by):
    assert parsed(typed)[0].by is by


def test_an_equals_sign_wants_all_of_the_text():
    (term,) = parsed('now:=Rock,="Hip Hop"')
    assert term.values == (Value("rock", is_whole=True), Value("hip hop", is_whole=True))
    assert term.values[0].fits(("Rock",))
    assert not term.values[0].fits(("Hard Rock",))


def test_nothing_in_quotes_wants_no_text():
    (value,) = parsed('now:""')[0].values
    assert value.fits(())
    assert not value.fits(("Rock",))


def test_a_minus_means_not_but_not_by_itself():
    field, word, phrase = parsed('-genre:rock -live - "a"')[0:2] + parsed('-"a b"')
    assert [field.negated, word.negated, phrase.negated] == [True, True, True]
    assert len(parsed("Miles - Blue")) == 2


def test_a_name_that_is_no_field_is_a_word():
    (term,) = parsed("Episode:3")
    assert (term.by, term.values) == (None, (Value("episode:3"),))


def test_a_quotation_mark_in_quotes_is_doubled():
    assert quoted('12" Mix') == '"12"" Mix"'
    (term,) = parsed("now:=" + quoted('12" Mix'))
    assert term.values == (Value('12" mix', is_whole=True),)
    assert parsed('"12"" mix"')[0].values == (Value('12" mix'),)
    assert parsed(f"now:{quoted('Drum & Bass')}")[0].values == (Value("drum & bass"),)


def test_whatever_is_typed_is_taken():
    rng = random.Random(5)
    pieces = [
        '"',
        ":",
        ",",
        "-",
        "=",
        "genre:",
        "conf:",
        "state:",
        "..",
        "<",
        "0.6",
        " ",
        "ä",
        "\0",
    ]
    for _ in range(3000):
        text = "".join(rng.choice(pieces) for _ in range(rng.randrange(12)))
        for term in parsed(text):
            assert term.source in text


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("<0.6", 0, 59), ("<=0.6", 0, 60), (">0.6", 61, 100), (">=80%", 80, 100),
        ("0.5..0.7", 50, 70),
        ("70%..50%", 50, 70), ("..0.3", 0, 30), ("90..", 90, 100), ("60", 60, 60), ("0,6", 60, 60),
        ("=1", 100, 100), ("<1%", 0, 0),
    ],
)  # fmt: skip
def test_confidences(typed, first, last):
    found = parse_percents(typed)
    assert (found[0], found[-1]) == (first, last)


@pytest.mark.parametrize("typed", ["", "..", "a", "<", "200", "-1", "0.5...0.7", "<<1", ">100"])
def test_what_is_no_confidence(typed):
    assert parse_percents(typed) is None


def test_a_decimal_comma_does_not_part_numbers():
    assert split_numbers("0,6,0,9") == ["0.6", "0.9"]
    assert split_numbers("60, 70") == ["60", "70"]
