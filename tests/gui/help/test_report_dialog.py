"""The report of a bug: shown as it is, then copied, by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QPlainTextEdit, QPushButton

from genretagger.core.resources import user_folders
from genretagger.gui.widgets.translation import install_language
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import track

ALT = Qt.KeyboardModifier.AltModifier
LINE = "2026-01-01 00:00:00,000 INFO [1] genretagger.x: \u2039/music/Björk.flac\u203a: lost\n"


@pytest.fixture
def core():
    broken = track("c.flac")
    return FakeCore([track("a.flac"), track("b.flac"), broken], failures=[broken.path])


@pytest.fixture
def logged(home):
    home.mkdir(exist_ok=True)
    user_folders().log.write_text(LINE, encoding="utf-8")


@pytest.fixture
def report(driver, qtbot):
    driver.trigger("reportAction")
    dialog = driver.window.findChild(QDialog, "reportDialog")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    yield dialog
    for shown in driver.window.findChildren(QDialog):
        shown.close()
    QApplication.processEvents()


def text_of(report):
    return report.findChild(QPlainTextEdit, "reportText").toPlainText()


def test_it_tells_of_program_window_tracks_and_log(logged, report):
    text = text_of(report)
    for part in (
        "Genretagger ", "\nQt 6.", "PySide6 6.", "\nWindow: platform offscreen", "\nScreens: ",
        "\nLanguage: en, ", "\nModel: fake-model", "\nTracks: 3\n", "  failed: 1\n",
        "genretagger.x: <path 1>.flac: lost\n",
    ):  # fmt: skip
        assert part in text


def test_return_copies_exactly_what_is_shown(driver, logged, report, qtbot):
    text = text_of(report)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == text
    assert not report.isVisible()
    assert driver.status() == "The report is in the clipboard: paste it (Ctrl+V)."


def test_nothing_is_copied_without_a_key(report, qtbot):
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClick(report, Qt.Key.Key_Escape)
    assert not report.isVisible()
    assert QGuiApplication.clipboard().text() == "before"


def test_names_are_in_it_only_if_the_box_is_ticked(logged, report, qtbot):
    QGuiApplication.clipboard().clear()
    check = report.findChild(QCheckBox, "reportNamesCheck")
    assert not check.isChecked()
    qtbot.keyClick(report, Qt.Key.Key_N, ALT)
    qtbot.waitUntil(check.isChecked)  # Qt shows the click first
    assert "/music/Björk.flac" in text_of(report)
    qtbot.keyClick(report, Qt.Key.Key_C, ALT)
    qtbot.waitUntil(lambda: "/music/Björk.flac" in QGuiApplication.clipboard().text())


def test_unticking_hides_them_again(logged, report):
    check = report.findChild(QCheckBox, "reportNamesCheck")
    before = text_of(report)
    check.setChecked(True)
    check.setChecked(False)
    assert text_of(report) == before


def test_before_anything_was_logged_it_says_so(report):
    assert text_of(report).endswith("\nLog: nothing was logged yet\n")


def test_tab_leaves_the_text(report, qtbot):
    text = report.findChild(QPlainTextEdit, "reportText")
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is report.findChild(QCheckBox, "reportNamesCheck")


def test_it_is_spanish_where_the_window_is_but_not_the_report(qapp, opened, core):
    before = QLocale()
    install_language(qapp, "es")
    try:
        driver = opened(core)
        driver.trigger("reportAction")
        dialog = driver.window.findChild(QDialog, "reportDialog")
        assert dialog.windowTitle() == "Copiar informe"
        assert dialog.findChild(QPushButton, "reportCopyButton").text() == "&Copiar"
        assert "\nLanguage: es, " in text_of(dialog)
        assert "  failed: 1\n" in text_of(dialog)
        dialog.close()
    finally:
        install_language(qapp, "en")
        QLocale.setDefault(before)
