"""What a shared library of Linux needs and offers, as binutils' `objdump` tells it.

Field names: System V ABI, chapters 4 and 5 (https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html).
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_NEEDED = re.compile(r"^  NEEDED +(\S+)$", re.MULTILINE)
_LOAD = re.compile(r"^ +LOAD off +0x(\w+) vaddr 0x(\w+) paddr \w+ align 2\*\*(\d+)$", re.MULTILINE)
# Of `objdump -T`: value, seven flags (the last is the type), section, size, version, name.
_SYMBOL = re.compile(
    r"^[0-9a-f]+ (.{7})\s(\S+)\s+([0-9a-f]+) +(?:\(?([\w.]+)\)? +)?(?:\.\w+ +)?(\S+)$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol for the dynamic linker; `size` in bytes, `version` "" without one."""

    name: str
    version: str
    is_function: bool
    is_defined: bool
    size: int


def _objdump(option: str, path: Path) -> str:
    done = subprocess.run(["objdump", option, path], capture_output=True, text=True, check=True)
    return done.stdout


@cache
def is_elf(path: Path) -> bool:
    """Return whether a file begins as ELF files do."""
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


@cache
def needed(path: Path) -> frozenset[str]:
    """Return the names of the libraries that the dynamic linker loads with this one."""
    return frozenset(_NEEDED.findall(_objdump("-p", path)))


def needed_glibc(path: Path) -> tuple[int, int]:
    """Return the newest version of glibc that a file names; (0, 0) if it names none."""
    found = re.findall(r" GLIBC_(\d+)\.(\d+)", _objdump("-p", path))
    return max(((int(major), int(minor)) for major, minor in found), default=(0, 0))


@cache
def symbols(path: Path) -> tuple[Symbol, ...]:
    """Return the symbols that this library offers, and those that it takes from others."""
    found = _SYMBOL.findall(_objdump("-T", path))
    return tuple(
        Symbol(name, version, flags.endswith("F"), section != "*UND*", int(size, 16))
        for flags, section, size, version, name in found
    )


def can_be_loaded(path: Path) -> bool:
    """Return whether each segment lies in the file as it will lie in memory, page for page.

    `strip` moves the segments of libraries that `patchelf` had rewritten, as auditwheel does; the
    dynamic linker then refuses them ("address/offset not page-aligned").
    """
    loads = _LOAD.findall(_objdump("-p", path))
    return bool(loads) and all(
        (int(offset, 16) - int(address, 16)) % (1 << int(align)) == 0
        for offset, address, align in loads
    )
