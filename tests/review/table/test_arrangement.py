"""Where rows and headings stand after they are arranged anew."""

from __future__ import annotations

import pytest

from genretagger.review.rows.row_events import make_row
from genretagger.review.table.arrangement import Arrangement
from genretagger.review.table.sort_keys import SortField
from tests.helpers.rows import track


def row(path, album="", artist="Nina", **tags):
    return make_row(track(path, album=album, artist=artist, **{"album_artist": artist, **tags}))


ROWS = [row("b2", "Blue"), row("a1", "Amber"), row("b1", "Blue"), row("a2", "Amber")]


@pytest.fixture
def arrangement():
    made = Arrangement()
    made.by_album = True
    made.arrange(ROWS, range(4))
    return made


def test_headings_stand_above_their_rows(arrangement):
    assert [max(entry, -1) for entry in arrangement.entries] == [-1, 1, 3, -1, 2, 0]
    assert arrangement.group_at(0).album == "Amber"
    assert list(arrangement.row_ids_at(3)) == [2, 0]
    assert arrangement.heading_above(5) == 3
    assert arrangement.shown == [1, 3, 2, 0]


def test_a_run_of_positions_stands_for_the_rows_there_and_below_its_headings(arrangement):
    assert list(arrangement.row_ids_in(range(1, 3))) == [1, 3]
    assert list(arrangement.row_ids_in(range(2, 5))) == [3, 2, 0, 2]
    arrangement.by_album = False
    arrangement.arrange(ROWS, range(4))
    assert list(arrangement.row_ids_in(range(1, 3))) == [1, 2]


def test_under_headings_rows_are_sorted_as_asked(arrangement):
    arrangement.by, arrangement.descending = SortField.FILE, True
    arrangement.arrange(ROWS, range(4))
    assert [max(entry, -1) for entry in arrangement.entries] == [-1, 3, 1, -1, 0, 2]


def test_no_two_stand_in_one_place_when_headings_go(arrangement):
    """Two persistent indexes that become equal make Qt forget one, and crash when it goes."""
    amber, blue = arrangement.group_at(0), arrangement.group_at(3)
    were = [amber, 1, amber, blue, 3]
    arrangement.by_album = False
    arrangement.arrange(ROWS, range(4))
    assert arrangement.find_again(were) == [None, 1, None, 2, 3]


def test_a_heading_that_is_gone_is_stood_for_by_its_first_row_that_is_there(arrangement):
    amber, blue = arrangement.group_at(0), arrangement.group_at(3)
    arrangement.by_album = False
    arrangement.arrange(ROWS, [0, 3])
    assert arrangement.find_again([amber, blue]) == [1, 0]
    arrangement.by_album = True
    arrangement.arrange(ROWS, [0])
    assert arrangement.find_again([amber, blue]) == [None, 0]


def test_headings_that_are_united_do_not_stand_in_one_place(arrangement):
    more = [*ROWS, row("a3", "Amber"), row("c1", "Cyan")]
    arrangement.entries += arrangement.append(more, [4])
    first, again = arrangement.group_at(0), arrangement.group_at(6)
    assert first.key == again.key
    arrangement.arrange(more, range(6))
    assert arrangement.find_again([first, again]) == [0, None]


def test_rows_of_the_last_album_go_on_under_its_heading(arrangement):
    more = [*ROWS, row("b3", "Blue"), row("c1", "Cyan")]
    arrangement.entries += arrangement.append(more, [4, 5])
    assert [max(entry, -1) for entry in arrangement.entries] == [-1, 1, 3, -1, 2, 0, 4, -1, 5]
    assert list(arrangement.row_ids_at(3)) == [2, 0, 4]


def paths(made, rows):
    return [str(rows[number].path).removeprefix("/music/") for number in made.shown]


def shown(rows, *, by=None, by_album=False, descending=False, by_sort_names=True):
    made = Arrangement()
    made.by, made.by_album, made.descending = by, by_album, descending
    made.by_sort_names = by_sort_names
    made.arrange(rows, range(len(rows)))
    return paths(made, rows)


