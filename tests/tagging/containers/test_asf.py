"""ASF: attributes are replaced where they stand, sizes and counts mended, all else kept."""

import struct
from io import BytesIO

import pytest
from mutagen.asf import ASF

from genretagger.core.writes import WriteStatus
from genretagger.tagging.containers.asf import AsfWriter
from genretagger.tagging.layout import LayoutError, asf
from tests.helpers import tagged_files
from tests.tagging.writing.test_batch_writer import write

PADDING = bytes.fromhex("74d40618dfca0945a4ba9aabcb96aae8")
UNKNOWN = bytes(range(16))
ENCRYPTION = bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e")

WRITER = AsfWriter("wma")


def stored_object(guid, payload):
    return guid + struct.pack("<Q", 24 + len(payload)) + payload


def text(value):
    return (value + "\0").encode("utf-16-le")


def short(name, value, kind=0):
    return (
        struct.pack("<H", len(text(name)))
        + text(name)
        + struct.pack("<HH", kind, len(value))
        + value
    )


def long(name, value, kind=0, language=0, stream=0):
    head = struct.pack("<HHHHI", language, stream, len(text(name)), kind, len(value))
    return head + text(name) + value


def attributes(guid, *records, rest=b""):
    return stored_object(guid, struct.pack("<H", len(records)) + b"".join(records) + rest)


def extension(*objects, rest=b""):
    data = b"".join(objects)
    return stored_object(
        asf.EXTENSION, asf.EXTENSION_BEGIN + struct.pack("<I", len(data)) + data + rest
    )


def file(*objects, count=None, rest=b"", data=None, size=None):
    """A file with these objects in its header and File Properties that say its right size."""
    data = stored_object(asf.DATA, bytes(26) + b"audio" * 20) + b"index" if data is None else data
    properties = bytes(16) + bytes(8) + bytes(56)
    objects = (stored_object(asf.FILE_PROPERTIES, properties), *objects)
    body = b"".join(objects) + rest
    count = len(objects) if count is None else count
    head = asf.HEADER + struct.pack("<QI", 30 + len(body) if size is None else size, count)
    whole = bytearray(head + b"\1\2" + body + data)
    whole[30 + 24 + 16 : 30 + 24 + 24] = struct.pack("<Q", len(whole))
    return bytes(whole)


GENRE = short("WM/Genre", text("Rock"))
TITLE, YEAR = short("WM/Mood", text("calm")), short("WM/Year", b"\1\0\0\0", kind=3)
MORE = long("WM/Genre", text("Pop"), language=2)
PICTURE = long("WM/Picture", bytes(70_000), kind=1, stream=1)


def stored(data, *values):
    stream = BytesIO(data)
    raw = WRITER.raw_genre(stream)
    WRITER.store(stream, WRITER.make_raw_genre(raw, genres=values, separator="/"))
    return stream.getvalue()


def test_attributes_are_replaced_where_they_stand():
    def made(first, second):
        return file(
            attributes(asf.DESCRIPTION, TITLE, *first, YEAR, rest=b"stray"),
            stored_object(UNKNOWN, b"abc"),
            extension(
                stored_object(PADDING, bytes(9)),
                attributes(asf.LIBRARY, PICTURE, *second, rest=b"?"),
                stored_object(UNKNOWN, b""),
                rest=b"!",
            ),
            stored_object(PADDING, bytes(100)),
            stored_object(ENCRYPTION, b"key"),
            rest=b"behind",
        )

    before = made([GENRE], [MORE])
    after = stored(before, "Blues", "Grüße")
    assert after == made([short("WM/Genre", text("Blues"))], [long("WM/Genre", text("Grüße"))])
    stream = BytesIO(after)
    assert WRITER.other_frames(stream) == WRITER.other_frames(BytesIO(before))
    WRITER.store(stream, WRITER.raw_genre(BytesIO(before)))
    assert stream.getvalue() == before


def test_objects_that_are_missing_are_made():
    after = stored(file(stored_object(UNKNOWN, b"abc")), "Blues", "Soul")
    assert after == file(
        stored_object(UNKNOWN, b"abc"),
        extension(attributes(asf.LIBRARY, long("WM/Genre", text("Soul")))),
        attributes(asf.DESCRIPTION, short("WM/Genre", text("Blues"))),
    )
    assert [str(genre) for genre in ASF(BytesIO(after))["WM/Genre"]] == ["Blues", "Soul"]


def test_a_value_of_more_than_64_kib_goes_into_the_library():
    genre = "x" * 40_000
    after = stored(file(attributes(asf.DESCRIPTION, GENRE)), genre)
    assert [str(found) for found in ASF(BytesIO(after))["WM/Genre"]] == [genre]


def test_a_false_file_size_stays_as_false():
    data = bytearray(file())
    data[30 + 24 + 16] ^= 1
    assert stored(bytes(data), "Blues")[70:78] == data[70:78]


def test_size_of_the_file_in_its_header_is_mended(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.wma")
    write(path, "Blues" * 5000, folder=folder)
    data = path.read_bytes()
    at = data.index(asf.FILE_PROPERTIES) + 24 + 16
    before = int.from_bytes(data[at : at + 8], "little")
    write(path, "Blues", folder=folder)
    after = int.from_bytes(path.read_bytes()[at : at + 8], "little")
    assert before - after == len(data) - path.stat().st_size


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (file(stored_object(asf.SIGNATURE, b"abc")), "asf-signed"),
        (file(attributes(asf.DESCRIPTION, short("WM/Genre", b"\1", kind=1))), "genre-not-text"),
        (
            file(extension(attributes(asf.METADATA, long("WM/Genre", b"", kind=3)))),
            "genre-not-text",
        ),
        (file(stored_object(ENCRYPTION, b"key")), None),
    ],
)
def test_what_may_not_be_written_is_named(data, key):
    assert WRITER.refusal(BytesIO(data)) == key


DAMAGED = {
    "header beyond the file": file(size=10**6),
    "header too short": file(size=29),
    "object beyond the header": file(stored_object(UNKNOWN, b"a")[:-1]),
    "object too short": file(UNKNOWN + struct.pack("<Q", 23)),
    "more objects counted": file(count=3),
    "record beyond its object": file(attributes(asf.DESCRIPTION, GENRE[:-1])),
    "more records counted": file(stored_object(asf.DESCRIPTION, b"\2\0" + GENRE)),
    "extension beyond its object": file(
        stored_object(asf.EXTENSION, asf.EXTENSION_BEGIN + b"\1\0\0\0")
    ),
    "data beyond the file": file(data=stored_object(asf.DATA, bytes(50))[:-1]),
    "no data": file(data=b""),
    "something else than data": file(data=bytes(50)),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_refused(name, tmp_path, folder):
    with pytest.raises(LayoutError, match="ASF"):
        WRITER.refusal(BytesIO(DAMAGED[name]))
    path = tmp_path / "a.wma"
    path.write_bytes(DAMAGED[name])
    assert write(path, "Blues", folder=folder).status is WriteStatus.REFUSED
    assert path.read_bytes() == DAMAGED[name]


def test_a_broadcast_without_end_is_written():
    data = asf.DATA + bytes(8) + b"audio"
    assert stored(file(data=data), "Blues").endswith(data)
