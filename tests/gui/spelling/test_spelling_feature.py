"""Spellings of genres are unified by keys, as decisions that the next write shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel

from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import save_settings
from genretagger.core.writes import Policy
from genretagger.gui.spelling.spelling_model import SpellingColumn
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track


def library():
    return FakeCore(
        [
            track("a.flac", genres=("hip hop", "Live")),
            track("b.flac", genres=("Hip-Hop",)),
            track("c.flac", genres=("HipHop",)),
            track("d.flac", genres=("Rock/Pop",)),
        ]
    )


@pytest.fixture
def driver(opened):
    return opened(library())


def dialog_of(driver):
    driver.trigger("spellingsAction")
    driver.qtbot.waitUntil(lambda: shown(driver) is not None)
    return shown(driver)


def shown(driver):
    """Return the dialog that is open, None if none is; one that was closed may still be there."""
    dialogs = driver.window.findChildren(QDialog, "spellingsDialog")
    return next((dialog for dialog in dialogs if dialog.isVisible()), None)


def table_of(dialog):
    return dialog.findChild(object, "spellingsTable")


def ok(dialog):
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)


def texts(table, column):
    model = table.model()
    return [model.index(position, column).data() for position in range(model.rowCount())]


def test_spellings_become_decisions_that_are_written_whatever_the_policy(driver, qtbot):
    dialog = dialog_of(driver)
    table = table_of(dialog)
    found = texts(table, SpellingColumn.FOUND)
    assert sorted(found[0].split(", ")) == ["Hip-Hop (1)", "HipHop (1)", "hip hop (1)"]
    assert found[1] == "Rock/Pop (1): several in one text"
    assert texts(table, SpellingColumn.NAMES) == ["Hip-Hop", "Rock; Pop"]
    assert "2" in ok(dialog).text(), "what is only a guess is not checked"
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert "3" in ok(dialog).text()
    ok(dialog).click()
    assert driver.row("a.flac").decision.genres == ("Hip-Hop", "Live")
    assert driver.row("d.flac").decision.genres == ("Rock", "Pop")
    assert driver.row("b.flac").decision is None
    assert "3" in driver.status()
    driver.write()
    core = driver.window._controller.opened[0]
    assert {request.policy for request in core.requests} == {Policy.REPLACE}
    assert driver.row("a.flac").current_genres == ("Hip-Hop", "Live")
    assert driver.row("a.flac").state is State.DIFFERS, "what was heard is still to be decided on"


def test_unifying_is_one_step_to_take_back(driver):
    dialog = dialog_of(driver)
    ok(dialog).click()
    assert driver.row("c.flac").state is State.ACCEPTED
    driver.trigger("undoDecisionAction")
    assert {row.decision for row in driver.rows()} == {None}


def test_another_spelling_can_be_typed(driver, qtbot):
    dialog = dialog_of(driver)
    table = table_of(dialog)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = table.findChild(object, "genreEdit")
    editor.selectAll()
    qtbot.keyClicks(editor, "Rap Music")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Return belongs to the line"
    assert texts(table, SpellingColumn.NAMES)[0] == "Rap Music"
    assert "3" in ok(dialog).text()
    ok(dialog).click()
    assert driver.row("b.flac").decision.genres == ("Rap Music",)


def test_the_parts_of_a_text_follow_what_is_chosen_for_each(opened, qtbot):
    genres = ("Rock",), ("Hip-Hop",), ("rock; Hip-Hop/rap",)
    driver = opened(FakeCore([track(f"{n}.flac", genres=one) for n, one in enumerate(genres)]))
    dialog = dialog_of(driver)
    table = table_of(dialog)
    assert texts(table, SpellingColumn.FOUND) == [
        "Rock (1), rock (1)",
        "rock; Hip-Hop/rap (1): several in one text",
        "Hip-Hop/rap (1): another name",
    ]
    assert texts(table, SpellingColumn.NAMES) == ["Rock", "Rock; Hip-Hop/rap", "Hip-Hop"]
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert texts(table, SpellingColumn.NAMES) == ["Rock", "Rock; Hip-Hop", "Hip-Hop"]
    assert ok(dialog).text() == "&Unify (files: 1)"
    ok(dialog).click()
    assert driver.row("2.flac").decision.genres == ("Rock", "Hip-Hop")
    assert driver.status() == "Files with a new spelling accepted, not yet written: 1"
    again = dialog_of(driver)
    assert texts(table_of(again), SpellingColumn.FOUND) == [], "nothing is left to mend"
    again.reject()


def test_what_is_accepted_for_the_same_genre_gets_the_spelling(opened):
    said = prediction("hiphop")
    tracks = [track("a.flac", genres=("hip hop",)), track("b.flac", genres=("Hip-Hop",))]
    driver = opened(FakeCore(tracks, {one.path: said for one in tracks}))
    driver.select("a.flac")
    driver.trigger("acceptAction")
    dialog = dialog_of(driver)
    assert not dialog.findChild(QLabel, "spellingsLeftOut").isVisible()
    ok(dialog).click()
    driver.write()
    assert driver.row("a.flac").current_genres == ("Hip-Hop",)
    assert driver.row("a.flac").state is State.WRITTEN, "it stays accepted"


def test_what_is_protected_stays(opened):
    save_settings(user_folders().settings, Settings(protected_genres=("HipHop",)))
    driver = opened(library())
    dialog = dialog_of(driver)
    assert texts(table_of(dialog), SpellingColumn.NAMES)[0] == "HipHop"
    ok(dialog).click()
    assert driver.row("c.flac").decision is None
    assert driver.row("b.flac").decision.genres == ("HipHop",)


def test_what_is_left_out_is_counted(opened):
    driver = opened(library())
    driver.select("a.flac")
    driver.trigger("acceptAction")
    dialog = dialog_of(driver)
    said = dialog.findChild(QLabel, "spellingsLeftOut").text()
    assert said == "Files left out because other genres are accepted for them: 1"
    dialog.reject()


def test_without_variants_the_dialog_says_so(opened):
    driver = opened(FakeCore([track("a.flac", genres=("Blues",))]))
    dialog = dialog_of(driver)
    assert not table_of(dialog).isVisible()
    assert not ok(dialog).isEnabled()
    dialog.reject()
    assert not opened(FakeCore([])).action("spellingsAction").isEnabled()
