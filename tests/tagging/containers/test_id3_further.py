"""Several ID3v2 tags: their genre is seen, and none is written in front of it."""

import av
import pytest

from genretagger.core.writes import Policy, WriteStatus
from genretagger.tagging import containers
from tests.helpers import raw_files, tagged_files, write_helpers
from tests.tagging.containers.test_id3_chunks import chunk, with_size
from tests.tagging.containers.test_oddities import frame, tag

TITLE = tag(frame(b"TIT2", b"\0Hello") + bytes(90))
EMPTY = tag(frame(b"TIT2", b"\3", major=4) + frame(b"TCON", b"\3\0", major=4) + bytes(90), major=4)
ROCK = tag(frame(b"TIT2", b"\0Song") + frame(b"TCON", b"\0Rock") + bytes(90))
ROCK_22 = tag(b"TT2\0\0\5\0Song" + b"TCO\0\0\5\0(17)", major=2)
_BODY = tag(frame(b"TCON", b"\3Rock", major=4), major=4, flags=0x10)
UPDATE = _BODY + b"3DI" + _BODY[3:10]
APE = (
    b"APETAGEX"
    + b"".join(number.to_bytes(4, "little") for number in (2000, 32, 0, 0xA0000000))
    + bytes(8)
    + b"APETAGEX"
    + b"".join(number.to_bytes(4, "little") for number in (2000, 32, 0, 0x80000000))
    + bytes(8)
)

WITH_GENRE = {
    "no genre, then one": lambda audio: TITLE + ROCK + audio,
    "an empty genre, then one": lambda audio: EMPTY + ROCK + audio,
    "three": lambda audio: TITLE + TITLE + ROCK + audio,
    "2.2 behind": lambda audio: TITLE + ROCK_22 + audio,
    "zeros between": lambda audio: TITLE + bytes(300_000) + ROCK + audio,
    "APEv2 between": lambda audio: TITLE + APE + ROCK + audio,
    "an update at the end": lambda audio: TITLE + audio + UPDATE,
    "an update before ID3v1": lambda audio: TITLE + audio + UPDATE + tagged_files._v1(255),
    "the same twice": lambda audio: ROCK + ROCK + audio,
}


# Mutagen reads no True Audio that stands behind two tags.
IN_TTA = ("an update at the end", "an update before ID3v1")


@pytest.mark.parametrize(
    ("name", "suffix"),
    [*((name, ".mp3") for name in WITH_GENRE), *((name, ".tta") for name in IN_TTA)],
)
def test_the_genre_of_a_further_tag_is_seen_and_nothing_written_before_it(
    name, suffix, tmp_path, folder
):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    path.write_bytes(WITH_GENRE[name](path.read_bytes()))
    before = path.read_bytes()
    reading = containers.read(path)
    assert (reading.genres, reading.read_only) == (("Rock",), "id3-twice")
    for policy in Policy:
        result = write_helpers.write_foreseen(path, "Metal", folder=folder, policy=policy)
        assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "id3-twice")
    assert path.read_bytes() == before


def test_ffmpeg_shows_the_genre_of_the_second_tag(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    path.write_bytes(TITLE + ROCK + path.read_bytes())
    with av.open(str(path)) as file:
        assert file.metadata["genre"] == "Rock"


def test_genres_of_both_tags_are_shown(tmp_path):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=4, genre="Pop")
    path.write_bytes(tag(frame(b"TCON", b"\0Pop")) + ROCK + path.read_bytes())
    assert containers.read(path).genres == ("Pop", "Rock")


@pytest.mark.parametrize("suffix", [".wav", ".aiff", ".dff"])
@pytest.mark.parametrize("name", ["in one chunk", "in two"])
def test_a_second_tag_in_a_form_is_seen_too(name, suffix, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    parts = [TITLE + ROCK] if name == "in one chunk" else [TITLE, ROCK]
    data = path.read_bytes() + b"".join(chunk(suffix, b"ID3 ", part) for part in parts)
    path.write_bytes(with_size(suffix, data))
    reading = containers.read(path)
    assert (reading.genres, reading.read_only) == (("Rock",), "id3-twice")
    result = write_helpers.write_foreseen(path, "Metal", folder=folder, policy=Policy.FILL)
    assert result.reason.key == "id3-twice"


def test_a_second_tag_of_a_dsf_is_seen_too(tmp_path, folder):
    path = tmp_path / "a.dsf"
    audio = raw_files.dsf()
    size, data = len(audio), audio + TITLE + ROCK
    head = data[:12] + len(data).to_bytes(8, "little") + size.to_bytes(8, "little")
    path.write_bytes(head + data[28:])
    reading = containers.read(path)
    assert (reading.genres, reading.read_only) == (("Rock",), "id3-twice")


def test_a_tag_at_the_end_alone_is_refused_as_what_few_programs_find(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    path.write_bytes(path.read_bytes() + UPDATE)
    reading = containers.read(path)
    assert (reading.genres, reading.read_only) == (("Rock",), "id3-buried")
    result = write_helpers.write_foreseen(path, "Metal", folder=folder, policy=Policy.FILL)
    assert result.reason.key == "id3-buried"


@pytest.mark.parametrize(
    "build",
    [
        lambda audio: TITLE + TITLE + audio,
        lambda audio: ROCK + EMPTY + audio,
        lambda audio: TITLE + bytes(300_000) + TITLE + audio,
        lambda audio: TITLE + bytes(300_000) + audio,
    ],
)
def test_further_tags_without_a_genre_stay_as_they_are(build, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    path.write_bytes(build(path.read_bytes()))
    before = path.read_bytes()
    assert write_helpers.write_foreseen(path, "Metal", folder=folder).status is WriteStatus.WRITTEN
    assert path.read_bytes().endswith(before[len(TITLE) :])
    assert containers.read(path).genres == ("Metal",)
    assert write_helpers.undo_one(folder).reason is None
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", [".flac", ".wv"])
def test_no_genre_is_written_where_the_only_one_stands_in_an_id3_tag_in_front(
    suffix, tmp_path, folder
):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    path.write_bytes(ROCK + path.read_bytes())
    before = path.read_bytes()
    for policy in Policy:
        result = write_helpers.write_foreseen(path, "Metal", folder=folder, policy=policy)
        assert (result.status, result.reason.key) == (WriteStatus.REFUSED, "tag-in-front")
    assert path.read_bytes() == before


def test_a_flac_with_genres_of_its_own_behind_an_id3_tag_is_written(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.flac", genres=["Jazz"])
    path.write_bytes(ROCK + path.read_bytes())
    result = write_helpers.write(path, "Metal", folder=folder, policy=Policy.REPLACE)
    assert (result.status, containers.read(path).genres) == (WriteStatus.WRITTEN, ("Metal",))
