"""The digest of the audio: blind to tags, sharp to audio."""

import mutagen
import numpy as np
import pytest
import taglib
from mutagen.apev2 import APEv2
from mutagen.id3 import ID3, TCON, TIT2
from mutagen.ogg import OggPage

from genretagger.core.errors import TagReadError
from genretagger.core.tracks import audio_digest_of
from genretagger.tagging import containers
from genretagger.tagging.digest import audio_digest, hearing_key_of
from tests.helpers import raw_files, tagged_files
from tests.helpers.samples import FORMATS, encode, encode_streams


def digest(path):
    return audio_digest(path, container=containers.read(path).container)


def key(path):
    return hearing_key_of(path, container=containers.read(path).container).key


@pytest.mark.parametrize("suffix", FORMATS)
def test_other_audio_has_another_digest(suffix, tmp_path):
    one = encode(tmp_path / f"a{suffix}", seconds=0.3, noise=0.2, seed=1)
    two = encode(tmp_path / f"b{suffix}", seconds=0.3, noise=0.2, seed=2)
    assert digest(one) != digest(two)


@pytest.mark.parametrize("suffix", [s for s in FORMATS if s not in (".aac", ".ac3", ".mp2")])
def test_tags_do_not_count(suffix, tmp_path):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    before = digest(path), key(path)
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    for size in (3, 70_000):
        text = "x" * size
        if suffix in (".mp3", ".tta", ".aiff", ".wav"):
            file.tags.add(TIT2(encoding=3, text=[text]))
        else:
            file["\xa9nam" if suffix in (".m4a", ".m4b", ".mp4") else "Title"] = text
        file.save()
        assert (digest(path), key(path)) == before


# TagLib cannot read back an Ogg FLAC file whose comments it let grow beyond a page.
@pytest.mark.parametrize("suffix", [s for s in FORMATS if s not in (".aac", ".ac3", ".oga")])
def test_tags_by_another_program_do_not_count(suffix, tmp_path):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    before = digest(path), key(path)
    for size in (3, 70_000, 9):
        with taglib.File(path, save_on_exit=True) as file:
            file.tags["TITLE"], file.tags["GENRE"] = ["x" * size], ["Rock", "Pop"]
        assert (digest(path), key(path)) == before


