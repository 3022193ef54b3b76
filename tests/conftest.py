"""Fixtures for every test: fresh user folders, the data folder, and no unannounced warning.

`pytest --torture` (`make torture`) runs the slow, thorough form of tests that have one. Such a test
asks the fixture `runs` how often to do its work, `runs(50, 1000)`, or the fixture `torture` (bool).
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

DATA_VARIABLE = "GENRETAGGER_GTZAN"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Return the fresh user folder of this test."""
    folder = tmp_path / "genretagger-home"
    monkeypatch.setenv("GENRETAGGER_HOME", str(folder))
    return folder


def pytest_addoption(parser):
    parser.addoption(
        "--torture", action="store_true", help="many more random kills, faults and damaged files"
    )


@pytest.fixture(scope="session")
def torture(pytestconfig):
    """Return whether the thorough form of tests is asked for (`--torture`)."""
    return pytestconfig.getoption("--torture")


@pytest.fixture(scope="session")
def runs(torture):
    """Return a function of two numbers: the first is for `make test`, the second for torture."""
    return lambda short, thorough: thorough if torture else short


@pytest.fixture(scope="session")
def gtzan():
    """Return the data folder; skip with the reason when it is not here. Mark such tests `gtzan`."""
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        pytest.skip(f"{DATA_VARIABLE} is not set")
    if not Path(folder, "gtzan_dev_embeddings.npz").is_file():
        pytest.skip(f"{DATA_VARIABLE}={folder} holds no data")
    return Path(folder).resolve()


class _Collector(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.records = []

    def emit(self, record):
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unannounced_warning(request):
    """Fail a test that logs WARNING or above from genretagger unless marked `logs_warnings`."""
    handler = _Collector()
    logger = logging.getLogger("genretagger")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
    if handler.records and "logs_warnings" not in request.keywords:
        pytest.fail("logged: " + "; ".join(record.getMessage() for record in handler.records))


def pytest_terminal_summary(terminalreporter):
    """Say how many of the tests that need the data folder ran, and why how many were skipped."""
    counts = {"ran": 0, "skipped": 0}
    for outcome in ("passed", "failed", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            if "gtzan" in getattr(report, "keywords", {}) and report.when in ("call", "setup"):
                counts["skipped" if outcome == "skipped" else "ran"] += 1
    terminalreporter.write_line(f"data tests: {counts['ran']} ran, {counts['skipped']} skipped")
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    terminalreporter.write_line(f"skipped: {reasons.total()}")
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"  {count} x {reason}")


def _reason(report):
    _, _, text = report.longrepr
    return text.removeprefix("Skipped: ")
