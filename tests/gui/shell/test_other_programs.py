"""Programs of the desktop get the environment of the user, not that of the bundle."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from genretagger.gui.shell import other_programs
from genretagger.gui.shell.other_programs import FileManager, open_file

LIBRARIES, PLUGINS = "LD_LIBRARY_PATH", "QT_PLUGIN_PATH"
PRINTS = "import json, os; print(json.dumps(dict(os.environ)))"


@pytest.fixture
def frozen(monkeypatch):
    """Set what PyInstaller sets in a bundle; return a function that says what the user had."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv(LIBRARIES, "/bundle")
    monkeypatch.setenv(PLUGINS, "/bundle/plugins")
    monkeypatch.delenv(f"{LIBRARIES}_ORIG", raising=False)
    return lambda value: monkeypatch.setenv(f"{LIBRARIES}_ORIG", value)


@pytest.fixture
def inherited(monkeypatch):
    """Return the environments of processes that the desktop starts to open something."""
    environments = []

    def open_url(_url):
        process = QProcess()  # takes the environment as xdg-open gets it
        process.start(sys.executable, ["-c", PRINTS])
        process.waitForFinished(-1)
        environments.append(json.loads(process.readAllStandardOutput().data()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    return environments


def test_what_the_user_had_is_restored_for_them_only(frozen, inherited):
    frozen("/opt/lib")
    assert open_file(Path("/music"))
    assert inherited[0][LIBRARIES] == "/opt/lib"
    assert PLUGINS not in inherited[0]
    assert (os.environ[LIBRARIES], os.environ[PLUGINS]) == ("/bundle", "/bundle/plugins")


def test_what_the_user_did_not_have_is_not_there(frozen, inherited):
    open_file(Path("/music"))
    assert LIBRARIES not in inherited[0]
    assert os.environ[LIBRARIES] == "/bundle"


def test_ours_is_restored_after_an_error_too(frozen, monkeypatch):
    def fail(_url):
        raise OSError("no desktop")

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(fail))
    with pytest.raises(OSError, match="no desktop"):
        open_file(Path("/music"))
    assert os.environ[LIBRARIES] == "/bundle"


def test_outside_a_bundle_the_environment_is_the_users_own(inherited, monkeypatch):
    monkeypatch.setenv(LIBRARIES, "/mine")
    monkeypatch.setenv(f"{LIBRARIES}_ORIG", "/other")
    monkeypatch.setenv(PLUGINS, "/my/plugins")
    open_file(Path("/music"))
    assert (inherited[0][LIBRARIES], inherited[0][PLUGINS]) == ("/mine", "/my/plugins")


def test_the_file_manager_gets_it_too(frozen, qapp, qtbot, tmp_path, monkeypatch):
    frozen("/opt/lib")
    target = tmp_path / "environment"
    script = f"import os; open({str(target)!r}, 'w').write(os.environ[{LIBRARIES!r}])"
    monkeypatch.setattr(other_programs, "show_command", lambda *_: (sys.executable, "-c", script))
    parent = QWidget()
    manager = FileManager(parent)
    with qtbot.waitSignal(manager.answered):
        manager.show(tmp_path)
    assert target.read_text() == "/opt/lib"
    assert os.environ[LIBRARIES] == "/bundle"
    parent.deleteLater()
