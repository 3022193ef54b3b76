"""Make the shared libraries of a bundle smaller on Linux; build.spec calls it.

A library that others are linked to but never call is replaced by a stub, which offers the same
names and does nothing. What only such a library, or one left out by name, needed is left out too,
and so are most of ICU's languages. The rest loses its symbols for debuggers. docs/packaging.md has
what each of these saves.
"""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath

from tools.packaging import elf
from tools.packaging.icu_data import smaller_data

# As PyInstaller has it: the place in the bundle, the file (of a link: what it names), the kind.
Entry = tuple[str, str, str]

# What a stub's functions do: return 0.
_RETURN_ZERO = {"x86_64": "xorl %eax, %eax; ret", "aarch64": "mov x0, #0; ret"}


def slimmed(entries: Iterable[Entry], *, stubbed: Sequence[str], folder: Path) -> list[Entry]:
    """Return the entries of a bundle with smaller files, which are made in `folder`.

    Parameters
    ----------
    entries
        All binaries of the bundle.
    stubbed
        The beginnings of the names of libraries that nothing in the program calls.
    folder
        Where stubs and stripped files are kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    left = _without_orphans(_with_stubs(list(entries), stubbed, folder))
    return [_stripped(_with_less_data(entry, folder), folder) for entry in left]


def _file_name(entry: Entry) -> str:
    return PurePosixPath(entry[0]).name


def _is_file(entry: Entry) -> bool:
    return entry[2] != "SYMLINK" and elf.is_elf(Path(entry[1]))


def _with_stubs(entries: list[Entry], stubbed: Sequence[str], folder: Path) -> list[Entry]:
    files = [entry for entry in entries if _is_file(entry)]
    result = []
    for entry in entries:
        if entry in files and _file_name(entry).startswith(tuple(stubbed)):
            name = _file_name(entry)
            takers = [Path(other[1]) for other in files if name in elf.needed(Path(other[1]))]
            stub = make_stub(Path(entry[1]), takers, folder / name)
            result.append((entry[0], str(stub), entry[2]))
        else:
            result.append(entry)
    missing = [
        start for start in stubbed if not any(_file_name(e).startswith(start) for e in files)
    ]
    if missing:
        raise ValueError(f"no library begins with {', '.join(missing)}: mend the list of stubs")
    return result


def make_stub(library: Path, takers: Iterable[Path], target: Path) -> Path:
    """Write a library to `target` that has the names `takers` want of `library`; return its path.

    A stub can be loaded in the place of `library`, with `LD_BIND_NOW` too. Its functions return 0,
    its data are zeros.
    """
    offered = {symbol.name: symbol for symbol in elf.symbols(library) if symbol.is_defined}
    wanted = {
        symbol.name: symbol.version
        for taker in takers
        for symbol in elf.symbols(taker)
        if not symbol.is_defined and symbol.name in offered
    }
    source = target.with_suffix(".s")
    source.write_text(_assembly([offered[name] for name in sorted(wanted)]), encoding="utf-8")
    compiled = target.with_suffix(".o")
    subprocess.run(["as", "-o", compiled, source], check=True)
    command = ["ld", "-shared", "-soname", library.name, "-o", target, compiled]
    if versions := {version for version in wanted.values() if version}:
        script = target.with_suffix(".versions")
        script.write_text("".join(f"{version} {{ *; }};\n" for version in sorted(versions)))
        command += ["--version-script", script]
    subprocess.run(command, check=True)
    return target


def _assembly(wanted: Iterable[elf.Symbol]) -> str:
    lines = ['.section .note.GNU-stack,"",%progbits']  # without it the stack could be run
    for symbol in wanted:
        name = symbol.name
        if symbol.is_function:
            body = _RETURN_ZERO[platform.machine()]
            lines += [".text", f".globl {name}", f".type {name}, %function", f"{name}: {body}"]
        else:
            lines += [".data", f".globl {name}", f".type {name}, %object"]
            lines += [f".size {name}, {symbol.size}", f"{name}: .zero {symbol.size}"]
    return "\n".join(lines) + "\n"


def _with_less_data(entry: Entry, folder: Path) -> Entry:
    if _is_file(entry) and _file_name(entry).startswith("libicudata."):
        return (entry[0], str(smaller_data(Path(entry[1]), folder)), entry[2])
    return entry


def _without_orphans(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out libraries that neither a plugin, an extension module nor Python needs."""
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        by_name.setdefault(_file_name(entry), []).append(entry)
    reached: set[str] = set()
    waiting = [_file_name(entry) for entry in entries if not _may_be_orphan(entry)]
    while waiting:
        name = waiting.pop()
        if name not in reached and name in by_name:
            reached.add(name)
            waiting += needs_of(by_name[name])
    return [entry for entry in entries if _file_name(entry) in reached]


def needs_of(entries: Collection[Entry]) -> set[str]:
    """Return the names of all libraries that these files need."""
    return {name for entry in entries if _is_file(entry) for name in elf.needed(Path(entry[1]))}


def _may_be_orphan(entry: Entry) -> bool:
    """Return whether an entry is a library, which is in the bundle only for others."""
    place, _, kind = entry
    if kind == "EXTENSION" or "/plugins/" in place or _file_name(entry).startswith("libpython"):
        return False
    return ".so" in _file_name(entry)


def _stripped(entry: Entry, folder: Path) -> Entry:
    place, source, kind = entry
    if not _is_file(entry) or Path(source).parent == folder:
        return entry
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["strip", "--strip-unneeded", "-o", target, source], check=True)
    return (place, str(target), kind) if elf.can_be_loaded(target) else entry
