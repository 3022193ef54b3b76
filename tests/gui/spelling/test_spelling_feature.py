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
from tests.helpers.rows import track


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
    dialog = driver.window.findChild(QDialog, "spellingsDialog")
    assert dialog.isVisible()
    return dialog


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
    assert said == "Files left out because another genre is accepted for them: 1"
    dialog.reject()


def test_without_variants_the_dialog_says_so(opened):
    driver = opened(FakeCore([track("a.flac", genres=("Blues",))]))
    dialog = dialog_of(driver)
    assert not table_of(dialog).isVisible()
    assert not ok(dialog).isEnabled()
    dialog.reject()
    assert not opened(FakeCore([])).action("spellingsAction").isEnabled()