BOX = [
    row("CD2/b", "Box", disc_number=2, track_number=1),
    row("CD1/z", "Box", disc_number=1, track_number=2),
    row("CD1/b", "Box", disc_number=1, track_number=10),
    row("CD2/a", "Box", disc_number=2, track_number=2),
    row("CD1/y", "Box", disc_number=1, track_number=1),
]
AS_ON_THE_BOX = ["CD1/y", "CD1/z", "CD1/b", "CD2/b", "CD2/a"]


@pytest.mark.parametrize("by", [None, SortField.ALBUM, SortField.ARTIST, SortField.STATE])
@pytest.mark.parametrize("descending", [False, True])
def test_what_is_alike_stands_under_its_album_by_disc_and_track(by, descending):
    assert shown(BOX, by=by, by_album=True, descending=descending) == AS_ON_THE_BOX


@pytest.mark.parametrize("by", [SortField.ALBUM, SortField.ARTIST])
def test_an_album_that_is_sorted_together_stands_by_disc_and_track(by):
    others = [row("x", "Amber", "Otto"), *BOX, row("w", "Zinc", "Anna")]
    placed = [path for path in shown(others, by=by) if path.startswith("CD")]
    assert placed == AS_ON_THE_BOX


def test_albums_of_one_artist_stay_together():
    rows = [row("b1", "Blue"), row("a1", "Amber"), row("b2", "Blue"), row("z", "Zinc", "Abba")]
    assert shown(rows, by=SortField.ARTIST) == ["z", "a1", "b1", "b2"]
    assert shown(rows, by=SortField.ARTIST, descending=True) == ["a1", "b1", "b2", "z"]


def test_where_no_disc_is_named_a_folder_is_one():
    rows = [
        row("CD 10/a", "Box", track_number=1),
        row("CD 9/b", "Box", track_number=2),
        row("CD 9/c", "Box", track_number=1),
        row("CD 9/bonus", "Box"),
    ]
    assert shown(rows, by_album=True) == ["CD 9/c", "CD 9/b", "CD 9/bonus", "CD 10/a"]


def test_without_numbers_the_names_of_files_decide():
    rows = [row("b 10", "Box"), row("b 9", "Box"), row("a", "Box")]
    assert shown(rows, by_album=True) == ["a", "b 9", "b 10"]


def test_files_sort_as_a_tree_does():
    rows = [row("CD2/01 x"), row("CD10/01 x"), row("CD2/02 x"), row("CD10/02 x")]
    in_order = ["CD2/01 x", "CD2/02 x", "CD10/01 x", "CD10/02 x"]
    assert shown(rows, by=SortField.FILE) == in_order
    assert shown(rows, by=SortField.FILE, descending=True) == in_order[::-1]


BANDS = [
    row("z", "Zinc", "Cher"),
    row("h", "Help!", "The Beatles", artist_sort="Beatles, The"),
    row("d", "Disc", "Ärzte"),
]


@pytest.mark.parametrize("by_album", [False, True])
def test_artists_stand_where_their_tags_say_unless_the_user_does_not_want_it(by_album):
    how = {"by": None if by_album else SortField.ARTIST, "by_album": by_album}
    assert shown(BANDS, **how) == ["d", "h", "z"]
    assert shown(BANDS, by_sort_names=False, **how) == ["d", "z", "h"]


def test_the_sort_name_of_a_guest_is_not_that_of_the_album():
    rows = [
        row("a", "Best", "Zoe", artist_sort="Zoe", album_artist="Various Artists"),
        row("b", "Best", "Yan", album_artist="Wim", album_artist_sort="Able"),
    ]
    assert shown(rows, by_album=True) == ["b", "a"]


def test_how_artists_sort_can_be_changed_between_arrangements():
    made = Arrangement()
    made.by = SortField.ARTIST
    made.arrange(BANDS, range(3))
    assert paths(made, BANDS) == ["d", "h", "z"]
    made.by_sort_names = False
    made.arrange(BANDS, range(3))
    assert paths(made, BANDS) == ["d", "z", "h"]
