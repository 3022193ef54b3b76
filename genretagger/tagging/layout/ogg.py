"""Ogg: pages, and the packets that pages are cut into (RFC 3533, section 6)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Final

from genretagger.tagging.layout import LayoutError, mpeg, peek, read_at, size_of

CONTINUED: Final = 0x01
FIRST: Final = 0x02
LAST: Final = 0x04
NO_GRANULE: Final = -1  # no packet ends on the page
PAGE_NUMBERS: Final = 1 << 32  # how many there are before they begin again
_HEADER_BYTES: Final = 27
_NUMBER_AT: Final = 18
_MOST_BEGINNING_BYTES: Final = 1 << 16
_CHECKSUM_AT: Final = 22
_REVERSED: Final = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))

# How the identification packet of each codec begins, and its comment packet, the second one.
COMMENT_MARKS: Final[dict[bytes, bytes]] = {
    b"\x01vorbis": b"\x03vorbis",
    b"OpusHead": b"OpusTags",
    b"Speex   ": b"",
    b"\x80theora": b"\x81theora",
    b"\x7fFLAC": b"",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `parts` are its packets or parts of packets, the last one whole if `complete`.

    granule : time at the end of the last packet that ends here, in the codec's unit
    number : the page's number in its logical stream
    """

    flags: int
    granule: int
    serial: int
    number: int
    parts: tuple[bytes, ...]
    complete: bool
    start: int
    end: int


def pages(stream: BinaryIO, *, start: int = 0) -> Iterator[Page]:
    """Yield the pages from `start` to the end of the file or to the last page of the stream."""
    offset, size, ended = start, size_of(stream), False
    while offset < size:
        header = peek(stream, offset, size=_HEADER_BYTES)
        if len(header) < _HEADER_BYTES or header[:4] != b"OggS":
            if ended or offset == mpeg.audio_span(stream)[1]:
                return  # other programs' bytes or tags behind the stream
            raise LayoutError("Ogg")
        page = _page(stream, offset, header=header)
        ended = bool(page.flags & LAST)
        offset = page.end
        yield page


def _page(stream: BinaryIO, offset: int, *, header: bytes) -> Page:
    flags, granule, serial, number = struct.unpack_from("<BqII", header, 5)
    n_segments = header[26]
    lacing = read_at(stream, offset + _HEADER_BYTES, size=n_segments, part="Ogg")
    body_at = offset + _HEADER_BYTES + n_segments
    body = read_at(stream, body_at, size=sum(lacing), part="Ogg")
    parts, start, end = [], 0, 0
    for value in lacing:
        end += value
        if value < 255:
            parts.append(body[start:end])
            start = end
    complete = not lacing or lacing[-1] < 255
    if not complete:
        parts.append(body[start:])
    end = body_at + len(body)
    return Page(flags, granule, serial, number, tuple(parts), complete, offset, end)


def first_pages_end(stream: BinaryIO, *, start: int = 0) -> int:
    """Return where the first pages of the streams side by side end, which stand before all others.

    A page that is cut off ends them too, and 64 KiB do.
    """
    end = 0
    with suppress(LayoutError):
        for page in pages(stream, start=start):
            if not page.flags & FIRST or page.end > start + _MOST_BEGINNING_BYTES:
                break
            end = page.end
    return end


def is_whole(stream: BinaryIO, page: Page) -> bool:
    """Return whether the checksum of `page` is right."""
    data = bytearray(peek(stream, page.start, size=page.end - page.start))
    said = bytes(data[_CHECKSUM_AT : _CHECKSUM_AT + 4])
    data[_CHECKSUM_AT : _CHECKSUM_AT + 4] = bytes(4)
    return said == _checksum(bytes(data))


def _checksum(data: bytes) -> bytes:
    """Return the checksum of a page: CRC-32 with all bits the other way round than zlib's.

    It begins with 0 and is not inverted in the end (RFC 3533, 6), both of which zlib does.
    """
    mirrored = zlib.crc32(data.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return mirrored.to_bytes(4, "big").translate(_REVERSED)


def stream_pages(stream: BinaryIO, *, codec: bytes) -> Iterator[Page]:
    """Yield the pages of the first logical stream of `codec`, up to its end."""
    serial = None
    for page in pages(stream):
        if serial is None and page.flags & FIRST and page.parts and page.parts[0].startswith(codec):
            serial = page.serial
        elif page.serial != serial:
            continue
        elif page.flags & FIRST:  # the next link of a chain
            return
        yield page
        if page.flags & LAST:
            return
    if serial is None:
        raise LayoutError("Ogg")


def packets(stream: BinaryIO, *, codec: bytes) -> Iterator[bytes]:
    """Yield the packets of the first logical stream of `codec`."""
    parts: list[bytes] = []
    for page in stream_pages(stream, codec=codec):
        for number, part in enumerate(page.parts):
            parts.append(part)
            if number < len(page.parts) - 1 or page.complete:
                yield b"".join(parts)
                parts = []


def comment_pages(stream: BinaryIO, *, codec: bytes) -> list[Page]:
    """Return the first page of a stream and those with its second packet, at the start of each."""
    found: list[Page] = []
    for page in stream_pages(stream, codec=codec):
        found.append(page)
        if len(found) == 1:
            if len(page.parts) != 1 or not page.complete:
                break
        elif bool(page.flags & CONTINUED) != (len(found) > 2):
            break
        elif len(page.parts) > 1 or (page.parts and page.complete):
            return found
    raise LayoutError("Ogg")


def page_bytes(
    parts: tuple[bytes, ...], *, flags: int, granule: int, serial: int, number: int, complete: bool
) -> bytes:
    """Return a page as it stands in a file, with its checksum; a last part that goes on is whole.

    A part that goes on on the next page is a multiple of 255 bytes long.
    """
    lacing = b"".join(b"\xff" * (len(part) // 255) + bytes([len(part) % 255]) for part in parts)
    if not complete:
        lacing = lacing[:-1]
    head = struct.pack("<4sBBqII", b"OggS", 0, flags, granule, serial, number)
    tail = bytes([len(lacing)]) + lacing + b"".join(parts)
    return head + _checksum(head + bytes(4) + tail) + tail


def renumbered(data: bytes, *, number: int) -> bytes:
    """Return the bytes of a page under another number; a checksum that was wrong stays wrong."""
    blank = bytearray(data)
    blank[_CHECKSUM_AT : _CHECKSUM_AT + 4] = bytes(4)
    was_whole = data[_CHECKSUM_AT : _CHECKSUM_AT + 4] == _checksum(bytes(blank))
    blank[_NUMBER_AT : _NUMBER_AT + 4] = struct.pack("<I", number)
    said = _checksum(bytes(blank)) if was_whole else data[_CHECKSUM_AT : _CHECKSUM_AT + 4]
    blank[_CHECKSUM_AT : _CHECKSUM_AT + 4] = said
    return bytes(blank)
