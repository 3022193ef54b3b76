"""The only module that changes files: open for writing, fsync, replace, copy attributes.

Tests can make any step fail here. Every function raises OSError; callers translate it.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import stat
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import BinaryIO, Final, cast

from genretagger.core.errors import shown
from genretagger.tagging.disk import retry

_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # a pipe in place of the file must not block us
_BINARY = getattr(os, "O_BINARY", 0)
_BLOCK_BYTES = 1 << 20
_COARSEST_DATE_NS = 2_000_000_000  # FAT keeps dates to 2 s

# Tags are read in hundreds of small pieces; within what is buffered, a seek asks no system.
_BUFFER_BYTES: Final = 128 * 1024
_LOG = logging.getLogger(__name__)


class NotRegularError(OSError):
    """The path names a folder, a pipe or a device."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "not a regular file")


def open_read(path: Path) -> BinaryIO:
    """Open a regular file for reading, else raise NotRegularError; never waits for a pipe."""
    if not stat.S_ISREG(path.stat().st_mode):  # opening a device can already have an effect
        raise NotRegularError
    flags = os.O_RDONLY | _NO_WAIT | _BINARY
    descriptor = retry.retry_call(lambda: os.open(path, flags))
    # With a name, not a number: the tag library's errors show it. It must be the true one, as a
    # name for display may have characters that the file system's encoding lacks.
    stream = open(str(path), "rb", _BUFFER_BYTES, opener=lambda _name, _flags: descriptor)  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise NotRegularError
    return stream


def create(path: Path) -> BinaryIO:
    """Create a file that must not exist yet, readable by its owner only, and open it."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY
    return os.fdopen(os.open(path, flags, 0o600), "w+b", _BUFFER_BYTES)


def copy_bytes(source: BinaryIO, target: BinaryIO) -> None:
    """Copy all of `source` to `target`, and rewind `target`."""
    source.seek(0)
    shutil.copyfileobj(source, target, _BLOCK_BYTES)
    target.flush()
    target.seek(0)


def copy_attributes(source: Path, target: Path) -> None:
    """Give `target` the owner, mode, extended attributes and dates of `source`, where possible.

    Never raises: a memory stick or a network share may have none of them, or not let us set them.
    """
    # The owner first, because setting it clears bits of the mode. The mode on its own, because
    # `copystat` stops before it at an attribute that fails.
    for copy in (_copy_owner, shutil.copymode, shutil.copystat):
        try:
            copy(source, target)
        except OSError as error:
            _LOG.debug("%s: not all attributes kept (%s)", shown(source), error)


def _copy_owner(source: Path, target: Path) -> None:
    if not hasattr(os, "chown"):
        return
    status = source.stat()
    try:
        os.chown(target, status.st_uid, status.st_gid)
    except OSError:  # only root may give files away: the copy belongs to us, like any new file
        os.chown(target, -1, status.st_gid)


def set_mtime(path: Path, mtime_ns: int) -> None:
    """Set the time of modification, and set it again until it stays.

    A server may set its own date when it writes data that it still holds back.
    """
    for wait_s in (*retry.WAITS_S, None):
        retry.retry_call(lambda: os.utime(path, ns=(path.stat().st_atime_ns, mtime_ns)))
        if abs(path.stat().st_mtime_ns - mtime_ns) < _COARSEST_DATE_NS:
            return
        if wait_s is not None:
            retry.sleep(wait_s)
    _LOG.warning("%s: the file system does not keep its date", shown(path))


def touch(path: Path) -> None:
    """Set the time of modification to now."""
    os.utime(path)


def sync(stream: BinaryIO) -> None:
    """Wait until the content of `stream` is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in `folder` are on the disk; do nothing where no call exists."""
    if os.name == "nt":  # Windows opens no folders
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(source: Path, target: Path) -> None:
    """Put `source` in the place of `target` in one step; if that fails, both are as before."""
    retry.retry_call(lambda: source.replace(target), denied=True)


def remove(path: Path) -> None:
    """Remove a file if it is there."""
    retry.retry_call(lambda: path.unlink(missing_ok=True), denied=True)


def free_bytes(folder: Path) -> int:
    """Return the free space of the file system that holds `folder`."""
    return shutil.disk_usage(folder).free


def open_append(path: Path, *, new: bool = False) -> FileIO:
    """Open a file for appending, unbuffered; with `new` it must not exist yet."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | _BINARY
    return os.fdopen(os.open(path, flags | (os.O_EXCL if new else 0), 0o600), "ab", buffering=0)


def append(stream: FileIO, data: bytes) -> None:
    """Put `data` at the end of an unbuffered file and wait until it is on the disk.

    If that fails, the file is cut to what it was; where that fails too, it may hold a part.
    """
    size = os.fstat(stream.fileno()).st_size
    try:
        if stream.write(data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(stream.fileno())
    except OSError:
        with suppress(OSError):
            os.ftruncate(stream.fileno(), size)
        raise


def open_update(path: Path) -> BinaryIO:
    """Open a file for reading and writing; make it, empty, if it is missing."""
    flags = os.O_RDWR | os.O_CREAT | _BINARY
    return os.fdopen(os.open(path, flags, 0o600), "r+b")


def open_in_place(path: Path) -> BinaryIO:
    """Open an existing regular file for reading and writing, unbuffered, else NotRegularError."""
    flags = os.O_RDWR | _NO_WAIT | _BINARY
    descriptor = retry.retry_call(lambda: os.open(path, flags))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegularError
    return cast("BinaryIO", os.fdopen(descriptor, "r+b", buffering=0))


def reserve(stream: BinaryIO, size_bytes: int) -> None:
    """Reserve room for `size_bytes` in a file, which becomes longer by zeros if need be.

    Afterwards writing that much cannot fill the disk, except on a copy-on-write file system. If
    there is no room, the file has its old size again.
    """
    old_size = os.fstat(stream.fileno()).st_size
    try:
        if size_bytes > 0 and hasattr(os, "posix_fallocate"):
            os.posix_fallocate(stream.fileno(), 0, size_bytes)
        else:
            _append_zeros(stream, start=old_size, end=size_bytes)
        os.fsync(stream.fileno())
    except BaseException:
        stream.truncate(old_size)
        raise


def _append_zeros(stream: BinaryIO, *, start: int, end: int) -> None:
    stream.seek(start)
    for position in range(start, end, _BLOCK_BYTES):
        _write_all(stream, bytes(min(_BLOCK_BYTES, end - position)))


def overwrite(source: BinaryIO, target: BinaryIO) -> None:
    """Give an unbuffered `target` the content of `source`, from the first byte to the last.

    If that fails, `target` holds parts of both contents.
    """
    source.seek(0)
    target.seek(0)
    while block := source.read(_BLOCK_BYTES):
        _write_all(target, block)
    target.truncate()


def _write_all(stream: BinaryIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest) :]


def status_of(stream: BinaryIO) -> os.stat_result:
    """Return the status of an open file."""
    return os.fstat(stream.fileno())
