"""Fixtures for every test: fresh user folders, the data folder, and no unannounced warning.

What makes tests cheap without a word of theirs is here too (docs/testing.md): `tmp_path` in memory,
one thread for linear algebra, and the longest files first, so that no worker ends long after the
others.

`pytest --torture` (`make torture`) runs the slow, thorough form of tests that have one. Such a test
asks the fixture `runs` how often to do its work, `runs(50, 1000)`, or the fixture `torture` (bool).
"""

from __future__ import annotations

import gc
import logging
import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tools.offscreen import use_offscreen

# A slow machine makes no test of hypothesis red, by its deadline for an example or by its check.
hypothesis_settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("any machine")

if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
    use_offscreen()
# Threads that wait for each other's small matrices burn thirty times what these cost. Read when the
# libraries are loaded; the tests of the bundle leave them as they are.
for _variable in (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
):
    os.environ.setdefault(_variable, "1")

DATA_VARIABLE = "GENRETAGGER_GTZAN"
MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 1 << 30  # the largest test takes some 100 MB; a container may have 64 MB there
LONG = ("frozen", "training", "slow")


def pytest_configure(config):
    """Let `tmp_path` be in memory, where fsync costs nothing; `on_disk` is for what proves a disk.

    On the disk with `--torture` or `--basetemp`, and where memory is small or runs no programs.
    """
    if not config.getoption("--torture") and _is_roomy(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def _is_roomy(folder):
    if not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize >= ENOUGH_BYTES and not found.f_flag & os.ST_NOEXEC


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Put files of long tests in front, whatever the random order of the others."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, LONG)))


def pytest_collection_finish():
    """Set aside what is there to stay: each collection of garbage would look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def disk():
    """Return a folder on the disk, also where those of `tmp_path` are in memory."""
    with tempfile.TemporaryDirectory(prefix="genretagger-tests-") as folder:
        yield Path(folder).resolve()


@pytest.fixture
def tmp_path(request, tmp_path):
    """Return a folder of this test: on the disk where it is marked `on_disk`."""
    if "on_disk" not in request.keywords:
        yield tmp_path
        return
    disk = request.getfixturevalue("disk")
    with tempfile.TemporaryDirectory(prefix="test-", dir=disk) as folder:
        yield Path(folder)


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
def _own_log():
    """End the log that a test has the program start: it would go on for the tests that follow."""
    log = logging.getLogger("genretagger")
    before, level, propagate = list(log.handlers), log.level, log.propagate
    raise_exceptions = logging.raiseExceptions
    yield
    for handler in [handler for handler in log.handlers if handler not in before]:
        log.removeHandler(handler)
        handler.close()
    log.setLevel(level)
    log.propagate, logging.raiseExceptions = propagate, raise_exceptions


@pytest.fixture(autouse=True)
def _no_unannounced_warning(_own_log, request):
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
