"""ASF: a header of objects, then the data; attributes are records in some objects of the header.

Source: Microsoft, "Advanced Systems Format (ASF) Specification" 01.20.05 (2010), sections 2 to 4.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import BinaryIO, Final
from uuid import UUID

from genretagger.tagging.layout import LayoutError, read_at, size_of


def _guid(text: str) -> bytes:
    return UUID(text).bytes_le


DATA: Final = _guid("75B22636-668E-11CF-A6D9-00AA0062CE6C")
FILE_PROPERTIES: Final = _guid("8CABDCA1-A947-11CF-8EE4-00C00C205365")
EXTENSION: Final = _guid("5FBF03B5-A92E-11CF-8EE3-00C00C205365")
DESCRIPTION: Final = _guid("D2D0A440-E307-11D2-97F0-00A0C95EA850")  # "Extended Content ..."
METADATA: Final = _guid("C5F8CBEA-5BAF-4877-8467-AA8C44FA4CCA")
LIBRARY: Final = _guid("44231C94-9498-49D1-A141-1D134E457054")
SIGNATURE: Final = _guid("2211B3FC-BD23-11D2-B4B7-00A0C955FC6E")
STREAM: Final = _guid("B7DC0791-A9B7-11CF-8EE6-00C00C205365")  # its payload begins with its kind
VIDEO: Final = _guid("BC19EFC0-5B4D-11CF-A8FD-00805F5C442B")
TEXT: Final = 0  # of the kinds of a record
HEADER: Final = _guid("75B22630-668E-11CF-A6D9-00AA0062CE6C")
_OBJECT_HEAD_BYTES: Final = 24
HEADER_HEAD_BYTES: Final = 30
DATA_FILE_ID_BYTES: Final = 26  # file id, number of packets, reserved: written by taggers too
DATA_HEAD_BYTES: Final = _OBJECT_HEAD_BYTES + DATA_FILE_ID_BYTES
_MOST_HEADER_BYTES: Final = 256 << 20  # it is held in memory; the largest pictures have 16 MiB
# The Header Extension: its head begins with a GUID and a number that never change, then its size.
EXTENSION_BEGIN: Final = _guid("ABD3D211-A9BA-11CF-8EE6-00C00C205365") + b"\x06\x00"
_EXTENSION_HEAD_BYTES: Final = 22


@dataclass(frozen=True, slots=True)
class AsfObject:
    """An object without its head."""

    guid: bytes
    payload: bytes

    def stored(self) -> bytes:
        """Return the object as it stands in a file."""
        size = struct.pack("<Q", _OBJECT_HEAD_BYTES + len(self.payload))
        return self.guid + size + self.payload


@dataclass(frozen=True, slots=True)
class AsfHeader:
    """The header: `size` bytes at the start of the file; `rest` follows the counted objects."""

    size: int
    reserved: bytes
    objects: tuple[AsfObject, ...]
    rest: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """An attribute in the object `place`; `stored` holds all its bytes."""

    place: bytes
    name: str
    kind: int
    value: bytes = field(repr=False)
    stored: bytes = field(repr=False)


def read_header(stream: BinaryIO) -> AsfHeader:
    """Return the header of a file."""
    head = read_at(stream, 0, size=HEADER_HEAD_BYTES, part="ASF")
    guid, size, count = struct.unpack_from("<16sQI", head)
    most = min(size_of(stream), _MOST_HEADER_BYTES)
    if guid != HEADER or not HEADER_HEAD_BYTES <= size <= most:
        raise LayoutError("ASF")
    body = read_at(stream, HEADER_HEAD_BYTES, size=size - HEADER_HEAD_BYTES, part="ASF")
    objects, rest = _split(body, count=count)
    return AsfHeader(size, head[28:], objects, rest)


def find_data(stream: BinaryIO, header: AsfHeader) -> tuple[int, int]:
    """Return start and end of the Data Object, which follows the header."""
    size = read_data_size(stream, header.size)
    if not _OBJECT_HEAD_BYTES <= size <= size_of(stream) - header.size:
        raise LayoutError("ASF data")
    return header.size, header.size + size


def read_data_size(stream: BinaryIO, start: int) -> int:
    """Return the claimed size of the Data Object at `start`, which may exceed the file."""
    head = read_at(stream, start, size=_OBJECT_HEAD_BYTES, part="ASF data")
    guid, size = struct.unpack("<16sQ", head)
    if guid != DATA:
        raise LayoutError("ASF data")
    # 0: never finished, a broadcast (3.2, Broadcast Flag)
    return int(size) or size_of(stream) - start


def _split(data: bytes, *, count: int | None = None) -> tuple[tuple[AsfObject, ...], bytes]:
    """Return `count` objects, all by default, and what follows them."""
    objects: list[AsfObject] = []
    at = 0
    while at < len(data) if count is None else len(objects) < count:
        if at + _OBJECT_HEAD_BYTES > len(data):
            raise LayoutError("ASF")
        guid, size = struct.unpack_from("<16sQ", data, at)
        if size < _OBJECT_HEAD_BYTES or at + size > len(data):
            raise LayoutError("ASF")
        objects.append(AsfObject(guid, data[at + _OBJECT_HEAD_BYTES : at + size]))
        at += size
    return tuple(objects), data[at:]


def parse_extension(payload: bytes) -> tuple[tuple[AsfObject, ...], bytes]:
    """Return the objects in a Header Extension and what follows them."""
    if len(payload) < _EXTENSION_HEAD_BYTES:
        raise LayoutError("ASF header extension")
    (size,) = struct.unpack_from("<I", payload, len(EXTENSION_BEGIN))
    end = _EXTENSION_HEAD_BYTES + size
    if end > len(payload):
        raise LayoutError("ASF header extension")
    objects, _ = _split(payload[_EXTENSION_HEAD_BYTES:end])
    return objects, payload[end:]


def flatten(header: AsfHeader) -> list[AsfObject]:
    """Return the objects of the header, with the extension replaced by its own objects."""
    objects: list[AsfObject] = []
    for item in header.objects:
        objects += parse_extension(item.payload)[0] if item.guid == EXTENSION else [item]
    return objects


def parse_records(item: AsfObject) -> tuple[list[Record], bytes]:
    """Return the attributes in an object, none in other kinds, and the bytes behind them."""
    if item.guid not in (DESCRIPTION, METADATA, LIBRARY):
        return [], item.payload
    try:
        (count,) = struct.unpack_from("<H", item.payload)
        attributes, at = [], 2
        for _ in range(count):
            record = _record(item, at)
            attributes.append(record)
            at += len(record.stored)
    except struct.error as error:
        raise LayoutError("ASF attributes") from error
    if at > len(item.payload):
        raise LayoutError("ASF attributes")
    return attributes, item.payload[at:]


def _record(item: AsfObject, at: int) -> Record:
    data = item.payload
    if item.guid == DESCRIPTION:
        (name_bytes,) = struct.unpack_from("<H", data, at)
        name_at = at + 2
        kind, size = struct.unpack_from("<HH", data, name_at + name_bytes)
        value_at = name_at + name_bytes + 4
    else:
        name_bytes, kind, size = struct.unpack_from("<4xHHI", data, at)
        name_at = at + 12
        value_at = name_at + name_bytes
    end = value_at + size
    if end > len(data):
        raise LayoutError("ASF attributes")
    name = decode_text(data[name_at : name_at + name_bytes])
    return Record(item.guid, name, kind, data[value_at:end], data[at:end])


def decode_text(value: bytes) -> str:
    """Return a text as mutagen does: UTF-16 without surrounding NULs."""
    return value.decode("utf-16-le", "replace").strip("\0")
