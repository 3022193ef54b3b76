"""Reading tags: every container, genres by name, and files that are not what they say."""

import os
from dataclasses import replace

import mutagen
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3, TCON, TDOR, TDRC, TPOS, TRCK, TSO2, TSOP, TYER

from genretagger.core.errors import (
    TagReadError,
    TrackError,
    TrackRefusedError,
    UnsupportedFormatError,
)
from genretagger.tagging import containers
from genretagger.tagging.digest import audio_digest
from tests.helpers import tagged_files, write_helpers
from tests.helpers.samples import FORMATS, encode
from tests.helpers.sentences import require_plain

TAGS = {
    "title": "Name",
    "artist": "Band",
    "album": "Record",
    "album_artist": "Others",
    "genre": "Rock",
}
WITH_TAGS = [".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".m4b", ".mp4", ".wma", ".wv"]
IDS = {".mp2": "mp3", ".m4b": "m4a", ".mp4": "m4a"}


@pytest.mark.parametrize("suffix", FORMATS)
def test_container_and_duration_are_found(suffix, tmp_path):
    path = encode(tmp_path / f"a{suffix}", seconds=1)
    reading = containers.read(path)
    assert reading.container == IDS.get(suffix, suffix[1:])
    assert reading.duration_s == pytest.approx(1, abs=0.1)
    assert reading.genres == ()
    assert suffix in containers.AUDIO_SUFFIXES


@pytest.mark.parametrize("suffix", WITH_TAGS)
def test_fields_are_read(suffix, tmp_path):
    reading = containers.read(encode(tmp_path / f"a{suffix}", seconds=0.3, metadata=TAGS))
    assert (reading.title, reading.album, reading.genres) == ("Name", "Record", ("Rock",))
    assert reading.artist in ("Band", "Band; Band")  # FFmpeg writes it twice into WMA


@pytest.mark.parametrize(
    ("suffix", "stored"),
    [
        (
            ".mp3",
            {
                "TSOP": TSOP(text=["Band, The"]),
                "TSO2": TSO2(text=["Others, The"]),
                "TPOS": TPOS(text=["2/3"]),
                "TRCK": TRCK(text=["07/12"]),
            },
        ),
        (
            ".flac",
            {
                "ARTISTSORT": "Band, The",
                "ALBUMARTISTSORT": "Others, The",
                "DISCNUMBER": "2",
                "TRACKNUMBER": "7",
            },
        ),
        (
            ".m4a",
            {
                "soar": "Band, The",
                "soaa": "Others, The",
                "disk": [(2, 3)],
                "trkn": [(7, 12)],
            },
        ),
        (
            ".wma",
            {
                "WM/ArtistSortOrder": "Band, The",
                "WM/AlbumArtistSortOrder": "Others, The",
                "WM/PartOfSet": "2/3",
                "WM/TrackNumber": "7",
            },
        ),
        (
            ".wv",
            {
                "ArtistSort": "Band, The",
                "AlbumArtistSort": "Others, The",
                "Disc": "2/3",
                "Track": "7/12",
            },
        ),
    ],
)
def test_what_tracks_are_sorted_by_is_read(suffix, stored, tmp_path):
    path = encode(tmp_path / f"a{suffix}", seconds=0.3)
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    for key, value in stored.items():
        file[key] = value
    file.save()
    reading = containers.read(path)
    assert (reading.artist_sort, reading.album_artist_sort) == ("Band, The", "Others, The")
    assert (reading.disc_number, reading.track_number) == (2, 7)


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("03/12", 3), ("A1", None), ("", None), ("/12", None), ("9" * 4000, None)],
)
def test_only_a_number_that_can_be_one_is_a_place_on_an_album(text, number, tmp_path):
    path = encode(tmp_path / "a.flac", seconds=0.3)
    file = mutagen.File(path)
    file["TRACKNUMBER"] = text
    file.save()
    assert containers.read(path).track_number == number


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1999", 1999),
        ("2001-05-01", 2001),
        ("20010501", 2001),
        ("1 May 1974", 1974),
        ("0000", None),
        ("99", None),
        ("19991", None),
        ("9" * 4000, None),
    ],
)
def test_only_what_can_be_a_year_is_one(text, year, tmp_path):
    path = encode(tmp_path / "a.flac", seconds=0.3)
    file = mutagen.File(path)
    file["DATE"] = text
    file.save()
    assert containers.read(path).year == year


