"""Fills the bank, with as many passes at once as there are processors."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Final

from pebble import ProcessExpired
from threadpoolctl import threadpool_limits

from genretagger.analysis.processes import WorkerProcesses
from genretagger.training.student.bank import PassMaker, StudentError, list_missing
from genretagger.training.student.progress import describe_rest
from genretagger.training.student.recordings import Recordings
from genretagger.training.student.teachers import Teachers

_GIVE_UP_AFTER_S: Final = 24 * 3600.0

# The maker of a worker process, prepared once by `_prepare`.
_prepared: Final[list[PassMaker]] = []


def fill_bank(
    folder: Path, *, n_passes: int, recordings: Path, teachers: Path, seed: int, n_processes: int
) -> None:
    """Make the passes that `folder` lacks; report each on standard error.

    Parameters
    ----------
    folder, recordings, teachers : Path
        Folders of the passes, of the recordings that `recordings.decode` wrote, of the teachers.
    n_passes : int
        The bank holds passes 0 to n_passes - 1.
    seed : int
        Decides every pass.
    n_processes : int
        How many passes are made at once.

    Raises
    ------
    StudentError
        A process has ended unexpectedly.
    """
    missing = list_missing(folder, n_passes=n_passes)
    if not missing:
        return
    started = time.monotonic()
    arguments = (folder, recordings, teachers, seed)
    n_processes = min(n_processes, len(missing))
    processes = WorkerProcesses(n_processes, prepare=_prepare, args=arguments)
    try:
        futures = {
            processes.submit(_make, number, give_up_after_s=_GIVE_UP_AFTER_S): number
            for number in missing
        }
        for n_made, (number, n_excerpts) in enumerate(_results(futures), start=1):
            rest = describe_rest(time.monotonic() - started, done=n_made, all_=len(missing))
            print(f"bank: pass {number}, {n_excerpts} excerpts; {rest}", file=sys.stderr)
    finally:
        processes.stop()


def _results(futures: dict[Future[int], int]) -> Iterator[tuple[int, int]]:
    """Yield (number, excerpts) of each pass as it is made."""
    for future in as_completed(futures):
        try:
            yield futures[future], future.result()
        except (ProcessExpired, BrokenProcessPool) as error:
            raise StudentError("student-process-ended") from error


def _prepare(folder: Path, recordings: Path, teachers: Path, seed: int) -> None:
    threadpool_limits(1)  # each process has a processor of its own
    opened = Recordings.open(recordings), Teachers.open(teachers, flush_denormals=True)
    _prepared.append(PassMaker(*opened, folder, seed))


def _make(number: int) -> int:
    (maker,) = _prepared
    return maker.make(number)
