"""Replaces a small file of the program itself in one step: a crash leaves the old or the new one.

Audio files are written by `tagging.writing.safe_write`.
"""

from __future__ import annotations

import os
import secrets
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
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    is_made = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as stream:  # follows no link that somebody put there
            is_made = True
            stream.write(content)
            stream.flush()
            if is_synced:
                os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError:
        if is_made:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        raise
