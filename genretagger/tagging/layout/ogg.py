"""Ogg: pages, and the packets that pages are cut into (RFC 3533, section 6)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from genretagger.tagging.layout import LayoutError, peek, read_at, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTINUED: Final = 0x01
FIRST: Final = 0x02
LAST: Final = 0x04
_HEADER_BYTES: Final = 27

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
    """A page; `parts` are its packets or parts of packets, the last one whole if `complete`."""

    flags: int
    serial: int
    parts: tuple[bytes, ...]
    complete: bool
    end: int


def pages(stream: BinaryIO) -> Iterator[Page]:
    """Yield the pages from the start of the file to its end or to the last page of the stream.

    Raises
    ------
    LayoutError
        Something else than a page stands between pages, or the last page is cut off.
    """
    offset, size, ended = 0, size_of(stream), False
    while offset < size:
        header = peek(stream, offset, size=_HEADER_BYTES)
        if len(header) < _HEADER_BYTES or header[:4] != b"OggS":
            if ended:
                return  # other programs' bytes behind the stream
            raise LayoutError("Ogg")
        page = _page(stream, offset, header=header)
        ended = bool(page.flags & LAST)
        offset = page.end
        yield page


def _page(stream: BinaryIO, offset: int, *, header: bytes) -> Page:
    flags, serial, n_segments = header[5], struct.unpack_from("<I", header, 14)[0], header[26]
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
    return Page(flags, serial, tuple(parts), complete, body_at + len(body))


def header_packets(stream: BinaryIO, count: int) -> list[bytes]:
    """Return the first `count` packets of the first logical stream with a known codec.

    Raises
    ------
    LayoutError
        There is no such stream, or it ends before.
    """
    serial, packets, whole = None, list[bytes](), True
    for page in pages(stream):
        if serial is None and page.flags & FIRST and page.parts and _known(page.parts[0]):
            serial = page.serial
        if page.serial != serial:
            continue
        for number, part in enumerate(page.parts):
            if whole:
                packets.append(part)
            else:
                packets[-1] += part
            whole = number < len(page.parts) - 1 or page.complete
            if whole and len(packets) == count:
                return packets
    raise LayoutError("Ogg")


def _known(packet: bytes) -> bool:
    return packet.startswith(tuple(COMMENT_MARKS))
