"""The parts of the program: packages of .ci/lock-run.txt, Python, and the libraries within."""

from __future__ import annotations

import platform
import re
import sys
import sysconfig
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import license_expression
from packaging.requirements import Requirement

from tools import lock

ROOT = lock.ROOT
_HERE = Path(__file__).resolve().parent
TABLE = tomllib.loads((_HERE / "table.toml").read_text("utf-8"))
_SPDX = license_expression.get_spdx_licensing()
_COMPATIBLE = {str(_SPDX.parse(text)) for text in TABLE["compatible"]}
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)


@dataclass(frozen=True)
class BundledPart:
    """Something of others in the bundle.

    Attributes
    ----------
    name
        What a user would look for.
    version
        Empty where nothing tells it.
    licence
        An expression of SPDX.
    texts
        The files with the text of the licence, by the name that each gets.
    purl
        Its package URL; empty if it is no package of its own.
    files
        The libraries that it consists of, as they lie in the bundle.
    """

    name: str
    version: str
    licence: str
    texts: dict[str, Path]
    purl: str = ""
    files: tuple[str, ...] = ()

    def faults(self) -> list[str]:
        """Return in sentences why it cannot be passed on."""
        found = [] if self.texts else [f"{self.name} has no licence text; see tools/audit/texts/"]
        if not _is_compatible(self.licence):
            found.append(
                f"{self.name} has the licence {self.licence or '(none)'}, which is not known"
            )
            found[-1] += " to go with GPL-3.0-or-later; see tools/audit/table.toml"
        return found


def _is_compatible(licence: str) -> bool:
    try:
        return bool(licence) and _holds(_SPDX.parse(licence))
    except license_expression.ExpressionError:
        return False


def _holds(node: license_expression.Renderable) -> bool:
    if isinstance(node, license_expression.AND):
        return all(map(_holds, node.args))
    if isinstance(node, license_expression.OR):
        return any(map(_holds, node.args))
    return str(node) in _COMPATIBLE


def common_texts(names: list[str]) -> dict[str, Path]:
    """Return the texts of these names that lie here."""
    return {
        f"{name}.txt": ROOT / "LICENSE" if name == "GPL-3" else _HERE / "texts" / f"{name}.txt"
        for name in names
    }


def locked_packages() -> list[BundledPart]:
    """Return the packages of the lock that are needed here, and PyInstaller (its boot loader)."""
    pins = (entry.partition(" \\")[0] for entry in lock.entries(lock.RUN.read_text("utf-8")))
    needed = [Requirement(pin) for pin in pins]
    names = [each.name for each in needed if each.marker is None or each.marker.evaluate()]
    return [_package(metadata.distribution(name), name) for name in (*names, "pyinstaller")]


def _package(distribution: metadata.Distribution, name: str) -> BundledPart:
    texts = {
        str(file).partition(".dist-info/")[2].removeprefix("licenses/"): Path(file.locate())
        for file in distribution.files or ()
        if ".dist-info/" in str(file) and file.suffix not in (".py", ".pyc")
        if _LICENCE_FILE.search(str(file))
    }
    texts |= common_texts(TABLE["texts"].get(name, []))
    declared = distribution.metadata.get("License-Expression") or distribution.metadata.get(
        "License"
    )
    licence = TABLE["packages"].get(name) or declared or ""
    version = distribution.version
    return BundledPart(name, version, licence, texts, f"pkg:pypi/{name}@{version}")


def python() -> BundledPart:
    """Return the Python that runs this, with the text that it came with if it has one."""
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    texts = {f.name: f for folder in places if (f := folder / "LICENSE.txt").is_file()}
    version = platform.python_version()
    return BundledPart("Python", version, "Python-2.0", texts or common_texts(["python"]))


def models() -> list[BundledPart]:
    """Return the models, whose folders say where their weights come from."""
    return [
        BundledPart(
            f"model {folder.name}",
            "",
            "GPL-3.0-or-later AND ISC",
            {"LICENSES": folder / "LICENSES"},
        )
        for folder in sorted((ROOT / "models").iterdir())
        if folder.is_dir()
    ]
