"""The genre of an APEv2 tag is replaced in place; every other byte stays."""

import struct
from io import BytesIO

import pytest
from mutagen.apev2 import APEBinaryValue, APEv2

from genretagger.tagging.containers import ape_items
from genretagger.tagging.layout import LayoutError, mpeg

AUDIO = b"\xff" + bytes(range(256)) * 4
V1 = b"TAG" + bytes(125)
LYRICS = b"LYRICSBEGININD0000210" + b"%06d" % 21 + b"LYRICS200"


def item(key, value, flags=0):
    return struct.pack("<II", len(value), flags) + key + b"\0" + value


def tag(*items, header=True, footer=True, version=2000, count=None, size=None, flags=0):
    body = b"".join(items)
    size = len(body) + (32 if footer else 0) if size is None else size
    flags |= (header << 31) | (not footer) << 30
    end = struct.pack("<8sIII", b"APETAGEX", version, size, len(items) if count is None else count)
    ends = [end + struct.pack("<I8x", value) for value in (flags | 1 << 29, flags)]
    return (ends[0] if header else b"") + body + (ends[1] if footer else b"")


TITLE, PICTURE = item(b"Title", b"x" * 80), item(b"Cover Art (Front)", bytes(50), flags=2 | 1)
OTHERS = (TITLE, PICTURE, item(b"title2", b"a", flags=1 << 5), item(b"\xc3\xa9", b"odd key"))


def stored(data, values, entries=()):
    stream = BytesIO(data)
    ape_items.store(stream, values=values, entries=entries)
    return stream.getvalue()


@pytest.mark.parametrize("behind", [b"", V1, LYRICS + V1, LYRICS])
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("version", [1000, 2000])
def test_a_new_item_is_the_last_one(behind, header, version):
    form = {"header": header, "version": version}
    data = AUDIO + tag(*OTHERS, **form) + behind
    new = stored(data, ("Jazz", "Söul"))
    new_item = item(b"Genre", "Jazz\0Söul".encode())
    assert new == AUDIO + tag(*OTHERS, new_item, **form) + behind
    assert stored(new, None) == data


@pytest.mark.parametrize("key", [b"Genre", b"GENRE", b"genre"])
@pytest.mark.parametrize("text", [b"Rock", b"Hip-Hop & a longer one", b""])
def test_the_old_item_is_replaced_where_it_stands(key, text):
    data = AUDIO + tag(TITLE, item(key, text), PICTURE) + V1
    new = stored(data, ("Jazz",))
    assert new == AUDIO + tag(TITLE, item(key, b"Jazz"), PICTURE) + V1
    second = ape_items.read_second_genre(BytesIO(data))
    assert second.values == (text.decode(),)
    assert stored(new, ("ignored",), second.entries) == data


def test_of_several_items_one_is_left_and_both_can_come_back():
    first, last = item(b"GENRE", b"Rock"), item(b"Genre", b"Pop\0Soul")
    data = AUDIO + tag(first, TITLE, last, PICTURE)
    second = ape_items.read_second_genre(BytesIO(data))
    assert second.values == ("Rock", "Pop", "Soul")
    new = stored(data, ("Jazz",))
    assert new == AUDIO + tag(item(b"GENRE", b"Jazz"), TITLE, PICTURE)
    assert ape_items.read_second_genre(BytesIO(stored(new, None, second.entries))) == second


@pytest.mark.parametrize("footer", [True, False])
def test_a_tag_in_front_of_the_audio_is_edited_there(footer):
    data = tag(*OTHERS, footer=footer) + AUDIO
    new = stored(data, ("Jazz",))
    assert new == tag(*OTHERS, item(b"Genre", b"Jazz"), footer=footer) + AUDIO


