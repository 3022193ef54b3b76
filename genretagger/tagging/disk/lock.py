"""One writer at a time: locks that are freed when the process ends.

One is of the journal's folder; another, of the music folder, keeps off a Genretagger with another
journal.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from genretagger.core.errors import JournalError, TagWriteError, reason_of, shown
from genretagger.tagging.disk import fs, retry

_NAME: Final = "lock"
# Windows hides what is locked; the number of the process stays readable.
_LOCKED_AT: Final = 1 << 20
# proc_locks(5): the second field is the kind, the fifth the process, the sixth the file
_HELD_LOCKS: Final = Path("/proc/locks")

logger = logging.getLogger(__name__)

if sys.platform == "win32":
    import msvcrt

    def _try_lock(stream: BinaryIO) -> None:
        stream.seek(_LOCKED_AT)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

    @contextmanager
    def lock_folder(target: Path, *, path: Path) -> Iterator[None]:
        """Do nothing: Windows itself lets nobody replace a file that another has open."""
        del target, path
        yield

    def try_lock_file(stream: BinaryIO) -> None:
        """Do nothing: Windows itself lets nobody write to a file that another writes to."""
        del stream
else:
    import fcntl

    def _try_lock(stream: BinaryIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

    @contextmanager
    def lock_folder(target: Path, *, path: Path) -> Iterator[None]:
        """Hold the folder of `target`, if it can be locked, and wait about 2 s for another holder.

        It is the folder, as on a network share nothing may hold a file open that is replaced, and a
        lock keeps out our own reading too. Of a folder, the kernel keeps the lock to this machine.

        Raises
        ------
        TagWriteError
            Another process writes in this folder; `path` is what the user calls the file.
        """
        try:
            descriptor = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            logger.debug("%s: its folder is not locked (%s)", shown(path), error)
            yield
            return
        try:
            _try_hold(descriptor, path=path)
            yield
        finally:
            os.close(descriptor)

    def _try_hold(descriptor: int, *, path: Path) -> None:
        try:
            retry.retry_call(lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError as error:
            holder = _holder(os.fstat(descriptor))
            raise TagWriteError(path, "file-in-use", pid=holder) from error
        except OSError as error:
            logger.debug("%s: its folder is not locked (%s)", shown(path), error)

    def _holder(status: os.stat_result) -> str:
        """Return the number of the process that holds a lock, "?" where nobody says."""
        file = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
        with suppress(OSError), _HELD_LOCKS.open(encoding="ascii") as held:
            for line in held:
                fields = line.split()
                if fields[1] == "FLOCK" and fields[5] == file:
                    return fields[4]
        return "?"

    def try_lock_file(stream: BinaryIO) -> None:
        """Hold a file that is written in place, where its file system has locks.

        Raises
        ------
        BlockingIOError
            Another process holds it.
        """
        try:
            _try_lock(stream)
        except BlockingIOError:
            raise
        except OSError as error:
            logger.debug("no lock: %s", error)


@contextmanager
def lock_journal(folder: Path) -> Iterator[None]:
    """Hold the lock of a journal's folder, which is made if need be.

    Raises
    ------
    JournalError
        Another process holds it, or the folder cannot be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = fs.open_update(folder / _NAME)
    except OSError as error:
        reason = reason_of(error)
        raise JournalError("journal-unusable", path=shown(folder), reason=reason) from error
    try:
        _lock(stream)
        _name_holder(stream)
        yield
    finally:
        with suppress(OSError):  # what a full disk did not take
            stream.close()


def _lock(stream: BinaryIO) -> None:
    try:
        _try_lock(stream)
    except OSError as error:
        stream.seek(0)
        holder = stream.read(20).decode("ascii", "replace").strip() or "?"
        raise JournalError("journal-locked", pid=holder) from error


def _name_holder(stream: BinaryIO) -> None:
    """Write this process's number for others to name; after a full disk they name a "?"."""
    with suppress(OSError):
        stream.seek(0)
        stream.truncate()
        stream.write(str(os.getpid()).encode())
        stream.flush()
