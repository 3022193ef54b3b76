"""The frames of a FLAC file: which sample the last of them ends at (RFC 9639, 8.2 and 9.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from genretagger.tagging.layout import blocks, flac, peek

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genretagger.tagging.layout.flac import FlacLayout

_INFO_BYTES: Final = 34
_HEAD_BYTES: Final = 16  # the longest head of a frame
_LEAST_HEAD_BYTES: Final = 6
_LONGEST_NUMBER_BYTES: Final = 7
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


def last_sample(stream: BinaryIO, found: FlacLayout) -> int:
    """Return behind which sample the last frame ends, 0 if none is found near the end.

    Only as much of the end is read as the largest frame takes, twice.
    """
    form = _form(stream, found)
    most = form.largest_bytes or _SEARCHED_BYTES
    start = max(found.frames, found.end - min(2 * most, _MOST_SEARCHED_BYTES))
    data = peek(stream, start, size=found.end - start)
    return max((end for _, end in _spans(data, form)), default=0)


def has_hole(stream: BinaryIO, found: FlacLayout, promised: int) -> bool:
    """Return whether frames do not follow one another up to the sample `promised`; reads all."""
    form = _form(stream, found)
    if not form.is_variable and not form.block_size:
        return False
    following: int | None = None
    rest = b""
    for block in blocks(stream, start=found.frames, end=found.end):
        data = rest + block
        for first, end in _spans(data, form):
            if following is None or first == following:
                following = end
        rest = data[-_HEAD_BYTES:]
    return following is None or following < promised


@dataclass(frozen=True, slots=True)
class _Form:
    """What all frames of a file have in common, by STREAMINFO and the first of them."""

    mark: bytes
    rate: int
    depth: int
    block_size: int
    largest_bytes: int

    @property
    def is_variable(self) -> bool:
        return bool(self.mark[-1:] and self.mark[-1] & 1)


def _form(stream: BinaryIO, found: FlacLayout) -> _Form:
    info = _info(stream, found)
    first = peek(stream, found.frames, size=4).ljust(4, b"\0")
    return _Form(
        first[:2],
        first[2] & 15,
        first[3] & 15,
        int.from_bytes(info[2:4], "big"),
        int.from_bytes(info[7:10], "big"),
    )


def _spans(data: bytes, form: _Form) -> Iterator[tuple[int, int]]:
    """Yield the first sample and the end of each frame whose whole head is in `data`.

    What looks like the head of a frame counts only if its checksum is right and it is of the form
    of the first one.
    """
    for found in re.finditer(re.escape(form.mark), data):
        span = _span(data[found.start() : found.start() + _HEAD_BYTES], form)
        if span is not None:
            yield span


def _span(head: bytes, form: _Form) -> tuple[int, int] | None:
    if len(head) <= _LEAST_HEAD_BYTES or (head[2] & 15, head[3] & 15) != (form.rate, form.depth):
        return None
    number, at = _coded(head, 4)
    code = head[2] >> 4
    size = _SIZES.get(code, 0)
    if code in (_EIGHT_BITS, _SIXTEEN_BITS):
        width = code - 5
        size = int.from_bytes(head[at : at + width], "big") + 1
        at += width
    at += {12: 1, 13: 2, 14: 2}.get(form.rate, 0)  # the sampling rate follows
    if number is None or not size or at >= len(head) or _crc8(head[:at]) != head[at]:
        return None
    first = number if form.is_variable else number * form.block_size
    return first, first + size


def _coded(head: bytes, at: int) -> tuple[int | None, int]:
    """Return the number at `at`, coded as UTF-8 codes characters, and where it ends."""
    first = head[at] if at < len(head) else 0
    width = 8 - (first ^ 0xFF).bit_length() or 1
    rest = head[at + 1 : at + width]
    is_first = first & 0xC0 != 0x80 and width <= _LONGEST_NUMBER_BYTES
    if not is_first or len(rest) != width - 1 or any(b & 0xC0 != 0x80 for b in rest):
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
