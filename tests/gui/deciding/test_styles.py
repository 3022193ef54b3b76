"""Styles beyond the ten genres in the window: how they are named, numbered and taken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from genretagger.core.predictions import Unsure
from genretagger.gui.cells.columns import Column
from genretagger.gui.widgets.score_chart import ScoreChart
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track

LOW = Unsure.LOW_CONFIDENCE
HEARD = {
    "folk.flac": prediction("country", 0.4, LOW, styles=(("folk", 0.86), ("acoustic", 0.5))),
    "guess.flac": prediction("jazz", 0.4, LOW, styles=(("ambient", 0.72, False),)),
    "punk.flac": prediction("rock", 0.97, styles=(("punk", 0.71),)),
    "speech.flac": prediction("pop", 0.4, Unsure.NOT_MUSIC, styles=(("folk", 0.9),)),
}


@pytest.fixture
def core():
    tracks = [track(name) for name in HEARD]
    return FakeCore(tracks, {one.path: HEARD[one.path.name] for one in tracks})


def cell(driver, name, column, role=Qt.ItemDataRole.DisplayRole):
    position = [row.path.name for row in driver.rows()].index(name)
    return driver.table.model().index(position, column).data(role)


def text(driver, name):
    return driver.window.findChild(QLabel, name).text().replace("\u200b", "")


def test_the_table_says_beside_a_confidence_that_it_is_of_a_style(driver):
    spoken, tip = Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole
    assert cell(driver, "folk.flac", Column.STATE) == "missing genre"
    assert cell(driver, "folk.flac", Column.SUGGESTED) == "Folk"
    assert cell(driver, "folk.flac", Column.CONFIDENCE) == "86 %"
    assert cell(driver, "folk.flac", Column.CONFIDENCE, spoken) == "86 %, medium, a style"
    assert cell(driver, "guess.flac", Column.CONFIDENCE, spoken) == "72 %, unsure, a style"
    explained = cell(driver, "folk.flac", Column.CONFIDENCE, tip)
    assert "Heard: Folk (style), 86 %" in explained
    assert "None of the ten genres fits; it sounds like Folk (86 of 100 such tracks" in explained
    assert cell(driver, "folk.flac", Column.LEVEL) == "medium"
    assert cell(driver, "guess.flac", Column.LEVEL) == ""
    assert cell(driver, "punk.flac", Column.RUNNER_UP) == "Punk (style) 71 %"
    for column in (Column.RUNNER_UP, Column.CONFIDENCE):
        assert cell(driver, "speech.flac", column) == "", "nothing is said of what is no music"


def test_the_word_stands_where_the_bar_of_a_genre_is(driver):
    def inks(name):
        """Return the colours in the cell of a confidence, as painted."""
        position = [row.path.name for row in driver.rows()].index(name)
        index = driver.table.model().index(position, Column.CONFIDENCE)
        driver.table.clearSelection()
        picture = driver.table.viewport().grab(driver.table.visualRect(index)).toImage()
        points = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
        return {picture.pixelColor(x, y).name() for x, y in points}

    driver.table.setColumnWidth(Column.CONFIDENCE, 200)
    driver.table.setCurrentIndex(driver.table.model().index(3, 0))
    assert inks("folk.flac") != inks("punk.flac")


def test_the_details_say_why_a_style_is_suggested_and_number_what_is_offered(driver):
    driver.select("folk.flac")
    assert text(driver, "detailState") == "Missing genre"
    assert text(driver, "detailReason") == (
        "None of the ten genres fits; it sounds like Folk (86 of 100 such tracks are).\n"
        "The file has no genre."
    )
    bars = driver.window.findChild(ScoreChart, "scoreChart").bars
    assert [(bar.key, bar.name) for bar in bars[:4]] == [
        ("1", "Folk (style)"),
        ("2", "Acoustic (style)"),
        ("3", "Country"),
        ("", "Blues"),
    ]
    assert bars[0].spoken == "Folk (style): 86 %, suggested"
    driver.select("guess.flac")
    assert "not reliable enough to be accepted along with others" in text(driver, "detailReason")
    driver.select("punk.flac")
    assert "Within Rock, it sounds like Punk (71 of 100 such tracks are): press 2." in text(
        driver, "detailReason"
    )
    driver.select("speech.flac")
    assert "style" not in text(driver, "detailReason")


def test_menus_and_editor_have_the_same_numbers(driver):
    driver.window.activateWindow()
    driver.table.setFocus()
    driver.select("folk.flac")
    names = ("takeFirstAction", "takeSecondAction", "takeThirdAction")
    assert [driver.action(name).text() for name in names] == [
        "&1  Folk (style) 86 %",
        "&2  Acoustic (style) 50 %",
        "&3  Country 40 %",
    ]
    driver.table.selectRow([row.path.name for row in driver.rows()].index("folk.flac"))
    driver.trigger("editAction")
    listed = driver.table.findChild(object, "genreEdit").completer().model()
    shown = [listed.index(position, 0).data() for position in range(4)]
    assert shown[:3] == ["1  Folk (style)", "2  Acoustic (style)", "3  Country"]
    assert not shown[3].startswith("4")


def test_keys_take_what_is_offered_whatever_it_is(driver, press):
    for name, key in (
        ("folk.flac", Qt.Key.Key_2),
        ("punk.flac", Qt.Key.Key_2),
        ("guess.flac", Qt.Key.Key_A),
    ):
        driver.table.selectRow([row.path.name for row in driver.rows()].index(name))
        press(key)
    suggested = {name: driver.row(name).suggested for name in HEARD}
    assert suggested["folk.flac"] == ("Acoustic",)
    assert suggested["punk.flac"] == ("Punk",)
    assert suggested["guess.flac"] == ("Ambient",)


def test_accepting_all_takes_a_proven_style_only(driver):
    driver.window.findChild(object, "thresholdSpin").setValue(0.7)
    driver.trigger("acceptAllAction")
    states = {name: driver.row(name).state for name in HEARD}
    assert states == {
        "folk.flac": State.ACCEPTED,
        "guess.flac": State.UNSURE,
        "punk.flac": State.ACCEPTED,
        "speech.flac": State.NOT_MUSIC,
    }
    assert driver.row("folk.flac").decision.genres == ("Folk",)


def test_the_filter_knows_styles_and_offers_the_word(driver, qtbot):
    driver.filter_edit.setText("style:punk")
    qtbot.waitUntil(lambda: [row.path.name for row in driver.rows()] == ["punk.flac"])
