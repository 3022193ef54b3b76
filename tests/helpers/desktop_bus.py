"""A desktop on a session bus of its own: `dbus-run-session -- python -m tests.helpers.desktop_bus`.

A second process plays the desktop. Both print what they get, one JSON value a line: notifications,
progress, clicks. With the argument `refusing` the service cannot show notifications, with `absent`
there is none.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys

from PySide6.QtCore import SLOT, ClassInfo, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection
from PySide6.QtGui import QGuiApplication

from genretagger.gui.desktop.bus_desktop import find_bus

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
LAUNCHER = "com.canonical.Unity.LauncherEntry"
SHOWN_ID = 7
LIMIT_MS = 60_000


def tell(*what):
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


class Describing(QDBusAbstractAdaptor):
    @Slot(result="QString")
    def GetServerInformation(self):  # noqa: N802
        return "a desktop"


@ClassInfo({"D-Bus Interface": NAME})
class Refusing(Describing):
    pass


@ClassInfo({"D-Bus Interface": NAME})
class Showing(Describing):
    ActionInvoked = Signal("uint", "QString")
    ActivationToken = Signal("uint", "QString")

    @Slot("QString", "uint", "QString", "QString", "QString", "QStringList", "QVariantMap", "int",
          result="uint")  # fmt: skip
    def Notify(self, *arguments):  # noqa: N802
        tell("notify", *arguments)
        QTimer.singleShot(100, self.click)
        return SHOWN_ID

    def click(self):
        self.ActionInvoked.emit(SHOWN_ID + 1, "default")  # of another program
        self.ActivationToken.emit(SHOWN_ID, "a-token")
        self.ActionInvoked.emit(SHOWN_ID, "default")


class Dock(QObject):
    @Slot("QString", "QVariantMap")
    def update(self, program, state):
        tell("progress", program, state)


def play_desktop(kind):
    app = QCoreApplication([])
    bus, server, dock = QDBusConnection.sessionBus(), QObject(), Dock()
    kept = {"showing": Showing, "refusing": Refusing}.get(kind, Describing)(server)
    assert kept.parent() is server
    bus.connect("", "", LAUNCHER, "Update", dock, SLOT("update(QString,QVariantMap)"))
    if kind != "absent":
        bus.registerObject(PATH, server)
        bus.registerService(NAME)
    tell("ready")
    QTimer.singleShot(LIMIT_MS, app.quit)
    app.exec()


def use_desktop(kind):
    app = QGuiApplication([])
    app.setApplicationDisplayName("Genretagger")
    app.setDesktopFileName("genretagger")
    desktop = find_bus(app)
    clicks = []

    def on_clicked():
        tell("clicked", os.environ.get("XDG_ACTIVATION_TOKEN"))
        clicks.append(1)
        if len(clicks) == 1:
            desktop.notify("Again", "once more")
        else:
            end()

    def end():
        desktop.close()
        QTimer.singleShot(500, app.quit)  # until the desktop has it

    desktop.clicked.connect(on_clicked)
    desktop.show_progress(0.25)
    desktop.notify("Title", "Rock & <Roll>")
    QTimer.singleShot(LIMIT_MS if kind == "showing" else 1000, end)
    app.exec()


def main(kind):
    command = [sys.executable, "-m", "tests.helpers.desktop_bus", kind, "desktop"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        other.stdout.readline()  # ready
        use_desktop(kind)
        other.terminate()
        sys.stdout.write(other.stdout.read())


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    (play_desktop if sys.argv[2:] else main)(sys.argv[1])