@pytest.mark.parametrize("behind", [b"", V1, LYRICS + V1])
def test_a_file_without_tag_gets_one_that_can_be_taken_away(behind):
    new = stored(AUDIO + behind, ("Jazz",))
    assert new == AUDIO + tag(item(b"Genre", b"Jazz")) + behind
    assert APEv2(BytesIO(new))["Genre"] == "Jazz"
    assert mpeg.find_audio(BytesIO(new)) == (0, len(AUDIO))
    stream = BytesIO(stored(new, None))
    ape_items.remove_empty(stream)
    assert stream.getvalue() == AUDIO + behind
    assert stored(AUDIO, None) == AUDIO


def test_a_tag_with_other_items_is_not_taken_away():
    stream = BytesIO(AUDIO + tag(TITLE))
    ape_items.remove_empty(stream)
    assert stream.getvalue() == AUDIO + tag(TITLE)


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_wrong_count_is_kept_as_wrong_as_it_was(count):
    data = AUDIO + tag(TITLE, PICTURE, count=count)
    new = stored(data, ("Jazz",))
    assert APEv2(BytesIO(new)).keys() == [*APEv2(BytesIO(data)).keys(), "Genre"]
    assert stored(new, None) == data


@pytest.mark.parametrize(
    ("items", "form", "key"),
    [
        ([item(b"Genre", b"Rock", flags=1)], {}, "apev2-read-only"),
        ([TITLE], {"flags": 1}, "apev2-read-only"),
        ([item(b"genre", b"\0\1", flags=2)], {}, "genre-not-text"),
        ([item(b"genre", b"http://a", flags=4)], {}, "genre-not-text"),
        ([TITLE, item(b"Genre", b"Rock")], {"count": 1}, "apev2-damaged"),
        ([item(b"Genre", b"Rock", flags=1)], {"version": 1000}, None),
        ([item(b"Title", b"x", flags=1)], {}, None),
        ([], {}, None),
    ],
)
def test_what_may_not_be_written_is_named(items, form, key):
    assert ape_items.find_refusal(BytesIO(AUDIO + tag(*items, **form))) == key


@pytest.mark.parametrize(
    "data",
    [
        tag(TITLE, size=5000),
        tag(TITLE, size=10),
        tag(struct.pack("<II", 900, 0) + b"Title\0x"),
        tag(item(b"Title\r", b"x"), count=2),
        tag(item(b"Title\r", b"x"), TITLE, count=1),
        tag(item(b"", b"x")),
        tag(b"\1\0\0"),
        tag(TITLE, version=3000),
        tag(TITLE)[:32] + tag(TITLE, PICTURE)[32:],
    ],
)
def test_a_damaged_tag_is_an_error(data):
    with pytest.raises(LayoutError, match="APEv2"):
        ape_items.read_second_genre(BytesIO(AUDIO + data))


def test_an_odd_key_is_no_damage_where_all_sizes_fit():
    odd = item(b"om/\x0b", b"x")
    data = AUDIO + tag(TITLE, odd, item(b"Genre", b"Rock")) + V1
    assert ape_items.find_refusal(BytesIO(data)) is None
    assert stored(data, ("Jazz",)) == AUDIO + tag(TITLE, odd, item(b"Genre", b"Jazz")) + V1


def test_what_a_change_must_keep_is_every_other_item_in_its_very_bytes():
    data = AUDIO + tag(TITLE, item(b"Genre", b"Rock"), PICTURE)
    names = []
    for changed in (data, stored(data, ("Jazz",)), data.replace(PICTURE, PICTURE[:-1] + b"x")):
        stream = BytesIO(changed)
        names.append(ape_items.read_others(stream, ape_items.find(stream)))
    assert names[0] == names[1] != names[2]
    by_mutagen = BytesIO(data)
    other = APEv2(by_mutagen)
    assert isinstance(other["Cover Art (Front)"], APEBinaryValue)
    other.save(by_mutagen)
    assert (
        ape_items.read_others(by_mutagen, ape_items.find(by_mutagen)) != names[0]
    )  # a flag is lost
