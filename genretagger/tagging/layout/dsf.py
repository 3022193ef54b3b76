"""DSF: its metadata lies where a pointer in the header leads (Sony, "DSF File Format" 1.01).

The header is `DSD `, its own size, the size of the file and the pointer (0: no metadata).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO, Final

from genretagger.tagging.layout import LayoutError, chunks, read_at, size_of

HEADER_BYTES: Final = 28
_SIZES: Final = struct.Struct("<QQ")
_SIZES_AT: Final = 12


@dataclass(frozen=True, slots=True)
class Sizes:
    """The size of the file and the offset of its metadata, as the header claims them."""

    total: int
    pointer: int

    def packed(self) -> tuple[int, bytes]:
        """Return the offset of the two numbers in the file, and their bytes."""
        return _SIZES_AT, _SIZES.pack(self.total, self.pointer)


def read_sizes(stream: BinaryIO) -> Sizes:
    """Return the sizes, which must fit the file."""
    header = read_at(stream, 0, size=HEADER_BYTES, part="DSF")
    sizes = Sizes(*_SIZES.unpack_from(header, _SIZES_AT))
    end = size_of(stream)
    if header[:4] != b"DSD " or sizes.total > end:
        raise LayoutError("DSF")
    behind = find_audio_end(stream)
    if behind > end or (sizes.pointer and not behind <= sizes.pointer <= end):
        raise LayoutError("DSF")
    return sizes


def find_audio_end(stream: BinaryIO) -> int:
    """Return the claimed end of `data`, which is always the third chunk."""
    offset = HEADER_BYTES
    for name in (b"fmt ", b"data"):
        header = read_at(stream, offset, size=chunks.DSF.header_bytes, part="DSF")
        if header[:4] != name:
            raise LayoutError("DSF")
        offset += int.from_bytes(header[4:], "little")
    return offset
