"""Audio files that others made: the samples of mutagen's own tests, fetched and never committed."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import pytest

from tests.helpers.unpacking import EXTRACTION
from tests.helpers.waiting import LIMIT_S

VERSION = "1.48.1"
SHA256 = "8f95637ab9f6f305cec6bd1294e197debe207998e3e068596563c74f86b0a173"
_NAME = f"mutagen-{VERSION}"
_INSIDE = f"{_NAME}/tests/data"


def mutagen_samples(cache: pytest.Cache) -> Path:
    """Return the folder of samples, fetched once by pip; skip the test where that is not possible.

    The checksum is that of the source distribution; the samples lie in pytest's cache afterwards.
    Workers that come for them at once each fetch their own, and the first to be ready provides.
    """
    folder = cache.mkdir("foreign")
    if not _provided(folder):
        pytest.skip(f"mutagen's samples cannot be fetched or are others than {SHA256[:8]}")
    return folder / _INSIDE


@functools.cache  # tried once
def _provided(folder: Path) -> bool:
    if (folder / _INSIDE).is_dir():
        return True
    with tempfile.TemporaryDirectory(dir=folder) as name:
        own = Path(name)
        _fetch(own)
        archive = own / f"{_NAME}.tar.gz"
        if not _is_whole(archive):
            return False
        with tarfile.open(archive) as packed:
            members = [m for m in packed if m.name.startswith(_INSIDE) and m.isfile()]
            packed.extractall(own, members=members, **EXTRACTION)
        with contextlib.suppress(OSError):  # there by now
            (own / _NAME).rename(folder / _NAME)
    return True


def _is_whole(archive: Path) -> bool:
    return archive.is_file() and hashlib.sha256(archive.read_bytes()).hexdigest() == SHA256


def _fetch(folder: Path) -> None:
    """Have pip fetch the source distribution; without network nothing comes of it."""
    options = ["--quiet", "--no-deps", "--no-binary", "mutagen", "--dest", str(folder)]
    subprocess.run(
        [sys.executable, "-m", "pip", "download", *options, f"mutagen=={VERSION}"],
        check=False,
        capture_output=True,
        timeout=LIMIT_S,
    )
