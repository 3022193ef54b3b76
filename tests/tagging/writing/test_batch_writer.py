"""Every container and state of tags, under every policy, judged by plain mutagen and decoding."""

import os
import threading

import mutagen
import pytest
from mutagen.id3 import ID3

from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp
from genretagger.core.writes import BatchState, Policy, WriteRequest, WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.digest import audio_digest
from genretagger.tagging.journal import report
from tests.helpers import tagged_files, write_helpers
from tests.helpers.samples import pcm_digest
from tests.helpers.write_helpers import undo, write, write_all

NEVER = threading.Event()


def picture(path):
    """Return all that a write must not change."""
    container = containers.read(path).container
    return (
        tagged_files.plain_others(path),
        pcm_digest(path),
        audio_digest(path, container=container),
        path.stat().st_mode,
        path.stat().st_mtime_ns,
    )


@pytest.mark.parametrize("state", tagged_files.STATES)
def test_genre_is_shown_by_name(state, tmp_path):
    path = tagged_files.make(state, tmp_path)
    assert containers.read(path).genres == tagged_files.STATES[state][2]


@pytest.mark.parametrize("genres", [("Blues",), ("Blues", "Hip-Hop"), ("Grüße " * 900,)])
@pytest.mark.parametrize("state", tagged_files.STATES)
def test_only_the_genre_changes_and_undo_is_byte_identical(state, genres, tmp_path, folder):
    path = tagged_files.make(state, tmp_path)
    os.utime(path, ns=(10**18, 10**18 + 123))
    path.chmod(0o640)
    before, kept = path.read_bytes(), picture(path)
    # FFmpeg takes a long APEv2 tag for audio and does not leave out the encoder's padding then.
    longest = 200 if "APEv2" in state else None
    genres = tuple(genre[:longest].strip() for genre in genres)

    result = write(path, *genres, folder=folder)

    assert result.reason is None
    assert result.status is WriteStatus.WRITTEN
    assert result.before == tagged_files.STATES[state][2]
    is_v23 = "2.3" in state
    assert tagged_files.plain_genres(path) == (("/".join(genres),) if is_v23 else genres)
    assert result.after == containers.read(path).genres
    assert picture(path) == kept
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == [path.name]

    (restored,) = undo(folder)
    assert restored.reason is None
    assert restored.status is WriteStatus.RESTORED
    assert path.read_bytes() == before
    assert picture(path) == kept
    assert undo(folder) == []


@pytest.mark.parametrize("keep_dates", [True, False])
def test_a_result_says_what_size_and_time_the_file_has_then(tmp_path, folder, keep_dates):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=3, genre="Jazz", v1=8)
    os.utime(path, ns=(10**18, 10**18))
    settings = Settings(keep_dates=keep_dates)
    request = WriteRequest(path, ("Blues" * 999,))
    results = write_all(folder, request, request, settings=settings)
    assert [result.status for result in results] == [WriteStatus.WRITTEN, WriteStatus.UNCHANGED]
    there = FileStamp.of(path.stat()).size_and_time
    assert [result.size_and_time for result in results] == [there, there]
    (restored,) = undo(folder)
    assert restored.size_and_time == FileStamp.of(path.stat()).size_and_time != there


@pytest.mark.parametrize("state", tagged_files.STATES)
def test_fill_touches_no_file_that_has_a_genre(state, tmp_path, folder):
    path = tagged_files.make(state, tmp_path)
    before, has_genre = path.read_bytes(), bool(tagged_files.STATES[state][2])
    dry = write_helpers.dry_run(WriteRequest(path, ("Blues",)), policy=Policy.FILL)
    assert path.read_bytes() == before
    result = write(path, "Blues", folder=folder, policy=Policy.FILL)
    assert (result.status, result.before, result.after) == (dry.status, dry.before, dry.after)
    if has_genre:
        assert result.status is WriteStatus.SKIPPED
        assert path.read_bytes() == before
        assert report.summarise_batches(folder) == ()
    else:
        assert result.status is WriteStatus.WRITTEN
        assert tagged_files.plain_genres(path) == ("Blues",)


@pytest.mark.parametrize("state", tagged_files.STATES)
def test_add_appends_once_whatever_the_case(state, tmp_path, folder):
    path = tagged_files.make(state, tmp_path)
    shown = tagged_files.STATES[state][2]
    result = write(path, "rock", "Blues", folder=folder, policy=Policy.ADD)
    added = () if "Rock" in shown else ("rock",)
    expected = (*shown, *added, "Blues")
    assert tagged_files.plain_genres(path) == (
        ("/".join(expected),) if "2.3" in state else expected
    )
    assert result.status is WriteStatus.WRITTEN
    after = path.read_bytes()
    again = write(path, "BLUES", "Rock", folder=folder, policy=Policy.ADD)
    assert again.status is WriteStatus.UNCHANGED
    assert path.read_bytes() == after


@pytest.mark.parametrize("state", [s for s in tagged_files.STATES if tagged_files.STATES[s][2]])
def test_replacing_by_what_is_there_changes_nothing(state, tmp_path, folder):
    path = tagged_files.make(state, tmp_path)
    shown = tagged_files.STATES[state][2]
    before = path.read_bytes()
    assert write(path, *shown, folder=folder).status is WriteStatus.UNCHANGED
    assert path.read_bytes() == before
    assert not any(folder.glob("*.jsonl"))