@pytest.mark.parametrize(
    ("suffix", "key", "value"),
    [
        (".mp3", "TDRC", TDRC(3, ["1974-03"])),
        (".aiff", "TYER", TYER(3, ["1974"])),
        (".mp3", "TDOR", TDOR(3, ["1974"])),
        (".ogg", "year", "1974"),
        (".m4a", "\xa9day", "1974-03-01T00:00:00Z"),
        (".wma", "WM/Year", "1974"),
        (".wv", "Year", "1974"),
    ],
)
def test_the_year_is_read_from_every_family_of_tags(suffix, key, value, tmp_path):
    path = encode(tmp_path / f"a{suffix}", seconds=0.3)
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    file[key] = value
    file.save(**({"v2_version": 3} if key == "TYER" else {}))
    assert containers.read(path).year == 1974


def test_the_bit_rate_is_what_the_file_claims(tmp_path):
    path = encode(tmp_path / "a.wav", seconds=0.3)
    info = mutagen.File(path).info
    assert containers.read(path).bitrate_bps == info.bitrate > 0


@pytest.mark.parametrize("suffix", [".aiff", ".wav", ".tta"])
def test_id3_is_read_in_other_containers(suffix, tmp_path):
    path = encode(tmp_path / f"a{suffix}", seconds=0.3)
    file = mutagen.File(path)
    file.add_tags()
    file.tags.add(TCON(encoding=3, text=["(17)", "255"]))
    file.save()
    assert containers.read(path).genres == ("Rock", "255")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (["(17)"], ("Rock",)),
        (["17"], ("Rock",)),
        (["(17)Rock"], ("Rock",)),
        (["(4)Eurodisco"], ("Disco", "Eurodisco")),
        (["(51)(39)"], ("Techno-Industrial", "Noise")),
        (["(RX)(CR)"], ("Remix", "Cover")),
        (["1999"], ("1999",)),
        (["20er Jahre"], ("20er Jahre",)),
        (["255"], ("255",)),
        (["Rock", "Blues"], ("Rock", "Blues")),
        (["Unknown"], ("Unknown",)),
        ([""], ()),
    ],
)
@pytest.mark.parametrize("version", [3, 4])
def test_id3_genres_are_shown_by_name(version, stored, shown, tmp_path):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=version, genre=stored)
    assert containers.read(path).genres == shown


