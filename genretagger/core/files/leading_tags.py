"""Finds the length of leading data before the audio: ID3v2 and APEv2 tags, zeros before an Ogg.

Sources: id3.org "id3v2.4.0-structure", 3.1 and 3.4; wiki.hydrogenaud.io "APE Tags Header".
"""

from __future__ import annotations

import struct
from typing import BinaryIO, Final

from genretagger.core.files.window import size_of

ID3V2_HEAD_BYTES: Final = 10
APEV2_HEAD_BYTES: Final = 32
_HAS_FOOTER: Final = 0x10
_LARGEST_DIGIT: Final = 0x7F  # of a synchsafe size
_APEV2_SIZE_AT: Final = 12
_OGG: Final = b"OggS"
_MOST_ZEROS: Final = 1 << 20


def synchsafe(four: bytes) -> int:
    """Return the number in four bytes of seven bits each (ID3v2, 6.2)."""
    return four[0] << 21 | four[1] << 14 | four[2] << 7 | four[3]


def id3v2_bytes(head: bytes) -> int:
    """Return the size of the ID3v2 tag that begins with `head`, footer included; 0 without one."""
    if len(head) < ID3V2_HEAD_BYTES or head[:3] != b"ID3" or max(head[6:10]) > _LARGEST_DIGIT:
        return 0
    return ID3V2_HEAD_BYTES * (2 if head[5] & _HAS_FOOTER else 1) + synchsafe(head[6:10])


def apev2_bytes(head: bytes) -> int:
    """Return the size of the APEv2 tag that begins with the header `head`; 0 without a tag."""
    if len(head) < APEV2_HEAD_BYTES or not head.startswith(b"APETAGEX"):
        return 0
    return APEV2_HEAD_BYTES + int(struct.unpack_from("<I", head, _APEV2_SIZE_AT)[0])


def leading_bytes(stream: BinaryIO) -> int:
    """Return the offset of the audio behind leading tags.

    A tag that claims to be longer than the file does not count. Zeros before an Ogg file, which
    broken downloads leave, count like a tag, because players skip to the first page.
    """
    end = size_of(stream)
    start = 0
    while True:
        stream.seek(start)
        head = stream.read(APEV2_HEAD_BYTES)
        size = id3v2_bytes(head) or apev2_bytes(head) or _zeros_before_ogg(stream, start, head)
        if not size or start + size > end:
            return start
        start += size


def _zeros_before_ogg(stream: BinaryIO, start: int, head: bytes) -> int:
    if head[:1] != b"\0" or not _OGG.startswith(head.lstrip(b"\0")[: len(_OGG)]):
        return 0
    stream.seek(start)
    data = stream.read(_MOST_ZEROS)
    rest = data.lstrip(b"\0")
    return len(data) - len(rest) if rest.startswith(_OGG) else 0
