"""APEv2: items between a header and a footer; either may be missing (wiki.hydrogenaud.io, "APEv2").

Sources: "APEv2 specification", "APE Tags Header", "Ape Tags Flags", "APE Tag Item" and "APE key".
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO, Final

from genretagger.core.files.leading_tags import apev2_bytes
from genretagger.tagging.layout import LayoutError, peek, read_at, size_of

END_BYTES: Final = 32  # of a header and of a footer
VERSION_1: Final = 1000
VERSION_2: Final = 2000
READ_ONLY: Final = 1  # of a tag and of an item
TEXT: Final = 0  # kinds of an item: text, binary, place of something outside, reserved
_MARK: Final = b"APETAGEX"
_HAS_HEADER: Final = 1 << 31
_IS_HEADER: Final = 1 << 29
_ITEM_HEAD_BYTES: Final = 8
# "APE key" wants 2 to 255 characters of ASCII from the space on; other programs wrote one, or any.
_KEY_BYTES: Final = range(1, 256)
_LEAST_CHARACTER: Final = 0x20
_COUNTS_AT: Final = 12  # size and number of items in a header or footer
_TAIL_AT: Final = 20
_TAILS: Final = tuple(
    struct.pack("<I8x", flags) for flags in (_HAS_HEADER | _IS_HEADER, _HAS_HEADER)
)


@dataclass(frozen=True, slots=True)
class Item:
    """An item, which lies from `start` to `end`; its value begins at `value_at`."""

    key: bytes
    flags: int
    start: int
    value_at: int
    end: int

    @property
    def name(self) -> str:
        """The key as text."""
        return self.key.decode("utf-8", "replace")

    @property
    def kind(self) -> int:
        """What the value is: `TEXT` or something else."""
        return self.flags >> 1 & 3


@dataclass(frozen=True, slots=True)
class ApeTag:
    """A tag, which lies from `start` to `end`.

    ends : offsets of header and footer, as far as they exist
    tails : the last bytes of each: flags and reserved bytes
    size_bytes, count : what they claim: size of all items and the footer; number of items
    rest : start and end of the bytes behind the counted items; empty in a healthy tag
    """

    start: int
    end: int
    ends: tuple[int, ...]
    tails: tuple[bytes, ...]
    version: int
    size_bytes: int
    count: int
    items: tuple[Item, ...]
    rest: tuple[int, int]

    @property
    def is_usual(self) -> bool:
        """Whether version, header and footer are those of `build_tag`."""
        return (self.version, self.tails) == (VERSION_2, _TAILS)

    @property
    def flags(self) -> int:
        """The flags in the footer, in the header if there is none."""
        return int.from_bytes(self.tails[-1][:4], "little")


def find_start(stream: BinaryIO, *, end: int) -> int | None:
    """Return the start of the tag whose footer ends at `end`, None without a footer."""
    footer = peek(stream, end - END_BYTES, size=END_BYTES)
    if not _is_end(footer):
        return None
    start = end - _size(footer)
    if start < 0 or _size(footer) < END_BYTES:
        raise LayoutError("APEv2")
    # Looked for, as some programs write a header and do not say so, or the other way round.
    return start - END_BYTES if _is_end(peek(stream, start - END_BYTES, size=END_BYTES)) else start


def find_end(stream: BinaryIO, *, start: int) -> int | None:
    """Return the end of the tag whose header begins at `start`, None without a header."""
    size = apev2_bytes(peek(stream, start, size=END_BYTES))
    if not size:
        return None
    end = start + size
    if end > size_of(stream):
        raise LayoutError("APEv2")
    return end


def _is_end(data: bytes) -> bool:
    return len(data) == END_BYTES and data.startswith(_MARK)


def _size(end: bytes) -> int:
    return int(struct.unpack_from("<I", end, _COUNTS_AT)[0])


def parse(stream: BinaryIO, *, start: int, end: int) -> ApeTag:
    """Return the tag from `start` to `end`, which `find_start` or `find_end` determined."""
    ends = [start] if _is_end(peek(stream, start, size=END_BYTES)) else []
    has_footer = end - END_BYTES > start and _is_end(peek(stream, end - END_BYTES, size=END_BYTES))
    if has_footer or not ends:
        ends.append(end - END_BYTES)
    ends_bytes = [read_at(stream, at, size=END_BYTES, part="APEv2") for at in ends]
    if len({head[:_TAIL_AT] for head in ends_bytes}) != 1:
        raise LayoutError("APEv2")
    version, size, count = struct.unpack_from("<III", ends_bytes[-1], len(_MARK))
    if version not in (VERSION_1, VERSION_2):
        raise LayoutError("APEv2")
    tails = tuple(head[_TAIL_AT:] for head in ends_bytes)
    items_from = start + END_BYTES if ends[0] == start else start
    items_to = end - END_BYTES if ends[-1] != start else end
    items, items_end = _items(stream, start=items_from, end=items_to, count=count)
    is_odd = any(min(item.key) < _LEAST_CHARACTER for item in items)
    if is_odd and (items_end, len(items)) != (items_to, count):  # else all sizes prove themselves
        raise LayoutError("APEv2")
    rest = (items_end, items_to)
    return ApeTag(start, end, tuple(ends), tails, version, size, count, items, rest)


def _items(stream: BinaryIO, *, start: int, end: int, count: int) -> tuple[tuple[Item, ...], int]:
    """Return at most `count` items, fewer if the tag holds fewer, and where they end."""
    items: list[Item] = []
    while len(items) < count and start < end:
        head = peek(stream, start, size=min(_ITEM_HEAD_BYTES + _KEY_BYTES.stop, end - start))
        key, terminator, _ = head[_ITEM_HEAD_BYTES:].partition(b"\0")
        if not terminator or len(key) not in _KEY_BYTES:
            raise LayoutError("APEv2")
        size, flags = struct.unpack_from("<II", head)
        value_at = start + _ITEM_HEAD_BYTES + len(key) + 1
        if value_at + size > end:
            raise LayoutError("APEv2")
        items.append(Item(key, flags, start, value_at, value_at + size))
        start = value_at + size
    return tuple(items), start


def build_item(key: bytes, value: bytes) -> bytes:
    """Return a text item as it stands in a tag."""
    return struct.pack("<II", len(value), TEXT) + key + b"\0" + value


def build_tag(items: bytes, *, count: int) -> bytes:
    """Return an APEv2 tag with header and footer."""
    counts = struct.pack("<III", VERSION_2, len(items) + END_BYTES, count)
    head, foot = (_MARK + counts + tail for tail in _TAILS)
    return head + items + foot


def build_counts(tag: ApeTag, *, more_bytes: int, more_items: int) -> tuple[int, bytes]:
    """Return the offset of size and count in a header or footer, and their new bytes."""
    data = struct.pack("<II", tag.size_bytes + more_bytes, tag.count + more_items)
    return _COUNTS_AT, data
