"""Take an ID3v2 tag apart and build it again; only the changed frames differ.

Source of the format: id3.org, "id3v2-00" (3), "id3v2.3.0" (3.1, 3.2, 5) and "id3v2.4.0-structure"
(3, 6.1).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mutagen.id3 import Frames

from genretagger.core.tracks import TagVersion
from genretagger.tagging.containers.id3 import id3_frames
from genretagger.tagging.containers.id3.id3_frames import RawFrame, decode_number, encode_number
from genretagger.tagging.layout import LayoutError

HEADER_BYTES: Final = 10
UNSYNCHRONISED: Final = 0x80
_EXTENDED: Final = 0x40
_COMPRESSED_22: Final = 0x40  # the same bit in ID3v2.2: a scheme that was never defined
_FOOTER: Final = 0x10
_CRC_23: Final = 0x8000
_CRC_24: Final = 0x20
_PADDING_BYTES: Final = 1024  # of a tag that had too little room
_LEAST_PADDING_BYTES: Final = 10  # keeps what stands in the padding from being read as a frame
_UNSAFE: Final = re.compile(rb"\xff[\xe0-\xff]|\xff\Z")
_MADE_UNSAFE: Final = re.compile(rb"\xff(?=[\x00\xe0-\xff]|\Z)")


@dataclass(frozen=True, slots=True)
class Id3Tag:
    """An ID3v2 tag; the file holds `size` bytes of it, header, padding and footer included.

    is_coded : whether it was unsynchronised as a whole; the flag alone may be wrong
    is_filled : whether nothing follows the frames
    extended : the extended header
    rest : non-zero bytes in the padding; empty in a healthy tag
    """

    major: int = 4
    revision: int = 0
    flags: int = 0
    is_coded: bool = False
    is_filled: bool = False
    extended: bytes = b""
    frames: tuple[RawFrame, ...] = ()
    rest: bytes = b""
    size: int = 0

    @property
    def is_wide(self) -> bool:
        """Whether the sizes of its frames are of the kind that iTunes wrote into ID3v2.4."""
        return any(frame.is_wide for frame in self.frames)

    @property
    def version(self) -> TagVersion | None:
        """The version, None for a missing tag."""
        return TagVersion(f"2.{self.major}") if self.size else None


def parse(data: bytes) -> Id3Tag:
    """Return the tag that fills `data`, an empty one for no data.

    Raises
    ------
    LayoutError
        It is of another version than 2.2 to 2.4, or a frame does not fit into the tag.
    """
    if not data:
        return Id3Tag()
    major, revision, flags = data[3], data[4], data[5]
    if major not in (2, 3, 4) or (major == 2 and flags & _COMPRESSED_22):
        raise LayoutError(f"ID3v2.{major}")
    body = data[HEADER_BYTES : -HEADER_BYTES if major == 4 and flags & _FOOTER else None]
    is_coded = major < 4 and _is_coded(body, flags=flags)  # in 2.4 each frame is for itself
    if is_coded:
        body = body.replace(b"\xff\x00", b"\xff")
    extended_bytes = _extended_bytes(body, major=major) if flags & _EXTENDED else 0
    if extended_bytes > len(body):
        raise LayoutError("ID3v2")
    frames, end = id3_frames.split(
        body[extended_bytes:], major=major, unsynchronised=bool(flags & UNSYNCHRONISED)
    )
    extended, rest = body[:extended_bytes], body[extended_bytes + end :]
    is_filled, rest = not rest, rest.strip(b"\0")
    return Id3Tag(major, revision, flags, is_coded, is_filled, extended, frames, rest, len(data))


def _is_coded(body: bytes, *, flags: int) -> bool:
    """Return whether `body` is unsynchronised; the flag is wrong if it holds a false sync."""
    if not flags & UNSYNCHRONISED:
        return False
    is_wrong = _UNSAFE.search(body) is not None
    if is_wrong and b"\xff\x00" in body:
        raise LayoutError("ID3v2")
    return not is_wrong


def _extended_bytes(body: bytes, *, major: int) -> int:
    if body[:4].decode("latin-1") in Frames:
        return 0  # a flag without a header (quodlibet issue 126)
    if major == 4:
        return decode_number(body[:4], width=7)
    return 4 + decode_number(body[:4], width=8)


def with_genre(tag: Id3Tag, genre: Sequence[bytes]) -> list[bytes]:
    """Return the frames of `tag` with `genre` in place of the first TCON, else at the end."""
    at = next((n for n, frame in enumerate(tag.frames) if frame.is_genre), len(tag.frames))
    kept = [frame.exact() for frame in tag.frames[at:] if not frame.is_genre]
    return [*(frame.exact() for frame in tag.frames[:at]), *genre, *kept]


def build(tag: Id3Tag, frames: Sequence[bytes]) -> bytes:
    """Return `tag` with other `frames`, of the same length as before if they fit.

    Keeps header flags, extended header, footer and the bytes behind the frames; renews a CRC.

    Raises
    ------
    LayoutError
        It would be larger than a tag can be (256 MiB).
    """
    has_footer = tag.major == 4 and bool(tag.flags & _FOOTER)
    content = b"".join(frames)
    needed = len(_safe(tag.extended + content, when=tag.is_coded)) + len(tag.rest)
    room = tag.size - HEADER_BYTES - (HEADER_BYTES if has_footer else 0) - needed
    least = _LEAST_PADDING_BYTES if tag.rest else 0
    # FFmpeg tells sizes of 7 from those of 8 bits by what follows the frame.
    new = 0 if tag.is_wide and tag.is_filled else _PADDING_BYTES
    padding = bytes(least if has_footer else room if room >= least else new)
    extended = _extended(tag, content, padding=padding)
    body = _safe(extended + content, when=tag.is_coded) + padding
    body += _safe(tag.rest, when=tag.is_coded)
    head = bytes([tag.major, tag.revision, tag.flags]) + encode_number(len(body), width=7)
    return b"ID3" + head + body + (b"3DI" + head if has_footer else b"")


def _safe(data: bytes, *, when: bool) -> bytes:
    return _MADE_UNSAFE.sub(b"\xff\x00", data) if when else data


def _extended(tag: Id3Tag, content: bytes, *, padding: bytes) -> bytes:
    """Return the extended header with the right padding and CRC, if it states them.

    The CRC of ID3v2.3 covers the frames, that of ID3v2.4 also what follows them.
    """
    extended = bytearray(tag.extended)
    if tag.major == 3 and len(extended) in (10, 14):
        extended[6:10] = encode_number(len(padding), width=8)
        if len(extended) == 14 and int.from_bytes(extended[4:6], "big") & _CRC_23:
            extended[10:14] = encode_number(zlib.crc32(content), width=8)
    elif tag.major == 4 and len(extended) >= 12 and extended[4] == 1 and extended[5] & _CRC_24:
        at = 6 + (1 + extended[6] if extended[5] & 0x40 else 0)  # behind "tag is an update"
        crc = zlib.crc32(content + padding + tag.rest)
        if extended[at : at + 1] == b"\5" and at + 6 <= len(extended):
            extended[at + 1 : at + 6] = bytes(crc >> shift & 127 for shift in (28, 21, 14, 7, 0))
    return bytes(extended)
