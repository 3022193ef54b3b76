"""The seek table of a Musepack file, stream version 8, and the header packet that points to it.

The table stands near the end. In a file that is cut off or has lost a part it is not where the
header says. FFmpeg then takes the file for finished, so the pointer is hidden from it.

Source: Musepack, "SV8 specification": packets of a key of two letters and a size that counts itself
and the key, sizes of seven bits a byte, `SO` with the distance from its start to the table `ST`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Final

from genretagger.core.files.window import covered, size_of

_MARK: Final = b"MPCK"
_KEY_BYTES: Final = 2
_MOST_SIZE_BYTES: Final = 9
_MOST_PACKETS: Final = 32  # in front of the sound; there are four
_OF_NO_PACKET: Final = b"--"


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Offsets in bytes: of the packet that points to the table, and of the table by that packet."""

    said_at: int
    table: int
    is_right: bool


def find_table(stream: BinaryIO, start: int) -> TablePlace | None:
    """Return where the file that begins at `start` has its table; None without a pointer to it."""
    if _read(stream, start, len(_MARK)) != _MARK:
        return None
    end = size_of(stream)
    at = start + len(_MARK)
    for _ in range(_MOST_PACKETS):
        head = _read(stream, at, _KEY_BYTES + 2 * _MOST_SIZE_BYTES)
        key, (size, body) = head[:_KEY_BYTES], _number(head, _KEY_BYTES)
        if key == b"SO":
            table = at + _number(head, body)[0]
            is_right = table < end and _read(stream, table, _KEY_BYTES) == b"ST"
            return TablePlace(at, table, is_right)
        if key in (b"", b"AP") or size < body or size > end - at:
            return None
        at += size
    return None


def hide_table(stream: BinaryIO, place: TablePlace) -> BinaryIO:
    """Return a view of `stream`, from its start, without the packet that points to the table."""
    return covered(stream, {place.said_at: _OF_NO_PACKET})


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
