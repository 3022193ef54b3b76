"""MP3 with ID3v1 or APEv2: no new tag hides what is there, and the genre in each follows."""

import pytest
from mutagen.apev2 import APEBinaryValue, APEv2
from mutagen.id3 import ID3, ID3NoHeaderError

from genretagger.core.writes import Policy, WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.digest import audio_digest
from tests.helpers import raw_files, tagged_files, write_helpers
from tests.helpers.write_helpers import undo_one, write
from tests.tagging.containers.test_oddities import COMMON_24, frame, tag

FIELDS = b"Caf\xe9".ljust(30, b"\0") + b"Band".ljust(30) + b"Record".ljust(30, b"\0") + b"1999"


def with_v1(path, *, genre):
    tagged_files.fresh(path)
    v1 = b"TAG" + FIELDS + b"note".ljust(28, b"\0") + b"\0\5" + bytes([genre])
    path.write_bytes(path.read_bytes() + v1)
    return path


def has_id3v2(path):
    return path.read_bytes().startswith(b"ID3")


@pytest.mark.parametrize("suffix", [".mp3", ".tta"])
def test_a_genre_that_id3v1_can_say_changes_one_byte(suffix, tmp_path, folder):
    path = with_v1(tmp_path / f"a{suffix}", genre=17)
    before = path.read_bytes()
    result = write(path, "Hip-Hop", folder=folder)
    assert (result.status, result.before, result.after) == (
        WriteStatus.WRITTEN,
        ("Rock",),
        ("Hip-Hop",),
    )
    assert path.read_bytes() == before[:-1] + b"\7"
    assert containers.read(path).genres == ("Hip-Hop",)
    assert undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before


@pytest.mark.parametrize("genres", [("hip-hop",), ("Blues", "Soul"), ("Grüße",)])
def test_a_new_tag_takes_the_fields_of_id3v1_along(genres, tmp_path, folder):
    path = with_v1(tmp_path / "a.mp3", genre=17)
    before = path.read_bytes()
    assert write(path, *genres, folder=folder).reason is None
    plain = ID3(path, load_v1=False)
    assert tuple(plain["TCON"].text) == genres
    shown = {key: str(frame) for key, frame in plain.items() if key != "TCON"}
    assert shown == {
        "TIT2": "Café",
        "TPE1": "Band",
        "TALB": "Record",
        "TDRC": "1999",
        "TRCK": "5",
        "COMM::eng": "note",
    }
    assert path.read_bytes()[-128:-1] == before[-128:-1]
    assert undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before


@pytest.mark.parametrize(("version", "date"), [(3, "TYER"), (4, "TDRC")])
def test_an_empty_tag_takes_the_fields_of_id3v1_along(version, date, tmp_path, folder):
    path = with_v1(tmp_path / "a.mp3", genre=17)
    before = bytes([*b"ID3", version, 0, 0, 0, 0, 0, 20]) + bytes(20) + path.read_bytes()
    path.write_bytes(before)
    assert write(path, "Blues", folder=folder).before == ("Rock",)
    plain = ID3(path, load_v1=False, translate=False)
    assert plain.version == (2, version, 0)
    shown = {key: str(frame) for key, frame in plain.items()}
    fields = {"TIT2": "Café", "TPE1": "Band", "TALB": "Record", "TRCK": "5", "COMM::eng": "note"}
    assert shown == {**fields, date: "1999", "TCON": "Blues"}
    assert undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before


