"""Native FLAC: metadata blocks, then frames (RFC 9639, sections 6 to 9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Final

from genretagger.tagging.layout import LayoutError, TooLargeError, mpeg, peek, read_at, size_of

STREAMINFO: Final = 0
PADDING: Final = 1
VORBIS_COMMENT: Final = 4
LAST: Final = 0x80  # in the first byte of a block's head
BLOCK_HEAD_BYTES: Final = 4
MOST_BLOCK_BYTES: Final = (1 << 24) - 1
_SYNC_MASK: Final = 0xFFFE  # 15 bits of sync code; the last bit is the blocking strategy
_SYNC: Final = 0xFFF8


@dataclass(frozen=True, slots=True)
class FlacBlock:
    """A metadata block: its type and where its payload lies."""

    kind: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class FlacLayout:
    """`start` is where `fLaC` stands (an ID3v2 tag may precede it); the frames end at `end`.

    Tags of other programs may follow them.
    """

    start: int
    blocks: tuple[FlacBlock, ...]
    frames: int
    end: int


def parse(stream: BinaryIO) -> FlacLayout:
    """Return the layout of a FLAC file."""
    start = mpeg.read_id3v2_size(stream, 0)
    if peek(stream, start, size=4) != b"fLaC":
        raise LayoutError("FLAC")
    offset, blocks, last = start + 4, [], False
    while not last:
        header = read_at(stream, offset, size=BLOCK_HEAD_BYTES, part="FLAC")
        size = int.from_bytes(header[1:], "big")
        blocks.append(FlacBlock(header[0] & 0x7F, offset + BLOCK_HEAD_BYTES, size))
        offset += BLOCK_HEAD_BYTES + size
        last = bool(header[0] & LAST)
        if offset > size_of(stream):
            raise LayoutError("FLAC")
    sync = peek(stream, offset, size=2)
    if sync and int.from_bytes(sync, "big") & _SYNC_MASK != _SYNC:
        raise LayoutError("FLAC")
    end = mpeg.find_audio(stream)[1]
    return FlacLayout(start, tuple(blocks), offset, end if end >= offset else size_of(stream))


def build_block_head(old: bytes, *, size: int) -> bytes:
    """Return the head of a metadata block: type and last flag of `old`, another size.

    Raises
    ------
    TooLargeError
        No block can be that long.
    """
    if size > MOST_BLOCK_BYTES:
        raise TooLargeError("FLAC comments of more than 16 MiB")
    return old[:1] + size.to_bytes(3, "big")
