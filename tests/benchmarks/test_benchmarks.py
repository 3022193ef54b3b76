"""Each benchmark of the program as it is now: every figure comes, at a size that means nothing."""

from __future__ import annotations

import argparse
import time

import pytest

from benchmarks import codecs, library
from benchmarks.__main__ import run_benchmark
from benchmarks.library import LibraryBench
from tests.conftest import DATA_VARIABLE

pytestmark = pytest.mark.slow  # windows and command lines in processes of their own


def run(name, *options):
    rows = list(run_benchmark(name, options, until=time.monotonic() + 600))
    assert [row.note for row in rows if row.value is None] == []
    return rows


def test_a_library_is_scanned_shown_written_and_restored(tmp_path):
    bench = LibraryBench(tmp_path, 26)
    rows = [bench.first_verdict(), *bench.find(), *bench.analyse_again()]
    rows += [*bench.window(), *bench.write(dry_run=True)]
    assert [row.note for row in rows if row.value is None] == []
    names = {row.name for row in rows}
    assert {"window: open the preview", "window: peak memory", "write: undo"} <= names
    assert {row.case for row in rows} == {"26"}


@pytest.mark.gtzan
def test_clips_are_heard_in_every_codec(gtzan):
    rows = run("codecs", "--every", "100", "--agreement-only")
    assert {row.name for row in rows} == {"flac", "mp3", "ogg", "opus", "m4a"}


def test_without_clips_the_codecs_say_so(monkeypatch):
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    (row,) = codecs.measure(argparse.Namespace())
    assert (row.value, row.note) == (None, f"{DATA_VARIABLE} names no folder with the clips")


def test_what_takes_too_long_is_named():
    asked = argparse.Namespace(most_heard=1000, most_written=10_000)
    left_out = [(row.name, row.case) for row in library.left_out([1000, 100_000], asked)]
    assert left_out == [
        ("analyse: all really heard", "100000"),
        ("write: dry run", "100000"),
        ("write: apply", "100000"),
    ]


@pytest.mark.parametrize(
    ("name", "options", "row"),
    [
        ("start_up", ("--repeats", "1"), "the window until its first paint"),
        ("journal", ("--batches", "1", "3"), "the list of all batches"),
        ("gui_stall", ("--tracks", "30", "--per-second", "0"), "write preview"),
        (
            "large_library",
            ("--tracks", "40", "--repeats", "1", "--frames", "2", "--settle-ms", "200"),
            "memory: all decided",
        ),
    ],
)
def test_a_benchmark_yields_its_rows(name, options, row):
    assert row in {one.name for one in run(name, *options)}
