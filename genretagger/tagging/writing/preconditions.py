"""What keeps a file from being written, outside its own content, in one sentence each."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
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


def require_writable(target: Path, *, path: Path) -> None:
    """Check that `target` may be written, as far as that can be told without trying.

    Raises
    ------
    TrackRefusedError
        It may not; `path` is what the user calls the file.
    """
    if attributes.is_marked(target) or attributes.is_marked(target.parent):
        raise TrackRefusedError(path, "file-marked")
    if os.access(target, os.W_OK):
        return
    is_mounted_so = attributes.is_mounted_read_only(target)
    raise TrackRefusedError(
        path, "file-system-read-only" if is_mounted_so else "file-write-protected"
    )


def name_of_copy() -> str:
    """Return the name of a copy that is to stand beside a file; scans pass over hidden names."""
    return f"{COPY_PREFIX}{secrets.token_hex(8)}{COPY_SUFFIX}"


def require_room(target: Path, *, size_bytes: int, path: Path) -> None:
    """Check that a copy can stand beside `target`, and two beside a file with several names.

    Raises
    ------
    TagWriteError
        Its folder is write-protected or too full; `path` is what the user calls the file.
    OSError
        That cannot be asked, or the path of a copy would be too long.
    """
    folder = target.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        raise TagWriteError(path, "folder-write-protected")
    with suppress(FileNotFoundError):
        (folder / name_of_copy()).lstat()
    n_copies = 2 if target.stat().st_nlink > 1 else 1
    if fs.free_bytes(folder) < n_copies * size_bytes + _FREE_MARGIN_BYTES:
        raise TagWriteError(path, "disk-full")


def failed(
    path: Path, error: OSError, *, key: str | None = None, **values: object
) -> TagWriteError:
    """Return the error that says of `path` what the system said; `key` names another sentence."""
    key = key or _SENTENCES.get(error.errno or 0, "write-failed")
    if key == "file-gone" and os.path.lexists(path):  # it was a copy that somebody took away
        key = "write-failed"
    reason = reason_of(error)
    return TagWriteError(path, key, reason=reason, **values)
