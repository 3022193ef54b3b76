"""Files whose own tag is APEv2: what stands around the tag stays, what is not right is refused."""

from io import BytesIO

import pytest
from mutagen.apev2 import APEBinaryValue, APEv2

from genretagger.core.errors import TagReadError
from genretagger.core.writes import Policy, WriteRequest, WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.containers import detect
from genretagger.tagging.layout import apev2
from tests.helpers import tagged_files, write_helpers
from tests.helpers.samples import encode, pcm_digest
from tests.helpers.write_helpers import undo, undo_one, write, write_foreseen
from tests.tagging.containers.test_ape_items import V1, item, tag


@pytest.fixture
def path(tmp_path):
    return tagged_files.bare(tmp_path / "a.wv")


@pytest.mark.parametrize(
    ("genres", "v1", "shown", "v1_after"),
    [
        ((), 17, ("Rock",), 0),
        (("Jazz",), 17, ("Jazz",), 0),
        ((), 255, (), 255),
        ((), 254, (), 254),
    ],
)
def test_the_genre_of_id3v1_behind_goes_along_and_all_else_stays(
    genres, v1, shown, v1_after, path, folder
):
    tagged_files.apev2(path, genres=genres, v1=v1)
    before = path.read_bytes()
    assert containers.read(path).genres == shown
    assert write(path, "Blues", folder=folder).status is WriteStatus.WRITTEN
    assert path.read_bytes().endswith(before[-128:-1] + bytes([v1_after]))
    assert APEv2(path)["Genre"] == "Blues"
    undo(folder)
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", [".wv", ".flac", ".mpc"])
def test_a_genre_of_id3v1_behind_counts_as_the_genre_of_the_file(suffix, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    path.write_bytes(path.read_bytes() + V1[:-1] + bytes([17]))
    before = path.read_bytes()
    assert containers.read(path).genres == ("Rock",)
    filled = write_foreseen(path, "Metal", folder=folder, policy=Policy.FILL)
    assert (filled.status, path.read_bytes()) == (WriteStatus.SKIPPED, before)
    added = write_foreseen(path, "Hip-House", folder=folder, policy=Policy.ADD)
    assert (added.before, added.after) == (("Rock",), ("Rock", "Hip-House"))
    assert (containers.read(path).genres, path.read_bytes()[-1]) == (added.after, 17)
    assert write(path, "Hip-House", folder=folder).status is WriteStatus.WRITTEN
    assert path.read_bytes()[-1] == 255  # ID3v1 has no number for it
    for _ in range(2):
        assert undo_one(folder).status is WriteStatus.RESTORED
    assert path.read_bytes() == before


def test_a_tag_is_made_in_front_of_id3v1_and_taken_away_by_value(path, folder):
    audio = path.read_bytes()
    path.write_bytes(audio + V1)
    write(path, "Soul", folder=folder)
    assert path.read_bytes() == audio + tag(item(b"Genre", b"Soul")) + V1[:-1] + b"\x2a"
    changed = b"TAGTitle" + V1[8:]  # by another program
    path.write_bytes(path.read_bytes()[:-128] + changed[:-1] + b"\x2a")
    (result,) = undo(folder)
    assert result.status is WriteStatus.RESTORED
    assert path.read_bytes() == audio + changed


@pytest.mark.parametrize(
    ("items", "form", "key"),
    [
        ([item(b"Genre", b"Rock", flags=1)], {}, "apev2-read-only"),
        ([item(b"Genre", b"\0\1", flags=2)], {}, "genre-not-text"),
        ([item(b"Title", b"a"), item(b"Genre", b"Rock")], {"count": 1}, "apev2-damaged"),
    ],
)
def test_what_is_not_written_is_said_in_advance(items, form, key, path, folder):
    path.write_bytes(path.read_bytes() + tag(*items, **form))
    before = path.read_bytes()
    assert containers.read(path).read_only == key
    assert write(path, "Blues", folder=folder).reason.key == key
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "damaged",
    [
        tag(item(b"Title", b"a"), size=10**9),
        tag(item(b"Title", b"a"), size=10),
        tag(item(b"Title", b"a")[:-1]),
        tag(item(b"Title", b"\xff")),
        tag(item(b"Title", b"a", flags=6)),
    ],
)
def test_a_tag_that_does_not_parse_is_never_replaced(damaged, path, folder):
    path.write_bytes(path.read_bytes() + damaged)
    before = path.read_bytes()
    for policy in Policy:
        result = write(path, "Blues", folder=folder, policy=policy)
        assert result.status is WriteStatus.REFUSED
        assert path.name in str(result.reason)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("genres", "status"),
    [
        (("Blues",), WriteStatus.WRITTEN),
        (("Blues", "Rock"), WriteStatus.REFUSED),
        (("Grüße",), WriteStatus.REFUSED),
    ],
)
def test_apev1_takes_one_ascii_text(genres, status, path, folder):
    path.write_bytes(path.read_bytes() + tag(item(b"Title", b"a"), header=False, version=1000))
    assert write(path, *genres, folder=folder).status is status
    assert (APEv2(path).get("Genre") == "Blues") is (status is WriteStatus.WRITTEN)


