"""Limits on what mutagen takes from a file: packed ID3 frames, and sizes beyond the file's end."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, BinaryIO, Final

from mutagen.id3 import _frames

from genretagger.tagging.layout import LayoutError, size_of

_UNPACKED_BYTES: Final = 64 << 20  # deflate packs zeros 1000 : 1, so half a MB could fill 512 MB
_left: ContextVar[int | None] = ContextVar("left", default=None)


class _Unpacker:
    """Stands in for `zlib` in mutagen, where a frame says its unpacked size but may lie."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """Return the unpacked `data`; raise LayoutError if the limit does not allow it."""
        left = _left.get()
        if left is None:
            return zlib.decompress(data)
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(data, left + 1)
        if len(plain) > left:
            raise LayoutError("ID3 frames that unpack to too much")
        if not unpacker.eof:
            raise zlib.error("incomplete")
        _left.set(left - len(plain))
        return plain


# mutagen has no hook for it, and only here nested and damaged frames are caught too; outside
# `unpacking_limited` it unpacks as before.
_frames.zlib = _Unpacker  # type: ignore[assignment, attr-defined]


@contextmanager
def unpacking_limited() -> Iterator[None]:
    """Let mutagen unpack at most 64 MiB of ID3 frames, all of them together, in this block."""
    token = _left.set(_UNPACKED_BYTES)
    try:
        yield
    finally:
        _left.reset(token)


class Clamped:
    """A view of an open file that asks for no more bytes than there are.

    Python sets aside the memory of a read in advance, so a false size would cost what it says.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._size = size_of(stream)
        stream.seek(0)

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, all of the rest if negative."""
        left = max(self._size - self._stream.tell(), 0)
        return self._stream.read(left if size < 0 else min(size, left))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
