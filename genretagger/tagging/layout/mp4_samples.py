"""MP4: where the samples of a track lie according to its tables (ISO/IEC 14496-12, 8.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from typing import BinaryIO

from genretagger.tagging.layout import LayoutError, mp4, read_at

_SIZES_AT = 12  # version and flags, the size of all samples or 0, their number


def find_chunk_spans(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """Yield start and end of each chunk of samples, as offsets in the file.

    A chunk counts as one byte if its samples have no size or one in compact form (`stz2`).
    """
    for table in mp4.find_atoms(stream, b"moov", b"trak", b"mdia", b"minf", b"stbl"):
        atoms = {atom.name: atom for atom in mp4.read_children(stream, table)}
        offsets = mp4.read_offsets(stream, table)
        bytes_of = _bytes_of(stream, atoms.get(b"stsz"))
        first = 0
        for offset, n in zip(
            offsets, _counts(stream, atoms.get(b"stsc"), len(offsets)), strict=True
        ):
            yield offset, offset + max(bytes_of(first, first + n), 1)
            first += n


def _counts(stream: BinaryIO, atom: mp4.Atom | None, n_chunks: int) -> list[int]:
    """Return the number of samples of each chunk; an entry holds until the next one."""
    entries = mp4.read_entries(stream, atom, form=">III") if atom else []
    counts: list[int] = []
    for (chunk, n_samples, _), (following, _, _) in pairwise([*entries, (n_chunks + 1, 0, 0)]):
        if chunk != len(counts) + 1 or not chunk <= following <= n_chunks + 1:
            raise LayoutError("MP4 stsc")
        counts += [n_samples] * (following - chunk)
    return counts or [0] * n_chunks


def _bytes_of(stream: BinaryIO, atom: mp4.Atom | None) -> Callable[[int, int], int]:
    """Return a function that gives the bytes of the samples from a first to before a last."""
    if atom is None:
        return lambda _first, _last: 0
    head = read_at(stream, atom.start, size=_SIZES_AT, part="MP4 stsz")
    every, count = int.from_bytes(head[4:8], "big"), int.from_bytes(head[8:], "big")
    if every:
        return lambda first, last: every * (min(last, count) - min(first, count))
    if atom.start + _SIZES_AT + 4 * count > atom.end:
        raise LayoutError("MP4 stsz")
    data = memoryview(read_at(stream, atom.start + _SIZES_AT, size=4 * count, part="MP4 stsz"))
    sizes = (int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4))
    before = list(accumulate(sizes, initial=0))
    return lambda first, last: before[min(last, count)] - before[min(first, count)]
