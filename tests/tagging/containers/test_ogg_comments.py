"""The comment packet of an Ogg file is replaced; every other packet, its page and time stay."""

from io import BytesIO

import pytest
from mutagen.ogg import OggPage
from mutagen.oggopus import OggOpus

from genretagger.core.writes import WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.containers.vorbis import ogg_comments
from genretagger.tagging.digest import audio_digest
from genretagger.tagging.layout import LayoutError, ogg
from tests.helpers import tagged_files
from tests.helpers.samples import encode, pcm_digest
from tests.helpers.write_helpers import undo, write

CODEC = b"OpusHead"
FULL = 255 * 255  # a page


def page(sequence, *parts, position=0, serial=7, complete=True, **flags):
    made = OggPage()
    made.packets, made.position, made.complete = list(parts), position, complete
    made.serial, made.sequence = serial, sequence
    for name, value in flags.items():
        setattr(made, name, value)
    return made.write()


HEAD = page(0, CODEC, first=True)
AUDIO = [b"a" * 300, b"b" * 10, b"c" * 20]


def replaced(data, packet):
    stream = BytesIO(data)
    ogg_comments.replace(stream, packet, codec=CODEC)
    return stream.getvalue()


def plain_pages(data):
    stream, pages = BytesIO(data), []
    while stream.tell() < len(data):
        pages.append(OggPage(stream))
    return pages


