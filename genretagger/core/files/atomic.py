"""Replaces a small file of the program itself in one step: a crash leaves the old or the new one.

Audio files are written by `tagging.writing.safe_write`.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, content: bytes, *, is_synced: bool = True) -> None:
    """Replace the file at `path` by one with `content`, making its folder if needed.

    Parameters
    ----------
    is_synced : bool
        Whether to wait for the disk. If not, a power cut may leave a damaged file.

    Raises
    ------
    OSError
        The file cannot be written; an old one stays unchanged.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            if is_synced:
                os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
