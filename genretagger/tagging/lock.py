"""One writer at a time: a lock on a file in the journal's folder, freed when the process ends."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, Final

from genretagger.core.errors import JournalError, shown
from genretagger.tagging import fs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME: Final = "lock"
# Windows hides what is locked; the number of the process stays readable.
_LOCKED_AT: Final = 1 << 20

if sys.platform == "win32":
    import msvcrt

    def _try_lock(stream: BinaryIO) -> None:
        stream.seek(_LOCKED_AT)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(stream: BinaryIO) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
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
        raise JournalError("journal-unusable", path=shown(folder), reason=error.strerror) from error
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
