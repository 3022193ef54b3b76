"""Sort keys: natural order, and the same keys in bulk as one by one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genretagger.core.datatypes import TrackAnalysed
from genretagger.core.hearing import Level
from genretagger.review import order
from genretagger.review.decisions import edited
from genretagger.review.row_events import row_analysed, row_found
from genretagger.review.rows import Row
from tests.gui.fakes import prediction, track


def heard(name, genre, confidence, *, level=Level.HIGH, hints=(), **tags):
    found = track(name, **tags)
    said = prediction(genre, confidence, level=level, hints=hints)
    return row_analysed(row_found(found), TrackAnalysed(found, f"digest-{name}", said))


some_text = st.text(alphabet="aB9 01é\n;٣", max_size=12)


@given(st.lists(some_text, max_size=20))
def test_many_keys_are_the_keys_of_each(texts):
    assert order.natural_keys(texts) == [order.natural(text) for text in texts]


@given(st.integers(0, 10**17), st.integers(0, 10**17), st.integers(0, 3))
@example(10**15, 10**14, 3)
@example(10**30, 10**29, 0)
@example(10**17, 10**18, 0)
@example(123456789, 12345678, 0)
def test_numbers_sort_by_value(one, other, zeros):
    first, second = f"Track {'0' * zeros}{one} b", f"track {other} B"
    assert (order.natural(first) < order.natural(second)) == (one < other)
    assert (order.natural(first) == order.natural(second)) == (one == other)


def test_thousands_of_digits_are_no_trouble():
    assert order.natural("9" * 5000) > order.natural("9" * 4000)


def test_natural_order_of_names():
    names = ["10 a", "9 b", "", "A2", "a10", "a1b", "a", "ab", "Track 2 (10)", "Track 2 (9)"]
    assert sorted(names, key=order.natural) == [
        "9 b", "10 a", "a", "a1b", "A2", "a10", "ab", "Track 2 (9)", "Track 2 (10)", "",
    ]  # fmt: skip


@pytest.fixture
def rows():
    made = [
        heard("b 10.mp3", "jazz", 0.9, folder="/m/CD 10", title="Line\nbreak", album="X"),
        heard("b 9.mp3", "pop", 0.4, folder="/m/CD 9", level=Level.LOW, hints=("Soul",)),
        heard("b 9.mp3", "rock", 0.7, folder="/m/CD 10", genres=("Rock", "Pop")),
        row_found(track("a.mp3", artist="")),
        Row(track("broken.mp3").path),
    ]
    return [*made, edited(made[0], ("Swing",)), edited(made[1], ("Pop",))]


@pytest.mark.parametrize("field", order.Field)
def test_keys_of_all_rows_are_the_keys_of_each(rows, field):
    keys = order.sort_keys(rows, field)
    assert keys == [order.sort_key(row, field) for row in rows]
    assert len(sorted(keys)) == len(rows)  # they compare


def test_keys_of_very_many_texts_are_those_of_each():
    texts = [f"{number % 7} Track {number:05d}" for number in range(5000)]
    assert order.natural_keys(texts) == [order.natural(text) for text in texts]
    texts[2500] = "two\nlines"
    assert order.natural_keys(texts) == [order.natural(text) for text in texts]


def test_files_of_one_name_are_in_the_order_of_their_folders(rows):
    keys = order.sort_keys(rows[:3], order.Field.FILE)
    assert order.arranged(range(3), keys, descending=False) == [1, 2, 0]


def test_the_confidence_is_that_of_the_genre_that_is_suggested(rows):
    assert order.sort_keys(rows, order.Field.CONFIDENCE) == [0.9, 0.4, 0.7, -1.0, -1.0, -1.0, 0.4]


def test_the_runner_up_is_the_second_genre():
    found = track("a.mp3")
    assert row_found(found).runner_up is None
    event = heard("a.mp3", "jazz", 0.6)
    assert event.runner_up == event.prediction.scores[1]
