"""Linux and the like: notifications and progress by the session bus, without an icon in a tray.

Notifications: the Desktop Notifications Specification of freedesktop.org. Progress: the signal
`com.canonical.Unity.LauncherEntry.Update`, to which KDE Plasma and the docks of Ubuntu and
elementary listen; they know the program by its desktop file.
"""

from __future__ import annotations

import html
import logging
import os

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QGuiApplication

from genretagger.gui.desktop.desktop import Desktop

_SERVICE = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_DEFAULT_ACTION = "default"  # a click on the notification itself
_AS_THE_DESKTOP_LIKES = -1  # how long it is shown
_ANSWER_MS = 1000
_TOKEN = "XDG_ACTIVATION_TOKEN"  # by it Wayland lets Qt raise a window
_LAUNCHER = "com.canonical.Unity.LauncherEntry"
_LAUNCHER_PATH = "/com/canonical/unity/launcherentry/genretagger"
_LOG = logging.getLogger(__name__)


def find_bus(parent: QObject) -> Desktop:
    """Return the desktop on the session bus; one that shows nothing where there is no bus."""
    connected = QDBusConnection.sessionBus().isConnected()
    return BusDesktop(parent) if connected else Desktop(parent)


class BusDesktop(Desktop):
    """Whoever does not answer on the bus costs nothing but a line in the log."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._bus = QDBusConnection.sessionBus()
        self._shown_id = 0
        self._to_show: tuple[str, str] | None = None
        for signal in ("ActionInvoked", "ActivationToken"):
            slot = SLOT(f"on{signal}(uint,QString)")  # a text, whatever the stubs of PySide6 say
            self._bus.connect(_SERVICE, _PATH, _SERVICE, signal, self, slot)  # type: ignore[call-overload]

    def notify(self, title: str, text: str) -> None:
        """Ask whether the service is there, without waiting: it may yet have to start, or hang."""
        self._to_show = title, text
        ask = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "GetServerInformation")
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(ask), self)
        watcher.finished.connect(self._on_answer)

    def show_progress(self, share: float | None) -> None:
        message = QDBusMessage.createSignal(_LAUNCHER_PATH, _LAUNCHER, "Update")
        program = f"application://{QGuiApplication.desktopFileName()}.desktop"
        state = {"progress": share or 0.0, "progress-visible": share is not None}
        message.setArguments([program, state])
        self._bus.send(message)

    def close(self) -> None:
        self._to_show = None
        self.show_progress(None)

    def _on_answer(self, watcher: QDBusPendingCallWatcher) -> None:
        to_show, self._to_show = self._to_show, None
        if watcher.isError():
            _LOG.info("no notification: %s", watcher.error().message())
        elif to_show is not None:
            self._shown_id = _notify(self._shown_id, *to_show, ask=self.tr("Show"))
        watcher.deleteLater()

    @Slot("uint", "QString")
    def onActivationToken(self, shown_id: int, token: str) -> None:  # noqa: N802 - as on the bus
        """Keep what allows the window to come to the front; it comes before the click."""
        if shown_id == self._shown_id:
            os.environ[_TOKEN] = token

    @Slot("uint", "QString")
    def onActionInvoked(self, shown_id: int, _action: str) -> None:  # noqa: N802 - as on the bus
        """Tell of a click on the notification."""
        if shown_id == self._shown_id:
            self.clicked.emit()


def _notify(replaced_id: int, title: str, text: str, *, ask: str) -> int:
    """Show a notification in the place of an earlier one, and return its id; 0 if nobody can.

    The interface learns from the service which types it takes: a plain message would call a number
    of Python signed, and the service wants it unsigned.
    """
    service = QDBusInterface(_SERVICE, _PATH, _SERVICE, QDBusConnection.sessionBus())
    service.setTimeout(_ANSWER_MS)
    show = getattr(service, "Notify", None)
    shown_id = show and show(
        QGuiApplication.applicationDisplayName(),
        replaced_id,
        "",  # the icon is that of the desktop file
        title,
        html.escape(text, quote=False),  # what is shown may have markup
        [_DEFAULT_ACTION, ask],
        {"desktop-entry": QGuiApplication.desktopFileName()},
        _AS_THE_DESKTOP_LIKES,
    )
    if not shown_id:
        _LOG.info("no notification: %s", service.lastError().message())
    return shown_id if isinstance(shown_id, int) else 0
