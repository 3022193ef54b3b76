"""Walks folders on a thread of its own, so that a slow disk delays nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Final

# A walk sees a stop at its next folder; one that waits for a disk that is away, perhaps never.
_MOST_WAIT_S: Final = 2.0


class Ended:
    """The last item of a walk.

    Attributes
    ----------
    error : Exception or None
        What ended it early.
    """

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error


class Walker:
    """Hands the items of a walk on, from a thread, and then an `Ended`.

    Parameters
    ----------
    walk : Callable
        Called on that thread; returns the items, and ends them soon after the event is set.
    hand_on : Callable
        Called on the thread of the walker with each item.
    most_ahead : int
        How many items may be handed on before `finished` was called for the first of them.
    """

    def __init__(
        self,
        walk: Callable[[threading.Event], Iterable[object]],
        hand_on: Callable[[object], None],
        *,
        most_ahead: int,
    ) -> None:
        self._walk, self._hand_on = walk, hand_on
        self._room = threading.Semaphore(most_ahead)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="genretagger-walk", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def finished(self) -> None:
        """Make room for one more item."""
        self._room.release()

    def stop(self) -> None:
        """Have the walk end before its next item; `join` waits for that."""
        self._stopped.set()
        self._room.release()

    def join(self) -> None:
        """Wait for the end of the thread, but not long: it may hang, and holds nothing."""
        self._thread.join(_MOST_WAIT_S)

    def _run(self) -> None:
        error: Exception | None = None
        try:
            for item in self._walk(self._stopped):
                self._room.acquire()
                if self._stopped.is_set():
                    return
                self._hand_on(item)
        except Exception as raised:  # noqa: BLE001 - raised again where the items are taken
            error = raised
        self._hand_on(Ended(error))
