"""What can go wrong: whatever happens, the file is byte for byte the old or the new one."""

import errno
import os
import threading
from pathlib import Path

import mutagen
import mutagen.id3
import pytest

from genretagger.core.errors import Cancelled, JournalError, TagWriteError, TrackChangedError
from genretagger.core.settings import Settings
from genretagger.core.tracks import FileStamp
from genretagger.core.writes import BatchState, Policy, WriteRequest, WriteStatus
from genretagger.tagging import containers
from genretagger.tagging.digest import audio_digest
from genretagger.tagging.disk import fs, lock
from genretagger.tagging.journal import report
from genretagger.tagging.writing import batch_writer, recovery, safe_write
from tests.helpers import tagged_files, write_helpers
from tests.helpers.samples import encode
from tests.helpers.write_helpers import undo, write_in

NEVER = threading.Event()
REPLACE = Policy.REPLACE


@pytest.fixture
def track(tmp_path):
    music = tmp_path / "music"
    music.mkdir()
    return tagged_files.mp3(music / "a.mp3", version=3, genre="Jazz", v1=8)


def apply(folder, *requests, policy=REPLACE):
    return write_helpers.write_all(folder, *requests, policy=policy)


def leftovers(path):
    return [file.name for file in path.parent.iterdir() if file.name != path.name]


STEPS = [
    "open_read",
    "create",
    "copy_bytes",
    "copy_attributes",
    "set_mtime",
    "replace",
    "free_bytes",
]


