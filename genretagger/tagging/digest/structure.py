"""The digest of what a player needs around the audio (times, tables); no edit of tags changes it.

It is separate from the audio digest, which stays the same if a program cuts Ogg pages anew.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from genretagger.tagging.digest import digest_of
from genretagger.tagging.layout import blocks, mp4, ogg, size_of

_TABLE_HEAD_BYTES: Final = 8  # version, flags and length of a table of chunk offsets


def structure_digest(stream: BinaryIO, *, container: str, path: Path) -> str:
    """Return the SHA-256 of what surrounds the audio of an open file, in hexadecimal.

    Ogg: times, order and checksums of the pages with audio, and what follows the last page. MP4:
    everything but the tags, the audio and the chunk offsets, which move along with it. In other
    containers all of it is in the audio digest or in the frames of the tags.
    `path` is for messages.

    Raises
    ------
    TagReadError
        The file is cut off or is not built as its container demands.
    """
    return digest_of(stream, _FAMILIES.get(container, _nothing), path=path)


def _nothing(stream: BinaryIO, digest: Any) -> None:
    pass


def _ogg(stream: BinaryIO, digest: Any) -> None:
    """Hash each page that ends a packet of audio, and whether pages are missing or damaged.

    The comments in front may take up more or fewer pages than before. A decoder skips a page with a
    wrong checksum and takes a gap in the page numbers for a loss (RFC 3533, 6).
    """
    order: dict[int, int] = {}
    numbers: dict[int, int] = {}
    n_broken, end = 0, 0
    for page in ogg.read_pages(stream):
        if page.first:
            order[page.serial] = len(order)
            numbers[page.serial] = page.sequence
        broken = page.sequence != numbers.get(page.serial) or not ogg.is_whole(stream, page)
        numbers[page.serial] = (page.sequence + 1) % ogg.SEQUENCES
        n_broken += broken
        end = page.end
        if page.position not in (0, ogg.NO_POSITION):
            number = order.get(page.serial, -1)
            digest.update(struct.pack("<qq??", number, page.position, page.last, broken))
    digest.update(struct.pack("<q", n_broken))
    _add(stream, digest, end, size_of(stream))


def _mp4(stream: BinaryIO, digest: Any) -> None:
    """Hash every atom in `moov` except the tags, and everything outside `moov` and the audio.

    Tables of chunk offsets count with their length only.
    """
    for names, atom in mp4.walk_leaves(stream):
        if names == (b"moov", b"udta", b"meta"):
            continue
        end = atom.end
        if atom.name in mp4.OFFSET_TABLES:
            end = min(end, atom.start + _TABLE_HEAD_BYTES)
        digest.update(b"/".join(names))
        _add(stream, digest, atom.start, end)
    atoms = mp4.read_top_level(stream)
    for atom in atoms:
        digest.update(atom.name)
        if atom.name not in (b"moov", b"mdat"):
            _add(stream, digest, atom.start, atom.end)
    _add(stream, digest, atoms[-1].end if atoms else 0, size_of(stream))


def _add(stream: BinaryIO, digest: Any, start: int, end: int) -> None:
    digest.update(struct.pack("<q", end - start))
    for block in blocks(stream, start=start, end=end):
        digest.update(block)


_FAMILIES: Final[dict[str, Callable[[BinaryIO, Any], None]]] = {
    "ogg": _ogg,
    "oga": _ogg,
    "opus": _ogg,
    "spx": _ogg,
    "m4a": _mp4,
}
