"""Profile the main job, the analysis of music, and print the functions that take the most time.

`make profile` profiles it on sample music, `make profile MUSIC=FOLDER` on a folder of yours. What
usually runs in worker processes runs in this one, so that its time is seen. No file of yours is
written, and results go to a folder that is deleted at the end.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from genretagger.analysis.classifier import Model
from genretagger.core.events import TrackAnalysed
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.pipeline import Context, analyse, make_samples
from genretagger.pipeline.track_workers import (
    HeardFile,
    HearingTask,
    ReadTags,
    digest_and_hear,
    read_tags,
)

_Answer = TypeVar("_Answer")
_MOST_FUNCTIONS = 25


class InProcessWorkers:
    """Reads tags and hears tracks at once, in this process, where a profiler sees it."""

    def __init__(self, model_folder: Path, store: Path | None, **_named: object) -> None:  # noqa: ARG002 - as `TrackWorkers`
        self._model = Model.load(model_folder)

    def read_tags(self, paths: Sequence[Path]) -> Future[list[ReadTags]]:
        """Read the tags of `paths`; the future is finished."""
        return _finished(lambda: read_tags(paths))

    most_readings = 1

    def n_to_hear(self, n_waiting: int, *, is_reading: bool) -> int:  # noqa: ARG002 - as `TrackWorkers`
        """Return 1 while there is one."""
        return min(n_waiting, 1)

    def hear(self, tasks: Sequence[HearingTask]) -> list[Future[HeardFile]]:
        """Hear tracks; their futures are finished."""
        return [_finished(partial(self._hear, task)) for task in tasks]

    def _hear(self, task: HearingTask) -> HeardFile:
        return digest_and_hear(task, model=self._model, is_stored=lambda _key: False)

    def stop(self) -> None:
        """End nothing: no process was started."""


def _finished(call: Callable[[], _Answer]) -> Future[_Answer]:
    future: Future[_Answer] = Future()
    try:
        future.set_result(call())
    except Exception as error:  # noqa: BLE001 - workers hand every error on, too
        future.set_exception(error)
    return future


def profile(folder: Path | None) -> tuple[pstats.Stats, int]:
    """Analyse `folder`, or sample music; return the profile and how many tracks were heard."""
    with tempfile.TemporaryDirectory() as home:
        folders = UserFolders(Path(home))
        if folder is None:
            folder = folders.samples
            list(make_samples(folder, cancel=threading.Event()))
        context = Context(folders=folders, settings=Settings())
        profiler = cProfile.Profile()
        with patch("genretagger.pipeline.analysing.TrackWorkers", InProcessWorkers):
            n_heard = profiler.runcall(_count_heard, folder, context)
    return pstats.Stats(profiler), n_heard


def _count_heard(folder: Path, context: Context) -> int:
    with closing(analyse([folder], context=context, cancel=threading.Event())) as events:
        return sum(isinstance(event, TrackAnalysed) for event in events)


def main() -> None:
    """Print the profile: functions by their own time, then by the time of all they call."""
    music = os.environ.get("MUSIC")
    stats, n_heard = profile(Path(music).expanduser() if music else None)
    print(f"{n_heard} tracks heard")
    stats.strip_dirs()
    for order in ("tottime", "cumulative"):
        stats.sort_stats(order).print_stats(_MOST_FUNCTIONS)


if __name__ == "__main__":
    main()
