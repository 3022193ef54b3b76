"""An X server whose screen nobody sees."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest

from tests.helpers.waiting import LIMIT_S


@contextmanager
def unseen_screen():
    """Start Xvfb and give the name of its display; skip the test where it is not installed."""
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as stream:
        display = f":{stream.readline().strip()}"  # written once it takes connections
    try:
        yield display
    finally:
        server.terminate()
        server.wait(LIMIT_S)