def test_id3v2_2_is_read_and_refused_by_name(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    frame = b"TCO" + (5).to_bytes(3, "big") + b"\0(17)"
    tag = b"ID3\2\0\0" + bytes([0, 0, 0, len(frame)]) + frame
    path.write_bytes(tag + path.read_bytes())
    assert containers.read(path).genres == ("Rock",)
    assert containers.read(path).read_only == "id3v22-read-only"
    with pytest.raises(TrackRefusedError, match=r"ID3v2\.2"):
        write_helpers.state_of(path)


def test_fragmented_mp4_is_refused(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.m4a", movflags="frag_keyframe+empty_moov")
    assert containers.read(path).read_only == "mp4-fragmented"
    with pytest.raises(TrackRefusedError, match="fragmented"):
        write_helpers.state_of(path)


@pytest.mark.parametrize("suffix", [".aac", ".ac3"])
def test_raw_aac_and_ac3_say_that_they_cannot_carry_tags(suffix, tmp_path):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    assert containers.read(path).read_only == "container-without-tags"
    with pytest.raises(TrackRefusedError, match="cannot carry tags"):
        write_helpers.state_of(path)


def test_raw_aac_behind_id3_is_no_mp3(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.aac")
    front = tagged_files.mp3(tmp_path / "a.mp3", version=4).read_bytes()[
        : ID3(tmp_path / "a.mp3").size
    ]
    path.write_bytes(front + path.read_bytes())
    assert containers.read(path).container == "aac"
    assert audio_digest(path, container="aac")


def test_true_audio_behind_id3_is_found_whatever_its_name(tmp_path):
    path = tagged_files.id3(tmp_path / "a.tta", version=4, genre="Jazz").rename(tmp_path / "a.mp3")
    assert containers.read(path).container == "tta"


def test_container_is_found_by_content(tmp_path):
    flac = tagged_files.fresh(tmp_path / "a.flac")
    for name in ("a.mp3", "a.ogg", "a.unknown"):
        assert containers.read(flac.rename(tmp_path / name)).container == "flac"
        flac = tmp_path / name
    behind = tagged_files.flac_between_id3(tmp_path / "b.flac").rename(tmp_path / "b.mp3")
    assert containers.read(behind).container == "flac"


@pytest.mark.parametrize("suffix", [".ogg", ".opus", ".oga", ".wma", ".wav", ".aiff", ".m4a"])
def test_id3v2_in_front_of_a_file_that_has_no_place_for_it_is_named(suffix, tmp_path):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    whole = containers.read(path)
    path.write_bytes(b"ID3\4\0\0\0\0\2\0" + bytes(256) + path.read_bytes())
    assert containers.read(path) == replace(whole, read_only="tag-in-front")
    with pytest.raises(TrackRefusedError, match="in front of its sound"):
        write_helpers.state_of(path)


@pytest.mark.parametrize("suffix", sorted(containers.AUDIO_SUFFIXES))
@pytest.mark.parametrize("content", [b"", b"ID3", b"\0" * 5000, b"fLaC", b"OggS" * 100, b"RIFF"])
def test_garbage_is_one_clear_error(suffix, content, tmp_path):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    with pytest.raises(TrackError) as caught:
        write_helpers.state_of(path)
    require_plain(str(caught.value), path)


def test_what_the_tag_library_says_of_a_file_stays_in_the_log(tmp_path, caplog):
    path = encode(tmp_path / "a.mp3", seconds=0.5)
    path.write_bytes(b"ID3\x03\0\x43" + path.read_bytes()[6:])
    with caplog.at_level("DEBUG"):
        assert containers.read(path).read_only == "id3-damaged"
    assert "has invalid flags" in caplog.text
    with pytest.raises(TrackRefusedError) as caught:
        write_helpers.state_of(path)
    require_plain(str(caught.value), path)


def test_no_audio_is_unsupported(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("hello")
    with pytest.raises(UnsupportedFormatError):
        containers.read(path)


def test_a_pipe_a_folder_and_a_device_do_not_hang(tmp_path):
    pipe = tmp_path / "a.mp3"
    os.mkfifo(pipe)
    folder = tmp_path / "b.mp3"
    folder.mkdir()
    device = tmp_path / "c.mp3"
    device.symlink_to("/dev/zero")
    for path in (pipe, folder, device, tmp_path / "missing.mp3"):
        with pytest.raises(TagReadError):
            containers.read(path)
        with pytest.raises(TagReadError):
            audio_digest(path, container="mp3")


def named_or_none(look, path):
    """Return whether `look` gives something or fails with a sentence that names the file."""
    try:
        return look(path) is not None
    except TrackError as error:
        return path.name in str(error)


@pytest.mark.parametrize("suffix", FORMATS)
def test_truncated_files_give_a_reading_or_one_error(suffix, tmp_path):
    data = tagged_files.fresh(tmp_path / f"a{suffix}").read_bytes()
    path = tmp_path / f"b{suffix}"
    for size in [*range(0, 200, 7), *range(200, len(data), len(data) // 40)]:
        path.write_bytes(data[:size])
        for look in (containers.read, write_helpers.state_of):
            assert named_or_none(look, path)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(data=st.data(), state=st.sampled_from(sorted(tagged_files.STATES)))
def test_flipped_bytes_give_a_reading_or_one_error(data, state, tmp_path_factory):
    path = tagged_files.make(state, tmp_path_factory.mktemp("flip"))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, min(len(content) - 1, 3000)))] = data.draw(
            st.integers(0, 255)
        )
    path.write_bytes(content)
    for look in (containers.read, write_helpers.state_of):
        assert named_or_none(look, path)


def test_frames_that_mutagen_would_merge_are_all_seen(tmp_path):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=3)
    names = [name for name, _, _ in write_helpers.state_of(path).other_frames]
    assert names.count("COMM") == 2
    frame = b"TIT2" + (4).to_bytes(4, "big") + b"\0\0" + b"\0two"
    tag = ID3(path)
    body = path.read_bytes()
    doubled = body[:10] + frame + body[10 : tag.size - len(frame)] + body[tag.size :]
    path.write_bytes(doubled)
    names = [name for name, _, _ in write_helpers.state_of(path).other_frames]
    assert names.count("TIT2") == 2
