"""How long the event loop of the window was away, and waiting in it."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator

from tools.offscreen import use_offscreen

if "QT_QPA_PLATFORM" not in os.environ:
    use_offscreen()

from PySide6.QtCore import QEventLoop, Qt, QTimer

from benchmarks.rows import Row

_TICK_MS = 5


class GapMeter:
    """Notes the time between turns of the event loop: what a user would feel.

    A precise timer of 5 ms is late by the time in which the loop is busy; gaps of an idle loop are
    5 ms long.
    """

    def __init__(self) -> None:
        self._gaps_ms: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.start(_TICK_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self._gaps_ms.append(1000 * (now - self._last))
        self._last = now

    def restart(self) -> None:
        """Forget all gaps so far, and the one that is not over."""
        self._gaps_ms = []
        self._last = time.perf_counter()

    def longest_ms(self) -> float:
        """Return the longest gap since the last start, also one that is not over; start anew."""
        self._tick()
        longest = max(self._gaps_ms)
        self.restart()
        return longest

    def rows(self, benchmark: str, name: str) -> Iterator[Row]:
        """Yield the figures since the last start, and start anew."""
        gaps = self._gaps_ms
        p99 = statistics.quantiles(gaps, n=100, method="inclusive")[98]
        for case, value in (("99th percentile of gaps", p99), ("longest gap", max(gaps))):
            yield Row(benchmark, name, value, "ms", case=case, n=len(gaps))
        self.restart()


def spin(ms: int) -> None:
    """Run the event loop for a time."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def spin_until(is_reached: Callable[[], bool], *, every_ms: int = 20) -> float:
    """Run the event loop until something is reached; return the seconds until it was seen."""
    begun = time.perf_counter()
    while not is_reached():
        spin(every_ms)
    return time.perf_counter() - begun
