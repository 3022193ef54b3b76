"""What keeps a file from being written, apart from its content, in one sentence each.

In every function `target` is the file itself, links followed, and `path` is how the user names it.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from genretagger.core.errors import TagWriteError, TrackRefusedError, reason_of
from genretagger.tagging.disk import attributes, fs

# Never made from the file's own name, which may be as long as a name can be.
COPY_PREFIX: Final = ".gt-"
COPY_SUFFIX: Final = ".tmp"
_FREE_MARGIN_BYTES: Final = 1 << 20
_SENTENCES: Final = {
    errno.ENOSPC: "disk-filled",
    errno.EDQUOT: "quota-used-up",
    errno.EROFS: "file-system-read-only",
    errno.ENOENT: "file-gone",
    errno.ENAMETOOLONG: "path-too-long",
}


def resolve_target(path: Path) -> Path:
    """Return the file that `path` leads to, links followed, if it may be written.

    Raises
    ------
    TrackRefusedError
        It is no regular file or may not be written.
    TagWriteError
        It is missing or cannot be examined.
    """
    with translate_errors(path):
        target = Path(os.path.realpath(path, strict=True))
        if not stat.S_ISREG(target.stat().st_mode):
            raise TrackRefusedError(path, "file-not-regular")
        require_writable(target, path=path)
    return target


def require_writable(target: Path, *, path: Path) -> None:
    """Check that `target` may be written, as far as that can be known without trying.

    Raises
    ------
    TrackRefusedError
        It may not.
    """
    if attributes.is_marked(target) or attributes.is_marked(target.parent):
        raise TrackRefusedError(path, "file-marked")
    if os.access(target, os.W_OK):
        return
    is_read_only = attributes.is_mounted_read_only(target)
    key = "file-system-read-only" if is_read_only else "file-write-protected"
    raise TrackRefusedError(path, key)


def require_room(target: Path, *, size_bytes: int, path: Path) -> None:
    """Check that a copy fits beside `target`, and two copies beside a file with several names.

    Raises
    ------
    TagWriteError
        Its folder is write-protected or too full.
    """
    folder = target.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        raise TagWriteError(path, "folder-write-protected")
    with suppress(FileNotFoundError):  # ENAMETOOLONG if the path of a copy would be too long
        (folder / make_copy_name()).lstat()
    n_copies = 2 if target.stat().st_nlink > 1 else 1
    if fs.free_bytes(folder) < n_copies * size_bytes + _FREE_MARGIN_BYTES:
        raise TagWriteError(path, "disk-full")


def make_copy_name() -> str:
    """Return a new name for a copy beside a file; hidden, so that scans pass over it."""
    return f"{COPY_PREFIX}{secrets.token_hex(8)}{COPY_SUFFIX}"


@contextmanager
def translate_errors(path: Path, *, key: str | None = None, **values: object) -> Iterator[None]:
    """Turn every OSError into the TagWriteError that `write_error` makes of it."""
    try:
        yield
    except OSError as error:
        raise write_error(path, error, key=key, **values) from error


def write_error(
    path: Path, error: OSError, *, key: str | None = None, **values: object
) -> TagWriteError:
    """Return the error that tells the user why the system refused; `key` names another sentence."""
    key = key or _SENTENCES.get(error.errno or 0, "write-failed")
    if key == "file-gone" and os.path.lexists(path):  # it was a copy that somebody removed
        key = "write-failed"
    return TagWriteError(path, key, reason=reason_of(error), **values)
