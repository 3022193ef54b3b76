"""From a track to those like it, whatever its names are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track

LIVE = 'AC/DC "live"'


@pytest.fixture
def core():
    tracks = [
        track("a.flac", artist=LIVE, album='The "best" & more', folder="/m/AC, DC"),
        track("b.flac", artist=LIVE, album="Other", folder="/m/x"),
        track("c.flac", artist="AC/DC", album="Other", folder="/m/AC, DC"),
        track("d.flac", artist="", folder="/m/x"),
    ]
    heard = {tracks[1].path: prediction("rock"), tracks[2].path: prediction("rock")}
    return FakeCore(tracks, heard)


def shown(driver):
    return "".join(row.path.stem for row in driver.rows())


@pytest.mark.parametrize(
    ("name", "text", "rows"),
    [
        ("filterByArtistAction", 'artist:="AC/DC ""live"""', "ab"),
        ("filterByAlbumAction", 'album:="The ""best"" & more"', "a"),
        ("filterByGenreAction", 'genre:="Blues"', "ad"),
        ("filterByFolderAction", 'path:"/m/AC, DC/"', "ac"),
    ],
)
def test_the_filter_shows_what_is_like_the_current_track(driver, name, text, rows):
    driver.table.selectRow(0)
    driver.trigger(name)
    assert driver.filter_edit.text() == text
    assert shown(driver) == rows
    assert driver.table.current_row_id() == 0


def test_the_menu_names_what_is_meant(driver):
    driver.table.selectRow(0)
    assert driver.action("filterByArtistAction").text() == f"Only &artist: {LIVE}"
    assert driver.action("filterByAlbumAction").text() == 'Only al&bum: The "best" && more'
    menu = driver.window.findChild(object, "filterByMenu")
    assert [action.objectName() for action in menu.actions()] == [
        "filterByArtistAction", "filterByAlbumAction", "filterByGenreAction",
        "filterByFolderAction",
    ]  # fmt: skip


def test_what_the_tags_lack_cannot_be_filtered_by(driver):
    driver.table.selectRow(3)
    assert not driver.action("filterByArtistAction").isEnabled()
    assert driver.action("filterByArtistAction").text() == "This artist"
    assert driver.action("filterByFolderAction").isEnabled()


def test_states_that_were_chosen_hide_nothing_of_it(driver):
    driver.table.selectRow(0)
    driver.window.findChild(object, "chipAll")
    driver.trigger("rejectAction")
    chips = driver.window.findChild(object, "filterEdit").parent().chips
    chips.choose((driver.rows()[0].state,))
    driver.table.selectRow(0)
    driver.trigger("filterByArtistAction")
    assert shown(driver) == "ab"


def test_without_a_selection_there_is_nothing_to_filter_by(driver):
    driver.table.clearSelection()
    assert not driver.action("filterByAction").isEnabled()
    assert not driver.action("filterByFolderAction").isEnabled()


def test_the_keys_stay_in_the_table(driver, press, qtbot):
    driver.filter_edit.setFocus()
    driver.trigger("filterByArtistAction")
    qtbot.waitUntil(driver.table.hasFocus)
    press(Qt.Key.Key_A)
    assert driver.rows()[0].decision is not None
