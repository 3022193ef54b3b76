"""Vorbis comments as bytes, so that nothing is lost in decoding (xiph.org, "Ogg Vorbis I", 5)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from genretagger.tagging.layout import LayoutError


@dataclass(frozen=True, slots=True)
class Comments:
    """`NAME=value` entries in their order; `rest` is what follows them in the packet."""

    vendor: bytes
    entries: tuple[bytes, ...]
    rest: bytes


def parse(data: bytes) -> Comments:
    """Return the comments in `data`, which begins with the vendor's length."""
    vendor, offset = _counted(data, 0)
    count, offset = _number(data, offset)
    entries = []
    for _ in range(count):
        entry, offset = _counted(data, offset)
        entries.append(entry)
    return Comments(vendor, tuple(entries), data[offset:])


def build(comments: Comments) -> bytes:
    """Return the bytes that `parse` would read as `comments`."""
    parts = [_with_count(comments.vendor), struct.pack("<I", len(comments.entries))]
    parts += [_with_count(entry) for entry in comments.entries]
    return b"".join(parts) + comments.rest


def _with_count(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data


def _number(data: bytes, offset: int) -> tuple[int, int]:
    if offset + 4 > len(data):
        raise LayoutError("VORBIS_COMMENT")
    return struct.unpack_from("<I", data, offset)[0], offset + 4


def _counted(data: bytes, offset: int) -> tuple[bytes, int]:
    size, offset = _number(data, offset)
    if offset + size > len(data):
        raise LayoutError("VORBIS_COMMENT")
    return data[offset : offset + size], offset + size
