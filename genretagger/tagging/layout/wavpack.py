"""WavPack: blocks that begin with their size (WavPack 5 file format, "Block Header")."""

from __future__ import annotations

import struct
from typing import BinaryIO, Final, NamedTuple

from genretagger.tagging.layout import LayoutError, blocks, mpeg, peek

_MARK: Final = b"wvpk"
_MARK_AND_SIZE_BYTES: Final = 8  # the size counts what follows it
_BLOCK_HEAD: Final = struct.Struct("<4sIHBBIII")  # mark .. number of the block's samples
_UNKNOWN: Final = 0xFFFFFFFF  # how many samples there are, in a stream


def require_whole(stream: BinaryIO) -> None:
    """Check that the blocks fill the file between its tags."""
    at, end = mpeg.find_audio(stream)
    while at < end:
        head = peek(stream, at, size=_MARK_AND_SIZE_BYTES)
        if len(head) < _MARK_AND_SIZE_BYTES or not head.startswith(_MARK):
            raise LayoutError("WavPack")
        at += _MARK_AND_SIZE_BYTES + int(struct.unpack_from("<I", head, len(_MARK))[0])
    if at > end:
        raise LayoutError("WavPack")


class Samples(NamedTuple):
    """How many samples the complete blocks hold, and how many the first promises (or 0).

    has_tail : whether bytes follow in which no block begins
    """

    there: int
    promised: int
    has_tail: bool


def count_samples(stream: BinaryIO) -> Samples:
    """Return the numbers of samples, as far as blocks follow one another."""
    at, end = mpeg.find_audio(stream)
    there = promised = 0
    while at < end:
        head = peek(stream, at, size=_BLOCK_HEAD.size)
        if len(head) < _BLOCK_HEAD.size or not head.startswith(_MARK):
            break
        _, size, _, index_above, total_above, total, index, n_samples = _BLOCK_HEAD.unpack(head)
        at += _MARK_AND_SIZE_BYTES + size
        if not promised and n_samples:
            promised = 0 if total == _UNKNOWN else total + total_above * _UNKNOWN
        if at <= end:
            there = max(there, index + (index_above << 32) + n_samples)
    rest = blocks(stream, start=at, end=end)
    return Samples(there, promised, at < end and not any(_MARK in block for block in rest))
