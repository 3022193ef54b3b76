"""The memory of a process, as Linux counts it. Imports only Python's own library.

Not `ru_maxrss`: a process that was just started has the peak of the one that started it there.
"""

from __future__ import annotations

from pathlib import Path


def peak_mb(pid: int | str = "self") -> float | None:
    """Return the most memory that a process has had, None if it has ended or is not told here."""
    return _status(pid, "VmHWM")


def memory_mb() -> float:
    """Return the memory that this process has now, 0 where that is not told."""
    return _status("self", "VmRSS") or 0.0


def tree_mb(pid: int) -> float:
    """Return the memory that a process and all below it have now; what they share counts twice."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    except OSError:
        children = []
    return (_status(pid, "VmRSS") or 0.0) + sum(tree_mb(int(child)) for child in children)


def _status(pid: int | str, field: str) -> float | None:
    """Return a size of proc_pid_status(5)."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    return None