REASONS = {errno.EROFS: "mounted read-only"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_leaves_the_file_as_it_was(step, code, track, folder, monkeypatch):
    before = track.read_bytes()

    def fail(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fs, step, fail)
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    monkeypatch.undo()
    assert result.status is (WriteStatus.REFUSED if step == "open_read" else WriteStatus.FAILED)
    reason = os.strerror(code) if step == "open_read" else REASONS.get(code, os.strerror(code))
    assert reason in str(result.reason)
    assert track.read_bytes() == before
    assert leftovers(track) == []
    assert all(s.written == 0 for s in report.summarise_batches(folder))
    assert recovery.recover(folder) == ()


class FullDisk:
    """A file on a disk that is full after some bytes."""

    def __init__(self, stream, room):
        self._stream, self._room = stream, room

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._stream.close()

    def write(self, data):
        if self._stream.tell() + len(data) > self._room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._stream.write(data)


@pytest.mark.parametrize("more", [-5000, 0, 10, 20_000])
@pytest.mark.parametrize(
    "state", ["mp3 2.3 without padding", "flac genre", "ogg genre", "m4a genre"]
)
def test_a_disk_that_fills_up_leaves_the_file_as_it_was(state, more, tmp_path, folder, monkeypatch):
    music = tmp_path / "music"
    music.mkdir()
    path = tagged_files.make(state, music)
    before = path.read_bytes()
    create = fs.create
    monkeypatch.setattr(fs, "create", lambda at: FullDisk(create(at), len(before) + more))
    (result,) = apply(folder, WriteRequest(path, ("Blues" * 6000,)))
    assert result.status is WriteStatus.FAILED
    assert os.strerror(errno.ENOSPC) in str(result.reason)
    assert path.read_bytes() == before
    assert leftovers(path) == []


def test_too_little_space_is_found_before_the_copy(track, folder, monkeypatch):
    monkeypatch.setattr(fs, "free_bytes", lambda _: 1000)
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    assert "too little free space" in str(result.reason)


@pytest.mark.logs_warnings
@pytest.mark.parametrize("nth", range(1, 5))
def test_a_journal_that_cannot_be_written_stops_the_batch(nth, track, folder, monkeypatch):
    """In order: header, intent, prepared, outcome."""
    before = track.read_bytes()
    other = tagged_files.mp3(track.with_name("b.mp3"), version=4)
    untouched = other.read_bytes()
    append, calls = fs.append, []

    def failing(stream, data):
        calls.append(stream)
        if len(calls) == nth:
            append(stream, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "full")
        append(stream, data)

    monkeypatch.setattr(fs, "append", failing)
    with batch_writer.open_batch(folder, policy=REPLACE, settings=Settings()) as batch:
        with pytest.raises(JournalError, match=r"full\); without it, nothing more is written"):
            write_in(batch, WriteRequest(track, ("Blues",)))
        if nth > 1:
            with pytest.raises(JournalError):
                write_in(batch, WriteRequest(other, ("Blues",)))
    monkeypatch.undo()
    is_old = nth < 4
    assert len(report.summarise_batches(folder)) == (nth > 1)
    assert other.read_bytes() == untouched
    assert (track.read_bytes() == before) is is_old
    assert leftovers(track) == ["b.mp3"]
    expected = {3: [WriteStatus.FAILED], 4: [WriteStatus.WRITTEN]}.get(nth, [])
    assert [r.status for r in recovery.recover(folder)] == expected
    assert (track.read_bytes() == before) is is_old
    assert sum(s.written for s in report.summarise_batches(folder)) == (not is_old)
    assert recovery.recover(folder) == ()


def test_a_copy_that_cannot_be_synced_is_thrown_away(track, folder, monkeypatch):
    before = track.read_bytes()

    def fail(_):
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(fs, "sync", fail)
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    assert result.status is WriteStatus.FAILED
    assert track.read_bytes() == before
    assert leftovers(track) == []


def request_with(path, **changes):
    """Return a request that matches the file but for `changes`."""
    values = {
        "stamp": FileStamp.of(path.stat()),
        "audio_digest": audio_digest(path, container="mp3"),
        "current_genres": containers.read(path).genres,
    }
    return WriteRequest(path, ("Blues",), **{**values, **changes})


def test_a_request_that_matches_is_written(track, folder):
    (result,) = apply(folder, request_with(track))
    assert result.status is WriteStatus.WRITTEN


@pytest.mark.parametrize(
    "changes",
    [
        {"stamp": FileStamp(1, 2, 3, 4, 5)},
        {"audio_digest": "0" * 64},
        {"current_genres": ()},
        {"current_genres": ("Pop",)},
    ],
)
def test_a_request_that_does_not_match_is_refused(changes, track, folder):
    before = track.read_bytes()
    request = request_with(track, **changes)
    (result,) = apply(folder, request)
    assert result.status is WriteStatus.REFUSED
    assert isinstance(result.reason, TrackChangedError)
    assert write_helpers.dry_run(request).status is result.status
    assert track.read_bytes() == before


def test_a_file_that_changes_during_the_write_is_left_alone(track, folder, monkeypatch):
    attributes = fs.copy_attributes

    def change(source, target):
        attributes(source, target)
        with track.open("ab") as stream:
            stream.write(b"x")

    monkeypatch.setattr(fs, "copy_attributes", change)
    before = track.read_bytes()
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    assert isinstance(result.reason, TrackChangedError)
    assert track.read_bytes() == before + b"x"
    assert leftovers(track) == []


@pytest.mark.parametrize("linked", [False, True], ids=["swapped", "in place"])
@pytest.mark.parametrize("what", ["replaced", "vanished", "a copy vanished"])
def test_a_file_that_is_replaced_or_vanishes_during_the_write_is_one_sentence(
    what, linked, track, folder, tmp_path, monkeypatch
):
    if linked:
        (tmp_path / "second name").hardlink_to(track)
    before = track.read_bytes()
    other = tmp_path / "other"
    other.write_bytes(b"another file")
    append, calls = fs.append, []

    def meanwhile(stream, data):
        append(stream, data)
        calls.append(data)
        if b'"prepared"' in data:
            if what == "replaced":
                other.replace(track)
            elif what == "vanished":
                track.unlink()
            else:
                for copy in track.parent.glob(".gt-*"):
                    copy.unlink()

    monkeypatch.setattr(fs, "append", meanwhile)
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    monkeypatch.undo()
    if what == "replaced":
        assert isinstance(result.reason, TrackChangedError)
        assert track.read_bytes() == b"another file"
    elif what == "vanished":
        assert "not there any more" in str(result.reason)
        assert not track.exists()
    else:
        assert "it is unchanged" in str(result.reason)
        assert track.read_bytes() == before
    assert leftovers(track) == []
    assert recovery.recover(folder) == ()


def test_a_file_that_vanished_fails(tmp_path, folder):
    (result,) = apply(folder, WriteRequest(tmp_path / "gone.mp3", ("Blues",)))
    assert result.status is WriteStatus.FAILED
    assert str(tmp_path / "gone.mp3") in str(result.reason)


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".ogg", ".opus", ".m4a"])
@pytest.mark.parametrize("size", [0, 1, 40, 300])
def test_a_truncated_file_is_refused(size, suffix, track, folder):
    path = tagged_files.fresh(track.with_name(f"b{suffix}"))
    size = min(size, 40) if suffix == ".mp3" else size  # more than one header is an MP3
    path.write_bytes(path.read_bytes()[:size])
    before = path.read_bytes()
    (result,) = apply(folder, WriteRequest(path, ("Blues",)))
    assert result.status in (WriteStatus.REFUSED, WriteStatus.FAILED)
    assert path.read_bytes() == before


