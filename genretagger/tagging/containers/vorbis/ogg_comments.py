"""Replace the comment packet of an Ogg file; all other packets keep content and time.

Mutagen's `OggPage` reads and builds the pages, but its `replace` would give packets that share a
page with the comments new times, and mutagen cannot write an entry that is not `NAME=text`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from mutagen.ogg import OggPage

from genretagger.tagging.containers.splice import splice
from genretagger.tagging.layout import ogg

_PAGE_BYTES: Final = 255 * 255  # what a page holds (RFC 3533, 6)


def read(stream: BinaryIO, *, codec: bytes) -> bytes:
    """Return the comment packet, the second one of the first stream of `codec`.

    Raises
    ------
    LayoutError
        There is none.
    """
    _, *pages = ogg.read_comment_pages(stream, codec=codec)
    return b"".join(page.packets[0] for page in pages)


def is_whole(stream: BinaryIO, *, codec: bytes) -> bool:
    """Return whether the checksums of the first page and of the comments' pages are right.

    Raises
    ------
    LayoutError
        There are no such pages.
    """
    return all(ogg.is_whole(stream, page) for page in ogg.read_comment_pages(stream, codec=codec))


def replace(stream: BinaryIO, packet: bytes, *, codec: bytes) -> None:
    """Replace the comment packet of a file open for reading and writing by `packet`.

    Packets that shared its last page, as Vorbis' setup does, get a page of their own behind it.

    Raises
    ------
    LayoutError
        There is no comment packet, or a page is damaged.
    OSError
        The disk failed; the file may be spoilt.
    """
    _, *old = ogg.read_comment_pages(stream, codec=codec)
    new = _pages(packet, old=old)
    data = b"".join(page.write() for page in new)
    runs = _runs(old)
    for start, end in reversed(runs[1:]):  # from behind, so that offsets in front stay true
        splice(stream, b"", start=start, end=end)
    start, end = runs[0]
    splice(stream, data, start=start, end=end)
    if len(new) != len(old):
        _renumber(stream, start + len(data), serial=old[0].serial, by=len(new) - len(old))


def _runs(pages: Sequence[ogg.Page]) -> list[tuple[int, int]]:
    """Return start and end of each run of adjacent pages; another stream's may lie between."""
    runs: list[tuple[int, int]] = []
    for page in pages:
        if runs and runs[-1][1] == page.offset:
            runs[-1] = (runs[-1][0], page.end)
        else:
            runs.append((page.offset, page.end))
    return runs


def _pages(packet: bytes, *, old: Sequence[ogg.Page]) -> list[OggPage]:
    """Return the pages with the new packet, and one with the packets that followed the old one."""
    last = old[-1]
    following = last.packets[1:]
    starts = range(0, len(packet) + 1, _PAGE_BYTES)  # of a whole multiple the last page is empty
    pages = [_page([packet[at : at + _PAGE_BYTES]], position=ogg.NO_POSITION) for at in starts]
    for page in pages[1:]:
        page.continued = True
    for page in pages[:-1]:
        page.complete = False
    pages[-1].position = last.position
    if following:
        pages.append(_page(following, position=ogg.NO_POSITION))
        pages[-1].complete = last.complete
        if len(following) > 1 or last.complete:  # the time is that of a packet that followed
            pages[-2].position, pages[-1].position = 0, last.position
    pages[-1].last = last.last
    for number, page in enumerate(pages, old[0].sequence):
        page.serial, page.sequence = last.serial, number % ogg.SEQUENCES
    return pages


def _page(packets: list[bytes], *, position: int) -> OggPage:
    page = OggPage()
    page.packets, page.position = packets, position
    return page


def _renumber(stream: BinaryIO, start: int, *, serial: int, by: int) -> None:
    """Add `by` to the number of each page of a logical stream from `start` on.

    `OggPage.renumber` would go on into the next link of a chain, and make wrong checksums right.
    """
    for page in ogg.read_pages(stream, start=start):
        if page.serial != serial:
            continue
        if page.first:  # the next link of a chain under the same number
            return
        end = ogg.CHECKSUM_END if ogg.is_whole(stream, page) else ogg.CHECKSUM_AT
        page.sequence = (page.sequence + by) % ogg.SEQUENCES
        stream.seek(page.offset + ogg.SEQUENCE_AT)
        stream.write(OggPage.write(page)[ogg.SEQUENCE_AT : end])
        if page.last:
            return
