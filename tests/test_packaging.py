"""What is done to the libraries of a bundle, and what its report of sizes says."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tools.packaging import elf, icons, sizes, slim
from tools.packaging.manual_hook import ManualHook

MB = 1_000_000
needs_binutils = pytest.mark.skipif(
    sys.platform != "linux" or not all(map(shutil.which, ("as", "ld", "objdump", "strip"))),
    reason="needs binutils",
)
BIG = """
.section .note.GNU-stack,"",%progbits
.text
.globl called
.type called, %function
called: mov $7, %eax; ret
.globl unused
.type unused, %function
unused: ret
.data
.globl table
.type table, %object
.size table, 24
table: .zero 24
"""
TAKER = """
.section .note.GNU-stack,"",%progbits
.text
.globl seven
.type seven, %function
seven: jmp called@PLT
.data
.globl place
.type place, %object
place: .quad table
"""


def library(folder, name, source, *needs):
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.s").write_text(source, encoding="utf-8")
    subprocess.run(["as", "-o", f"{name}.o", f"{name}.s"], cwd=folder, check=True)
    command = ["ld", "-shared", "-soname", name, "-o", name, f"{name}.o", *needs]
    subprocess.run(command, cwd=folder, check=True)
    return folder / name


@pytest.fixture
def libraries(tmp_path):
    """Return a library, one that needs both its function and its data, and one nobody needs."""
    if os.uname().machine != "x86_64":
        pytest.skip("the assembly is of x86-64")
    big = library(tmp_path, "libbig-1.so", BIG)
    orphan = library(tmp_path, "libalone.so", ".text\n", "libbig-1.so")
    return big, library(tmp_path, "taker.so", TAKER, "libbig-1.so"), orphan


@needs_binutils
def test_a_stub_takes_the_place_of_a_library(libraries, tmp_path):
    big, taker, _ = libraries
    (tmp_path / "stub").mkdir()
    stub = slim.make_stub(big, [taker], tmp_path / "stub" / big.name)
    offered = {symbol.name for symbol in elf.symbols(stub) if symbol.is_defined}
    assert offered == {"called", "table"}
    probe = f"import ctypes; print(ctypes.CDLL({str(taker)!r}).seven())"
    for folder, answer in ((big.parent, "7"), (stub.parent, "0")):
        variables = os.environ | {"LD_LIBRARY_PATH": str(folder), "LD_BIND_NOW": "1"}
        command = [sys.executable, "-c", probe]
        done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
        assert done.stdout == f"{answer}\n"


@needs_binutils
def test_a_bundle_loses_what_nobody_needs(libraries, tmp_path):
    big, taker, orphan = libraries
    entries = [
        (taker.name, str(taker), "EXTENSION"),
        (f"x.libs/{big.name}", str(big), "BINARY"),
        (big.name, f"x.libs/{big.name}", "SYMLINK"),
        (orphan.name, str(orphan), "BINARY"),
    ]
    left = slim.slimmed(entries, stubbed=["libbig-"], folder=tmp_path / "slim")
    assert [entry[0] for entry in left] == [taker.name, f"x.libs/{big.name}", big.name]
    assert all(Path(entry[1]).is_relative_to(tmp_path / "slim") for entry in left[:2])


@needs_binutils
def test_a_stub_for_a_library_that_is_not_there_is_an_error(libraries, tmp_path):
    _, taker, _ = libraries
    with pytest.raises(ValueError, match="libgone-"):
        slim.slimmed(
            [(taker.name, str(taker), "EXTENSION")], stubbed=["libgone-"], folder=tmp_path / "slim"
        )


@needs_binutils
def test_a_library_whose_segments_were_moved_cannot_be_loaded(libraries, tmp_path):
    """The offset of a segment in the file must agree with its address but for whole pages."""
    big, *_ = libraries
    assert elf.can_be_loaded(big)
    content = bytearray(big.read_bytes())
    (first,) = struct.unpack_from("<Q", content, 32)  # e_phoff
    (count,) = struct.unpack_from("<H", content, 56)  # e_phnum
    heads = range(first, first + 56 * count, 56)
    last = [head for head in heads if struct.unpack_from("<I", content, head) == (1,)][-1]
    (offset,) = struct.unpack_from("<Q", content, last + 8)
    struct.pack_into("<Q", content, last + 8, offset + 8)
    moved = tmp_path / "moved.so"
    moved.write_bytes(content)
    assert not elf.can_be_loaded(moved)
    with pytest.raises(OSError, match="page-aligned"):
        ctypes.CDLL(str(moved))


def test_a_bundle_above_a_ceiling_is_a_fault():
    small, packed = {"av.libs": 10 * MB}, {"a.deb": 20 * MB}
    assert list(sizes.faults(small, packed)) == []
    (unpacked,) = sizes.faults({"av.libs": sizes.MOST_UNPACKED + 1}, packed)
    assert "400.0 MB" in unpacked
    (download,) = sizes.faults(small, {"a.deb": sizes.MOST_PACKED + 1})
    assert download.startswith("a.deb takes 160.0 MB")


def test_the_report_of_sizes_names_what_grew(tmp_path):
    for name, size in (("_internal/av/a.so", 3), ("_internal/one.so", 2), ("genretagger", 5)):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(size))
    (tmp_path / "_internal/link.so").symlink_to("one.so")
    assert sizes.sizes_of(tmp_path) == {"av": 3, "one.so": 2, "genretagger": 5}
    grown = sizes.growth({"av": 9 * MB, "same": MB}, {"av": 7 * MB, "same": MB, "gone": 2 * MB})
    assert list(grown) == ["  av +2.0 MB", "  gone -2.0 MB"]


def test_the_icon_is_written_for_windows_and_macos(qapp):
    images = icons.drawn()
    assert {size: image[:4] for size, image in images.items()} == dict.fromkeys(
        icons.SIZES, b"\x89PNG"
    )
    ico = icons.ico(images)
    assert struct.unpack_from("<3H", ico) == (0, 1, len(images) - 1)
    for number in range(len(images) - 1):
        width, length, place = struct.unpack_from("<B7xII", ico, 6 + 16 * number)
        assert ico[place : place + length] == images[width or 256]
    icns = icons.icns(images)
    assert icns[:8] == b"icns" + struct.pack(">I", len(icns))


@pytest.mark.parametrize(
    ("target", "version", "place"),
    [
        ("wheel", "standard", "genretagger/_manual"),
        ("sdist", "standard", "build/manual"),
        ("wheel", "editable", None),
    ],
)
def test_a_wheel_takes_the_manual_along_where_it_was_built(tmp_path, target, version, place):
    hook = ManualHook(str(tmp_path), {}, None, None, "", target)
    without: dict = {"force_include": {}}
    hook.initialize(version, without)
    assert without == {"force_include": {}}
    manual = tmp_path / "build" / "manual"
    manual.mkdir(parents=True)
    data: dict = {"force_include": {}}
    hook.initialize(version, data)
    assert data["force_include"] == ({str(manual): place} if place else {})
