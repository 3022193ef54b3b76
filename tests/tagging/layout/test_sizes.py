"""Files that say they hold far more than they do: no memory is given away for them."""

import struct
import tracemalloc
import zlib

import pytest
from mutagen.id3 import ID3
from mutagen.ogg import OggPage

from genretagger.core.errors import TagReadError, TrackError
from genretagger.core.writes import WriteRequest, WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.digest import audio_digest
from genretagger.tagging.layout import ogg
from tests.helpers import tagged_files, write_helpers
from tests.tagging.containers.test_oddities import frame, synchsafe, tag

MODEST_BYTES = 100 << 20


def packed(plain, *, major):
    head = synchsafe(len(plain)) if major == 4 else struct.pack(">I", len(plain))
    flags = b"\0\x09" if major == 4 else b"\0\x80"
    return frame(b"PRIV", head + zlib.compress(plain, 9), major=major, flags=flags)


def peak_bytes(look, path):
    tracemalloc.start()
    try:
        look(path)
    except TrackError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak


def hidden(path, *, major):
    tagged_files.fresh(path)
    many = b"".join(packed(b"a\0" + bytes(50 << 20), major=major) for _ in range(4))
    chapter = b"c1\0" + struct.pack(">II", 0, 1) + b"\xff" * 8 + many
    path.write_bytes(tag(frame(b"CHAP", chapter, major=major), major=major) + path.read_bytes())


@pytest.mark.parametrize("major", [3, 4])
def test_id3_frames_that_unpack_to_too_much_are_refused_by_a_sentence(major, tmp_path):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    bomb = packed(b"a\0" + bytes(200 << 20), major=major)
    path.write_bytes(tag(bomb, major=major) + path.read_bytes())
    request = WriteRequest(path, ("Blues",))
    result = write_helpers.dry_run(request)
    assert result.status is WriteStatus.REFUSED
    assert containers.read(path).read_only == "layout-broken"
    with pytest.raises(TagReadError) as caught:
        write_helpers.state_of(path)
    assert "unpack" in caught.value.values["part"]
    for look in (containers.read, write_helpers.state_of):
        assert peak_bytes(look, path) < 2 * MODEST_BYTES


def test_frames_in_chapters_count_together(tmp_path):
    path = tmp_path / "a.mp3"
    hidden(path, major=4)
    with pytest.raises(TagReadError) as caught:
        write_helpers.state_of(path)
    assert "unpack" in caught.value.values["part"]


def test_modest_packed_frames_are_read(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    bomb = packed(b"a\0" + bytes(1 << 20), major=3)
    path.write_bytes(tag(bomb) + path.read_bytes())
    for _ in range(70):  # each file for itself
        assert containers.read(path).genres == ()
    ID3(path)


def mp4(path, name):
    tagged_files.m4a(path, genres=["Jazz"])
    data = bytearray(path.read_bytes())
    at = data.index(name) - 4
    data[at : at + 4] = struct.pack(">I", 0x7FFFFFFF)
    path.write_bytes(data)


def flac(path):
    tagged_files.vorbis(path)
    data = bytearray(path.read_bytes())
    data[43:46] = b"\xff\xff\xff"
    path.write_bytes(data)


def aiff(path):
    tagged_files.fresh(path)
    data = path.read_bytes()
    path.write_bytes(data + b"ID3 " + struct.pack(">I", 0x7FFFFFFF) + b"ID3\3\0\0\x7f\x7f\x7f\x7f")


def apev2(path):
    tagged_files.mp3_with_apev2(path)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"APETAGEX")
    data[at + 12 : at + 16] = struct.pack("<I", 0x7FFFFFFF)
    path.write_bytes(data)


ABSURD = {
    **{
        f"{name.decode('latin-1')}.m4a": lambda path, name=name: mp4(path, name)
        for name in (b"mvhd", b"mdhd", b"stsd", b"ilst", b"\xa9gen", b"data", b"moov", b"stsz")
    },
    "block.flac": flac,
    "chunk.aiff": aiff,
    "tag.mp3": apev2,
}


@pytest.mark.parametrize("name", ABSURD)
def test_a_size_beyond_the_file_takes_no_memory(name, tmp_path):
    path = tmp_path / name
    ABSURD[name](path)
    digest = lambda p: audio_digest(p, container=path.suffix[1:])  # noqa: E731
    for look in (containers.read, write_helpers.state_of, digest):
        assert peak_bytes(look, path) < 8 << 20


class Part(bytes):
    """A part of a packet that must not be added to what there is, which copies all of it."""

    __slots__ = ()

    def __radd__(self, other):
        raise AssertionError


def test_a_packet_on_many_pages_is_put_together_once(monkeypatch, tmp_path):
    first, *middle, last = pages = [OggPage() for _ in range(301)]
    first.first, first.packets = True, [b"OpusHead"]
    for page in middle:
        page.packets, page.complete = [Part(b"ab")], False
    last.packets = [Part(b"c"), b"audio"]
    monkeypatch.setattr(ogg, "read_pages", lambda _: iter(pages))
    with (tmp_path / "empty").open("w+b") as stream:
        packets = list(ogg.read_packets(stream, codec=b"OpusHead"))
    assert packets == [b"OpusHead", b"ab" * 299 + b"c", b"audio"]
