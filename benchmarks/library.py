"""A library of 1,000, 10,000 and 100,000 small files, from the first scan to the undo of a write.

    python -m benchmarks.library [--sizes 1000 10000 100000] [--most-heard 1000]
        [--most-written 10000]

Real files with tags (`made_up_files`), on the disk of the sources, read before (warm). Only where a
row says so, hearing is replaced: by stored verdicts that are made up. The command line and the
window run in processes of their own.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks import processes
from benchmarks.made_up_files import fill_store, make_files
from benchmarks.rows import Row, make_parser, missing, print_rows
from genretagger.core.events import TrackFound
from genretagger.core.resources import UserFolders
from genretagger.core.settings import Settings
from genretagger.core.tracks import Track
from genretagger.library.store import Store
from genretagger.pipeline import Context, analyse
from tools.offscreen import offscreen_platform

_STORED = "hearing replaced by stored verdicts"


class LibraryBench:
    """One library in a folder of its own, which others must remove."""

    def __init__(self, folder: Path, n_files: int) -> None:
        self._music, self._home = folder / "music", folder / "home"
        self._case, self._n_files = str(n_files), n_files
        self._paths = make_files(self._music, n_files=n_files)

    def first_verdict(self) -> Row:
        """Return the time until `analyse` prints the first verdict, on a folder never seen."""
        name = "analyse: the first verdict, really heard"
        command = (*processes.PROGRAM, "analyse", "--json", self._music)
        env = processes.environment(self._home.with_name("home of the first verdict"))
        begun = time.perf_counter()
        with subprocess.Popen(
            command,
            env=env,
            cwd=processes.ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            line = process.stdout.readline()
            taken_s = time.perf_counter() - begun
            process.send_signal(signal.SIGINT)
            process.communicate()
        if not line:
            return missing("library", name, "nothing was heard", case=self._case)
        return self._row(name, taken_s)

    def hear(self) -> Iterator[Row]:
        """Yield what it takes to hear every file: workers as the program chooses them."""
        home = self._home.with_name("home of hearing")
        name = "analyse: all really heard"
        ended = self._run("analyse", "--json", self._music, home=home)
        if ended.status:
            yield self._failed(name, ended)
            return
        yield from self._rated(name, ended.wall_s)
        yield self._row(f"{name}, memory with workers", ended.tree_mb, "MB")

    def find(self) -> Iterator[Row]:
        """Yield the time until the tags of all are read, on a folder never seen; fill the store.

        Half of the workers hear meanwhile, as always; they are stopped then.
        """
        folders, cancel = UserFolders(self._home), threading.Event()
        context = Context(folders, Settings())
        tracks: list[Track] = []
        begun = time.perf_counter()
        with closing(analyse([self._music], context=context, cancel=cancel)) as events:
            while len(tracks) < self._n_files:
                event = next(events)
                if isinstance(event, TrackFound):
                    tracks.append(event.track)
            taken_s = time.perf_counter() - begun
        yield from self._rated("analyse: the tags of all are read", taken_s)
        with Store.open(folders.store) as store:
            fill_store(store, tracks)

    def analyse_again(self) -> Iterator[Row]:
        """Yield the time of `analyse` of the unchanged library."""
        name = "analyse: all known (rescan)"
        ended = self._run("analyse", "--json", self._music)
        if ended.status:
            yield self._failed(name, ended)
            return
        yield from self._rated(name, ended.wall_s, note=_STORED)
        yield self._row(f"{name}, processor time", ended.cpu_s)
        yield self._row("analyse: all known, peak memory", ended.peak_mb, "MB")

    def window(self) -> Iterator[Row]:
        """Yield the rows of the window."""
        command = [sys.executable, "-m", "benchmarks.window_on_files"]
        done = subprocess.run(
            [*command, self._music, self._case],
            env=processes.environment(self._home, QT_QPA_PLATFORM=offscreen_platform()),
            cwd=processes.ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        for line in done.stdout.splitlines():
            yield Row(**json.loads(line))
        if done.returncode:
            reason = f"it ended with status {done.returncode}"
            yield missing("library", "window: the rest", reason, case=self._case)

    def write(self, *, dry_run: bool) -> Iterator[Row]:
        """Yield the time of judging (if `dry_run`), writing and undoing a batch of all files."""
        plan = self._home.with_name("plan.jsonl")
        lines = (json.dumps({"path": str(path), "genres": ["Rock"]}) for path in self._paths)
        plan.write_text("\n".join(lines), encoding="utf-8")
        apply = ("apply", "--json", "--plan", plan)
        judging = [("write: dry run", (*apply, "--dry-run"), "written")]
        for name, arguments, status in (
            *(judging if dry_run else ()),
            ("write: apply", apply, "written"),
            ("write: history", ("history", "--json"), None),
            ("write: undo", ("undo", "--json"), "restored"),
        ):
            output = self._home.with_name("output.jsonl")
            ended = self._run(*arguments, output=output)
            if status is None:
                yield self._row(name, ended.wall_s)
                continue
            n_done = ended.output.count(f'"status": "{status}"')
            if n_done != self._n_files:
                reason = f"{n_done} of {self._n_files} files are {status}"
                yield missing("library", name, reason, case=self._case)
                return
            yield from self._rated(name, ended.wall_s)

    def _failed(self, name: str, ended: processes.Ended) -> Row:
        return missing("library", name, f"it ended with status {ended.status}", case=self._case)

    def _run(
        self, *arguments: str | Path, home: Path | None = None, output: Path | None = None
    ) -> processes.Ended:
        env = processes.environment(home or self._home)
        return processes.run((*processes.PROGRAM, *arguments), env=env, output=output)

    def _rated(self, name: str, taken_s: float, *, note: str = "") -> Iterator[Row]:
        """Yield how long something took, and how many files that is in a second."""
        yield self._row(name, taken_s, note=note)
        yield self._row(f"{name}, files a second", self._n_files / taken_s, "")

    def _row(self, name: str, value: float, unit: str = "s", *, note: str = "") -> Row:
        return Row("library", name, value, unit, case=self._case, note=note)


def measure(asked: argparse.Namespace) -> Iterator[Row]:
    """Yield the rows of each size."""
    for n_files in asked.sizes:
        processes.SCRATCH.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=processes.SCRATCH) as temporary:
            bench = LibraryBench(Path(temporary), n_files)
            yield bench.first_verdict()
            if n_files <= asked.most_heard:
                yield from bench.hear()
            yield from bench.find()
            yield from bench.analyse_again()
            yield from bench.window()
            if n_files <= asked.most_written:
                yield from bench.write(dry_run=n_files <= asked.most_heard)
    yield from left_out(asked.sizes, asked)


def left_out(sizes: Sequence[int], asked: argparse.Namespace) -> Iterator[Row]:
    """Yield a row for each thing that is not measured at a size."""
    for n_files in sizes:
        for name, most in (
            ("analyse: all really heard", asked.most_heard),
            ("write: dry run", asked.most_heard),
            ("write: apply", asked.most_written),
        ):
            if n_files > most:
                yield missing("library", name, "it would take too long", case=str(n_files))


def main() -> None:
    """Measure and print."""
    parser = make_parser(__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--most-heard", type=int, default=1000)
    parser.add_argument("--most-written", type=int, default=10_000)
    asked = parser.parse_args()
    print_rows(measure(asked), as_objects=asked.json)


if __name__ == "__main__":
    main()