def test_a_cut_off_mp4_and_ogg_are_refused(track, folder):
    for path in (
        tagged_files.m4a(track.with_name("b.m4a"), movflags="faststart"),
        tagged_files.vorbis(track.with_name("b.ogg")),
    ):
        path.write_bytes(path.read_bytes()[:-50])
        before = path.read_bytes()
        (result,) = apply(folder, WriteRequest(path, ("Blues",)))
        assert result.status is WriteStatus.REFUSED
        assert "cut off" in str(result.reason)
        assert path.read_bytes() == before


@pytest.mark.parametrize("genres", [(), ("",), ("  ",), ("a\nb",), ("a\0",), ("Rock", "\x1b[0m")])
def test_genres_that_are_not_visible_text_are_refused(genres, track, folder):
    (result,) = apply(folder, WriteRequest(track, genres))
    assert result.status is WriteStatus.REFUSED


def test_a_link_stays_and_its_target_is_written(track, folder, tmp_path):
    link = tmp_path / "link.mp3"
    link.symlink_to(track)
    before = track.read_bytes()
    (result,) = apply(folder, WriteRequest(link, ("Blues",)))
    assert result.status is WriteStatus.WRITTEN
    assert link.is_symlink()
    assert tagged_files.plain_genres(track) == ("Blues",)
    assert undo(folder)[0].path == link
    assert link.is_symlink()
    assert track.read_bytes() == before


def test_a_link_in_a_circle_fails(folder, tmp_path):
    (tmp_path / "a.mp3").symlink_to(tmp_path / "b.mp3")
    (tmp_path / "b.mp3").symlink_to(tmp_path / "a.mp3")
    (result,) = apply(folder, WriteRequest(tmp_path / "a.mp3", ("Blues",)))
    assert result.status is WriteStatus.FAILED


@pytest.mark.parametrize("name", [b"caf\xe9 \xff.mp3", b"a" * 251 + b".mp3", b"two\nlines.mp3"])
def test_any_name_is_written_and_restored(name, track, folder):
    path = track.with_name(os.fsdecode(name))
    track.rename(path)
    before = path.read_bytes()
    (result,) = apply(folder, WriteRequest(path, ("Blues",)))
    assert result.status is WriteStatus.WRITTEN
    str(result)
    (restored,) = undo(folder)
    assert restored.path == path
    assert restored.status is WriteStatus.RESTORED
    assert path.read_bytes() == before


def test_extended_attributes_and_owner_are_kept(track, folder):
    try:
        os.setxattr(track, "user.rating", b"5")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    if os.geteuid() == 0:
        os.chown(track, 1234, 2345)
    status = track.stat()
    apply(folder, WriteRequest(track, ("Blues",)))
    assert os.getxattr(track, "user.rating") == b"5"
    assert (track.stat().st_uid, track.stat().st_gid) == (status.st_uid, status.st_gid)


