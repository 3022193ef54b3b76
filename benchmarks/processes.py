"""Run a command as a user would, and tell what the whole process took."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.memory import peak_mb, tree_mb
from benchmarks.rows import ROOT
from genretagger.core.resources import HOME_VARIABLE

PROGRAM = (sys.executable, "-m", "genretagger")
SCRATCH = ROOT / "build" / "benchmarks"  # on the disk of the sources; /tmp may be memory
_LOOK_EVERY_S = 0.01
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process and the children it waited for took.

    Attributes
    ----------
    peak_mb, tree_mb : float
        The most memory of the process alone, and of it with all below it at one time; looked at
        every 10 ms, so 0 for a process that ends sooner.
    output : str
        What it printed, if that was asked for.
    """

    status: int
    wall_s: float
    cpu_s: float
    peak_mb: float
    tree_mb: float
    output: str


class PeakWatch:
    """Looks at the memory of a process on a thread of its own: nobody tells it afterwards."""

    def __init__(self, pid: int) -> None:
        self.peak_mb, self.tree_mb = 0.0, 0.0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        while not self._ended.wait(_LOOK_EVERY_S):
            self.peak_mb = peak_mb(self._pid) or self.peak_mb
            self.tree_mb = max(self.tree_mb, tree_mb(self._pid))

    def stop(self) -> None:
        """Stop looking."""
        self._ended.set()
        self._thread.join()


def environment(home: Path | None = None, **more: str) -> dict[str, str]:
    """Return the environment of a process that has `home` as its user folder."""
    chosen = {} if home is None else {HOME_VARIABLE: str(home)}
    return {**os.environ, "PYTHONPATH": str(ROOT), **chosen, **more}


def run(command: Sequence[str | Path], *, env: dict[str, str], output: Path | None = None) -> Ended:
    """Return what `command` took; its standard output goes to the file `output`, if one is given.

    Standard error is dropped: the program draws a bar there.
    """
    begun = time.perf_counter()
    with (output or Path(os.devnull)).open("wb") as stream:
        process = subprocess.Popen(
            command, env=env, cwd=ROOT, stdout=stream, stderr=subprocess.DEVNULL
        )
        watch = PeakWatch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - begun
    watch.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Ended(
        status=process.returncode,
        wall_s=wall_s,
        cpu_s=usage.ru_utime + usage.ru_stime,
        peak_mb=watch.peak_mb,
        tree_mb=watch.tree_mb,
        output=output.read_text(encoding="utf-8") if output else "",
    )
