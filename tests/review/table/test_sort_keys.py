"""Sort keys: the same in bulk as one by one."""

from __future__ import annotations

import pytest

from genretagger.core.predictions import Level
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
        -1.0,
        -1.0,
        -1.0,
        0.4,
    ]


def test_the_runner_up_is_the_second_genre():
    found = track("a.mp3")
    assert make_row(found).runner_up is None
    event = heard("a.mp3", "jazz", 0.6)
    assert event.runner_up == event.prediction.scores[1]
