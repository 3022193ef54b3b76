"""Tags of other kinds around files of each kind: heard, and written with them kept, or refused."""

import pytest

from genretagger.analysis.audio import decode_from_start
from genretagger.core.file_kinds import condition_text
from genretagger.core.writes import WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.digest import audio_digest
from tests.helpers import raw_files
from tests.helpers.samples import encode
from tests.helpers.sentences import require_plain
from tests.helpers.write_helpers import undo_one, write
from tests.tagging.containers.test_ape_items import LYRICS, item, tag

SUFFIXES = (
    *(".mp3", ".tta", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".wma", ".wv", ".wav", ".aiff"),
    *(".aac", ".ac3", ".dsf", ".dff", ".mka"),
)
ID3V2 = b"ID3\4\0\0\0\0\2\0" + b"TIT2\0\0\0\6\0\0\3Other" + bytes(240)
V1 = b"TAG" + b"Other".ljust(94, b"\0") + b" " * 30 + b"\xff"
APEV2 = tag(item(b"Title", b"Other"), item(b"Mood", b"calm" * 30))
FRONT = {"ID3v2": ID3V2, "two ID3v2": ID3V2 + ID3V2, "APEv2": APEV2, "both": ID3V2 + APEV2}
BEHIND = {"ID3v1": V1, "APEv2": APEV2, "Lyrics3": LYRICS + V1, "all": APEV2 + LYRICS + V1}
# In these, tags in front have their place; in those, a tag behind takes the genre itself.
TAKES_FRONT = (".mp3", ".wv", ".aac", ".ac3")
TAKES_BEHIND = (".mp3", ".tta", ".wv")
NEVER_WRITTEN = (".aac", ".ac3", ".mka")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder, made = tmp_path_factory.mktemp("whole"), {}
    by_hand = {
        ".dsf": lambda: raw_files.dsf(n_blocks=200),
        ".dff": lambda: raw_files.dff(n_bytes=1_000_000),
    }

    def of(suffix):
        if suffix not in made:
            path = folder / f"a{suffix}"
            make = by_hand.get(suffix) or encode(path, seconds=1.5, noise=0.3).read_bytes
            made[suffix] = make()
        return made[suffix]

    return of


def require_heard(path, suffix):
    reading = containers.read(path)
    assert reading.container == suffix[1:]
    assert decode_from_start(path, sample_rate_hz=16000, at_most_s=2).samples.size > 15000
    return reading


@pytest.mark.parametrize("name", BEHIND)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_tag_behind_is_kept_and_is_no_audio(suffix, name, whole, tmp_path):
    data, behind = whole(suffix), BEHIND[name]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    sound = audio_digest(path, container=suffix[1:])
    path.write_bytes(data + behind)
    reading = require_heard(path, suffix)
    if suffix not in (".mka", ".wav"):
        assert audio_digest(path, container=suffix[1:]) == sound
    result = write(path, "Blues", folder=tmp_path / "journal")
    if suffix in NEVER_WRITTEN:
        assert (result.status, result.reason.key) == (WriteStatus.REFUSED, reading.read_only)
        require_plain(str(result.reason), path)
        assert path.read_bytes() == data + behind
        return
    assert result.reason is None
    assert containers.read(path).genres == ("Blues",)
    new = path.read_bytes()
    if suffix not in TAKES_BEHIND and suffix != ".dsf":
        assert new.endswith(behind)
        assert audio_digest(path, container=suffix[1:]) == audio_digest_of(data, path)
    assert behind[:-1] in new or suffix in TAKES_BEHIND
    path.write_bytes(new)
    require_heard(path, suffix)
    assert undo_one(tmp_path / "journal").status is WriteStatus.RESTORED
    assert path.read_bytes() == data + behind


def audio_digest_of(data, path):
    other = path.with_name(f"other{path.suffix}")
    other.write_bytes(data)
    return audio_digest(other, container=path.suffix[1:])


@pytest.mark.parametrize("name", FRONT)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_tag_in_front_is_kept_or_the_write_refused(suffix, name, whole, tmp_path):
    data, front = whole(suffix), FRONT[name]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    alone = containers.read(path)
    sound = audio_digest(path, container=suffix[1:])
    path.write_bytes(front + data)
    reading = require_heard(path, suffix)
    assert audio_digest(path, container=suffix[1:]) == sound
    result = write(path, "Blues", folder=tmp_path / "journal")
    takes = suffix in TAKES_FRONT or (suffix in (".flac", ".tta") and name == "ID3v2")
    if suffix in NEVER_WRITTEN or not takes:
        key = "tag-in-front" if suffix not in NEVER_WRITTEN else alone.read_only
        assert (result.status, result.reason.key) == (WriteStatus.REFUSED, key)
        assert reading.read_only == key
        require_plain(str(result.reason), path)
        assert path.read_bytes() == front + data
        return
    assert result.reason is None
    assert containers.read(path).genres == ("Blues",)
    assert audio_digest(path, container=suffix[1:]) == sound
    require_heard(path, suffix)
    assert undo_one(tmp_path / "journal").status is WriteStatus.RESTORED
    assert path.read_bytes() == front + data


WITHOUT_END = {"ID3v2": ID3V2, "zeros": bytes(3000), "noise": b"\0\0\0\3" + b"\x91\x55" * 900}


@pytest.mark.parametrize("name", WITHOUT_END)
@pytest.mark.parametrize("suffix", [".m4a", ".wv"])
def test_what_stands_behind_without_an_end_is_kept_or_refused_by_its_name(
    suffix, name, whole, tmp_path
):
    data = whole(suffix) + WITHOUT_END[name]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    reading = require_heard(path, suffix)
    assert condition_text(reading) == ""
    result = write(path, "Blues", folder=tmp_path / "journal")
    if suffix == ".wv":  # FFmpeg would take a tag behind it for damage
        assert reading.read_only == result.reason.key == "tail-behind"
        require_plain(str(result.reason), path)
        assert path.read_bytes() == data
        return
    assert result.reason is None
    assert path.read_bytes().endswith(WITHOUT_END[name])
    assert require_heard(path, suffix).genres == ("Blues",)
    assert undo_one(tmp_path / "journal").status is WriteStatus.RESTORED
    assert path.read_bytes() == data


@pytest.mark.parametrize("name", [b"mdat", b"free", b"moof"])
def test_an_atom_that_goes_on_beyond_the_end_is_no_tail(name, whole, tmp_path):
    path = tmp_path / "a.m4a"
    path.write_bytes(whole(".m4a") + b"\0\1\0\0" + name + bytes(500))
    assert containers.read(path).read_only in ("cut-off", "layout-broken")
