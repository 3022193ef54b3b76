"""The process around the window, as a user starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow

from genretagger.gui.app import create_window
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


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send")
@pytest.mark.parametrize("debug", [False, True])
def test_the_program_starts_logs_that_it_is_ready_and_closes_on_ctrl_c(home, debug):
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
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=LIMIT_S)
    assert (process.returncode, out) == (0, "")
    assert ("window ready" in err) if debug else (err == "")


def test_windows_can_be_made_one_after_the_other(qtbot):
    for _ in range(3):
        window = create_window()
        assert isinstance(window, QMainWindow)
        window.close()
        window.close()  # harmless
        window.deleteLater()


def test_importing_the_window_does_not_load_what_only_workers_need():
    code = (
        "import sys, genretagger.gui.app;"
        "print([m for m in ('numpy', 'av', 'mutagen', 'ai_edge_litert', 'tensorflow', 'librosa')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
