"""Start-up: whole processes of the command line, and the window until its first paint.

    python -m benchmarks.start_up [--repeats 9]

Warm: what is read from the disk was read before. Medians, and the processor time beside the clock.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import processes
from benchmarks.rows import Row, make_parser, missing, print_rows
from tools.offscreen import offscreen_platform

_COMMANDS = (("--version",), ("--help",), ("history",), ("undo",))


def measure(asked: argparse.Namespace) -> Iterator[Row]:
    """Yield a row of the clock and one of processor time for each way to start."""
    with tempfile.TemporaryDirectory() as home:
        env = processes.environment(Path(home), QT_QPA_PLATFORM=offscreen_platform())
        for arguments in _COMMANDS:
            title = f"`genretagger {arguments[0]}`"
            command = (*processes.PROGRAM, *arguments)
            yield from _rows(title, command, env, repeats=asked.repeats)
        window = (sys.executable, "-m", "benchmarks.until_painted")
        yield from _rows("the window until its first paint", window, env, repeats=asked.repeats)


def _rows(
    title: str, command: Sequence[str], env: dict[str, str], *, repeats: int
) -> Iterator[Row]:
    ended = [processes.run(command, env=env) for _ in range(repeats + 1)][1:]  # the first warms up
    if any(one.status for one in ended):
        yield missing("start_up", title, f"it ended with status {ended[0].status}")
        return
    for case, unit, values in (
        ("clock", "s", [one.wall_s for one in ended]),
        ("processor", "s", [one.cpu_s for one in ended]),
        ("peak memory", "MB", [one.peak_mb for one in ended]),
    ):
        value = statistics.median(values)
        yield Row("start_up", title, value, unit, case=case, n=repeats, most=max(values))


def main() -> None:
    """Measure and print."""
    parser = make_parser(__doc__)
    parser.add_argument("--repeats", type=int, default=9)
    asked = parser.parse_args()
    print_rows(measure(asked), as_objects=asked.json)


if __name__ == "__main__":
    main()
