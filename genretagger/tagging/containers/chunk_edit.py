"""Putting a chunk into a file made of chunks: what stands behind moves, sizes are made right."""

from __future__ import annotations

from typing import BinaryIO

from genretagger.tagging.containers.splice import splice
from genretagger.tagging.layout import TooLargeError
from genretagger.tagging.layout.chunks import Chunk, Outline


def put_chunk(
    stream: BinaryIO, outline: Outline, old: Chunk | None, *, name: bytes, payload: bytes
) -> None:
    """Put a chunk in the place of `old`, behind all if None; none if it is empty.

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
