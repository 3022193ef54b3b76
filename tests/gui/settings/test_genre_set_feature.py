"""The choice of the genres that are suggested: in the window, in the settings, at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QToolBar,
    QToolButton,
)

from genretagger.core.predictions import Unsure
from genretagger.core.resources import user_folders
from genretagger.core.settings import GenreSet, Settings
from genretagger.core.settings_file import load_settings, save_settings
from genretagger.gui.cells.columns import Column
from genretagger.review.rows.row import State
from tests.helpers.learners import LearningCore, report
from tests.helpers.rows import prediction, track

FOLK = prediction("country", 0.4, Unsure.LOW_CONFIDENCE, styles=(("folk", 0.86),))


@pytest.fixture
def core():
    tracks = [track("a.flac"), track("b.flac")]
    return LearningCore(tracks, {one.path: FOLK for one in tracks})


def entries(driver):
    menu = driver.window.findChild(QMenu, "genreSetMenu")
    return {action.objectName(): action for action in menu.actions()}


def choose(driver, name):
    entries(driver)[name].trigger()


def stored():
    return load_settings(user_folders().settings)


def wait_for_entries(driver, *names):
    driver.qtbot.waitUntil(lambda: list(entries(driver)) == list(names))


def test_the_ten_and_styles_come_first_and_a_choice_holds_at_once(driver, core):
    assert driver.row("a.flac").suggested == ("Folk",)
    analysed = core.n_analysed
    driver.select("b.flac")
    driver.trigger("acceptAction")
    choose(driver, "genresTenAction")
    driver.qtbot.waitUntil(lambda: driver.row("a.flac").suggested == ("Country",))
    assert driver.row("a.flac").state is State.UNSURE
    assert driver.row("b.flac").suggested == ("Folk",), "a decision stays"
    assert stored() == Settings(genres=GenreSet.TEN)
    assert entries(driver)["genresTenAction"].isChecked()
    assert "ten genres" in driver.status()
    choose(driver, "genresStylesAction")
    driver.qtbot.waitUntil(lambda: driver.row("a.flac").state is State.MISSING)
    assert core.n_analysed == analysed, "nothing is heard or judged again"


def test_the_button_says_the_choice_and_opens_the_menu(driver):
    bar, action = driver.window.findChild(QToolBar, "toolBar"), driver.action("genreSetAction")
    button = bar.widgetForAction(action)
    assert button.text() == "Genres: styles"
    assert button.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup
    assert action.text() == "S&uggested genres: The ten and styles"
    assert button.toolTip() == "Suggested genres: The ten and styles"
    choose(driver, "genresTenAction")
    driver.qtbot.waitUntil(lambda: button.text() == "Genres: ten")


def test_own_genres_need_a_classifier_and_say_so(driver):
    own = entries(driver)["genresOwnAction"]
    assert not own.isEnabled()
    assert own.text() == (
        "&3  My own can be chosen once you have learned some from your library (Ctrl+L)."
    )


def test_own_genres_judge_shown_tracks_in_their_places(driver, core):
    driver.select("b.flac")
    driver.trigger("acceptAction")
    core.shelf = {"Mine": report(), "Other": report()}
    driver.window.findChild(QMenu, "genreSetMenu").aboutToShow.emit()
    names = ("genresTenAction", "genresStylesAction", "genresOwnAction", "genresOwn4Action")
    wait_for_entries(driver, *names)
    assert entries(driver)["genresOwnAction"].text() == "&3  My own: Mine"
    choose(driver, "genresOwn4Action")
    driver.qtbot.waitUntil(lambda: driver.row("a.flac").suggested == ("Post-Punk",))
    driver.wait_idle()
    assert stored() == Settings(genres=GenreSet.OWN, personal_classifier="Other")
    assert driver.row("b.flac").decision.genres == ("Folk",)
    assert driver.row("a.flac").style is None
    choose(driver, "genresStylesAction")
    driver.qtbot.waitUntil(lambda: driver.row("a.flac").suggested == ("Folk",))
    driver.wait_idle()
    assert not driver.table.isColumnHidden(Column.PERSONAL), "what is not instead is beside"


def test_what_was_learned_is_offered(driver, core):
    core.shelf = {"Mine": report()}
    driver.window.findChild(QMenu, "genreSetMenu").aboutToShow.emit()
    driver.qtbot.waitUntil(lambda: entries(driver)["genresOwnAction"].isEnabled())


@pytest.mark.logs_warnings
def test_a_choice_that_cannot_be_saved_is_said_and_not_checked(driver, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    choose(driver, "genresTenAction")
    driver.qtbot.waitUntil(lambda: entries(driver)["genresStylesAction"].isChecked())
    said = driver.window.findChild(QLabel, "noticeText")
    assert said.isVisible()
    assert "No space left" in said.text()
    assert driver.row("a.flac").suggested == ("Folk",)


def test_albums_follow_the_choice(opened):
    tracks = [track(f"{n}.flac", album="A") for n in range(5)]
    heard = {one.path: FOLK for one in tracks[:4]} | {tracks[4].path: prediction("rock", 0.9)}
    driver = opened(LearningCore(tracks, heard))
    assert driver.row("4.flac").album.majority == "folk"
    choose(driver, "genresTenAction")
    driver.qtbot.waitUntil(lambda: driver.row("4.flac").album.majority == "country")


# In the dialog


def open_dialog(driver):
    driver.trigger("settingsAction")
    find = driver.window.findChild
    driver.qtbot.waitUntil(lambda: find(QDialog, "settingsDialog") is not None)
    return find(QDialog, "settingsDialog")


def press_ok(driver, dialog):
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    driver.qtbot.waitUntil(lambda: driver.window.findChild(QDialog, "settingsDialog") is None)


def test_the_first_page_has_the_choice(driver):
    dialog = open_dialog(driver)
    box = dialog.findChild(QComboBox, "genreSetting")
    assert box.isVisible(), "on the first page"
    assert box.currentText() == "The ten and styles"
    assert [box.itemText(n) for n in range(box.count())][2] == "My own"
    flags = box.model().index(2, 0).flags()
    assert not flags & Qt.ItemFlag.ItemIsEnabled
    assert "once you have learned some" in box.accessibleDescription()
    box.setCurrentIndex(0)
    press_ok(driver, dialog)
    assert stored().genres is GenreSet.TEN
    assert driver.row("a.flac").suggested == ("Country",)
    assert entries(driver)["genresTenAction"].isChecked(), "the window follows"


def test_a_classifier_is_chosen_by_its_name(driver, core):
    core.shelf = {"Mine": report()}
    dialog = open_dialog(driver)
    box = dialog.findChild(QComboBox, "genreSetting")
    box.setCurrentText("My own: Mine")
    assert box.currentIndex() == 2
    press_ok(driver, dialog)
    assert stored() == Settings(genres=GenreSet.OWN, personal_classifier="Mine")
    driver.qtbot.waitUntil(lambda: driver.row("a.flac").suggested == ("Post-Punk",))
    driver.wait_idle()


def test_a_file_of_before_is_shown_as_own(opened, core):
    core.shelf = {"Mine": report()}
    save_settings(
        user_folders().settings, Settings(personal_classifier="Mine", genres=GenreSet.OWN)
    )
    text = (
        user_folders().settings.read_text().replace('"genres": "own"', '"personal_use": "instead"')
    )
    user_folders().settings.write_text(text)
    driver = opened(core)
    assert driver.row("a.flac").suggested == ("Post-Punk",)
    assert entries(driver)["genresOwnAction"].isChecked()
