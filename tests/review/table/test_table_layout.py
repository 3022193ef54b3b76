"""The stored table layout, read from good and from damaged files."""

from __future__ import annotations

import json

import pytest

from genretagger.review.table.row_groups import Grouping
from genretagger.review.table.sort_keys import SortField
from genretagger.review.table.table_layout import TableLayout, complete_order, parse_layout


def test_a_layout_comes_back_as_it_was():
    layout = TableLayout(
        order=(SortField.STATE, SortField.ALBUM, SortField.TITLE),
        widths={SortField.TITLE: 120},
        shown={SortField.HINTS: True, SortField.ALBUM: False},
        by=SortField.CONFIDENCE,
        descending=True,
        grouping=Grouping.ARTIST,
        last_grouping=Grouping.ARTIST,
    )
    assert parse_layout(json.loads(json.dumps(layout.as_json()))) == layout


@pytest.mark.parametrize(
    "found",
    [
        None,
        "garbage",
        [1, 2],
        {},
        {"version": 0, "by": "title", "by_album": True},
        {"version": 1, "order": 3, "widths": [], "shown": "all", "by": ["title"], "group": 1},
        {"version": 1, "order": ["gone", None, {}], "widths": {"gone": 10}, "by": "gone"},
        {"version": 1, "widths": {"title": "wide", "album": True}, "shown": {"title": 1}},
    ],
)
def test_what_cannot_be_is_left_out(found):
    assert parse_layout(found) == TableLayout()


def test_a_width_that_nobody_could_see_or_leave_is_put_right():
    found = {"version": 1, "widths": {"title": -3, "album": 10**9}}
    assert parse_layout(found).widths == {SortField.TITLE: 16, SortField.ALBUM: 4000}


def test_a_column_that_an_older_version_did_not_have_stands_where_it_is_born():
    assert complete_order(()) == list(SortField)
    known = [one for one in reversed(SortField) if one is not SortField.RUNNER_UP]
    order = complete_order(known)
    assert sorted(order, key=list(SortField).index) == list(SortField)
    assert order.index(SortField.RUNNER_UP) == order.index(SortField.SUGGESTED) + 1


@pytest.mark.parametrize(
    ("stored", "grouping"),
    [
        ({"by_album": True}, Grouping.ALBUM),
        ({"by_album": False}, None),
        ({"by_album": True, "group": None}, None),
        ({"group": "folder"}, Grouping.FOLDER),
        ({"group": ["folder"]}, None),
    ],
)
def test_albums_of_a_version_that_knew_no_other_headings_stay(stored, grouping):
    assert parse_layout({"version": 1, **stored}).grouping is grouping
