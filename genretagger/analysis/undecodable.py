"""Chooses the error to show for an undecodable file; the decoder's own error goes to the log."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from genretagger.analysis.worker_limits import MOST_MEMORY_BYTES
from genretagger.core.errors import DecodeError

# A closed format: FFmpeg supports neither its lossless nor its lossy variant.
_OPTIMFROG_SUFFIXES: Final = (".ofr", ".ofs")
_AIFC_HEAD_BYTES: Final = 4096
_CODING_AT: Final = 4 + 18  # behind the size of the chunk
# Codings that FFmpeg can decode (libavformat/aiff.h), in lower case.
_AIFC_CODINGS: Final = frozenset(
    {
        *(b"none", b"sowt", b"twos", b"raw ", b"in24", b"in32", b"fl32", b"fl64", b"alaw", b"ulaw"),
        *(b"mac3", b"mac6", b"gsm ", b"g722", b"g726", b"qclp", b"qdmc", b"qdm2", b"ima4", b"adp4"),
        *(b"sdx2",),
    }
)
# Errors of the operating system, not of the decoder.
_OF_THE_SYSTEM: Final = frozenset(
    {errno.ENOENT, errno.EACCES, errno.EIO, errno.ESTALE, errno.ELOOP, errno.EMFILE, errno.ENFILE}
)


def decode_error_for(path: Path, error: Exception) -> DecodeError:
    """Return the error to show for a file for which the decoder raised `error`."""
    number = getattr(error, "errno", None)
    if isinstance(error, MemoryError) or number == errno.ENOMEM:
        return memory_error_for(path)
    if number in _OF_THE_SYSTEM:
        return DecodeError(path, "file-unreadable", reason=os.strerror(number))
    if path.suffix.lower() in _OPTIMFROG_SUFFIXES:
        return DecodeError(path, "optimfrog-undecodable")
    if _is_aifc_of_unknown_coding(path):
        return DecodeError(path, "coding-unknown")
    return DecodeError(path, "decode-failed")


def memory_error_for(path: Path) -> DecodeError:
    """Return the error to show for a file that needs more memory than a worker process has."""
    return DecodeError(path, "memory-exceeded", most=MOST_MEMORY_BYTES >> 20)


def _is_aifc_of_unknown_coding(path: Path) -> bool:
    """Return whether an AIFF-C file has a coding that FFmpeg does not know.

    FFmpeg fails to open it, just as it fails with a damaged file. The coding follows the numbers in
    the COMM chunk ("AIFF-C", draft of 1991, 3.2), nearly always the first or second chunk.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_AIFC_HEAD_BYTES)
    except OSError:
        return False
    coding = head.partition(b"COMM")[2][_CODING_AT : _CODING_AT + 4]
    is_aifc = (head[:4], head[8:12]) == (b"FORM", b"AIFC")
    return is_aifc and len(coding) == 4 and coding.lower() not in _AIFC_CODINGS
