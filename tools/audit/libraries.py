"""Shared libraries in the bundle: whose they are, by their place and name."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import av

from tools.audit.parts import TABLE, BundledPart, common_texts

_LIBRARY = re.compile(r"\.(dll|dylib|so)(\.[\d.]+)?$")
_EXTENSION_MODULE = re.compile(r"\.(cpython-\w+|abi3|cp\d+-\w+)(-[\w-]+)?\.so$|\.pyd$")
_STEM = re.compile(
    r"^(?:lib)?(.+?)(?:[-.](?:[0-9a-f]{8,}|\d[\w.]*))*\.(?:dll|dylib|so)", re.IGNORECASE
)
# Folders of libraries that a package took from elsewhere; its own lie elsewhere in it.
_FOREIGN = re.compile(r"(^|/)[\w.]+\.libs/|/\.dylibs/|^PySide6/(Qt/lib/)?(?!Qt/)[^/]+$")


def is_library(name: str) -> bool:
    """Return whether a file of the bundle is a shared library, and no module of Python."""
    return bool(_LIBRARY.search(name)) and not _EXTENSION_MODULE.search(name)


def stem(name: str) -> str:
    """Return the name of a library without folder, `lib`, checksum, version and suffix."""
    found = _STEM.match(PurePosixPath(name).name)
    return found.group(1) if found else name


def owners(packages: Iterable[str]) -> dict[str, str]:
    """Return for each library in the wheel of a package, as it lies there, the package."""
    return {
        str(file).replace("\\", "/"): package
        for package in packages
        for file in metadata.distribution(package).files or ()
        if is_library(str(file))
    }


def parts_of(
    names: Iterable[str], owner_of: Mapping[str, str]
) -> tuple[list[BundledPart], list[str]]:
    """Return which parts libraries of the bundle belong to, besides packages as such, and faults.

    Parameters
    ----------
    names
        The libraries, as they lie in the bundle, with slashes.
    owner_of
        Of each that is from a package, the package. Others are those of the system or of Python.

    Returns
    -------
    parts
        Sorted by name.
    faults
        A sentence for each library that nothing is known about.
    """
    members: dict[int, list[str]] = defaultdict(list)
    system, faults = [], []
    all_names = sorted(names)
    inside = {PurePosixPath(name).name for name in all_names if "/" in name}
    for name in all_names:
        if name in inside:  # a link of PyInstaller to the one in a folder
            continue
        owner = owner_of.get(name, "")
        index = _table_index(owner, stem(name))
        if index is not None:
            members[index].append(name)
        elif not owner:
            system.append(name)
        elif _FOREIGN.search(name):
            faults.append(f"{owner} brings {name}: its licence must go into tools/audit/table.toml")
    parts = [_table_part(TABLE["part"][index], files) for index, files in members.items()]
    of_system, more = _of_system(system)
    return sorted([*parts, *of_system], key=lambda part: part.name.lower()), faults + more


def _table_part(row: dict[str, Any], files: list[str]) -> BundledPart:
    known = {
        "FFmpeg of PyAV": lambda: av.ffmpeg_version_info,
        "Qt": lambda: metadata.version("PySide6-Essentials"),
        "Python": platform.python_version,
    }
    version = known.get(row["name"], str)()
    texts = common_texts(row["texts"])
    return BundledPart(row["name"], version, row["license"], texts, files=tuple(files))


def _table_index(owner: str, name: str) -> int | None:
    for index, row in enumerate(TABLE["part"]):
        patterns = row["libraries"] if owner in row["owner"].split("|") else ()
        if any(re.fullmatch(pattern, name) for pattern in patterns):
            return index
    return None


def _system_licence(name: str) -> str:
    for licence, names in TABLE["system"].items():
        if any(re.fullmatch(pattern.replace("+", r"\+"), name) for pattern in names):
            return licence
    return ""


def _of_system(names: list[str]) -> tuple[list[BundledPart], list[str]]:
    """Return the packages of Debian that libraries are from, each with its text, and faults."""
    if not names or sys.platform != "linux":  # elsewhere they came with Python, under its text
        return [], []
    if not shutil.which("dpkg-query"):
        return [], ["Only Debian and its kind tell the licences of their libraries: build there"]
    files_of, faults = defaultdict(list), []
    package_of = _debian_packages(names)
    for name in names:
        if package := package_of.get(name):
            files_of[package].append(name)
        else:
            faults.append(f"No Debian package has {name}, which is in the bundle")
    return [_debian_part(package, files) for package, files in files_of.items()], faults


def _debian_packages(names: list[str]) -> dict[str, str]:
    asked = {name: _places(PurePosixPath(name).name) for name in names}
    command = ["dpkg-query", "-S", *(place for places in asked.values() for place in places)]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = {}
    for line in listed.splitlines():
        package, _, path = line.partition(": ")
        found[PurePosixPath(path).name] = package.partition(",")[0]
    return {name: found[base] for name in names if (base := PurePosixPath(name).name) in found}


def _places(name: str) -> list[str]:
    """Return where a library may lie for dpkg; what the linker does not know is searched (slow)."""
    path = _linked().get(name)
    if path is None:
        return [f"*/{name}"]
    short = path.removeprefix("/usr")  # dpkg has one of both, and the linker either
    return [short, f"/usr{short}"]


@cache
def _linked() -> dict[str, str]:
    """Return the libraries in the cache of the dynamic linker, the first of each name."""
    program = shutil.which("ldconfig") or "/sbin/ldconfig"
    listed = subprocess.run([program, "-p"], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in reversed(listed.splitlines()) if " => " in line]
    return {row[0]: row[-1] for row in rows}


def _debian_part(package: str, files: list[str]) -> BundledPart:
    query = ["dpkg-query", "-W", "-f", "${Package} ${Version} ${Architecture}", package]
    said = subprocess.run(query, capture_output=True, text=True, check=True).stdout
    name, version, architecture = said.split()
    text = Path("/usr/share/doc") / name / "copyright"
    licences = sorted({_system_licence(stem(file)) for file in files})
    if len(licences) > 1:
        licences = [f"({licence})" if licence else "" for licence in licences]
    return BundledPart(
        name,
        version,
        "" if "" in licences else " AND ".join(licences),
        {"copyright": text} if text.is_file() else {},
        f"pkg:deb/debian/{name}@{quote(version)}?arch={architecture}",
        tuple(files),
    )