@pytest.mark.parametrize("size", [0, 1, 254, 255, FULL - 1, FULL, FULL + 1, 2 * FULL])
@pytest.mark.parametrize("old_size", [3, 2 * FULL + 9])
def test_a_packet_of_any_size_takes_the_place_of_another(old_size, size):
    old, new = b"o" * old_size, bytes(range(256)) * (size // 256) + bytes(size % 256)
    audio = [(AUDIO[:2], 480), (AUDIO[2:], 960)]

    def made(packet):
        comments = OggPage.from_packets([packet], sequence=1)
        for each in comments:
            each.serial, each.position = 7, 0 if each.complete else -1
        first = len(comments) + 1
        pages = [page(first + n, *parts, position=at) for n, (parts, at) in enumerate(audio)]
        return HEAD + b"".join(each.write() for each in comments) + b"".join(pages)

    after = replaced(made(old), new)
    assert [number for number, _ in enumerate(plain_pages(after))] == [
        each.sequence for each in plain_pages(after)
    ]
    stream = BytesIO(after)
    assert list(ogg.read_packets(stream, codec=CODEC)) == [CODEC, new, *AUDIO]
    assert all(ogg.is_whole(stream, each) for each in ogg.read_pages(stream))
    assert [each.position for each in plain_pages(after)][-2:] == [480, 960]


def test_packets_on_the_page_of_the_comments_keep_their_time():
    setup, rest = b"s" * 600, b"r" * 255
    last = page(2, rest, b"end", position=900, last=True)
    data = HEAD + page(1, b"old", setup, b"audio", position=256) + last
    new = HEAD + page(1, b"new") + page(2, setup, b"audio", position=256)
    assert replaced(data, b"new") == new + page(3, rest, b"end", position=900, last=True)
    going_on = page(1, b"old", rest, position=0, complete=False)
    new = HEAD + page(1, b"new") + page(2, rest, position=ogg.NO_POSITION, complete=False)
    assert replaced(HEAD + going_on, b"new") == new


def test_pages_of_other_streams_between_stay_where_they_are():
    other = [page(n, b"other %d" % n, serial=9, position=n) for n in range(4)]
    halves = (b"x" * 255 * 3, b"y" * 9)
    old = [
        page(1, halves[0], position=ogg.NO_POSITION, complete=False),
        page(2, halves[1], continued=True),
        page(3, *AUDIO, position=5),
    ]
    data = HEAD + other[0] + old[0] + other[1] + old[1] + other[2] + old[2] + other[3]
    short = HEAD + other[0] + page(1, b"short") + other[1] + other[2]
    assert replaced(data, b"short") == short + page(2, *AUDIO, position=5) + other[3]


def test_the_next_link_of_a_chain_is_not_touched():
    link = HEAD + page(1, b"c") + page(2, *AUDIO, position=5, last=True)
    new = replaced(link + link, b"n" * 2 * FULL)
    assert new.endswith(link)
    assert list(ogg.read_packets(BytesIO(new), codec=CODEC)) == [CODEC, b"n" * 2 * FULL, *AUDIO]


def test_a_wrong_checksum_behind_stays_wrong():
    broken = bytearray(page(2, *AUDIO, position=5))
    broken[22] ^= 1
    after = replaced(HEAD + page(1, b"c") + bytes(broken), b"n" * FULL)
    (*whole, last) = ogg.read_pages(BytesIO(after))
    assert [ogg.is_whole(BytesIO(after), each) for each in (*whole, last)] == [True] * 3 + [False]
    assert (last.sequence, after[-len(broken) + 22 :]) == (3, bytes(broken[22:]))


@pytest.mark.parametrize(
    "data",
    [
        HEAD,
        page(0, CODEC, b"comments", first=True) + page(1, *AUDIO),
        page(0, b"other", first=True) + page(1, b"comments"),
        HEAD + page(1, b"x" * 255, complete=False),
        HEAD + page(1, b"comments", continued=True),
        HEAD + page(1, b"x" * 255, complete=False) + page(2, b"comments"),
        HEAD + page(1, b"comments")[:-1],
        b"",
    ],
)
def test_a_file_without_whole_comments_is_an_error(data):
    with pytest.raises(LayoutError, match="Ogg"):
        replaced(data, b"new")


@pytest.mark.parametrize("number", [0, 1])
def test_comments_of_a_wrong_checksum_are_refused(number, tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.ogg", genres=["Jazz"])
    data = bytearray(path.read_bytes())
    data[sum(each.size for each in plain_pages(data)[:number]) + 22] ^= 1
    path.write_bytes(data)
    assert containers.read(path).genres == ("Jazz",)
    assert containers.read(path).read_only == "ogg-checksum"
    assert write(path, "Blues", folder=folder).reason.key == "ogg-checksum"
    assert path.read_bytes() == data


def test_the_genre_of_the_sound_is_written_beside_a_film(tmp_path, folder):
    """A stream of another codec, with comments of its own, stands in front."""
    path = tagged_files.vorbis(tmp_path / "a.opus", genres=["Jazz"])
    film = [b"\x80theora" + bytes(30), b"\x81theora" + b"GENRE=Film", b"frame"]
    data = path.read_bytes()
    first = plain_pages(data)[0].size
    pages = [page(n, part, serial=99, first=not n) for n, part in enumerate(film)]
    path.write_bytes(pages[0] + data[:first] + b"".join(pages[1:]) + data[first:])
    before, digest = path.read_bytes(), audio_digest(path, container="opus")
    assert containers.read(path).genres == ("Jazz",)
    assert write(path, "Blues", folder=folder).status is WriteStatus.WRITTEN
    assert OggOpus(path)["genre"] == ["Blues"]
    assert all(part in path.read_bytes() for part in pages)
    assert audio_digest(path, container="opus") == digest
    undo(folder)
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", [".ogg", ".oga", ".opus"])
def test_a_skeleton_in_front_is_looked_past(suffix, tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / f"a{suffix}", genres=["Jazz"])
    data = path.read_bytes()
    first = plain_pages(data)[0].size
    skeleton = page(0, b"fishead\0" + bytes(72), serial=99, first=True)
    behind = page(1, b"fisbone\0" + bytes(44), serial=99) + page(2, b"", serial=99, last=True)
    path.write_bytes(skeleton + data[:first] + behind + data[first:])
    before, digest = path.read_bytes(), audio_digest(path, container=suffix[1:])
    reading = containers.read(path)
    assert (reading.container, reading.genres) == (suffix[1:], ("Jazz",))
    assert write(path, "Blues", folder=folder).reason is None
    assert skeleton in path.read_bytes()
    assert behind in path.read_bytes()
    assert audio_digest(path, container=suffix[1:]) == digest
    undo(folder)
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", [".ogg", ".oga", ".opus"])
def test_ffmpeg_hears_the_same_after_a_write_that_needs_more_pages(suffix, tmp_path, folder):
    path = encode(tmp_path / f"a{suffix}", seconds=2, noise=0.3)
    before = pcm_digest(path)
    assert write(path, "Blues " * 30_000 + "end", folder=folder).reason is None
    assert pcm_digest(path) == before
