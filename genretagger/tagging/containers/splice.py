"""Replacing a stretch of an open file by another of any length: the rest moves along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from genretagger.tagging.layout import BLOCK_BYTES, size_of


def splice(stream: BinaryIO, data: bytes, *, start: int, end: int) -> None:
    """Put `data` in the place of the bytes from `start` to `end`; what follows moves.

    Raises
    ------
    OSError
        The disk failed; the file may be spoilt.
    """
    size, shift = size_of(stream), len(data) - (end - start)
    if shift:
        for at, length in _moves(end, size, backwards=shift > 0):
            stream.seek(at)
            block = stream.read(length)
            stream.seek(at + shift)
            stream.write(block)
        stream.truncate(size + shift)
    stream.seek(start)
    stream.write(data)


def _moves(start: int, end: int, *, backwards: bool) -> Iterable[tuple[int, int]]:
    """Return offset and length of each block, in an order in which none is written over unread."""
    starts = range(start, end, BLOCK_BYTES)
    return [(at, min(BLOCK_BYTES, end - at)) for at in (reversed(starts) if backwards else starts)]
