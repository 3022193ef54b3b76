"""The frames of a FLAC file: which sample the last of them ends at (RFC 9639, 8.2 and 9.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, Final

from genretagger.tagging.layout import flac, peek

if TYPE_CHECKING:
    from genretagger.tagging.layout.flac import FlacLayout

_INFO_BYTES: Final = 34
_HEAD_BYTES: Final = 16  # the longest head of a frame
_LEAST_HEAD_BYTES: Final = 6
_SEARCHED_BYTES: Final = 64 << 10  # where the largest frame is not known
_MOST_SEARCHED_BYTES: Final = 4 << 20
_CRC8: Final = 0x07  # x^8 + x^2 + x + 1
_SIZES: Final = {1: 192} | {n: 144 << n for n in range(2, 6)} | {n: 1 << n for n in range(8, 16)}
_EIGHT_BITS, _SIXTEEN_BITS = 6, 7  # codes: the size of the block follows the number


def promised_samples(stream: BinaryIO, found: FlacLayout) -> int:
    """Return how many samples of each channel STREAMINFO promises, 0 if it does not say."""
    info = _info(stream, found)
    return int.from_bytes(info[13:18], "big") & (1 << 36) - 1 if len(info) == _INFO_BYTES else 0


def _info(stream: BinaryIO, found: FlacLayout) -> bytes:
    start = next((b.start for b in found.blocks if b.kind == flac.STREAMINFO), None)
    return b"" if start is None else peek(stream, start, size=_INFO_BYTES)


def last_sample(stream: BinaryIO, found: FlacLayout, promised: int) -> int:
    """Return behind which sample the last frame ends, `promised` at most, 0 if there is none.

    Only as much of the end is read as the largest frame takes. What looks there like the head of a
    frame counts only if its checksum is right and it is of the kind of the first frame.
    """
    info = _info(stream, found)
    most = int.from_bytes(info[7:10], "big") or _SEARCHED_BYTES
    first = peek(stream, found.frames, size=2)
    start = max(found.frames, found.end - min(2 * most, _MOST_SEARCHED_BYTES))
    data = peek(stream, start, size=found.end - start)
    fixed_size = int.from_bytes(info[2:4], "big")
    ends = (_end(data[at.start() :][:_HEAD_BYTES], fixed_size) for at in _finds(first, data))
    return max((end for end in ends if end <= promised), default=0)


def _finds(mark: bytes, data: bytes) -> list[re.Match[bytes]]:
    return list(re.finditer(re.escape(mark), data)) if len(mark) == 2 else []


def _end(head: bytes, fixed_size: int) -> int:
    """Return behind which sample a frame ends, 0 if `head` is not the head of one."""
    number, at = _coded(head, 4)
    code = head[2] >> 4 if len(head) > _LEAST_HEAD_BYTES else 0
    if number is None or not code:
        return 0
    size = _SIZES.get(code, 0)
    if code in (_EIGHT_BITS, _SIXTEEN_BITS):
        width = code - 5
        size = int.from_bytes(head[at : at + width], "big") + 1
        at += width
    at += {12: 1, 13: 2, 14: 2}.get(head[2] & 15, 0)  # the sampling rate
    if at >= len(head) or _crc8(head[:at]) != head[at]:
        return 0
    is_variable = head[1] & 1
    return number + size if is_variable else number * fixed_size + size


def _coded(head: bytes, at: int) -> tuple[int | None, int]:
    """Return the number at `at`, coded as UTF-8 codes characters, and where it ends."""
    first = head[at] if at < len(head) else 0
    width = 8 - (first ^ 0xFF).bit_length() or 1
    rest = head[at + 1 : at + width]
    if first & 0xC0 == 0x80 or len(rest) != width - 1 or any(b & 0xC0 != 0x80 for b in rest):
        return None, at
    number = first if width == 1 else first & (1 << 7 - width) - 1
    for byte in rest:
        number = number << 6 | byte & 0x3F
    return number, at + width


def _crc8(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc << 1 ^ (_CRC8 if crc & 0x80 else 0)
            crc &= 0xFF
    return crc
