"""What a worker process may take of the computer: its priority and its memory."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from typing import Final

from genretagger.core.settings import Effort

# Five times what hearing takes at most: 183 MB as Linux counts it, with FLAC of 96 kHz, an hour of
# Opus, and WAV of 10 minutes.
MOST_MEMORY_BYTES: Final = 1 << 30
_NICE: Final = {Effort.GENTLE: 19, Effort.NORMAL: 10}
# SetPriorityClass of Windows: IDLE_PRIORITY_CLASS, BELOW_NORMAL_PRIORITY_CLASS.
_CLASSES: Final = {Effort.GENTLE: 0x40, Effort.NORMAL: 0x4000}
_THIS_PROCESS: Final = -1  # GetCurrentProcess of Windows
# PRIO_DARWIN_PROCESS and PRIO_DARWIN_BG (sys/resource.h, setpriority(2) of macOS): low priority for
# processor, disk and network, as the quality of service "background".
_DARWIN_PROCESS: Final = 4
_DARWIN_BACKGROUND: Final = 0x1000


def lower_priority(effort: Effort) -> None:
    """Let other programs go before this process, unless the effort is `ALL`.

    Disks follow: Linux derives the priority for them from that for the processor, and serves a
    process that runs only when no other wants to, SCHED_IDLE, only when the disk is idle
    (Documentation/block/ioprio.rst; `task_nice_ioclass` in include/linux/ioprio.h).
    """
    if effort is Effort.ALL:
        return
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetPriorityClass(ctypes.c_void_p(_THIS_PROCESS), _CLASSES[effort])
        return
    with suppress(OSError):  # a sandbox may forbid it; then the process is only less polite
        os.nice(_NICE[effort])
        if effort is Effort.GENTLE and sys.platform == "darwin":
            os.setpriority(_DARWIN_PROCESS, 0, _DARWIN_BACKGROUND)
        if effort is Effort.GENTLE and sys.platform == "linux":
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def limit_memory(most_bytes: int = MOST_MEMORY_BYTES) -> None:
    """Let this process run out of memory at `most_bytes`, so that a file cannot take all of it.

    Linux counts only what a process can write to (RLIMIT_DATA, getrlimit(2)). The limits of other
    systems count what is merely reserved, or do nothing; they have none here.
    """
    if sys.platform == "linux":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if soft == resource.RLIM_INFINITY or soft > most_bytes:
            resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, hard))
