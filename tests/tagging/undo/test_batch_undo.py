"""Undo by batch and by file: which write is meant, in which order, and what is left alone."""

import threading
from pathlib import Path

import mutagen
import mutagen.id3
import pytest

from genretagger.core.errors import JournalError
from genretagger.core.settings import Settings
from genretagger.core.writes import BatchState, WriteRequest, WriteStatus
from genretagger.tagging.journal import report
from genretagger.tagging.undo.batch_undo import open_undo
from tests.helpers import tagged_files, write_helpers

NEVER = threading.Event()


@pytest.fixture
def music(tmp_path):
    music = tmp_path / "music"
    music.mkdir()
    return music


@pytest.fixture
def tracks(music):
    return [
        tagged_files.mp3(music / "a.mp3", version=3, genre="Jazz", v1=8),
        tagged_files.vorbis(music / "b.flac", genres=["Jazz"]),
        tagged_files.m4a(music / "c.m4a", genres=["Jazz"]),
    ]


def apply(folder, genre, *paths):
    """Write `genre` and return the batch."""
    results = write_helpers.write_all(folder, *(WriteRequest(path, (genre,)) for path in paths))
    assert {result.status for result in results} == {WriteStatus.WRITTEN}
    return results[0].batch


def undo(folder, batch=None, *files):
    results = write_helpers.undo(folder, batch, files=files)
    return [(result.path, result.status) for result in results]


def refusal(folder, batch=None, *files):
    """Return why the one file that was to be restored was refused."""
    (result,) = write_helpers.undo(folder, batch, files=files)
    assert result.status is WriteStatus.REFUSED
    return str(result.reason)


def retagged(path, **tags):
    file = mutagen.File(path, easy=True)
    for name, value in tags.items():
        file[name] = value
    file.save()


def states_of(folder):
    return [summary.state for summary in report.summarise_batches(folder)]


def test_one_file_of_a_batch_is_restored_and_the_rest_later(tracks, folder):
    before = [path.read_bytes() for path in tracks]
    batch = apply(folder, "Blues", *tracks)
    assert undo(folder, batch, tracks[1]) == [(tracks[1], WriteStatus.RESTORED)]
    assert tracks[1].read_bytes() == before[1]
    assert [tagged_files.plain_genres(path) for path in (tracks[0], tracks[2])] == [("Blues",)] * 2
    assert states_of(folder) == [BatchState.PARTLY_UNDONE]
    assert len(undo(folder)) == 2
    assert [path.read_bytes() for path in tracks] == before
    assert states_of(folder) == [BatchState.UNDONE]


def test_without_a_batch_the_newest_write_of_the_file_is_meant(tracks, folder):
    a, b, _ = tracks
    before = {path: path.read_bytes() for path in tracks}
    apply(folder, "Blues", *tracks)
    between = b.read_bytes()
    apply(folder, "Rock", b)
    assert undo(folder, None, a) == [(a, WriteStatus.RESTORED)]  # of the older batch
    assert undo(folder, None, b) == [(b, WriteStatus.RESTORED)]
    assert b.read_bytes() == between
    assert undo(folder, None, b) == [(b, WriteStatus.RESTORED)]
    assert b.read_bytes() == before[b]
    assert "no write of" in refusal(folder, None, b)
    assert states_of(folder) == [BatchState.UNDONE, BatchState.PARTLY_UNDONE]


def test_files_of_several_batches_are_restored_in_one_go_newest_first(tracks, folder):
    before = [path.read_bytes() for path in tracks]
    for path in tracks:
        apply(folder, "Blues", path)
    assert [path for path, _ in undo(folder, None, *tracks)] == tracks[::-1]
    assert [path.read_bytes() for path in tracks] == before
    assert states_of(folder) == [BatchState.UNDONE] * 3


def test_a_file_is_found_by_any_of_its_names(tracks, music, folder, tmp_path, monkeypatch):
    track = tracks[0]
    before = track.read_bytes()
    link = tmp_path / "link.mp3"
    link.symlink_to(track)
    linked_folder = tmp_path / "elsewhere"
    linked_folder.symlink_to(music)
    monkeypatch.chdir(music)
    names = [track, Path("a.mp3"), link, linked_folder / "a.mp3", Path("..", "music", "a.mp3")]
    for named_then in (track, link, linked_folder / "a.mp3"):
        for named_now in names:
            apply(folder, "Blues", named_then)
            assert [status for _, status in undo(folder, None, named_now)] == [WriteStatus.RESTORED]
            assert track.read_bytes() == before
    apply(folder, "Blues", link)
    link.unlink()
    assert undo(folder, None, link) == [(link, WriteStatus.RESTORED)]
    assert track.read_bytes() == before


