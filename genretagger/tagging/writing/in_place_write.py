"""Writing a file over in place, and putting the old content back: its names and attributes stay.

A side copy keeps the old file until the new content is proven. A half-written file is recognised by
its bytes: each sector is that of the old or of the new file at the same position.
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

# The least that any disk writes at once; a killed write ends between two pages of memory.
_SECTOR_BYTES: Final = 512
_BLOCK_BYTES: Final = 2048 * _SECTOR_BYTES

_LOG = logging.getLogger(__name__)


class ChangedError(OSError):
    """The file is not the one in the intent; nothing was written to it."""


class HalfwayError(OSError):
    """The file holds parts of both contents, and the side copy could not be put back."""


def keep_beside(source: BinaryIO, side_copy: Path, *, sha256: str) -> None:
    """Make the side copy of an open file and prove it by the file's hash."""
    with fs.create(side_copy) as copy:
        fs.copy_bytes(source, copy)
        _require_hash(copy, sha256)
        fs.sync(copy)
    fs.sync_folder(side_copy.parent)


def write_over(intent: Intent, *, new_sha256: str) -> None:
    """Give a file the content of its changed copy, and prove it.

    Raises
    ------
    ChangedError
        The stamp differs from the one in the intent; nothing was written.
    BlockingIOError
        Another process holds the file; nothing was written.
    HalfwayError
        The disk failed; the file holds parts of both contents.
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
            _overwrite(stream, new, sha256=new_sha256)
        except BaseException:
            try:
                _restore(stream, side_copy, sha256=intent.old_sha256)
            except OSError as error:
                raise HalfwayError(*error.args) from error
            keep_date(intent.target, intent.stamp.mtime_ns)
            raise


def put_back(intent: Intent) -> None:
    """Give a half-written file its old content again, and prove it.

    Raises OSError if the disk fails or the side copy is not whole.
    """
    _, side_copy = intent.copies
    with fs.open_in_place(intent.target) as stream:
        lock.try_lock_file(stream)
        _restore(stream, side_copy, sha256=intent.old_sha256)


def _restore(stream: BinaryIO, side_copy: Path, *, sha256: str) -> None:
    with fs.open_read(side_copy) as old:
        _require_hash(old, sha256)
        _overwrite(stream, old, sha256=sha256)


def _overwrite(stream: BinaryIO, source: BinaryIO, *, sha256: str) -> None:
    fs.overwrite(source, stream)
    fs.sync(stream)
    _require_hash(stream, sha256)


def keep_date(target: Path, mtime_ns: int | None) -> None:
    """Set the date of a file that was written in place, if it has one to keep and may be set."""
    if mtime_ns is None:
        return
    try:
        fs.set_mtime(target, mtime_ns)
    except OSError as error:  # it may belong to somebody else
        _LOG.warning("%s: its date is not kept (%s)", shown(target), error)


def is_half_written(stream: BinaryIO, *, old: Path, new: Path, old_sha256: str) -> bool:
    """Return whether an open file holds only parts of `old` and `new`, each at its position.

    A file that another program changed does not. False also if `old`, the side copy, is not whole,
    or one of the copies is missing.
    """
    with ExitStack() as stack:
        try:
            old_file, new_file = (stack.enter_context(fs.open_read(path)) for path in (old, new))
        except FileNotFoundError:
            return False
        sizes = sorted(fs.status_of(file).st_size for file in (old_file, new_file))
        if not sizes[0] <= fs.status_of(stream).st_size <= sizes[1]:
            return False
        if digest.file_digest(old_file) != old_sha256:
            return False
        for file in (stream, old_file, new_file):
            file.seek(0)
        while block := stream.read(_BLOCK_BYTES):
            if not _is_mixture(block, old_file.read(_BLOCK_BYTES), new_file.read(_BLOCK_BYTES)):
                return False
    return True


def _is_mixture(block: bytes, old: bytes, new: bytes) -> bool:
    """Return whether each sector is from one of the two; behind its end, a file counts as zeros."""
    size = len(block)
    if block in (old, new):
        return True
    old, new = (data[:size].ljust(size, b"\0") for data in (old, new))
    return all(
        _is_sector_of(*(data[start : start + _SECTOR_BYTES] for data in (block, old, new)))
        for start in range(0, size, _SECTOR_BYTES)
    )


def _is_sector_of(sector: bytes, old: bytes, new: bytes) -> bool:
    """Return whether a sector is one of the two, or begins as one and goes on as the other."""
    for begin, rest in ((old, new), (new, old)):
        pairs = enumerate(zip(sector, begin, strict=True))
        n_same = next((at for at, (ours, theirs) in pairs if ours != theirs), len(sector))
        if sector[n_same:] == rest[n_same:]:
            return True
    return False


def _require_hash(stream: BinaryIO, sha256: str) -> None:
    if digest.file_digest(stream) != sha256:
        raise OSError(errno.EIO, "what was written reads back otherwise")