def test_undo_takes_our_tag_from_a_file_that_got_id3v1_meanwhile(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    before = path.read_bytes()
    assert write(path, "Blues", folder=folder).reason is None
    v1 = with_v1(tmp_path / "b.mp3", genre=255).read_bytes()[-128:]
    path.write_bytes(path.read_bytes() + v1)
    assert undo_one(folder).reason is None
    assert path.read_bytes() == before + v1


def test_undo_by_value_takes_the_new_tag_away_again(tmp_path, folder):
    path = with_v1(tmp_path / "a.mp3", genre=17)
    before = path.read_bytes()
    assert write(path, "Blues", "Soul", folder=folder).reason is None
    plain = ID3(path, translate=False, load_v1=False)
    v1 = path.read_bytes()[-128:]
    plain.save(path, v1=0, padding=lambda _: 4000)
    path.write_bytes(path.read_bytes() + v1)
    assert not path.read_bytes().startswith(before)
    undone = undo_one(folder)
    assert undone.reason is None
    assert not has_id3v2(path) or ID3(path, load_v1=False).get("TCON") is None
    assert containers.read(path).genres == ("Rock",)


def with_apev2(path, **items):
    tagged_files.fresh(path)
    ape = APEv2()
    for key, value in items.items():
        ape[key.replace("_", " ")] = value
    ape.save(path)
    return path


def test_where_apev2_is_the_only_tag_it_takes_the_genre(tmp_path, folder):
    path = with_apev2(tmp_path / "a.mp3", Title="Song", Artist="Band", Genre=["Jazz", "Soul"])
    before = path.read_bytes()
    reading = containers.read(path)
    assert (reading.title, reading.genres, reading.joins_genres) == (
        "Song",
        ("Jazz", "Soul"),
        False,
    )
    assert write(path, "Blues", "Grüße", folder=folder).after == ("Blues", "Grüße")
    assert not has_id3v2(path)
    assert list(APEv2(path)["Genre"]) == ["Blues", "Grüße"]
    assert undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before


def test_a_tag_with_replaygain_alone_is_not_the_only_tag(tmp_path, folder):
    path = with_apev2(tmp_path / "a.mp3", REPLAYGAIN_TRACK_GAIN="-3 dB")
    tail = path.read_bytes()[-100:]
    assert write(path, "Blues", folder=folder).reason is None
    assert ID3(path)["TCON"] == "Blues"
    assert path.read_bytes().endswith(tail)


def test_a_genre_in_apev2_beside_id3_follows_and_comes_back_by_value(tmp_path, folder):
    path = tagged_files.mp3_with_apev2(tmp_path / "a.mp3", genre=["Pop", "Rock"])
    items = {key: value for key, value in APEv2(path).items() if key != "Genre"}
    assert containers.read(path).genres == ("Jazz",)
    assert write(path, "Blues", "Soul", folder=folder).reason is None
    assert list(APEv2(path)["Genre"]) == ["Blues", "Soul"]
    assert {key: value for key, value in APEv2(path).items() if key != "Genre"} == items
    tagged_files.retitle(path)
    ape = APEv2(path)
    ape["Cover"] = APEBinaryValue(b"\xff\xfb")
    ape.save()
    assert undo_one(folder).reason is None
    assert list(APEv2(path)["Genre"]) == ["Pop", "Rock"]
    assert ID3(path)["TCON"] == "Jazz"


def test_a_genre_of_ours_that_another_program_changed_in_apev2_is_left_alone(tmp_path, folder):
    path = tagged_files.mp3_with_apev2(tmp_path / "a.mp3", genre="Pop")
    assert write(path, "Blues", folder=folder).reason is None
    ape = APEv2(path)
    ape["Genre"] = "Polka"
    ape.save()
    assert undo_one(folder).reason.key == "genre-not-ours"


def test_a_damaged_apev2_tag_is_refused_by_name(tmp_path, folder):
    path = tagged_files.mp3_with_apev2(tmp_path / "a.mp3", genre="Pop")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"Genre") - 8
    data[at : at + 4] = b"\xff\xff\0\0"
    path.write_bytes(data)
    before = path.read_bytes()
    assert write(path, "Blues", folder=folder).reason.key == "apev2-damaged"
    assert path.read_bytes() == before


def lyrics3(text=b"IND0000210"):
    body = b"LYRICSBEGIN" + text
    return body + b"%06d" % len(body) + b"LYRICS200"


SURROUNDED = {
    "Lyrics3 and ID3v1": lambda audio: audio + lyrics3() + tagged_files._v1(8),
    "APEv2 in front": lambda audio: ape_in_front() + audio,
    "ID3v2 at the end": lambda audio: audio + appended(),
    "garbage before the first frame": lambda audio: tag(COMMON_24, major=4) + b"\0" * 700 + audio,
}


def ape_in_front():
    item = (4).to_bytes(4, "little") + bytes(4) + b"Mood\0calm"
    ends = b"APETAGEX" + b"".join(n.to_bytes(4, "little") for n in (2000, 32 + len(item), 1))
    head = ends + (0xA0000000).to_bytes(4, "little") + bytes(8)
    return head + item + ends + (0x80000000).to_bytes(4, "little") + bytes(8)


def appended():
    body = tag(frame(b"TIT2", b"\3Other", major=4), major=4, flags=0x10)
    return body + b"3DI" + body[3:10]


