"""One writer at a time: locks that the system frees when the process ends.

One lock is on the journal's folder. Another is on the music folder, against a Genretagger with
another journal.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from genretagger.core.errors import JournalError, TagWriteError, shown
from genretagger.tagging.disk import fs, retry
from genretagger.tagging.disk.errors import translate_journal_errors

_NAME: Final = "lock"
# Windows hides locked bytes; the number of the process stays readable in front of them.
_LOCKED_AT: Final = 1 << 20
# proc_locks(5): the second field is the kind of lock, the fifth the process, the sixth the file
_HELD_LOCKS: Final = Path("/proc/locks")

_LOG = logging.getLogger(__name__)

if sys.platform == "win32":
    import msvcrt

    def _try_lock(stream: BinaryIO) -> None:
        stream.seek(_LOCKED_AT)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

    @contextmanager
    def lock_folder(target: Path, *, path: Path) -> Iterator[None]:
        """Do nothing: Windows lets nobody replace a file that another process has open."""
        del target, path
        yield

    def try_lock_file(stream: BinaryIO) -> None:
        """Do nothing: Windows lets nobody write to a file that another process writes to."""
        del stream
else:
    import fcntl

    def _try_lock(stream: BinaryIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

    @contextmanager
    def lock_folder(target: Path, *, path: Path) -> Iterator[None]:
        """Hold a lock on the folder of `target`, if possible; wait about 2 s for another holder.

        The folder, not the file: on a network share a file that is open cannot be replaced, and its
        lock would keep out our own reading. The lock of a folder holds on this machine only.

        Raises
        ------
        TagWriteError
            Another process writes in this folder; `path` is how the user names the file.
        """
        try:
            descriptor = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            _LOG.debug("%s: its folder is not locked (%s)", shown(path), error)
            yield
            return
        try:
            _hold_folder(descriptor, path=path)
            yield
        finally:
            os.close(descriptor)

    def _hold_folder(descriptor: int, *, path: Path) -> None:
        try:
            retry.retry_call(lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError as error:
            holder = _find_holder(os.fstat(descriptor))
            raise TagWriteError(path, "file-in-use", pid=holder) from error
        except OSError as error:
            _LOG.debug("%s: its folder is not locked (%s)", shown(path), error)

    def _find_holder(status: os.stat_result) -> str:
        """Return the number of the process that holds a lock, "?" if it is unknown."""
        file = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
        with suppress(OSError), _HELD_LOCKS.open(encoding="ascii") as lines:
            for line in lines:
                fields = line.split()
                if fields[1] == "FLOCK" and fields[5] == file:
                    return fields[4]
        return "?"

    def try_lock_file(stream: BinaryIO) -> None:
        """Lock a file that is written in place, if its file system has locks.

        Raises BlockingIOError if another process holds it.
        """
        try:
            _try_lock(stream)
        except BlockingIOError:
            raise
        except OSError as error:
            _LOG.debug("no lock: %s", error)


@contextmanager
def lock_journal(folder: Path) -> Iterator[None]:
    """Hold the lock of a journal's folder; make the folder if need be.

    Raises
    ------
    JournalError
        Another process holds it, or the folder cannot be used.
    """
    with translate_journal_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        stream = fs.open_update(folder / _NAME)
    try:
        _hold_journal(stream)
        _write_holder(stream)
        yield
    finally:
        with suppress(OSError):  # a full disk may have refused the number
            stream.close()


def _hold_journal(stream: BinaryIO) -> None:
    try:
        _try_lock(stream)
    except OSError as error:
        stream.seek(0)
        holder = stream.read(20).decode("ascii", "replace").strip() or "?"
        raise JournalError("journal-locked", pid=holder) from error


def _write_holder(stream: BinaryIO) -> None:
    """Write this process's number for the message of others; on a full disk they show a "?"."""
    with suppress(OSError):
        stream.seek(0)
        stream.truncate()
        stream.write(str(os.getpid()).encode())
        stream.flush()