def test_two_names_of_one_file_restore_it_once(tracks, folder, tmp_path):
    link = tmp_path / "link.mp3"
    link.symlink_to(tracks[0])
    apply(folder, "Rock", tracks[0])
    apply(folder, "Blues", tracks[0])
    assert len(undo(folder, None, tracks[0], link)) == 1
    assert tagged_files.plain_genres(tracks[0]) == ("Rock",)


def test_a_file_is_found_by_another_name_of_its_own(tracks, folder, tmp_path):
    before = tracks[0].read_bytes()
    names = [tmp_path / "b.mp3", tmp_path / "c.mp3"]
    for name in names:
        name.hardlink_to(tracks[0])
    apply(folder, "Rock", tracks[0])
    apply(folder, "Blues", tracks[0])
    assert undo(folder, None, *names) == [(tracks[0], WriteStatus.RESTORED)]
    assert {tagged_files.plain_genres(name) for name in (tracks[0], *names)} == {("Rock",)}
    assert undo(folder, None, names[0]) == [(tracks[0], WriteStatus.RESTORED)]
    assert [name.read_bytes() for name in (tracks[0], *names)] == [before] * 3


def test_a_copy_is_not_another_name(tracks, folder, tmp_path):
    copy = tmp_path / "b.mp3"
    copy.write_bytes(tracks[0].read_bytes())
    apply(folder, "Blues", tracks[0])
    assert undo(folder, None, copy) == [(copy, WriteStatus.REFUSED)]


def test_names_that_lead_to_no_write_are_refused_one_by_one(tracks, folder, tmp_path):
    batch = apply(folder, "Blues", tracks[0])
    other = tmp_path / "no" / "such.mp3"
    assert undo(folder, None, other, tracks[0], tracks[1]) == [
        (other, WriteStatus.REFUSED),
        (tracks[1], WriteStatus.REFUSED),
        (tracks[0], WriteStatus.RESTORED),
    ]
    assert f"batch {batch} has no write of" in refusal(folder, batch, tracks[0])
    with pytest.raises(JournalError, match="no-batch"):
        undo(folder, "no-batch", tracks[0])


def test_an_older_write_is_refused_while_a_later_one_stands(tracks, folder):
    track = tracks[0]
    before = track.read_bytes()
    older = apply(folder, "Blues", track)
    newer = apply(folder, "Rock", track)
    reason = refusal(folder, older)
    assert f"written again later, in batch {newer}; undo that one first" in reason
    assert tagged_files.plain_genres(track) == ("Rock",)
    assert undo(folder, newer) == undo(folder, older) == [(track, WriteStatus.RESTORED)]
    assert track.read_bytes() == before


def test_an_older_write_is_refused_too_where_both_wrote_the_same(tracks, folder):
    track = tracks[1]
    older = apply(folder, "Blues", track)
    retagged(track, genre="Polka")
    newer = apply(folder, "Blues", track)
    assert newer in refusal(folder, older)
    assert undo(folder, newer) == [(track, WriteStatus.RESTORED)]
    assert tagged_files.plain_genres(track) == ("Polka",)
    assert "changed after Genretagger wrote it" in refusal(folder, older)


def test_an_older_write_is_undone_where_somebody_took_the_later_one_back(tracks, folder):
    track = tracks[1]
    before = track.read_bytes()
    older = apply(folder, "Blues", track)
    as_written = track.read_bytes()
    apply(folder, "Rock", track)
    track.write_bytes(as_written)
    assert undo(folder, older) == [(track, WriteStatus.RESTORED)]
    assert track.read_bytes() == before


def test_other_audio_under_the_old_name_is_left_alone(tracks, folder):
    batch = apply(folder, "Blues", *tracks)
    other = tagged_files.vorbis(tracks[1].with_name("other.flac"), genres=["Blues"])
    data = bytearray(other.read_bytes())
    data[30] ^= 1  # in STREAMINFO: the MD5 sum of the sound
    other.write_bytes(data)
    for path in tracks:  # other audio, and for two of them of another container
        path.write_bytes(data)
    for result in write_helpers.undo(folder, batch):
        assert result.status is WriteStatus.REFUSED
        assert "holds other audio" in str(result.reason)
        assert result.path.read_bytes() == bytes(data)


