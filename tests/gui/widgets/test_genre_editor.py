"""The editor of genres: only Return keeps what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from genretagger.gui.cells.columns import Column
from genretagger.gui.widgets.genre_editor import GenreEdit
from genretagger.review.genres.known_genres import GenreOffer
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track


@pytest.fixture
def driver(opened):
    made = opened(FakeCore([track("a.flac"), track("b.flac", genres=("Salsa",))]))
    made.window.activateWindow()
    made.table.setFocus()
    made.table.selectRow(0)
    return made


@pytest.fixture
def editor(driver, qtbot):
    """Return a function that opens the editor on the first row and types."""

    def typed(text):
        driver.trigger("editAction")
        made = driver.table.findChild(object, "genreEdit")
        made.selectAll()
        qtbot.keyClicks(made, text)
        return made

    return typed


def is_open(driver):
    return driver.table.state() is driver.table.State.EditingState


def test_return_takes_what_was_typed_while_completions_are_shown(driver, editor, qtbot):
    popup = editor("Hip").completer().popup()
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert driver.row("a.flac").suggested == ("Hip",)
    assert not is_open(driver)
    assert not popup.isVisible()


@pytest.mark.parametrize("width", [40, 400])
def test_a_genre_fits_into_the_editor_however_narrow_its_column_is(driver, editor, width):
    columns = driver.table.horizontalHeader()
    columns.resizeSection(Column.SUGGESTED, width)
    line = editor("Contemporary Christian")
    assert line.width() >= max(220, 0.9 * columns.sectionSize(Column.SUGGESTED))
    assert 0 <= line.x() <= driver.table.viewport().width() - line.width()


def test_return_takes_the_completion_that_is_highlighted(driver, editor, qtbot):
    popup = editor("Blues; Hip").completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert driver.row("a.flac").suggested == ("Blues", "Hip-Hop")
    assert not is_open(driver)


def test_a_style_is_offered_with_its_family_and_written_without(driver, editor, qtbot):
    completer = editor("hou").completer()
    first = completer.completionModel().index(0, 0)
    assert first.data() == "House"
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "House, Electronic"
    qtbot.keyClick(completer.popup(), Qt.Key.Key_Down)
    qtbot.keyClick(completer.popup(), Qt.Key.Key_Return)
    assert driver.row("a.flac").suggested == ("House",)


def test_return_in_the_line_itself_takes_what_was_typed(driver, editor, qtbot):
    line = editor("Hip")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: driver.row("a.flac").decision is not None)
    assert driver.row("a.flac").suggested == ("Hip",)
    qtbot.waitUntil(lambda: not is_open(driver))


def to_filter(driver, line, qtbot):
    driver.trigger("filterAction")


def click_elsewhere(driver, line, qtbot):
    place = driver.table.visualRect(driver.table.model().index(1, 1)).center()
    qtbot.mouseClick(driver.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def next_row(driver, line, qtbot):
    driver.table.selectRow(1)


def escape(driver, line, qtbot):
    qtbot.keyClick(line, Qt.Key.Key_Escape)


def tab(driver, line, qtbot):
    qtbot.keyClick(line, Qt.Key.Key_Tab)


@pytest.mark.parametrize("leave", [to_filter, click_elsewhere, next_row, escape, tab])
def test_leaving_the_editor_in_any_other_way_decides_nothing(driver, editor, qtbot, leave):
    line = editor("Hip")
    line.completer().popup().hide()
    leave(driver, line, qtbot)
    qtbot.waitUntil(lambda: not is_open(driver))
    assert driver.row("a.flac").decision is None
    assert driver.row("a.flac").suggested == ("Blues",)


# The list of completions


def listed(line, n=None):
    model = line.completer().completionModel()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(position, 0).data(role) for position in range(model.rowCount())][:n]


def test_the_librarys_spelling_comes_first_with_its_family_and_files(opened, qtbot):
    genres = ("deep house",), ("Deep House",), ("Deep House",), ("Ska",)
    driver = opened(FakeCore([track(f"{n}.flac", genres=one) for n, one in enumerate(genres)]))
    driver.table.selectRow(0)
    driver.trigger("editAction")
    line = driver.table.findChild(object, "genreEdit")
    line.selectAll()
    qtbot.keyClicks(line, "hous")
    assert listed(line) == ["House, Electronic", "Deep House, House · 3 files"], "by their begin"
    line.selectAll()
    qtbot.keyClicks(line, "p h")
    assert listed(line, 1) == ["Deep House, House · 3 files"], "a part in the middle"
    line.selectAll()
    qtbot.keyClicks(line, "ska")
    assert listed(line) == ["Ska, Reggae · 1 file"]
    line.completer().popup().hide()


def test_tab_takes_the_first_or_what_is_highlighted_and_stays(driver, editor, qtbot):
    line = editor("Comedy; fo")
    popup = line.completer().popup()
    first = line.completer().completionModel().index(0, 0).data()
    qtbot.keyClick(popup, Qt.Key.Key_Tab)
    assert line.text() == f"Comedy; {first}"
    assert is_open(driver)
    assert not popup.isVisible()
    qtbot.keyClicks(line, "; zyd")
    assert not popup.isVisible(), "nothing is known"
    line.setText("Comedy; ")
    qtbot.keyClicks(line, "hou")
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Tab)
    assert line.text() == "Comedy; House"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: driver.row("a.flac").decision is not None)
    assert driver.row("a.flac").suggested == ("Comedy", "House")


def test_escape_closes_the_list_only_and_then_the_line(driver, editor, qtbot):
    line = editor("hou")
    popup = line.completer().popup()
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert is_open(driver)
    assert line.text() == "hou"
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not is_open(driver))
    assert driver.row("a.flac").decision is None


def test_up_goes_back_to_what_was_typed(driver, editor, qtbot):
    line = editor("Blues; hou")
    popup = line.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    assert line.text() == "Blues; House"
    qtbot.keyClick(popup, Qt.Key.Key_Up)
    assert line.text() == "Blues; hou"
    popup.hide()


def test_five_thousand_genres_are_searched_and_long_names_are_cut(qtbot):
    genres = [f"Genre {n} of a very long name, " + "and on " * 20 for n in range(5000)]
    line = GenreEdit([GenreOffer(one, 1, one.casefold()) for one in genres])
    qtbot.addWidget(line)
    line.show()
    qtbot.keyClicks(line, "enre 4321 of")
    assert listed(line) == [f"{genres[4321]}, 1 file"]
    popup = line.completer().popup()
    assert popup.minimumWidth() <= 460
    popup.hide()
