"""F1 opens the chapter about what is in front, from this installation."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QWidget

from genretagger.core import resources
from genretagger.gui.help.manual_chapters import CHAPTERS, chapter_of
from genretagger.gui.widgets.translation import install_language
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track
from tools import automation
from tools.window_tour import Tour

SOURCE = Path(__file__).parents[3] / "docs" / "manual"
F1 = Qt.Key.Key_F1


@pytest.fixture
def core():
    return FakeCore([track("a.flac")])


@pytest.fixture
def manual(tmp_path, monkeypatch):
    """Return a folder in place of the bundle's manual, with a page for each chapter."""
    folder = tmp_path / "program" / "manual"
    (folder / "es").mkdir(parents=True)
    for name in ("index", "es/index", "es/quick-start", "es/review", *CHAPTERS.values()):
        (folder / f"{name}.html").write_text(name)
    monkeypatch.setattr(resources, "_PACKAGE", folder.parent / "genretagger")
    return folder


@pytest.fixture
def pages(manual, monkeypatch):
    """Return the pages that the desktop is asked to open, and whether it does."""
    found, answers = [], [True]

    def open_url(url):
        assert url.isLocalFile()
        assert not url.hasFragment()
        found.append(Path(url.toLocalFile()).relative_to(manual).as_posix())
        return answers[0]

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    return found, answers


@pytest.fixture
def spanish(qapp):
    before = QLocale()
    install_language(qapp, "es")
    yield
    install_language(qapp, "en")
    QLocale.setDefault(before)


def press_f1(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), F1)


def shown_dialog(driver, qtbot, action, name):
    driver.trigger(action)
    qtbot.waitUntil(lambda: driver.window.findChild(QDialog, name) is not None)
    return driver.window.findChild(QDialog, name)


def test_each_page_has_its_chapter(driver, qtbot, pages):
    press_f1(driver.window, qtbot)
    driver.trigger("overviewAction")
    press_f1(driver.window, qtbot)
    assert pages[0] == ["review.html", "review.html"]
    assert driver.status().startswith("The manual opens in your browser: ")


def test_the_start_page_leads_to_the_quick_start(opened, qtbot, pages, tmp_path):
    driver = opened(FakeCore([]), folder=tmp_path)
    start = driver.window.findChild(QWidget, "startPage")
    start.parentWidget().setCurrentWidget(start)
    press_f1(driver.window, qtbot)
    assert pages[0] == ["quick-start.html"]


@pytest.mark.parametrize(
    ("action", "name", "chapter"),
    [
        ("settingsAction", "settingsDialog", "genres-and-policies"),
        ("spellingsAction", "spellingsDialog", "genres-and-policies"),
        ("historyAction", "historyDialog", "undo-and-safety"),
        ("exportAction", "exportDialog", "automation-recipes"),
        ("keySheetAction", "keySheet", "review"),
        ("aboutAction", "aboutDialog", "troubleshooting"),
    ],
)
def test_each_dialog_has_its_chapter(driver, qtbot, pages, action, name, chapter):
    dialog = shown_dialog(driver, qtbot, action, name)
    press_f1(dialog, qtbot)
    press_f1(dialog, qtbot)
    assert pages[0] == [f"{chapter}.html"] * 2
    assert dialog.isVisible()
    dialog.close()


def test_a_dialog_over_a_dialog_has_its_own_chapter(driver, qtbot, pages):
    about = shown_dialog(driver, qtbot, "aboutAction", "aboutDialog")
    about.findChild(QWidget, "modelCardButton").click()
    press_f1(about.findChild(QDialog, "modelCardDialog"), qtbot)
    assert pages[0] == ["model.html"]
    about.findChild(QDialog, "modelCardDialog").close()
    about.close()


def test_the_editor_of_a_genre_has_its_chapter(driver, qtbot, pages):
    driver.table.setFocus()
    driver.trigger("editAction")
    qtbot.waitUntil(lambda: driver.table.findChild(QWidget, "genreEdit") is not None)
    press_f1(driver.window, qtbot)
    assert pages[0] == ["genres-and-policies.html"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_spanish_pages_are_opened_where_there_are_some(spanish, opened, core, qtbot, pages):
    driver = opened(core)
    press_f1(driver.window, qtbot)
    dialog = shown_dialog(driver, qtbot, "historyAction", "historyDialog")
    press_f1(dialog, qtbot)
    dialog.close()
    assert pages[0] == ["es/review.html", "undo-and-safety.html"]


def test_where_nothing_opens_it_a_sentence_names_the_page(driver, qtbot, pages, manual):
    pages[1][0] = False
    press_f1(driver.window, qtbot)
    said = driver.window.findChild(QLabel, "noticeText").text()
    assert said == f"No program opened the manual; open {manual / 'review.html'} in a browser."


def test_without_a_manual_a_sentence_says_so_over_the_dialog_too(driver, qtbot, pages, manual):
    for page in manual.rglob("*.html"):
        page.unlink()
    press_f1(driver.window, qtbot)
    sentence = "This installation holds no manual; install Genretagger again."
    assert driver.window.findChild(QLabel, "noticeText").text() == sentence
    dialog = shown_dialog(driver, qtbot, "historyAction", "historyDialog")
    press_f1(dialog, qtbot)
    box = dialog.findChild(QMessageBox, "manualDialog")
    assert box.text() == sentence
    assert pages[0] == []
    box.close()
    dialog.close()


def test_a_closed_window_answers_no_more(opened, core, qtbot, pages):
    first, second = opened(core), opened(FakeCore([track("b.flac")]))
    first.window.close()
    press_f1(second.window, qtbot)
    assert pages[0] == ["review.html"]


# Chapters


def test_every_dialog_and_page_of_the_program_has_a_chapter(qapp, tmp_path):
    tour = Tour(tmp_path)
    names = {widget.window().objectName() for _, widget in tour.stops()}
    tour.close()
    names |= {name for name in automation.in_source() if name.endswith("Dialog")}
    within_others = {"mainWindow", "trackMenu", "exportPlaceDialog", "ruleFolderDialog"}
    assert names - within_others - CHAPTERS.keys() == set()
    assert names >= {"settingsDialog", "reportDialog"}


def test_what_lies_in_a_dialog_has_its_chapter_unless_it_has_one_itself(qapp):
    dialog = QWidget(objectName="learnDialog")
    part = QWidget(dialog, objectName="anything")
    editor = QWidget(part, objectName="genreEdit")
    assert chapter_of(part, page=None) == "personal"
    assert chapter_of(editor, page=None) == "genres-and-policies"
    assert chapter_of(None, page=None) == "review"


@pytest.mark.skipif(not SOURCE.is_dir(), reason="the manual is not written yet")
def test_every_chapter_is_in_the_manual():
    written = {page.stem for page in SOURCE.glob("*.md")}
    assert set(CHAPTERS.values()) - written == set()
