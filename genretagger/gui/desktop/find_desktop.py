"""Finds out which desktop the window is on."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from genretagger.gui.desktop.desktop import Desktop
from genretagger.gui.desktop.tray_desktop import find_tray

_WITHOUT_DESKTOP = ("offscreen", "minimal")  # platforms of Qt


def find_desktop(parent: QObject) -> Desktop:
    """Return the desktop that the window is on."""
    if QGuiApplication.platformName() in _WITHOUT_DESKTOP:
        return Desktop(parent)
    if sys.platform in ("win32", "darwin"):
        return find_tray(parent)
    try:  # some systems package QtDBus apart from the rest of PySide6
        from genretagger.gui.desktop.bus_desktop import find_bus
    except ImportError:
        return Desktop(parent)
    return find_bus(parent)
