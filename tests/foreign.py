"""Audio files that others made: the samples of mutagen's own tests, fetched and never committed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.waiting import LIMIT_S

VERSION = "1.48.1"
SHA256 = "8f95637ab9f6f305cec6bd1294e197debe207998e3e068596563c74f86b0a173"
_FOLDER = f"mutagen-{VERSION}/tests/data"


def mutagen_samples(cache: pytest.Cache) -> Path:
    """Return the folder of samples, fetched once by pip; skip the test where that is not possible.

    The checksum is that of the source distribution; the samples lie in pytest's cache afterwards.
    """
    folder = cache.mkdir("foreign")
    archive = folder / f"mutagen-{VERSION}.tar.gz"
    if not _is_whole(archive):
        _fetch(folder)
    if not _is_whole(archive):
        pytest.skip(f"mutagen's samples cannot be fetched or are others than {SHA256[:8]}")
    if not (folder / _FOLDER).is_dir():
        with tarfile.open(archive) as packed:
            members = [item for item in packed if item.name.startswith(_FOLDER) and item.isfile()]
            packed.extractall(folder, members=members, filter="data")
    return folder / _FOLDER


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
