"""Texts sort as a reader expects: numbers by value, accents beside plain letters."""

from __future__ import annotations

import random
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from genretagger.core.texts.collation import natural_key, natural_keys

some_text = st.text(alphabet="aB9 01éй\u0301ガ\u200b\n;٣", max_size=12)


@given(st.lists(some_text, max_size=20))
def test_many_keys_are_the_keys_of_each(texts):
    assert natural_keys(texts) == [natural_key(text) for text in texts]


@given(st.integers(0, 10**17), st.integers(0, 10**17), st.integers(0, 3))
@example(10**15, 10**14, 3)
@example(10**30, 10**29, 0)
@example(10**17, 10**18, 0)
@example(123456789, 12345678, 0)
def test_numbers_sort_by_value(one, other, zeros):
    first, second = f"Track {'0' * zeros}{one} b", f"track {other} B"
    assert (natural_key(first) < natural_key(second)) == (one < other)
    assert (natural_key(first) == natural_key(second)) == (one == other)


def test_thousands_of_digits_are_no_trouble():
    assert natural_key("9" * 5000) > natural_key("9" * 4000)


def test_natural_order_of_names():
    names = ["10 a", "9 b", "", "A2", "a10", "a1b", "a", "ab", "Track 2 (10)", "Track 2 (9)"]
    assert sorted(names, key=natural_key) == [
        "9 b", "10 a", "a", "a1b", "A2", "a10", "ab", "Track 2 (9)", "Track 2 (10)", "",
    ]  # fmt: skip


def test_keys_of_very_many_texts_are_those_of_each():
    texts = [f"{number % 7} Track {number:05d}" for number in range(5000)]
    assert natural_keys(texts) == [natural_key(text) for text in texts]
    texts[2500] = "two\nlines"
    assert natural_keys(texts) == [natural_key(text) for text in texts]


def test_numbers_in_names_sort_by_value():
    names = ["track 10", "Track 9", "track 9b", "", "1"]
    assert sorted(names, key=natural_key) == ["1", "Track 9", "track 9b", "track 10", ""]


@given(st.lists(st.text(), min_size=2))
def test_any_texts_can_be_sorted(texts):
    once = sorted(texts, key=natural_key)
    assert [natural_key(text) for text in once] == sorted(map(natural_key, texts))


def in_order(names):
    shuffled = random.Random(0).sample(names, len(names))
    return sorted(shuffled, key=natural_key)


def test_letters_with_accents_stand_beside_plain_ones():
    names = ["ABBA", "Ärzte", "Björk", "Die Ärzte", "Émile", "Øyvind", "Œuvre", "Queen", "Zorn"]
    assert in_order(names) == [
        *("ABBA", "Ärzte", "Björk", "Die Ärzte", "Émile", "Œuvre", "Øyvind", "Queen", "Zorn"),
    ]


def test_accents_and_case_do_not_tell_texts_apart():
    assert natural_key("BEYONCÉ") == natural_key("Beyonce\u0301") == natural_key("beyonce")


def test_the_spanish_letter_stands_after_n():
    assert in_order(["Nz", "Ñandú", "Oa"]) == ["Nz", "Ñandú", "Oa"]


def test_letters_of_other_scripts_keep_their_order():
    assert in_order(["Ария", "Кино", "ДДТ", "Йорш"]) == ["Ария", "ДДТ", "Йорш", "Кино"]


def test_russian_and_ukrainian_letters_stand_where_their_alphabets_have_them():
    names = ["Елена", "Ёлка", "Если", "Жук", "Ижица", "Иян", "Йод", "Кино", "Ум", "Ўсход", "Храм"]
    assert in_order(names) == names
    assert in_order(["Індія", "Їжак", "Йога", "Київ"]) == ["Йога", "Київ", "Індія", "Їжак"]
    assert (
        natural_key("ёлка")
        == natural_key(unicodedata.normalize("NFD", "Ёлка"))
        == natural_key("елка")
    )


def test_both_japanese_syllabaries_sort_as_one():
    names = ["あ", "ア", "アイ", "が", "かん", "ガンダム", "きゃく", "サクラ", "さけ", "ざる", "ぱ"]
    assert in_order(names) == names
    assert natural_key("ｶﾞｯ") == natural_key("かつ")


def test_keys_of_many_texts_of_all_scripts_are_those_of_each():
    names = ["Abba", "Ärzte", "Йод", "\u0301", "", "ガンダム", "Ña 12", "\u200b", "Œuvre 3"] * 400
    assert natural_keys(names) == [natural_key(name) for name in names]
    names[7] = "é\nè"
    assert natural_keys(names) == [natural_key(name) for name in names]


def test_quotes_of_typesetting_stand_where_plain_ones_do():
    assert in_order(["\u201cHeroes\u201d", '"Hi"', "'Til", "\u2018Tis", "Abba"]) == [
        *("\u201cHeroes\u201d", '"Hi"', "'Til", "\u2018Tis", "Abba"),
    ]


def test_what_cannot_be_seen_does_not_count():
    assert natural_key("\ufeffAbba\u200b") == natural_key("Abba")
    assert natural_key("\ufeff") == natural_key("")
