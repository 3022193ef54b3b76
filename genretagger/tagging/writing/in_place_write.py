"""Writing a file over in place, and putting the old content back: its names and attributes stay.

A side copy keeps the old file until the new one is proven. What lies half written is known by its
bytes: each is where it is in the old or in the new file, in stretches no disk writes less of.
"""

from __future__ import annotations

import errno
import logging
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final

from genretagger.core.errors import shown
from genretagger.core.tracks import FileStamp
from genretagger.tagging import digest
from genretagger.tagging.disk import fs, lock
from genretagger.tagging.journal.records import Intent

# The least that any disk writes at once; a write that is killed ends between two of memory's pages.
_SECTOR_BYTES: Final = 512
_BLOCK_BYTES: Final = 2048 * _SECTOR_BYTES

_LOG = logging.getLogger(__name__)


class ChangedError(OSError):
    """The file is not the one that was looked at; nothing was written to it."""


class HalfwayError(OSError):
    """The file holds a part of both, and the side copy could not be put back."""


def keep_beside(source: BinaryIO, side_copy: Path, *, sha256: str) -> None:
    """Make the side copy of an open file and prove it by the file's hash."""
    with fs.create(side_copy) as copy:
        fs.copy_bytes(source, copy)
        _require(copy, sha256)
        fs.sync(copy)
    fs.sync_folder(side_copy.parent)


def write_over(intent: Intent, *, new_sha256: str) -> None:
    """Give a file the content of its changed copy, and prove it.

    Raises
    ------
    ChangedError
        The file has another stamp than when it was looked at; it is as it was found.
    BlockingIOError
        Another process holds the file; it is as it was.
    HalfwayError
        The disk failed; the file holds a part of both.
    OSError
        The disk failed; the file has its old content.
    """
    copy, side_copy = intent.copies
    with fs.open_in_place(intent.target) as stream, fs.open_read(copy) as new:
        lock.try_lock_file(stream)
        if FileStamp.of(fs.status_of(stream)) != intent.stamp:
            raise ChangedError
        try:
            fs.reserve(stream, fs.status_of(new).st_size)
            _fill(stream, new, sha256=new_sha256)
        except BaseException:
            try:
                _restore(stream, side_copy, sha256=intent.old_sha256)
            except OSError as error:
                raise HalfwayError(*error.args) from error
            keep_date(intent.target, intent.stamp.mtime_ns)
            raise


def put_back(intent: Intent) -> None:
    """Give a half-written file its old content again, and prove it.

    Raises
    ------
    OSError
        The disk failed, or the side copy is not whole.
    """
    _, side_copy = intent.copies
    with fs.open_in_place(intent.target) as stream:
        lock.try_lock_file(stream)
        _restore(stream, side_copy, sha256=intent.old_sha256)


def _restore(stream: BinaryIO, side_copy: Path, *, sha256: str) -> None:
    with fs.open_read(side_copy) as old:
        _require(old, sha256)
        _fill(stream, old, sha256=sha256)


def _fill(stream: BinaryIO, source: BinaryIO, *, sha256: str) -> None:
    fs.overwrite(source, stream)
    fs.sync(stream)
    _require(stream, sha256)


def keep_date(target: Path, mtime_ns: int | None) -> None:
    """Give a file that was written in place its date, if it is to keep one and lets us."""
    if mtime_ns is None:
        return
    try:
        fs.set_mtime(target, mtime_ns)
    except OSError as error:  # it may belong to somebody else
        _LOG.warning("%s: its date is not kept (%s)", shown(target), error)


def is_half_written(stream: BinaryIO, *, old: Path, new: Path, old_sha256: str) -> bool:
    """Return whether an open file holds nothing but parts of both files, each where it belongs.

    That tells it from a file that another program changed. False also if the old file, the side
    copy, is not whole, or one of the copies is not there.
    """
    with ExitStack() as stack:
        try:
            first, second = (stack.enter_context(fs.open_read(path)) for path in (old, new))
        except FileNotFoundError:
            return False
        sizes = sorted(fs.status_of(file).st_size for file in (first, second))
        if not sizes[0] <= fs.status_of(stream).st_size <= sizes[1]:
            return False
        if digest.file_digest(first) != old_sha256:
            return False
        for file in (stream, first, second):
            file.seek(0)
        while found := stream.read(_BLOCK_BYTES):
            if not _is_mixture(found, first.read(_BLOCK_BYTES), second.read(_BLOCK_BYTES)):
                return False
    return True


def _is_mixture(found: bytes, first: bytes, second: bytes) -> bool:
    """Return whether each sector is of one of the two, a file being zeros behind its end."""
    size = len(found)
    if found in (first, second):
        return True
    first, second = (data[:size].ljust(size, b"\0") for data in (first, second))
    return all(
        _is_either(*(data[at : at + _SECTOR_BYTES] for data in (found, first, second)))
        for at in range(0, size, _SECTOR_BYTES)
    )


def _is_either(found: bytes, first: bytes, second: bytes) -> bool:
    """Return whether a sector is one of the two, or begins as one and goes on as the other."""
    for begin, rest in ((first, second), (second, first)):
        pairs = enumerate(zip(found, begin, strict=True))
        n_same = next((at for at, (one, other) in pairs if one != other), len(found))
        if found[n_same:] == rest[n_same:]:
            return True
    return False


def _require(stream: BinaryIO, sha256: str) -> None:
    if digest.file_digest(stream) != sha256:
        raise OSError(errno.EIO, "what was written reads back otherwise")
