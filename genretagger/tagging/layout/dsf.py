"""DSF: where its metadata lies, which a pointer in its header names (Sony, "DSF File Format" 1.01).

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
    """The size of the file and the offset of its metadata, both as the header says."""

    total: int
    pointer: int

    def packed(self) -> tuple[int, bytes]:
        """Return where in the file they stand, and their bytes."""
        return _SIZES_AT, _SIZES.pack(self.total, self.pointer)


def read_sizes(stream: BinaryIO) -> Sizes:
    """Return the sizes of a file in which all fit."""
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
    """Return where the chunk `data` ends as it says itself; the third one always."""
    offset = HEADER_BYTES
    for name in (b"fmt ", b"data"):
        header = read_at(stream, offset, size=chunks.DSF.header_bytes, part="DSF")
        if header[:4] != name:
            raise LayoutError("DSF")
        offset += int.from_bytes(header[4:], "little")
    return offset
