"""The exit statuses of the process, and what the help and the manual page say of them."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit status of the process, a contract with scripts (docs/manual/command-line.md).

    Attributes
    ----------
    meaning : str
        What it tells.
    """

    meaning: str

    OK = 0, "all well; what was skipped or unchanged is well too"
    SOME_FAILED = 1, "some file was refused or failed (each is named), or the job broke off midway"
    NOT_STARTED = 2, "nothing was started: a path is not there, a plan or an option is wrong ..."
    STOPPED = 130, "stopped by Ctrl-C; what was done so far is kept"
    TERMINATED = 143, "stopped by SIGTERM; what was done so far is kept"

    def __new__(cls, value: int, meaning: str) -> ExitStatus:
        """Return the member with the number `value`, which is all that the system sees."""
        status = int.__new__(cls, value)
        status._value_ = value
        status.meaning = meaning
        return status
