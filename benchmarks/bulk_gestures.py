"""Decide on all rows of a window at once, and preview the write: in slices, for very many rows.

The clock until all is done and saved, the processor time of the GUI thread, and the gaps between
turns of the event loop, also of those that follow.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTableView

from benchmarks.gaps import GapMeter, spin, spin_until
from benchmarks.rows import Row

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from genretagger.gui.main_window import MainWindow

_DECISIONS = (
    ("accept all from 0 % on", "acceptAllAction"),
    ("undo that", "undoDecisionAction"),
    ("accept all selected", "acceptAction"),
    ("reject all selected", "rejectAction"),
    ("undo that again", "undoDecisionAction"),
)


def measure_bulk(
    window: MainWindow, meter: GapMeter, *, benchmark: str, settle_ms: int
) -> Iterator[Row]:
    """Yield the rows of each decision on all rows, and of the preview of all accepted ones."""
    bulk = _Bulk(window, meter, benchmark=benchmark, settle_ms=settle_ms)
    window.findChild(object, "thresholdSpin").setValue(0.0)
    accept_all = bulk.action("acceptAllAction")
    for name, action in _DECISIONS:
        if action == "acceptAction":
            window.findChild(QTableView, "trackTable").selectAll()
        yield from bulk.step(name, bulk.action(action).trigger, accept_all.isEnabled)
    yield from bulk.step("write preview", bulk.action("writeAction").trigger, bulk.may_write)
    box = window.findChild(object, "policyBox")
    other = (box.currentIndex() + 1) % box.count()
    yield from bulk.step("another policy", lambda: box.setCurrentIndex(other), bulk.may_write)
    window.findChild(object, "writePreviewDialog").reject()
    spin(settle_ms)


class _Bulk:
    """Times one gesture after the other."""

    def __init__(
        self, window: MainWindow, meter: GapMeter, *, benchmark: str, settle_ms: int
    ) -> None:
        self._window, self._meter = window, meter
        self._benchmark, self._settle_ms = benchmark, settle_ms

    def action(self, name: str) -> QAction:
        """Return an action of the window."""
        return self._window.findChild(object, name)

    def may_write(self) -> bool:
        """Return whether the preview shows what a write would change, and offers it."""
        button = self._window.findChild(object, "writeButton")
        return button is not None and button.isEnabled()

    def step(
        self, name: str, gesture: Callable[[], object], is_done: Callable[[], bool]
    ) -> Iterator[Row]:
        """Yield what a gesture takes until it is done."""
        spin(self._settle_ms // 8)
        self._meter.restart()
        begun, begun_work = time.perf_counter(), time.thread_time()
        gesture()
        spin_until(is_done)
        worked = 1000 * (time.thread_time() - begun_work)
        taken = 1000 * (time.perf_counter() - begun)
        for case, value in (("clock", taken), ("processor", worked)):
            yield Row(self._benchmark, name, value, "ms", case=case)
        spin(self._settle_ms)
        yield from self._meter.rows(self._benchmark, name)
