"""Headings by album, artist, folder and genre: from the menu, by one key, and remembered."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from genretagger.core.genres import GenreMapping
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import save_settings
from genretagger.gui.cells.columns import Column
from genretagger.review.genres.mapping import GenreRules
from genretagger.review.table.row_groups import Grouping
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.keyboard import Keys
from tests.helpers.rows import prediction, track

Key = Qt.Key


@pytest.fixture
def core():
    """Return a core with two artists, three albums, two folders and two genres."""
    tracks = [
        track("z.flac", album="Blue", artist="Nina", folder="/music/new", year=1969),
        track("y.flac", album="Amber", artist="Kim", folder="/music/old", year=1958),
        track("x.flac", album="Amber", artist="Kim", folder="/music/old", year=1960),
        track("w.flac", album="Cyan", artist="Nina", folder="/music/old"),
    ]
    said = {one.path: prediction("jazz" if n < 2 else "rock") for n, one in enumerate(tracks)}
    return FakeCore(tracks, said)


def headings(driver):
    model = driver.table.model()
    positions = range(model.rowCount())
    return [model.heading_at(at)[0] for at in positions if model.group_at(at) is not None]


ALBUMS = ["Kim — Amber (1958–1960)", "Nina — Blue (1969)", "Nina — Cyan"]  # noqa: RUF001


@pytest.mark.parametrize(
    ("action", "titles"),
    [
        ("groupByAlbumAction", ALBUMS),
        ("groupByArtistAction", ["Kim", "Nina"]),
        ("groupByFolderAction", ["/music/new", "/music/old"]),
        ("groupByGenreAction", ["Jazz", "Rock"]),
        ("groupByNothingAction", []),
    ],
)
def test_what_is_chosen_in_the_menu_is_above_the_tracks(driver, action, titles):
    driver.trigger("groupAction")
    driver.trigger(action)
    assert headings(driver) == titles
    assert driver.action(action).isChecked()
    assert driver.action("groupAction").isChecked() is bool(titles)


def test_g_goes_to_the_last_headings_and_back(driver, press):
    press(Key.Key_G)
    assert headings(driver) == ALBUMS
    driver.trigger("groupByArtistAction")
    press(Key.Key_G)
    assert headings(driver) == []
    assert driver.action("groupByNothingAction").isChecked()
    press(Key.Key_G)
    assert headings(driver) == ["Kim", "Nina"]
    assert driver.action("groupByArtistAction").isChecked()


def test_the_headings_are_there_again_after_a_restart(opened, core):
    first = opened(core)
    first.trigger("groupByFolderAction")
    first.window.close()
    second = opened(core)
    assert headings(second) == ["/music/new", "/music/old"]
    second.trigger("groupAction")
    second.window.close()
    third = opened(core)
    assert headings(third) == []
    third.trigger("groupAction")
    assert headings(third) == ["/music/new", "/music/old"]


def test_the_album_has_a_column_where_headings_do_not_name_it(driver):
    driver.window.resize(1600, 500)
    driver.trigger("groupByArtistAction")
    assert not driver.table.isColumnHidden(Column.ALBUM)
    driver.trigger("groupByAlbumAction")
    assert driver.table.isColumnHidden(Column.ALBUM)


@pytest.mark.parametrize(
    ("key", "decided"), [(Key.Key_A, {"w", "z"}), (Key.Key_2, {"w", "z"}), (Key.Key_B, {"w", "z"})]
)
def test_a_decision_on_an_artist_is_one_on_all_of_its_tracks(driver, press, key, decided):
    driver.trigger("groupByArtistAction")
    position = driver.table.model().position_of(0)
    heading = driver.table.model().heading_above(position)
    driver.table.setFocus()
    driver.table.setCurrentIndex(driver.table.model().index(heading, 0))
    press(key)
    rows = [row for row in driver.table.model().rows() if row.decision is not None]
    assert {row.path.stem for row in rows} == decided


def test_uniform_makes_each_album_of_an_artist_uniform_by_itself(driver, press):
    driver.trigger("groupByArtistAction")
    driver.table.setFocus()
    model = driver.table.model()
    driver.table.setCurrentIndex(model.index(model.heading_above(model.position_of(0)), 0))
    press(Key.Key_U)
    chosen = {row.path.stem: row.decision.genres for row in model.rows() if row.decision}
    assert chosen == {"z": ("Jazz",), "w": ("Rock",)}


def test_genres_follow_decisions_only_when_arranged_anew(driver, press):
    driver.trigger("groupByGenreAction")
    driver.table.setFocus()
    driver.table.select(0)
    press(Key.Key_R, Key.Key_Backspace)
    driver.table.select(0)
    press.type("Rock")
    assert headings(driver) == ["Jazz", "Rock"]
    assert driver.table.model().grouping is Grouping.GENRE
    driver.trigger("sortByTitleAction")
    members = driver.table.model().row_ids_at(driver.table.model().heading_above(1))
    assert list(members) == [1]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_F2])
def test_return_and_f2_unfold_a_folded_heading_before_they_edit(driver, press, key):
    driver.trigger("groupByArtistAction")
    press(Key.Key_Left, modifier=Qt.KeyboardModifier.ControlModifier)
    table = driver.table
    position = table.currentIndex().row()
    assert table.model().is_folded(position)
    press(key)
    assert not table.model().is_folded(position)
    assert table.state() is not table.State.EditingState
    press(key)
    assert table.state() is table.State.EditingState


# Folded headings after a restart


def folded(driver):
    model = driver.table.model()
    positions = range(model.rowCount())
    return [model.heading_at(at)[0] for at in positions if model.is_folded(at)]


def fold_artist(driver, name):
    """Group by artist, fold one, and make it the current one."""
    driver.trigger("groupByArtistAction")
    driver.table.setFocus()
    model = driver.table.model()
    at = next(at for at in range(model.rowCount()) if model.heading_at(at)[0] == name)
    driver.table.setCurrentIndex(model.index(at, 0))
    Keys(driver, driver.qtbot)(Key.Key_Left)
    assert folded(driver) == [name]


@pytest.mark.parametrize("name", ["Kim", "Nina"])
def test_folded_headings_are_folded_again_and_the_current_one_is_current(opened, core, name):
    first = opened(core)
    fold_artist(first, name)
    selected = first.table.selected_row_ids()
    first.window.close()
    second = opened(core)
    assert folded(second) == [name]
    assert second.table.model().heading_at(second.table.currentIndex().row())[0] == name
    assert second.table.selected_row_ids() == selected
    second.trigger("groupByFolderAction")
    assert folded(second) == []
    second.trigger("groupByArtistAction")
    assert folded(second) == [name]


def test_a_heading_that_was_opened_again_stays_open(opened, core):
    first = opened(core)
    fold_artist(first, "Kim")
    first.window.close()
    second = opened(core)
    second.table.setFocus()
    Keys(second, second.qtbot)(Key.Key_Right)
    second.window.close()
    third = opened(core)
    assert (headings(third), folded(third)) == (["Kim", "Nina"], [])


def test_the_first_row_is_not_unfolded_because_it_is_the_first(opened, core):
    first = opened(core)
    fold_artist(first, "Kim")
    first.table.select(0)  # one of Nina
    first.window.close()
    second = opened(core)
    assert folded(second) == ["Kim"]
    assert second.table.current_row_id() == 0


def test_with_the_setting_off_or_a_damaged_file_all_headings_are_open(opened, core):
    first = opened(core)
    fold_artist(first, "Kim")
    first.window.close()
    memory = user_folders().window
    stored = json.loads(memory.read_text())
    assert stored["foldedHeadings"] == {"artist": [["kim"]]}
    memory.write_text(json.dumps(stored | {"foldedHeadings": {"artist": "x"}}))
    second = opened(core)
    assert folded(second) == []
    fold_artist(second, "Kim")
    save_settings(user_folders().settings, Settings(remember_session=False))
    second.window.close()
    third = opened(core)
    assert folded(third) == []
    third.window.close()
    assert json.loads(memory.read_text())["foldedHeadings"] == {}


def test_genres_stand_under_what_is_suggested_after_other_settings(driver):
    driver.trigger("groupByGenreAction")
    assert headings(driver) == ["Jazz", "Rock"]
    review = driver.window._review
    mapping = GenreMapping((("jazz", ("Bebop",)),))
    review.set_rules(GenreRules(mapping), lambda _track: None)
    driver.qtbot.waitUntil(lambda: not review.decider.is_busy())
    assert headings(driver) == ["Bebop", "Rock"]


def test_a_track_that_comes_under_a_folded_heading_hands_the_keys_to_it_but_selects_no_other(
    opened, core
):
    driver = opened(core)
    fold_artist(driver, "Kim")
    driver.trigger("groupAction")
    driver.table.select(1)  # one of Kim
    driver.trigger("groupAction")
    table = driver.table
    assert folded(driver) == ["Kim"]
    assert table.model().heading_at(table.currentIndex().row())[0] == "Kim"
    assert table.selected_row_ids() == []
    assert not driver.action("acceptAction").isEnabled(), "nobody chose all of Kim"
    Keys(driver, driver.qtbot)(Key.Key_Right, Key.Key_Right)
    assert table.selected_row_ids() == [2], "the first of Kim"
