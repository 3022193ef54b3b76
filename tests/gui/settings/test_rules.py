"""Rules in the window: made in the menu of a track, seen, accepted, written, listed, forgotten."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QMenu

from genretagger.core.predictions import Unsure
from genretagger.core.resources import user_folders
from genretagger.core.rules import Rule, RuleKind
from genretagger.core.settings import Settings
from genretagger.core.settings_file import load_settings, save_settings
from genretagger.gui.cells.columns import Column
from genretagger.gui.settings.rule_dialog import RuleDialog
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track
from tests.helpers.slices import cut_into

_Button = QDialogButtonBox.StandardButton
COUNTRY = prediction("country", 0.62, Unsure.LOW_CONFIDENCE)
FOLK = Rule(RuleKind.ARTIST, "Nick Drake", ("Folk",))
TALKS = Rule(RuleKind.FOLDER, "/music/talks")


@pytest.fixture
def core():
    tracks = [
        track("a.flac", artist="Nick Drake", folder="/music/a"),
        track("b.flac", artist="Nick  DRAKE", folder="/music/b"),
        track("c.flac", artist="", folder="/music/talks"),
        track("d.flac", artist="Other & Co", folder="/music/talks/more"),
    ]
    return FakeCore(tracks, {tracks[0].path: COUNTRY})


def part(parent, name):
    return parent.findChild(object, name)


def dialog(driver, name="ruleDialog"):
    driver.qtbot.waitUntil(lambda: driver.window.findChild(QDialog, name) is not None)
    return driver.window.findChild(QDialog, name)


def press(shown, button=_Button.Ok):
    shown.findChild(QDialogButtonBox).button(button).click()


def stored():
    return load_settings(user_folders().settings).rules


def make_folk(driver):
    driver.select("a.flac")
    driver.trigger("ruleForArtistAction")
    asking = dialog(driver)
    part(asking, "ruleGenre").setText("folk")
    press(asking)
    driver.qtbot.waitUntil(lambda: driver.row("a.flac").suggested == ("Folk",))


def leave_talks(driver):
    driver.select("c.flac")
    driver.trigger("leaveFolderAction")
    driver.qtbot.waitUntil(lambda: driver.row("c.flac").state is State.LEFT_ALONE)


def cell(driver, name, column, role=Qt.ItemDataRole.DisplayRole):
    row = [row.path.name for row in driver.rows()].index(name)
    return driver.table.model().index(row, column).data(role)


def test_a_rule_is_made_in_the_menu_seen_accepted_and_written(driver, core):
    make_folk(driver)
    assert stored() == (FOLK,)
    assert driver.row("b.flac").suggested == ("Folk",), "in any case and spacing"
    assert driver.row("c.flac").rule is None
    assert driver.status().startswith("Nick Drake is always Folk.")
    assert "nothing is written until" in driver.status()
    assert not core.requests
    assert cell(driver, "a.flac", Column.CONFIDENCE) == "rule"
    tip = cell(driver, "a.flac", Column.CONFIDENCE, Qt.ItemDataRole.ToolTipRole)
    assert "Your rule: Nick Drake is always Folk. Heard: Country, 62 %." in tip
    assert "Nick Drake is always Folk" in part(driver.window, "detailReason").text()
    driver.filter_edit.setText("rule:")
    driver.end_pauses()
    driver.qtbot.waitUntil(lambda: len(driver.rows()) == 2)
    driver.table.selectAll()
    driver.trigger("acceptAction")
    assert [row.state for row in driver.rows()] == [State.ACCEPTED] * 2
    driver.write()
    assert [request.genres for request in core.requests] == [("Folk",)] * 2


def test_a_new_rule_says_how_many_open_tracks_it_fits(driver):
    make_folk(driver)
    assert "Folk. It fits 2 tracks that are open now." in driver.status()
    leave_talks(driver)
    assert "is left alone. It fits 2 tracks that are open now." in driver.status()
    driver.trigger("rulesAction")
    page = dialog(driver, "settingsDialog")
    part(page, "addRuleButton").click()
    asking = dialog(driver)
    part(asking, "ruleName").setText("Nick Dark")
    part(asking, "ruleGenre").setText("Folk")
    press(asking)
    press(page)
    driver.qtbot.waitUntil(lambda: driver.status().startswith("Settings saved."))
    said = "Settings saved. Nick Dark is always Folk. It fits no track that is open now."
    assert driver.status() == said


def test_what_is_left_alone_is_never_written_by_accepting_all(driver, core):
    leave_talks(driver)
    assert driver.row("d.flac").state is State.LEFT_ALONE, "a folder below it"
    driver.window.findChild(object, "thresholdSpin").setValue(0)
    driver.trigger("acceptAllAction")
    assert "left alone by a rule (2)" in driver.status()
    driver.table.selectAll()
    for name in ("acceptAction", "takeFirstAction", "acceptAlbumAction", "uniformAlbumAction"):
        driver.trigger(name)
        assert "left alone by a rule (2)" in driver.status(), name
    driver.table.model().edited.emit(0, "Ska")
    assert "left alone by a rule (2)" in driver.status()
    driver.write()
    written = {request.path.name for request in core.requests}
    assert written == {"a.flac", "b.flac"}


def test_alone_such_a_track_says_why_and_takes_a_typed_genre(driver):
    leave_talks(driver)
    driver.trigger("acceptAction")
    assert driver.status().startswith("A rule of yours leaves this track alone")
    assert driver.row("c.flac").state is State.LEFT_ALONE
    assert cell(driver, "c.flac", Column.SUGGESTED) == "—"
    driver.table.model().edited.emit(2, "Spoken Word")
    assert driver.row("c.flac").suggested == ("Spoken Word",)
    driver.trigger("undoDecisionAction")
    assert driver.row("c.flac").state is State.LEFT_ALONE


def test_decisions_from_before_stay(driver):
    driver.select("c.flac")
    driver.trigger("acceptAction")
    driver.select("c.flac")
    driver.trigger("leaveFolderAction")
    driver.qtbot.waitUntil(lambda: driver.row("d.flac").state is State.LEFT_ALONE)
    assert driver.row("c.flac").state is State.ACCEPTED


def test_a_rule_is_forgotten_in_the_menu(driver):
    make_folk(driver)
    leave_talks(driver)
    driver.select("a.flac")
    assert driver.action("forgetRuleAction").text() == "F&orget the rule for Nick Drake"
    driver.trigger("forgetRuleAction")
    driver.qtbot.waitUntil(lambda: driver.row("b.flac").rule is None)
    assert driver.row("a.flac").suggested == ("Country",)
    assert driver.status() == "Forgotten: Nick Drake is always Folk."
    assert stored() == (TALKS,)


def test_the_menu_says_what_is_meant_and_why_it_cannot_be(driver):
    menu = driver.window.findChild(QMenu, "ruleMenu")
    assert [action.objectName() for action in menu.actions() if not action.isSeparator()] == [
        "ruleForArtistAction", "ruleForFolderAction", "leaveFolderAction",
        "forgetRuleAction", "rulesAction",
    ]  # fmt: skip
    driver.select("d.flac")
    text = driver.action("ruleForArtistAction").text()
    assert text == "&Always this genre for Other && Co…"
    assert driver.action("leaveFolderAction").text() == "&Leave folder /music/talks/more alone"
    assert not driver.action("forgetRuleAction").isEnabled()
    leave_talks(driver)
    assert not driver.action("ruleForArtistAction").isEnabled(), "it names no artist"
    assert not driver.action("leaveFolderAction").isEnabled(), "it is left alone already"
    driver.table.clearSelection()
    assert not driver.action("ruleAction").isEnabled()


def test_a_folder_can_have_a_genre_which_begins_with_what_is_suggested(driver):
    driver.select("d.flac")
    driver.trigger("ruleForFolderAction")
    asking = dialog(driver)
    assert part(asking, "ruleGenre").text() == "Blues"
    assert part(asking, "ruleName").text() == "/music/talks/more"
    driver.qtbot.keyClick(part(asking, "ruleGenre"), Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.row("d.flac").rule is not None)
    assert stored() == (Rule(RuleKind.FOLDER, "/music/talks/more", ("Blues",)),)
    assert cell(driver, "d.flac", Column.CONFIDENCE) == "rule"


@pytest.mark.logs_warnings
def test_a_rule_that_cannot_be_saved_is_said_and_changes_nothing(driver, core):
    path = user_folders().settings
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.mkdir()
    driver.select("c.flac")
    driver.trigger("leaveFolderAction")
    bar = part(driver.window, "noticeBar")
    driver.qtbot.waitUntil(bar.isVisible)
    assert driver.row("c.flac").rule is None
    path.rmdir()


def test_rules_reach_many_tracks_in_slices_and_before_later_decisions(driver, monkeypatch):
    cut_into(monkeypatch, 1)
    save = driver.window._controller.started
    settings = Settings(rules=(FOLK, TALKS))
    driver.window._controller.renew(
        driver.window._controller.opened[0].with_settings(save, settings)
    )
    assert driver.window._review.decider.is_busy()
    driver.window._review.decider.accept_above(0.0)
    driver.qtbot.waitUntil(lambda: not driver.window._review.decider.is_busy())
    states = [row.state for row in driver.rows()]
    assert states == [State.MISSING, State.MISSING, State.LEFT_ALONE, State.LEFT_ALONE]


# The page of the settings


@pytest.fixture
def page(driver):
    driver.trigger("rulesAction")
    yield dialog(driver, "settingsDialog")
    for shown in driver.window.findChildren(QDialog, "settingsDialog"):
        shown.reject()


def rows_of(page):
    model = part(page, "rulesTable").model()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[model.index(row, column).data() for column in columns] for row in rows]


def fill(driver, kind, name, genre=None):
    asking = dialog(driver)
    part(asking, "ruleKind").setCurrentIndex(part(asking, "ruleKind").findData(kind))
    part(asking, "ruleName").setText(name)
    part(asking, "ruleSays").setCurrentIndex(int(genre is None))
    part(asking, "ruleGenre").setText(genre or "")
    press(asking)
    return asking


def test_the_page_says_that_there_are_none_and_adds_one_that_holds_at_once(driver, page, qtbot):
    assert part(page, "settingsPages").currentItem().text() == "Rules"
    assert part(page, "noRules").isVisible()
    assert not part(page, "rulesTable").isVisible()
    assert not part(page, "editRuleButton").isEnabled()
    part(page, "addRuleButton").click()
    fill(driver, "artist", "Nick Drake", "Folk")
    assert rows_of(page) == [["Artist", "Nick Drake", "Folk"]]
    assert not part(page, "noRules").isVisible()
    press(page)
    qtbot.waitUntil(lambda: driver.row("b.flac").suggested == ("Folk",))
    assert stored() == (FOLK,)


def test_artists_are_completed_so_that_no_rule_is_for_a_misspelled_one(driver, page, qtbot):
    part(page, "addRuleButton").click()
    asking = dialog(driver, "ruleDialog")
    name, kind = part(asking, "ruleName"), part(asking, "ruleKind")
    kind.setCurrentIndex(kind.findData(RuleKind.ARTIST.value))
    qtbot.keyClicks(name, driver.row("a.flac").track.tags.artist[1:3].upper())
    found = name.completer().completionModel()
    names = [found.index(row, 0).data() for row in range(found.rowCount())]
    assert driver.row("a.flac").track.tags.artist in names
    kind.setCurrentIndex(kind.findData(RuleKind.FOLDER.value))
    assert name.completer() is None
    asking.reject()


def test_what_cannot_be_a_rule_is_said_beside_the_field(driver, page):
    part(page, "addRuleButton").click()
    asking = fill(driver, "artist", " ", "Folk")
    assert "name of an artist" in part(asking, "ruleNameProblem").text()
    fill(driver, "folder", "talks")
    assert "whole path" in part(asking, "ruleNameProblem").text()
    fill(driver, "artist", "Nick Drake", "")
    assert part(asking, "ruleNameProblem").text() == ""
    assert "Enter a genre" in part(asking, "ruleGenreProblem").text()
    fill(driver, "artist", "Nick Drake", "Folk=Rock")
    assert "cannot contain" in part(asking, "ruleGenreProblem").text()
    assert asking.isVisible()
    fill(driver, "artist", "Nick Drake", "Folk")
    part(page, "addRuleButton").click()
    driver.qtbot.waitUntil(lambda: len(driver.window.findChildren(QDialog, "ruleDialog")) == 1)
    again = fill(driver, "artist", "nick drake", "Rock")
    assert "There is a rule for this already" in part(again, "ruleNameProblem").text()
    again.reject()


def test_rules_are_edited_and_removed_by_keys(opened, core, qtbot):
    save_settings(user_folders().settings, Settings(rules=(FOLK, TALKS)))
    driver = opened(core)
    driver.trigger("rulesAction")
    assert driver.row("a.flac").suggested == ("Folk",), "rules of an earlier session"
    page = dialog(driver, "settingsDialog")
    table = part(page, "rulesTable")
    assert rows_of(page) == [
        ["Artist", "Nick Drake", "Folk"],
        ["Folder", "/music/talks", "left alone"],
    ]
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    asking = dialog(driver)
    assert part(asking, "ruleSays").currentIndex() == 1
    assert not part(asking, "ruleGenre").isVisible()
    fill(driver, "folder", "/music/talks", "Jazz; Blues")
    assert rows_of(page)[1] == ["Folder", "/music/talks", "Jazz; Blues"]
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert len(rows_of(page)) == 1
    press(page)
    qtbot.waitUntil(lambda: driver.row("d.flac").suggested == ("Jazz", "Blues"))
    assert driver.row("a.flac").rule is None


def test_defaults_leave_the_rules(opened, core):
    save_settings(user_folders().settings, Settings(policy="add", rules=(FOLK,)))
    driver = opened(core)
    driver.trigger("rulesAction")
    page = dialog(driver, "settingsDialog")
    restore = page.findChild(QDialogButtonBox).button(_Button.RestoreDefaults)
    assert not restore.isEnabled(), "rules have no defaults"
    page.findChild(QListWidget, "settingsPages").setCurrentRow(1)  # writing
    press(page, _Button.RestoreDefaults)
    press(page)
    driver.qtbot.waitUntil(lambda: load_settings(user_folders().settings).policy == "fill")
    assert stored() == (FOLK,)


# The dialog of one rule


def test_a_folder_is_chosen_by_browsing(qtbot, tmp_path):
    asking = RuleDialog(Rule(RuleKind.FOLDER, "/music"), genres=[], artists=[])
    qtbot.addWidget(asking)
    asking.show()
    part(asking, "ruleBrowseButton").click()
    part(asking, "ruleFolderDialog").fileSelected.emit(str(tmp_path))
    part(asking, "ruleFolderDialog").reject()
    assert part(asking, "ruleName").text() == str(tmp_path)
    assert "all folders below it" in asking.findChild(QLabel, "ruleEffect").text()
    asking.close()


@pytest.mark.parametrize("name", ["/music/b\udcff", "/music/ends with a space ", "/music/a\nb"])
def test_a_folder_of_any_name_stays_what_it_is(qtbot, name):
    rule = Rule(RuleKind.FOLDER, name)
    asking = RuleDialog(rule, genres=[], artists=[])
    qtbot.addWidget(asking)
    chosen = []
    asking.chosen.connect(chosen.append)
    press(asking)
    assert chosen == [rule]
