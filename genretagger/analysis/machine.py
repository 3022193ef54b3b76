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
        return cls(_count_cores(), _free_bytes(_MEMORY), _is_on_battery())

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


def _count_cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # a container may have a part of them
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _free_bytes(table: Path) -> int | None:
    """Return MemAvailable of Linux' `table` (proc_meminfo(5)).

    Other systems have no such figure, and their computers have gigabytes for each processor.
    """
    try:
        for line in table.read_text().splitlines():
            name, _, value = line.partition(":")
            if name == "MemAvailable":
                return int(value.split()[0]) << 10
    except (OSError, ValueError, IndexError):
        pass
    return None


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

    def value(name: str) -> str:
        try:
            return (supply / name).read_text().strip()
        except OSError:
            return ""

    is_battery = value("type") == "Battery" and value("scope") != "Device"
    return is_battery and value("status") == "Discharging"
