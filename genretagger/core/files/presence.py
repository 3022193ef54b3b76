"""What is at a path that a user named; the disk may be away, broken or not to be read."""

from __future__ import annotations

import os
from pathlib import Path

from genretagger.core.errors import TrackError, reason_of


def is_folder(path: Path) -> bool:
    """Return whether `path` is a folder, False where the system does not tell.

    Before Python 3.14, `Path.is_dir` raises most errors of the system instead.
    """
    return os.path.isdir(path)  # noqa: PTH112 - see above


def absence_of(path: Path) -> TrackError | None:
    """Return why nothing can be found at `path`, None if there is something, or a broken link."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a name with a NUL
        return TrackError(path, "path-missing")
    except OSError as error:
        return TrackError(path, "folder-unreadable", reason=reason_of(error))
    return None
