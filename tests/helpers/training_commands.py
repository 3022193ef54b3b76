"""Runs the commands of the training as a researcher does, or within the process of the test."""

from __future__ import annotations

import importlib
import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from tests.helpers.waiting import LIMIT_S

SOURCE = Path(__file__).resolve().parents[2]


def run_command(module, *arguments):
    """Run a command of genretagger.training in a process of its own."""
    command = [sys.executable, "-m", f"genretagger.training.{module}", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=SOURCE, timeout=LIMIT_S
    )


def run_in_process(module, *arguments):
    """Run a command of genretagger.training in this process, which has loaded its libraries."""
    out, err = io.StringIO(), io.StringIO()
    command = importlib.import_module(f"genretagger.training.{module}")
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = command.main(list(map(str, arguments)))
        except SystemExit as end:  # argparse
            status = end.code
    return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())