@pytest.mark.parametrize("name", SURROUNDED)
def test_other_tags_around_the_audio_stay_and_do_not_count_as_audio(name, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    audio = path.read_bytes()
    bare = audio_digest(path, container="mp3")
    path.write_bytes(SURROUNDED[name](audio))
    before, digest = path.read_bytes(), audio_digest(path, container="mp3")
    assert (digest == bare) == (not name.startswith("garbage"))
    assert write(path, "Own genre", folder=folder).reason is None
    assert audio_digest(path, container="mp3") == digest
    assert ID3(path)["TCON"] == "Own genre"
    after = path.read_bytes()
    for part in (lyrics3(), ape_in_front(), appended(), audio):
        assert (part in after) == (part in before)
    assert undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before


def test_a_tag_behind_garbage_is_refused_by_name(tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=4, genre="Jazz")
    path.write_bytes(b"\x12" * 700 + path.read_bytes())
    before = path.read_bytes()
    assert containers.read(path).read_only == "id3-buried"
    assert write(path, "Blues", folder=folder).reason.key == "id3-buried"
    assert path.read_bytes() == before


def test_an_apev2_tag_of_131_bytes_holds_no_id3v1(tmp_path, folder):
    path = with_apev2(tmp_path / "a.mp3", Xx="y" * (131 - 64 - 11))
    assert path.read_bytes()[-128:].startswith(b"TAG")
    assert path.read_bytes()[-131:].startswith(b"APETAGEX")
    assert write_helpers.state_of(path).raw.id3v1 is None
    tail = path.read_bytes()[-131:]
    assert write(path, "Blues", folder=folder).reason is None
    assert path.read_bytes().endswith(tail)


@pytest.mark.parametrize("policy", [Policy.ADD, Policy.FILL])
def test_numbers_in_brackets_are_shown_and_added_to(policy, tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=3, genre="(17)(39)")
    result = write(path, "noise", "Blues", policy=policy, folder=folder)
    assert result.before == ("Rock", "Noise")
    expected = "Rock/Noise/Blues" if policy is Policy.ADD else "(17)(39)"
    assert tagged_files.plain_genres(path) == (expected,)


def test_a_bare_file_has_no_tags_for_plain_mutagen_after_undo_by_value(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    assert write(path, "Blues", folder=folder).reason is None
    ID3(path).save(path, padding=lambda _: 9000)
    assert undo_one(folder).reason is None
    with pytest.raises(ID3NoHeaderError):
        ID3(path)


@pytest.mark.parametrize(("genre", "byte"), [(None, 255), ("Jazz", 8), ("Own", 255)])
def test_undo_by_value_reaches_an_id3v1_tag_made_of_our_genre(genre, byte, tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=4, genre=genre)
    assert write(path, "Blues", folder=folder).reason is None
    ID3(path, load_v1=False).save(path, v1=2)  # another program adds ID3v1, with our genre
    assert path.read_bytes()[-1] == 0
    assert undo_one(folder).reason is None
    assert path.read_bytes()[-1] == byte
    assert containers.read(path).genres == ((genre,) if genre else ())


@pytest.mark.parametrize(("genre", "text"), [(None, None), ("Jazz", b"Jazz\0")])
def test_undo_by_value_reaches_an_info_list_made_of_our_genre(genre, text, tmp_path, folder):
    path = tagged_files.id3(tmp_path / "a.wav", version=4, genre=genre)
    assert write(path, "Blues", folder=folder).reason is None
    info = raw_files.info(IGNR=b"Blues\0", INAM=b"New")
    path.write_bytes(raw_files.riff_with(path.read_bytes(), info))
    assert undo_one(folder).reason is None
    texts = {"INAM": b"New"} if text is None else {"IGNR": text, "INAM": b"New"}
    assert raw_files.info(**texts) in path.read_bytes()
    assert containers.read(path).genres == ((genre,) if genre else ())


@pytest.mark.parametrize("genre", [None, "Jazz"])
def test_undo_by_value_reaches_an_apev2_tag_made_of_our_genre(genre, tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=4, genre=genre)
    assert write(path, "Blues", folder=folder).reason is None
    ape = APEv2()
    ape["Genre"], ape["Title"] = "Blues", "New"
    ape.save(path)
    assert undo_one(folder).reason is None
    assert dict(APEv2(path)) == ({"Genre": genre, "Title": "New"} if genre else {"Title": "New"})


def test_undo_by_value_leaves_another_genre_in_a_new_tag_alone(tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=4, genre="Jazz")
    assert write(path, "Blues", folder=folder).reason is None
    ape = APEv2()
    ape["Genre"] = "Polka"
    ape.save(path)
    assert undo_one(folder).reason is None
    assert APEv2(path)["Genre"] == "Polka"


def test_undo_by_value_reaches_an_id3v2_tag_made_of_id3v1(tmp_path, folder):
    path = with_v1(tmp_path / "a.mp3", genre=17)
    assert write(path, "Blues", folder=folder).reason is None
    assert not has_id3v2(path)
    ID3(path).save(path)
    assert undo_one(folder).reason is None
    assert ID3(path, load_v1=False)["TCON"].genres == ["Rock"]
    assert path.read_bytes()[-1] == 17
