"""Rare files: each is written with only its genre changed, or refused by name; never altered."""

import struct
import zlib

import pytest
from mutagen.flac import FLAC, Picture
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from mutagen.ogg import OggPage

from genretagger.core.writes import WriteStatus
from tests.helpers import tagged_files, write_helpers
from tests.helpers.samples import encode, pcm_digest


def write(path, folder):
    """Write Blues; return the result. The dry run says the same; undo brings every byte back."""
    before, sound = path.read_bytes(), pcm_digest(path)
    result = write_helpers.write_foreseen(path, "Blues", folder=folder)
    if result.status is WriteStatus.WRITTEN:
        assert path.read_bytes() != before
        assert pcm_digest(path) == sound
        assert tagged_files.plain_genres(path) == ("Blues",)
        assert write_helpers.undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before
    return result


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
    "second tag behind the first": tag(COMMON_24, major=4) + tag(frame(b"TIT2", b"\0Other")),
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
    "two comments of one name": tag(
        COMMON + frame(b"COMM", b"\0engx\0one") + frame(b"COMM", b"\0engx\0two")
    ),
    "two titles": tag(COMMON + frame(b"TIT2", b"\0two")),
    "footer": tag(COMMON_24, major=4, flags=0x10)
    + b"3DI"
    + tag(COMMON_24, major=4, flags=16)[3:10],
    "experimental": tag(COMMON_24, major=4, flags=0x20),
    "frame of a group": tag(COMMON + frame(b"TXXX", b"\x80\0a\0b", flags=b"\0\x20")),
    "frame to be dropped when the tag changes": tag(
        COMMON + frame(b"TXXX", b"\0a\0b", flags=b"\x80\0")
    ),
    "link": tag(COMMON + frame(b"LINK", b"TT2http://x\0y")),
    "names of 2.2 ending in a space, by iTunes": tag(
        frame(b"TST ", b"\0sort") + COMMON + frame(b"TCP ", b"\0001")
    ),
    "names of 2.2 ending in NUL": tag(frame(b"TT2\0", b"\0Hello") + frame(b"TCO\0", b"\0(17)")),
    "garbage in the padding": tag(COMMON + bytes(50) + b"left over by somebody" + bytes(9)),
    "garbage at the end of the padding": tag(COMMON + bytes(50) + b"\xff\xfb\x90"),
    "fewer bytes than a frame's header": tag(COMMON + b"abcde"),
    "flag of unsynchronisation alone": tag(frame(b"TIT2", b"\1\xff\xfeH\0i\0"), flags=0x80),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_rare_id3_tag_is_written(name, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    path.write_bytes(WRITTEN[name] + path.read_bytes())
    assert write(path, folder).reason is None


def other_bytes(content, *, major):
    """Return all frames but the genre as they stand; a simple reading, for 2.3 and 2.4 alike."""
    frames, at = [], 10
    while content[at : at + 1].isalpha():
        size = content[at + 4 : at + 8]
        length = int.from_bytes(size, "big")
        if major == 4:
            length = size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3]
        frames.append(content[at : at + 10 + length])
        at += 10 + length
    return [data for data in frames if data[:4] not in (b"TCON", b"TCO\0")]


