"""How long the window takes to open a library that was heard before.

    python benchmarks/stored_library.py [--tracks 10000]

Makes empty files, and a store that knows their tags, keys and predictions (made_up_library.py);
half of the tracks are decided on. Then the real pipeline reads them into the real window
(offscreen). Times by the clock, and in processor time of the GUI thread and of the job's.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gui_stall import GapMeter
from made_up_library import made_up_prediction, made_up_tags
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QTableView

from genretagger.analysis.classifier import Model
from genretagger.analysis.manifest import default_model_folder
from genretagger.core.resources import user_folders
from genretagger.core.tracks import FileStamp, TagReading
from genretagger.core.writes import Action, Decision
from genretagger.gui.jobs.gc_timer import GarbageCollector
from genretagger.gui.jobs.job_runner import JobRunner
from genretagger.gui.jobs.pipeline_api import load_pipeline
from genretagger.gui.main_window import MainWindow
from genretagger.library.decision_store import DecisionStore, StoredDecision
from genretagger.library.store import Store

if TYPE_CHECKING:
    import threading

    from genretagger.gui.jobs.job_runner import Job


def _make_library(folder: Path, n_tracks: int) -> None:
    """Make the files and what the program knows of them."""
    model_id = Model.load(default_model_folder()).manifest.model_id
    decided = []
    with Store.open(user_folders().store) as store:
        store._run("BEGIN", ())
        for number in range(n_tracks):
            path = folder / f"{number // 12:06d}" / f"{number:07d}.flac"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            stamp, key = FileStamp.of(path.stat()), f"{number:064x}"
            store.put_tags(stamp, TagReading("flac", **made_up_tags(number)))
            store.put_hearing_key(stamp, key)
            store.put_prediction(key, replace(made_up_prediction(number), model_id=model_id))
            if number % 2:
                decided.append(StoredDecision(key, path, Decision(Action.ACCEPT, ("Rock",))))
        store._run("COMMIT", ())
    with closing(DecisionStore(user_folders().session)) as decisions:
        decisions.save(decided)


class _TimedRunner(JobRunner):
    """Notes the processor time of its thread."""

    work_s = 0.0

    def _run(self, job: Job, cancel: threading.Event) -> None:
        begun = time.thread_time()
        super()._run(job, cancel)
        _TimedRunner.work_s += time.thread_time() - begun


def _open(folder: Path, n_tracks: int) -> None:
    """Open the library in a window, and print the figures."""
    meter, loop = GapMeter(), QEventLoop()
    window = MainWindow(load=load_pipeline)
    window.show()
    QTimer.singleShot(1500, loop.quit)
    loop.exec()
    analyse, table = window.findChild(object, "analyseAction"), window.findChild(QTableView)
    reached: dict[str, float] = {}
    poll = QTimer(interval=20)

    def look() -> None:
        n_rows = table.model().rowCount()
        if n_rows:
            reached.setdefault("first rows", time.perf_counter())
        if n_rows == n_tracks:
            reached.setdefault("all rows", time.perf_counter())
            if analyse.isEnabled():
                reached["quiet"] = time.perf_counter()
                loop.quit()

    poll.timeout.connect(look)
    poll.start()
    meter.begin()
    begun, begun_work = time.perf_counter(), time.thread_time()
    window.open_paths([folder])
    loop.exec()
    for name, at in reached.items():
        print(f"{name:34} {at - begun:6.2f} s")
    print(f"{'processor time of the GUI thread':34} {time.thread_time() - begun_work:6.2f} s")
    print(f"{'processor time of the job':34} {_TimedRunner.work_s:6.2f} s")
    meter.report("turns of the event loop")
    window.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tracks", type=int, default=10_000)
    n_tracks = parser.parse_args().tracks
    app = QApplication([])
    GarbageCollector(app)
    with tempfile.TemporaryDirectory() as place:
        os.environ["GENRETAGGER_HOME"] = str(Path(place) / "home")
        _make_library(Path(place) / "music", n_tracks)
        from genretagger.gui.jobs import job_controller

        job_controller.JobRunner = _TimedRunner
        _open(Path(place) / "music", n_tracks)


if __name__ == "__main__":
    main()
