"""The one door around mutagen: what it raises becomes an error that names the file."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from mutagen import MutagenError

from genretagger.core.errors import (
    GenreTaggerError,
    TagLibraryBugError,
    TagReadError,
    TrackRefusedError,
    printable,
)
from genretagger.tagging import fs
from genretagger.tagging.containers.limits import unpacking_limited
from genretagger.tagging.layout import LayoutError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def tag_library(path: Path) -> Iterator[None]:
    """Translate what mutagen and `layout` raise; an OSError, also one that mutagen wrapped, passes.

    Raises
    ------
    TagReadError
        The tags do not parse or the file is cut off.
    TrackRefusedError
        The tags would become larger than their container allows.
    TagLibraryBugError
        Mutagen failed in a way that it does not document.
    OSError
        The disk or the file system failed.
    """
    try:
        with unpacking_limited():
            yield
    except (GenreTaggerError, OSError):
        raise
    except TooLargeError as error:
        raise TrackRefusedError(path, "tag-too-large") from error
    except LayoutError as error:
        raise TagReadError(path, "layout-broken", part=error.part) from error
    except MutagenError as error:
        if error.args and isinstance(error.args[0], OSError):
            raise error.args[0] from error
        reason = printable(str(error)) or type(error).__name__
        raise TagReadError(path, "tags-unreadable", reason=reason) from error
    # Damaged tags make mutagen raise anything from IndexError to OverflowError.
    except Exception as error:
        raise TagLibraryBugError(path, "tag-library-bug", reason=repr(error)) from error


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
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
        reason = error.strerror or type(error).__name__
        raise TagReadError(path, "file-unreadable", reason=reason) from error
