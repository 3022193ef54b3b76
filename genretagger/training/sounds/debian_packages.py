"""Fetch and unpack packages of Debian 12 without installing them, and list their files.

`apt-get download` fetches a package and `dpkg-deb --extract` unpacks it into a folder outside the
project. The packages and files to take are in `package_sources`.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TIMEOUT_S: Final = 900
RECORDED_SPEECH: Final = "recorded-speech"
EFFECTS: Final = "effects"
MUSIC: Final = "music"


@dataclass(frozen=True, slots=True)
class PackageSource:
    """Files of one package that belong together: one speaker, one album, one set of effects.

    `pattern` is a glob below the root of the unpacked package; files that match the regular
    expression `but_not` are left out. Speech and effects are joined to `n_pieces` pieces of
    `piece_s` seconds; music is taken track by track. `style` is set only if the package itself
    names one for all files.
    """

    package: str
    kind: str
    licence: str
    pattern: str
    group: str
    but_not: str = r"$^"
    piece_s: float = 0.0
    n_pieces: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A package on disk: its version, and the folder that stands for the root directory."""

    version: str
    root: Path


def unpack(package: str, *, work: Path) -> Unpacked:
    """Fetch and unpack `package` below `work`, unless this was done before.

    Raises
    ------
    OSError, subprocess.SubprocessError
        apt, the network, the package or disk space is missing.
    """
    downloads = work / "deb"
    downloads.mkdir(parents=True, exist_ok=True)
    archives = sorted(downloads.glob(f"{package}_*.deb"))
    if not archives:
        _run(["apt-get", "download", "-qq", package], folder=downloads)
        archives = sorted(downloads.glob(f"{package}_*.deb"))
    root = work / "tree" / package
    if not root.is_dir():
        partial = root.with_name(f"{package}.partial")
        partial.mkdir(parents=True, exist_ok=True)
        _run(["dpkg-deb", "--extract", str(archives[-1]), str(partial)], folder=work)
        partial.rename(root)
    version = _run(["dpkg-deb", "--field", str(archives[-1]), "Version"], folder=work)
    return Unpacked(version.strip(), root)


def _run(command: list[str], *, folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True, timeout=_TIMEOUT_S
    )
    return done.stdout


def find_files(source: PackageSource, *, root: Path) -> Iterator[Path]:
    """Yield the files of `source` in the unpacked package at `root`, by name."""
    unwanted = re.compile(source.but_not)
    for path in sorted(root.glob(source.pattern)):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not path.is_symlink() and not unwanted.search(name):
            yield path
