"""What the user asks of a running analysis: to pause, and which tracks to hear first."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path


class HearingControl:
    """Wishes of the user, set on one thread and followed on another.

    Attributes
    ----------
    paused : threading.Event
        While it is set, no further track is heard; those that workers have are finished.
    """

    def __init__(self) -> None:
        self.paused = threading.Event()
        self._preferred: tuple[Path, ...] = ()

    def prefer(self, paths: Iterable[Path]) -> None:
        """Have these tracks heard before all others, in this order, as they are on screen."""
        self._preferred = tuple(paths)

    def preferred(self) -> tuple[Path, ...]:
        """Return the tracks to hear first."""
        return self._preferred
