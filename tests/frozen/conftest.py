"""The bundle as a black box.

That of `make package` if GENRETAGGER_DIST names its folder, as `make test-package` does, else one
that is built here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.helpers.waiting import LIMIT_S

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

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
def program():
    """Return the program of a bundle, in a folder with a space and an umlaut.

    Workers that need it at the same time share it: the first builds, the last clears away.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir(), f"genretagger-bündle {run}")
    folder.mkdir(exist_ok=True)
    users = folder / "users"
    with _locked(folder):
        if not users.exists():
            _provide(folder)
        users.write_text(f"{os.getpid()}\n{users.read_text() if users.exists() else ''}")
    yield folder / "genretagger" / "genretagger"
    with _locked(folder):
        left = [pid for pid in users.read_text().split() if pid != str(os.getpid())]
        users.write_text("\n".join(left))
        if not left:
            shutil.rmtree(folder, ignore_errors=True)
            Path(f"{folder}.lock").unlink()


@contextmanager
def _locked(folder):
    with Path(f"{folder}.lock").open("w") as stream:
        if fcntl is not None:  # on Windows each worker builds one of its own: there is one there
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _provide(folder):
    if made := os.environ.get(DIST_VARIABLE):
        shutil.copytree(Path(made, "genretagger"), folder / "genretagger", symlinks=True)
    else:
        _build(folder)


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
