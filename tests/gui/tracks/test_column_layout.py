"""Columns share the width: what the texts need, and what gives way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyleOptionViewItem

from genretagger.gui.cells.column_texts import ColumnTexts
from genretagger.gui.cells.columns import Column
from genretagger.gui.tracks.track_model import TrackTableModel
from genretagger.gui.tracks.track_view import TrackView
from tests.helpers.rows import heard

FIRST = (Column.STATE, Column.TITLE, Column.ARTIST)
TITLES = ("The Pilot's Daughter (Live at the Harbour)", "Intro", "II. Andante sostenuto, un poco")
ARTISTS = ("Orquesta Filarmónica del Faro", "MC Paloma", "The Lanterns")


@pytest.fixture
def model(judged):
    return judged(TrackTableModel())


@pytest.fixture
def view(model, qtbot):
    view = TrackView(model, genres=list)
    qtbot.addWidget(view)
    view.show()
    return view


def long_rows():
    return [
        heard(
            f"{n}.mp3",
            "classical",
            title=title,
            artist=artist,
            album="The Long Field at the End of the Road: Collected Recordings",
            genres=("Soundtrack",),
        )
        for n, (title, artist) in enumerate(zip(TITLES, ARTISTS, strict=True))
    ]


def cut(view, columns):
    """Return the texts of these columns that are wider than their column."""
    model = view.model()
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in columns]
    return [
        index.data()
        for index in cells
        if view.sizeHintForIndex(index).width() > view.columnWidth(index.column())
    ]


@pytest.mark.parametrize("width", [900, 1180])
def test_no_text_of_the_first_three_columns_is_cut(view, model, width):
    view.resize(width, 400)
    model.append(long_rows())
    assert cut(view, FIRST) == []
    assert cut(view, [Column.SUGGESTED]) == []
    assert not view.horizontalScrollBar().isVisible()
    assert not view.isColumnHidden(Column.CONFIDENCE)


def test_the_album_gives_way_to_the_titles_and_comes_where_there_is_room(view, model):
    view.resize(900, 400)
    model.append(long_rows())
    assert view.isColumnHidden(Column.ALBUM)
    assert view.isColumnHidden(Column.RUNNER_UP)
    view.resize(1600, 400)
    assert not view.isColumnHidden(Column.ALBUM)
    assert cut(view, (*FIRST, Column.ALBUM)) == []


def test_the_artist_goes_where_even_the_least_does_not_fit(view, model):
    view.resize(480, 400)
    model.append(long_rows())
    assert view.isColumnHidden(Column.ARTIST)
    assert not view.horizontalScrollBar().isVisible()
    view.columns.choose(Column.ARTIST, shown=True)
    assert not view.isColumnHidden(Column.ARTIST)


def test_a_bar_comes_only_for_columns_that_were_asked_for(view, model, qtbot):
    view.resize(700, 400)
    model.append(long_rows())
    assert not view.horizontalScrollBar().isVisible()
    for column in (Column.FOLDER, Column.FILE, Column.BIT_RATE):
        view.columns.choose(column, shown=True)
    qtbot.waitUntil(view.horizontalScrollBar().isVisible)


def test_numbers_and_dates_that_were_asked_for_are_whole(view, model):
    view.resize(1180, 400)
    tags = {"year": 1999, "track_number": 100, "bitrate_bps": 1_411_000}
    model.append([heard("a.mp3", **tags), heard("b.mp3")])
    asked = (Column.YEAR, Column.TRACK, Column.BIT_RATE, Column.MODIFIED, Column.DURATION)
    for column in asked:
        view.columns.choose(column, shown=True)
    assert cut(view, asked) == []


def test_one_endless_title_does_not_take_the_room_of_the_album(view, model):
    view.resize(1180, 400)
    model.append([heard(f"{n}.mp3", album="Blue") for n in range(200)])
    assert not view.isColumnHidden(Column.ALBUM)
    model.append([heard("long.mp3", title="No End " * 50, album="Blue")])
    assert not view.isColumnHidden(Column.ALBUM)


def test_the_typical_length_is_that_of_nearly_all():
    texts = ColumnTexts()
    assert texts.typical_length(Column.TITLE) == 0
    assert texts.is_empty(Column.TITLE)
    texts.add([heard("a.mp3", title="four")] * 98)
    texts.add([heard("a.mp3", title="much longer")] * 2)
    assert texts.typical_length(Column.TITLE) == 4
    assert texts.typical(Column.TITLE) == ["four"]
    assert texts.is_empty(Column.ALBUM)
    assert not texts.is_empty(Column.CONFIDENCE), "its texts are not counted"


def test_the_name_of_the_file_stands_dimmed_in_the_place_of_a_title(view, model):
    model.append([heard("a.mp3", title="Named"), heard("b.mp3", title=" ")])
    named, bare = (model.index(row, Column.TITLE) for row in range(2))
    assert [named.data(), bare.data()] == ["Named", "b.mp3"]
    role = Qt.ItemDataRole
    assert bare.data(role.AccessibleTextRole) == "b.mp3, no title"
    assert "no title" in bare.data(role.AccessibleDescriptionRole)
    assert named.data(role.AccessibleTextRole) == "Named"
    delegate = view.itemDelegateForColumn(Column.TITLE)
    inks = []
    for index in (named, bare):
        option = QStyleOptionViewItem()
        option.palette = view.palette()
        delegate.initStyleOption(option, index)
        inks.append(option.palette.color(QPalette.ColorRole.Text))
    palette = view.palette()
    assert inks == [
        palette.color(QPalette.ColorRole.Text),
        palette.color(QPalette.ColorRole.PlaceholderText),
    ]
