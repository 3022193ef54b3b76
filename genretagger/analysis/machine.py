"""What this computer has to give, and so how many worker processes hear at once."""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from genretagger.core.settings import Effort

# The largest that a worker became is 175 MB; some is left for files that need more.
_WORKER_BYTES: Final = 256 << 20
_MEMORY: Final = Path("/proc/meminfo")
# What a container may take stands here (Documentation/admin-guide/cgroup-v2.rst).
_CONTAINER: Final = Path("/sys/fs/cgroup")
_SUPPLIES: Final = Path("/sys/class/power_supply")
# kIOPSTimeRemainingUnlimited (IOPowerSources.h): the computer runs on mains power.
_UNLIMITED: Final = -2.0


@dataclass(frozen=True, slots=True)
class Machine:
    """The computer at one moment.

    n_cores : processors that this process may use
    free_bytes : memory that programs can still take; None if the system does not tell
    on_battery : whether no mains power is connected
    """

    n_cores: int
    free_bytes: int | None
    on_battery: bool

    @classmethod
    def look(cls) -> Machine:
        """Return this computer as it is now."""
        return cls(_count_cores(), _free_bytes(), _is_on_battery())

    def n_workers(self, effort: Effort) -> int:
        """Return how many worker processes are to hear at once: at least one."""
        n_workers = self.n_cores
        if effort is Effort.GENTLE:
            n_workers //= 2
        if self.on_battery and effort is not Effort.ALL:
            n_workers //= 2
        if self.free_bytes is not None:
            n_workers = min(n_workers, self.free_bytes // _WORKER_BYTES)
        return max(1, n_workers)


def _read(path: Path) -> str:
    """Return the text of a small file of the system, "" if there is none."""
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def _count_cores() -> int:
    if not hasattr(os, "sched_getaffinity"):
        return os.cpu_count() or 1
    n_cores = len(os.sched_getaffinity(0))
    quota, _, period = _read(_CONTAINER / "cpu.max").partition(" ")
    if quota.isdigit() and period.isdigit():  # "max 100000" without a limit
        n_cores = min(n_cores, max(1, int(quota) // int(period)))
    return n_cores


def _free_bytes() -> int | None:
    """Return MemAvailable of Linux (proc_meminfo(5)), at most what a container may take.

    Other systems have no such figure, and their computers have gigabytes for each processor.
    """
    lines = [line.split() for line in _read(_MEMORY).splitlines()]
    figures = [int(line[1]) << 10 for line in lines if line[0] == "MemAvailable:"]
    most = _read(_CONTAINER / "memory.max")
    figures += [int(most)] if most.isdigit() else []  # "max" without a limit
    return min(figures, default=None)


def _is_on_battery() -> bool:
    """Return whether this computer runs on a battery; False if the system does not tell."""
    try:
        if sys.platform == "win32":
            status = (ctypes.c_uint32 * 3)()  # SYSTEM_POWER_STATUS; its first byte: 0 is no mains
            answered = ctypes.windll.kernel32.GetSystemPowerStatus(status)
            return bool(answered) and status[0] & 0xFF == 0
        if sys.platform == "darwin":
            power = ctypes.CDLL("/System/Library/Frameworks/IOKit.framework/IOKit")
            power.IOPSGetTimeRemainingEstimate.restype = ctypes.c_double
            return bool(power.IOPSGetTimeRemainingEstimate() != _UNLIMITED)
        return any(_discharges(supply) for supply in _SUPPLIES.iterdir())
    except (OSError, AttributeError):
        return False


def _discharges(supply: Path) -> bool:
    """Return whether a power supply of Linux is the computer's battery, in use.

    See Documentation/ABI/testing/sysfs-class-power: a mouse, too, has a battery, of scope "Device".
    """
    kind, scope, status = (_read(supply / name) for name in ("type", "scope", "status"))
    return kind == "Battery" and scope != "Device" and status == "Discharging"
