"""After an update: the classifier in use is set aside, and learned again in one click."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QTableView, QToolButton

from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import save_settings
from genretagger.gui.cells.columns import Column
from genretagger.gui.shell.message_bar import MessageBar
from genretagger.pipeline import HeardAgain
from genretagger.review.rows.row import State
from tests.helpers.learners import LearningCore, report
from tests.helpers.rows import track

SET_ASIDE = (
    "Mine was learned from what another version of Genretagger heard, so it is set aside until you"
    " learn it again."
)


def counts(n_heard, n_tracks):
    return f" So far, {n_heard} of its {n_tracks} tracks are heard again."


@pytest.fixture
def core():
    """Return a core whose classifier in use is of another embedding; half of it is heard again."""
    settings = Settings(personal_classifier="Mine")
    save_settings(user_folders().settings, settings, unusable={})
    core = LearningCore([track("a.flac"), track("b.flac")])
    core.shelf["Mine"] = report()
    core.set_aside["Mine"] = HeardAgain(30, 60)
    return core


def bar(driver):
    return driver.window.findChild(MessageBar)


def offer(driver):
    return driver.window.findChild(QPushButton, "noticeActionButton")


def dialog(driver):
    return driver.window.findChild(QDialog, "learnDialog")


def wait_for_message(driver, text):
    driver.qtbot.waitUntil(lambda: bar(driver).text() == text)


def test_one_sentence_says_so_and_everything_is_heard(opened, core):
    core.gate = threading.Event()
    driver = opened(core, wait=False)
    wait_for_message(driver, SET_ASIDE)
    assert not offer(driver).isVisible(), "nothing can be learned while tracks are heard"
    core.gate.set()
    driver.wait_idle()
    assert [row.state for row in driver.rows()] == [State.MISSING, State.MISSING]
    assert all(row.personal is None for row in driver.rows())
    wait_for_message(driver, SET_ASIDE + counts(30, 60))


def test_one_click_learns_it_again_and_it_is_in_use_as_before(opened, core):
    driver = opened(core)
    wait_for_message(driver, SET_ASIDE + counts(30, 60))
    assert offer(driver).text() == "Learn again"
    offer(driver).click()
    driver.qtbot.waitUntil(lambda: dialog(driver).findChild(object, "reportTable").isVisible())
    assert core.learned_again == ["Mine"]
    assert core.learned_from == ()
    dialog(driver).close()
    driver.wait_idle()
    driver.qtbot.waitUntil(lambda: bar(driver).text() == "")
    assert not driver.table.isColumnHidden(Column.PERSONAL)
    assert [row.personal.genre for row in driver.rows()] == ["Post-Punk", "Post-Punk"]


def test_learning_again_can_be_stopped_and_is_offered_still(opened, core):
    core.learning_gate = threading.Event()
    driver = opened(core)
    wait_for_message(driver, SET_ASIDE + counts(30, 60))
    offer(driver).click()
    stop = dialog(driver).findChild(QPushButton, "stopLearnButton")
    driver.qtbot.waitUntil(stop.isVisible)
    assert not offer(driver).isEnabled()
    stop.click()
    driver.wait_idle()
    dialog(driver).close()
    assert core.set_aside
    assert offer(driver).isEnabled()
    assert bar(driver).text() == SET_ASIDE + counts(30, 60)


def test_it_is_not_offered_before_half_of_its_tracks_are_heard_again(opened, core):
    core.set_aside["Mine"] = HeardAgain(29, 60)
    driver = opened(core)
    wait_for_message(driver, SET_ASIDE + counts(29, 60))
    assert not offer(driver).isVisible()
    core.set_aside["Mine"] = HeardAgain(60, 60)
    driver.trigger("analyseAction")
    driver.wait_idle()
    wait_for_message(driver, SET_ASIDE + counts(60, 60))
    assert offer(driver).isVisible()


def test_a_closed_message_stays_closed_when_tracks_are_analysed_again(opened, core):
    driver = opened(core)
    wait_for_message(driver, SET_ASIDE + counts(30, 60))
    driver.window.findChild(QToolButton, "noticeCloseButton").click()
    n_asked = core.n_analysed
    driver.trigger("analyseAction")
    driver.wait_idle()
    driver.rest()
    assert core.n_analysed == n_asked + 1
    assert core.n_asked_how_far == 1, "it takes a while in a large library"
    assert bar(driver).text() == ""


def test_one_from_somebody_else_must_come_from_the_same_version(opened, core):
    core.set_aside["Mine"] = HeardAgain(0, 0)
    driver = opened(core)
    driver.qtbot.waitUntil(
        lambda: bar(driver).text().endswith("it must come from the same version as this.")
    )
    assert not offer(driver).isVisible()


def test_the_dialog_lists_it_as_set_aside_and_learns_it_again(opened, core):
    core.shelf["Other"] = replace(report(), n_tracks=7)
    driver = opened(core)
    driver.window.activateWindow()
    driver.trigger("learnAction")
    opened_dialog = dialog(driver)
    table = opened_dialog.findChild(QTableView, "classifierTable")
    driver.qtbot.waitUntil(lambda: table.model().rowCount() == 2)
    model = table.model()
    uses = [model.index(row, model.columnCount() - 1).data() for row in range(2)]
    assert uses == ["set aside", ""]
    again = opened_dialog.findChild(QPushButton, "learnAgainButton")
    driver.qtbot.waitUntil(again.isEnabled)
    note = opened_dialog.findChild(QLabel, "learnNote")
    assert note.text() == SET_ASIDE + counts(30, 60)
    assert not opened_dialog.findChild(object, "useBesideAction").isEnabled()
    assert opened_dialog.findChild(object, "useNotAction").isEnabled()
    assert opened_dialog.findChild(QPushButton, "reportButton").isEnabled()
    table.selectRow(1)
    assert not again.isEnabled()
    assert opened_dialog.findChild(object, "useBesideAction").isEnabled()
    table.selectRow(0)
    again.click()
    driver.qtbot.waitUntil(opened_dialog.findChild(object, "reportTable").isVisible)
    assert core.learned_again == ["Mine"]
    opened_dialog.close()
    driver.wait_idle()


def test_without_one_set_aside_there_is_no_button_to_learn_again(opened, core):
    core.set_aside.clear()
    driver = opened(core)
    driver.trigger("learnAction")
    table = dialog(driver).findChild(QTableView, "classifierTable")
    driver.qtbot.waitUntil(lambda: table.model().rowCount() == 1)
    assert not dialog(driver).findChild(QPushButton, "learnAgainButton").isVisible()
    dialog(driver).close()
