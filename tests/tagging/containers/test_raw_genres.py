"""Genres as stored: empty and odd ones are replaced, and undo brings back their very bytes."""

import struct

import mutagen
import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3, TIT2
from mutagen.mp4 import MP4

from genretagger.core.writes import Policy, WriteStatus
from genretagger.tagging import containers
from tests.helpers import tagged_files, write_helpers
from tests.helpers.write_helpers import undo_one, write_foreseen
from tests.tagging.containers.test_oddities import frame, pages_of, tag


def retitle(path):
    """Change the title as another program would, so that the patch does not fit any more."""
    if path.suffix == ".mp3":
        other = ID3(path, translate=False, load_v1=False)
        other.add(TIT2(encoding=0, text=["New"]))
        other.save(path, v1=0, v2_version=other.version[1], v23_sep=None)
    else:
        file = mutagen.File(path)
        file["\xa9nam" if path.suffix == ".m4a" else "title"] = ["New"]
        file.save()


def id3(path, data, *, major):
    tagged_files.fresh(path)
    body = frame(b"TIT2", b"\0Old", major=major) + frame(b"TCON", data, major=major)
    path.write_bytes(tag(body + bytes(200), major=major) + path.read_bytes())
    return path


@pytest.mark.parametrize("data", [b"", b"\0", b"\1", b"\3\0", b"\x09Rock", b"\1\xff\xfe\0\xd8"])
@pytest.mark.parametrize("major", [3, 4])
def test_an_empty_or_undecodable_tcon_is_no_genre_and_is_replaced(major, data, tmp_path, folder):
    path = id3(tmp_path / "a.mp3", data, major=major)
    before = path.read_bytes()
    reading = containers.read(path)
    assert (reading.genres, reading.read_only) == ((), None)
    assert write_helpers.state_of(path).raw.present
    assert write_foreseen(path, "Blues", folder=folder, policy=Policy.FILL).reason is None
    assert tagged_files.plain_genres(path) == ("Blues",)
    assert path.read_bytes().count(b"TCON") == 1
    assert undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"\0", b"\x09Rock", b"\0(4)X", b"\1\xff\xfeR\0", b"\0a\0b"])
@pytest.mark.parametrize("major", [3, 4])
def test_undo_by_value_restores_the_bytes_of_tcon(major, data, tmp_path, folder):
    path = id3(tmp_path / "a.mp3", data, major=major)
    write_foreseen(path, "Blues", folder=folder)
    retitle(path)
    assert undo_one(folder).reason is None
    assert path.read_bytes().count(frame(b"TCON", data, major=major)) == 1
    assert path.read_bytes().count(b"TCON") == 1
    assert containers.read(path).title == "New"


def test_undo_by_value_in_a_tag_of_another_version_restores_the_text(tmp_path, folder):
    path = id3(tmp_path / "a.mp3", b"\0(4)X", major=3)
    write_foreseen(path, "Blues", folder=folder)
    other = ID3(path, translate=False)
    other.save(path, v2_version=4)
    assert undo_one(folder).reason is None
    assert tagged_files.plain_genres(path) == ("(4)X",)
    assert ID3(path).version == (2, 4, 0)


@pytest.mark.parametrize("data", [b"", b"\0", b"\1\xff\xfe\0\0"])
def test_undo_by_value_in_a_tag_of_another_version_leaves_no_empty_genre(data, tmp_path, folder):
    path = id3(tmp_path / "a.mp3", data, major=3)
    write_foreseen(path, "Blues", folder=folder)
    ID3(path, translate=False).save(path, v2_version=4)
    assert undo_one(folder).reason is None
    assert tagged_files.plain_genres(path) == ()


@pytest.mark.parametrize("suffix", [".flac", ".ogg", ".opus"])
def test_undo_by_value_restores_spelling_and_bytes_of_vorbis_comments(suffix, tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / f"a{suffix}", genres=["RosX", "Jazz"], key="Genre")
    data = path.read_bytes()
    assert data.count(b"Genre=RosX") == 1
    path.write_bytes(data.replace(b"Genre=RosX", b"gEnre=Ros\xe9"))
    if suffix != ".flac":
        path.write_bytes(b"".join(page.write() for page in pages_of(path)))
    assert containers.read(path).genres == ("Ros�", "Jazz")
    assert write_foreseen(path, "Blues", folder=folder).reason is None
    retitle(path)
    assert undo_one(folder).reason is None
    data = path.read_bytes()
    assert data.count(b"gEnre=Ros\xe9") == data.count(b"Genre=Jazz") == 1
    assert b"GENRE" not in data
    assert containers.read(path).title == "New"


@pytest.mark.parametrize("number", [0, 2, 18, 200, 65535])
def test_undo_by_value_restores_the_number_of_an_mp4_genre(number, tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a", gnre=number)
    raw = write_helpers.state_of(path).raw
    assert write_foreseen(path, "Blues", folder=folder).reason is None
    assert b"gnre" not in path.read_bytes()
    retitle(path)
    assert undo_one(folder).reason is None
    atom = b"gnre" + struct.pack(">I4sIIH", 18, b"data", 0, 0, number)
    assert path.read_bytes().count(atom) == 1
    assert MP4(path)["\xa9nam"] == ["New"]
    assert write_helpers.state_of(path).raw == raw


def test_undo_by_value_restores_the_bytes_of_an_mp4_genre(tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a", genres=["RosX", "Jazz"])
    path.write_bytes(path.read_bytes().replace(b"RosX", b"Ros\xe9"))
    raw = write_helpers.state_of(path).raw
    write_foreseen(path, "Blues", folder=folder)
    retitle(path)
    assert undo_one(folder).reason is None
    assert b"Ros\xe9" in path.read_bytes()
    assert write_helpers.state_of(path).raw == raw


@pytest.mark.parametrize("number", [0, 1, 18, 149, 255, 65535])
def test_the_reading_shows_the_genre_that_a_write_finds(number, tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a", gnre=number)
    with path.open("rb") as stream:
        assert containers.state_of(stream, path=path).genres == containers.read(path).genres


def test_a_flac_without_a_genre_gets_none_back(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.flac")
    write_foreseen(path, "Blues", folder=folder)
    retitle(path)
    assert undo_one(folder).reason is None
    assert "genre" not in FLAC(path)


@pytest.mark.parametrize(
    ("version", "genre", "stored"),
    [
        (3, "Grüße", b"\0Gr\xfc\xdfe"),
        (3, "Ж", b"\1\xff\xfe\x16\x04"),
        (4, "Grüße", b"\3Gr\xc3\xbc\xc3\x9fe"),
    ],
)
def test_text_is_encoded_as_the_version_of_the_tag_allows(version, genre, stored, tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=version, genre="Jazz")
    write_foreseen(path, genre, folder=folder)
    data = path.read_bytes()
    at = data.index(b"TCON")
    assert data[at + 7] == len(stored)
    assert data[at + 10 :].startswith(stored)


def test_a_genre_for_which_the_padding_has_room_moves_nothing(tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=3, genre="Jazz", padding=100)
    before = path.read_bytes()
    write_foreseen(path, "Something longer", folder=folder)
    after = path.read_bytes()
    assert after[:10] == before[:10]
    assert len(after) == len(before)
    assert after[-5000:] == before[-5000:]
