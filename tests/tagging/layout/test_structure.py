"""A copy that would not play any more is refused, though its audio is byte for byte the same."""

import struct
from io import BytesIO

import mutagen
import pytest
from mutagen.ogg import OggPage

from genretagger.core.writes import WriteRequest, WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.digest import audio_digest
from genretagger.tagging.layout import asf
from tests.helpers import tagged_files, write_helpers
from tests.helpers.samples import encode


def pages_of(data):
    """Return the start of each page."""
    starts = []
    at = data.find(b"OggS")
    while at >= 0:
        starts.append(at)
        at = data.find(b"OggS", at + 4)
    return starts


def zeroed_times(data):
    for at in pages_of(data):
        data[at + 6 : at + 14] = bytes(8)


def wrong_checksums(data):
    for at in pages_of(data)[2:]:
        data[at + 22] ^= 1


def gap_in_the_page_numbers(data):
    at = pages_of(data)[-1]
    data[at + 18] += 1
    data[at:] = OggPage(BytesIO(data[at:])).write()  # with the right checksum


def zeroed_sample_sizes(data):
    at = data.index(b"stsz")
    end = at - 4 + int.from_bytes(data[at - 4 : at], "big")
    data[at + 16 : end] = bytes(end - at - 16)


def zeroed_duration(data):
    at = data.index(b"mdhd")
    data[at + 20 : at + 24] = bytes(4)


DAMAGES = [
    (".ogg", zeroed_times),
    (".opus", zeroed_times),
    (".ogg", wrong_checksums),
    (".opus", wrong_checksums),
    (".ogg", gap_in_the_page_numbers),
    (".m4a", zeroed_sample_sizes),
    (".m4a", zeroed_duration),
]


def require_refused(path, damage, *, folder, monkeypatch):
    """Write with a writer that does `damage` too; return why it is refused, foreseen as well."""
    before = path.read_bytes()
    store = containers.store

    def spoilt(stream, wanted, *, path):
        store(stream, wanted, path=path)
        stream.seek(0)
        data = bytearray(stream.read())
        damage(data)
        stream.seek(0)
        stream.write(data)
        stream.flush()

    monkeypatch.setattr(containers, "store", spoilt)
    request = WriteRequest(path, ("Blues",))
    dry = write_helpers.dry_run(request)
    (result,) = write_helpers.write_all(folder, request)
    assert (dry.status, result.status) == (WriteStatus.REFUSED, WriteStatus.REFUSED)
    assert path.read_bytes() == before
    return result.reason.key


@pytest.mark.parametrize(("suffix", "damage"), DAMAGES)
def test_a_copy_that_does_not_play_is_refused(suffix, damage, tmp_path, home, monkeypatch):
    path = encode(tmp_path / f"a{suffix}", seconds=3, noise=0.3)
    reason = require_refused(path, damage, folder=home / "j", monkeypatch=monkeypatch)
    assert reason == "audio-would-change"


def changed_at(mark, offset=0):
    def change(data):
        data[data.index(mark) + offset] ^= 0x20

    return change


def with_user_data(path):
    tagged_files.m4a(path)
    data = path.read_bytes()
    path.write_bytes(data + b"\0\0\0\x0cuuidabcd")


def with_gap(path):
    plain = tagged_files.id3(path, version=4, genre="Jazz").read_bytes()
    at = plain.index(b"ID3\4")
    sizes = struct.pack("<QQ", len(plain) + 4, at + 4)
    path.write_bytes(plain[:12] + sizes + plain[28:at] + b"abcd" + plain[at:])


def with_bytes_behind(path):
    tagged_files.vorbis(path)
    path.write_bytes(path.read_bytes() + b"zzzz")


# What stands around tags and audio: state or maker, its suffix, and what a faulty writer changes.
AROUND = {
    "flags of ID3v2": ("mp3 2.4 list", changed_at(b"ID3\4", 5)),
    "header of APEv2": ("mp3 2.4 and APEv2", changed_at(b"APETAGEX", 23)),
    "kind of AIFF": ("aiff 2.4", changed_at(b"AIFF", 3)),
    "head of ASF": ("wma genre", lambda data: data.__setitem__(29, 3)),
    "extension of ASF": ("wma genre", changed_at(asf.EXTENSION_BEGIN, 3)),
    "head of the data of ASF": ("wma genre", changed_at(asf.DATA, 30)),
    "bytes behind Ogg": (with_bytes_behind, ".ogg", changed_at(b"zzzz")),
    "bytes in front of the tag of DSF": (with_gap, ".dsf", changed_at(b"abcd")),
    "atoms of MP4": (with_user_data, ".m4a", changed_at(b"uuid", 4)),
}


@pytest.mark.parametrize("name", AROUND)
def test_a_copy_in_which_something_around_differs_is_refused(name, tmp_path, home, monkeypatch):
    maker, *suffix, damage = AROUND[name]
    path = tmp_path / f"a{suffix[0]}" if suffix else tagged_files.make(maker, tmp_path)
    if suffix:
        maker(path)
    require_refused(path, damage, folder=home / "j", monkeypatch=monkeypatch)


@pytest.mark.parametrize("suffix", [".ogg", ".opus", ".m4a", ".mp3", ".flac"])
def test_a_large_genre_that_moves_everything_is_written(suffix, tmp_path, home):
    path = encode(tmp_path / f"a{suffix}", seconds=3, noise=0.3)
    before = audio_digest(path, container=containers.read(path).container)
    length_s = mutagen.File(path).info.length
    genre = "Blues " * 30_000 + "end"
    result = write_helpers.write(path, genre, folder=home / "j")
    assert result.reason is None
    assert tagged_files.plain_genres(path) == (genre,)
    assert audio_digest(path, container=containers.read(path).container) == before
    assert mutagen.File(path).info.length == length_s
