"""What the window costs with a very large library: memory, time of each gesture, event-loop gaps.

    python benchmarks/large_library.py [--tracks 100000] [--repeats 3]

A fake core (made_up_library.py) yields tracks as scan and store do: every value is made anew, with
distinct tags, paths, ten scores, style hints and ten segments each. The real window takes them in
(offscreen). Then each gesture is timed until the table is painted, and the gaps between turns of
the event loop are noted (gui_stall.py). Times are the median of `--repeats`; beside them is the
processor time of the GUI thread, to which other work on the machine does not add.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gui_stall import GapMeter
from made_up_library import LargeLibrary
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget

from genretagger.gui.jobs.gc_timer import GarbageCollector
from genretagger.gui.main_window import MainWindow
from genretagger.gui.tracks.cell_texts import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

_FRAME_MS = 16


def _rss_mb() -> float:
    """Return the memory the process has now, as Linux counts it."""
    gc.collect()
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def _spin(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


class Bench:
    """One window with its rows, and the gestures of a user."""

    def __init__(self, window: MainWindow, *, repeats: int) -> None:
        self.window, self._repeats = window, repeats
        self.table = window.findChild(QTableView, "trackTable")
        self.filter = window.findChild(QLineEdit, "filterEdit")

    def action(self, name: str) -> QAction | None:
        """Return an action of the window, None if it has none of this name."""
        return self.window.findChild(object, name)

    def time(
        self, name: str, gesture: Callable[[], object], before: Callable[[], object] | None = None
    ) -> None:
        """Print how long `gesture` takes until the table is painted again."""
        taken, worked = [], []
        for _ in range(self._repeats):
            if before is not None:
                before()
            _spin(30)
            begun, begun_work = time.perf_counter(), time.thread_time()
            gesture()
            QApplication.processEvents()
            worked.append(1000 * (time.thread_time() - begun_work))
            taken.append(1000 * (time.perf_counter() - begun))
        print(
            f"{name:44} {statistics.median(taken):7.0f} ms   (most {max(taken):.0f};"
            f" processor {statistics.median(worked):.0f}, most {max(worked):.0f})"
        )

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

    def sorts(self) -> None:
        """Sort by each column, both ways."""
        header, model = self.table.horizontalHeader(), self.table.model()
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        for column in range(model.columnCount()):
            name = str(model.headerData(column, Qt.Orientation.Horizontal))
            self.time(
                f"sort by {name}",
                lambda column=column: header.setSortIndicator(column, up),
                before=lambda: header.setSortIndicator(-1, up),
            )
        self.time(
            "turn the order round",
            lambda: header.setSortIndicator(1, down),
            before=lambda: header.setSortIndicator(1, up),
        )
        header.setSortIndicator(-1, up)

    def filters(self) -> None:
        """Filter for what many have, for what few have, and for nothing again."""
        for text in ("river", "river gold 1999", "genre:rock", "xyzzy"):
            self.time(
                f"filter: {text}",
                self.arranged(lambda text=text: self.filter.setText(text)),
                before=lambda: self.filter.setText(""),
            )
        self.time(
            "clear the filter",
            self.arranged(lambda: self.filter.setText("")),
            before=lambda: self.filter.setText("river"),
        )

    def selects(self) -> None:
        """Select all, and one."""
        self.time("select all", self.table.selectAll, before=self.table.clearSelection)
        self.time("select one of all", lambda: self.table.selectRow(0), self.table.selectAll)

    def scrolls(self, n_pages: int) -> None:
        """Go through the table by key, page by page and row by row, and drag to the end.

        A frame is all of one turn: the key, what follows from it (the detail pane), the painting.
        """
        self.table.setFocus()
        self.table.selectRow(0)
        for name, key, n in (
            ("a page further", Qt.Key.Key_PageDown, n_pages),
            ("a row further", Qt.Key.Key_Down, n_pages),
        ):
            self._frames(name, [lambda key=key: QTest.keyClick(self.table, key)] * n)
        bar = self.table.verticalScrollBar()
        places = [bar.maximum() * share // 100 for share in range(101)]
        self._frames(
            "drag the scroll bar", [lambda place=place: bar.setValue(place) for place in places]
        )

    def _frames(self, name: str, gestures: Sequence[Callable[[], object]]) -> None:
        taken, worked = [], []
        for gesture in gestures:
            begun, begun_work = time.perf_counter(), time.thread_time()
            gesture()
            QApplication.processEvents()
            worked.append(1000 * (time.thread_time() - begun_work))
            taken.append(1000 * (time.perf_counter() - begun))
        p99 = statistics.quantiles(taken, n=100, method="inclusive")[98]
        late = sum(one > _FRAME_MS for one in taken)
        label, most = f"{name} ({len(taken)} frames)", max(taken)
        median = statistics.median(taken)
        print(
            f"{label:44} {median:7.1f} ms   (p99 {p99:.0f}, most {most:.0f},"
            f" over {_FRAME_MS} ms: {late}; processor {statistics.median(worked):.1f},"
            f" over: {sum(one > _FRAME_MS for one in worked)})"
        )

    def groups(self) -> None:
        """Group by album and back."""
        group = self.action("groupAction")
        if group is not None and group.isCheckable():
            down = Qt.SortOrder.AscendingOrder
            self.time("group by album", group.trigger, before=lambda: group.setChecked(False))
            self.scrolls(100)
            header = self.table.horizontalHeader()
            self.time(
                "grouped: sort by confidence",
                lambda: header.setSortIndicator(Column.CONFIDENCE, down),
                before=lambda: header.setSortIndicator(-1, down),
            )
            header.setSortIndicator(-1, down)
            self.time("select all, grouped", self.table.selectAll, self.table.clearSelection)
            self.time("ungroup", group.trigger, before=lambda: group.setChecked(True))
            self.table.selectAll()
            self.time("group, all selected", group.trigger, lambda: group.setChecked(False))
            self.table.clearSelection()
            group.setChecked(False)

    def decides(self, meter: GapMeter) -> None:
        """Accept one, all that are sure, all there are; and take back."""
        self.table.selectRow(0)
        self.time("accept one", self.action("acceptAction").trigger)
        self.window.findChild(object, "thresholdSpin").setValue(0.0)
        _spin(300)
        self._in_slices("accept all, from 0 % on", "acceptAllAction", meter)
        self._in_slices("undo that", "undoDecisionAction", meter)
        self.table.selectAll()
        self._in_slices("accept all selected", "acceptAction", meter)
        self._in_slices("reject all selected", "rejectAction", meter)
        self._in_slices("undo that", "undoDecisionAction", meter)

    def _in_slices(self, name: str, action: str, meter: GapMeter) -> None:
        """Decide on very many rows: the window goes on while it is done, and is saved."""
        _spin(500)
        meter.begin()
        begun, begun_work = time.perf_counter(), time.thread_time()
        self.action(action).trigger()
        while not self.action("acceptAllAction").isEnabled():
            _spin(20)
        worked = 1000 * (time.thread_time() - begun_work)
        taken = 1000 * (time.perf_counter() - begun)
        print(f"{name:44} {taken:7.0f} ms   (processor {worked:.0f})")
        _spin(3000)
        meter.report(f"gaps: {name}")

    def previews(self, meter: GapMeter) -> None:
        """Open the preview of a write of all accepted rows, and change its policy."""
        _spin(500)
        meter.begin()
        begun, begun_work = time.perf_counter(), time.thread_time()
        self.action("writeAction").trigger()
        dialog = self.window.findChild(object, "writePreviewDialog")
        opened = 1000 * (time.perf_counter() - begun)
        self._until_offered(dialog, begun, begun_work)
        print(f"{'write preview: dialog is there':44} {opened:7.0f} ms")
        meter.report("gaps: write preview")
        box = dialog.findChild(object, "policyBox")
        begun, begun_work = time.perf_counter(), time.thread_time()
        box.setCurrentIndex((box.currentIndex() + 1) % box.count())
        self._until_offered(dialog, begun, begun_work)
        meter.report("gaps: another policy")
        dialog.reject()
        _spin(500)
        meter.report("gaps: closing the preview")

    def _until_offered(self, dialog: QWidget, begun: float, begun_work: float) -> None:
        button = dialog.findChild(object, "writeButton")
        while not button.isEnabled():
            _spin(20)
        worked = 1000 * (time.thread_time() - begun_work)
        taken = 1000 * (time.perf_counter() - begun)
        print(f"{'write preview: until it can be written':44} {taken:7.0f} ms   ({worked:.0f})")
        _spin(3000)


def _filled(n_tracks: int, window: MainWindow, meter: GapMeter) -> None:
    empty = _rss_mb()
    print(f"{'memory of the empty window':44} {empty:7.0f} MB")
    analyse = window.findChild(object, "analyseAction")
    begun = time.perf_counter()
    window.open_paths([Path("/music")])
    meter.begin()
    _spin(200)
    while not analyse.isEnabled():
        _spin(200)
    n_rows = window.findChild(QTableView, "trackTable").model().rowCount()
    print(f"{n_rows} of {n_tracks} tracks in {time.perf_counter() - begun:.0f} s")
    meter.report("gaps: streaming in")
    full = _rss_mb()
    print(f"{'memory with all rows':44} {full:7.0f} MB   ({full - empty:.0f} of them for rows)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tracks", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    app = QApplication([])
    GarbageCollector(app)
    with tempfile.TemporaryDirectory() as home:
        os.environ["GENRETAGGER_HOME"] = home
        core = LargeLibrary(asked.tracks)
        meter = GapMeter()
        window = MainWindow(load=lambda: core)
        window.show()
        _spin(1500)
        _filled(asked.tracks, window, meter)
        bench = Bench(window, repeats=asked.repeats)
        _spin(50)  # what measuring the memory took is no gap
        meter.begin()
        _spin(5000)
        meter.report("gaps: idle, 5 s")
        bench.filters()
        bench.sorts()
        bench.selects()
        meter.begin()
        bench.scrolls(300)
        meter.report("gaps: scrolling")
        bench.groups()
        full = _rss_mb()
        print(f"{'memory after filters, sorts, groups':44} {full:7.0f} MB")
        bench.decides(meter)
        full = _rss_mb()
        print(f"{'memory with all accepted':44} {full:7.0f} MB")
        bench.previews(meter)
        bench.table.selectionModel().clear()
        begun = time.perf_counter()
        window.close()
        print(f"{'close':44} {1000 * (time.perf_counter() - begun):7.0f} ms")


if __name__ == "__main__":
    main()
