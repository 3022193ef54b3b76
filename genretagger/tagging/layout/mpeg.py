"""Tags in front of and behind a bare stream: ID3v2, ID3v1, APEv2 and Lyrics3.

Sources: id3.org "id3v2.4.0-structure" (3.1, 3.4), "ID3v1", "Lyrics3 v2.00".
"""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from genretagger.core.files import leading_tags
from genretagger.core.files.leading_tags import synchsafe
from genretagger.tagging.layout import LayoutError, apev2, blocks, peek, size_of

ID3V1_BYTES: Final = 128
_ID3V2_HEADER: Final = re.compile(rb"ID3[\x02-\x04]\0[\0-\xf0]([\0-\x7f]{4})", re.DOTALL)
_BURIED_BYTES: Final = 64 << 10  # of the start of a file
_MOST_ZEROS: Final = 16 << 20  # a tag may have a large picture, and so as much padding
_LYRICS_MARK_BYTES: Final = 9
_LYRICS_V1_BYTES: Final = 5100


def read_id3v2_size(stream: BinaryIO, offset: int) -> int:
    """Return the size of the ID3v2 tag at `offset` with header and footer, 0 if there is none."""
    size = leading_tags.id3v2_bytes(peek(stream, offset, size=leading_tags.ID3V2_HEAD_BYTES))
    if size and offset + size > size_of(stream):
        raise LayoutError("ID3v2")
    return size


def is_id3v2_buried(stream: BinaryIO) -> bool:
    """Return whether an ID3v2 tag follows a few other bytes at the start of the file.

    Some programs look for it there, but would prefer a new one in front.
    """
    if read_id3v2_size(stream, 0):
        return False
    _, end = find_audio(stream)
    start = peek(stream, 0, size=min(_BURIED_BYTES, end))
    return any(match.end() + synchsafe(match[1]) <= end for match in _ID3V2_HEADER.finditer(start))


def find_further_id3v2(stream: BinaryIO) -> list[tuple[int, int]]:
    """Return start and end of each ID3v2 tag but the one at the start of the file.

    They follow it directly or behind zeros of its padding, or stand at the end, where their footer
    shows them (an update, "id3v2.4.0-structure", 3.2 and 3.4).
    """
    spans = []
    start = read_id3v2_size(stream, 0)
    while start:
        start = _behind_zeros(stream, start)
        size = read_id3v2_size(stream, start)
        if size:
            spans.append((start, start + size))
        size = size or _ape_header_bytes(stream, start)
        if not size:
            break
        start += size
    end = size_of(stream)
    while size := _ape_footer_bytes(stream, end) or _trailing_bytes(stream, end):
        if read_id3v2_size(stream, max(end - size, 0)) == size and end - size > 0:
            spans.append((end - size, end))
        end -= size
    return spans


def _behind_zeros(stream: BinaryIO, start: int) -> int:
    """Return the offset of the first non-zero byte from `start` on."""
    if peek(stream, start, size=1) != b"\0":  # as nearly always
        return start
    for block in blocks(stream, start=start, end=start + _MOST_ZEROS):
        rest = block.lstrip(b"\0")
        start += len(block) - len(rest)
        if rest:
            break
    return start


def is_adts(header: bytes) -> bool:
    """Return whether `header` begins a frame of raw AAC (layer 0, which MPEG audio lacks).

    Source: ISO/IEC 13818-7, 6.2.1 (adts_fixed_header).
    """
    return len(header) > 1 and header[0] == 0xFF and header[1] & 0xF6 == 0xF0


def find_id3v1(stream: BinaryIO) -> int | None:
    """Return where the ID3v1 tag at the end of the file begins, None if there is none."""
    offset = size_of(stream) - ID3V1_BYTES
    if peek(stream, offset, size=3) != b"TAG":
        return None
    in_ape = peek(stream, offset - 3, size=8) == b"APETAGEX"  # the header of a small APEv2 tag
    return None if in_ape else offset


def find_audio(stream: BinaryIO) -> tuple[int, int]:
    """Return start and end of the audio between the leading and the trailing tags."""
    start = 0
    while size := read_id3v2_size(stream, start) or _ape_header_bytes(stream, start):
        start += size
    end = size_of(stream)
    while size := _ape_footer_bytes(stream, end) or _trailing_bytes(stream, end):
        if end - size < start:
            raise LayoutError("APEv2")
        end -= size
    return start, end


def find_ape_tag(stream: BinaryIO) -> tuple[int, int] | None:
    """Return start and end of the APEv2 tag behind the audio, else in front of it, else None."""
    end = size_of(stream)
    while not (size := _ape_footer_bytes(stream, end)):
        if not (behind := _trailing_bytes(stream, end)):
            break
        end -= behind
    if size:
        return end - size, end
    start = 0
    while size := read_id3v2_size(stream, start):
        start += size
    size = _ape_header_bytes(stream, start)
    return (start, start + size) if size else None


def _ape_header_bytes(stream: BinaryIO, offset: int) -> int:
    """Return the size of an APEv2 tag whose header stands at `offset`, else 0."""
    end = apev2.find_end(stream, start=offset)
    return 0 if end is None else end - offset


def _ape_footer_bytes(stream: BinaryIO, end: int) -> int:
    """Return the size of an APEv2 tag whose footer ends at `end`, else 0."""
    start = apev2.find_start(stream, end=end)
    return 0 if start is None else end - start


def _trailing_bytes(stream: BinaryIO, end: int) -> int:
    """Return the size of another tag that ends at `end`, 0 if none does."""
    if peek(stream, end - ID3V1_BYTES, size=3) == b"TAG" and end >= ID3V1_BYTES:
        return ID3V1_BYTES
    footer = peek(stream, end - 10, size=10)
    if footer[:3] == b"3DI" and max(footer[6:10]) <= 0x7F:
        return 20 + synchsafe(footer[6:10])
    return _lyrics3_bytes(stream, end)


def _lyrics3_bytes(stream: BinaryIO, end: int) -> int:
    mark = peek(stream, end - _LYRICS_MARK_BYTES, size=_LYRICS_MARK_BYTES)
    if mark == b"LYRICS200":
        digits = peek(stream, end - _LYRICS_MARK_BYTES - 6, size=6)
        return int(digits) + _LYRICS_MARK_BYTES + 6 if digits.isdigit() else 0
    if mark == b"LYRICSEND":
        size = min(_LYRICS_V1_BYTES, end)
        at = peek(stream, end - size, size=size).find(b"LYRICSBEGIN")
        return size - at if at >= 0 else 0
    return 0
