"""Repeating a call of the operating system while its error is of a kind that passes.

A virus scanner or an indexer holds a new file for a moment (on Windows a sharing violation), and a
network file system forgets a handle. Knows nothing of files.
"""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Callable
from typing import Final, TypeVar

# About 2 s in all: longer than a scanner holds a track, short enough for a user who waits.
WAITS_S: Final = (0.03, 0.07, 0.15, 0.3, 0.6, 0.9)
_PASSING: Final = frozenset({errno.EINTR, errno.EAGAIN, errno.EBUSY, errno.ESTALE})
_PASSING_ON_WINDOWS: Final = frozenset({errno.EBUSY, errno.ETXTBSY})
_DENIED: Final = frozenset({errno.EACCES, errno.EPERM})
# ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
# https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
_SHARING: Final = frozenset({32, 33})

sleep = time.sleep
_LOG = logging.getLogger(__name__)
T = TypeVar("T")


def retry_call(call: Callable[[], T], *, denied: bool = False) -> T:
    """Return the result of `call`; repeat it for about 2 s while its OSError may pass.

    Parameters
    ----------
    denied : bool
        Whether on Windows a denied access may pass: there a file that is open elsewhere can be
        neither replaced nor removed.
    """
    for wait_s in WAITS_S:
        try:
            return call()
        except OSError as error:
            if not _may_pass(error, denied=denied):
                raise
            _LOG.debug("tried again in %s s: %s", wait_s, error)
        sleep(wait_s)
    return call()


def _may_pass(error: OSError, *, denied: bool) -> bool:
    if os.name != "nt":
        return error.errno in _PASSING
    if getattr(error, "winerror", None) in _SHARING:
        return True
    return error.errno in _PASSING_ON_WINDOWS or (denied and error.errno in _DENIED)
