"""Notifications by an icon in the tray, which is there only as long as they are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from genretagger.gui.desktop import tray_desktop
from genretagger.gui.desktop.desktop import Desktop
from genretagger.gui.desktop.tray_desktop import TrayDesktop, find_tray


class FakeTray(QObject):
    messageClicked = Signal()  # noqa: N815
    available, messages = True, True

    def __init__(self, icon, parent):
        super().__init__(parent)
        self.visible, self.shown = False, []

    @classmethod
    def isSystemTrayAvailable(cls):  # noqa: N802
        return cls.available

    @classmethod
    def supportsMessages(cls):  # noqa: N802
        return cls.messages

    def show(self):
        self.visible = True

    def hide(self):
        self.visible = False

    def showMessage(self, title, text, icon, ms):  # noqa: N802
        assert self.visible
        assert not icon.isNull()
        self.shown.append((title, text))


@pytest.fixture
def desktop(qapp, monkeypatch):
    monkeypatch.setattr(tray_desktop, "QSystemTrayIcon", FakeTray)
    parent = QObject()
    yield find_tray(parent)
    parent.deleteLater()


@pytest.fixture
def tray(desktop):
    return desktop.findChild(FakeTray)


def test_the_icon_goes_with_the_click(desktop, tray, qtbot):
    assert isinstance(desktop, TrayDesktop)
    assert not tray.visible
    desktop.notify("Title", "text")
    assert tray.shown == [("Title", "text")]
    with qtbot.waitSignal(desktop.clicked):
        tray.messageClicked.emit()
    assert not tray.visible


def test_the_icon_goes_by_itself_and_with_the_window(desktop, tray, qtbot):
    desktop.notify("Title", "text")
    desktop.findChild(QTimer).setInterval(0)
    qtbot.waitUntil(lambda: not tray.visible)
    desktop.notify("Title", "text")
    desktop.close()
    assert not tray.visible
    assert not desktop.findChild(QTimer).isActive()


@pytest.mark.parametrize("missing", ["available", "messages"])
def test_without_a_tray_nothing_is_shown(qapp, monkeypatch, missing):
    monkeypatch.setattr(FakeTray, missing, False)
    monkeypatch.setattr(tray_desktop, "QSystemTrayIcon", FakeTray)
    parent = QObject()
    assert type(find_tray(parent)) is Desktop
    parent.deleteLater()
