"""WavPack: blocks, each of which says how long it is (WavPack 5 file format, "Block Header")."""

from __future__ import annotations

import struct
from typing import BinaryIO, Final

from genretagger.tagging.layout import LayoutError, mpeg, peek

_MARK: Final = b"wvpk"
_MARK_AND_SIZE_BYTES: Final = 8  # the size counts what follows it


def require_whole(stream: BinaryIO) -> None:
    """Check that the blocks fill the file without its tags.

    Raises
    ------
    LayoutError
        A block is cut off, or something else follows: behind that, FFmpeg takes a tag for damage.
    """
    at, end = mpeg.audio_span(stream)
    while at < end:
        head = peek(stream, at, size=_MARK_AND_SIZE_BYTES)
        if len(head) < _MARK_AND_SIZE_BYTES or not head.startswith(_MARK):
            raise LayoutError("WavPack")
        at += _MARK_AND_SIZE_BYTES + int(struct.unpack_from("<I", head, len(_MARK))[0])
    if at > end:
        raise LayoutError("WavPack")
