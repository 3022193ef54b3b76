"""The genres asked for: what counts as there already, repeats, and names that ID3 misreads."""

import pytest

from genretagger.core.errors import TrackRefusedError
from genretagger.core.genres import contains, find_genres
from genretagger.core.writes import Policy, WriteStatus
from tests.helpers import tagged_files
from tests.helpers.write_helpers import write_foreseen


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: tagged_files.vorbis(folder / "a.flac", genres=["Folk/Rock"]),
        lambda folder: tagged_files.mp3(folder / "a.mp3", version=4, genre="Folk/Rock"),
        lambda folder: tagged_files.m4a(folder / "a.m4a", genres=["Folk/Rock"]),
    ],
)
def test_a_name_with_a_slash_is_one_genre_where_several_can_be_stored(make, tmp_path, folder):
    path = make(tmp_path)
    result = write_foreseen(path, "rock", folder=folder, policy=Policy.ADD)
    assert result.status is WriteStatus.WRITTEN
    assert tagged_files.plain_genres(path) == ("Folk/Rock", "rock")


def test_a_joined_name_of_id3v2_3_holds_its_pieces(tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=3, genre="Folk/Rock")
    assert (
        write_foreseen(path, "rock", folder=folder, policy=Policy.ADD).status
        is WriteStatus.UNCHANGED
    )


@pytest.mark.parametrize("asked", ["RX", "CR", "17", "(17)", "(4)Foo", "255", "((Foo)", "200", "٣"])
@pytest.mark.parametrize("version", [None, 3, 4])
def test_a_name_that_id3_reads_as_something_else_is_refused(version, asked, tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=version)
    before = path.read_bytes()
    result = (
        write_foreseen(path, "Blues", asked, folder=folder)
        if version == 4
        else write_foreseen(path, asked, folder=folder)
    )
    assert result.status is WriteStatus.REFUSED
    assert isinstance(result.reason, TrackRefusedError)
    assert result.reason.key == "genre-misread"
    assert f"would misread {asked}" in str(result.reason)
    assert path.read_bytes() == before
    assert not any(folder.glob("*.jsonl"))


@pytest.mark.parametrize("asked", ["RX", "17", "(4)Foo", "255"])
@pytest.mark.parametrize("suffix", [".flac", ".m4a"])
def test_other_tags_take_every_name(suffix, asked, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    assert write_foreseen(path, asked, folder=folder).status is WriteStatus.WRITTEN
    assert tagged_files.plain_genres(path) == (asked,)


@pytest.mark.parametrize("asked", ["1999", "20er Jahre", "Rock (live)", "Unknown", "R&B/Soul"])
def test_id3_takes_names_that_only_look_like_numbers(asked, tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=4)
    assert write_foreseen(path, asked, folder=folder).status is WriteStatus.WRITTEN
    assert tagged_files.plain_genres(path) == (asked,)


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("suffix", [".mp3", ".flac"])
def test_repeats_are_written_once_in_the_first_spelling(suffix, policy, tmp_path, folder):
    path = tagged_files.fresh(tmp_path / f"a{suffix}")
    result = write_foreseen(path, "Rock", "ROCK", "Blues", "rock ", folder=folder, policy=policy)
    assert result.after == ("Rock", "Blues")
    assert tagged_files.plain_genres(path) == ("Rock", "Blues")


def test_adding_what_is_there_changes_no_id3v2_3_tag_that_refines_a_genre(tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=3, genre="(4)Eurodisco")
    assert (
        write_foreseen(path, "disco", folder=folder, policy=Policy.ADD).status
        is WriteStatus.UNCHANGED
    )


@pytest.mark.parametrize(
    "text",
    [
        *("Rock; Metal", "Rock/Metal", "Rock, Metal", "Rock\\Metal", "\ufeffMetal", "Me\u200btal"),
        *("Metal\u00a0", "Me\u00adtal", "Pop;\u00a0METAL"),
    ],
)
@pytest.mark.parametrize(
    "make",
    [
        lambda folder, text: tagged_files.vorbis(folder / "a.flac", genres=[text]),
        lambda folder, text: tagged_files.mp3(folder / "a.mp3", version=4, genre=text),
        lambda folder, text: tagged_files.mp3(folder / "a.mp3", version=3, genre=text),
        lambda folder, text: tagged_files.m4a(folder / "a.m4a", genres=[text]),
    ],
)
def test_what_is_there_joined_or_with_something_unseen_is_not_added(make, text, tmp_path, folder):
    path = make(tmp_path, text)
    before = path.read_bytes()
    result = write_foreseen(path, "Metal", folder=folder, policy=Policy.ADD)
    assert result.status is WriteStatus.UNCHANGED
    assert path.read_bytes() == before
    result = write_foreseen(path, "Metal", "Jazz", folder=folder, policy=Policy.ADD)
    assert result.status is WriteStatus.WRITTEN
    after = tagged_files.plain_genres(path)
    assert after[0].startswith(text.strip())
    assert contains(find_genres(after), "Jazz")


def test_a_zero_behind_a_genre_makes_no_other_one(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.flac", genres=["Metal\0"])
    result = write_foreseen(path, "Metal", folder=folder, policy=Policy.ADD)
    assert result.status is WriteStatus.UNCHANGED
