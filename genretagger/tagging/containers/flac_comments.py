"""The comment block of a FLAC file replaced: every other block stays byte for byte."""

from __future__ import annotations

from typing import BinaryIO

from genretagger.tagging.containers.splice import splice
from genretagger.tagging.layout import flac, read_at


def find(stream: BinaryIO) -> flac.Block | None:
    """Return the first comment block, which is the one that programs read, None without one.

    Raises
    ------
    LayoutError
        A block is longer than the file.
    """
    blocks = flac.parse(stream).blocks
    return next((block for block in blocks if block.kind == flac.VORBIS_COMMENT), None)


def replace(stream: BinaryIO, data: bytes) -> None:
    """Put `data` in the place of the comments of a file open for reading and writing.

    A file without comments gets a block behind STREAMINFO, which must be the first (RFC 9639, 8).

    Raises
    ------
    LayoutError
        A block is longer than the file, or `data` is longer than a block can be.
    OSError
        The disk failed; the file may be spoilt.
    """
    block = find(stream)
    if block is not None:
        start = block.start - flac.BLOCK_HEAD_BYTES
        head = read_at(stream, start, size=flac.BLOCK_HEAD_BYTES, part="FLAC")
        new = flac.block_head(head, size=len(data)) + data
        splice(stream, new, start=start, end=block.start + block.size)
        return
    first = flac.parse(stream).blocks[0]
    start, end = first.start - flac.BLOCK_HEAD_BYTES, first.start + first.size
    kind = read_at(stream, start, size=1, part="FLAC")[0]
    new = flac.block_head(bytes([kind & flac.LAST | flac.VORBIS_COMMENT]), size=len(data)) + data
    splice(stream, new, start=end, end=end)
    splice(stream, bytes([kind & ~flac.LAST]), start=start, end=start + 1)
