"""ID3 frames one by one, as they stand in the file: what mutagen merges or drops is seen here.

Source of the format: id3.org, "id3v2.3.0" (3.1 to 3.3) and "id3v2.4.0-structure" (3 to 5).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from mutagen.id3 import ID3, Frames, TextFrame

from genretagger.tagging.layout import LayoutError, mpeg, read_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutagen.id3 import Frame as MutagenFrame

_HEADER_BYTES: Final = 10
_UNSYNCHRONISED: Final = 0x80
_EXTENDED: Final = 0x40
_FOOTER: Final = 0x10
_FRAME_UNSYNCHRONISED: Final = 0x02  # in the second byte of an ID3v2.4 frame's flags


@dataclass(frozen=True, slots=True)
class RawFrame:
    """A frame: `major` is 3 or 4, `unsynchronised` the flag of the whole tag (ID3v2.4 only)."""

    name: str
    flags: bytes
    data: bytes
    major: int
    unsynchronised: bool

    def stored(self) -> bytes:
        """Return the frame as it stands in a tag of its version that is not unsynchronised."""
        width = 7 if self.major == 4 else 8
        flags = self.flags
        if self.unsynchronised:
            flags = bytes([flags[0], flags[1] | _FRAME_UNSYNCHRONISED])
        size = _number(len(self.data), width=width)
        return self.name.encode("latin-1") + size + flags + self.data

    def _alone(self) -> ID3:
        """Return what mutagen makes of a tag with nothing but this frame."""
        frame = self.stored()
        header = struct.pack(">3sBBB", b"ID3", self.major, 0, 0) + _number(len(frame), width=7)
        return ID3(fileobj=BytesIO(header + frame), translate=False, load_v1=False)

    def decoded(self) -> MutagenFrame | None:
        """Return what mutagen makes of this frame alone, None if it would drop or not decode it."""
        return next(iter(self._alone().values()), None)

    def is_lost(self) -> bool:
        """Return whether mutagen would not write this frame back: it is empty or damaged."""
        tag = self._alone()
        return not tag.unknown_frames and not any(map(_is_written, tag.values()))

    def identity(self) -> str:
        """Return the name of the frame with what tells it from others of its kind."""
        frame = self.decoded()
        return self.name if frame is None else str(frame.HashKey)

    def value(self) -> bytes:
        """Return the decoded value without its text encoding, which mutagen may change."""
        frame = self.decoded()
        if frame is None:
            return self.flags + self.data
        items = sorted((key, repr(value)) for key, value in vars(frame).items())
        return repr([item for item in items if item[0] != "encoding"]).encode("utf-8", "replace")


def _is_written(frame: MutagenFrame) -> bool:
    """Return whether mutagen writes `frame`: a text frame without text it does not."""
    return not isinstance(frame, TextFrame) or bool(str(frame))


def version(stream: BinaryIO) -> str:
    """Return the version of the ID3v2 tag at the start of the file, e.g. "2.4"; "" without tag.

    Raises
    ------
    LayoutError
        The tag is cut off.
    """
    if not mpeg.id3v2_bytes(stream, 0):
        return ""
    return f"2.{read_at(stream, 3, size=1, part='ID3v2')[0]}"


def split(stream: BinaryIO) -> Iterator[RawFrame]:
    """Yield the frames of the ID3v2 tag at the start of the file; none without a tag.

    Raises
    ------
    LayoutError
        The tag is cut off, is not 2.3 or 2.4, or a frame says that it is longer than the tag.
    """
    size = mpeg.id3v2_bytes(stream, 0)
    if not size:
        return
    tag = read_at(stream, 0, size=size, part="ID3v2")
    major, flags = tag[3], tag[5]
    if major not in (3, 4):
        raise LayoutError(f"ID3v2.{major}")
    body = tag[_HEADER_BYTES : -_HEADER_BYTES if flags & _FOOTER else None]
    unsynchronised = bool(flags & _UNSYNCHRONISED)
    if unsynchronised and major == 3:  # in 2.4 each frame is for itself
        body = body.replace(b"\xff\x00", b"\xff")
    if flags & _EXTENDED:
        body = body[_extended_bytes(body, major=major) :]
    width = 7 if major == 4 and _fits(body, width=7) else 8  # iTunes wrote 2.4 with 8 bits
    for name, frame_flags, data in _walk(body, width=width):
        yield RawFrame(name, frame_flags, data, major, unsynchronised and major == 4)


def _extended_bytes(body: bytes, *, major: int) -> int:
    if body[:4].decode("latin-1") in Frames:
        return 0  # a flag without a header (quodlibet issue 126)
    if major == 4:
        return _from_number(body[:4], width=7)
    return 4 + _from_number(body[:4], width=8)


def _fits(body: bytes, *, width: int) -> bool:
    try:
        return all(True for _ in _walk(body, width=width))
    except LayoutError:
        return False


def _walk(body: bytes, *, width: int) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield name, flags and data of each frame up to the padding."""
    offset = 0
    while offset + _HEADER_BYTES <= len(body) and body[offset] != 0:
        name = body[offset : offset + 4].decode("latin-1")
        size = _from_number(body[offset + 4 : offset + 8], width=width)
        data_at = offset + _HEADER_BYTES
        if not name.rstrip("\0").isalnum() or data_at + size > len(body):
            raise LayoutError(f"ID3v2 {name!a}")
        yield name, body[offset + 8 : data_at], body[data_at : data_at + size]
        offset = data_at + size


def _number(value: int, *, width: int) -> bytes:
    mask = (1 << width) - 1
    return bytes(value >> shift & mask for shift in (3 * width, 2 * width, width, 0))


def _from_number(four: bytes, *, width: int) -> int:
    value = 0
    for byte in four:
        value = value << width | byte
    return value
