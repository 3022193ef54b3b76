"""The seek table of a Musepack file, stream version 8, and the header packet that points to it.

The table is near the end of the file. If the file is cut off or has lost a part, the pointer is
wrong, and FFmpeg takes the file for finished; so the pointer is hidden from FFmpeg.

Source: Musepack, "SV8 specification": a packet begins with a key of two letters and its whole size,
at seven bits a byte; the packet `SO` holds the distance from its start to the table `ST`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Final

from genretagger.core.files.window import covered, size_of

_MARK: Final = b"MPCK"
_KEY_BYTES: Final = 2
_MOST_SIZE_BYTES: Final = 9
_MOST_PACKETS: Final = 32  # before the sound; encoders write four
_OF_NO_PACKET: Final = b"--"


@dataclass(frozen=True, slots=True)
class SeekTable:
    """A seek table by its pointer.

    pointer_at : offset of the packet that points to the table
    table_at : offset of the table according to the pointer
    is_right : whether there is a table at that offset
    """

    pointer_at: int
    table_at: int
    is_right: bool


def find_table(stream: BinaryIO, start: int) -> SeekTable | None:
    """Return the seek table of the file that begins at `start`, None without a pointer to it."""
    if _read(stream, start, len(_MARK)) != _MARK:
        return None
    end = size_of(stream)
    at = start + len(_MARK)
    for _ in range(_MOST_PACKETS):
        head = _read(stream, at, _KEY_BYTES + 2 * _MOST_SIZE_BYTES)
        key, (size, body) = head[:_KEY_BYTES], _number(head, _KEY_BYTES)
        if key == b"SO":
            table_at = at + _number(head, body)[0]
            is_right = table_at < end and _read(stream, table_at, _KEY_BYTES) == b"ST"
            return SeekTable(at, table_at, is_right)
        if key in (b"", b"AP") or size < body or size > end - at:
            return None
        at += size
    return None


def hide_table(stream: BinaryIO, table: SeekTable) -> BinaryIO:
    """Return a view of `stream`, from its start, without the packet that points to `table`."""
    return covered(stream, {table.pointer_at: _OF_NO_PACKET})


def _read(stream: BinaryIO, at: int, size: int) -> bytes:
    stream.seek(at)
    return stream.read(size)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return the number at `at`, seven bits in each byte, and the offset behind it."""
    number = 0
    for end, byte in enumerate(data[at : at + _MOST_SIZE_BYTES], at + 1):
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            return number, end
    return 0, len(data)
