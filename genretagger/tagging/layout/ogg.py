"""Ogg: pages, and the packets that pages are cut into (RFC 3533, section 6).

A page is mutagen's public `OggPage`: `packets` are its packets or parts of packets, the last one
whole if `complete`; `position` is the time at the end of the last packet that ends there, in the
codec's unit; `sequence` is the page's number in its logical stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, Final

from fastcrc import crc32
from mutagen.ogg import OggPage
from mutagen.ogg import error as OggError  # noqa: N812 - mutagen names its class in small letters

from genretagger.tagging.layout import LayoutError, mpeg, peek, size_of

NO_POSITION: Final = -1  # no packet ends on the page
SEQUENCES: Final = 1 << 32  # how many numbers of pages there are before they begin again
SEQUENCE_AT: Final = 18
CHECKSUM_AT: Final = 22
CHECKSUM_END: Final = 26
HEADER_BYTES: Final = 27
_MOST_BEGINNING_BYTES: Final = 1 << 16

# How the identification packet of each codec begins, and its comment packet, the second one.
COMMENT_MARKS: Final[dict[bytes, bytes]] = {
    b"\x01vorbis": b"\x03vorbis",
    b"OpusHead": b"OpusTags",
    b"Speex   ": b"",
    b"\x80theora": b"\x81theora",
    b"\x7fFLAC": b"",
}


class Page(OggPage):
    """A page of a file, from `offset` to `end`."""

    offset: int

    def __init__(self, stream: BinaryIO) -> None:
        OggPage.__init__(self, stream)
        self.end = stream.tell()


def read_pages(stream: BinaryIO, *, start: int = 0) -> Iterator[Page]:
    """Yield the pages from `start` to the end of the file or to the last page of the stream."""
    offset, size, ended = start, size_of(stream), False
    while offset < size:
        stream.seek(offset)
        try:
            page = Page(stream)
        except (OggError, EOFError) as error:
            is_page = len(header := peek(stream, offset, size=HEADER_BYTES)) == HEADER_BYTES
            is_tail = ended or offset == mpeg.find_audio(stream)[1]
            if is_tail and not (is_page and header.startswith(b"OggS")):
                return  # other programs' bytes or tags behind the stream
            raise LayoutError("Ogg") from error
        ended = page.last
        offset = page.end
        yield page


def find_first_pages_end(stream: BinaryIO, *, start: int = 0) -> int:
    """Return the end of the first pages of all parallel streams, which precede all others.

    A page that is cut off ends them, too, and so do 64 KiB.
    """
    end = 0
    with suppress(LayoutError):
        for page in read_pages(stream, start=start):
            if not page.first or page.end > start + _MOST_BEGINNING_BYTES:
                break
            end = page.end
    return end


def is_whole(stream: BinaryIO, page: Page) -> bool:
    """Return whether the checksum of `page` is right.

    The CRC-32 of MPEG-2, but begun with 0, over the page with a zeroed checksum (RFC 3533, 6).
    """
    data = bytearray(peek(stream, page.offset, size=page.end - page.offset))
    stored = int.from_bytes(data[CHECKSUM_AT:CHECKSUM_END], "little")
    data[CHECKSUM_AT:CHECKSUM_END] = bytes(4)
    return crc32.mpeg_2(data, 0) == stored


def read_stream_pages(stream: BinaryIO, *, codec: bytes) -> Iterator[Page]:
    """Yield the pages of the first logical stream of `codec`, up to its end."""
    serial = None
    for page in read_pages(stream):
        if serial is None and page.first and page.packets and page.packets[0].startswith(codec):
            serial = page.serial
        elif page.serial != serial:
            continue
        elif page.first:  # the next link of a chain
            return
        yield page
        if page.last:
            return
    if serial is None:
        raise LayoutError("Ogg")


def read_packets(stream: BinaryIO, *, codec: bytes) -> Iterator[bytes]:
    """Yield the packets of the first logical stream of `codec`."""
    parts: list[bytes] = []
    for page in read_stream_pages(stream, codec=codec):
        for number, part in enumerate(page.packets, 1):
            parts.append(part)
            if number < len(page.packets) or page.complete:
                yield b"".join(parts)
                parts = []


def read_comment_pages(stream: BinaryIO, *, codec: bytes) -> list[Page]:
    """Return the first page of a stream and the pages that begin with its second packet."""
    result: list[Page] = []
    for page in read_stream_pages(stream, codec=codec):
        result.append(page)
        if len(result) == 1:
            if len(page.packets) != 1 or not page.complete:
                break
        elif page.continued != (len(result) > 2):
            break
        elif len(page.packets) > 1 or (page.packets and page.complete):
            return result
    raise LayoutError("Ogg")
