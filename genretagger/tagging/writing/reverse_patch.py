"""Reverse patch: makes the old file from the new one, byte for byte.

A new tag moves the audio as one piece, so the new file holds almost every stretch of the old one,
either at the same position or moved by the difference of the two sizes. The patch says which, and
holds the few bytes that are at neither position: a tag, and the page headers of a renumbered Ogg
file. Needs no knowledge of containers and never holds a file in memory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

import zstandard

from genretagger.tagging.layout import peek, size_of

MAX_BYTES: Final = 4 << 20
_MAX_PLAIN_BYTES: Final = 64 << 20
_BLOCK_BYTES: Final = 1 << 18
_SMALLEST_BYTES: Final = 32  # below, a reference costs as much as the bytes themselves
_HEADER: Final = struct.Struct("<QQI")  # old size, new size, number of stretches
_STRETCH: Final = struct.Struct("<BQ")  # kind, length
_SAME, _MOVED, _LITERAL = range(3)


class PatchError(Exception):
    """The patch was made for another file or is damaged."""


def make(old: BinaryIO, new: BinaryIO) -> bytes | None:
    """Return the patch that makes `old` from `new`, None if it would exceed `MAX_BYTES`."""
    old_size, new_size = size_of(old), size_of(new)
    shift = new_size - old_size
    stretches: list[tuple[int, int]] = []
    literals = bytearray()
    for start in range(0, old_size, _BLOCK_BYTES):
        block = peek(old, start, size=_BLOCK_BYTES)
        same = peek(new, start, size=_BLOCK_BYTES)
        moved = _read_moved(new, start + shift, size=len(block))
        for kind, piece in _split_block(block, same, moved):
            if kind == _LITERAL:
                literals += piece
            if stretches and stretches[-1][0] == kind:
                stretches[-1] = kind, stretches[-1][1] + len(piece)
            else:
                stretches.append((kind, len(piece)))
        if len(literals) > _MAX_PLAIN_BYTES:
            return None
    head = _HEADER.pack(old_size, new_size, len(stretches))
    plain = head + b"".join(_STRETCH.pack(*stretch) for stretch in stretches) + bytes(literals)
    patch = zstandard.ZstdCompressor(level=10).compress(plain)
    return patch if len(patch) <= MAX_BYTES else None


def _read_moved(new: BinaryIO, start: int, *, size: int) -> bytes:
    """Return `size` bytes of `new` from `start`; positions before the file read as zeros."""
    before = min(max(-start, 0), size)
    return bytes(before) + peek(new, start + before, size=size - before)


def _split_block(block: bytes, same: bytes, moved: bytes) -> Iterator[tuple[int, bytes]]:
    """Cut `block` into pieces that are the same, moved or literal."""
    if block == same[: len(block)]:
        yield _SAME, block
    elif block == moved:
        yield _MOVED, block
    elif len(block) <= _SMALLEST_BYTES:
        yield _LITERAL, block
    else:
        half = len(block) // 2
        yield from _split_block(block[:half], same[:half], moved[:half])
        yield from _split_block(block[half:], same[half:], moved[half:])


def new_size(patch: bytes) -> int | None:
    """Return the size of the file that `patch` was made for, None if it is damaged."""
    try:
        head = zstandard.ZstdDecompressor().decompressobj().decompress(patch)[: _HEADER.size]
        return int(_HEADER.unpack(head)[1])
    except (zstandard.ZstdError, struct.error):
        return None


def apply(patch: bytes, new: BinaryIO, old: BinaryIO) -> None:
    """Make `old` from `new`.

    The result is right only if `patch` was made for `new`: the caller compares hashes.

    Raises
    ------
    PatchError
        The patch is damaged or made for a file of another size.
    """
    try:
        plain = zstandard.ZstdDecompressor().decompress(patch, max_output_size=4 * _MAX_PLAIN_BYTES)
        old_size, new_size, count = _HEADER.unpack_from(plain)
        literal_at = _HEADER.size + count * _STRETCH.size
        stretches = list(_STRETCH.iter_unpack(plain[_HEADER.size : literal_at]))
    except (zstandard.ZstdError, struct.error) as error:
        raise PatchError(str(error)) from error
    if new_size != size_of(new) or old_size != sum(length for _, length in stretches):
        raise PatchError("sizes differ")
    position = 0
    for kind, length in stretches:
        if kind == _LITERAL:
            old.write(plain[literal_at : literal_at + length])
            literal_at += length
        else:
            start = position if kind == _SAME else position + new_size - old_size
            _copy(new, old, start=start, length=length)
        position += length


def _copy(source: BinaryIO, target: BinaryIO, *, start: int, length: int) -> None:
    zeros = min(max(-start, 0), length)
    target.write(bytes(zeros))
    start, length = start + zeros, length - zeros
    while length:
        block = peek(source, start, size=min(length, _BLOCK_BYTES))
        if not block:
            raise PatchError("the file ends too early")
        target.write(block)
        start, length = start + len(block), length - len(block)