def test_tags_around_a_bare_stream_do_not_count(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.mp3")
    before, audio = digest(path), path.read_bytes()
    ape = APEv2()
    ape["Genre"] = "Rock"
    ape.save(path)
    assert digest(path) == before
    lyrics = b"LYRICSBEGIN" + b"IND00002" + b"10"
    lyrics += b"%06d" % len(lyrics) + b"LYRICS200"
    path.write_bytes(path.read_bytes() + lyrics + b"TAG".ljust(128, b"\0"))
    id3 = ID3()
    id3.add(TCON(encoding=3, text=["Rock"]))
    id3.save(path, v1=1)
    assert digest(path) == before
    path.write_bytes(audio[:-1])
    assert digest(path) != before


def test_position_of_moov_does_not_count(tmp_path):
    behind = tagged_files.fresh(tmp_path / "a.m4a")
    front = tagged_files.fresh(tmp_path / "b.m4a", movflags="faststart")
    assert behind.read_bytes().index(b"moov") > behind.read_bytes().index(b"mdat")
    assert front.read_bytes().index(b"moov") < front.read_bytes().index(b"mdat")
    assert digest(behind) == digest(front)


def test_a_chunk_table_that_was_not_moved_along_is_seen(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.m4a", movflags="faststart")
    before = digest(path)
    data = bytearray(path.read_bytes())
    at = data.index(b"stco") + 12
    data[at : at + 4] = (int.from_bytes(data[at : at + 4], "big") + 8).to_bytes(4, "big")
    path.write_bytes(data)
    assert digest(path) != before


def pages_of(path):
    pages = []
    with path.open("rb") as stream:
        while True:
            try:
                pages.append(OggPage(stream))
            except EOFError:
                return pages


def write_pages(path, pages):
    path.write_bytes(b"".join(page.write() for page in pages))


@pytest.mark.parametrize("suffix", [".ogg", ".opus", ".oga"])
def test_serial_numbers_and_paging_do_not_count(suffix, tmp_path):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    before = digest(path)
    pages = pages_of(path)
    headers, audio = pages[:1], pages[1:]
    packets = OggPage.to_packets(audio)
    repaged = headers + OggPage.from_packets(packets, sequence=1, default_size=600)
    assert len(repaged) != len(pages)
    for page in repaged:
        page.serial = 7
    repaged[-1].last = True
    write_pages(path, repaged)
    assert digest(path) == before


def test_each_link_of_a_chain_counts_and_its_comments_do_not(tmp_path):
    one = tagged_files.vorbis(tmp_path / "a.opus")
    two = encode(tmp_path / "b.opus", seconds=0.3, noise=0.2, seed=5, metadata={"genre": "x"})
    two_other_tags = encode(tmp_path / "c.opus", seconds=0.3, noise=0.2, seed=5)
    digests = set()
    for second in (two, two_other_tags):
        pages = pages_of(second)
        for page in pages:
            page.serial = 99
        chained = tmp_path / "chained.opus"
        write_pages(chained, pages_of(one) + pages)
        digests.add(digest(chained))
    assert len(digests) == 1
    assert digests != {digest(one)}


def test_streams_side_by_side_are_kept_apart(tmp_path):
    one, two = (tagged_files.fresh(tmp_path / f"{n}.opus") for n in "ab")
    first, second = pages_of(one), pages_of(two)
    for page in second:
        page.serial = 99
    mixed = [page for pair in zip(first, second, strict=True) for page in pair]
    merged, grouped = tmp_path / "m.opus", tmp_path / "g.opus"
    write_pages(merged, mixed)
    write_pages(grouped, [first[0], second[0], *first[1:-1], *second[1:], first[-1]])
    assert digest(merged) == digest(grouped)


@pytest.mark.parametrize(
    ("suffix", "starts_at", "ends_before"),
    [
        (".mp3", 0, 0),
        (".flac", 0.2, 0),  # behind the metadata
        (".m4a", 0.3, 0),
        (".wma", 0.3, 400),  # an index at the end
        (".wv", 0, 0),
        (".tta", 0, 200),  # FFmpeg's APEv2 tag
        (".aiff", 0.1, 0),
        (".wav", 0.1, 0),
        (".aac", 0, 0),
        (".ac3", 0, 0),
    ],
)
def test_each_byte_of_the_audio_counts(suffix, starts_at, ends_before, tmp_path):
    options = {"movflags": "faststart"} if suffix == ".m4a" else {}
    path = tagged_files.fresh(tmp_path / f"a{suffix}", **options)
    if mutagen.File(path).tags:
        mutagen.File(path).delete()
    container, before, data = containers.read(path).container, digest(path), path.read_bytes()
    start, end = round(len(data) * starts_at), len(data) - ends_before
    for at in range(start, end, (end - start) // 25):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x04]) + data[at + 1 :])
        assert audio_digest(path, container=container) != before, at


@pytest.mark.parametrize("suffix", [".flac", ".ogg", ".opus", ".m4a"])
def test_a_file_cut_short_is_an_error(suffix, tmp_path):
    path = tagged_files.fresh(
        tmp_path / f"a{suffix}", **({"movflags": "faststart"} if suffix == ".m4a" else {})
    )
    container = containers.read(path).container
    data = path.read_bytes()
    path.write_bytes(data[: 300 if suffix == ".flac" else len(data) - 100])
    with pytest.raises(TagReadError, match="cut off"):
        audio_digest(path, container=container)


def test_an_id3_tag_longer_than_the_file_is_an_error(tmp_path):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=4)
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(TagReadError, match="cut off"):
        audio_digest(path, container="mp3")


@pytest.mark.parametrize("suffix", [".dsf", ".dff", ".aifc", ".aiff", ".wav", ".tta"])
def test_id3_written_grown_and_deleted_by_plain_mutagen_does_not_count(suffix, tmp_path):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    before = digest(path)
    for version in (3, 4):
        tagged_files.id3(path, version=version, genre="Jazz")
        assert digest(path) == before
    tagged_files.retitle(path)
    assert digest(path) == before
    mutagen.File(path).delete()
    assert digest(path) == before


AUDIO_AT = {
    ".dsf": b"data",
    ".dff": b"DSD \0\0\0",
    ".aifc": b"SSND",
    ".aiff": b"SSND",
    ".wav": b"data",
}


@pytest.mark.parametrize("suffix", AUDIO_AT)
def test_one_bit_of_audio_and_its_format_count(suffix, tmp_path):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    before, data = digest(path), bytearray(path.read_bytes())
    rates = {".wav": b"fmt ", ".dsf": b"fmt ", ".dff": b"FS  "}
    for mark, offset in ((AUDIO_AT[suffix], 500), (rates.get(suffix, b"COMM"), 14)):
        changed = bytearray(data)
        changed[data.index(mark) + offset] ^= 1
        path.write_bytes(changed)
        assert audio_digest(path, container=path.suffix[1:].replace("aifc", "aiff")) != before


def test_other_chunks_of_a_wav_do_not_count(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.wav")
    before, plain = digest(path), path.read_bytes()
    found = set()
    for text in (b"one", b"another text\0"):
        bext = raw_files.riff_chunk(b"bext", text.ljust(602, b"\0"))
        cue = raw_files.riff_chunk(b"cue ", text)
        info = raw_files.info(INAM=text, IGNR=text)
        path.write_bytes(raw_files.riff_with(plain, bext, cue, info))
        found.add(digest(path))
    assert found == {before}


def test_a_tag_behind_the_audio_of_an_rf64_file_does_not_count(tmp_path):
    path = tagged_files.fresh(tmp_path / "a.wav")
    plain = path.read_bytes()
    at = plain.index(b"data")
    size = plain[at + 4 : at + 8]
    unsized = plain[: at + 4] + b"\xff\xff\xff\xff" + plain[at + 8 :]
    ds64 = raw_files.riff_chunk(b"ds64", bytes(8) + size + bytes(4) + bytes(12))
    big = b"RF64\xff\xff\xff\xffWAVE" + ds64 + unsized[12:]
    path.write_bytes(big)
    before = digest(path)
    path.write_bytes(big + raw_files.riff_chunk(b"id3 ", b"ID3\4\0\0\0\0\0\0"))
    assert digest(path) == before
    path.write_bytes(big[:-1] + bytes([big[-1] ^ 1]))
    assert digest(path) != before


# What else decides what is heard


@pytest.mark.parametrize("suffix", [s for s in FORMATS if s not in (".ogg", ".opus", ".oga")])
def test_the_audio_alone_decides_what_is_heard_of_most_files(suffix, tmp_path):
    path = encode(tmp_path / f"a{suffix}", seconds=0.3, noise=0.2)
    assert key(path) == digest(path)


@pytest.mark.parametrize("suffix", [".ogg", ".opus", ".oga"])
def test_ogg_files_with_other_times_are_heard_apart(suffix, tmp_path):
    path = encode(tmp_path / f"a{suffix}", seconds=0.3, noise=0.2)
    before, key_before = digest(path), key(path)
    pages = pages_of(path)
    pages[-1].position += 48_000 * 36_000
    write_pages(path, pages)
    assert digest(path) == before
    assert key(path) != key_before
    assert audio_digest_of(key(path)) == audio_digest_of(key_before) == before


def test_mp4_files_with_another_default_stream_are_heard_apart(tmp_path):
    signals = [np.full((1, 9600), value, np.float32) for value in (0.1, 0.2)]
    paths = [
        encode_streams(
            tmp_path / f"{default}.m4a", signals, default=default, container="mp4", codec="aac"
        )
        for default in (0, 1, -1)
    ]
    first, second, neither = map(key, paths)
    assert first == neither == digest(paths[1])
    assert second != first
    assert audio_digest_of(second) == first
