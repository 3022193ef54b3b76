"""Opening a file to read it; what the system says against it becomes an error that names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from genretagger.core.errors import TagReadError, reason_of
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
