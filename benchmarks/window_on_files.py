"""The real window on a library that was heard before: opening, accepting all, undoing, preview.

    python -m benchmarks.window_on_files FOLDER N_FILES

A process of its own for `library`, with its user folder; prints rows as JSON. Times by the clock
until the last row shows the change, and the longest gap between turns of the event loop meanwhile.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.gaps import GapMeter, spin, spin_until
from benchmarks.memory import peak_mb
from benchmarks.rows import Row, print_rows
from genretagger.gui.app import create_window
from genretagger.gui.jobs.gc_timer import GarbageCollector
from genretagger.gui.look.appearance import Appearance
from genretagger.gui.widgets.icons import icon
from genretagger.review.rows.row import State

_PENDING = (State.PENDING,)
_PAUSE_MS = 500


class WindowBench:
    """The window on a folder, and what a user does with all of its tracks."""

    def __init__(self, folder: Path, n_files: int) -> None:
        self._meter = GapMeter()
        self._case, self._n_files = str(n_files), n_files
        self._window = create_window(folder=folder)
        self._table = self._window.findChild(QTableView, "trackTable")

    def measure(self) -> Iterator[Row]:
        """Yield the time of each step and the longest gap in it."""
        yield from self._step(
            "window: all rows stand", self._show, lambda: self._n_rows() == self._n_files
        )
        yield from self._step("window: then until all verdicts stand", _nothing, self._is_heard)
        self._window.findChild(object, "thresholdSpin").setValue(0.0)
        accept, undo, write = (
            self._window.findChild(object, name)
            for name in ("acceptAllAction", "undoDecisionAction", "writeAction")
        )
        for name, action, is_done in (
            ("accept all", accept, lambda: self._all_accepted(True) and write.isEnabled()),
            ("open the preview", write, self._may_write),
            ("undo accepting all", undo, lambda: self._all_accepted(False) and accept.isEnabled()),
        ):
            spin_until(action.isEnabled)
            spin(_PAUSE_MS)
            yield from self._step(f"window: {name}", action.trigger, is_done)
            if action is write:
                self._window.findChild(object, "writePreviewDialog").reject()
        yield Row("library", "window: peak memory", peak_mb(), "MB", case=self._case)
        self._window.close()

    def _step(
        self, name: str, act: Callable[[], object], is_done: Callable[[], bool]
    ) -> Iterator[Row]:
        self._meter.restart()
        taken_s = _timed(act) + spin_until(is_done)
        yield Row("library", name, taken_s, "s", case=self._case)
        gap_ms = self._meter.longest_ms()
        yield Row("library", f"{name}, longest gap", gap_ms, "ms", case=self._case)

    def _show(self) -> None:
        """Show the window; its first paint, which `start_up` measures, is no gap."""
        self._window.show()
        QApplication.processEvents()
        self._meter.restart()

    def _n_rows(self) -> int:
        return self._table.model().rowCount()

    def _is_heard(self) -> bool:
        rows = self._table.model().rows()
        is_idle = self._window.findChild(object, "analyseAction").isEnabled()
        return is_idle and all(row.state not in _PENDING for row in rows)

    def _all_accepted(self, accepted: bool) -> bool:
        """Return whether all rows are accepted, or none is; at once for most that are not done."""
        rows = self._table.model().rows()
        ends = (rows[0], rows[-1])
        return all((row.state is State.ACCEPTED) is accepted for row in (*ends, *rows))

    def _may_write(self) -> bool:
        button = self._window.findChild(object, "writeButton")
        return button is not None and button.isEnabled()


def _nothing() -> None:
    """Go on waiting."""


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    app = QApplication([])
    Appearance(app, draw_icon=icon)
    GarbageCollector(app)
    bench = WindowBench(Path(sys.argv[1]), int(sys.argv[2]))
    print_rows(bench.measure(), as_objects=True)


if __name__ == "__main__":
    main()