def test_a_file_whose_tags_are_damaged_now_is_left_alone(tracks, folder):
    batch = apply(folder, "Blues", tracks[0], tracks[2])
    damaged = {}
    for path, mark in ((tracks[0], b"TCON"), (tracks[2], b"\xa9gen")):
        data = bytearray(path.read_bytes())
        at = data.index(mark)
        data[at + 4 : at + 8] = b"\x7f\x7f\x7f\x7f"  # the size of the frame; the head of the atom
        path.write_bytes(data)
        damaged[path] = bytes(data)
    for path, status in undo(folder, batch):
        assert status in (WriteStatus.REFUSED, WriteStatus.FAILED)
        assert path.read_bytes() == damaged[path]


def test_a_file_that_is_no_audio_any_more_is_refused_by_name(tracks, folder):
    batch = apply(folder, "Blues", tracks[1])
    tracks[1].write_text("hello")
    assert "b.flac" in refusal(folder, batch)
    assert tracks[1].read_text() == "hello"


def test_a_refusal_by_file_does_not_cost_the_batch_its_turn(tracks, folder):
    track = tracks[1]
    apply(folder, "Blues", track)
    ours = track.read_bytes()
    retagged(track, genre="Polka")
    assert "changed after" in refusal(folder, None, track)
    track.write_bytes(ours)
    assert undo(folder) == [(track, WriteStatus.RESTORED)]


@pytest.mark.logs_warnings
def test_a_damaged_way_back_leaves_the_undo_by_value(tracks, folder):
    track = tracks[1]
    batch = apply(folder, "Blues", track)
    path = folder / f"{batch}.jsonl"
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2][:-9] + b"AAAA" + lines[2][-5:]
    path.write_bytes(b"\n".join(lines))
    assert undo(folder) == [(track, WriteStatus.RESTORED)]
    assert tagged_files.plain_genres(track) == ("Jazz",)


def test_the_text_comes_back_where_another_program_changed_the_version(music, folder):
    track = tagged_files.mp3(music / "a.mp3", version=3, genre="(17)", v1=17)
    others = tagged_files.plain_others(track).keys()
    batch = apply(folder, "Blues", track)
    mutagen.id3.ID3(track, translate=False, load_v1=False).save(track, v2_version=4)
    assert undo(folder, batch) == [(track, WriteStatus.RESTORED)]
    tag = mutagen.id3.ID3(track, translate=False, load_v1=False)
    assert tag.version == (2, 4, 0)
    assert tagged_files.plain_genres(track) == ("(17)",)
    assert tagged_files.plain_others(track).keys() == others
    assert track.read_bytes()[-1] == 17


def damage_told(folder, batch=None, *files):
    """Return the keys and batches of what an undo would tell of lost records."""
    with open_undo(folder, batch=batch, files=files, settings=Settings()) as job:
        return [(error.key, error.values["batch"]) for error in job.selection.damage]


def lose(folder, batch, *, keep):
    """Keep the first records of a batch, the last of them cut off, and lose the others."""
    path = folder / f"{batch}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:keep])[:-2])


@pytest.mark.logs_warnings
@pytest.mark.parametrize(("keep", "key"), [(0, "batch-lost"), (2, "batch-damaged")])
def test_a_batch_whose_writes_are_all_lost_keeps_older_ones_from_their_turn(
    keep, key, tracks, folder
):
    older = apply(folder, "Blues", tracks[0])
    newer = apply(folder, "Rock", tracks[1])
    lose(folder, newer, keep=keep)
    assert damage_told(folder) == damage_told(folder, newer) == [(key, newer)]
    assert undo(folder) == undo(folder, newer) == []
    assert damage_told(folder, older) == []
    assert undo(folder, older) == [(tracks[0], WriteStatus.RESTORED)]


@pytest.mark.logs_warnings
def test_of_a_damaged_batch_is_told_whenever_its_lost_records_are_missed(tracks, folder):
    batch = apply(folder, "Blues", *tracks)
    lose(folder, batch, keep=5)  # the header, one write, and a part of the next
    told = [("batch-damaged", batch)]
    assert damage_told(folder) == damage_told(folder, batch) == told
    assert damage_told(folder, None, tracks[0]) == damage_told(folder, batch, tracks[0]) == []
    assert damage_told(folder, None, *tracks) == damage_told(folder, batch, *tracks) == told
    assert len(undo(folder)) == 1
    assert damage_told(folder) == damage_told(folder, batch) == told
    newer = apply(folder, "Rock", tracks[0])
    assert damage_told(folder) == damage_told(folder, newer) == []