def test_a_frame_that_is_there_twice_stays_so(track, folder):
    data = track.read_bytes()
    frame = b"TIT2" + (4).to_bytes(4, "big") + b"\0\0" + b"\0two"
    size = int.from_bytes(data[6:10], "big")  # below 128: the same in both codings
    assert data[:4] == b"ID3\3"
    padding_at = data.index(b"\0" * 200, 10, 20_000)
    assert size
    padding_at += 1  # the last frame may end in a zero
    while data[padding_at - 1] != 0 or data[padding_at] != 0:
        padding_at += 1
    doubled = data[:10] + frame + data[10:padding_at] + data[padding_at + len(frame) :]
    track.write_bytes(doubled)
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    assert result.status is WriteStatus.WRITTEN
    assert frame in track.read_bytes()
    assert track.read_bytes().count(b"TIT2") == 2
    assert leftovers(track) == []
    undo(folder)
    assert track.read_bytes() == doubled


def test_audio_that_would_change_is_refused(track, folder, monkeypatch):
    store = containers.store

    def spoil(stream, genre, *, path):
        store(stream, genre, path=path)
        stream.seek(-3000, 2)
        stream.write(b"spoilt")

    monkeypatch.setattr(containers, "store", spoil)
    before = track.read_bytes()
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    assert result.status is WriteStatus.REFUSED
    assert track.read_bytes() == before


def test_a_tag_library_that_crashes_fails_only_its_file(track, folder, monkeypatch):
    def crash(*_, **__):
        raise IndexError

    monkeypatch.setattr("mutagen.id3.ID3.load", crash)
    other = tagged_files.vorbis(track.with_name("b.flac"))
    first, second = apply(folder, WriteRequest(track, ("Blues",)), WriteRequest(other, ("Blues",)))
    assert first.status is WriteStatus.FAILED
    assert second.status is WriteStatus.WRITTEN


def test_a_second_writer_is_told_who_writes(track, folder):
    with (
        batch_writer.open_batch(folder, policy=REPLACE, settings=Settings()),
        pytest.raises(JournalError, match=str(os.getpid())),
        batch_writer.open_batch(folder, policy=REPLACE, settings=Settings()),
    ):
        pass
    with lock.lock_journal(folder):
        with pytest.raises(JournalError):
            undo(folder)
        with pytest.raises(JournalError):
            recovery.recover(folder)
    assert apply(folder, WriteRequest(track, ("Blues",)))[0].status is WriteStatus.WRITTEN


