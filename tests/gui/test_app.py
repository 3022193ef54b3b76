"""The process around the window, as a user starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QMainWindow

from genretagger.gui import main_window
from genretagger.gui.app import create_window
from genretagger.gui.main_window import MainWindow
from tests.helpers.fake_pipeline import FakeCore
from tests.helpers.waiting import LIMIT_S, wait_for

ROOT = Path(__file__).parents[2]
START = [
    sys.executable,
    "-c",
    "import sys; from genretagger.gui import app; sys.exit(app.main(None))",
]


def environment(**changes):
    removed = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in removed}
    return kept | changes


@pytest.mark.skipif(sys.platform != "linux", reason="displays are named by X11 and Wayland only")
@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":98765"}])
def test_without_a_display_one_sentence_points_to_the_command_line(display):
    done = subprocess.run(
        START, cwd=ROOT, env=environment(**display), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "genretagger analyse FOLDER" in done.stderr
    assert "genretagger demo" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="displays are named by X11 and Wayland only")
def test_a_program_without_a_terminal_ends_as_well(tmp_path):
    """As `genretagger-window.exe`, whose `sys.stderr` is None."""
    command = ["sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, "-m", "genretagger", tmp_path]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=False)
    assert done.returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no signal to send")
@pytest.mark.parametrize(
    ("debug", "number"),
    [(False, signal.SIGINT), (True, signal.SIGINT), (False, signal.SIGTERM)],
)
def test_the_program_starts_logs_that_it_is_ready_and_closes_on_a_signal(home, debug, number):
    process = subprocess.Popen(
        [sys.executable, "-m", "genretagger", "--debug"] if debug else START,
        cwd=ROOT,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    log = home / "genretagger.log"
    wait_for(
        lambda: process.poll() is not None or (log.exists() and "window ready" in log.read_text())
    )
    assert process.poll() is None, process.communicate()
    process.send_signal(number)
    out, err = process.communicate(timeout=LIMIT_S)
    assert (process.returncode, out) == (0, "")
    assert ("window ready" in err) if debug else (err == "")


IS_TERMINATED_IN_A_DIALOG = """
import os, signal
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from genretagger.gui import app

def terminate():
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        for widget in QApplication.topLevelWidgets():
            action = widget.findChild(object, "settingsAction")
            if action is not None and action.isEnabled():
                action.trigger()
        return
    print(dialog.objectName(), flush=True)
    timer.stop()
    os.kill(os.getpid(), signal.SIGTERM)

class Application(QApplication):
    def exec(self):
        global timer
        timer = QTimer(self)
        timer.timeout.connect(terminate)
        timer.start(50)
        return super().exec()

app.QApplication = Application
raise SystemExit(app.main(None))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signal to send")
def test_sigterm_ends_the_program_though_a_dialog_is_open():
    done = subprocess.run(
        [sys.executable, "-c", IS_TERMINATED_IN_A_DIALOG],
        cwd=ROOT,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "settingsDialog\n", "")


def test_windows_can_be_made_one_after_the_other(qtbot):
    for _ in range(3):
        window = create_window()
        assert isinstance(window, QMainWindow)
        window.close()
        window.close()  # harmless
        window.deleteLater()


UNTIL_PAINTED = """
import os, sys
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from genretagger.gui import app

class Application(QApplication):
    def notify(self, receiver, event):
        if event.type() == QEvent.Type.Paint and receiver.isWidgetType():
            print("painted", *sys.modules, flush=True)
            os._exit(0)
        return super().notify(receiver, event)

app.QApplication = Application
app.main(None)
"""


def test_until_the_window_is_painted_nothing_is_loaded_that_hears_or_tags():
    done = subprocess.run(
        [sys.executable, "-c", UNTIL_PAINTED],
        cwd=ROOT,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        text=True,
        check=True,
        timeout=LIMIT_S,
    )
    word, *loaded = done.stdout.split()
    assert word == "painted"
    assert "genretagger.gui.main_window" in loaded
    heavy = {"numpy", "av", "mutagen", "pebble", "ai_edge_litert", "PySide6.QtMultimedia"}
    assert not {"genretagger.pipeline", *heavy} & set(loaded)


class _Painted(QObject):
    """Notes that a widget was painted."""

    def __init__(self, window):
        super().__init__(window)
        self.seen = False
        window.centralWidget().installEventFilter(self)

    def eventFilter(self, watched, event):
        self.seen |= event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def make_window(qtbot):
    """Return a function that makes a window, and what will be noted of it when its core is loaded.

    What is noted: whether the window had been painted by then.
    """
    windows = []

    def make_window():
        noted = []
        window = MainWindow(load=lambda: noted.append(painted.seen) or FakeCore([]))
        painted = _Painted(window)
        windows.append(window)
        return window, noted

    yield make_window
    for window in windows:
        window.close()
        window.deleteLater()


def test_the_window_is_painted_before_its_core_is_loaded(make_window, qtbot):
    window, noted = make_window()
    window.show()
    qtbot.waitUntil(lambda: bool(noted))
    assert noted == [True]


def test_a_window_that_is_not_shown_loads_its_core_too(make_window, qtbot):
    _window, noted = make_window()
    qtbot.waitUntil(lambda: bool(noted))
    assert noted == [False]


def test_a_window_that_is_never_painted_loads_its_core_too(make_window, qtbot, monkeypatch):
    monkeypatch.setattr(main_window, "_UNSEEN_MS", 1)
    window, noted = make_window()
    window.setUpdatesEnabled(False)
    window.show()
    qtbot.waitUntil(lambda: bool(noted))
    assert noted == [False]


def test_a_window_that_is_closed_before_it_was_painted_loads_nothing(make_window, qtbot):
    window, noted = make_window()
    window.close()
    qtbot.waitUntil(lambda: not [t for t in window.findChildren(QTimer) if t.isActive()])
    assert noted == []
