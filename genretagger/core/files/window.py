"""Views of an open file: a part that looks like a whole file, or the file with replaced bytes."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Mapping
from typing import BinaryIO, cast


def window(stream: BinaryIO, start: int, end: int) -> BinaryIO:
    """Return a read-only view of the bytes from `start` to `end`."""
    return cast("BinaryIO", _Window(stream, start, end))


def covered(stream: BinaryIO, instead: Mapping[int, bytes]) -> BinaryIO:
    """Return a view of `stream`, from its start, with the bytes at the given offsets replaced."""
    stream.seek(0)
    return cast("BinaryIO", _Covered(stream, instead))


class _Window(io.RawIOBase):
    def __init__(self, stream: BinaryIO, start: int, end: int) -> None:
        self._stream = stream
        self._start, self._size = start, end - start
        self._at = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to an offset, like any file."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self._at = base + offset
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Return up to `size` bytes, by default the whole rest."""
        left = max(self._size - self._at, 0)
        self._stream.seek(self._start + self._at)
        data = self._stream.read(left if size is None or size < 0 else min(size, left))
        self._at += len(data)
        return data

    def tell(self) -> int:
        """Return the offset of the next byte."""
        return self._at


class _Covered(io.RawIOBase):
    def __init__(self, stream: BinaryIO, instead: Mapping[int, bytes]) -> None:
        self._stream = stream
        self._instead = {
            at: byte for start, data in instead.items() for at, byte in enumerate(data, start)
        }

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to an offset, like any file."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return the offset of the next byte."""
        return self._stream.tell()

    def read(self, size: int | None = -1) -> bytes:
        """Return up to `size` bytes, by default the whole rest."""
        start = self._stream.tell()
        data = bytearray(self._stream.read(-1 if size is None else size))
        for at, byte in self._instead.items():
            if start <= at < start + len(data):
                data[at - start] = byte
        return bytes(data)


def size_of(stream: BinaryIO) -> int:
    """Return the length of the stream in bytes."""
    return stream.seek(0, os.SEEK_END)
