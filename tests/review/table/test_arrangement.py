"""Where rows and headings stand after they are arranged anew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genretagger.review.rows.decisions import edited
from genretagger.review.rows.row_events import make_row
from genretagger.review.table.arrangement import Arrangement
from genretagger.review.table.row_groups import Grouping
from genretagger.review.table.sort_keys import SortField
from tests.helpers.rows import heard, track


def row(path, album="", artist="Nina", **tags):
    return make_row(track(path, album=album, artist=artist, **{"album_artist": artist, **tags}))


ROWS = [row("b2", "Blue"), row("a1", "Amber"), row("b1", "Blue"), row("a2", "Amber")]


@pytest.fixture
def arrangement():
    made = Arrangement()
    made.grouping = Grouping.ALBUM
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
    arrangement.grouping = None
    arrangement.arrange(ROWS, range(4))
    assert list(arrangement.row_ids_in(range(1, 3))) == [1, 2]


def test_a_heading_that_is_selected_with_rows_means_only_those_that_are_seen_selected(arrangement):
    assert list(arrangement.selected_row_ids(range(3, 4))) == [2, 0], "by itself, all of its rows"
    assert list(arrangement.selected_row_ids(range(2, 5))) == [3, 2]
    arrangement.fold(3, folded=True)
    assert list(arrangement.selected_row_ids(range(2, 4))) == [3, 2, 0], "folded, all of them"


def test_under_headings_rows_are_sorted_as_asked(arrangement):
    arrangement.order.by, arrangement.order.descending = SortField.FILE, True
    arrangement.arrange(ROWS, range(4))
    assert [max(entry, -1) for entry in arrangement.entries] == [-1, 3, 1, -1, 0, 2]


def test_no_two_stand_in_one_place_when_headings_go(arrangement):
    """Two persistent indexes that become equal make Qt forget one, and crash when it goes."""
    amber, blue = arrangement.group_at(0), arrangement.group_at(3)
    were = [amber, 1, amber, blue, 3]
    arrangement.grouping = None
    arrangement.arrange(ROWS, range(4))
    assert arrangement.find_again(were) == [None, 1, None, 2, 3]


def test_a_heading_that_is_gone_is_stood_for_by_its_first_row_that_is_there(arrangement):
    amber, blue = arrangement.group_at(0), arrangement.group_at(3)
    arrangement.grouping = None
    arrangement.arrange(ROWS, [0, 3])
    assert arrangement.find_again([amber, blue]) == [1, 0]
    arrangement.grouping = Grouping.ALBUM
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


def shown(rows, *, by=None, grouping=None, descending=False, by_sort_names=True):
    made = Arrangement()
    made.order.by, made.grouping, made.order.descending = by, grouping, descending
    made.sort_artists(by_sort_names=by_sort_names)
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
    assert shown(BOX, by=by, grouping=Grouping.ALBUM, descending=descending) == AS_ON_THE_BOX


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
    assert shown(rows, grouping=Grouping.ALBUM) == ["CD 9/c", "CD 9/b", "CD 9/bonus", "CD 10/a"]


def test_without_numbers_the_names_of_files_decide():
    rows = [row("b 10", "Box"), row("b 9", "Box"), row("a", "Box")]
    assert shown(rows, grouping=Grouping.ALBUM) == ["a", "b 9", "b 10"]


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


@pytest.mark.parametrize("grouping", [None, Grouping.ALBUM, Grouping.ARTIST])
def test_artists_stand_where_their_tags_say_unless_the_user_does_not_want_it(grouping):
    how = {"by": None if grouping else SortField.ARTIST, "grouping": grouping}
    assert shown(BANDS, **how) == ["d", "h", "z"]
    assert shown(BANDS, by_sort_names=False, **how) == ["d", "z", "h"]


def test_the_sort_name_of_a_guest_is_not_that_of_the_album():
    rows = [
        row("a", "Best", "Zoe", artist_sort="Zoe", album_artist="Various Artists"),
        row("b", "Best", "Yan", album_artist="Wim", album_artist_sort="Able"),
    ]
    assert shown(rows, grouping=Grouping.ALBUM) == ["b", "a"]


def test_how_artists_sort_can_be_changed_between_arrangements():
    made = Arrangement()
    made.order.by = SortField.ARTIST
    made.arrange(BANDS, range(3))
    assert paths(made, BANDS) == ["d", "h", "z"]
    made.sort_artists(by_sort_names=False)
    made.arrange(BANDS, range(3))
    assert paths(made, BANDS) == ["d", "z", "h"]


# Other headings


def headings(made):
    positions = range(len(made.entries))
    return [group.name for position in positions if (group := made.group_at(position))]


def grouped(rows, grouping):
    made = Arrangement()
    made.grouping = grouping
    made.arrange(rows, range(len(rows)))
    return made


def test_an_artist_is_one_however_spelled_and_stands_album_by_album():
    rows = [
        row("2", "Zoo", artist="Nina", track_number=2),
        row("1", "Zoo", artist="nina ", track_number=1),
        row("0", "Ark", artist="Nina"),
        row("x", artist="", album_artist=""),
        row("k", artist="", album_artist="Kim"),
    ]
    made = grouped(rows, Grouping.ARTIST)
    assert headings(made) == ["Kim", "Nina", ""]
    assert made.shown == [4, 2, 1, 0, 3]


def test_folders_stand_as_they_are_named():
    rows = [row("CD 10/a"), row("CD 9/b"), row("cd 9/c"), row("CD 9/a")]
    made = grouped(rows, Grouping.FOLDER)
    assert headings(made) == ["/music/CD 9", "/music/cd 9", "/music/CD 10"]
    assert made.shown == [3, 1, 2, 0]


def test_a_genre_is_that_which_is_suggested_and_follows_decisions_when_arranged():
    rows = [
        heard("a.mp3", "rock"),
        heard("b.mp3", "blues"),
        make_row(track("c.mp3")),
        heard("d.mp3", "rock"),
    ]
    made = grouped(rows, Grouping.GENRE)
    assert headings(made) == ["Blues", "Rock", ""]
    assert made.shown == [1, 0, 3, 2]
    rows[0] = edited(rows[0], ("Dub",))
    made.forget_keys(of_tracks=False)
    assert made.shown == [1, 0, 3, 2], "nothing moves under the hand"
    made.arrange(rows, range(4))
    assert headings(made) == ["Blues", "Dub", "Rock", ""]


# Folding


def check(made, rows):
    """Check that positions, entries and headings say the same."""
    for position, entry in enumerate(made.entries):
        if entry >= 0:
            assert made.position_of(entry) == made.place_of(entry) == position
        else:
            for row_id in made.row_ids_at(position):
                place = made.position_of(row_id)
                assert (place is None) == made.is_folded(position)
                assert made.place_of(row_id) == (position if place is None else place)
    assert sorted(made.shown) == [n for n in range(len(rows)) if made.place_of(n) is not None]


def test_a_folded_heading_stands_for_its_rows(arrangement):
    arrangement.fold(0, folded=True)
    check(arrangement, ROWS)
    assert [max(entry, -1) for entry in arrangement.entries] == [-1, -1, 2, 0]
    assert (arrangement.is_folded(0), arrangement.is_folded(1)) == (True, False)
    assert arrangement.row_ids_at(0) == [1, 3]
    assert arrangement.shown == [1, 3, 2, 0], "they are shown all the same"
    arrangement.fold(0, folded=True)
    arrangement.fold(1, folded=True)
    check(arrangement, ROWS)
    arrangement.fold(0, folded=False)
    check(arrangement, ROWS)
    assert [max(entry, -1) for entry in arrangement.entries] == [-1, 1, 3, -1]
    arrangement.arrange(ROWS, [0, 1, 2])
    check(arrangement, ROWS)
    assert [max(entry, -1) for entry in arrangement.entries] == [-1, 1, -1], "it stays folded"
    assert arrangement.position_of(3) is arrangement.place_of(3) is None, "the filter hides it"


def test_what_is_found_later_goes_into_the_folded_heading(arrangement):
    arrangement.fold(3, folded=True)
    rows = [*ROWS, row("b3", "Blue"), row("a3", "Amber"), row("b4", "Blue")]
    added = arrangement.append(rows, [4])
    assert added == []
    check(arrangement, rows)
    arrangement.entries += arrangement.append(rows, [5, 6])
    check(arrangement, rows)
    assert [max(entry, -1) for entry in arrangement.entries] == [-1, 1, 3, -1, -1, 5, -1]
    arrangement.arrange(rows, range(7))
    check(arrangement, rows)
    assert [max(entry, -1) for entry in arrangement.entries] == [-1, 1, 3, 5, -1]


def test_all_headings_of_one_kind_fold_at_once(arrangement):
    arrangement.fold_all(folded=True)
    arrangement.arrange(ROWS, range(4))
    check(arrangement, ROWS)
    assert len(arrangement.entries) == 2
    arrangement.grouping = Grouping.ARTIST
    arrangement.arrange(ROWS, range(4))
    assert len(arrangement.entries) == 5, "other headings are open"
    arrangement.grouping = Grouping.ALBUM
    arrangement.fold_all(folded=False)
    arrangement.arrange(ROWS, range(4))
    assert len(arrangement.entries) == 6


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=12))
def test_any_folding_keeps_positions_right(steps):
    rows = [row(f"{n}", f"Album {n % 3}") for n in range(7)]
    made = grouped(rows, Grouping.ALBUM)
    for position, folded in steps:
        if position < len(made.entries):
            made.fold(position, folded=folded)
        check(made, rows)
    made.arrange(rows, range(7))
    check(made, rows)
