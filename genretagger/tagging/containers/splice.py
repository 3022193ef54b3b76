"""Replace a stretch or a chunk of an open file by another of any length; the rest moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from genretagger.tagging.layout import BLOCK_BYTES, TooLargeError, size_of
from genretagger.tagging.layout.chunks import Chunk, Outline


def splice(stream: BinaryIO, data: bytes, *, start: int, end: int) -> None:
    """Replace the bytes from `start` to `end` by `data`; the bytes behind move.

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
    """Return offset and length of each block, in an order that overwrites none unread."""
    starts = range(start, end, BLOCK_BYTES)
    return [(at, min(BLOCK_BYTES, end - at)) for at in (reversed(starts) if backwards else starts)]


def put_chunk(
    stream: BinaryIO, outline: Outline, old: Chunk | None, *, name: bytes, payload: bytes
) -> None:
    """Put a chunk in the place of `old`, behind all others if None, and mend the file's own size.

    An empty `payload` removes the chunk.

    Raises
    ------
    TooLargeError
        The size of the whole would be larger than its field.
    OSError
        The disk failed; the file may be spoilt.
    """
    form = outline.form
    new = (
        name + len(payload).to_bytes(form.size_bytes, form.byteorder) + payload if payload else b""
    )
    new += bytes(len(new) % 2)
    start, end = outline.end, outline.end
    if old is not None:
        start = old.start - form.header_bytes
        end = min(old.end + (old.end - old.start) % 2, outline.end)
    elif outline.is_unaligned:
        new = b"\0" + new
    size = max(outline.size, outline.end - form.header_bytes)
    size += len(new) - (end - start)
    if size >= 1 << (8 * form.size_bytes):
        raise TooLargeError(name.decode("latin-1"))
    splice(stream, new, start=start, end=end)
    at = form.name_bytes
    splice(stream, size.to_bytes(form.size_bytes, form.byteorder), start=at, end=form.header_bytes)
