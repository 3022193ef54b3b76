"""The sheet of all keys: complete, searchable, without a mouse."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QTreeWidget

from genretagger.core.predictions import Level
from genretagger.gui.help.shortcut_texts import ShortcutLine, ShortcutSection, key_text, sections
from genretagger.gui.widgets.level_texts import level_word
from genretagger.gui.widgets.texts import state_words
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def driver(opened, qtbot):
    driver = opened(FakeCore([track("a.flac")]))
    driver.window.activateWindow()
    driver.table.setFocus()
    qtbot.waitUntil(driver.table.hasFocus)
    qtbot.keyClick(driver.table, Qt.Key.Key_F1, SHIFT)
    yield driver
    sheet = driver.window.findChild(object, "keySheet")
    if sheet is not None:
        sheet.close()


def sheet_of(driver):
    return driver.window.findChild(object, "keySheet")


def lines(driver):
    """Return what is shown by title: pairs of what is done and its keys."""
    tree = sheet_of(driver).findChild(QTreeWidget, "keySheetList")
    found = {}
    for position in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(position)
        below = [top.child(n) for n in range(top.childCount())]
        found[top.text(0)] = [(item.text(0), item.text(1)) for item in below]
    return found


def search(driver):
    return sheet_of(driver).findChild(QLineEdit, "keySheetSearch")


def test_every_action_with_keys_is_listed_with_all_of_them(driver):
    listed = {keys for pairs in lines(driver).values() for _, keys in pairs}
    actions = [one for one in driver.window.findChildren(QAction) if one.objectName()]
    with_keys = [action for action in actions if action.shortcuts()]
    assert len(with_keys) > 20
    for action in with_keys:
        assert key_text(*(key.toString() for key in action.shortcuts())) in listed
    assert ("Accept", "A") in lines(driver)["Review"]
    assert ("Filter", "Ctrl+F, /") in lines(driver)["View"]


def test_the_sheet_says_what_keys_do_to_any_track_not_to_this_one(driver):
    assert driver.action("takeFirstAction").text() != "Use first genre offered"
    assert ("Use first genre offered", "1") in lines(driver)["Review"]


def test_keys_that_are_no_actions_and_the_filter_are_listed_too(driver):
    assert ("Edit the genre", "Return, F2") in lines(driver)["In the table"]
    fields = {keys: what for what, keys in lines(driver)["What can be typed into the filter"]}
    assert fields["conf:"].startswith("the confidence: <0.6")


def test_no_key_has_two_actions(driver):
    used = [
        key.toString()
        for action in driver.window.findChildren(QAction)
        if action.objectName()
        for key in action.shortcuts()
    ]
    assert sorted(used) == sorted(set(used))


def test_typing_leaves_what_matches_and_says_if_nothing_does(driver, qtbot):
    qtbot.keyClicks(search(driver), "album accept")
    assert {what for pairs in lines(driver).values() for what, _ in pairs} == {"Accept album"}
    search(driver).setText("ctrl+s")
    assert ("Write accepted", "Ctrl+S") in lines(driver)["Write"]
    search(driver).setText("xyzzy")
    assert lines(driver) == {}
    assert sheet_of(driver).findChild(QLabel, "keySheetNone").isVisible()


def test_down_walks_into_the_list_and_escape_goes_back_to_the_table(driver, qtbot):
    sheet = sheet_of(driver)
    sheet.activateWindow()
    tree = sheet.findChild(QTreeWidget, "keySheetList")
    qtbot.keyClick(search(driver), Qt.Key.Key_Down)
    assert sheet.focusWidget() is tree
    assert tree.currentItem().text(0) == lines(driver)["File"][0][0]
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert tree.currentItem().text(0) == lines(driver)["File"][1][0]
    qtbot.keyClick(tree, Qt.Key.Key_Escape)
    qtbot.waitUntil(driver.table.hasFocus)
    assert sheet_of(driver) is None or not sheet_of(driver).isVisible()


def test_its_key_opens_it_once(driver, qtbot):
    driver.action("keySheetAction").trigger()
    assert len(driver.window.findChildren(object, "keySheet")) == 1


def test_a_question_mark_opens_it_too_but_can_be_typed(opened, qtbot):
    driver = opened(FakeCore([track("a.flac")]))
    driver.window.activateWindow()
    driver.filter_edit.setFocus()
    qtbot.waitUntil(driver.filter_edit.hasFocus)
    qtbot.keyClick(driver.filter_edit, "?")
    assert driver.filter_edit.text() == "?"
    assert sheet_of(driver) is None
    driver.table.setFocus()
    qtbot.keyClick(driver.table, "?")
    assert sheet_of(driver).isVisible()
    sheet_of(driver).close()


def test_its_key_again_shows_the_legend_of_all_signs_and_back(driver, qtbot):
    sheet = sheet_of(driver)
    legend = sheet.findChild(QTreeWidget, "signLegend")
    assert not legend.isVisible()
    qtbot.keyClick(search(driver), Qt.Key.Key_F1, SHIFT)
    assert legend.isVisible()
    assert sheet.focusWidget() is legend
    tops = [legend.topLevelItem(n) for n in range(legend.topLevelItemCount())]
    items = [top.child(n) for top in tops for n in range(top.childCount())]
    words = [item.text(0) for item in items]
    assert {*state_words().values(), *map(level_word, Level), "↑", "≠", "style"} <= set(words)
    assert all(item.text(1) for item in items)
    n_drawn = len(State) + 3 + len(Level) + 1  # the rest are words and characters
    drawn = [item.icon(0).pixmap(20, 20).toImage() for item in items[:n_drawn]]
    assert all(one != other for one, other in combinations(drawn, 2))
    qtbot.keyClick(legend, Qt.Key.Key_F1, SHIFT)
    assert search(driver).isVisible()


def test_a_title_that_matches_keeps_all_its_lines():
    section = ShortcutSection(
        "Write", (ShortcutLine("Undo", "Ctrl+Z"), ShortcutLine("Save", "Ctrl+S"))
    )
    assert section.matching("write") == section.lines
    assert section.matching("UNDO ctrl") == section.lines[:1]
    assert section.matching("nothing") == ()


def test_the_sheet_follows_the_menus(opened):
    driver = opened(FakeCore([track("a.flac")]))
    action = QAction("&Newest thing…", driver.window)
    action.setShortcut(QKeySequence("Ctrl+Alt+N"))
    driver.window.findChild(QMenu, "fileMenu").addAction(action)
    first = sections(driver.window.menuBar())[0]
    assert ShortcutLine("Newest thing", "Ctrl+Alt+N") in first.lines
