"""Measure the program of `make package`: how soon it starts, and how much memory it takes.

A cold start is the first after the kernel's cache was emptied, which only root may do. Linux only.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from tools.offscreen import offscreen_platform
from tools.packaging.linux_packages import PROGRAM

_RUNS = 5
_READY = "window ready"
_DROP_CACHES = Path("/proc/sys/vm/drop_caches")


def start_of_command() -> float:
    """Return the seconds that `genretagger --version` takes."""
    began = time.perf_counter()
    subprocess.run([PROGRAM / "genretagger", "--version"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def start_of_window() -> tuple[float, float]:
    """Return the seconds until the window is ready, and its memory in MB (proportional set)."""
    with tempfile.TemporaryDirectory(prefix="genretagger-") as home:
        variables = {"GENRETAGGER_HOME": home, "QT_QPA_PLATFORM": offscreen_platform()}
        began = time.perf_counter()
        process = subprocess.Popen([PROGRAM / "genretagger"], env=os.environ | variables)
        log = Path(home, "genretagger.log")
        while not (log.exists() and _READY in log.read_text(encoding="utf-8")):
            if process.poll() is not None:
                raise RuntimeError("the window did not come up")
            time.sleep(0.005)
        seconds = time.perf_counter() - began
        memory = _memory_mb(process.pid)
        process.send_signal(signal.SIGINT)
        process.wait()
    return seconds, memory


def _memory_mb(pid: int) -> float:
    """Return the memory of a process, shared pages by their share (proc(5), smaps_rollup)."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    (line,) = (line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024 / 1e6


def _empty_cache() -> bool:
    os.sync()
    try:
        _DROP_CACHES.write_text("3\n", encoding="ascii")
    except OSError:
        return False
    return True


def measured() -> Mapping[str, str]:
    """Return each figure with its unit."""
    found = {}
    if _empty_cache():
        found["window ready, cold"] = f"{start_of_window()[0]:.2f} s"
        _empty_cache()
        found["command, cold"] = f"{start_of_command():.2f} s"
    windows = [start_of_window() for _ in range(_RUNS)]
    found["window ready, warm"] = f"{median(seconds for seconds, _ in windows):.2f} s"
    found["memory of the window"] = f"{median(memory for _, memory in windows):.0f} MB"
    found["command, warm"] = f"{median(start_of_command() for _ in range(_RUNS)):.2f} s"
    return found


def main() -> int:
    """Print the figures."""
    if sys.platform != "linux":
        print("Start and memory are measured on Linux only.")
        return 0
    for name, figure in measured().items():
        print(f"{name}: {figure}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
