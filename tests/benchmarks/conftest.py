"""Rows of a run that never was."""

from __future__ import annotations

import pytest

from benchmarks.rows import BenchmarkFigures, Row, missing
from genretagger.training.evaluation.figures import MachineFigures


@pytest.fixture
def figures():
    """Return the figures of a run with two sizes; the larger one was not written."""
    machine = MachineFigures("Linux x86_64, Python 3.11.7", 2, {"numpy": "2.4.6"})
    rows = (
        Row("track", "Genretagger", 0.2, "s", case="median", n=30, note="tracks of 240 s"),
        Row("track", "sonara, compact", 0.9, "s", case="MP3", ratio=4.5),
        missing("track", "sonara, compact", "why", case="Opus"),
        Row("track", "sonara, compact", 0.9, "s", case="median", ratio=4.5),
        Row("library", "scan: tags known", 0.5, "s", case="1000", note="nothing is heard"),
        Row("library", "scan: tags known", 5.1, "s", case="10000", note="nothing is heard"),
        Row("library", "write: apply", 6.0, "s", case="1000", n=1),
        Row("library", "write: apply, files a second", 166.6, "", case="1000"),
        missing("library", "write: apply", "it would take too long", case="10000"),
        Row("large_library", "accept one", 9.04, "ms", n=3, most=9.9, note="of many"),
    )
    return BenchmarkFigures(machine, "a processor", "abc1234", "2026-11-30", 0.25, 13.6, True, rows)
