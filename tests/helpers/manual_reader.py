"""`genretagger` as a reader of the manual runs it: what would not end by itself is ended.

A window is closed once it is ready, a watch is stopped once it has heard a track. The status in
the variable TOLERATED_STATUS counts as 0. Run by tests/manual/test_commands.py.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.helpers.waiting import wait_for

_PROGRAM = [sys.executable, "-m", "genretagger"]
TOLERATED = "TOLERATED_STATUS"
_STOPPED = 130  # docs/manual/command-line.md, Exit status


def main(arguments):
    """Return the exit status that the reader would see."""
    if arguments[:1] == ["watch"]:
        return _watch(arguments)
    if not arguments or (len(arguments) == 1 and Path(arguments[0]).is_dir()):
        return _open_window(arguments)
    status = subprocess.run([*_PROGRAM, *arguments], check=False).returncode
    return 0 if os.environ.get(TOLERATED) == str(status) else status


def _watch(arguments):
    with subprocess.Popen([*_PROGRAM, *arguments], stdout=subprocess.PIPE) as process:
        sys.stdout.buffer.write(process.stdout.readline())
        sys.stdout.flush()
        process.send_signal(signal.SIGINT)
        process.stdout.read()
    return 0 if process.returncode == _STOPPED else process.returncode or 1


def _open_window(arguments):
    log = Path(os.environ["GENRETAGGER_HOME"], "genretagger.log")

    def times_ready():
        return log.read_text().count("window ready") if log.exists() else 0

    before = times_ready()
    with subprocess.Popen([*_PROGRAM, *arguments]) as process:
        wait_for(lambda: process.poll() is not None or times_ready() > before)
        process.terminate()
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
