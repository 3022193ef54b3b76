"""The about box: what the program is, and where it keeps its data."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QTextBrowser

from genretagger import __version__
from genretagger.core.resources import user_folders
from genretagger.gui.help import model_card
from genretagger.gui.shell import other_programs
from genretagger.gui.shell.other_programs import FileManager
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track


@pytest.fixture
def core():
    return FakeCore([track("a.flac")])


@pytest.fixture
def about(driver, qtbot):
    driver.trigger("aboutAction")
    dialog = driver.window.findChild(QDialog, "aboutDialog")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    yield dialog
    for shown in driver.window.findChildren(QDialog):
        shown.close()
    QApplication.processEvents()


@pytest.fixture
def opened_folders(monkeypatch):
    """Return the folders that the desktop is asked to open, and whether it does."""
    folders, answers = [], [True]
    monkeypatch.setattr(
        QDesktopServices,
        "openUrl",
        staticmethod(lambda url: folders.append(url.toLocalFile()) or answers[0]),
    )
    return folders, answers


def press(dialog, name, qtbot):
    """Press a button of a dialog by its key."""
    button = dialog.findChild(QPushButton, name)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)


def note(about):
    label = about.findChild(QLabel, "aboutNote")
    return label.text() if label.isVisible() else ""


def test_it_names_version_licence_and_model(about):
    text = about.findChild(QLabel, "aboutText").text()
    assert about.findChild(QLabel, "aboutVersion").text() == f"Genretagger {__version__}"
    assert "GNU General" in text
    assert "Model: fake-model" in text
    assert "Qt" in text


def test_it_names_its_places_which_can_be_selected_by_keys(about, qtbot):
    folders = user_folders()
    for name, key, path in (
        ("aboutLogPath", Qt.Key.Key_L, folders.log),
        ("aboutDataPath", Qt.Key.Key_D, folders.home),
        ("aboutJournalPath", Qt.Key.Key_U, folders.journal),
    ):
        line = about.findChild(QLineEdit, name)
        qtbot.keyClick(about, key, Qt.KeyboardModifier.AltModifier)
        assert QApplication.focusWidget() is line
        qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        assert line.selectedText() == str(path)
        assert line.isReadOnly()


def test_the_folders_are_opened_once_they_are_there(about, opened_folders, qtbot):
    folders, _ = opened_folders
    press(about, "aboutJournalButton", qtbot)
    assert folders == []
    assert note(about).startswith(f"{user_folders().journal} is not there yet")
    user_folders().journal.mkdir(parents=True)
    press(about, "aboutJournalButton", qtbot)
    press(about, "aboutDataButton", qtbot)
    assert folders == [str(user_folders().journal), str(user_folders().home)]
    assert note(about) == ""


def test_without_a_file_manager_a_sentence_names_the_folder(about, opened_folders, qtbot):
    opened_folders[1][0] = False
    user_folders().home.mkdir(exist_ok=True)
    press(about, "aboutDataButton", qtbot)
    assert note(about).startswith(f"No file manager opens {user_folders().home};")


def test_the_log_is_shown_in_the_file_manager(about, qtbot, monkeypatch, tmp_path):
    asked = tmp_path / "asked"
    script = f"import sys; open({str(asked)!r}, 'w').write(sys.argv[1])"
    monkeypatch.setattr(
        other_programs, "show_command", lambda path, _: (sys.executable, "-c", script, str(path))
    )
    user_folders().home.mkdir(exist_ok=True)
    user_folders().log.write_text("")
    with qtbot.waitSignal(about.findChild(FileManager).answered):
        press(about, "aboutLogButton", qtbot)
    assert asked.read_text() == str(user_folders().log)


def test_it_leads_to_the_report_and_goes(driver, about, qtbot):
    press(about, "aboutReportButton", qtbot)
    assert not about.isVisible()
    assert driver.window.findChild(QDialog, "reportDialog").isVisible()


def test_it_opens_the_card_of_the_bundled_model(about, qtbot):
    press(about, "modelCardButton", qtbot)
    dialog = about.findChild(QDialog, "modelCardDialog")
    assert dialog.isVisible()
    text = dialog.findChild(QTextBrowser, "modelCardText")
    assert text.isReadOnly()
    assert not text.openLinks()
    shown = text.toPlainText()
    assert "Intended use" in shown
    assert "##" not in shown
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert about.findChild(QDialog, "modelCardDialog") is None


def test_a_missing_card_is_said(driver, monkeypatch, tmp_path):
    monkeypatch.setattr(model_card, "models_folder", lambda: tmp_path)
    monkeypatch.setattr("genretagger.analysis.manifest.default_model_folder", lambda: tmp_path)
    dialog = model_card.show_model_card("../../etc", driver.window)
    text = dialog.findChild(QTextBrowser, "modelCardText").toPlainText()
    assert text == "This installation has no model card."
    dialog.close()
    QApplication.processEvents()
