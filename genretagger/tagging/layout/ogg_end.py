"""Whether an Ogg file has all its pages up to its end (RFC 3533, section 6)."""

from __future__ import annotations

from typing import BinaryIO, Final

from genretagger.tagging.layout import LayoutError, ogg, peek

_FLAGS_AT: Final = 5
_LAST: Final = 0x04
_MOST_PAGE_BYTES: Final = ogg.HEADER_BYTES + 255 + 255 * 255
_LEAST_PAGES: Final = 5  # with sound, to know what they are like


def is_cut_off(stream: BinaryIO, *, end: int) -> bool:
    """Return whether the last page exceeds `end`, or whether more pages must have followed it.

    Reads only the end of a file whose last page has the flag of a last page.
    """
    start = max(end - _MOST_PAGE_BYTES, 0)
    data = peek(stream, start, size=end - start)
    at = data.rfind(b"OggS")
    page = data[at:] if at >= 0 else b""
    if page and _is_page_cut(page):
        return True
    if page and page[_FLAGS_AT] & _LAST:
        return False
    try:
        pages = list(ogg.read_pages(stream))
        return bool(pages) and _stops_halfway(pages)
    except LayoutError:
        return True


def _is_page_cut(page: bytes) -> bool:
    if len(page) < ogg.HEADER_BYTES:
        return True
    n_segments = page[ogg.HEADER_BYTES - 1]
    lacing = page[ogg.HEADER_BYTES : ogg.HEADER_BYTES + n_segments]
    return len(lacing) < n_segments or len(page) < ogg.HEADER_BYTES + n_segments + sum(lacing)


def _stops_halfway(pages: list[ogg.Page]) -> bool:
    """Return whether pages must have followed the last one, which lacks the last flag.

    An encoder that leaves out the flag ends with a page of what is left over; a page as full as the
    others means that more followed. The end of a broadcast, whose sound does not begin right behind
    its headers, is unknown.
    """
    last = pages[-1]
    if last.last:  # other bytes follow
        return False
    if not last.complete:
        return True
    link = [page for page in pages if page.serial == last.serial]
    link = link[max((n for n, page in enumerate(link) if page.first), default=0) :]
    n_headers = next((n for n, page in enumerate(link) if page.position), len(link))
    sound = link[n_headers:]
    if len(sound) < _LEAST_PAGES or sound[0].sequence != n_headers:
        return False
    others = sound[1:-1]  # the first one may be short
    counts = {len(page.packets) for page in others}
    if len(counts) == 1:  # pages of one length in time
        return len(last.packets) >= counts.pop()
    return bool(last.size >= min(page.size for page in others))


def has_hole(stream: BinaryIO) -> bool:
    """Return whether a page is damaged or a page with sound missing; reads the whole file.

    A decoder skips a page with a wrong checksum.
    """
    following: dict[int, int] = {}
    for page in ogg.read_pages(stream):
        known = page.sequence if page.first else following.get(page.serial, page.sequence)
        if page.sequence != known or not ogg.is_whole(stream, page):
            return True
        following.pop(page.serial, None)
        if page.position:  # a broadcast's sound need not follow its headers
            following[page.serial] = (page.sequence + 1) % ogg.SEQUENCES
    return False
