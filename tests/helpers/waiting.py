"""Waiting for what a test needs, however slow the machine is.

A limit here only ends a test that would hang: a machine that is slow makes a test that passes
slower, never red.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from contextlib import suppress

LIMIT_S = 300
LIMIT_MS = 1000 * LIMIT_S
_TURN_S = 0.01


def wait_for(condition):
    """Return what `condition` returns as soon as that is true."""
    # Turns, not a clock: on a machine that stands still for a while no turn is made.
    for _ in range(round(LIMIT_S / _TURN_S)):
        if found := condition():
            return found
        time.sleep(_TURN_S)
    raise AssertionError(f"still not: {condition}")


def joined(thread):
    """Wait for the end of `thread`."""
    thread.join(LIMIT_S)
    assert not thread.is_alive(), thread


def opened_by_reader(pipe):
    """Return the writing end of the named pipe at `pipe` once somebody has it open for reading."""

    def opened():
        with suppress(OSError):  # ENXIO: nobody reads it (open(2))
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        return None

    return wait_for(opened)


def running(pids):
    """Return which of `pids`, once children of this process, have not ended."""
    return [child.pid for child in multiprocessing.active_children() if child.pid in pids]