def test_a_journal_folder_that_is_a_file_is_one_sentence(track, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(JournalError, match="cannot be used"):
        apply(tmp_path / "file", WriteRequest(track, ("Blues",)))


def test_undo_stops_where_it_is_told_to(track, folder):
    other = tagged_files.vorbis(track.with_name("b.flac"))
    apply(folder, WriteRequest(track, ("Blues",)), WriteRequest(other, ("Blues",)))
    cancel = threading.Event()
    job = write_helpers.undo_each(folder, cancel=cancel)
    assert next(job).path == other
    cancel.set()
    with pytest.raises(Cancelled):
        next(job)
    assert tagged_files.plain_genres(track) == ("Blues",)
    assert [r.path for r in undo(folder)] == [track]


def test_an_unknown_batch_is_one_sentence(folder):
    with pytest.raises(JournalError, match="no batch 2026"):
        undo(folder, "2026")


@pytest.mark.logs_warnings
def test_a_folder_that_cannot_be_synced_after_the_swap_is_only_logged(track, folder, monkeypatch):
    sync_folder = fs.sync_folder

    def fail(path):
        if path == track.parent:
            raise OSError(errno.EINVAL, "not here")
        sync_folder(path)

    monkeypatch.setattr(fs, "sync_folder", fail)
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    assert result.status is WriteStatus.WRITTEN


def test_undo_that_fails_keeps_the_file_and_can_be_tried_again(track, folder, monkeypatch):
    before = track.read_bytes()
    apply(folder, WriteRequest(track, ("Blues",)))
    ours = track.read_bytes()

    def fail(*_):
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(fs, "replace", fail)
    (result,) = undo(folder)
    assert result.status is WriteStatus.FAILED
    assert isinstance(result.reason, TagWriteError)
    assert track.read_bytes() == ours
    monkeypatch.undo()
    assert undo(folder)[0].status is WriteStatus.RESTORED
    assert track.read_bytes() == before


def test_without_a_way_back_the_genre_is_restored_by_value(track, folder, monkeypatch):
    raw = write_helpers.state_of(track).raw
    monkeypatch.setattr(safe_write.reverse_patch, "MAX_BYTES", 0)
    apply(folder, WriteRequest(track, ("Blues",)))
    (result,) = undo(folder)
    assert result.status is WriteStatus.RESTORED
    assert write_helpers.state_of(track).raw == raw


def test_a_file_named_from_the_working_folder_is_restored_from_another(
    track, folder, tmp_path, monkeypatch
):
    before = track.read_bytes()
    monkeypatch.chdir(track.parent)
    (result,) = apply(folder, WriteRequest(Path(track.name), ("Blues",)))
    assert result.status is WriteStatus.WRITTEN
    monkeypatch.chdir(tmp_path)
    assert undo(folder)[0].path == track
    assert track.read_bytes() == before


def replace_reports_an_error(monkeypatch, *, done, then=lambda: None):
    """Let each swap end in an error, as a network file system may, whether it was `done` or not."""
    replace = fs.replace

    def replacement(source, target):
        if done:
            replace(source, target)
        then()
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    monkeypatch.setattr(fs, "replace", replacement)


def test_a_swap_that_happened_in_spite_of_its_error_is_written(track, folder, monkeypatch):
    before = track.read_bytes()
    replace_reports_an_error(monkeypatch, done=True)
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    monkeypatch.undo()
    assert result.status is WriteStatus.WRITTEN
    assert leftovers(track) == []
    assert [s.written for s in report.summarise_batches(folder)] == [1]
    assert undo(folder)[0].status is WriteStatus.RESTORED
    assert track.read_bytes() == before


@pytest.mark.parametrize("done", [True, False])
def test_a_swap_whose_end_cannot_be_seen_is_settled_later(done, track, folder, monkeypatch):
    before = track.read_bytes()

    def away(_):
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    replace_reports_an_error(
        monkeypatch, done=done, then=lambda: monkeypatch.setattr(fs, "open_read", away)
    )
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    monkeypatch.undo()
    assert result.status is WriteStatus.FAILED
    assert "as it was" not in str(result.reason)
    (settled,) = recovery.recover(folder)
    assert settled.status is (WriteStatus.WRITTEN if done else WriteStatus.FAILED)
    assert leftovers(track) == []
    assert len(undo(folder)) == done
    assert track.read_bytes() == before


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO, errno.ESTALE])
def test_a_file_that_cannot_be_reached_does_not_stop_the_undo_of_others(
    code, track, folder, monkeypatch
):
    before = track.read_bytes()
    other = tagged_files.vorbis(track.with_name("b.flac"))
    apply(folder, WriteRequest(track, ("Blues",)), WriteRequest(other, ("Blues",)))
    stat, open_read = Path.stat, fs.open_read

    def unreachable(call):
        def replacement(path, **options):
            if path == other:
                raise OSError(code, os.strerror(code))
            return call(path, **options)

        return replacement

    monkeypatch.setattr(Path, "stat", unreachable(stat))
    first, second = undo(folder)
    monkeypatch.undo()
    assert (first.path, first.status) == (other, WriteStatus.FAILED)
    assert os.strerror(code) in str(first.reason)
    assert second.status is WriteStatus.RESTORED
    assert track.read_bytes() == before
    monkeypatch.setattr(fs, "open_read", unreachable(open_read))
    (again,) = undo(folder)
    assert again.status is WriteStatus.FAILED
    assert os.strerror(code) in str(again.reason)


@pytest.mark.parametrize("gone", ["file", "folder", "folder is a file"])
def test_a_file_that_is_gone_is_not_restored(gone, track, folder):
    apply(folder, WriteRequest(track, ("Blues",)))
    track.unlink()
    if gone != "file":
        track.parent.rmdir()
    if gone == "folder is a file":
        track.parent.write_bytes(b"")
    (result,) = undo(folder)
    assert result.status is WriteStatus.REFUSED
    assert "not there any more" in str(result.reason)