def test_a_genre_that_is_not_text_is_not_shown(path):
    tag = APEv2()
    tag["Genre"] = APEBinaryValue(b"\0\1")
    tag.save(path)
    assert containers.read(path).genres == ()


def test_other_items_keep_their_bytes_order_and_flags(path, folder):
    items = [item(b"title", b"z" * 99), item(b"Artist", b"x", flags=1), item(b"Aa", b"\0", flags=2)]
    path.write_bytes(path.read_bytes() + tag(*items))
    write(path, "Blues", folder=folder)
    stream = BytesIO(path.read_bytes())
    start = apev2.find_start(stream, end=len(stream.getvalue()))
    assert stream.getvalue()[start:] == tag(*items, item(b"Genre", b"Blues"))


def test_a_tag_that_another_program_made_by_then_stays(path, folder):
    write(path, "Blues", folder=folder)
    other = APEv2(path)
    other["Title"] = "New"
    other.save(path)
    (result,) = undo(folder)
    assert result.status is WriteStatus.RESTORED
    assert dict(APEv2(path)) == {"Title": "New"}


@pytest.mark.parametrize("magic", [b"MAC ", b"wvpk", b"OFR ", b"tBaK", b"MPCK", b"MP+\x07"])
def test_id3v2_in_front_does_not_make_it_an_mp3(magic, tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(b"ID3\4\0\0\0\0\0\0" + magic + bytes(500))
    with path.open("rb") as stream:
        row = detect.identify(stream, path=path).row
    assert row.name in ("ape", "wv", "ofr", "tak", "mpc")


def test_id3v2_in_front_stays_as_it_is(path, folder):
    id3 = tagged_files.mp3(path.with_suffix(".mp3"), version=4, genre="Rock").read_bytes()[:300]
    id3 = b"ID3\4\0\0\0\0\2\0" + id3[10:].ljust(256, b"\0")[:256]
    path.write_bytes(id3 + tagged_files.apev2(path, genres=["Jazz"]).read_bytes())
    before = path.read_bytes()
    assert containers.read(path).container == "wv"
    assert containers.read(path).duration_s == pytest.approx(0.4, abs=0.01)
    assert write(path, "Blues", folder=folder).status is WriteStatus.WRITTEN
    assert path.read_bytes().startswith(id3)
    assert containers.read(path).genres == ("Blues",)
    undo(folder)
    assert path.read_bytes() == before


def test_a_wavpack_file_of_a_rare_sample_rate_is_written(tmp_path, folder):
    path = encode(tmp_path / "a.wv", seconds=0.3, sample_rate_hz=45_000)
    before = pcm_digest(path)
    assert containers.read(path).duration_s is None
    assert write(path, "Blues", folder=folder).status is WriteStatus.WRITTEN
    assert APEv2(path)["Genre"] == "Blues"
    assert pcm_digest(path) == before


@pytest.mark.parametrize("genres", [None, ("Jazz",)])
def test_a_wavpack_file_that_is_cut_off_is_refused(genres, path, folder):
    data = path.read_bytes()
    path.write_bytes(data[:-100] + (tag(item(b"Genre", b"Jazz")) if genres else b""))
    before = path.read_bytes()
    assert write(path, "Blues", folder=folder).reason.key == "cut-off"
    assert path.read_bytes() == before


@pytest.mark.parametrize("n_bytes", [3, 300])
def test_a_wavpack_file_with_bytes_behind_its_blocks_is_refused(n_bytes, path, folder):
    path.write_bytes(path.read_bytes() + bytes(n_bytes))
    assert write(path, "Blues", folder=folder).reason.key == "tail-behind"


@pytest.mark.parametrize("size", range(12))
def test_a_musepack_packet_shorter_than_its_head_ends(size, tmp_path):
    """Mutagen alone would go round for ever."""
    path = tmp_path / "a.mpc"
    path.write_bytes(b"MPCK" + b"XX" + bytes([size]) + b"XX\0" * 20)
    assert containers.read(path).read_only == "tags-unreadable"
    with pytest.raises(TagReadError, match=r"a\.mpc"):
        write_helpers.state_of(path)


def test_the_dry_run_says_the_same(path):
    request = WriteRequest(path, ("Blues", "Soul"))
    dry = write_helpers.dry_run(request)
    assert (dry.status, dry.after) == (WriteStatus.WRITTEN, ("Blues", "Soul"))
