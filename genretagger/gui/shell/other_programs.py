"""Starts other programs: the one that the desktop opens a file with, and its file manager."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QUrl, Signal
from PySide6.QtGui import QDesktopServices

# https://www.freedesktop.org/wiki/Specifications/file-manager-interface/
_SHOW_ITEMS: Final = (
    "dbus-send",
    "--session",
    "--print-reply",  # so that the exit status says whether there is a file manager
    "--reply-timeout=5000",
    "--dest=org.freedesktop.FileManager1",
    "/org/freedesktop/FileManager1",
    "org.freedesktop.FileManager1.ShowItems",
)

# PyInstaller puts the folder of the bundle in front of the first, and keeps what the user had in
# NAME_ORIG; its hook for Qt sets the others. A browser or player that inherits them loads libraries
# and plugins of the bundle, and ends with an error.
# https://pyinstaller.org/en/stable/common-issues-and-pitfalls.html
_LIBRARY_PATHS: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
_QT_PATHS: Final = ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH")


def is_frozen() -> bool:
    """Return whether the program runs from a bundle."""
    return bool(getattr(sys, "frozen", False))


@contextmanager
def environment_of_the_user() -> Iterator[None]:
    """Let a program that is started meanwhile inherit the environment that ours was started with.

    Ours is as before afterwards, because the worker processes need what the bundle has set.
    """
    changed = {}
    if is_frozen():
        changed = {name: os.environ.get(f"{name}_ORIG") for name in _LIBRARY_PATHS}
        changed |= dict.fromkeys(_QT_PATHS)
    before = {name: os.environ.get(name) for name in changed}
    _set_variables(changed)
    try:
        yield
    finally:
        _set_variables(before)


def _set_variables(values: dict[str, str | None]) -> None:
    """Set environment variables; those without a value are removed."""
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def open_file(path: Path) -> bool:
    """Open a file or folder as the desktop does; return whether it has a program for that."""
    with environment_of_the_user():
        return QDesktopServices.openUrl(url_of(path))


def url_of(path: Path) -> QUrl:
    """Return the URL of a file, whatever bytes are in its name."""
    return QUrl.fromEncoded(path.absolute().as_uri().encode())


def show_command(path: Path, platform: str) -> tuple[str, ...]:
    """Return program and arguments that show a file; no shell ever reads them."""
    if platform == "win32":
        return "explorer", "/select,", str(path.absolute())
    if platform == "darwin":
        return "open", "-R", str(path.absolute())
    uri = path.absolute().as_uri().replace(",", "%2C")  # a comma would part two items
    return (*_SHOW_ITEMS, f"array:string:{uri}", "string:")


class FileManager(QObject):
    """Asks for a file to be shown; if nobody can do that, for its folder to be opened."""

    answered = Signal()
    failed = Signal(object)  # Path; not even its folder can be opened

    def __init__(self, parent: QObject, *, platform: str = sys.platform) -> None:
        super().__init__(parent)
        self._platform = platform
        self._asking: QProcess | None = None

    def show(self, path: Path) -> None:
        """Show a file; the window goes on meanwhile."""
        program, *arguments = show_command(path, self._platform)
        self.close()
        self._asking = asking = QProcess(self)
        asking.finished.connect(lambda code, _status: self._on_finished(path, code))
        asking.errorOccurred.connect(lambda error: self._on_error(path, error))
        with environment_of_the_user():
            asking.start(program, arguments)

    def close(self) -> None:
        """Wait no longer for an answer."""
        asking, self._asking = self._asking, None
        if asking is not None:
            asking.blockSignals(True)
            asking.kill()
            asking.waitForFinished(1000)
            asking.deleteLater()

    def _on_finished(self, path: Path, code: int) -> None:
        if code and self._platform != "win32":  # the Explorer always says 1
            self._open_folder(path)
        self.answered.emit()

    def _on_error(self, path: Path, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._open_folder(path)

    def _open_folder(self, path: Path) -> None:
        if not open_file(path.parent):
            self.failed.emit(path)
