"""What a batch and the history cost as the journal grows: batches of one file each.

    python -m benchmarks.journal [--batches 10 100 1000]

One small file gets another genre in each batch, through `pipeline`; times by the clock, on
the disk of the sources. Medians of the last batches, so a batch that grew with the journal shows.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.made_up_files import make_files
from benchmarks.processes import SCRATCH
from benchmarks.rows import Row, make_parser, print_rows
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.core.writes import Policy, WriteRequest, WriteResult, WriteStatus
from genretagger.pipeline import Context, apply, history

_N_LAST = 10
_GENRES = ("Rock", "Jazz")


def measure(asked: argparse.Namespace) -> Iterator[Row]:
    """Yield the time of a batch and of the history at each number of batches."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=SCRATCH) as temporary:
        (path,) = make_files(Path(temporary, "music"), n_files=1)
        context = Context(UserFolders(Path(temporary, "home")), Settings())
        taken: list[float] = []
        for n_batches in asked.batches:
            while len(taken) < n_batches:
                genre = _GENRES[len(taken) % len(_GENRES)]
                taken.append(_timed(lambda genre=genre: write(path, genre, context=context)))
            last, case = taken[-_N_LAST:], str(n_batches)
            yield _row("a batch of one file", last, case)
            repeats = [_timed(lambda: history(context=context)) for _ in range(3)]
            yield _row("the list of all batches", repeats, case)


def write(path: Path, genre: str, *, context: Context) -> None:
    """Write `genre` into the file at `path` as a batch of its own."""
    events = apply(
        [WriteRequest(path, (genre,))],
        context=context,
        policy=Policy.REPLACE,
        cancel=threading.Event(),
    )
    statuses = [event.status for event in events if isinstance(event, WriteResult)]
    if statuses != [WriteStatus.WRITTEN]:
        raise RuntimeError(f"nothing was measured, as the file was not written: {statuses}")


def _timed(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return 1000 * (time.perf_counter() - begun)


def _row(name: str, taken_ms: list[float], case: str) -> Row:
    value, most = statistics.median(taken_ms), max(taken_ms)
    return Row("journal", name, value, "ms", case=case, n=len(taken_ms), most=most)


def main() -> None:
    """Measure and print."""
    parser = make_parser(__doc__)
    parser.add_argument("--batches", type=int, nargs="+", default=[10, 100, 1000])
    asked = parser.parse_args()
    print_rows(measure(asked), as_objects=asked.json)


if __name__ == "__main__":
    main()
