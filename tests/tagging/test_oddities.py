"""Rare files: each is written with only its genre changed, or refused by name; never altered."""

import struct
import threading
import zlib

import pytest
from mutagen.flac import FLAC, Picture
from mutagen.mp4 import MP4
from mutagen.ogg import OggPage

from genretagger.core.datatypes import Policy, WriteRequest, WriteStatus
from genretagger.core.settings import Settings
from genretagger.tagging import undoing, writer
from tests.samples import encode, pcm_digest
from tests.tagging import states


@pytest.fixture
def folder(home):
    return home / "journal"


def write(path, folder):
    """Write Blues; return the result. The dry run says the same; undo brings every byte back."""
    before, sound = path.read_bytes(), pcm_digest(path)
    request = WriteRequest(path, ("Blues",))
    dry = writer.check(request, policy=Policy.REPLACE, settings=Settings())
    assert path.read_bytes() == before
    with writer.begin_batch(folder, policy=Policy.REPLACE, settings=Settings()) as batch:
        result = batch.write(request)
    assert (dry.status, dry.before, dry.after) == (result.status, result.before, result.after)
    if result.status is WriteStatus.WRITTEN:
        assert path.read_bytes() != before
        assert pcm_digest(path) == sound
        assert states.plain_genres(path) == ("Blues",)
        never = threading.Event()
        (undone,) = undoing.undo(folder, batch=None, settings=Settings(), cancel=never)
        assert undone.status is WriteStatus.RESTORED
    assert path.read_bytes() == before
    return result


def write_only(path, folder):
    """Write Blues and leave it there; return the result."""
    with writer.begin_batch(folder, policy=Policy.REPLACE, settings=Settings()) as batch:
        return batch.write(WriteRequest(path, ("Blues",)))


def synchsafe(number):
    return bytes(number >> shift & 127 for shift in (21, 14, 7, 0))


def frame(name, data, *, major=3, flags=b"\0\0"):
    size = synchsafe(len(data)) if major == 4 else struct.pack(">I", len(data))
    return name + size + flags + data


def tag(body, *, major=3, flags=0):
    return b"ID3" + bytes([major, 0, flags]) + synchsafe(len(body)) + body


COMMON = frame(b"TIT2", b"\0Hello") + frame(b"TCON", b"\0(17)")
COMMON_24 = frame(b"TIT2", b"\3Hello", major=4) + frame(b"TCON", b"\x0317", major=4)
UNSYNCHRONISED = frame(b"TIT2", b"\1\xff\xfeH\0i\0") + frame(b"TCON", b"\0(17)")
CHAPTER = b"c1\0" + struct.pack(">II", 0, 1) + b"\xff" * 8 + frame(b"TIT2", b"\0chapter")
ITUNES = b"\0image/png\0\3\0" + b"p" * 287

