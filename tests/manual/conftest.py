"""The site of the manual, made once for the tests that look at it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.helpers.manual_pages import MANUAL, ROOT


def build(folder, **environment):
    """Make the site as `make manual` does; return the finished process."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (line,) = [line for line in makefile.splitlines() if "-m sphinx" in line]
    options = line.partition("-m sphinx ")[2].replace("$(MANUAL)", str(folder))
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *options.split()],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Return the folder of the site."""
    folder = tmp_path_factory.mktemp("site") / "manual"
    done = build(folder)
    assert (done.returncode, done.stdout + done.stderr) == (0, ""), f"{MANUAL}: make manual"
    return folder
