"""The run of all benchmarks: what it keeps of one that fails or is late, and where it writes."""

from __future__ import annotations

import time

import pytest

from benchmarks import __main__ as runner
from benchmarks.rows import load_benchmarks, save_benchmarks

LATER_S = 600


def run(name, *options, seconds=LATER_S):
    return list(runner.run_benchmark(name, options, until=time.monotonic() + seconds))


def test_a_benchmark_that_fails_keeps_its_rows_and_says_so():
    rows = run("journal", "--batches", "1", "no-number")
    assert [(row.name, row.value, row.note) for row in rows] == [
        ("the rest", None, "it ended with status 2")
    ]


def test_a_benchmark_begins_only_while_there_is_time():
    (row,) = run("journal", seconds=-1)
    assert (row.value, row.note) == (None, "the time was over")


@pytest.mark.slow  # a process that is ended
def test_a_benchmark_that_is_late_is_ended_and_says_so():
    rows = run("gui_stall", "--tracks", "100000", "--per-second", "1", seconds=1)
    assert rows[-1].note == "the time was over"


def test_only_a_whole_run_is_published(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["benchmarks", "journal"])
    with pytest.raises(SystemExit):
        runner.main()
    assert "--out" in capsys.readouterr().err


def test_an_unknown_benchmark_is_named(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["benchmarks", "coffee", "--out", "x"])
    with pytest.raises(SystemExit):
        runner.main()
    assert "no benchmark coffee" in capsys.readouterr().err


def test_rows_are_stored_and_read_again(figures, tmp_path):
    save_benchmarks(figures, tmp_path / "new" / "benchmarks.json")
    assert load_benchmarks(tmp_path / "new" / "benchmarks.json") == figures