WRITTEN = {
    "2.3 unsynchronised": tag(UNSYNCHRONISED.replace(b"\xff\xfe", b"\xff\0\xfe"), flags=0x80),
    "2.3 extended header": tag(struct.pack(">IHI", 6, 0, 0) + COMMON, flags=0x40),
    "2.4 extended header": tag(synchsafe(6) + b"\1\0" + COMMON_24, major=4, flags=0x40),
    "2.4 unsynchronised": tag(
        frame(b"TIT2", b"\1\xff\0\xfeH\0i\0", major=4, flags=b"\0\2"), major=4, flags=0x80
    ),
    "2.3 with UTF-8": tag(frame(b"TIT2", "\3Grüße".encode())),
    "unknown frames": tag(
        COMMON + frame(b"XXYZ", b"what") + frame(b"PRIV", b"own\0\1\2\xff\xfb\x90")
    ),
    "2.4 with sizes of 8 bits": tag(
        struct.pack(">4sIH", b"APIC", len(ITUNES), 0) + ITUNES + COMMON_24, major=4
    ),
    "two genre frames": tag(COMMON + frame(b"TCON", b"\0Jazz")),
    "compressed frame": tag(
        COMMON + frame(b"TXXX", struct.pack(">I", 6) + zlib.compress(b"\0a\0bcd"), flags=b"\0\x80")
    ),
    "encrypted frame": tag(COMMON + frame(b"TXXX", b"\x01abcdef", flags=b"\0\x40")),
    "second tag behind the first": tag(COMMON_24, major=4) + tag(COMMON),
    "chapters": tag(COMMON + frame(b"CHAP", CHAPTER)),
    "2.3 frame in 2.4": tag(
        frame(b"TYER", b"\x032001", major=4) + frame(b"TDRC", b"\x032002-03", major=4), major=4
    ),
    "text frame without text": tag(COMMON + frame(b"TALB", b"\0")),
    "frame of no bytes": tag(COMMON + frame(b"TPE1", b"")),
    "frames of no bytes in 2.4": tag(
        frame(b"TPE1", b"", major=4) + COMMON_24 + frame(b"TPE2", b"", major=4), major=4
    ),
    "comment without text": tag(COMMON + frame(b"COMM", b"\0eng\0")),
    "two comments without text in 2.4": tag(
        COMMON_24
        + frame(b"COMM", b"\0eng\0", major=4)
        + frame(b"COMM", b"\1eng\xff\xfeI\0D\0\0\0\xff\xfe", major=4),
        major=4,
    ),
    "cut off picture": tag(COMMON + frame(b"APIC", b"\0")),
    "text that does not decode": tag(COMMON + frame(b"TALB", b"\x09abc")),
    "no padding": tag(frame(b"TIT2", b"\3" + b"x" * 5000, major=4), major=4),
}
REFUSED = {
    "COMM:x:eng": tag(COMMON + frame(b"COMM", b"\0engx\0one") + frame(b"COMM", b"\0engx\0two")),
    "TIT2": tag(COMMON + frame(b"TIT2", b"\0two")),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_rare_id3_tag_is_written(name, tmp_path, folder):
    path = states.fresh(tmp_path / "a.mp3")
    path.write_bytes(WRITTEN[name] + path.read_bytes())
    assert write(path, folder).reason is None


@pytest.mark.parametrize("name", REFUSED)
def test_a_frame_that_mutagen_would_merge_is_refused_by_name(name, tmp_path, folder):
    path = states.fresh(tmp_path / "a.mp3")
    path.write_bytes(REFUSED[name] + path.read_bytes())
    result = write(path, folder)
    assert result.status is WriteStatus.REFUSED
    assert name in str(result.reason)


def test_an_id3_footer_is_refused(tmp_path, folder):
    path = states.fresh(tmp_path / "a.mp3")
    front = tag(COMMON_24, major=4, flags=0x10)
    path.write_bytes(front + b"3DI" + front[3:10] + path.read_bytes())
    assert write(path, folder).status is WriteStatus.REFUSED


def pages_of(path):
    pages = []
    with path.open("rb") as stream:
        while True:
            try:
                pages.append(OggPage(stream))
            except EOFError:
                return pages


def test_a_chain_of_opus_streams_is_written(tmp_path, folder):
    first = states.vorbis(tmp_path / "a.opus", genres=["Jazz"])
    second = pages_of(encode(tmp_path / "b.opus", seconds=0.4, noise=0.2, seed=9))
    for page in second:
        page.serial = 99
    first.write_bytes(first.read_bytes() + b"".join(page.write() for page in second))
    assert write(first, folder).reason is None


def test_vorbis_comments_that_are_not_text_are_kept(tmp_path, folder):
    path = states.vorbis(tmp_path / "a.flac", genres=["Jazz"])
    odd = (b"T\xff\xfetulo", b"xtitle: A", b"\xe9rtist=One")  # no UTF-8, no "=", no ASCII name
    data = path.read_bytes()
    for old, new in zip(("Título".encode(), b"artist=On", b"artist=Two"), odd, strict=True):
        data = data.replace(old, new)
    path.write_bytes(data)
    before = states.plain_others(path)
    assert write(path, folder).status is WriteStatus.WRITTEN
    assert states.plain_others(path) == before
    assert [path.read_bytes().count(part) for part in odd] == [data.count(part) for part in odd]


def test_an_ogg_file_with_bytes_behind_it_is_written_or_refused(tmp_path, folder):
    path = states.vorbis(tmp_path / "a.ogg", genres=["Jazz"])
    path.write_bytes(path.read_bytes() + b"\0" * 300)
    assert write(path, folder).status in (WriteStatus.WRITTEN, WriteStatus.REFUSED)


def test_a_flac_with_application_block_cue_sheet_and_no_padding_is_written(tmp_path, folder):
    path = states.vorbis(tmp_path / "a.flac", genres=["Jazz"])
    file = FLAC(path)
    file.save(padding=lambda _: 0)
    data = path.read_bytes()
    application = bytes([2]) + (8).to_bytes(3, "big") + b"riffwhat"
    path.write_bytes(data[:42] + application + data[42:])
    assert write(path, folder).reason is None


def test_a_flac_with_a_picture_beyond_the_limit_is_not_damaged(tmp_path, folder):
    path = states.vorbis(tmp_path / "a.flac", genres=["Jazz"])
    file = FLAC(path)
    picture = Picture()
    picture.data = b"p" * ((1 << 24) - 100)
    file.add_picture(picture)
    file.save()
    assert write(path, folder).reason is None


def test_an_mp4_with_64_bit_sizes_is_written(tmp_path, folder):
    path = states.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    data = path.read_bytes()
    at = data.index(b"mdat") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    # The eight bytes of `free` in front of `mdat` give room for the long size.
    assert data[at - 8 : at] == b"\0\0\0\x08free"
    long = struct.pack(">I4sQ", 1, b"mdat", size + 8)
    path.write_bytes(data[: at - 8] + long + data[at + 8 :])
    assert write(path, folder).reason is None


def test_an_atom_that_stands_twice_is_kept(tmp_path, folder):
    path = states.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    file = MP4(path)
    file["\xa9wrt"] = ["x"]
    file.save()
    path.write_bytes(path.read_bytes().replace(b"\xa9wrt", b"\xa9nam"))
    assert write(path, folder).reason is None
    assert write_only(path, folder).reason is None
    assert path.read_bytes().count(b"\xa9nam") == 2
    assert MP4(path)["\xa9nam"] == ["T\xedtulo", "x"]


def test_a_cover_of_no_known_type_is_kept_byte_for_byte(tmp_path, folder):
    path = states.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    cover = b"data" + struct.pack(">II", 14, 0)  # PNG
    unknown = b"data" + struct.pack(">II", 1, 0)
    data = path.read_bytes()
    assert data.count(cover) == 1
    path.write_bytes(data.replace(cover, unknown))
    assert write(path, folder).reason is None
    assert write_only(path, folder).reason is None
    assert path.read_bytes().count(unknown + bytes(range(256))) == 1


def test_freeform_atoms_of_one_name_are_kept_one_by_one(tmp_path, folder):
    path = states.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    file = MP4(path)
    file["----:com.apple.iTunes:MOOX"] = [b"wild"]
    file.save()
    path.write_bytes(path.read_bytes().replace(b"MOOX", b"MOOD"))
    assert write(path, folder).reason is None
    assert write_only(path, folder).reason is None
    assert path.read_bytes().count(b"----\0\0\0\x1cmean") == 2
    assert sorted(MP4(path)["----:com.apple.iTunes:MOOD"]) == [b"calm", b"wild"]


def test_an_mp4_whose_samples_lie_outside_its_audio_data_is_refused(tmp_path, folder):
    path = states.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    data = bytearray(path.read_bytes())
    at = data.index(b"stco") + 12
    data[at : at + 4] = struct.pack(">I", 4)
    path.write_bytes(data)
    result = write_only(path, folder)
    assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "mp4-misplaced")
    assert path.read_bytes() == data


def test_a_frame_that_mutagen_cannot_read_in_mp4_is_kept(tmp_path, folder):
    path = states.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    path.write_bytes(path.read_bytes().replace(b"cpil", b"zzzz"))
    assert write(path, folder).reason is None
