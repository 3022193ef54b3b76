"""A witness of how a process ends, for tests that plant one in a worker."""

from __future__ import annotations

import os
import sys


class _Witness:
    """Writes to a file when the interpreter is torn down, which clears `sys` last."""

    def __init__(self, path):
        self.file, self.write = os.open(path, os.O_WRONLY | os.O_CREAT), os.write

    def __del__(self):
        self.write(self.file, b"torn down")


def plant_witness(path):
    """Have this process write to `path` if its interpreter is torn down at its end."""
    sys.witness = _Witness(path)
