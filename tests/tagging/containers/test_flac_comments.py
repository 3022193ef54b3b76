"""The comment block of a FLAC file is replaced; the other blocks and the audio stay."""

from io import BytesIO

import pytest
from mutagen.flac import FLAC

from genretagger.core.writes import WriteStatus
from genretagger.tagging.containers.vorbis import flac_comments
from genretagger.tagging.layout import TooLargeError, comments, flac
from tests.helpers import tagged_files
from tests.helpers.write_helpers import undo, write

AUDIO = b"\xff\xf8" + bytes(range(256))
INFO, PADDING, APPLICATION, COMMENTS = 0, 1, 2, 4


def file(*blocks):
    data = b"fLaC"
    for number, (kind, payload) in enumerate(blocks):
        last = 0x80 * (number == len(blocks) - 1)
        data += bytes([kind | last]) + len(payload).to_bytes(3, "big") + payload
    return data + AUDIO


def replaced(data, new):
    stream = BytesIO(data)
    flac_comments.replace(stream, new)
    return stream.getvalue()


INFO_BLOCK, OTHER = (INFO, bytes(34)), (APPLICATION, b"riffwhat")


@pytest.mark.parametrize("new", [b"", b"new", b"new and longer than before"])
def test_comments_are_replaced_where_they_stand(new):
    for others in ((), (OTHER,), (OTHER, (COMMENTS, b"second"), (127, b"?"))):
        data = file(INFO_BLOCK, (COMMENTS, b"old one"), *others)
        assert replaced(data, new) == file(INFO_BLOCK, (COMMENTS, new), *others)


@pytest.mark.parametrize(
    ("new", "left"), [(b"short", 10), (b"12 letters..", 3), (b"15 letters.....", 0)]
)
def test_padding_behind_gives_and_takes(new, left):
    data = file(INFO_BLOCK, (COMMENTS, b"old one"), OTHER, (PADDING, bytes(8)))
    after = replaced(data, new)
    assert after == file(INFO_BLOCK, (COMMENTS, new), OTHER, (PADDING, bytes(left)))
    assert len(after) == len(data)


def test_padding_that_is_too_small_stays():
    data = file(INFO_BLOCK, (PADDING, bytes(99)), (COMMENTS, b"old"), (PADDING, bytes(3)))
    expected = file(
        INFO_BLOCK, (PADDING, bytes(99)), (COMMENTS, b"longer one"), (PADDING, bytes(3))
    )
    assert replaced(data, b"longer one") == expected


def test_a_file_without_comments_gets_them_behind_the_stream_info():
    for others in ((), (OTHER,)):
        assert replaced(file(INFO_BLOCK, *others), b"new") == file(
            INFO_BLOCK, (COMMENTS, b"new"), *others
        )


def test_padding_that_would_become_too_long_is_left_as_it_is():
    padding = (PADDING, bytes(flac.MOST_BLOCK_BYTES))
    before = file(INFO_BLOCK, (COMMENTS, b"a long one"), padding)
    assert replaced(before, b"new") == file(INFO_BLOCK, (COMMENTS, b"new"), padding)


def test_comments_of_more_than_16_mib_are_an_error():
    with pytest.raises(TooLargeError):
        replaced(file(INFO_BLOCK, (COMMENTS, b"old")), bytes(flac.MOST_BLOCK_BYTES + 1))


def test_a_file_whose_comments_are_full_is_refused_as_it_is_not_damaged(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.flac")
    full = FLAC(path)
    full["lyrics"] = "x" * (flac.MOST_BLOCK_BYTES - 200)
    full.save()
    assert write(path, "Blues" * 50, folder=folder).reason.key == "tag-too-large"


def test_the_second_of_two_comment_blocks_stays(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.flac", genres=["Jazz"])
    data = path.read_bytes()
    second = b"\0\0\0\0\1\0\0\0\x0a\0\0\0GENRE=Rock"
    block = bytes([COMMENTS]) + len(second).to_bytes(3, "big") + second
    path.write_bytes(data[:42] + data[42:].replace(b"\x06\0", block + b"\x06\0", 1))
    before = path.read_bytes()
    assert write(path, "Blues", folder=folder).status is WriteStatus.WRITTEN
    assert FLAC(path)["genre"] == ["Blues"]
    assert block in path.read_bytes()
    undo(folder)
    assert path.read_bytes() == before


def test_a_name_without_a_value_is_no_genre(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.flac")
    entries = (b"title=A", b"GENRE", b"=text")
    with path.open("r+b") as stream:
        flac_comments.replace(stream, comments.build(comments.Comments(b"me", entries, b"")))
    assert write(path, "Blues", folder=folder).status is WriteStatus.WRITTEN
    with path.open("rb") as stream:
        found = flac_comments.find_block(stream)
    stored = path.read_bytes()[found.start : found.start + found.size]
    assert comments.parse(stored).entries == (*entries, b"GENRE=Blues")


def test_a_new_genre_stands_where_the_first_old_one_stood(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.flac")
    plain = FLAC(path)
    plain.tags[:] = [("title", "A"), ("genre", "Jazz"), ("artist", "B"), ("GENRE", "Pop")]
    plain.save()
    assert write(path, "Blues", "Soul", folder=folder).reason is None
    assert list(FLAC(path).tags) == [
        ("title", "A"),
        ("GENRE", "Blues"),
        ("GENRE", "Soul"),
        ("artist", "B"),
    ]