@pytest.mark.logs_warnings
def test_a_write_whose_outcome_cannot_be_recorded_is_undone_like_any_other(
    track, folder, monkeypatch
):
    before = track.read_bytes()
    append, calls = fs.append, []

    def full_at_the_outcome(stream, data):
        calls.append(data)
        if len(calls) >= 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        append(stream, data)

    monkeypatch.setattr(fs, "append", full_at_the_outcome)
    with pytest.raises(JournalError, match="nothing more is written"):
        apply(folder, WriteRequest(track, ("Blues",)))
    monkeypatch.undo()
    assert tagged_files.plain_genres(track) == ("Blues",)
    assert [r.status for r in undo(folder)] == [WriteStatus.RESTORED]
    assert track.read_bytes() == before


def without_outcomes(stream, data, append=fs.append):
    """Append a record, but no outcome: the disk is full."""
    if b'"outcome"' in data:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    append(stream, data)


@pytest.mark.logs_warnings
def test_what_recovery_cannot_record_is_told_now_and_settled_again(track, folder, monkeypatch):
    other = tagged_files.vorbis(track.with_name("b.flac"))
    for path in (track, other):
        monkeypatch.setattr(fs, "append", without_outcomes)
        with pytest.raises(JournalError):
            apply(folder, WriteRequest(path, ("Blues",)))
        monkeypatch.undo()
        before = path.read_bytes()
        monkeypatch.setattr(fs, "append", without_outcomes)
        (told,) = recovery.recover(folder)
        assert (told.path, told.status) == (path, WriteStatus.WRITTEN)
        # It would be over an unsettled write.
        (result,) = apply(folder, WriteRequest(path, ("Rock",)))
        assert (result.status, result.reason.key) == (WriteStatus.FAILED, "recovery-pending")
        monkeypatch.undo()
        assert path.read_bytes() == before
        (settled,) = recovery.recover(folder)
        assert (settled.path, settled.status) == (path, WriteStatus.WRITTEN)


@pytest.mark.logs_warnings
def test_a_refusal_that_undo_cannot_record_is_told_all_the_same(track, folder, monkeypatch):
    apply(folder, WriteRequest(track, ("Blues",)))
    track.unlink()
    monkeypatch.setattr(fs, "append", without_outcomes)
    results = []
    with pytest.raises(JournalError, match=os.strerror(errno.ENOSPC)):
        results.extend(write_helpers.undo_each(folder))
    assert [result.status for result in results] == [WriteStatus.REFUSED]


def test_a_refused_file_does_not_bar_the_way_to_older_batches(track, folder):
    other = tagged_files.vorbis(track.with_name("b.flac"))
    before = other.read_bytes()
    apply(folder, WriteRequest(other, ("Blues",)))
    apply(folder, WriteRequest(track, ("Blues",)))
    ours = track.read_bytes()
    newest, _ = report.summarise_batches(folder)
    file = mutagen.File(track)
    file.tags.setall("TCON", [mutagen.id3.TCON(encoding=3, text="Polka")])
    file.save(v2_version=3)
    (result,) = undo(folder)
    assert (result.path, result.status) == (track, WriteStatus.REFUSED)
    (result,) = undo(folder)
    assert (result.path, result.status) == (other, WriteStatus.RESTORED)
    assert other.read_bytes() == before
    assert undo(folder) == []
    assert [s.state for s in report.summarise_batches(folder)] == [
        BatchState.WRITTEN,
        BatchState.UNDONE,
    ]
    (result,) = undo(folder, newest.batch)
    assert (result.path, result.status) == (track, WriteStatus.REFUSED)
    track.write_bytes(ours)
    (result,) = undo(folder, newest.batch)
    assert (result.path, result.status) == (track, WriteStatus.RESTORED)
    assert [s.state for s in report.summarise_batches(folder)] == [
        BatchState.UNDONE,
        BatchState.UNDONE,
    ]


def test_a_batch_with_a_refused_file_is_partly_undone_and_passed_over(track, folder):
    other = tagged_files.vorbis(track.with_name("b.flac"))
    apply(folder, WriteRequest(other, ("Blues",)), WriteRequest(track, ("Blues",)))
    track.unlink()
    assert {r.status for r in undo(folder)} == {WriteStatus.REFUSED, WriteStatus.RESTORED}
    (summary,) = report.summarise_batches(folder)
    assert (summary.written, summary.undone, summary.state) == (2, 1, BatchState.PARTLY_UNDONE)
    size = (folder / f"{summary.batch}.jsonl").stat().st_size
    assert undo(folder) == []
    assert [r.status for r in undo(folder, summary.batch)] == [WriteStatus.REFUSED]
    assert (folder / f"{summary.batch}.jsonl").stat().st_size <= size + 1  # said only once


