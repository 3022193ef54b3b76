"""The bundle as a black box.

That of `make package` if GENRETAGGER_DIST names its folder, as `make test-package` does, else one
that is built here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.waiting import LIMIT_S

ROOT = Path(__file__).resolve().parents[2]
DIST_VARIABLE = "GENRETAGGER_DIST"


@pytest.fixture(scope="session")
def dist():
    """Return the folder that `make package` filled; skip without it."""
    folder = os.environ.get(DIST_VARIABLE)
    if not folder:
        pytest.skip(f"{DIST_VARIABLE} is not set: `make test-package` does, after `make package`")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def program(disk):
    """Return the program of a bundle, in a folder with a space and an umlaut."""
    folder = disk / "a bündle"
    if made := os.environ.get(DIST_VARIABLE):
        shutil.copytree(Path(made, "genretagger"), folder / "genretagger", symlinks=True)
    else:
        _build(folder)
    return folder / "genretagger" / "genretagger"


def _build(folder):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"),
            *("--distpath", folder, "--workpath", folder / "work", ROOT / "build.spec"),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def run(program, tmp_path, home):
    """Return a function that runs the program and expects no word but what it is asked for."""

    def run(*arguments, cwd=tmp_path, status=0, stderr="", environment=None, **variables):
        if environment is None:
            environment = {"PATH": os.environ["PATH"], "GENRETAGGER_HOME": str(home)}
        done = subprocess.run(
            [program, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=cwd,
            env=environment | variables,
            timeout=LIMIT_S,
            check=False,
        )
        assert done.returncode == status, done.stderr
        assert done.stderr == stderr
        return done.stdout

    return run
