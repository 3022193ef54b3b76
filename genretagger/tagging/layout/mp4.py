"""MP4: a tree of atoms (ISO/IEC 14496-12, 4.2; QuickTime File Format, "Atoms")."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Final

from genretagger.tagging.layout import LayoutError, mpeg, peek, read_at, size_of

OFFSET_TABLES: Final = {b"stco": ">I", b"co64": ">Q"}
_PARENTS: Final = (b"moov", b"udta", b"trak", b"mdia", b"minf", b"stbl")
# What stands at the top (ISO/IEC 14496-12, 6.2.3; QuickTime File Format, "Atoms").
_TOP: Final = frozenset(
    b"ftyp styp pdin moov moof mfra mdat imda free skip wide meta meco sidx ssix prft emsg uuid "
    b"udta pnot".split()
)
_NEEDED: Final = frozenset({b"moov", b"mdat"})
_META_BYTES: Final = 4  # version and flags in front of the children of `meta`
_HANDLER_AT: Final = 8  # in `hdlr`, behind version, flags and a reserved number
_FLAGS_BYTES: Final = 4  # with the version in front
_ENABLED: Final = 1


@dataclass(frozen=True, slots=True)
class Atom:
    """An atom: its payload lies from `start` to `end`."""

    name: bytes
    start: int
    end: int


def walk_atoms(stream: BinaryIO, *, start: int, end: int) -> Iterator[Atom]:
    """Yield the atoms from `start` to `end`, not those inside them."""
    for atom in _claimed(stream, start=start, end=end):
        if atom.end > end:
            raise LayoutError(f"MP4 {atom.name.decode('latin-1')}")
        yield atom


def _claimed(stream: BinaryIO, *, start: int, end: int) -> Iterator[Atom]:
    """Yield the atoms from `start` to `end` as their heads claim; the last may be longer."""
    while start + 8 <= end:
        header = read_at(stream, start, size=8, part="MP4")
        size, name, header_bytes = int.from_bytes(header[:4], "big"), header[4:], 8
        if size == 1:  # the size follows in 64 bits
            size = int.from_bytes(read_at(stream, start + 8, size=8, part="MP4"), "big")
            header_bytes = 16
        elif size == 0:  # to the end
            size = end - start
        if size < header_bytes:
            raise LayoutError(f"MP4 {name.decode('latin-1')}")
        yield Atom(name, start + header_bytes, start + size)
        start += size


def walk_claimed(stream: BinaryIO) -> Iterator[Atom]:
    """Yield the atoms of the file as their heads claim; the last may exceed the file."""
    return _claimed(stream, start=0, end=find_end(stream))


def find_end(stream: BinaryIO) -> int:
    """Return where the atoms end: in front of other programs' tags, if atoms fill all before.

    Behind sound and index, what exceeds the file and has no name of a top-level atom is no atom,
    such as an ID3v2 tag without a size. Before both, the file is cut off there.
    """
    size = size_of(stream)
    end = size
    with suppress(LayoutError):
        end = mpeg.find_audio(stream)[1]
    names: set[bytes] = set()
    last = 0
    try:
        for atom in _claimed(stream, start=0, end=end):
            if atom.end > end and atom.name not in _TOP:
                raise LayoutError("MP4")
            names.add(atom.name)
            last = atom.end
    except LayoutError:
        return last if names >= _NEEDED else size
    return end if last == end else size


def read_top_level(stream: BinaryIO) -> list[Atom]:
    """Return the atoms of the file."""
    return list(walk_atoms(stream, start=0, end=find_end(stream)))


def read_children(stream: BinaryIO, parent: Atom) -> list[Atom]:
    """Return the atoms in `parent`."""
    skipped = _META_BYTES if parent.name == b"meta" else 0
    return list(walk_atoms(stream, start=parent.start + skipped, end=parent.end))


def find_atoms(stream: BinaryIO, *names: bytes) -> list[Atom]:
    """Return every atom at the path `names`, from the top of the file."""
    matching = [atom for atom in read_top_level(stream) if atom.name == names[0]]
    for name in names[1:]:
        inside = [child for atom in matching for child in read_children(stream, atom)]
        matching = [child for child in inside if child.name == name]
    return matching


def is_quicktime(stream: BinaryIO) -> bool:
    """Return whether the user data have QuickTime's form, which ISO/IEC 14496-12 lacks.

    Four zeros end them, where the size of an atom would stand, or `meta` has no version and flags
    (QuickTime File Format, "User data atoms" and "Metadata atom").
    """
    for data in find_atoms(stream, b"moov", b"udta"):
        atoms = read_children(stream, data)
        end = atoms[-1].end if atoms else data.start
        sizes = [peek(stream, atom.start - 8, size=4) for atom in atoms]
        if bytes(4) in (*sizes, peek(stream, end, size=data.end - end)):
            return True
        metas = [atom.start for atom in atoms if atom.name == b"meta"]
        if any(peek(stream, start + _META_BYTES, size=4) == b"hdlr" for start in metas):
            return True
    return False


def walk_leaves(stream: BinaryIO) -> Iterator[tuple[tuple[bytes, ...], Atom]]:
    """Yield path and atom of each leaf in `moov`; `meta` and sample tables count as leaves."""
    for atom in read_top_level(stream):
        if atom.name == b"moov":
            yield from _leaves(stream, atom, names=(b"moov",))


def _leaves(
    stream: BinaryIO, parent: Atom, *, names: tuple[bytes, ...]
) -> Iterator[tuple[tuple[bytes, ...], Atom]]:
    for child in read_children(stream, parent):
        path = (*names, child.name)
        if child.name in _PARENTS and len(names) < len(_PARENTS):
            yield from _leaves(stream, child, names=path)
        else:
            yield path, child


def read_handler(stream: BinaryIO, media: Atom) -> bytes:
    """Return what the track of an `mdia` atom holds: `soun`, `vide` or another."""
    handlers = [child for child in read_children(stream, media) if child.name == b"hdlr"]
    return peek(stream, handlers[0].start + _HANDLER_AT, size=4) if handlers else b""


def find_heard_stream(stream: BinaryIO) -> int:
    """Return the index of the first enabled track among the sound tracks, else 0.

    FFmpeg takes an enabled track for a default one (ISO/IEC 14496-12, 8.3.2, `track_enabled`).
    """
    index = 0
    for track in find_atoms(stream, b"moov", b"trak"):
        atoms = {atom.name: atom for atom in read_children(stream, track)}
        if b"mdia" not in atoms or read_handler(stream, atoms[b"mdia"]) != b"soun":
            continue
        head = atoms.get(b"tkhd")
        flags = peek(stream, head.start, size=_FLAGS_BYTES) if head else b""
        if int.from_bytes(flags, "big") & _ENABLED:
            return index
        index += 1
    return 0


def read_chunk_offsets(stream: BinaryIO) -> list[int]:
    """Return the file offset of each chunk of samples, table after table."""
    tables = find_atoms(stream, b"moov", b"trak", b"mdia", b"minf", b"stbl")
    return [offset for table in tables for offset in read_offsets(stream, table)]


def read_offsets(stream: BinaryIO, table: Atom) -> list[int]:
    """Return the file offsets of the chunks of one track, given its `stbl`."""
    return [
        offset
        for atom in read_children(stream, table)
        if atom.name in OFFSET_TABLES
        for (offset,) in read_entries(stream, atom, form=OFFSET_TABLES[atom.name])
    ]


def read_entries(stream: BinaryIO, atom: Atom, *, form: str) -> list[tuple[int, ...]]:
    """Return the entries of a table, which begins with version, flags and their number."""
    count = int.from_bytes(peek(stream, atom.start + 4, size=4), "big")
    size = count * struct.calcsize(form)
    part = f"MP4 {atom.name.decode('latin-1')}"
    if atom.start + 8 + size > atom.end:
        raise LayoutError(part)
    data = read_at(stream, atom.start + 8, size=size, part=part)
    return list(struct.iter_unpack(form, data))
