"""Fixtures for every test: fresh user folders, the data folder, and no unannounced warning."""

from __future__ import annotations

import logging
import os
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
    """Say how many of the tests that need the data folder ran."""
    counts = {"ran": 0, "skipped": 0}
    for outcome in ("passed", "failed", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            if "gtzan" in getattr(report, "keywords", {}) and report.when in ("call", "setup"):
                counts["skipped" if outcome == "skipped" else "ran"] += 1
    terminalreporter.write_line(f"data tests: {counts['ran']} ran, {counts['skipped']} skipped")
