"""The stored folds of headings, read from good and from damaged files."""

from __future__ import annotations

import json

import pytest

from genretagger.review.table import folds
from genretagger.review.table.folds import folds_as_json, parse_folds
from genretagger.review.table.row_groups import Grouping

FOLDS = [
    (Grouping.ALBUM, ("amber", "kim", "")),
    (Grouping.ALBUM, ("", "", "/music/bad \udcff")),
    (Grouping.GENRE, ("jazz",)),
]


def test_folds_come_back_as_they_were():
    assert parse_folds(json.loads(json.dumps(folds_as_json(FOLDS)))) == FOLDS
    assert parse_folds(folds_as_json([])) == []


@pytest.mark.parametrize(
    "found",
    [
        None,
        "garbage",
        [1],
        {"album": 3},
        {"album": ["amber", [1], None]},
        {"gone": [["a"]], "": []},
    ],
)
def test_what_is_no_fold_is_left_out(found):
    assert parse_folds(found) == []


def test_of_very_many_the_last_ones_are_kept(monkeypatch):
    monkeypatch.setattr(folds, "MOST_FOLDS", 2)
    stored = folds_as_json(FOLDS)
    assert parse_folds(stored) == FOLDS[1:]
    assert len(parse_folds({"album": [["a"], ["b"], ["c"]]})) == 2
