"""Where things lie in a file of each container: spans of bytes, read from an open binary stream.

Knows nothing of genres, paths and mutagen, and never writes. Every function that reads a
stream raises LayoutError where the bytes violate the format.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from genretagger.core.errors import printable
from genretagger.core.files.window import size_of

__all__ = [
    "BLOCK_BYTES",
    "LayoutError",
    "TooLargeError",
    "blocks",
    "peek",
    "read_at",
    "size_of",
]

BLOCK_BYTES = 1 << 20


class LayoutError(Exception):
    """The file is cut off or violates its container's format; `part` names where."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = printable(part)  # names come from the file


class TooLargeError(LayoutError):
    """The new content of `part` is larger than its size field can express."""


def read_at(stream: BinaryIO, offset: int, *, size: int, part: str) -> bytes:
    """Return exactly `size` bytes from `offset`."""
    data = peek(stream, offset, size=size)
    if len(data) != size:
        raise LayoutError(part)
    return data


def peek(stream: BinaryIO, offset: int, *, size: int) -> bytes:
    """Return up to `size` bytes from `offset`; fewer at the end of the file or before its start."""
    if offset < 0:
        return b""
    if size > BLOCK_BYTES:  # Python sets aside the memory of a read in advance
        size = min(size, max(size_of(stream) - offset, 0))
    stream.seek(offset)
    return stream.read(size)


def blocks(stream: BinaryIO, *, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from `start` to `end` in blocks; ends with the file if that is first."""
    stream.seek(start)
    while start < end:
        block = stream.read(min(BLOCK_BYTES, end - start))
        if not block:
            return
        start += len(block)
        yield block
