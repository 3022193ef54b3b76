"""The filters made of a row find it, and what it has in common with others."""

from __future__ import annotations

import pytest

from genretagger.core.predictions import Unsure
from genretagger.review.filter.filters import FilterWords, parse_filter
from genretagger.review.filter.row_filters import (
    album_filter,
    artist_filter,
    folder_filter,
    genre_filter,
)
from genretagger.review.filter.search_text import search_texts
from tests.helpers.rows import heard

NAMES = ('AC/DC "live"', '"', '""', 'a"b"', "a,b", "=x", "-x", "x: y", " spaced ", "Ñandú ß",
         "a\nb", "Rock & Roll", "C:\\Music", "“quoted”", "%22")  # fmt: skip


def passed(text, rows):
    """Return which rows pass; nothing in the text may be misread."""
    wanted = parse_filter(text, FilterWords())
    assert not wanted.misread
    return wanted.passed(rows, search_texts(rows))


@pytest.mark.parametrize("name", NAMES)
def test_any_name_finds_its_row_and_no_other(name):
    others = [heard(f"{n}.mp3", artist=f"{name} II", album=f"{name} II") for n in range(2)]
    rows = [heard(artist=name, album=name, genres=(name,), folder=f"/x/{name}"), *others]
    assert passed(artist_filter(rows[0]), rows) == [0]
    assert passed(album_filter(rows[0]), rows) == [0]
    assert passed(folder_filter(rows[0]), rows) == [0]


@pytest.mark.parametrize("name", NAMES)
def test_the_genre_of_the_file_counts_where_none_is_suggested(name):
    rows = [heard("a.mp3", "rock", 0.9, Unsure.NOT_MUSIC, genres=(name,)), heard("b.mp3", "rock")]
    assert passed(genre_filter(rows[0]), rows) == [0]
    assert passed(genre_filter(rows[1]), rows) == [1]


def test_an_album_is_that_of_its_artist_if_one_is_named():
    rows = [
        heard("1.mp3", album="Best of", album_artist="Blur"),
        heard("2.mp3", album="Best of", album_artist="Oasis"),
    ]
    assert passed(album_filter(rows[0]), rows) == [0]


def test_a_folder_is_taken_with_those_below_it_and_without_its_namesakes():
    rows = [heard(folder=folder) for folder in ("/m/AC", "/m/AC/live", "/m/ACDC")]
    assert passed(folder_filter(rows[0]), rows) == [0, 1]


def test_what_a_row_lacks_has_no_filter():
    row = heard("a.mp3", "rock", 0.9, Unsure.NOT_MUSIC, artist="", album=" ")
    assert artist_filter(row) == album_filter(row) == genre_filter(row) == ""
