"""What the window costs with a very large library: memory, time of each gesture, event-loop gaps.

    python benchmarks/large_library.py [--tracks 100000] [--repeats 3]

A fake core yields tracks as scan and store do: every value is made anew, with distinct tags, paths,
ten scores, style hints and ten segments each. The real window takes them in (offscreen). Then each
gesture is timed until the table is painted, and the gaps between turns of the event loop are noted
(benchmarks/gui_stall.py). Times are the median of `--repeats`; beside them is the processor time of
the GUI thread, which other work on the machine does not add to.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from gui_stall import GapMeter
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from genretagger.core.datatypes import (
    FileFacts,
    FileStamp,
    Progress,
    TagReading,
    Track,
    TrackAnalysed,
    TrackDetails,
    TrackFound,
)
from genretagger.core.hearing import Envelope, GenreScore, Level, Prediction, SegmentScores, Unsure
from genretagger.gui.cells import Column
from genretagger.gui.garbage import GarbageCollector
from genretagger.gui.main_window import MainWindow

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QAction

_GENRES = (
    "blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock",
)  # fmt: skip
_STYLES = ("House", "ambient", "chillout", "folk", "indie", "punk", "soul", "techno", "acoustic")
_WORDS = (
    "night", "river", "stone", "blue", "heart", "fire", "winter", "song", "road", "gold", "ghost",
    "summer", "black", "dream", "city", "train", "moon", "glass", "wolf", "honey", "paper", "sea",
)  # fmt: skip
_FRAME_MS = 16
_TRACKS_PER_ALBUM, _ALBUMS_PER_ARTIST = 12, 4


def _words(rng: random.Random, n: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(n)).title()


def _tags(number: int) -> dict[str, object]:
    album, rng = number // _TRACKS_PER_ALBUM, random.Random(number)
    of_album = random.Random(-1 - album)
    artist = f"{_words(random.Random(~(album // _ALBUMS_PER_ARTIST)), 2)} {album // 4}"
    own = rng.choice(("Rock", "Pop", "Hip-Hop", "Electronic"))
    return {
        "title": f"{_words(rng, 3)} {number}",
        "artist": artist,
        "album": f"{_words(of_album, 2)} {1960 + album % 60}",
        "album_artist": artist,
        "genres": (own,) if number % 3 else (),
        "duration_s": rng.uniform(90, 600),
    }


def _track(number: int) -> Track:
    tags = json.loads(json.dumps(_tags(number)))  # as from the store: nothing is shared
    tags["genres"] = tuple(tags["genres"])
    place = number % _TRACKS_PER_ALBUM + 1
    path = Path(f"/music/{tags['artist']}/{tags['album']}/{place:02d} {tags['title']}.flac")
    stamp = FileStamp(66306, 10_000_000 + number, 9_000_000 + number, 10**18 + number, 10**18)
    return Track(path, TagReading("flac", **tags), stamp)


def _prediction(number: int) -> Prediction:
    """Return a prediction made as the store makes it, with an order of genres of its own."""
    rng = random.Random(number // _TRACKS_PER_ALBUM if number % 3 else number)
    names = rng.sample(_GENRES, len(_GENRES))
    rng = random.Random(number)
    best = rng.uniform(0.3, 1.0)
    weights = sorted((rng.random() for _ in names[1:]), reverse=True)
    rest = [(1 - best) * weight / sum(weights) for weight in weights]
    stored = json.loads(json.dumps([*zip(names, [best, *rest], strict=True)]))
    hints = json.loads(json.dumps(rng.sample(_STYLES, rng.randint(0, 5))))
    level = Level.HIGH if best > 0.8 else Level.MEDIUM if best > 0.5 else Level.LOW
    return Prediction(
        stored[0][0],
        best,
        tuple(GenreScore(name, score) for name, score in stored),
        tuple(GenreScore(name, rng.uniform(0.1, 0.9)) for name in hints),
        Unsure.LOW_CONFIDENCE if level is Level.LOW else None,
        level,
        f"model-{1}",
        tuple(
            SegmentScores(24.0 * start, tuple(rng.random() for _ in names)) for start in range(10)
        ),
    )


class LargeLibrary:
    """A core with `n_tracks` tracks, all heard before."""

    def __init__(self, n_tracks: int) -> None:
        self._n_tracks = n_tracks

    def analyse(
        self, _paths: Sequence[Path], *, cancel: threading.Event, **_: object
    ) -> Iterator[object]:
        """Yield what the pipeline would."""
        tracks = []
        for number in range(self._n_tracks):
            tracks.append(_track(number))
            yield TrackFound(tracks[-1])
            yield Progress("scan", number + 1, 0)
        for number, track in enumerate(tracks):
            if cancel.is_set():
                return
            yield TrackAnalysed(track, f"{number:064x}", _prediction(number), cached=True)
            yield Progress("analyse", number + 1, self._n_tracks)

    def history(self, **_: object) -> tuple[()]:
        """Return no batch."""
        return ()

    def recover(self, **_: object) -> tuple[()]:
        """Recover nothing."""
        return ()

    def details(self, *_: object, **__: object) -> TrackDetails:
        """Return next to nothing about a track."""
        return TrackDetails(facts=FileFacts())

    def envelopes(self) -> LargeLibrary:
        """Return what reads envelopes."""
        return self

    def read(self, _path: Path) -> Envelope:
        """Return the envelope of a track."""
        return Envelope(np.linspace(0, 1, 800, dtype=np.float32), 300.0)

    def drop(self) -> None:
        """Let go of nothing."""

    def stop(self) -> None:
        """Stop nothing."""

    def read_only_reason(self, _track: Track, **_: object) -> None:
        """Let all be written."""


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
        _spin(300)
        meter.gaps_ms = []
        self.window.findChild(object, "thresholdSpin").setValue(0.0)
        _spin(100)
        for name in ("acceptAllAction", "undoDecisionAction"):
            begun = time.perf_counter()
            self.action(name).trigger()
            print(f"{name:44} {1000 * (time.perf_counter() - begun):7.0f} ms")
            _spin(4000)
            meter.report(f"gaps: {name}, 4 s")
        self.table.selectAll()
        _spin(100)
        meter.gaps_ms = []
        begun = time.perf_counter()
        self.action("acceptAction").trigger()
        print(f"{'accept all selected':44} {1000 * (time.perf_counter() - begun):7.0f} ms")
        _spin(4000)
        meter.report("gaps: accept all selected, 4 s")


def _filled(n_tracks: int, window: MainWindow, meter: GapMeter) -> None:
    empty = _rss_mb()
    print(f"{'memory of the empty window':44} {empty:7.0f} MB")
    analyse = window.findChild(object, "analyseAction")
    begun = time.perf_counter()
    window.open_paths([Path("/music")])
    meter.gaps_ms = []
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
        meter.gaps_ms = []
        _spin(5000)
        meter.report("gaps: idle, 5 s")
        bench.filters()
        bench.sorts()
        bench.selects()
        meter.gaps_ms = []
        bench.scrolls(300)
        meter.report("gaps: scrolling")
        bench.groups()
        full = _rss_mb()
        print(f"{'memory after filters, sorts, groups':44} {full:7.0f} MB")
        bench.decides(meter)
        full = _rss_mb()
        print(f"{'memory with all accepted':44} {full:7.0f} MB")
        bench.table.selectionModel().clear()
        begun = time.perf_counter()
        window.close()
        print(f"{'close':44} {1000 * (time.perf_counter() - begun):7.0f} ms")


if __name__ == "__main__":
    main()
