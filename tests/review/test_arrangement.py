"""Where rows and headings stand after they were arranged anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from genretagger.core.datatypes import FileStamp, TagReading, Track
from genretagger.review.arrangement import Arrangement
from genretagger.review.order import Field
from genretagger.review.row_events import row_found


def row(path, album="", artist="Nina"):
    tags = TagReading("flac", path, artist, album, artist)
    return row_found(Track(Path(f"/music/{path}"), tags, FileStamp(1, 1, 1, 0, 0)))


ROWS = [row("b2", "Blue"), row("a1", "Amber"), row("b1", "Blue"), row("a2", "Amber")]


@pytest.fixture
def places():
    made = Arrangement()
    made.by_album = True
    made.arrange(ROWS, range(4))
    return made


def test_headings_stand_above_their_rows(places):
    assert [max(entry, -1) for entry in places.entries] == [-1, 1, 3, -1, 2, 0]
    assert places.group_at(0).album == "Amber"
    assert list(places.numbers_at(3)) == [2, 0]
    assert places.heading_above(5) == 3
    assert places.shown == [1, 3, 2, 0]


def test_under_headings_rows_are_sorted_as_asked(places):
    places.by, places.descending = Field.FILE, True
    places.arrange(ROWS, range(4))
    assert [max(entry, -1) for entry in places.entries] == [-1, 3, 1, -1, 0, 2]


def test_no_two_stand_in_one_place_when_headings_go(places):
    """Qt forgets one of two indexes that come to be equal, and crashes when it is let go of."""
    amber, blue = places.group_at(0), places.group_at(3)
    were = [amber, 1, amber, blue, 3]
    places.by_album = False
    places.arrange(ROWS, range(4))
    assert places.places_again(were) == [None, 1, None, 2, 3]


def test_a_heading_that_is_gone_is_stood_for_by_its_first_row_that_is_there(places):
    amber, blue = places.group_at(0), places.group_at(3)
    places.by_album = False
    places.arrange(ROWS, [0, 3])
    assert places.places_again([amber, blue]) == [1, 0]
    places.by_album = True
    places.arrange(ROWS, [0])
    assert places.places_again([amber, blue]) == [None, 0]


def test_headings_that_are_united_do_not_stand_in_one_place(places):
    more = [*ROWS, row("a3", "Amber"), row("c1", "Cyan")]
    places.entries += places.append(more, [4])
    first, again = places.group_at(0), places.group_at(6)
    assert first.key == again.key
    places.arrange(more, range(6))
    assert places.places_again([first, again]) == [0, None]


def test_rows_of_the_last_album_go_on_under_its_heading(places):
    more = [*ROWS, row("b3", "Blue"), row("c1", "Cyan")]
    places.entries += places.append(more, [4, 5])
    assert [max(entry, -1) for entry in places.entries] == [-1, 1, 3, -1, 2, 0, 4, -1, 5]
    assert list(places.numbers_at(3)) == [2, 0, 4]
