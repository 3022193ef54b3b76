"""The desktop is told how far a job is, and that a long one is over while nobody looks."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from genretagger.core.errors import StoreError
from genretagger.core.resources import user_folders
from genretagger.core.settings import Settings
from genretagger.core.settings_file import save_settings
from genretagger.gui.desktop import desktop_feature
from genretagger.gui.desktop.desktop import Desktop
from genretagger.gui.desktop.find_desktop import find_desktop
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track

AN_AGE_S = 1e9


class FakeDesktop(Desktop):
    def __init__(self, parent):
        super().__init__(parent)
        self.told, self.progress, self.closed = [], [], False

    def notify(self, title, text):
        self.told.append((title, text))

    def show_progress(self, share):
        self.progress.append(share)

    def close(self):
        self.closed = True


@pytest.fixture
def desktop(monkeypatch):
    """Return the desktop of the window, on which every job is long and nobody looks."""
    kept = QObject()
    fake = FakeDesktop(kept)
    monkeypatch.setattr(desktop_feature, "find_desktop", lambda _parent: fake)
    monkeypatch.setattr(desktop_feature, "_LONG_S", 0.0)
    monkeypatch.setattr(QApplication, "activeWindow", lambda: None)
    yield fake
    kept.deleteLater()


@pytest.fixture
def core():
    tracks = [track(f"{name}.flac") for name in "abcd"]
    return FakeCore(tracks, {one.path: prediction("blues", 0.97) for one in tracks})


def strip(driver):
    return driver.window.findChild(QLabel, "doneText").text()


def test_the_end_of_hearing_and_of_writing_is_told_in_the_words_of_the_strip(opened, core, desktop):
    driver = opened(core)
    assert desktop.told == [("Genretagger has finished analysing", strip(driver))]
    assert "4 tracks without a genre" in desktop.told[0][1]
    driver.select("a.flac")
    driver.trigger("acceptAction")
    driver.write()
    assert desktop.told[1:] == [("Genretagger has finished writing", strip(driver))]
    assert desktop.told[1][1].startswith("1 file written.")
    driver.trigger("undoAction")
    driver.wait_idle()
    assert desktop.told[2:] == [("Genretagger has finished undoing", strip(driver))]


def test_where_no_music_was_found_that_is_told(opened, desktop, tmp_path):
    opened(FakeCore([]))
    assert desktop.told == [
        ("Genretagger has finished analysing", f"No music was found in {tmp_path}.")
    ]


@pytest.mark.logs_warnings
def test_a_job_that_failed_is_told_with_its_reason(opened, core, desktop):
    error = StoreError("store-unusable", path="/full", reason="No space left")

    class FailingCore(FakeCore):
        def analyse(self, paths, **options):
            yield from ()
            raise error

    opened(FailingCore([]))
    assert desktop.told == [("Genretagger had to stop", str(error))]


def test_a_short_job_is_not_told(opened, core, desktop, monkeypatch):
    monkeypatch.setattr(desktop_feature, "_LONG_S", AN_AGE_S)
    opened(core)
    assert desktop.told == []


def test_nothing_is_told_while_the_window_is_in_front(opened, core, desktop, monkeypatch):
    monkeypatch.setattr(QApplication, "activeWindow", object)
    opened(core)
    assert desktop.told == []


def test_a_setting_forbids_it(opened, core, desktop):
    save_settings(user_folders().settings, replace(Settings(), notify=False))
    opened(core)
    assert desktop.told == []
    assert desktop.progress, "progress disturbs nobody"


def test_who_stops_a_job_is_not_told(opened, core, desktop, qtbot):
    core.gate = threading.Event()
    driver = opened(core, wait=False)
    qtbot.waitUntil(lambda: len(driver.rows()) == 4)
    driver.trigger("stopAction")
    driver.wait_idle()
    assert desktop.told == []


def test_a_click_brings_the_window_to_the_front(opened, core, desktop):
    driver = opened(core)
    driver.window.showMinimized()
    desktop.clicked.emit()
    assert not driver.window.windowState() & Qt.WindowState.WindowMinimized
    assert driver.window.isVisible()


def test_progress_is_shown_in_whole_per_cents_and_taken_back_in_the_end(opened, core, desktop):
    opened(core)
    assert desktop.progress[-1] is None
    shares = desktop.progress[:-1]
    assert shares == sorted(set(shares))
    assert shares[-1] == 1.0
    assert all(0 <= share <= 1 for share in shares)


def test_the_desktop_is_let_go_of_with_the_window(opened, core, desktop):
    opened(core).window.close()
    assert desktop.closed


# Which desktop there is


@pytest.fixture
def parent(qapp):
    parent = QObject()
    yield parent
    parent.deleteLater()


def test_a_window_without_a_desktop_tells_nobody(parent):
    found = find_desktop(parent)
    assert type(found) is Desktop
    found.notify("Title", "text")
    found.show_progress(0.5)
    found.close()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_have_a_tray(parent, monkeypatch, platform):
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "windows")
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("genretagger.gui.desktop.find_desktop.find_tray", lambda _parent: "tray")
    assert find_desktop(parent) == "tray"


def test_elsewhere_there_is_a_bus(parent, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("genretagger.gui.desktop.bus_desktop.find_bus", lambda _parent: "bus")
    assert find_desktop(parent) == "bus"


def test_where_qt_comes_without_its_bus_nothing_is_shown(parent, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "genretagger.gui.desktop.bus_desktop", None)
    assert type(find_desktop(parent)) is Desktop
