"""The bytes of an audio file that are no tags, found by a small reader of the judge's own."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def parts(data: bytes) -> Iterator[tuple[str, Any]]:
    """Yield name and bytes of every part of the file that holds no tag and no padding."""
    start = _id3_end(data)
    if data[start : start + 4] == b"fLaC":
        yield from _flac_parts(data[start:])
    elif data[:4] == b"OggS":
        return  # by packet: FFmpeg has them
    elif data[:4] in (b"RIFF", b"FORM", b"FRM8"):
        yield from _chunk_parts(data)
    elif data[:4] == b"DSD ":
        (end,) = struct.unpack_from("<Q", data, 20)  # where the tag begins, 0: none
        yield "DSD", data[28 : end or None]
    elif data[:4] == b"\x30\x26\xb2\x75":
        yield from _asf_parts(data)
    elif data[4:8] == b"ftyp":
        yield from _mp4_parts(data)
    else:
        yield "between tags", data[start : tags_start(data)]


def _id3_end(data: bytes) -> int:
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    a, b, c, d = data[6:10]
    return 10 + (a << 21 | b << 14 | c << 7 | d) + (10 if data[5] & 0x10 else 0)


def tags_start(data: bytes) -> int:
    """Return where ID3v1, APEv2 and ID3v2 at the end begin."""
    end = len(data)
    while size := _end_tag_bytes(data, end):
        end -= size
    return max(end, 0)


def has_id3v1(data: bytes) -> bool:
    """Return whether an ID3v1 tag ends the file, and not an APEv2 tag of that size."""
    return data[-128:-125] == b"TAG" and data[-131:-123] != b"APETAGEX"


def _end_tag_bytes(data: bytes, end: int) -> int:
    if has_id3v1(data[:end]):
        return 128
    footer = data[max(end - 32, 0) : end]
    if footer[:8] == b"APETAGEX":
        (size,) = struct.unpack_from("<I", footer, 12)
        header_at = max(end - size - 32, 0)  # a flag says whether it is there, not always rightly
        return int(size) + (32 if data[header_at : header_at + 8] == b"APETAGEX" else 0)
    if footer[-10:-7] == b"3DI":
        return _id3_end(b"ID3" + footer[-7:])
    return 0


def _flac_parts(data: bytes) -> Iterator[tuple[str, Any]]:
    offset, last = 4, 0
    while not last and offset + 4 <= len(data):
        kind, last = data[offset] & 0x7F, data[offset] & 0x80
        size = int.from_bytes(data[offset + 1 : offset + 4], "big")
        if kind not in (1, 4):  # padding, comments
            yield f"block {kind}", data[offset + 4 : offset + 4 + size]
        offset += 4 + size
    yield "frames", data[offset : tags_start(data)]


def _chunk_parts(data: bytes) -> Iterator[tuple[str, Any]]:
    for name, body in chunks(data):
        if name.upper() != b"ID3 " and body[:4] != b"INFO":
            yield f"chunk {name!r}", body


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    order = "<" if data[:4] == b"RIFF" else ">"
    wide = data[:4] == b"FRM8"
    offset = 16 if wide else 12
    while offset + (12 if wide else 8) <= len(data):
        name = data[offset : offset + 4]
        (size,) = struct.unpack_from(order + ("Q" if wide else "I"), data, offset + 4)
        start = offset + (12 if wide else 8)
        yield name, data[start : start + size]
        offset = start + size + size % 2


def _asf_parts(data: bytes) -> Iterator[tuple[str, Any]]:
    offset = 0
    while offset + 24 <= len(data):
        (size,) = struct.unpack_from("<Q", data, offset + 16)
        if offset:  # the first object is the header, which holds the tags
            yield f"object {data[offset : offset + 16].hex()}", data[offset + 24 : offset + size]
        offset += max(size, 24)


def _mp4_parts(data: bytes) -> Iterator[tuple[str, Any]]:
    offset = 0
    while offset + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, offset)
        if size == 1 and offset + 16 <= len(data):
            (size,) = struct.unpack_from(">Q", data, offset + 8)
        size = size or len(data) - offset
        if name not in (b"moov", b"free", b"skip"):
            yield f"atom {name!r}", data[offset + 8 : offset + size]
        offset += max(size, 8)
