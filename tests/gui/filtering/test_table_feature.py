"""The table's layout: columns, sorting and albums, by keys, and remembered until the next time."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from genretagger.core.resources import user_folders
from genretagger.core.writes import Action
from genretagger.gui.cells.columns import Column
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def core():
    """Return a core with two albums of three, and a track without one."""
    tracks = [
        track(f"{name}{n}.flac", album=album, artist="Nina", folder=f"/music/{album}")
        for name, album in (("b", "Blue"), ("a", "Amber"))
        for n in (3, 1, 2)
    ]
    tracks.append(track("single.flac", folder="/music"))
    said = {tracks[0].path: prediction("jazz", 0.95), tracks[1].path: prediction("jazz", 0.85)}
    return FakeCore(tracks, {one.path: said.get(one.path, prediction("rock")) for one in tracks})


def names(driver):
    return [row.path.stem if row is not None else "-" for row in driver.rows()]


def shown(driver):
    """Return the columns that are shown, from left to right."""
    header = driver.table.horizontalHeader()
    order = [Column(header.logicalIndex(position)) for position in range(header.count())]
    return [column for column in order if not driver.table.isColumnHidden(column)]


def columns_menu(driver):
    return driver.window.findChild(QMenu, "columnsMenu")


def open_menu(driver, press, qtbot):
    press(Key.Key_K, modifier=CONTROL)
    menu = columns_menu(driver)
    qtbot.waitUntil(menu.isVisible)
    return menu


# Albums


def test_g_puts_the_tracks_of_an_album_under_a_heading_and_back(driver, press):
    found = names(driver)
    driver.table.select(4)
    press(Key.Key_G)
    assert names(driver) == ["-", "a1", "a2", "a3", "-", "b1", "b2", "b3", "-", "single"]
    assert driver.action("groupAction").isChecked()
    assert driver.table.current_row_id() == 4, "the row under the hand is the same"
    press(Key.Key_G)
    assert names(driver) == found


def test_g_is_a_letter_where_one_types(driver, press, qtbot):
    press(Key.Key_Slash)
    qtbot.keyClicks(QApplication.focusWidget(), "g")
    assert driver.filter_edit.text() == "g"
    assert not driver.action("groupAction").isChecked()


def test_headings_are_not_counted_as_tracks(driver, press):
    press(Key.Key_G)
    label = driver.window.findChild(object, "countsLabel").text()
    assert "shown" not in label


@pytest.fixture
def on_heading(driver, press):
    """Stand on the heading of the album Blue: b1 sounds like jazz, as b3; b2 like rock."""
    press(Key.Key_G, Key.Key_Home)
    for _ in range(4):
        press(Key.Key_Down)
    assert driver.table.currentIndex().row() == 4
    assert driver.table.model().heading_at(4)[0] == "Nina — Blue"
    assert driver.table.selected_row_ids() == [1, 2, 0]


def decided(driver):
    rows = (row for row in driver.rows() if row is not None)
    return {row.path.stem: row.decision for row in rows if row.decision is not None}


@pytest.mark.usefixtures("on_heading")
@pytest.mark.parametrize(
    ("key", "genres"),
    [
        (Key.Key_A, {"b1": "Jazz", "b2": "Rock", "b3": "Jazz"}),
        (Key.Key_1, {"b1": "Jazz", "b2": "Rock", "b3": "Jazz"}),
        (Key.Key_2, {"b1": "Blues", "b2": "Blues", "b3": "Blues"}),
        (Key.Key_3, {"b1": "Classical", "b2": "Classical", "b3": "Classical"}),
        (Key.Key_B, {"b1": "Jazz", "b2": "Rock", "b3": "Jazz"}),
        (Key.Key_U, {"b1": "Jazz", "b2": "Jazz", "b3": "Jazz"}),
    ],
)
def test_a_decision_on_a_heading_is_one_on_all_of_its_tracks(driver, press, key, genres):
    press(key)
    assert {name: one.genres for name, one in decided(driver).items()} == {
        name: (genre,) for name, genre in genres.items()
    }
    assert driver.table.currentIndex().row() == 4, "one stays on the heading"
    press(Key.Key_Z, modifier=CONTROL)
    assert decided(driver) == {}


@pytest.mark.usefixtures("on_heading")
def test_an_album_is_rejected_taken_back_and_typed_on_its_heading(driver, press):
    press(Key.Key_R)
    assert [one.action for one in decided(driver).values()] == [Action.REJECT] * 3
    press(Key.Key_Backspace)
    assert decided(driver) == {}
    press.type("Dub")
    assert {name: one.genres for name, one in decided(driver).items()} == dict.fromkeys(
        ("b1", "b2", "b3"), ("Dub",)
    )


@pytest.mark.usefixtures("on_heading")
def test_what_was_decided_on_the_first_track_is_copied_to_its_album(driver, press):
    press(Key.Key_Down, Key.Key_3, Key.Key_Up, Key.Key_Up)
    assert driver.table.currentIndex().row() == 4
    press(Key.Key_C)
    assert {one.genres for one in decided(driver).values()} == {("Classical",)}
    assert {row.state for row in driver.rows() if row and row.path.stem[0] == "b"} == {
        State.ACCEPTED
    }


def test_a_heading_says_all_to_who_cannot_see_it(driver, press):
    press(Key.Key_G)
    index = driver.table.model().index(4, Column.STATE)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Nina — Blue\nTracks: 3 · 2 of 3 sound like Jazz"
    tip = index.siblingAtColumn(Column.CONFIDENCE).data(Qt.ItemDataRole.ToolTipRole)
    assert "Nina — Blue" in tip


def test_a_heading_is_painted_over_all_columns(driver, press):
    """The ground of a heading is the same from the left edge to the right."""
    driver.window.resize(760, 500)
    press(Key.Key_G, Key.Key_End)
    table = driver.table
    top = table.rowViewportPosition(4) + 1  # above the cover
    picture = table.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    colours = {
        picture.pixelColor(round(x * ratio), round(top * ratio)).name()
        for x in range(1, table.viewport().width() - 1)
    }
    assert len(colours) == 1
    below = picture.pixelColor(round(3 * ratio), round((top + table.rowHeight(4)) * ratio))
    assert below.name() not in colours


# Columns


def test_ctrl_k_opens_the_columns_and_space_checks_several(driver, press, qtbot):
    before = shown(driver)
    assert Column.LEVEL not in before
    assert Column.ARTIST in before
    menu = open_menu(driver, press, qtbot)
    assert menu.activeAction() is driver.action("columnTitleAction")
    for name in ("columnLevelAction", "columnArtistAction"):
        menu.setActiveAction(driver.action(name))
        qtbot.keyClick(menu, Key.Key_Space)
        assert menu.isVisible()
    assert Column.LEVEL in shown(driver)
    assert Column.ARTIST not in shown(driver)
    qtbot.keyClick(menu, Key.Key_Escape)
    assert not menu.isVisible()
    assert driver.table.hasFocus()
    driver.trigger("resetColumnsAction")
    assert shown(driver) == before


def test_the_menu_shows_what_is_shown_and_return_closes_it(driver, press, qtbot):
    menu = open_menu(driver, press, qtbot)
    checked = {column for column in Column if _action(driver, column).isChecked()}
    assert checked == set(shown(driver))
    menu.setActiveAction(driver.action("columnFolderAction"))
    qtbot.keyClick(menu, Key.Key_Return)
    assert not menu.isVisible()
    assert Column.FOLDER in shown(driver)


def _action(driver, column):
    return driver.action(f"column{column.name.title().replace('_', '')}Action")


FILE_COLUMNS = [
    Column.YEAR,
    Column.TRACK,
    Column.DISC,
    Column.FORMAT,
    Column.BIT_RATE,
    Column.ALBUM_ARTIST,
    Column.MODIFIED,
]


def test_the_columns_about_the_file_come_when_asked_for_and_are_remembered(opened, core):
    first = opened(core)
    first.window.resize(1600, 500)
    assert not set(FILE_COLUMNS) & set(shown(first))
    for column in FILE_COLUMNS:
        _action(first, column).trigger()
    assert set(FILE_COLUMNS) <= set(shown(first))
    first.window.close()
    assert set(FILE_COLUMNS) <= set(shown(opened(core)))


def test_a_click_into_the_menu_leaves_it_open(driver, press, qtbot):
    menu = open_menu(driver, press, qtbot)
    action = driver.action("columnDurationAction")
    point = menu.actionGeometry(action).center()
    qtbot.mouseMove(menu, point)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=point)
    assert Column.DURATION in shown(driver)
    assert menu.isVisible()
    menu.close()


def test_a_click_on_the_header_opens_the_columns_too(driver, qtbot):
    header = driver.table.horizontalHeader()
    header.customContextMenuRequested.emit(header.rect().center())
    menu = columns_menu(driver)
    qtbot.waitUntil(menu.isVisible)
    menu.close()


def test_what_the_review_cannot_be_without_stays(driver):
    assert not driver.action("columnStateAction").isEnabled()
    assert not driver.action("columnSuggestedAction").isEnabled()


def test_where_room_is_scarce_columns_give_way_unless_asked_for(opened):
    long = [track("a.flac", title="Leaving at Dawn " * 3, artist="The Lanterns " * 3, album="Blue")]
    driver = opened(FakeCore(long))
    table = driver.table
    driver.action("detailsAction").setChecked(False)
    driver.window.resize(1600, 500)
    assert {Column.ALBUM, Column.RUNNER_UP} <= set(shown(driver))
    driver.window.resize(720, 500)
    assert not {Column.ALBUM, Column.RUNNER_UP} & set(shown(driver))
    assert not table.horizontalScrollBar().isVisible()
    driver.action("columnAlbumAction").trigger()
    assert Column.ALBUM in shown(driver)


def test_where_a_file_is_not_named_its_title_says_that_it_is_cut_off(driver):
    model = driver.table.model()
    assert (Column.FILE in shown(driver), model.noted) == (False, Column.TITLE)
    driver.trigger("columnFileAction")
    assert (Column.FILE in shown(driver), model.noted) == (True, Column.FILE)


@pytest.mark.parametrize("stored", [{"shown": {"file": True}}, {"widths": {"file": 150}}])
def test_who_had_the_files_beside_the_titles_keeps_them(opened, core, stored):
    path = user_folders().window
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"table": {"version": 1, **stored}}), encoding="utf-8")
    driver = opened(core)
    assert Column.FILE in shown(driver)
    driver.trigger("resetColumnsAction")
    assert Column.FILE not in shown(driver)


# Sorting


def test_every_column_can_be_sorted_by_from_the_menu(driver):
    header = driver.table.horizontalHeader()
    for column in Column:
        action = driver.action(f"sortBy{column.name.title().replace('_', '')}Action")
        action.trigger()
        assert header.sortIndicatorSection() == column
        assert action.isChecked()
        first = driver.action("sortReverseAction").isChecked()
        assert first is (column is Column.CONFIDENCE), "the surest are at the top"
    driver.trigger("sortByFileAction")  # folder by folder
    assert names(driver) == ["single", "a1", "a2", "a3", "b1", "b2", "b3"]
    driver.trigger("sortByFileAction")
    assert names(driver) == ["b3", "b2", "b1", "a3", "a2", "a1", "single"]
    assert driver.action("sortReverseAction").isChecked()
    driver.trigger("sortReverseAction")
    assert names(driver) == ["single", "a1", "a2", "a3", "b1", "b2", "b3"]
    driver.trigger("sortNoneAction")
    assert names(driver) == ["b3", "b1", "b2", "a3", "a1", "a2", "single"]
    assert not driver.action("sortReverseAction").isEnabled()


def test_the_menu_follows_the_header(driver):
    driver.table.sortByColumn(Column.ALBUM, Qt.SortOrder.DescendingOrder)
    assert driver.action("sortByAlbumAction").isChecked()
    assert driver.action("sortReverseAction").isChecked()


# Remembered


def test_the_layout_is_there_again_after_a_restart(opened, core):
    first = opened(core)
    first.window.resize(780, 500)  # within the screen of the tests
    header = first.table.horizontalHeader()
    header.moveSection(header.visualIndex(Column.CONFIDENCE), 1)
    first.action("columnHintsAction").trigger()
    first.action("columnArtistAction").trigger()
    first.table.setColumnWidth(Column.TITLE, 222)
    first.trigger("sortByTitleAction")
    first.trigger("sortByTitleAction")
    first.trigger("groupAction")
    columns, order = shown(first), names(first)
    first.window.close()
    second = opened(core)
    assert shown(second) == columns
    assert columns[1] is Column.CONFIDENCE
    assert second.table.columnWidth(Column.TITLE) == 222
    assert names(second) == order
    assert second.action("groupAction").isChecked()
    assert second.action("sortByTitleAction").isChecked()
    assert second.action("sortReverseAction").isChecked()
    second.window.resize(1500, 500)
    assert second.table.columnWidth(Column.TITLE) == 222, "the user's width is left alone"
    second.trigger("resetColumnsAction")
    assert second.table.columnWidth(Column.TITLE) != 222
    assert shown(second)[1] is Column.TITLE
    second.window.close()
    assert shown(opened(core))[1] is Column.TITLE


@pytest.mark.parametrize(
    "found", ["garbage", {"version": 99}, {"version": 1, "order": [{}], "widths": 3, "by": "x"}]
)
def test_garbage_in_the_place_of_a_layout_is_no_layout(opened, core, found):
    plain = shown(opened(core))
    path = user_folders().window
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"table": found}), encoding="utf-8")
    driver = opened(core)
    assert shown(driver) == plain
    assert not driver.action("groupAction").isChecked()
    assert driver.table.horizontalHeader().sortIndicatorSection() not in range(len(Column))
