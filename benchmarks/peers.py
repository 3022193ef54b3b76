"""The other programs that are measured, in an environment of their own.

So they never enter the locks of the project. They are fetched once, and use no network when they
run.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.rows import ROOT

PINS = Path(__file__).with_name("peers.txt")
FOLDER = ROOT / "build" / "peers-venv"
_GIVE_UP_AFTER_S = 240


class PeersMissingError(Exception):
    """The other programs cannot be installed; `str()` is the reason."""


def peers_python(folder: Path = FOLDER, *, pins: Path = PINS) -> Path:
    """Return the Python of the environment in `folder`, making it if its pins have changed.

    Raises
    ------
    PeersMissingError
        There is no network, or no package for this system.
    """
    python, stamp = folder / "bin" / "python", folder / "pins.txt"
    if stamp.exists() and stamp.read_bytes() == pins.read_bytes():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    install = (python, "-m", "pip", "install", "--no-deps", "--only-binary=:all:", "--retries=1")
    try:
        for command in ((sys.executable, "-m", "venv", folder), (*install, "-r", pins)):
            subprocess.run(command, check=True, capture_output=True, timeout=_GIVE_UP_AFTER_S)
    except (OSError, subprocess.SubprocessError) as error:
        raise PeersMissingError(f"pip could not install {pins.name}") from error
    shutil.copy(pins, stamp)
    return python
