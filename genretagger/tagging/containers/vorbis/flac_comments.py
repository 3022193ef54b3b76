"""Replace the comment block of a FLAC file; every other block stays byte for byte."""

from __future__ import annotations

from typing import BinaryIO

from genretagger.tagging.containers.splice import splice
from genretagger.tagging.layout import flac, read_at


def find_block(stream: BinaryIO) -> flac.FlacBlock | None:
    """Return the first comment block, the one that programs read, None without one.

    Raises
    ------
    LayoutError
        A block is longer than the file.
    """
    blocks = flac.parse(stream).blocks
    return next((block for block in blocks if block.kind == flac.VORBIS_COMMENT), None)


def replace(stream: BinaryIO, data: bytes) -> None:
    """Replace the comments of a file open for reading and writing by `data`.

    Padding behind them takes up the difference, so that the audio need not move. A file without
    comments gets a block behind STREAMINFO, which must be the first (RFC 9639, 8).

    Raises
    ------
    LayoutError
        A block is longer than the file.
    TooLargeError
        `data` is longer than a block can be.
    OSError
        The disk failed; the file may be spoilt.
    """
    block = find_block(stream)
    if block is None:
        _add(stream, data)
        return
    start, end = block.start - flac.BLOCK_HEAD_BYTES, block.start + block.size
    new = flac.build_block_head(_head(stream, block), size=len(data)) + data
    padding = _padding(stream, behind=end, more_bytes=len(data) - block.size)
    if padding is not None:
        between = padding.start - flac.BLOCK_HEAD_BYTES - end
        size = padding.size - (len(data) - block.size)
        zeros = read_at(stream, padding.start, size=min(size, padding.size), part="FLAC")
        new += read_at(stream, end, size=between, part="FLAC")
        new += flac.build_block_head(_head(stream, padding), size=size) + zeros.ljust(size, b"\0")
        end = padding.start + padding.size
    splice(stream, new, start=start, end=end)


def _head(stream: BinaryIO, block: flac.FlacBlock) -> bytes:
    at = block.start - flac.BLOCK_HEAD_BYTES
    return read_at(stream, at, size=flac.BLOCK_HEAD_BYTES, part="FLAC")


def _padding(stream: BinaryIO, *, behind: int, more_bytes: int) -> flac.FlacBlock | None:
    """Return the last padding that can shrink by `more_bytes` (or grow), None without one."""
    candidates = [
        block
        for block in flac.parse(stream).blocks
        if block.kind == flac.PADDING
        and block.start > behind
        and 0 <= block.size - more_bytes <= flac.MOST_BLOCK_BYTES
    ]
    return candidates[-1] if candidates else None


def _add(stream: BinaryIO, data: bytes) -> None:
    first = flac.parse(stream).blocks[0]
    start, end = first.start - flac.BLOCK_HEAD_BYTES, first.start + first.size
    kind = _head(stream, first)[0]
    new = (
        flac.build_block_head(bytes([kind & flac.LAST | flac.VORBIS_COMMENT]), size=len(data))
        + data
    )
    splice(stream, new, start=end, end=end)
    splice(stream, bytes([kind & ~flac.LAST]), start=start, end=start + 1)
