"""The frames of a FLAC file: where they end, and whether all are there (RFC 9639, 8.2 and 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

from fastcrc import crc8, crc16

from genretagger.tagging.layout import blocks, flac, peek
from genretagger.tagging.layout.flac import FlacLayout

_INFO_BYTES: Final = 34
_HEAD_BYTES: Final = 16  # the longest head of a frame
_LEAST_HEAD_BYTES: Final = 6
_LONGEST_NUMBER_BYTES: Final = 7
_SEARCHED_BYTES: Final = 64 << 10  # where the largest frame is not known
_MOST_SEARCHED_BYTES: Final = 4 << 20
# What may stand behind the frames: tags whose end is not where it belongs, another file.
_FOLLOWING: Final = (b"ID3", b"APETAGEX", b"TAG", b"LYRICSBEGIN", b"fLaC", b"OggS", b"RIFF")
_SIZES: Final = {1: 192} | {n: 144 << n for n in range(2, 6)} | {n: 1 << n for n in range(8, 16)}
_MOST_ENDS: Final = 100  # that are tried; one of 64 KiB at random has one or two
_EIGHT_BITS, _SIXTEEN_BITS = 6, 7  # codes: the size of the block follows the number


def read_promised_samples(stream: BinaryIO, layout: FlacLayout) -> int:
    """Return how many samples per channel STREAMINFO promises, 0 if it does not say."""
    info = _info(stream, layout)
    return int.from_bytes(info[13:18], "big") & (1 << 36) - 1 if len(info) == _INFO_BYTES else 0


def _info(stream: BinaryIO, layout: FlacLayout) -> bytes:
    start = next((b.start for b in layout.blocks if b.kind == flac.STREAMINFO), None)
    return b"" if start is None else peek(stream, start, size=_INFO_BYTES)


@dataclass(frozen=True, slots=True)
class End:
    """How the frames end.

    sample : the number of samples up to the end of the last frame, 0 without frames
    is_whole : whether the last frame is complete
    has_tail : whether it seems complete, but followed by unknown bytes
    """

    sample: int
    is_whole: bool
    has_tail: bool = False


def find_end(stream: BinaryIO, layout: FlacLayout) -> End:
    """Return how the frames end; reads at most two of the largest frames."""
    form = _form(stream, layout)
    most = form.largest_bytes or _SEARCHED_BYTES
    start = max(layout.frames, layout.end - min(2 * most, _MOST_SEARCHED_BYTES))
    data = peek(stream, start, size=layout.end - start)
    last = max(_heads(data, form), key=lambda head: head.end, default=None)
    if last is None:
        return End(0, is_whole=False)
    data = data[last.at :]
    if _is_whole(data, form):
        return End(last.end, is_whole=True)
    tried = data[:_SEARCHED_BYTES]
    has_tail = is_right_within(tried, least=max(form.smallest_bytes, _HEAD_BYTES))
    return End(last.end, is_whole=False, has_tail=has_tail)


def has_hole(stream: BinaryIO, layout: FlacLayout, promised: int) -> bool:
    """Return whether frames are missing or damaged up to the sample `promised`; reads all of them.

    Each frame must follow the one before. If all checksums are right, one checksum over many frames
    is right, too, which is the quickest check.
    """
    form = _form(stream, layout)
    if not form.is_variable and not form.block_size:
        return False
    first = _head(peek(stream, layout.frames, size=_HEAD_BYTES), form)
    if first is None:
        return True
    following, rest = first.end, b""
    for block in blocks(stream, start=layout.frames, end=layout.end):
        data = rest + block
        last = 0
        for head in _heads(data, form):
            if head.first == following < promised:
                last, following = head.at, head.end
        if not is_right(memoryview(data)[:last]):
            return True
        rest = data[last:]
        if len(rest) > _MOST_SEARCHED_BYTES:
            break
    return following < promised or not _is_whole(rest, form)


def _is_whole(data: bytes, form: _Form) -> bool:
    """Return whether the frame at the start of `data` is complete.

    It ends at the end of `data`, or at zeros, an uncounted frame, another file or a broken tag.
    """
    if is_right(data):
        return True
    marks = b"|".join(map(re.escape, (form.mark, *_FOLLOWING)))
    ends = (match.start() for match in re.finditer(marks, data) if match.start())
    return any(is_right(data[:end]) for end in islice(ends, _MOST_ENDS))


def is_right(data: bytes | memoryview) -> bool:
    """Return whether `data` ends with its own CRC-16; trailing zeros change nothing.

    The checksum over data and its checksum is 0. Source: RFC 9639, 9.3 for frames (CRC-16/UMTS in
    catalogues) and 9.1.8 for their heads (CRC-8/SMBUS).
    """
    return not crc16.umts(data)


def is_right_within(data: bytes, *, least: int) -> bool:
    """Return whether some beginning of `data` of at least `least` bytes ends with its CRC-16."""
    crc = crc16.umts(data[: least - 1])
    for at in range(least - 1, len(data)):
        crc = crc16.umts(data[at : at + 1], crc)
        if not crc:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Form:
    """What all frames of a file have in common, from STREAMINFO and the first frame."""

    mark: bytes
    rate: int
    depth: int
    is_variable: bool
    block_size: int
    smallest_bytes: int
    largest_bytes: int


def _form(stream: BinaryIO, layout: FlacLayout) -> _Form:
    info = _info(stream, layout)
    first = peek(stream, layout.frames, size=4).ljust(4, b"\0")
    return _Form(
        first[:2],
        first[2] & 15,
        first[3] & 15,
        bool(first[1] & 1),
        int.from_bytes(info[2:4], "big"),
        int.from_bytes(info[4:7], "big"),
        int.from_bytes(info[7:10], "big"),
    )


class _Head(NamedTuple):
    """The head of a frame: its offset, the first sample, and the sample behind the last."""

    at: int
    first: int
    end: int


def _heads(data: bytes, form: _Form) -> Iterator[_Head]:
    """Yield the head of each frame whose whole head is in `data`.

    A candidate counts only if its checksum is right and its form is that of the first frame.
    """
    for match in re.finditer(re.escape(form.mark), data):
        at = match.start()
        head = _head(data[at : at + _HEAD_BYTES], form, at=at)
        if head is not None:
            yield head


def _head(head: bytes, form: _Form, *, at: int = 0) -> _Head | None:
    if len(head) <= _LEAST_HEAD_BYTES or (head[2] & 15, head[3] & 15) != (form.rate, form.depth):
        return None
    number, end = _coded(head, 4)
    code = head[2] >> 4
    size = _SIZES.get(code, 0)
    if code in (_EIGHT_BITS, _SIXTEEN_BITS):
        width = code - 5
        size = int.from_bytes(head[end : end + width], "big") + 1
        end += width
    end += {12: 1, 13: 2, 14: 2}.get(form.rate, 0)  # the sampling rate follows
    if number is None or not size or end >= len(head) or crc8.smbus(head[:end]) != head[end]:
        return None
    first = number if form.is_variable else number * form.block_size
    return _Head(at, first, first + size)


def _coded(head: bytes, at: int) -> tuple[int | None, int]:
    """Return the number at `at`, coded like a character of UTF-8, and its end."""
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
