"""Windows and macOS: notifications by an icon in the tray, which is there as long as they are."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from genretagger.gui.desktop.desktop import Desktop
from genretagger.gui.widgets.icons import application_icon

_SHOWN_MS = 10_000


def find_tray(parent: QObject) -> Desktop:
    """Return the desktop with its tray; one that shows nothing where there is none."""
    if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
        return TrayDesktop(parent)
    return Desktop(parent)


class TrayDesktop(Desktop):
    """Has no progress: Qt 6 knows neither the taskbar of Windows nor the Dock of macOS."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tray = QSystemTrayIcon(application_icon(), self)
        self._tray.messageClicked.connect(self._on_clicked)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self._tray.hide)

    def notify(self, title: str, text: str) -> None:
        self._tray.show()
        self._tray.showMessage(title, text, application_icon(), _SHOWN_MS)
        self._timer.start()

    def close(self) -> None:
        self._timer.stop()
        self._tray.hide()

    def _on_clicked(self) -> None:
        self.close()
        self.clicked.emit()
