"""The command line, run here or in a process of its own; both give what a script would see.

Most tests need no process: `run` saves the half second in which Python starts and imports. What
only a process shows (its streams and their encoding, its workers, Ctrl-C) is asked of
`run_process`.
"""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from genretagger.__main__ import main
from genretagger.core.logs import LOG_VARIABLE
from tests.helpers.waiting import LIMIT_S

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, stdin="", **environment):
    """Return what `genretagger` with `arguments` prints and ends with, from this process."""
    out, err = (_stream() for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, _own_log(patch):
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["genretagger", *map(os.fspath, arguments)])
        patch.setattr(sys, "stdin", _stream(stdin or ""))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            status = main()
        except SystemExit as end:  # argparse
            status = end.code or 0
    return subprocess.CompletedProcess(arguments, status, _text(out), _text(err))


def run_process(*arguments, stdin=None, **environment):
    """Return the finished process of `genretagger` with `arguments`."""
    return subprocess.run(
        [sys.executable, "-m", "genretagger", *map(os.fspath, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        cwd=ROOT,
        env=os.environ | environment,
        timeout=LIMIT_S,
        check=False,
    )


def run_json(*arguments, status=0, stdin=None, by=run):
    """Return the objects that `genretagger` printed, which must be all it printed."""
    done = by(*arguments, "--json", stdin=stdin)
    assert done.returncode == status, done.stderr
    assert done.stdout.isascii()
    return [json.loads(line) for line in done.stdout.splitlines()]


def _stream(text=""):
    return io.TextIOWrapper(io.BytesIO(text.encode(errors="surrogateescape")), encoding="utf-8")


def _text(stream):
    stream.flush()
    return stream.buffer.getvalue().decode(errors="surrogateescape")


@contextmanager
def _own_log(patch):
    """Let the program start its log as in a new process, and end it."""
    log = logging.getLogger("genretagger")
    level = log.level
    patch.setattr(log, "handlers", [])
    patch.setattr(log, "propagate", log.propagate)
    patch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    patch.setenv(LOG_VARIABLE, os.environ.get(LOG_VARIABLE, ""))  # --debug sets it
    try:
        yield
    finally:
        for handler in log.handlers:
            handler.close()
        log.setLevel(level)
