"""How long the window keeps its event loop waiting while tracks stream in.

    python benchmarks/gui_stall.py [--tracks 2000] [--per-second 200]

A precise timer of 5 ms on the GUI thread notes when it is served; the gaps between are what a user
would feel (5 ms: the loop was idle). A fake classifier finds all tracks at once, as a scan does,
and then hears them at the pace asked for, through the real window; meanwhile the table is
scrolled, filtered, sorted and decided on.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from genretagger.core.events import Progress, Stage, TrackAnalysed, TrackFound
from genretagger.core.predictions import Envelope, GenreScore, Level, Prediction
from genretagger.core.tracks import FileFacts, FileStamp, TagReading, Track, TrackDetails
from genretagger.gui.main_window import MainWindow
from genretagger.pipeline import Started, start
from genretagger.pipeline.reviewing import for_review

if TYPE_CHECKING:
    import threading
    from collections.abc import Generator, Iterator, Sequence

    from genretagger.core.resources import UserFolders
    from genretagger.library.decision_store import DecisionStore

_TICK_MS = 5
GENRES = ("blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae")


def _track(number: int) -> Track:
    tags = TagReading("flac", f"Title {number}", f"Artist {number % 97}", f"Album {number // 12}")
    path = Path(f"/music/album {number // 12}/{number:05d} title.flac")
    return Track(path, tags, FileStamp(1, number, 1, 1, 1))


def _prediction(number: int) -> Prediction:
    genre, confidence = GENRES[number % len(GENRES)], 0.3 + (number * 37 % 70) / 100
    return Prediction(
        genre, confidence, (GenreScore(genre, confidence),), (), None, Level.HIGH, "fake"
    )


class FakeClassifier:
    """A core that hears `per_second` tracks per second; 0 hears as fast as it can."""

    def __init__(self, n_tracks: int, per_second: float) -> None:
        self._tracks = [_track(number) for number in range(n_tracks)]
        self._pause_s = 1 / per_second if per_second else 0.0

    def analyse(
        self, _paths: Sequence[Path], *, cancel: threading.Event, **_: object
    ) -> Iterator[object]:
        """Yield what the pipeline would."""
        for number, track in enumerate(self._tracks, 1):
            yield TrackFound(track)
            yield Progress(Stage.SCAN, number, 0)
        for number, track in enumerate(self._tracks, 1):
            if cancel.wait(self._pause_s):
                return
            yield TrackAnalysed(track, f"digest-{number}", _prediction(number))
            yield Progress(Stage.ANALYSE, number, len(self._tracks))

    def apply(self, _requests: Sequence[object], **_: object) -> Iterator[object]:
        """Find nothing against writing, and write nothing."""
        yield from ()

    def details(self, *_: object, **__: object) -> TrackDetails:
        """Return next to nothing about a track."""
        return TrackDetails(facts=FileFacts())

    def envelopes(self) -> FakeClassifier:
        """Return what reads envelopes."""
        return self

    def read(self, _path: Path) -> Envelope:
        """Return the envelope of a track."""
        return Envelope(np.linspace(0, 1, 800, dtype=np.float32), 300.0)

    def drop(self) -> None:
        """Let go of nothing."""

    def stop(self) -> None:
        """Stop nothing."""

    def history(self, **_: object) -> tuple[()]:
        """Return no batch."""
        return ()

    def start(self, folders: UserFolders) -> Started:
        """Start as the program does."""
        return start(folders)

    def analyse_for_review(
        self, paths: Sequence[Path], *, decisions: DecisionStore | None, **named: Any
    ) -> Generator[object, None, None]:
        """Yield what the pipeline would, with decisions."""
        return for_review(self.analyse(paths, **named), paths=paths, decisions=decisions)

    def read_only_reason(self, track: Track, **_: object) -> None:
        """Let all be written."""


class GapMeter:
    """Notes how long the event loop was away each time, and how long the GUI thread worked then.

    To its processor time, other work on the machine does not add.
    """

    def __init__(self) -> None:
        self.begin()
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.start(_TICK_MS)

    def begin(self) -> None:
        """Forget what was noted."""
        self._gaps_ms: list[float] = []
        self._works_ms: list[float] = []
        self._last = time.perf_counter(), time.thread_time()

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self._gaps_ms.append(1000 * (now - self._last[0]))
        self._works_ms.append(1000 * (worked - self._last[1]))
        self._last = now, worked

    def report(self, name: str) -> None:
        """Print the figures since the last report."""
        gaps, works = self._gaps_ms, self._works_ms
        p99 = statistics.quantiles(gaps, n=100, method="inclusive")[98]
        work_p99 = statistics.quantiles(works, n=100, method="inclusive")[98]
        print(
            f"{name:34} p99 {p99:6.1f} ms   max {max(gaps):6.1f} ms   ({len(gaps)} turns;"
            f" processor: p99 {work_p99:.1f}, max {max(works):.1f})"
        )
        self.begin()


def _spin(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _use(window: MainWindow, table: QTableView) -> None:
    """Do what a user may do while tracks stream in."""
    bar = table.verticalScrollBar()
    bar.setValue((bar.value() + 40 * bar.singleStep()) % max(1, bar.maximum()))
    if table.model().rowCount():
        table.selectRow(table.rowAt(5) if table.rowAt(5) >= 0 else 0)
        window.findChild(object, "acceptAction").trigger()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tracks", type=int, default=2000)
    parser.add_argument("--per-second", type=float, default=200.0, help="0: as fast as possible")
    asked = parser.parse_args()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as home:
        os.environ["GENRETAGGER_HOME"] = home
        core = FakeClassifier(asked.tracks, asked.per_second)
        meter = GapMeter()
        window = MainWindow(load=lambda: core, paths=(Path("/music"),))
        window.show()
        analyse = window.findChild(object, "analyseAction")
        table = window.findChild(QTableView, "trackTable")
        begun = time.perf_counter()
        app.processEvents()
        meter.begin()
        header = table.horizontalHeader()
        while not analyse.isEnabled():
            _use(window, table)
            _spin(150)
        print(f"{table.model().rowCount()} tracks in {time.perf_counter() - begun:.1f} s")
        meter.report("streaming in, scrolling, accepting")
        for text in ("j", "ja", "jaz", "jazz", ""):
            window.findChild(QLineEdit, "filterEdit").setText(text)
            _spin(50)
        meter.report("filtering")
        for column in range(table.model().columnCount()):
            header.setSortIndicator(column, header.sortIndicatorOrder())
            _spin(50)
        meter.report("sorting by each column")
        window.findChild(object, "thresholdSpin").setValue(0.0)
        window.findChild(object, "acceptAllAction").trigger()
        _spin(200)
        meter.report("accepting all")
        window.findChild(object, "writeAction").trigger()
        _spin(200)
        meter.report("write preview")
        window.findChild(object, "writePreviewDialog").reject()
        window.close()


if __name__ == "__main__":
    main()
