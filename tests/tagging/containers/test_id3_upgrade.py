"""ID3v2.2: read, refused unless the setting allows the upgrade, then written as ID3v2.3 whole."""

import struct

import pytest
from mutagen.id3 import ID3

from genretagger.core.settings import Settings
from genretagger.core.writes import Policy, WriteStatus
from genretagger.tagging import containers
from tests.helpers import raw_files, tagged_files
from tests.helpers.samples import pcm_digest
from tests.helpers.write_helpers import undo_one, write_foreseen
from tests.tagging.containers.test_oddities import synchsafe

PNG = bytes(range(256)) * 3
UPGRADE = Settings(upgrade_id3v22=True)


def frame(name, data):
    return name + len(data).to_bytes(3, "big") + data


def tag(*frames, flags=0, padding=60):
    body = b"".join(frames) + bytes(padding)
    return b"ID3\2\0" + bytes([flags]) + synchsafe(len(body)) + body


def mp3(path, *frames, **options):
    tagged_files.fresh(path)
    path.write_bytes(tag(*frames, **options) + path.read_bytes())
    return path


def apply(path, folder, *, settings=UPGRADE, policy=Policy.REPLACE, genres=("Blues", "Soul")):
    return write_foreseen(path, *genres, folder=folder, policy=policy, settings=settings)


FULL = (
    frame(b"TT2", b"\1" + "Título".encode("utf-16")),
    frame(b"TP1", b"\0One/Two"),
    frame(b"TCO", b"\0(17)"),
    frame(b"TYE", b"\x001999"),
    frame(b"TDA", b"\x003112"),
    frame(b"TRK", b"\x003/12"),
    frame(b"COM", b"\0eng\0a comment"),
    frame(b"COM", b"\0engiTunNORM\x00 00000123"),
    frame(b"TXX", b"\0MOOD\0calm"),
    frame(b"UFI", b"http://musicbrainz.org\x001234"),
    frame(b"PIC", b"\0PNG\3cover\0" + PNG),
    frame(b"PIC", b"\0JPG\4back\0" + PNG),
    frame(b"TCP", b"\x001"),
    frame(b"ULT", b"\0eng\0la la"),
    frame(b"EQU", b"\x10\1\2\3"),
    frame(b"POP", b"me@example.org\0\xff\0\0\0\5"),
)


def test_id3v2_2_is_refused_by_name_unless_allowed(tmp_path, folder):
    path = mp3(tmp_path / "a.mp3", *FULL)
    before = path.read_bytes()
    assert containers.read(path).genres == ("Rock",)
    assert containers.read(path).joins_genres
    result = apply(path, folder, settings=Settings())
    assert result.status is WriteStatus.REFUSED
    assert "upgrade to ID3v2.3" in str(result.reason)
    assert path.read_bytes() == before


def test_every_frame_has_its_heir_and_undo_is_byte_identical(tmp_path, folder):
    path = mp3(tmp_path / "a.mp3", *FULL)
    before, sound = path.read_bytes(), pcm_digest(path)
    old = ID3(path)
    assert apply(path, folder).reason is None
    new = ID3(path, translate=False)
    assert new.version == (2, 3, 0)
    assert new["TCON"].text == ["Blues/Soul"]
    assert [str(f) for f in new.getall("TYER") + new.getall("TDAT")] == ["1999", "3112"]
    assert sorted(f.mime for f in new.getall("APIC")) == ["image/jpeg", "image/png"]
    assert [f for f in new.unknown_frames if f.startswith(b"EQUA")]
    plain = ID3(path)
    assert {key: repr(f) for key, f in plain.items() if key != "TCON"} == {
        key: repr(f) for key, f in old.items() if key != "TCON"
    }
    assert pcm_digest(path) == sound
    assert undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before


def test_frames_of_one_name_keep_their_number(tmp_path, folder):
    twice = frame(b"COM", b"\0eng\0one"), frame(b"COM", b"\0eng\0two"), frame(b"TT2", b"\0x")
    path = mp3(tmp_path / "a.mp3", *twice)
    assert apply(path, folder).reason is None
    head = struct.pack(">4sIH", b"COMM", 8, 0)
    assert head + b"\0eng\0one" + head + b"\0eng\0two" in path.read_bytes()


@pytest.mark.parametrize(
    "odd",
    [frame(b"CRM", b"me\0what\0abc"), frame(b"XYZ", b"own"), frame(b"LNK", b"TT2http://x\0y")],
)
def test_a_frame_without_an_heir_is_refused_by_name(odd, tmp_path, folder):
    path = mp3(tmp_path / "a.mp3", FULL[0], odd)
    before = path.read_bytes()
    result = apply(path, folder)
    assert result.status is WriteStatus.REFUSED
    assert result.reason.key == "id3v22-frame"
    assert path.read_bytes() == before


def test_a_compressed_tag_is_refused(tmp_path, folder):
    path = mp3(tmp_path / "a.mp3", FULL[0], flags=0x40)
    assert apply(path, folder).status is WriteStatus.REFUSED


def test_an_unsynchronised_tag_is_upgraded(tmp_path, folder):
    picture = frame(b"PIC", b"\0PNG\3\0" + b"\xff\xfb\xff\0")
    safe = picture.replace(b"\xff\xfb\xff\0", b"\xff\0\xfb\xff\0\0")
    path = mp3(tmp_path / "a.mp3", frame(b"TT2", b"\0T\xedtulo"), safe, flags=0x80)
    assert apply(path, folder).reason is None
    assert ID3(path)["APIC:"].data == b"\xff\xfb\xff\0"
    assert ID3(path)["TIT2"] == "Título"


def test_undo_by_value_leaves_the_new_version(tmp_path, folder):
    path = mp3(tmp_path / "a.mp3", *FULL)
    assert apply(path, folder).reason is None
    tagged_files.retitle(path)
    assert undo_one(folder).reason is None
    assert ID3(path, translate=False)["TCON"].text == ["(17)"]
    assert containers.read(path).title == "New"


@pytest.mark.parametrize(
    ("policy", "status"), [(Policy.FILL, WriteStatus.SKIPPED), (Policy.ADD, WriteStatus.WRITTEN)]
)
def test_policies_hold_for_id3v2_2(policy, status, tmp_path, folder):
    path = mp3(tmp_path / "a.mp3", *FULL)
    assert apply(path, folder, policy=policy).status is status
    expected = ("Rock/Blues/Soul",) if status is WriteStatus.WRITTEN else ("(17)",)
    assert tuple(ID3(path, translate=False)["TCON"].text) == expected


def test_id3v2_2_in_a_wav_is_upgraded_too(tmp_path, folder):
    path = tagged_files.fresh(tmp_path / "a.wav")
    chunk = raw_files.riff_chunk(b"id3 ", tag(*FULL))
    path.write_bytes(raw_files.riff_with(path.read_bytes(), chunk))
    before = path.read_bytes()
    assert apply(path, folder).reason is None
    assert tagged_files.plain_genres(path) == ("Blues/Soul",)
    assert undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before
