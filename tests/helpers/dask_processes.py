"""A scheduler and workers of Dask as processes of their own, which listen on this machine only."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress

from tests.helpers.command import ROOT
from tests.helpers.waiting import LIMIT_S, wait_for


class DaskProcesses:
    """What `dask scheduler` and `dask worker` start; a context that ends them.

    Attributes
    ----------
    address : str
        Of the scheduler, also of the next one that is started.
    """

    def __init__(self, folder):
        self._folder = folder
        self._processes = []
        self._n_schedulers = 0
        self.address = None

    def start_scheduler(self):
        """Start a scheduler, at the address of the one before if there was one."""
        self._n_schedulers += 1
        file = self._folder / f"scheduler-{self._n_schedulers}.json"
        port = self.address.rpartition(":")[2] if self.address else "0"
        where = ("--host", "127.0.0.1", "--port", port, "--no-dashboard")
        self.scheduler = self._start("scheduler", *where, "--scheduler-file", file)
        self.address = wait_for(lambda: _written_address(file))

    def start_worker(self, name, *, folder=None, python_path=ROOT):
        """Start a worker of one thread in `folder`, with the Genretagger in `python_path`."""
        where = ("--host", "127.0.0.1", "--no-dashboard", "--local-directory", self._folder)
        return self._start(
            *("worker", self.address, "--name", name, "--nthreads", "1", *where),
            folder=folder,
            python_path=python_path,
        )

    def _start(self, *arguments, folder=None, python_path=ROOT):
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "dask", *map(os.fspath, arguments)],
            cwd=folder or self._folder,
            env=os.environ | {"PYTHONPATH": os.fspath(python_path)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._processes.append(process)
        return process

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Kill all processes, and those that they started."""
        for process in self._processes:
            kill_group(process)


def _written_address(file):
    with suppress(FileNotFoundError, json.JSONDecodeError):  # not written, or half
        return json.loads(file.read_text(encoding="utf-8"))["address"]
    return None


def kill_group(process):
    """Kill a process and those that it started; wait for its end."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(LIMIT_S)
