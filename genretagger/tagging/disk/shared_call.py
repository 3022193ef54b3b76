"""One call for several threads, as one fsync covers everything that was written before it began."""

from __future__ import annotations

import threading
from collections.abc import Callable


class SharedCall:
    """Makes a call that serves every thread that asked before it began.

    Parameters
    ----------
    call : callable
        Runs in one thread at a time. If it raises, only the thread that ran it sees the error;
        every other one that it was to serve runs it again.
    """

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._counting = threading.Lock()
        self._calling = threading.Lock()
        self._n_asked = 0
        self._n_served = 0

    def run(self) -> None:
        """Return once a call that began after this one was asked for has succeeded."""
        with self._counting:
            self._n_asked += 1
            number = self._n_asked
        with self._calling:
            if self._n_served >= number:
                return
            with self._counting:
                n_served = self._n_asked
            self._call()
            self._n_served = n_served