def test_a_file_that_failed_is_tried_again_by_default(track, folder, monkeypatch):
    apply(folder, WriteRequest(track, ("Blues",)))
    monkeypatch.setattr(fs, "free_bytes", lambda _: 0)
    for _ in range(2):
        assert [r.status for r in undo(folder)] == [WriteStatus.FAILED]


def test_a_batch_whose_only_write_failed_wrote_nothing(track, folder, monkeypatch):
    monkeypatch.setattr(fs, "sync", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "broken")))
    assert apply(folder, WriteRequest(track, ("Blues",)))[0].status is WriteStatus.FAILED
    (summary,) = report.summarise_batches(folder)
    assert (summary.written, summary.state) == (0, BatchState.NOTHING_WRITTEN)


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP])
@pytest.mark.parametrize("call", ["chown", "chmod", "setxattr"])
def test_a_file_system_without_attributes_is_written_to(call, code, track, folder, monkeypatch):
    """Such as a stick or a network share."""
    if call == "setxattr":
        try:
            os.setxattr(track, "user.rating", b"5")
        except OSError:
            pytest.skip("this file system has no extended attributes")
    before = track.read_bytes()

    def fail(*_, **__):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, fail)
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    assert result.status is WriteStatus.WRITTEN
    assert [r.status for r in undo(folder)] == [WriteStatus.RESTORED]
    assert track.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "chown"), reason="needs owners")
def test_the_mode_is_kept_where_the_owner_cannot_be(track, folder, monkeypatch):
    track.chmod(0o664)

    def fail(*_, **__):
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    monkeypatch.setattr(os, "chown", fail)
    monkeypatch.setattr(os, "setxattr", fail)
    (result,) = apply(folder, WriteRequest(track, ("Blues",)))
    assert result.status is WriteStatus.WRITTEN
    assert track.stat().st_mode & 0o777 == 0o664


def test_a_batch_tried_too_early_by_name_is_undone_when_its_turn_comes(track, folder):
    before = track.read_bytes()
    apply(folder, WriteRequest(track, ("Blues",)))
    apply(folder, WriteRequest(track, ("Rock",)))
    _, oldest = report.summarise_batches(folder)
    assert [r.status for r in undo(folder, oldest.batch)] == [WriteStatus.REFUSED]
    assert [r.status for r in undo(folder) + undo(folder)] == [WriteStatus.RESTORED] * 2
    assert track.read_bytes() == before


@pytest.mark.parametrize("reason", ["free space", "write-protected"])
def test_the_dry_run_sees_a_folder_that_takes_no_copy(tmp_path, monkeypatch, reason):
    path = encode(tmp_path / "a.flac")
    request = WriteRequest(path, ("Rock",))
    monkeypatch.setattr(fs, "free_bytes", lambda _: 0)
    if reason == "write-protected":
        monkeypatch.setattr(os, "access", lambda path, _mode: path != tmp_path)
    result = write_helpers.dry_run(request, policy=Policy.FILL)
    assert result.status is WriteStatus.FAILED
    assert reason in str(result.reason)


def test_a_lock_whose_holder_cannot_be_named_still_locks(tmp_path, monkeypatch):
    class Full:
        """A file on a full disk: takes nothing, and says so again when it is closed."""

        def __init__(self, stream):
            self._stream = stream

        def __getattr__(self, name):
            return getattr(self._stream, name)

        def write(self, _data):
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self):
            self._stream.close()
            raise OSError(errno.ENOSPC, "No space left on device")

    real = fs.open_update
    monkeypatch.setattr(fs, "open_update", lambda path: Full(real(path)))
    with lock.lock_journal(tmp_path):
        monkeypatch.undo()
        with pytest.raises(JournalError, match=r"process \?"), lock.lock_journal(tmp_path):
            pass
    with lock.lock_journal(tmp_path):
        pass
