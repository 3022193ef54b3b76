"""What the window says and does where a file has a finer genre than was heard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget

from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import save_settings
from genretagger.gui.cells.columns import Column
from genretagger.gui.filtering.filter_completion import completions
from genretagger.gui.widgets.icons import state_icon
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.keyboard import Keys
from tests.helpers.rows import prediction, track

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def core():
    """Return an album: Dub, Reggae and no genre heard Reggae, Geek Rock heard Rock."""
    tags = {"a.flac": ("Dub",), "b.flac": ("Reggae",), "c.flac": (), "d.flac": ("Geek Rock",)}
    tracks = [track(name, genres=genres, album="Blue") for name, genres in tags.items()]
    said = [prediction(genre, 0.99) for genre in ("reggae", "reggae", "reggae", "rock")]
    return FakeCore(tracks, dict(zip((one.path for one in tracks), said, strict=True)))


@pytest.fixture
def driver(opened, core):
    save_settings(user_folders().settings, Settings(policy="replace"))
    return opened(core)


@pytest.fixture
def press(driver, qtbot):
    return Keys(driver, qtbot)


def cell(driver, name, column, role=Qt.ItemDataRole.DisplayRole):
    position = [row.path.name for row in driver.rows()].index(name)
    return driver.table.model().index(position, column).data(role)


def accepted(driver):
    return [row.path.name for row in driver.rows() if row.decision is not None]


def test_the_state_has_a_word_a_sign_and_a_reason(driver):
    assert cell(driver, "a.flac", Column.STATE) == "agrees (finer)"
    tip = cell(driver, "a.flac", Column.STATE, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert tip.startswith("Dub is a kind of Reggae.\n")
    assert "Geek Rock is a kind of Rock." in cell(
        driver, "d.flac", Column.STATE, Qt.ItemDataRole.AccessibleDescriptionRole
    )
    driver.select("a.flac")
    reason = driver.window.findChild(QLabel, "detailReason")
    assert reason.text().startswith("Dub is a kind of Reggae.")
    line = driver.window.findChild(QLabel, "detailGenres")
    assert line.text() == "Dub"
    driver.trigger("acceptAction")
    driver.select("a.flac")
    assert line.text() == "Dub → Reggae"
    icons = {
        state: state_icon(state, QApplication.palette()).pixmap(24, 24).toImage()
        for state in (State.AGREES, State.FINER, State.DIFFERS)
    }
    assert icons[State.FINER] not in (icons[State.AGREES], icons[State.DIFFERS])


def test_the_suggestion_is_marked_as_one_that_leaves_the_file_alone(driver):
    role = Qt.ItemDataRole.AccessibleTextRole
    stays = cell(driver, "a.flac", Column.SUGGESTED, role)
    assert stays == "Reggae, the file stays as it is"
    tip = cell(driver, "a.flac", Column.SUGGESTED, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "keeps its genre unless you change it" in tip
    assert cell(driver, "c.flac", Column.SUGGESTED, role) == "Reggae, new"
    driver.select("a.flac")
    driver.trigger("acceptAction")
    assert cell(driver, "a.flac", Column.SUGGESTED, role) == "Reggae, new"


def test_one_chip_counts_all_that_agree_and_the_filter_tells_them_apart(driver):
    chip = driver.window.findChild(object, "chipAgrees")
    assert chip.text() == "Agrees 3"
    assert chip.toolTip() == "With a finer genre than was heard: 2 (state:finer)"
    assert driver.window.findChild(object, "chipFiner") is None
    chip.click()
    assert [row.path.name for row in driver.rows()] == ["a.flac", "b.flac", "d.flac"]
    assert chip.isChecked()
    chip.click()
    for text, n in (("state:agrees", 3), ("state:finer", 2), ("state:agrees -state:finer", 1)):
        driver.filter_edit.setText(text)
        driver.qtbot.waitUntil(lambda n=n: len(driver.rows()) == n)
    assert completions("state:fi")[1] == ["finer"]


@pytest.mark.parametrize("name", ["acceptAllAction", "acceptAlbumAction"])
def test_what_accepts_many_leaves_them_out_and_says_so(driver, name):
    driver.select("b.flac")
    driver.trigger(name)
    driver.qtbot.waitUntil(lambda: accepted(driver) != [])
    assert accepted(driver) == ["b.flac", "c.flac"]
    assert driver.status().endswith("Left out: with a finer genre already (2)")


def test_of_several_selected_they_are_left_out_and_one_alone_is_taken(driver, press):
    press(Key.Key_A, modifier=CONTROL)
    press(Key.Key_A)
    assert accepted(driver) == ["b.flac", "c.flac"]
    assert "with a finer genre already (2)" in driver.status()
    driver.select("a.flac")
    driver.trigger("acceptAction")
    assert "a.flac" in accepted(driver)
    driver.select("d.flac")
    driver.trigger("takeFirstAction")
    assert "d.flac" in accepted(driver)


def test_a_text_that_names_no_genre_is_told(opened):
    tags = {"a.flac": ("Other",), "b.flac": ("Other", "Pop")}
    driver = opened(FakeCore([track(name, genres=genres) for name, genres in tags.items()]))
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    assert cell(driver, "a.flac", Column.STATE) == "differs"
    told = "“Other” says nothing of how music sounds."
    assert told in cell(driver, "a.flac", Column.STATE, role).splitlines()
    assert "nothing" not in cell(driver, "b.flac", Column.STATE, role)


def test_the_overview_counts_them_with_what_agrees(driver):
    driver.window.activateWindow()
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    QTest.keyClick(driver.window, Key.Key_2, CONTROL)
    assert driver.window.findChild(QStackedWidget, "overviewPage").isVisible()
    headline = driver.window.findChild(QLabel, "overviewHeadline")
    driver.qtbot.waitUntil(lambda: "agrees: 3 (2 with a finer genre)" in headline.text())
    assert "differ" not in headline.text()
