"""How long the window keeps its event loop waiting while tracks stream in.

    python -m benchmarks.gui_stall [--tracks 2000] [--per-second 200]

The gaps between turns of the event loop (`gaps`) are what a user would feel. A fake classifier
finds all tracks at once, as a scan does, and then hears them at the pace asked for, through the
real window; meanwhile the table is scrolled, filtered, sorted and decided on.
"""

from __future__ import annotations

import os
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from benchmarks.gaps import GapMeter, spin, spin_until
from benchmarks.rows import Row, make_parser, print_rows
from genretagger.core.events import Progress, Stage, TrackAnalysed, TrackFound
from genretagger.core.predictions import Envelope, GenreScore, Level, Prediction
from genretagger.core.tracks import FileFacts, FileStamp, TagReading, Track, TrackDetails
from genretagger.gui.look.appearance import Appearance
from genretagger.gui.main_window import MainWindow
from genretagger.gui.widgets.icons import icon
from genretagger.pipeline import Started, start
from genretagger.pipeline.reviewing import for_review

if TYPE_CHECKING:
    import argparse
    import threading
    from collections.abc import Callable, Generator, Iterator, Sequence

    from genretagger.core.resources import UserFolders
    from genretagger.library.decision_store import DecisionStore

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
        self,
        paths: Sequence[Path],
        *,
        roots: Sequence[Path],
        decisions: DecisionStore | None,
        **named: Any,
    ) -> Generator[object, None, None]:
        """Yield what the pipeline would, with decisions."""
        return for_review(self.analyse(paths, **named), roots=roots, decisions=decisions)

    def read_only_reason(self, track: Track, **_: object) -> None:
        """Let all be written."""


def _use(window: MainWindow, table: QTableView) -> None:
    """Do what a user may do while tracks stream in."""
    bar = table.verticalScrollBar()
    bar.setValue((bar.value() + 40 * bar.singleStep()) % max(1, bar.maximum()))
    if table.model().rowCount():
        table.selectRow(table.rowAt(5) if table.rowAt(5) >= 0 else 0)
        window.findChild(object, "acceptAction").trigger()


def measure(asked: argparse.Namespace) -> Iterator[Row]:
    """Yield the gaps of each phase."""
    app = QApplication([])
    Appearance(app, draw_icon=icon)
    with tempfile.TemporaryDirectory() as home:
        os.environ["GENRETAGGER_HOME"] = home
        core = FakeClassifier(asked.tracks, asked.per_second)
        meter = GapMeter()
        window = MainWindow(load=lambda: core, paths=(Path("/music"),))
        window.show()
        app.processEvents()
        yield from _stream(window, meter)
        for name, gestures in _gestures(window).items():
            for gesture in gestures:
                gesture()
                spin(50 if len(gestures) > 1 else 200)
            yield from meter.rows("gui_stall", name)
        spin_until(lambda: window.findChild(object, "writePreviewDialog") is not None)
        window.findChild(object, "writePreviewDialog").reject()
        window.close()


def _stream(window: MainWindow, meter: GapMeter) -> Iterator[Row]:
    """Use the window until all tracks are heard."""
    analyse = window.findChild(object, "analyseAction")
    table = window.findChild(QTableView, "trackTable")
    begun = time.perf_counter()
    meter.restart()
    while not analyse.isEnabled():
        _use(window, table)
        spin(150)
    n_tracks, taken_s = table.model().rowCount(), time.perf_counter() - begun
    yield from meter.rows("gui_stall", f"{n_tracks} tracks streaming in, scrolling, accepting")
    yield Row("gui_stall", f"{n_tracks} tracks stream in", taken_s, "s")


def _gestures(window: MainWindow) -> dict[str, list[Callable[[], object]]]:
    """Return what a user does with all tracks, one thing after the other, by what it is."""
    header = window.findChild(QTableView, "trackTable").horizontalHeader()
    edit = window.findChild(QLineEdit, "filterEdit")
    order = header.sortIndicatorOrder()

    def accept_all() -> None:
        window.findChild(object, "thresholdSpin").setValue(0.0)
        window.findChild(object, "acceptAllAction").trigger()

    return {
        "filtering": [partial(edit.setText, text) for text in ("j", "ja", "jaz", "jazz", "")],
        "sorting by each column": [
            partial(header.setSortIndicator, column, order) for column in range(header.count())
        ],
        "accepting all": [accept_all],
        "write preview": [window.findChild(object, "writeAction").trigger],
    }


def main() -> None:
    """Measure and print."""
    parser = make_parser(__doc__)
    parser.add_argument("--tracks", type=int, default=2000)
    parser.add_argument("--per-second", type=float, default=200.0, help="0: as fast as possible")
    asked = parser.parse_args()
    print_rows(measure(asked), as_objects=asked.json)


if __name__ == "__main__":
    main()
