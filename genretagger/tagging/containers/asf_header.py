"""Replace the values of one attribute in the header of an ASF file; every other byte stays.

Mutagen would move attributes from object to object, merge their padding and leave the file's size
in the header as it was.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Final

from genretagger.tagging.layout import TooLargeError, asf

_FILE_SIZE: Final = slice(16, 24)  # in the File Properties (ASF 01.20.05, 3.2)
_DESCRIPTION_VALUE_BYTES: Final = 0xFFFF
_MOST_RECORDS: Final = 0xFFFF


def build_text_record(name: str, text: str, *, first: bool) -> tuple[bytes, bytes]:
    """Return the GUID of the object that a text belongs to, and its record there.

    The Extended Content Description takes one value of a name, of at most 64 KiB; more values and
    longer ones go into the Metadata Library, under no language and no stream (ASF 01.20.05, 3.11
    and 4.8; mutagen and Windows do the same).
    """
    names, value = ((one + "\0").encode("utf-16-le") for one in (name, text))
    if first and len(value) <= _DESCRIPTION_VALUE_BYTES:
        head = struct.pack("<H", len(names)) + names + struct.pack("<HH", asf.TEXT, len(value))
        return asf.DESCRIPTION, head + value
    return asf.LIBRARY, struct.pack(
        "<HHHHI", 0, 0, len(names), asf.TEXT, len(value)
    ) + names + value


def replace_records(
    header: asf.AsfHeader, *, name: str, new: Mapping[bytes, Sequence[bytes]], file_bytes: int
) -> bytes:
    """Return the bytes of the header with new attributes `name`, and sizes and counts to match.

    Parameters
    ----------
    new : Mapping[bytes, Sequence[bytes]]
        New records by the GUID of their object, which is created if it is missing.
    file_bytes : int
        Size of the file before the change; File Properties that state it get the new size.

    Raises
    ------
    LayoutError
        A record is longer than its object.
    TooLargeError
        There are more records than an object can count.
    """
    left = dict(new)
    objects = [_replaced(one, name=name, left=left) for one in header.objects]
    if any(left.get(place) for place in (asf.METADATA, asf.LIBRARY)):
        empty = asf.AsfObject(asf.EXTENSION, asf.EXTENSION_BEGIN + bytes(4))
        objects.append(_replaced(empty, name=name, left=left))
    if left.get(asf.DESCRIPTION):
        objects.append(_made(asf.DESCRIPTION, left.pop(asf.DESCRIPTION)))
    size = asf.HEADER_HEAD_BYTES + sum(len(one.stored()) for one in objects) + len(header.rest)
    new_file_bytes = file_bytes + size - header.size
    stored = [_with_file_size(one, old=file_bytes, new=new_file_bytes).stored() for one in objects]
    head = asf.HEADER + struct.pack("<QI", size, len(objects)) + header.reserved
    return head + b"".join(stored) + header.rest


def _replaced(
    one: asf.AsfObject, *, name: str, left: dict[bytes, Sequence[bytes]]
) -> asf.AsfObject:
    """Return an object with its share of the new records, which it takes out of `left`."""
    if one.guid == asf.EXTENSION:
        inner, rest = asf.parse_extension(one.payload)
        objects = [_replaced(each, name=name, left=left) for each in inner]
        for place in (asf.METADATA, asf.LIBRARY):
            if records := left.pop(place, ()):
                objects.append(_made(place, records))
        data = b"".join(each.stored() for each in objects)
        begin = one.payload[: len(asf.EXTENSION_BEGIN)]
        return asf.AsfObject(one.guid, begin + struct.pack("<I", len(data)) + data + rest)
    old, rest = asf.parse_records(one)
    new = left.pop(one.guid, ())
    if not new and all(record.name != name for record in old):
        return one
    at = next((number for number, record in enumerate(old) if record.name == name), len(old))
    kept = [[each.stored for each in part if each.name != name] for part in (old[:at], old[at:])]
    return _made(one.guid, [*kept[0], *new, *kept[1]], rest=rest)


def _made(guid: bytes, records: Sequence[bytes], *, rest: bytes = b"") -> asf.AsfObject:
    if len(records) > _MOST_RECORDS:
        raise TooLargeError("ASF attributes")
    return asf.AsfObject(guid, struct.pack("<H", len(records)) + b"".join(records) + rest)


def _with_file_size(one: asf.AsfObject, *, old: int, new: int) -> asf.AsfObject:
    """Return File Properties with the size `new` if they stated `old`; a wrong size stays."""
    if one.guid != asf.FILE_PROPERTIES or one.payload[_FILE_SIZE] != struct.pack("<Q", old):
        return one
    before, after = one.payload[: _FILE_SIZE.start], one.payload[_FILE_SIZE.stop :]
    return asf.AsfObject(one.guid, before + struct.pack("<Q", new) + after)


def strip_file_size(one: asf.AsfObject, payload: bytes) -> bytes:
    """Return the payload without the size of the file, which changes with every tag."""
    if one.guid != asf.FILE_PROPERTIES:
        return payload
    return payload[: _FILE_SIZE.start] + payload[_FILE_SIZE.stop :]
