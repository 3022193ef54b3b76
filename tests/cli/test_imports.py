"""Which libraries a command waits for: those that it uses. Asked of processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.helpers.command import ROOT, run
from tests.helpers.samples import encode

# Those that take longest to load; `undo` and `history` read tags.
FOR_HEARING = {"numpy", "av", "ai_edge_litert", "pebble", "sklearn"}
HEAVY = FOR_HEARING | {"PySide6", "mutagen", "sqlite3", "multiprocessing", "tqdm"}

_COMMAND = """
import sys
from genretagger.__main__ import main
try:
    sys.exit(main())
finally:
    print("loaded", *sys.modules, file=sys.stderr)
"""


def heavy_modules(*arguments, status=0):
    """Return which of HEAVY were loaded when `genretagger` with `arguments` ended."""
    return HEAVY & loaded_modules(*arguments, status=status)


def loaded_modules(*arguments, status=0):
    """Return what was loaded when `genretagger` with `arguments` ended."""
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    return set(done.stderr.rpartition("loaded ")[2].split())


@pytest.fixture
def written(tmp_path):
    """Return a file whose genre was written."""
    path = encode(tmp_path / "a.flac", seconds=1)
    plan = tmp_path / "plan.jsonl"
    plan.write_text(json.dumps({"path": str(path), "genres": ["Rock"]}), encoding="utf-8")
    assert run("apply", "--plan", plan).returncode == 0
    return path


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["undo", "--help"], ["settings"], ["settings", "jobs"]]
)
def test_what_only_prints_loads_nothing_heavy(arguments):
    assert heavy_modules(*arguments) == set()


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--export"]])
def test_the_history_loads_nothing_to_hear_with(arguments, written):
    assert not heavy_modules("history", *arguments) & (FOR_HEARING | {"PySide6"})


def test_undo_loads_nothing_to_hear_with(written):
    assert not heavy_modules("undo") & (FOR_HEARING | {"PySide6"})


def test_undo_of_a_moved_file_loads_nothing_to_hear_with(written):
    written.rename(written.with_name("b.flac"))
    assert not heavy_modules("undo") & (FOR_HEARING | {"PySide6"})


def test_what_is_heard_is_decoded(written):
    assert {"numpy", "av"} <= heavy_modules("analyse", written)  # the names are those to look for


def test_dask_is_loaded_for_a_cluster_only(tmp_path):
    path = encode(tmp_path / "a.flac", seconds=4, noise=0.2)
    assert not loaded_modules("analyse", path) & {"dask", "distributed"}
