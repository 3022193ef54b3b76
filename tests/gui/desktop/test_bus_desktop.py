"""Notifications and progress on a session bus, with another process as the desktop."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection

from genretagger.gui.desktop.bus_desktop import BusDesktop, find_bus
from genretagger.gui.desktop.desktop import Desktop
from tests.helpers.waiting import LIMIT_S

PROGRAM = "application://genretagger.desktop"


def seen(kind):
    """Return what the desktop and the program saw, in the order of each."""
    run = shutil.which("dbus-run-session")
    if run is None:
        pytest.skip("dbus-run-session is not installed")
    done = subprocess.run(
        [run, "--", sys.executable, "-m", "tests.helpers.desktop_bus", kind],
        capture_output=True,
        text=True,
        check=True,
        timeout=LIMIT_S,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    lines = done.stdout.splitlines()
    return [json.loads(line) if line.startswith("[") else line for line in lines]


def test_a_notification_is_shown_clicked_and_replaced_and_progress_comes_and_goes(qapp):
    lines = seen("showing")
    shown = [line[1:] for line in lines if line[0] == "notify"]
    hints = {"desktop-entry": "genretagger"}
    rest = (["default", "Show"], hints, -1)
    assert shown == [
        ["Genretagger", 0, "", "Title", "Rock &amp; &lt;Roll&gt;", *rest],
        ["Genretagger", 7, "", "Again", "once more", *rest],
    ]
    assert [line for line in lines if line[0] == "clicked"] == [["clicked", "a-token"]] * 2
    assert [line[1:] for line in lines if line[0] == "progress"] == [
        [PROGRAM, {"progress": 0.25, "progress-visible": True}],
        [PROGRAM, {"progress": 0.0, "progress-visible": False}],
    ]


@pytest.mark.parametrize("kind", ["refusing", "absent"])
def test_a_desktop_that_shows_no_notifications_costs_a_line_in_the_log(qapp, kind):
    lines = seen(kind)
    logged = [line for line in lines if isinstance(line, str)]
    assert [line.partition(":")[0] for line in logged] == ["no notification"]
    assert [line[0] for line in lines if isinstance(line, list)] == ["progress", "progress"]


def test_without_a_bus_nothing_is_shown(qapp, monkeypatch):
    class NoBus:
        def isConnected(self):  # noqa: N802
            return False

    monkeypatch.setattr(QDBusConnection, "sessionBus", lambda: NoBus())
    desktop = find_bus(QCoreApplication.instance())
    assert type(desktop) is Desktop
    assert not isinstance(desktop, BusDesktop)
    desktop.deleteLater()
