"""The window and its dialogs are never larger than the screen, nor outside of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QDialog

from genretagger.gui.look.screen_fit import ScreenFitter, fitted
from genretagger.gui.main_window import MainWindow
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.rows import prediction, track

FULL_HD_AT_200 = QRect(0, 0, 960, 540)
_places = st.integers(-5000, 5000)
_sizes = st.integers(1, 5000)


@given(_places, _places, _sizes, _sizes)
def test_what_is_fitted_lies_within_and_is_no_smaller_than_it_must_be(left, top, width, height):
    available = QRect(-100, 50, 1200, 800)
    rect = QRect(left, top, width, height)
    inside = fitted(rect, available)
    assert available.contains(inside)
    assert inside.size() == QSize(min(width, 1200), min(height, 800))
    if available.contains(rect):
        assert inside == rect


@pytest.fixture
def core():
    return FakeCore([one := track("a.flac")], {one.path: prediction("disco")})


@pytest.fixture
def screen(monkeypatch):
    """Return the place of the only screen, which tests may change."""
    screen = QRect(FULL_HD_AT_200)
    monkeypatch.setattr(ScreenFitter, "_available", lambda _self, _window: QRect(screen))
    return screen


def test_a_new_window_is_no_larger_than_a_small_screen(opened, core, screen):
    window = opened(core).window
    assert screen.contains(window.frameGeometry())


def test_a_window_that_was_left_on_a_large_screen_comes_back_on_a_small_one(
    opened, core, monkeypatch
):
    window = opened(core).window
    window.setGeometry(600, 200, 1300, 800)
    window.close()
    monkeypatch.setattr(ScreenFitter, "_available", lambda _self, _window: FULL_HD_AT_200)
    again = MainWindow(load=lambda: core)
    assert FULL_HD_AT_200.contains(again.geometry()), "before it is shown"
    again.show()
    assert FULL_HD_AT_200.contains(again.frameGeometry())
    again.close()
    again.deleteLater()


def test_a_window_whose_screen_goes_away_moves_and_shrinks(opened, core, screen):
    screen.setRect(1920, 0, 1920, 1080)
    window = opened(core).window
    assert window.x() >= 1920
    screen.setRect(0, 0, 960, 540)
    window.screen().availableGeometryChanged.emit(screen)
    assert screen.contains(window.frameGeometry())


def test_a_dialog_is_no_larger_than_the_screen(opened, core, screen, qtbot):
    driver = opened(core)
    driver.trigger("settingsAction")
    find = driver.window.findChild
    qtbot.waitUntil(lambda: find(QDialog, "settingsDialog") is not None)
    dialog = find(QDialog, "settingsDialog")
    assert dialog.height() < screen.height()
    dialog.close()


def test_the_least_size_gives_way_to_a_tiny_screen_and_comes_back(opened, core, screen):
    screen.setRect(0, 0, 640, 400)
    window = opened(core).window
    assert screen.contains(window.frameGeometry())
    screen.setRect(0, 0, 1920, 1080)
    window.screen().availableGeometryChanged.emit(screen)
    assert window.minimumSize() == QSize(720, 440)
