"""Measure everything in at most 15 minutes: `python -m benchmarks`, or `make bench`.

    python -m benchmarks [NAME ...] [--out FOLDER] [--minutes 14] [--small]

Each benchmark runs in a process of its own. The rows go to docs/benchmarks.json, and from there
into docs/benchmarks.md, its picture and the blocks of README.md and docs/performance.md. A trial
(`--out`) leaves those as they are. A benchmark that fails or runs out of time keeps the rows it
had, and says what is missing.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import processes
from benchmarks.pages import write_blocks, write_pages
from benchmarks.rows import FILE, ROOT, BenchmarkFigures, Row, line_of, missing, save_benchmarks
from genretagger.training.evaluation.measure import describe_machine

# In the order in which they may use up the time, with the options of a small trial.
BENCHMARKS: dict[str, Sequence[str]] = {
    "track": ("--seconds", "60", "--programs", "sonara-compact"),
    "start_up": ("--repeats", "3"),
    "journal": ("--batches", "10", "40"),
    "gui_stall": ("--tracks", "300"),
    "library": ("--sizes", "100", "200", "--most-heard", "100"),
    "large_library": ("--tracks", "1000", "--repeats", "1", "--frames", "30"),
    "codecs": ("--every", "25", "--agreement-only"),
}
_GRACE_S = 10


def run_benchmark(name: str, options: Sequence[str], *, until: float) -> Iterator[Row]:
    """Yield the rows of a benchmark, as they are measured, until `time.monotonic()` is `until`."""
    command = (sys.executable, "-m", f"benchmarks.{name}", "--json", *options)
    if until <= time.monotonic():
        yield missing(name, "all of it", "the time was over")
        return
    with subprocess.Popen(
        command,
        env=processes.environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        is_late = threading.Event()
        timer = threading.Timer(until - time.monotonic(), _end, (process, is_late))
        timer.start()
        try:
            for line in process.stdout:
                yield Row(**json.loads(line))
            with suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE_S)
        finally:
            timer.cancel()
            _end(process)
    if is_late.is_set():
        yield missing(name, "the rest", "the time was over")
    elif process.returncode:
        yield missing(name, "the rest", f"it ended with status {process.returncode}")


def _end(process: subprocess.Popen[bytes], is_late: threading.Event | None = None) -> None:
    """End a benchmark and all that it started; first as Ctrl-C does, so that files are removed."""
    if is_late is not None:
        is_late.set()
    for number in (signal.SIGINT, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, number)
            try:
                process.wait(_GRACE_S)
            except subprocess.TimeoutExpired:
                continue


def measure(names: Sequence[str], *, minutes: float, small: bool) -> BenchmarkFigures:
    """Run the benchmarks, print their rows, and return them all."""
    begun, load = time.monotonic(), os.getloadavg()[0]
    rows = []
    for name in names:
        print(f"\n{name}, {(time.monotonic() - begun) / 60:.1f} minutes", flush=True)
        options = BENCHMARKS[name] if small else ()
        for row in run_benchmark(name, options, until=begun + 60 * minutes):
            print(line_of(row), flush=True)
            rows.append(row)
    shutil.rmtree(processes.SCRATCH, ignore_errors=True)
    return BenchmarkFigures(
        machine=describe_machine(),
        processor=_processor(),
        commit=_commit(),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        load=load,
        minutes=(time.monotonic() - begun) / 60,
        is_whole=not small and set(names) == set(BENCHMARKS),
        rows=tuple(rows),
    )


def _processor() -> str:
    """Return the name of the processor, as Linux has it."""
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else "unknown processor"


def _commit() -> str:
    """Return the commit of the sources, with "-dirty" if they differ from it."""
    command = ("git", "describe", "--always", "--dirty", "--exclude", "*")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def main() -> None:
    """Measure, and write what was measured."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="leave docs/ and README alone")
    parser.add_argument("--minutes", type=float, default=14)
    parser.add_argument("--small", action="store_true", help="a trial of every benchmark")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    if (asked.names or asked.small) and asked.out is None:
        parser.error("only a whole run is published: name a folder by --out")
    figures = measure(asked.names or list(BENCHMARKS), minutes=asked.minutes, small=asked.small)
    folder = FILE.parent if asked.out is None else asked.out
    save_benchmarks(figures, folder / FILE.name)
    write_pages(figures, folder)
    if asked.out is None:
        write_blocks(figures)
    print(f"\n{folder / FILE.name}, after {figures.minutes:.1f} minutes")


if __name__ == "__main__":
    main()
