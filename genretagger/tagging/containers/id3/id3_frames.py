"""ID3v2 frames as bytes in a tag, and as mutagen decodes them.

Source of the format: id3.org, "id3v2-00" (3.2), "id3v2.3.0" (3.3) and "id3v2.4.0-structure" (4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from mutagen.id3 import ID3, Encoding
from mutagen.id3 import Frame as MutagenFrame

from genretagger.tagging.layout import LayoutError, TooLargeError

GENRE: Final = "TCON"
_GENRE_22: Final = "TCO"
_FRAME_UNSYNCHRONISED: Final = 0x02  # in the second byte of an ID3v2.4 frame's flags
_HEAD_BYTES: Final = {2: 6, 3: 10, 4: 10}  # of a frame, by the tag's version
_NAME_BYTES: Final = {2: 3, 3: 4, 4: 4}


@dataclass(frozen=True, slots=True)
class RawFrame:
    """A frame of a tag of version `major`: 2, 3 or 4.

    unsynchronised : the flag of the whole tag (ID3v2.4 only)
    is_wide : its size uses 8 bits of each byte instead of ID3v2.4's 7, as iTunes wrote it
    """

    name: str
    flags: bytes
    data: bytes
    major: int
    unsynchronised: bool = False
    is_wide: bool = False

    @property
    def is_genre(self) -> bool:
        """Whether it is TCON, or its name of ID3v2.2, which some programs wrote into ID3v2.3."""
        return self.name.rstrip("\0") in (GENRE, _GENRE_22)

    def exact(self) -> bytes:
        """Return the bytes of the frame in its tag."""
        name = self.name.encode("latin-1")
        if self.major == 2:
            return name + len(self.data).to_bytes(3, "big") + self.data
        size = encode_number(len(self.data), width=7 if self.major == 4 and not self.is_wide else 8)
        return name + size + self.flags + self.data

    def stored(self) -> bytes:
        """Return the bytes of the frame in a usual tag of its version."""
        flags = self.flags
        if self.unsynchronised:
            flags = bytes([flags[0], flags[1] | _FRAME_UNSYNCHRONISED])
        return RawFrame(self.name, flags, self.data, self.major).exact()

    def decoded(self) -> MutagenFrame | None:
        """Return the frame as mutagen decodes it alone, None if it would drop it."""
        frame = self.stored()
        header = struct.pack(">3sBBB", b"ID3", self.major, 0, 0) + encode_number(
            len(frame), width=7
        )
        tag = ID3(fileobj=BytesIO(header + frame), translate=False, load_v1=False)
        return next(iter(tag.values()), None)


def build_genre_frame(values: Sequence[str], *, major: int, is_wide: bool) -> bytes:
    """Return TCON with `values`, divided by NUL, for a tag of version `major`."""
    data = encode_text("\0".join(values), major=major)
    return RawFrame(GENRE, b"\0\0", data, major, is_wide=is_wide).exact()


def encode_text(text: str, *, major: int) -> bytes:
    """Return `text` behind the byte that names its encoding.

    UTF-8 is not allowed in ID3v2.3 (id3.org, 2.3.0, 3.3).
    """
    if major == 4:
        return bytes([Encoding.UTF8]) + text.encode()
    if all(ord(character) < 256 for character in text):
        return bytes([Encoding.LATIN1]) + text.encode("latin-1")
    return bytes([Encoding.UTF16]) + b"\xff\xfe" + text.encode("utf-16-le")


def split(body: bytes, *, major: int, unsynchronised: bool) -> tuple[tuple[RawFrame, ...], int]:
    """Return the frames at the start of `body`, and where they end.

    Raises
    ------
    LayoutError
        A frame has no valid name or says that it is longer than the tag.
    """
    width = 7 if major == 4 and _fits(body, major=major, width=7) else 8
    walked = list(_walk(body, major=major, width=width))
    is_own, is_wide = (unsynchronised, width == 8) if major == 4 else (False, False)
    frames = tuple(
        RawFrame(name, flags, data, major, is_own, is_wide) for name, flags, data, _ in walked
    )
    return frames, walked[-1][-1] if walked else 0


def _fits(body: bytes, *, major: int, width: int) -> bool:
    try:
        return all(True for _ in _walk(body, major=major, width=width))
    except LayoutError:
        return False


def _walk(body: bytes, *, major: int, width: int) -> Iterator[tuple[str, bytes, bytes, int]]:
    """Yield name, flags, data and end of each frame up to the padding."""
    offset, head_bytes, name_bytes = 0, _HEAD_BYTES[major], _NAME_BYTES[major]
    while offset + head_bytes <= len(body) and body[offset] != 0:
        name = body[offset : offset + name_bytes].decode("latin-1")
        flags_at = offset + 2 * name_bytes
        size = decode_number(body[offset + name_bytes : flags_at], width=width)
        data_at = offset + head_bytes
        # iTunes ends the names that it made up for ID3v2.2 in a space or NUL.
        if not name.rstrip("\0 ").isalnum() or data_at + size > len(body):
            raise LayoutError(f"ID3v2 {name!a}")
        offset = data_at + size
        yield name, body[flags_at:data_at], body[data_at:offset], offset


def encode_number(value: int, *, width: int) -> bytes:
    """Return `value` in four bytes that use `width` bits each.

    Raises
    ------
    TooLargeError
        It is too large.
    """
    if value >> (4 * width):
        raise TooLargeError("ID3v2")
    mask = (1 << width) - 1
    return bytes(value >> shift & mask for shift in (3 * width, 2 * width, width, 0))


def decode_number(digits: bytes, *, width: int) -> int:
    """Return the number in `digits`, which use `width` bits each."""
    value = 0
    for byte in digits:
        value = value << width | byte
    return value
