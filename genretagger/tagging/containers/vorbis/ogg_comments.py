"""The comment packet of an Ogg file replaced: all other packets and their times stay as they are.

Mutagen would give packets that share a page with the comments new times, and cannot write an entry
that is not `NAME=text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from genretagger.tagging.containers.splice import splice
from genretagger.tagging.layout import ogg, peek

_PAGE_BYTES: Final = 255 * 255  # what a page holds (RFC 3533, 6)


def read(stream: BinaryIO, *, codec: bytes) -> bytes:
    """Return the comment packet, the second one of the first stream of `codec`.

    Raises
    ------
    LayoutError
        There is none.
    """
    _, *pages = ogg.comment_pages(stream, codec=codec)
    return b"".join(page.parts[0] for page in pages)


def is_whole(stream: BinaryIO, *, codec: bytes) -> bool:
    """Return whether the checksums of the comment packet's pages and of the first page are right.

    Raises
    ------
    LayoutError
        There are no such pages.
    """
    return all(ogg.is_whole(stream, page) for page in ogg.comment_pages(stream, codec=codec))


def replace(stream: BinaryIO, packet: bytes, *, codec: bytes) -> None:
    """Put `packet` in the place of the comment packet of a file open for reading and writing.

    Packets that shared its last page, as Vorbis' setup does, get a page of their own behind it.

    Raises
    ------
    LayoutError
        There is no comment packet, or a page is damaged.
    OSError
        The disk failed; the file may be spoilt.
    """
    _, *old = ogg.comment_pages(stream, codec=codec)
    new = list(_pages(packet, old=old, following=old[-1].parts[1:]))
    data = b"".join(new)
    runs = _runs(old)
    for start, end in reversed(runs[1:]):  # from behind, so that the places in front stay true
        splice(stream, b"", start=start, end=end)
    start, end = runs[0]
    splice(stream, data, start=start, end=end)
    if len(new) != len(old):
        _renumber(stream, start + len(data), serial=old[0].serial, by=len(new) - len(old))


def _runs(pages: Sequence[ogg.Page]) -> list[tuple[int, int]]:
    """Return from where to where pages follow one another; another stream's may come between."""
    runs: list[tuple[int, int]] = []
    for page in pages:
        if runs and runs[-1][1] == page.start:
            runs[-1] = (runs[-1][0], page.end)
        else:
            runs.append((page.start, page.end))
    return runs


def _pages(
    packet: bytes, *, old: Sequence[ogg.Page], following: tuple[bytes, ...]
) -> Iterator[bytes]:
    """Yield the pages with the new packet, and one with the packets that followed the old one."""
    last = old[-1]
    first_at, flag = old[0].number, last.flags & ogg.LAST
    ends_here = len(following) > 1 or last.complete  # whether a following packet has the time
    times = (0, last.granule) if following and ends_here else (last.granule, ogg.NO_GRANULE)
    starts = range(0, len(packet) + 1, _PAGE_BYTES)  # of a whole multiple the last page is empty
    for number, at in enumerate(starts):
        ends = at == starts[-1]
        yield ogg.page_bytes(
            (packet[at : at + _PAGE_BYTES],),
            flags=(ogg.CONTINUED if at else 0) | (flag if ends and not following else 0),
            granule=times[0] if ends else ogg.NO_GRANULE,
            serial=last.serial,
            number=(first_at + number) % ogg.PAGE_NUMBERS,
            complete=ends,
        )
    if following:
        yield ogg.page_bytes(
            following,
            flags=flag,
            granule=times[1],
            serial=last.serial,
            number=(first_at + len(starts)) % ogg.PAGE_NUMBERS,
            complete=last.complete,
        )


def _renumber(stream: BinaryIO, start: int, *, serial: int, by: int) -> None:
    """Add `by` to the number of each page of a logical stream from `start` on."""
    for page in ogg.pages(stream, start=start):
        if page.serial != serial:
            continue
        if page.flags & ogg.FIRST:  # the next link of a chain under the same number
            return
        data = peek(stream, page.start, size=page.end - page.start)
        stream.seek(page.start)
        stream.write(ogg.renumbered(data, number=(page.number + by) % ogg.PAGE_NUMBERS))
        if page.flags & ogg.LAST:
            return
