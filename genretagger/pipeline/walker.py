"""Walks folders on a thread of its own, so that a slow disk delays nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable


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
    """Hands the items of an iterable on, from a thread, and then an `Ended`.

    Parameters
    ----------
    hand_on : Callable
        Called on the thread of the walker with each item.
    most_ahead : int
        How many items may be handed on before `finished` was called for the first of them.
    """

    def __init__(
        self, items: Iterable[object], hand_on: Callable[[object], None], *, most_ahead: int
    ) -> None:
        self._items, self._hand_on = items, hand_on
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
        """End the thread before its next item."""
        self._stopped.set()
        self._room.release()
        self._thread.join()

    def _run(self) -> None:
        error: Exception | None = None
        try:
            for item in self._items:
                self._room.acquire()
                if self._stopped.is_set():
                    return
                self._hand_on(item)
        except Exception as raised:  # noqa: BLE001 - raised again where the items are taken
            error = raised
        self._hand_on(Ended(error))
