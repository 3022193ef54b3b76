"""Sort keys are the same in bulk as one by one, and sort rows of any names."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.core.predictions import Level
from genretagger.review.filter import filters, search_text
from genretagger.review.rows.decisions import edited
from genretagger.review.rows.row import Row
from genretagger.review.rows.row_events import make_row
from genretagger.review.table import sort_keys
from tests.helpers.rows import heard, track


@pytest.fixture
def rows():
    made = [
        heard("b 10.mp3", "jazz", 0.9, folder="/m/CD 10", title="Line\nbreak", album="X"),
        heard("b 9.mp3", "pop", 0.4, folder="/m/CD 9", level=Level.LOW, hints=("Soul",)),
        heard("b 9.mp3", "rock", 0.7, folder="/m/CD 10", genres=("Rock", "Pop")),
        make_row(track("a.mp3", artist="")),
        Row(track("broken.mp3").path),
    ]
    return [*made, edited(made[0], ("Swing",)), edited(made[1], ("Pop",))]


@pytest.mark.parametrize("field", sort_keys.SortField)
def test_keys_of_all_rows_are_the_keys_of_each(rows, field):
    keys = sort_keys.make_sort_keys(rows, field)
    assert keys == [sort_keys.make_sort_key(row, field) for row in rows]
    assert len(sorted(keys)) == len(rows)  # they compare


def test_files_of_one_name_are_in_the_order_of_their_folders(rows):
    keys = sort_keys.make_sort_keys(rows[:3], sort_keys.SortField.FILE)
    assert sort_keys.sort_row_ids(range(3), keys, descending=False) == [1, 2, 0]


def test_the_confidence_is_that_of_the_genre_that_is_suggested(rows):
    assert sort_keys.make_sort_keys(rows, sort_keys.SortField.CONFIDENCE) == [
        0.9,
        0.4,
        0.7,
        inf,
        inf,
        inf,
        0.4,
    ]


@pytest.mark.parametrize("descending", [False, True])
def test_rows_with_nothing_to_sort_by_are_last_in_both_directions(rows, descending):
    for field, n_empty in (
        (sort_keys.SortField.CONFIDENCE, 3),
        (sort_keys.SortField.LEVEL, 2),
        (sort_keys.SortField.HINTS, 5),
        (sort_keys.SortField.ALBUM, 5),
    ):
        keys = sort_keys.make_sort_keys(rows, field)
        ordered = sort_keys.sort_row_ids(range(len(rows)), keys, descending=descending)
        filled = [keys[row_id] for row_id in ordered[: len(rows) - n_empty]]
        assert filled == sorted(filled, reverse=descending)
        empty = ordered[len(rows) - n_empty :]
        assert empty == sorted(empty)
        assert max(filled) < min(keys[row_id] for row_id in empty)


def test_the_runner_up_is_what_the_second_key_takes():
    rows = [make_row(track("a.mp3")), heard("b.mp3", "jazz", 0.6)]
    second = rows[1].prediction.scores[1].genre
    assert sort_keys.make_sort_keys(rows, sort_keys.SortField.RUNNER_UP)[1] == second


@given(
    st.lists(st.text(min_size=1).filter(lambda name: "/" not in name and name != "."), min_size=2)
)
def test_rows_with_any_names_can_be_sorted_by_any_field(names):
    rows = [make_row(track(Path("/m") / name, title=name)) for name in names]
    rows.append(Row(Path("/m")))
    for field in sort_keys.SortField:
        keys = [sort_keys.make_sort_key(row, field) for row in rows]
        up = sort_keys.sort_row_ids(range(len(rows)), keys, descending=False)
        down = sort_keys.sort_row_ids(range(len(rows)), keys, descending=True)
        filled = [keys[number] for number in down if keys[number] not in sort_keys.EMPTY]
    assert [keys[number] for number in up] == [*reversed(filled), *sorted(keys)[len(filled) :]]


def test_a_name_of_many_digits_and_one_that_is_not_text_can_be_sorted_and_searched():
    odd = Path("/m/caf\udce9" + "7" * 5000)
    row = make_row(track(odd))
    assert sort_keys.make_sort_key(row, sort_keys.SortField.FILE) > sort_keys.make_sort_key(
        make_row(track(Path("/m/a"))), sort_keys.SortField.FILE
    )
    wanted = filters.parse_filter("CAF pending", filters.FilterWords())
    assert wanted.passed([row], search_text.search_texts([row])) == [0]


def test_rows_that_compare_equal_keep_the_order_they_were_found_in():
    keys = [("b",), ("a",), ("b",), ("a",)]
    assert sort_keys.sort_row_ids([3, 2, 1, 0], None, descending=False) == [0, 1, 2, 3]
    assert sort_keys.sort_row_ids([0, 1, 2, 3], keys, descending=False) == [1, 3, 0, 2]
    assert sort_keys.sort_row_ids([0, 1, 2, 3], keys, descending=True) == [0, 2, 1, 3]
