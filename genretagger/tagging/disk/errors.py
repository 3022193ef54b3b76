"""Errors of the system as our own errors, which name the file and the reason."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from genretagger.core.errors import JournalError, TagReadError, reason_of, shown
from genretagger.tagging.disk import fs


@contextmanager
def open_for_reading(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading.

    Raises
    ------
    TagReadError
        It cannot be opened or read.
    """
    try:
        with fs.open_read(path) as stream:
            yield stream
    except fs.NotRegularError as error:
        raise TagReadError(path, "file-not-regular") from error
    except OSError as error:
        raise TagReadError(path, "file-unreadable", reason=reason_of(error)) from error


@contextmanager
def translate_journal_errors(path: Path) -> Iterator[None]:
    """Turn an OSError or a lack of memory into a JournalError.

    It names `path`, a file or folder of the journal.
    """
    try:
        yield
    except (OSError, MemoryError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else os.strerror(errno.ENOMEM)
        raise JournalError("journal-unusable", path=shown(path), reason=reason) from error
