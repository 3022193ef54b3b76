"""What the window costs with a very large library: memory, time of each gesture, event-loop gaps.

    python -m benchmarks.large_library [--tracks 100000] [--repeats 3]

A fake core (`made_up_library`) yields tracks as scan and store do: every value is made anew, with
distinct tags, paths, ten scores, style hints and ten segments each. The real window takes them in
(offscreen). Then each gesture is timed until the table is painted. Times are processor time of the
GUI thread, to which other work on the machine does not add; gaps are by the clock.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from benchmarks.bulk_gestures import measure_bulk
from benchmarks.gaps import GapMeter, spin, spin_until
from benchmarks.made_up_library import LargeLibrary
from benchmarks.memory import memory_mb
from benchmarks.rows import Row, make_parser, print_rows
from genretagger.gui.cells.columns import Column
from genretagger.gui.jobs.gc_timer import GarbageCollector
from genretagger.gui.look.appearance import Appearance
from genretagger.gui.main_window import MainWindow
from genretagger.gui.widgets.icons import icon

_FRAME_MS = 16
_NAME = "large_library"


def _memory(name: str) -> Row:
    gc.collect()
    return Row(_NAME, f"memory: {name}", memory_mb(), "MB")


class Bench:
    """One window with its rows, and the gestures of a user."""

    def __init__(self, window: MainWindow, *, repeats: int) -> None:
        self.window, self._repeats = window, repeats
        self.table = window.findChild(QTableView, "trackTable")
        self.filter = window.findChild(QLineEdit, "filterEdit")

    def action(self, name: str) -> QAction:
        """Return an action of the window."""
        return self.window.findChild(object, name)

    def time(
        self, name: str, gesture: Callable[[], object], before: Callable[[], object] | None = None
    ) -> Row:
        """Return how long `gesture` takes until the table is painted again."""
        worked = []
        for _ in range(self._repeats):
            if before is not None:
                before()
            spin(30)
            worked.append(_worked_ms(gesture))
        value, most = statistics.median(worked), max(worked)
        return Row(_NAME, name, value, "ms", n=self._repeats, most=most)

    def arranged(self, change: Callable[[], object]) -> Callable[[], None]:
        """Return a gesture that ends when the model has a new order, however late it is made."""

        def gesture() -> None:
            done: list[bool] = []
            note = self.table.model().layoutChanged.connect(lambda *_: done.append(True))
            change()
            until = time.perf_counter() + 5
            while not done and time.perf_counter() < until:
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            self.table.model().layoutChanged.disconnect(note)

        return gesture

    def sorts(self) -> Iterator[Row]:
        """Sort by each column, both ways."""
        header, model = self.table.horizontalHeader(), self.table.model()
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        for column in range(model.columnCount()):
            name = str(model.headerData(column, Qt.Orientation.Horizontal))
            yield self.time(
                f"sort by {name}",
                partial(header.setSortIndicator, column, up),
                before=partial(header.setSortIndicator, -1, up),
            )
        yield self.time(
            "turn the order round",
            partial(header.setSortIndicator, 1, down),
            before=partial(header.setSortIndicator, 1, up),
        )
        header.setSortIndicator(-1, up)

    def filters(self) -> Iterator[Row]:
        """Filter for what many have, for what few have, and for nothing again."""
        clear = partial(self.filter.setText, "")
        for text in ("river", "river gold 1999", "genre:rock", "xyzzy"):
            gesture = self.arranged(partial(self.filter.setText, text))
            yield self.time(f"filter: {text}", gesture, before=clear)
        yield self.time(
            "clear the filter", self.arranged(clear), before=partial(self.filter.setText, "river")
        )

    def selects(self) -> Iterator[Row]:
        """Select all, and one."""
        yield self.time("select all", self.table.selectAll, before=self.table.clearSelection)
        yield self.time("select one of all", partial(self.table.selectRow, 0), self.table.selectAll)

    def scrolls(self, n_pages: int, *, where: str = "") -> Iterator[Row]:
        """Go through the table by key, page by page and row by row, and drag to the end.

        A frame is all of one turn: the key, what follows from it (the detail pane), the painting.
        """
        self.table.setFocus()
        self.table.selectRow(0)
        for name, key in (("a page", Qt.Key.Key_PageDown), ("a row", Qt.Key.Key_Down)):
            press = partial(QTest.keyClick, self.table, key)
            yield _frames(f"{name} further{where}", [press] * n_pages)
        bar = self.table.verticalScrollBar()
        places = [bar.maximum() * share // 100 for share in range(101)]
        drag = [partial(bar.setValue, place) for place in places]
        yield _frames(f"drag the scroll bar{where}", drag)

    def groups(self) -> Iterator[Row]:
        """Group by album and back."""
        group, down = self.action("groupAction"), Qt.SortOrder.AscendingOrder
        header = self.table.horizontalHeader()
        regroup = partial(group.setChecked, False)
        yield self.time("group by album", group.trigger, before=regroup)
        yield from self.scrolls(100, where=", grouped")
        yield self.time(
            "grouped: sort by confidence",
            partial(header.setSortIndicator, Column.CONFIDENCE, down),
            before=partial(header.setSortIndicator, -1, down),
        )
        header.setSortIndicator(-1, down)
        yield self.time("grouped: select all", self.table.selectAll, self.table.clearSelection)
        yield self.time("ungroup", group.trigger, before=partial(group.setChecked, True))
        self.table.selectAll()
        yield self.time("group while all are selected", group.trigger, regroup)
        self.table.clearSelection()
        group.setChecked(False)


def _worked_ms(gesture: Callable[[], object]) -> float:
    """Return the processor time of this thread until `gesture` is painted."""
    begun = time.thread_time()
    gesture()
    QApplication.processEvents()
    return 1000 * (time.thread_time() - begun)


def _frames(name: str, gestures: Sequence[Callable[[], object]]) -> Row:
    worked = [_worked_ms(gesture) for gesture in gestures]
    late = sum(frame > _FRAME_MS for frame in worked)
    note = f"{late} of {len(worked)} frames over {_FRAME_MS} ms"
    value, most = statistics.median(worked), max(worked)
    return Row(_NAME, name, value, "ms", n=len(worked), most=most, note=note)


def _fill(n_tracks: int, window: MainWindow, meter: GapMeter) -> Iterator[Row]:
    yield _memory("the empty window")
    analyse = window.findChild(object, "analyseAction")
    window.open_paths([Path("/music")])
    meter.restart()
    spin(200)
    taken_s = spin_until(analyse.isEnabled, every_ms=200)
    n_rows = window.findChild(QTableView, "trackTable").model().rowCount()
    if n_rows != n_tracks:
        raise RuntimeError(f"{n_rows} of {n_tracks} tracks came")
    yield from meter.rows(_NAME, "streaming in")
    yield Row(_NAME, f"{n_rows:,} tracks stream in", taken_s, "s")
    yield _memory("all rows")


def measure(asked: argparse.Namespace) -> Iterator[Row]:
    """Yield the rows of every gesture."""
    app = QApplication([])
    Appearance(app, draw_icon=icon)
    GarbageCollector(app)
    with tempfile.TemporaryDirectory() as home:
        os.environ["GENRETAGGER_HOME"] = home
        core = LargeLibrary(asked.tracks)
        meter = GapMeter()
        window = MainWindow(load=lambda: core)
        window.show()
        spin(1500)
        yield from _fill(asked.tracks, window, meter)
        bench = Bench(window, repeats=asked.repeats)
        spin(50)
        meter.restart()  # what measuring the memory took is no gap
        spin(asked.settle_ms // 2)
        yield from meter.rows(_NAME, "idle")
        yield from bench.filters()
        yield from bench.sorts()
        yield from bench.selects()
        meter.restart()
        yield from bench.scrolls(asked.frames)
        yield from meter.rows(_NAME, "scrolling")
        yield from bench.groups()
        yield _memory("filtered, sorted and grouped")
        bench.table.selectRow(0)
        yield bench.time("accept one", bench.action("acceptAction").trigger)
        yield from measure_bulk(window, meter, benchmark=_NAME, settle_ms=asked.settle_ms)
        yield _memory("all decided")
        bench.table.selectionModel().clear()
        window.close()


def main() -> None:
    """Measure and print."""
    parser = make_parser(__doc__)
    parser.add_argument("--tracks", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--settle-ms", type=int, default=2000, help="to look for late gaps")
    parser.add_argument("--frames", type=int, default=300, help="pages and rows to scroll")
    asked = parser.parse_args()
    print_rows(measure(asked), as_objects=asked.json)


if __name__ == "__main__":
    main()