ODD = {"bits", "fewer", "second", "unsynchronised"}
PLAIN = [
    name for name, data in WRITTEN.items() if not data[5] & 0x40 and not ODD & set(name.split())
]


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("genre", ["Blues", "Blues" * 2000])
def test_every_other_frame_stays_byte_for_byte(name, genre, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    audio, front = path.read_bytes(), WRITTEN[name]
    path.write_bytes(front + audio)
    assert write_helpers.write(path, genre, folder=folder).reason is None
    after = path.read_bytes()
    assert other_bytes(after, major=front[3]) == other_bytes(front, major=front[3])
    assert after[3:6] == front[3:6]
    assert after.endswith(audio)
    assert (b"left over by somebody" in after) == (b"left over by somebody" in front)
    assert tagged_files.plain_genres(path) == (genre,)


@pytest.mark.parametrize("genre", ["Blues", "Blues" * 500])
def test_sizes_of_8_bits_in_2_4_stay(genre, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    front = WRITTEN["2.4 with sizes of 8 bits"]
    path.write_bytes(front + path.read_bytes())
    assert write_helpers.write(path, genre, folder=folder).reason is None
    picture = struct.pack(">4sIH", b"APIC", len(ITUNES), 0) + ITUNES
    assert path.read_bytes()[10:].startswith(picture)
    assert tagged_files.plain_genres(path) == (genre,)


def crc_23(body, padding):
    return struct.pack(">IHII", 10, 0x8000, len(padding), zlib.crc32(body)) + body + padding


def crc_24(body, padding):
    crc = zlib.crc32(body + padding)
    five = bytes(crc >> shift & 127 for shift in (28, 21, 14, 7, 0))
    return synchsafe(12) + b"\1\x20\5" + five + body + padding


@pytest.mark.parametrize("genre", ["Blues", "Blues" * 500])
def test_the_crc_and_the_padding_of_an_extended_header_are_made_right(genre, tmp_path, folder):
    for major, make, body, head in ((3, crc_23, COMMON, 14), (4, crc_24, COMMON_24, 12)):
        path = tagged_files.fresh(tmp_path / "a.mp3")
        path.write_bytes(tag(make(body, bytes(300)), major=major, flags=0x40) + path.read_bytes())
        assert write_helpers.write(path, genre, folder=folder).reason is None
        after = path.read_bytes()
        assert after[:6] == b"ID3" + bytes([major, 0, 0x40])
        size = after[6] << 21 | after[7] << 14 | after[8] << 7 | after[9]
        content = after[10 + head : 10 + size]
        frames = content.rstrip(b"\0")
        assert after[10 : 10 + size] == make(frames, content[len(frames) :])
        assert tagged_files.plain_genres(path) == (genre,)


def test_an_unsynchronised_tag_stays_so(tmp_path, folder):
    for name, major in (("2.3 unsynchronised", 3), ("2.4 unsynchronised", 4)):
        path = tagged_files.fresh(tmp_path / "a.mp3")
        path.write_bytes(WRITTEN[name] + path.read_bytes())
        assert write_helpers.write(path, "Blues", "Ж", folder=folder).reason is None
        after = path.read_bytes()
        assert after[3] == major
        assert after[5] & 0x80
        front = after[10 : ID3(path).size]
        assert not any(front[n] == 0xFF and front[n + 1] >= 0xE0 for n in range(len(front) - 1))
        assert ID3(path)["TIT2"] == "Hi"


def test_a_footer_follows_the_header(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    audio = path.read_bytes()
    path.write_bytes(WRITTEN["footer"] + audio)
    assert write_helpers.write(path, "Blues" * 100, folder=folder).reason is None
    front = path.read_bytes()[: -len(audio)]
    assert front[-10:] == b"3DI" + front[3:10]
    assert len(front) == 20 + sum(n << s for n, s in zip(front[6:10], (21, 14, 7, 0), strict=True))


DAMAGED = {
    "frame beyond the tag": tag(COMMON + b"TALB" + struct.pack(">IH", 500, 0) + b"\0x"),
    "name that is none": tag(COMMON + b"T+\xff!" + struct.pack(">IH", 2, 0) + b"\0x"),
    "unsynchronised for some programs": tag(
        frame(b"TIT2", b"\1\xff\xfeH\0\xff\0") + COMMON, flags=0x80
    ),
    "extended header beyond the tag": tag(struct.pack(">IHI", 1 << 20, 0, 0) + COMMON, flags=0x40),
    "name of zeros, at which mutagen goes on": tag(b"\0\0\0" + COMMON[3:] + COMMON),
    "version 2.5": tag(COMMON, major=5),
    "size beyond the file": tag(COMMON)[:6] + synchsafe(1 << 27) + COMMON,
    "size that is no number": tag(COMMON)[:6] + b"\xff\xff\xff\xff" + COMMON,
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_tag_is_not_replaced_by_a_new_one(name, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    path.write_bytes(DAMAGED[name] + path.read_bytes())
    before = path.read_bytes()
    result = write_helpers.write(path, "Blues", folder=folder)
    assert result.status is WriteStatus.REFUSED
    assert path.read_bytes() == before


def pages_of(path):
    pages = []
    with path.open("rb") as stream:
        while True:
            try:
                pages.append(OggPage(stream))
            except EOFError:
                return pages


def test_a_chain_of_opus_streams_is_written(tmp_path, folder):
    first = tagged_files.vorbis(tmp_path / "a.opus", genres=["Jazz"])
    second = pages_of(encode(tmp_path / "b.opus", seconds=0.4, noise=0.2, seed=9))
    for page in second:
        page.serial = 99
    first.write_bytes(first.read_bytes() + b"".join(page.write() for page in second))
    assert write(first, folder).reason is None


def test_vorbis_comments_that_are_not_text_are_kept(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.flac", genres=["Jazz"])
    odd = (b"T\xff\xfetulo", b"xtitle: A", b"\xe9rtist=One")  # no UTF-8, no "=", no ASCII name
    data = path.read_bytes()
    for old, new in zip(("Título".encode(), b"artist=On", b"artist=Two"), odd, strict=True):
        data = data.replace(old, new)
    path.write_bytes(data)
    before = tagged_files.plain_others(path)
    assert write(path, folder).status is WriteStatus.WRITTEN
    assert tagged_files.plain_others(path) == before
    assert [path.read_bytes().count(part) for part in odd] == [data.count(part) for part in odd]


def test_an_ogg_file_with_bytes_behind_it_is_written_or_refused(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.ogg", genres=["Jazz"])
    path.write_bytes(path.read_bytes() + b"\0" * 300)
    assert write(path, folder).status in (WriteStatus.WRITTEN, WriteStatus.REFUSED)


def test_a_flac_with_application_block_cue_sheet_and_no_padding_is_written(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.flac", genres=["Jazz"])
    file = FLAC(path)
    file.save(padding=lambda _: 0)
    data = path.read_bytes()
    application = bytes([2]) + (8).to_bytes(3, "big") + b"riffwhat"
    path.write_bytes(data[:42] + application + data[42:])
    assert write(path, folder).reason is None


def test_a_flac_with_a_picture_beyond_the_limit_is_not_damaged(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.flac", genres=["Jazz"])
    file = FLAC(path)
    picture = Picture()
    picture.data = b"p" * ((1 << 24) - 100)
    file.add_picture(picture)
    file.save()
    assert write(path, folder).reason is None


def test_an_mp4_with_64_bit_sizes_is_written(tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    data = path.read_bytes()
    at = data.index(b"mdat") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    # The eight bytes of `free` in front of `mdat` give room for the long size.
    assert data[at - 8 : at] == b"\0\0\0\x08free"
    long = struct.pack(">I4sQ", 1, b"mdat", size + 8)
    path.write_bytes(data[: at - 8] + long + data[at + 8 :])
    assert write(path, folder).reason is None


def test_an_atom_that_stands_twice_is_kept(tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    file = MP4(path)
    file["\xa9wrt"] = ["x"]
    file.save()
    path.write_bytes(path.read_bytes().replace(b"\xa9wrt", b"\xa9nam"))
    assert write(path, folder).reason is None
    assert write_helpers.write(path, "Blues", folder=folder).reason is None
    assert path.read_bytes().count(b"\xa9nam") == 2
    assert MP4(path)["\xa9nam"] == ["T\xedtulo", "x"]


def test_a_cover_of_no_known_type_is_kept_byte_for_byte(tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    cover = b"data" + struct.pack(">II", 14, 0)  # PNG
    unknown = b"data" + struct.pack(">II", 1, 0)
    data = path.read_bytes()
    assert data.count(cover) == 1
    path.write_bytes(data.replace(cover, unknown))
    assert write(path, folder).reason is None
    assert write_helpers.write(path, "Blues", folder=folder).reason is None
    assert path.read_bytes().count(unknown + bytes(range(256))) == 1


def test_freeform_atoms_of_one_name_are_kept_one_by_one(tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    file = MP4(path)
    file["----:com.apple.iTunes:MOOX"] = [b"wild"]
    file.save()
    path.write_bytes(path.read_bytes().replace(b"MOOX", b"MOOD"))
    assert write(path, folder).reason is None
    assert write_helpers.write(path, "Blues", folder=folder).reason is None
    assert path.read_bytes().count(b"----\0\0\0\x1cmean") == 2
    assert sorted(MP4(path)["----:com.apple.iTunes:MOOD"]) == [b"calm", b"wild"]


@pytest.mark.parametrize(("table", "at", "value"), [(b"stco", 12, 4), (b"stsz", 32, 0x1911)])
def test_an_mp4_whose_samples_lie_outside_its_audio_data_is_refused(
    table, at, value, tmp_path, folder
):
    path = tagged_files.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    data = bytearray(path.read_bytes())
    at += data.index(table)
    data[at : at + 4] = struct.pack(">I", value)
    path.write_bytes(data)
    result = write_helpers.write(path, "Blues", folder=folder)
    assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "mp4-misplaced")
    assert path.read_bytes() == data


def test_a_frame_that_mutagen_cannot_read_in_mp4_is_kept(tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a", genres=["Jazz"])
    path.write_bytes(path.read_bytes().replace(b"cpil", b"zzzz"))
    assert write(path, folder).reason is None
