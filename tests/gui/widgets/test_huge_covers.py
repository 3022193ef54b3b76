"""Pictures of a few bytes that claim to be huge are not decoded, in whatever format."""

from __future__ import annotations

import struct
import zlib

import pytest
from mutagen.flac import FLAC, Picture
from PySide6.QtGui import QImageReader

from genretagger.gui.widgets.cover_art import decode_picture, limit_pictures
from genretagger.tagging import containers
from tests.helpers.samples import encode

SIDE = 100_000


def png_part(name, content):
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def png(side, bits=8, colour=6):
    head = struct.pack(">IIBBBBB", side, side, bits, colour, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_part(b"IHDR", head)
        + png_part(b"IDAT", rows)
        + png_part(b"IEND", b"")
    )


def bmp(side):
    head = struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + head


def jpeg(side):
    frame = struct.pack(">HBHHB", 11, 8, side, side, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\0\0\x01\0\x01\0\0\xff\xc0" + frame


def webp(side):
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + (side - 1).to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", len(body)) + body


HUGE = {
    "png": png(SIDE),
    "png of one bit": png(SIDE, bits=1, colour=0),
    "png beyond numbers": png(2**31 - 1),
    "bmp": bmp(SIDE),
    "bmp upside down": bmp(-SIDE),
    "jpeg": jpeg(65_500),
    "webp": webp(16_383),
    "svg": f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}"/>'.encode(),
    "svg that asks for more": b'<svg><image href="file:///etc/passwd"/></svg>',
}


@pytest.mark.qt_log_level_fail("CRITICAL")  # Qt warns of what it cannot read
@pytest.mark.parametrize("name", HUGE)
def test_a_huge_picture_is_none(qapp, name):
    limit = QImageReader.allocationLimit()
    limit_pictures()
    try:
        assert decode_picture(HUGE[name], size_px=240).isNull()
    finally:
        QImageReader.setAllocationLimit(limit)


def test_the_same_headers_of_modest_size_are_pictures(qapp):
    small = struct.pack(">IIBBBBB", 2, 2, 8, 6, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes(8)) * 2)
    whole = b"\x89PNG\r\n\x1a\n" + png_part(b"IHDR", small) + png_part(b"IDAT", rows)
    assert not decode_picture(whole + png_part(b"IEND", b""), size_px=240).isNull()


def test_a_file_with_a_huge_cover_is_read_as_any_other(tmp_path):
    path = encode(tmp_path / "a.flac", seconds=1, metadata={"title": "A"})
    picture = Picture()
    picture.data, picture.width, picture.height, picture.mime = png(SIDE), SIDE, SIDE, "image/png"
    file = FLAC(path)
    file.add_picture(picture)
    file.save()
    reading = containers.read(path)
    assert (reading.title, reading.read_only) == ("A", None)