@pytest.mark.parametrize(("version", "expected"), [(3, (2, 3, 0)), (4, (2, 4, 0))])
def test_id3_version_of_the_file_stays(version, expected, tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=version, genre="Jazz")
    write(path, "Blues", folder=folder)
    assert ID3(path).version == expected


@pytest.mark.parametrize("state", ["mp3 bare", "tta bare"])
def test_a_file_without_tags_gets_2_4_and_loses_it_by_undo(state, tmp_path, folder):
    path = tagged_files.make(state, tmp_path)
    write(path, "Blues", folder=folder)
    assert ID3(path, load_v1=False).version == (2, 4, 0)
    undo(folder)
    assert not path.read_bytes().startswith(b"ID3")


@pytest.mark.parametrize(("genre", "byte"), [("blues", 0), ("Hip-Hop", 7), ("Own genre", 255)])
@pytest.mark.parametrize("version", [None, 3, 4])
def test_byte_127_of_id3v1_follows_and_no_other(version, genre, byte, tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=version, v1=17)
    before = path.read_bytes()[-128:]
    write(path, genre, folder=folder)
    assert path.read_bytes()[-128:] == before[:127] + bytes([byte])


def test_one_vorbis_key_is_left_of_several_spellings(tmp_path, folder):
    path = tagged_files.vorbis(tmp_path / "a.flac", genres=["Jazz"], key="Genre")
    file = mutagen.File(path)
    file.tags.append(("gEnRe", "Soul"))
    file.save()
    write(path, "Blues", folder=folder)
    assert [pair for pair in mutagen.File(path).tags if pair[0].lower() == "genre"] == [
        ("GENRE", "Blues")
    ]


def test_gnre_is_replaced_by_text(tmp_path, folder):
    path = tagged_files.m4a(tmp_path / "a.m4a", gnre=18)
    write(path, "Blues", folder=folder)
    assert b"gnre" not in path.read_bytes()


def test_dates_are_new_if_the_setting_says_so(tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=4)
    os.utime(path, ns=(10**18, 10**18))
    write(path, "Blues", folder=folder, settings=Settings(keep_dates=False))
    assert path.stat().st_mtime_ns > 10**18
    undo(folder)
    assert path.stat().st_mtime_ns == 10**18


@pytest.mark.parametrize("state", [s for s in tagged_files.STATES if "bare" not in s])
def test_undo_by_value_after_another_program_changed_the_title(state, tmp_path, folder):
    path = tagged_files.make(state, tmp_path)
    raw = write_helpers.state_of(path).raw
    write(path, "Blues", folder=folder)
    tagged_files.retitle(path)
    (result,) = undo(folder)
    assert result.reason is None
    assert result.status is WriteStatus.RESTORED
    assert containers.same_genre(write_helpers.state_of(path).raw, raw)
    assert containers.read(path).title == "New"


@pytest.mark.parametrize("state", [s for s in tagged_files.STATES if "bare" not in s])
def test_undo_refuses_a_genre_that_is_not_ours_any_more(state, tmp_path, folder):
    path = tagged_files.make(state, tmp_path)
    write(path, "Blues", folder=folder)
    with_other = folder.parent / "other"
    write(path, "Metal", folder=with_other)
    before = path.read_bytes()
    (result,) = undo(folder)
    assert result.status is WriteStatus.REFUSED
    assert "genre" in str(result.reason)
    assert path.read_bytes() == before


def test_2_3_separator_is_a_setting(tmp_path, folder):
    path = tagged_files.mp3(tmp_path / "a.mp3", version=3)
    write(path, "Blues", "Rock", folder=folder, settings=Settings(id3v23_separator="; "))
    assert tagged_files.plain_genres(path) == ("Blues; Rock",)


def test_batches_are_undone_newest_first_and_one_by_one(tmp_path, folder):
    paths = [tagged_files.mp3(tmp_path / f"{n}.mp3", version=4) for n in range(3)]
    before = [path.read_bytes() for path in paths]
    requests = [WriteRequest(path, ("Blues",)) for path in paths]
    results = write_all(folder, *requests, policy=Policy.FILL)
    write(paths[0], "Rock", folder=folder)
    assert [r.status for r in results] == [WriteStatus.WRITTEN] * 3
    assert len({r.batch for r in results}) == 1
    assert [(s.written, s.undone, s.state) for s in report.summarise_batches(folder)] == [
        (1, 0, BatchState.WRITTEN),
        (3, 0, BatchState.WRITTEN),
    ]
    assert [r.path for r in undo(folder)] == [paths[0]]
    assert tagged_files.plain_genres(paths[0]) == ("Blues",)
    paths[1].unlink()
    assert [r.status for r in undo(folder)] == [
        WriteStatus.RESTORED,
        WriteStatus.REFUSED,
        WriteStatus.RESTORED,
    ]
    assert [(s.written, s.undone, s.state) for s in report.summarise_batches(folder)] == [
        (1, 1, BatchState.UNDONE),
        (3, 2, BatchState.PARTLY_UNDONE),
    ]
    assert paths[0].read_bytes() == before[0]
    paths[1].write_bytes(before[1])
    assert undo(folder) == []  # a refused file is tried again only by the name of its batch
    (result,) = undo(folder, results[0].batch)
    assert result.status is WriteStatus.REFUSED  # the file is back without our genre
