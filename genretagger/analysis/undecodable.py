"""Why a file cannot be decoded, in a sentence of its own; the decoder's words stay in the log."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Final

from genretagger.core.errors import DecodeError

if TYPE_CHECKING:
    from pathlib import Path

# Lossless and closed: FFmpeg knows neither it nor its lossy sibling.
_OPTIMFROG_SUFFIXES: Final = (".ofr", ".ofs")
# What the system and not the decoder says of a file.
_OF_THE_SYSTEM: Final = frozenset(
    {errno.ENOENT, errno.EACCES, errno.EIO, errno.ESTALE, errno.ELOOP, errno.EMFILE, errno.ENFILE}
)


def failed(path: Path, error: Exception) -> DecodeError:
    """Return what to say of a file for which the decoder raised `error`."""
    number = getattr(error, "errno", None)
    if number in _OF_THE_SYSTEM:
        return DecodeError(path, "file-unreadable", reason=os.strerror(number))
    if path.suffix.lower() in _OPTIMFROG_SUFFIXES:
        return DecodeError(path, "optimfrog-undecodable")
    return DecodeError(path, "decode-failed")
