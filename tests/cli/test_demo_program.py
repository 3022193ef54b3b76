"""How the demo names the program in the commands that it suggests."""

from __future__ import annotations

import sys

import pytest

from genretagger.cli import demo

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a link takes rights there")


def test_an_installed_bundle_is_named_by_its_command(tmp_path, monkeypatch):
    program = tmp_path / "lib" / "genretagger"
    commands = tmp_path / "bin"
    for folder in (program.parent, commands):
        folder.mkdir()
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setenv("PATH", str(commands))
    assert demo._program() == str(program)
    (commands / "genretagger").symlink_to(program)
    assert demo._program() == "genretagger"
