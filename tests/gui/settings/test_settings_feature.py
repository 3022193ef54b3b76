"""Settings are shown, checked, saved and applied from the window, by keys."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox

from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import load_settings, save_settings
from genretagger.gui.app import create_window
from genretagger.gui.cells.columns import Column
from genretagger.gui.look.colours import is_dark
from genretagger.gui.settings.mapping_model import MappingColumn
from genretagger.review.rows.row import State
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track

_Button = QDialogButtonBox.StandardButton


def library():
    tracks = [track("a.flac"), track("b.flac", genres=("Live", "Pop")), track("c.mp3")]
    heard = {one.path: prediction("disco") for one in tracks}
    return FakeCore(tracks, heard)


@pytest.fixture
def driver(opened):
    return opened(library())


def stored():
    return load_settings(user_folders().settings)


def dialog_of(driver, action="settingsAction"):
    driver.trigger(action)
    find = driver.window.findChild
    driver.qtbot.waitUntil(lambda: find(QDialog, "settingsDialog") is not None)
    return find(QDialog, "settingsDialog")


def part(dialog, name):
    found = dialog.findChild(object, name)
    assert found is not None, name
    return found


def press(dialog, button):
    dialog.findChild(QDialogButtonBox).button(button).click()


def save(driver, dialog):
    press(dialog, _Button.Ok)
    driver.qtbot.waitUntil(lambda: driver.window.findChild(QDialog, "settingsDialog") is None)


def map_current(driver, dialog, text):
    table = part(dialog, "mappingTable")
    driver.qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = table.findChild(object, "genreEdit")
    editor.selectAll()
    driver.qtbot.keyClicks(editor, text)
    driver.qtbot.keyClick(editor, Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: table.findChild(object, "genreEdit") is None)


def to_genre(driver, dialog, genre):
    table = part(dialog, "mappingTable")
    model = table.model()
    for position in range(model.rowCount()):
        if model.index(position, MappingColumn.HEARD).data() == genre:
            table.setCurrentIndex(model.index(position, MappingColumn.WRITTEN))
            return
    raise AssertionError(genre)


def test_what_is_chosen_is_saved_and_holds_at_once(driver, look):
    dialog = dialog_of(driver)
    part(dialog, "policySetting").setCurrentIndex(3)
    part(dialog, "keepDatesSetting").setChecked(False)
    part(dialog, "upgradeSetting").setChecked(True)
    part(dialog, "historyDaysSetting").setValue(30)
    part(dialog, "separatorSetting").setText("; ")
    part(dialog, "jobsSetting").setValue(2)
    part(dialog, "effortSetting").setCurrentIndex(0)
    part(dialog, "hiddenFoldersSetting").setChecked(False)
    part(dialog, "languageSetting").setCurrentIndex(2)
    part(dialog, "themeSetting").setCurrentIndex(2)
    part(dialog, "textSizeSetting").setCurrentIndex(2)
    part(dialog, "rowHeightSetting").setCurrentIndex(0)
    part(dialog, "rememberSetting").setChecked(False)
    part(dialog, "sortNamesSetting").setChecked(False)
    part(dialog, "notifySetting").setChecked(False)
    save(driver, dialog)
    wanted = Settings(
        policy="replace",
        keep_dates=False,
        upgrade_id3v22=True,
        keep_history_days=30,
        id3v23_separator="; ",
        jobs=2,
        effort="gentle",
        skip_hidden_folders=False,
        language="es",
        theme="dark",
        text_size="large",
        row_height="compact",
        remember_session=False,
        notify=False,
        sort_names=False,
    )
    assert stored() == wanted
    assert driver.window._controller.started.context.settings == wanted
    assert driver.table.hasFocus() or not driver.window.isActiveWindow()


def test_theme_texts_and_rows_change_without_a_restart(driver, look, qapp):
    table, size = driver.table, qapp.font().pointSizeF()
    height = table.rowHeight(0)
    dialog = dialog_of(driver)
    part(dialog, "themeSetting").setCurrentIndex(2)
    part(dialog, "textSizeSetting").setCurrentIndex(3)
    save(driver, dialog)
    driver.qtbot.waitUntil(lambda: is_dark(table.palette()))
    driver.qtbot.waitUntil(lambda: table.rowHeight(0) > height)
    assert qapp.font().pointSizeF() == pytest.approx(size * 1.5)
    higher = table.rowHeight(0)
    dialog = dialog_of(driver)
    part(dialog, "rowHeightSetting").setCurrentIndex(0)
    save(driver, dialog)
    assert table.rowHeight(0) < higher


def test_the_look_of_the_settings_is_there_when_the_window_is_made(look, qapp, qtbot, home):
    save_settings(user_folders().settings, Settings(theme="dark"))
    window = create_window()
    qtbot.waitUntil(lambda: is_dark(window.palette()))
    window.close()
    window.deleteLater()


def test_what_is_mapped_is_suggested_at_once_and_decisions_stay(driver):
    driver.select("c.mp3")
    driver.trigger("acceptAction")
    dialog = dialog_of(driver, "mappingAction")
    to_genre(driver, dialog, "Disco")
    map_current(driver, dialog, "Disco; Funk")
    said = part(dialog, "mappingExample").text()
    assert said == "A track heard as Disco gets: Disco; Funk"
    assert dialog.isVisible()
    save(driver, dialog)
    assert driver.row("a.flac").suggested == ("Disco", "Funk")
    assert driver.row("a.flac").shown_confidence == 0.9
    assert driver.row("c.mp3").suggested == ("Disco",)
    assert stored().mapping == (("disco", ("Disco", "Funk")),)
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    assert driver.row("a.flac").current_genres == ("Disco", "Funk")


def test_what_writing_would_do_is_marked_by_the_policy_and_the_protected_genres(driver):
    def said():
        number = [row.path.name for row in driver.rows()].index("b.flac")
        position = driver.window._review.model.position_of(number)
        index = driver.window._review.model.index(position, Column.SUGGESTED)
        return index.data(Qt.ItemDataRole.AccessibleTextRole)

    assert "stays as it is" in said()
    dialog = dialog_of(driver)
    part(dialog, "policySetting").setCurrentIndex(2)
    save(driver, dialog)
    assert "stays as it is" not in said()


def test_delete_goes_back_to_the_genres_own_name(opened, qtbot):
    save_settings(user_folders().settings, Settings(mapping={"disco": ["Funk"]}))
    driver = opened(library())
    assert driver.row("a.flac").suggested == ("Funk",)
    dialog = dialog_of(driver, "mappingAction")
    to_genre(driver, dialog, "Disco")
    qtbot.keyClick(part(dialog, "mappingTable"), Qt.Key.Key_Delete)
    assert part(dialog, "mappingExample").text() == "A track heard as Disco gets: Disco"
    save(driver, dialog)
    assert driver.row("a.flac").suggested == ("Disco",)


def test_a_genre_that_cannot_be_written_is_refused_where_it_is_typed(driver):
    dialog = dialog_of(driver, "mappingAction")
    map_current(driver, dialog, "A|B")
    assert "cannot contain | or =" in part(dialog, "mappingProblem").text()
    map_current(driver, dialog, "A")
    assert part(dialog, "mappingProblem").text() == ""
    dialog.reject()


def test_protected_genres_are_added_and_removed_by_keys(driver, qtbot):
    dialog = dialog_of(driver, "mappingAction")
    line, listed = part(dialog, "protectedEdit"), part(dialog, "protectedList")
    qtbot.keyClicks(line, "Live; Audiobook")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClicks(line, "live")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert [listed.item(n).text() for n in range(listed.count())] == ["Live", "Audiobook"]
    listed.setCurrentRow(1)
    part(dialog, "removeProtectedButton").click()
    assert dialog.isVisible()
    save(driver, dialog)
    assert stored().protected_genres == ("Live",)
    driver.select("b.flac")
    driver.trigger("acceptAction")
    driver.trigger("writeAction")
    preview = driver.window.findChild(QDialog, "writePreviewDialog")
    policy = preview.findChild(object, "policyBox")
    policy.setCurrentIndex(2)
    tree = preview.findChild(object, "previewTree")
    assert "Live; Disco" in tree.model().index(0, 0).data()
    preview.reject()


def test_wherever_genres_are_typed_the_last_one_is_completed(driver, qtbot):
    dialog = dialog_of(driver, "mappingAction")
    line, listed = part(dialog, "protectedEdit"), part(dialog, "protectedList")
    qtbot.keyClicks(line, "Live; audiob")
    qtbot.keyClicks(line, "; tran")
    popup = line.completer().popup()
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert dialog.isVisible()
    qtbot.keyClicks(line, "c")
    qtbot.keyClick(popup, Qt.Key.Key_Tab)
    assert line.text() == "Live; audiob; Trance"
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert [listed.item(n).text() for n in range(3)] == ["Live", "audiob", "Trance"]
    table = part(dialog, "mappingTable")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = table.findChild(object, "genreEdit")
    editor.selectAll()
    qtbot.keyClicks(editor, "p h")
    first = editor.completer().completionModel().index(0, 0)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Trip Hop, Electronic"
    editor.completer().popup().hide()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    dialog.reject()


def test_a_separator_that_cannot_be_is_said_at_once_and_ok_goes_there(driver):
    dialog = dialog_of(driver)
    part(dialog, "separatorSetting").setText(" ")
    assert "visible characters" in part(dialog, "separatorProblem").text()
    assert "(!)" in part(dialog, "settingsPages").item(1).text()
    part(dialog, "settingsPages").setCurrentRow(3)
    press(dialog, _Button.Ok)
    assert dialog.isVisible()
    assert part(dialog, "settingsPages").currentRow() == 1
    part(dialog, "separatorSetting").setText("/")
    assert part(dialog, "separatorProblem").text() == ""
    dialog.reject()


def test_the_threshold_is_the_number_that_it_shows(driver):
    threshold = driver.window.findChild(object, "thresholdSpin")
    assert threshold.value() == pytest.approx(0.95)
    dialog = dialog_of(driver)
    number = part(dialog, "thresholdSetting")
    assert number.text() == "95 %"
    number.setValue(0.8)
    press(dialog, _Button.Apply)
    driver.qtbot.waitUntil(lambda: threshold.value() == pytest.approx(0.8))
    assert stored().accept_threshold == 0.8
    assert dialog.isVisible(), "Apply leaves it open"
    number.setValue(0.95)
    save(driver, dialog)
    assert stored() == Settings()


def test_defaults_are_those_of_the_page_in_sight_but_for_the_personal_classifier(opened):
    before = Settings(policy="add", accept_threshold=0.8, personal_classifier="Mine")
    save_settings(user_folders().settings, before)
    core = library()
    core.personal_report = lambda name, *, context: _raise(name)
    driver = opened(core)
    dialog = dialog_of(driver)
    press(dialog, _Button.RestoreDefaults)
    assert stored() == before, "not saved yet"
    save(driver, dialog)
    assert stored() == Settings(policy="add", personal_classifier="Mine")
    dialog = dialog_of(driver)
    part(dialog, "settingsPages").setCurrentRow(1)  # writing
    press(dialog, _Button.RestoreDefaults)
    save(driver, dialog)
    assert stored() == Settings(personal_classifier="Mine")


def _raise(name):
    from genretagger.core.errors import PersonalError

    raise PersonalError("personal-missing", name=name)


def test_a_file_with_an_impossible_value_is_shown_and_mended(opened):
    path = user_folders().settings
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"jobs": "many", "policy": "add", "colour": 1}')
    driver = opened(library())
    dialog = dialog_of(driver)
    said = part(dialog, "settingsProblem").text()
    assert "jobs cannot be 'many'" in said
    assert part(dialog, "policySetting").currentData() == "add"
    save(driver, dialog)
    assert json.loads(path.read_text())["jobs"] == 0
    assert json.loads(path.read_text())["colour"] == 1, "a newer program may know it"
    assert driver.window._controller.started.context.settings.policy == "add"


@pytest.mark.logs_warnings
def test_a_save_that_fails_is_said_and_changes_nothing(driver, monkeypatch):
    dialog = dialog_of(driver)
    part(dialog, "keepDatesSetting").setChecked(False)

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    press(dialog, _Button.Ok)
    problem = part(dialog, "settingsProblem")
    driver.qtbot.waitUntil(lambda: "No space left" in problem.text())
    assert dialog.isVisible()
    assert driver.window._controller.started.context.settings == Settings()
    dialog.reject()


def test_nothing_is_saved_by_escape(driver, qtbot):
    dialog = dialog_of(driver)
    part(dialog, "keepDatesSetting").setChecked(False)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not user_folders().settings.exists()
    assert driver.row("a.flac").state is State.MISSING


def test_every_field_has_a_name_and_a_sentence(driver):
    dialog = dialog_of(driver)
    for name in ("policySetting", "separatorSetting", "jobsSetting", "hiddenFoldersSetting"):
        assert part(dialog, name).accessibleName()
        assert part(dialog, name).accessibleDescription()
    dialog.reject()
