"""A file that a swap would rob of a name, owner or attribute is written in place, as safely."""

import errno
import hashlib
import json
import logging
import os
import random
import shutil
import subprocess
import zlib

import pytest

from genretagger.core.errors import TrackChangedError
from genretagger.core.settings import Settings
from genretagger.core.writes import BatchState, Policy, WriteRequest, WriteStatus
from genretagger.tagging.disk import attributes, fs
from genretagger.tagging.journal import journal, records, report
from genretagger.tagging.writing import batch_writer, in_place_write, preconditions, recovery
from tests.helpers import tagged_files, write_helpers
from tests.helpers.invariants import (
    apply,
    calls_of,
    contents,
    kill_self,
    killing,
    undo,
    undone_to_the_end,
    was_killed,
)

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
# Two states whose tags grow, and one whose tag has room.
STATES = ["mp3 2.3 without padding", "ogg without genre", "flac genre"]


@pytest.fixture
def music(tmp_path, request):
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


@pytest.fixture
def track(music, tmp_path):
    """Return a file with a second name elsewhere."""
    path = tagged_files.make(STATES[0], music)
    (tmp_path / "second name").hardlink_to(path)
    return path


@pytest.mark.parametrize("state", STATES)
def test_every_name_of_a_file_is_written_and_restored(state, music, tmp_path, folder):
    path = tagged_files.make(state, music)
    second = tmp_path / "second name"
    second.hardlink_to(path)
    path.chmod(0o640)
    os.utime(path, ns=(1_000_000_007, 1_234_567_890_123_456_789))
    before, status = path.read_bytes(), path.stat()
    (result,) = apply(music, folder)
    assert result.status is WriteStatus.WRITTEN
    assert result.linked == (status.st_dev, status.st_ino)
    assert tagged_files.plain_genres(path) == ("Blues", "Grüße") or path.suffix == ".mp3"
    assert second.read_bytes() == path.read_bytes() != before
    now = path.stat()
    assert (now.st_ino, now.st_nlink, now.st_mode) == (status.st_ino, 2, status.st_mode)
    assert now.st_mtime_ns == status.st_mtime_ns
    (result,) = undo(folder)
    assert result.status is WriteStatus.RESTORED
    assert result.linked == (status.st_dev, status.st_ino)
    assert second.samefile(path)
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == status.st_mtime_ns
    assert list(music.iterdir()) == [path]


def test_both_names_in_one_batch_are_written_once(track, tmp_path, folder):
    second = (tmp_path / "second name").rename(tmp_path / "second.mp3")
    stamp = batch_writer.FileStamp.of(track.stat())
    results = write_helpers.write_all(
        folder,
        *(
            WriteRequest(path, ("Blues",), stamp=stamp, current_genres=())
            for path in (track, second)
        ),
    )
    assert [r.status for r in results] == [WriteStatus.WRITTEN, WriteStatus.UNCHANGED]


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="needs extended attributes")
@pytest.mark.parametrize("lost", ["chown", "chmod", "setxattr"])
def test_what_the_copy_cannot_be_given_is_kept_by_writing_in_place(
    lost, music, folder, monkeypatch
):
    path = tagged_files.make(STATES[0], music)
    before = path.read_bytes()
    path.chmod(0o664)
    try:
        os.setxattr(path, "user.rating", b"5")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    if lost == "chown":
        if os.geteuid() != 0:
            pytest.skip("only root can give a file away")
        os.chown(path, 1234, 2345)
    status = path.stat()

    def fail(*_, **__):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, lost, fail)
    (result,) = apply(music, folder)
    monkeypatch.undo()
    assert result.status is WriteStatus.WRITTEN
    now = path.stat()
    assert (now.st_ino, now.st_mode, now.st_uid, now.st_gid, now.st_mtime_ns) == (
        status.st_ino,
        status.st_mode,
        status.st_uid,
        status.st_gid,
        status.st_mtime_ns,
    )
    assert os.getxattr(path, "user.rating") == b"5"
    undo(folder)
    assert path.read_bytes() == before


def test_an_acl_that_the_copy_cannot_be_given_is_kept(music, folder, monkeypatch):
    path = tagged_files.make(STATES[0], music)
    # The version, then owner, a named user, group, mask and others: tag, permissions, id; acl(5)
    entries = [(1, 6, -1), (2, 4, 4321), (4, 4, -1), (16, 4, -1), (32, 4, -1)]
    acl = b"\2\0\0\0" + b"".join(
        tag.to_bytes(2, "little")
        + mode.to_bytes(2, "little")
        + number.to_bytes(4, "little", signed=True)
        for tag, mode, number in entries
    )
    try:
        os.setxattr(path, "system.posix_acl_access", acl)
    except (AttributeError, OSError):
        pytest.skip("this file system has no ACL")
    inode = path.stat().st_ino
    apply(music, folder)
    assert os.getxattr(path, "system.posix_acl_access") == acl
    assert path.stat().st_ino != inode  # it could be copied
    undo(folder)
    inode, setxattr = path.stat().st_ino, os.setxattr

    def fail(target, name, *more, **options):
        if name.startswith("system."):
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
        setxattr(target, name, *more, **options)

    monkeypatch.setattr(os, "setxattr", fail)
    apply(music, folder)
    assert os.getxattr(path, "system.posix_acl_access") == acl
    assert path.stat().st_ino == inode


def test_a_file_whose_copy_shows_the_same_is_swapped(music, folder):
    path = tagged_files.make(STATES[0], music)
    inode = path.stat().st_ino
    apply(music, folder)
    assert path.stat().st_ino != inode


@pytest.mark.logs_warnings
def test_a_date_that_cannot_be_kept_in_place_stops_nothing(track, folder, monkeypatch, caplog):
    set_mtime = fs.set_mtime

    def fail(path, mtime_ns):
        if path == track:
            raise OSError(errno.EPERM, "not yours")
        set_mtime(path, mtime_ns)

    monkeypatch.setattr(fs, "set_mtime", fail)
    with caplog.at_level(logging.WARNING):
        (result,) = apply(track.parent, folder)
    assert result.status is WriteStatus.WRITTEN
    assert "date is not kept" in caplog.text


def fail_at(monkeypatch, step, *, nth=1, code=errno.EIO, ever=False):
    """Let the nth call of a step fail; with `ever` all later ones too."""
    original, calls = getattr(fs, step), []

    def replacement(*arguments):
        calls.append(arguments)
        if len(calls) == nth or (ever and len(calls) > nth):
            raise OSError(code, os.strerror(code))
        return original(*arguments)

    monkeypatch.setattr(fs, "_BLOCK_BYTES", 4096)
    monkeypatch.setattr(fs, step, replacement)


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_disk_that_fails_in_the_middle_gets_the_old_content_again(
    nth, track, folder, monkeypatch
):
    before, status = track.read_bytes(), track.stat()
    fail_at(monkeypatch, "_write_all", nth=nth)
    (result,) = apply(track.parent, folder)
    monkeypatch.undo()
    assert result.status is WriteStatus.FAILED
    assert "it is unchanged" in str(result.reason)
    assert track.read_bytes() == before
    assert (track.stat().st_ino, track.stat().st_mtime_ns) == (status.st_ino, status.st_mtime_ns)
    assert list(track.parent.iterdir()) == [track]
    assert recovery.recover(folder) == ()
    assert [s.state for s in report.summarise_batches(folder)] == [BatchState.NOTHING_WRITTEN]


def test_what_reads_back_otherwise_is_put_back(track, folder, monkeypatch):
    before = track.read_bytes()
    overwrite, calls = fs.overwrite, []

    def spoil(source, target):
        overwrite(source, target)
        calls.append(target)
        if len(calls) == 1:
            target.seek(-1000, 2)
            target.write(b"spoilt")

    monkeypatch.setattr(fs, "overwrite", spoil)
    (result,) = apply(track.parent, folder)
    assert result.status is WriteStatus.FAILED
    assert track.read_bytes() == before
    assert len(calls) == 2


@pytest.mark.parametrize("way", ["fallocate", "zeros"])
def test_a_disk_without_room_for_the_growth_is_found_before_a_byte_is_overwritten(
    way, track, folder, monkeypatch
):
    before = track.read_bytes()
    if way == "fallocate":
        if not hasattr(os, "posix_fallocate"):
            pytest.skip("this system reserves no room")

        def full(descriptor, start, size):
            os.ftruncate(descriptor, size - 10)  # as far as it came
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "posix_fallocate", full)
    else:
        monkeypatch.delattr(os, "posix_fallocate", raising=False)
        fail_at(monkeypatch, "_write_all", code=errno.ENOSPC)
    sources = []
    monkeypatch.setattr(fs, "overwrite", lambda source, target: sources.append(target.name))
    monkeypatch.setattr(
        in_place_write, "_restore", lambda *_, **__: None
    )  # nothing is to be restored
    (result,) = apply(track.parent, folder)
    assert "is full" in str(result.reason)
    assert sources == []
    assert track.read_bytes() == before


def test_a_file_grows_without_reserving_where_the_system_cannot(track, folder, monkeypatch):
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    before = track.read_bytes()
    assert [r.status for r in apply(track.parent, folder)] == [WriteStatus.WRITTEN]
    assert [r.status for r in undo(folder)] == [WriteStatus.RESTORED]
    assert track.read_bytes() == before


def test_a_disk_that_goes_on_failing_leaves_the_old_content_beside_and_says_where(
    track, folder, monkeypatch
):
    before = track.read_bytes()
    fail_at(monkeypatch, "_write_all", nth=2, ever=True)
    result, again = write_helpers.write_all(
        folder, WriteRequest(track, ("Blues", "Grüße")), WriteRequest(track, ("Rock",))
    )
    assert result.status is WriteStatus.FAILED
    assert "only in part" in str(result.reason)
    assert again.status in (WriteStatus.FAILED, WriteStatus.REFUSED)
    assert track.read_bytes() != before
    beside = {path.name: path for path in track.parent.iterdir() if path != track}
    (named,) = [path for name, path in beside.items() if name in str(result.reason)]
    assert named.read_bytes() == before
    (settled,) = recovery.recover(folder)
    assert "cannot be repaired" in str(settled.reason)
    assert named.read_bytes() == before
    monkeypatch.undo()
    assert [s.state for s in report.summarise_batches(folder)] == [BatchState.INTERRUPTED]
    (settled,) = recovery.recover(folder)
    assert settled.status is WriteStatus.FAILED
    assert "as it was before" in str(settled.reason)
    assert track.read_bytes() == before
    assert list(track.parent.iterdir()) == [track]


@pytest.mark.parametrize("ever", [False, True], ids=["once", "again and again"])
def test_an_interruption_in_the_middle_costs_nothing(ever, track, folder, monkeypatch):
    before = track.read_bytes()
    write_all, calls = fs._write_all, []

    def interrupted(*arguments):
        calls.append(arguments)
        if len(calls) == 2 or (ever and len(calls) > 2):
            raise KeyboardInterrupt
        write_all(*arguments)

    monkeypatch.setattr(fs, "_BLOCK_BYTES", 4096)
    monkeypatch.setattr(fs, "_write_all", interrupted)
    with pytest.raises(KeyboardInterrupt):
        apply(track.parent, folder)
    monkeypatch.undo()
    assert (track.read_bytes() == before) is not ever
    (result,) = recovery.recover(folder)
    assert "as it was before" in str(result.reason)
    assert track.read_bytes() == before
    assert list(track.parent.iterdir()) == [track]


def test_another_name_of_a_half_written_file_is_not_written(track, folder, tmp_path, monkeypatch):
    second = (tmp_path / "second name").rename(tmp_path / "second.mp3")
    with batch_writer.open_batch(folder, policy=Policy.REPLACE, settings=Settings()) as batch:
        fail_at(monkeypatch, "_write_all", nth=5, ever=True)
        write_helpers.write_in(batch, WriteRequest(track, ("Blues",)))
        monkeypatch.undo()
        half = second.read_bytes()
        (result,) = write_helpers.write_in(batch, WriteRequest(second, ("Rock",)))
    assert result.status in (WriteStatus.FAILED, WriteStatus.REFUSED)
    assert second.read_bytes() == half


def killed_half_way(music, folder, *, step="_write_all", pieces=2):
    """Be killed when some pieces were written over, or before another step."""
    elsewhere = folder.parent / "elsewhere"
    calls = calls_of(lambda: apply(music, elsewhere))
    undone_to_the_end(elsewhere)
    nth = calls.index(step) + 1 + (pieces if step == "_write_all" else 0)
    assert was_killed(killing(nth, "before", lambda: apply(music, folder)))


@needs_fork
@pytest.mark.parametrize("pieces", [0, 1, 3])
def test_a_half_written_file_gets_its_old_content_again(pieces, track, folder):
    before, status = track.read_bytes(), track.stat()
    killed_half_way(track.parent, folder, pieces=pieces)
    assert track.read_bytes() != before
    (result,) = recovery.recover(folder)
    assert "as it was before" in str(result.reason)
    assert track.read_bytes() == before
    assert (track.stat().st_ino, track.stat().st_mtime_ns) == (status.st_ino, status.st_mtime_ns)
    assert list(track.parent.iterdir()) == [track]


@needs_fork
def test_a_file_that_was_written_before_the_crash_gets_its_date(track, folder):
    date_ns = track.stat().st_mtime_ns
    elsewhere = folder.parent / "elsewhere"
    names = calls_of(lambda: apply(track.parent, elsewhere))
    undo(elsewhere)
    last = len(names) - names[::-1].index("set_mtime")
    assert was_killed(killing(last, "before", lambda: apply(track.parent, folder)))
    assert track.stat().st_mtime_ns != date_ns
    (result,) = recovery.recover(folder)
    assert result.status is WriteStatus.WRITTEN
    assert track.stat().st_mtime_ns == date_ns


@needs_fork
@pytest.mark.parametrize("change", ["title", "cut", "appended", "one byte"])
def test_a_file_that_another_program_changed_is_not_taken_for_a_half_written_one(
    change, track, folder
):
    before = track.read_bytes()
    killed_half_way(track.parent, folder, step="reserve")  # all is prepared, nothing overwritten
    assert track.read_bytes() == before
    inode = track.stat().st_ino
    data = before
    at = data.index(b"Album")
    others = {
        "title": data.replace(b"Album", b"Rumba"),
        "cut": data[:-100],
        "appended": data + b"TAG" + bytes(125),
        "one byte": data[:at] + b"X" + data[at + 1 :],
    }
    with track.open("r+b") as stream:
        stream.write(others[change])
        stream.truncate()
    assert track.stat().st_ino == inode
    recovery.recover(folder)
    assert track.read_bytes() == others[change]


@needs_fork
def test_a_half_written_file_that_was_replaced_is_left_alone_and_its_old_content_named(
    track, folder, tmp_path
):
    before = track.read_bytes()
    killed_half_way(track.parent, folder)
    half = track.read_bytes()
    shutil.copy(track, tmp_path / "other")
    (tmp_path / "other").replace(track)
    (result,) = recovery.recover(folder)
    assert track.read_bytes() == half
    copies = [p for p in track.parent.iterdir() if p != track]
    (named,) = [p for p in copies if p.name in str(result.reason)]
    assert named.read_bytes() == before
    assert recovery.recover(folder) == ()


@needs_fork
@pytest.mark.parametrize("spoilt", ["changed", "changed where written over", "cut", "gone"])
def test_a_side_copy_that_is_not_whole_is_never_copied_back(spoilt, track, folder):
    before = track.read_bytes()
    killed_half_way(track.parent, folder)
    half = track.read_bytes()
    (side_copy,) = [p for p in track.parent.iterdir() if p != track and p.read_bytes() == before]
    kinds = {
        "changed": before[:-1] + b"x",
        "changed where written over": b"x" + before[1:],
        "cut": before[:-1],
    }
    if spoilt == "gone":
        side_copy.unlink()
    else:
        side_copy.write_bytes(kinds[spoilt])
    (result,) = recovery.recover(folder)
    assert result.status is WriteStatus.FAILED
    assert "left alone" in str(result.reason)
    assert track.read_bytes() == half


@needs_fork
def test_a_recovery_that_is_killed_before_it_set_the_date_sets_it_the_next_time(track, folder):
    before, date_ns = track.read_bytes(), track.stat().st_mtime_ns
    killed_half_way(track.parent, folder)

    def killed():
        fs.set_mtime = lambda *_: kill_self()
        recovery.recover(folder)

    assert was_killed(killed)
    assert track.read_bytes() == before
    assert track.stat().st_mtime_ns != date_ns
    (result,) = recovery.recover(folder)
    assert "as it was before" in str(result.reason)
    assert track.stat().st_mtime_ns == date_ns


def test_a_side_copy_that_is_spoilt_meanwhile_is_not_copied_back(track, folder, monkeypatch):
    before = track.read_bytes()
    write_all = fs._write_all

    def fail(stream, data):
        monkeypatch.setattr(fs, "_write_all", write_all)
        for copy in track.parent.glob(".gt-*"):
            if copy.read_bytes() == before:
                copy.write_bytes(before[:-1] + b"x")
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(fs, "_write_all", fail)
    (result,) = apply(track.parent, folder)
    assert result.status is WriteStatus.FAILED
    assert "only in part" in str(result.reason)
    assert track.read_bytes()[: len(before)] == before
    assert len(list(track.parent.iterdir())) == 3


@needs_fork
def test_a_half_written_file_that_is_away_is_put_right_when_it_is_back(track, folder, tmp_path):
    before = track.read_bytes()
    killed_half_way(track.parent, folder)
    away = track.rename(tmp_path / "away")
    (result,) = recovery.recover(folder)
    assert "is not there" in str(result.reason)
    (named,) = [p for p in track.parent.iterdir() if p.name in str(result.reason)]
    assert named.read_bytes() == before
    assert recovery.recover(folder) == ()
    away.rename(track)
    (result,) = recovery.recover(folder)
    assert "as it was before" in str(result.reason)
    assert track.read_bytes() == before
    assert list(track.parent.iterdir()) == [track]


@needs_fork
def test_a_file_that_is_gone_before_its_copy_was_whole_leaves_no_copy(track, folder, monkeypatch):
    def killed():
        fs.copy_attributes = lambda *_: kill_self()
        apply(track.parent, folder)

    assert was_killed(killed)
    track.unlink()
    assert len(list(track.parent.iterdir())) == 1
    (result,) = recovery.recover(folder)
    assert "is not there" in str(result.reason)
    assert list(track.parent.iterdir()) == []


def test_a_file_that_another_program_holds_is_not_written(track, folder):
    fcntl = pytest.importorskip("fcntl")
    before = track.read_bytes()
    with track.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        (result,) = apply(track.parent, folder)
    assert "another program" in str(result.reason)
    assert track.read_bytes() == before
    assert list(track.parent.iterdir()) == [track]


def test_a_file_that_changes_just_before_it_is_written_over_is_left_alone(
    track, folder, monkeypatch
):
    open_in_place = fs.open_in_place

    def late(path):
        with path.open("ab") as stream:
            stream.write(b"x")
        return open_in_place(path)

    before = track.read_bytes()
    monkeypatch.setattr(fs, "open_in_place", late)
    (result,) = apply(track.parent, folder)
    assert isinstance(result.reason, TrackChangedError)
    assert track.read_bytes() == before + b"x"
    assert list(track.parent.iterdir()) == [track]


def test_room_for_two_copies_is_looked_for(track, folder, monkeypatch):
    free = track.stat().st_size * 3 // 2 + (1 << 20)
    monkeypatch.setattr(fs, "free_bytes", lambda _: free)
    (result,) = apply(track.parent, folder)
    assert "too little free space" in str(result.reason)


@pytest.mark.logs_warnings
def test_a_copy_that_cannot_be_removed_is_removed_at_the_next_start(track, folder, monkeypatch):
    fail_at(monkeypatch, "remove", ever=True)
    (result,) = apply(track.parent, folder)
    assert result.status is WriteStatus.WRITTEN
    (settled,) = recovery.recover(folder)
    assert "cannot be removed yet" in str(settled.reason)
    monkeypatch.undo()
    (settled,) = recovery.recover(folder)
    assert settled.status is WriteStatus.WRITTEN
    assert list(track.parent.iterdir()) == [track]
    assert recovery.recover(folder) == ()


@needs_fork
def test_a_copy_that_no_record_names_is_left_alone(track, folder):
    """It may belong to a Genretagger with another journal."""
    killed_half_way(track.parent, folder)
    stranger = track.with_name(preconditions.make_copy_name())
    stranger.write_bytes(b"of somebody else")
    recovery.recover(folder)
    assert set(track.parent.iterdir()) == {track, stranger}


def half_written(tmp_path, content, *, old, new):
    """Return what is said of a file that holds `content`."""
    paths = []
    for name, data in (("old", old), ("new", new), ("found", content)):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    first, second, third = paths
    sha256 = hashlib.sha256(old).hexdigest()
    with third.open("rb") as stream:
        return in_place_write.is_half_written(stream, old=first, new=second, old_sha256=sha256)


def test_any_order_in_which_a_disk_writes_is_known(tmp_path, runs):
    choose = random.Random(20261126)
    for _ in range(runs(30, 500)):
        sizes = [choose.randrange(1, 5000) for _ in range(2)]
        old, new = (choose.randbytes(size) for size in sizes)
        size = choose.randint(min(sizes), max(sizes))
        padded = [data.ljust(size, b"\0") for data in (old, new)]
        content = b"".join(
            choose.choice(padded)[at : min(at + 512, size)] for at in range(0, size, 512)
        )
        assert half_written(tmp_path, content, old=old, new=new)
        torn = choose.randrange(size)
        assert half_written(tmp_path, padded[1][:torn] + padded[0][torn:], old=old, new=new)
        at = choose.randrange(size)
        strange = next(b for b in range(256) if b not in {data[at] for data in padded})
        other = content[:at] + bytes([strange]) + content[at + 1 :]
        assert not half_written(tmp_path, other, old=old, new=new)


def test_a_size_outside_the_two_is_no_half_written_file(tmp_path):
    old, new = b"a" * 1000, b"b" * 2000
    assert not half_written(tmp_path, old[:999], old=old, new=new)
    assert not half_written(tmp_path, new + b"\0", old=old, new=new)


def test_an_intent_of_an_older_program_is_read(track, folder):
    """Schema 1 had neither side copies nor dates."""
    apply(track.parent, folder)
    (log,) = journal.read_all(folder)
    stored = json.loads(records.encode_record(log.entries[0].intent)[18:])
    del stored["side_copy"], stored["mtime_ns"]
    data = json.dumps(stored).encode()
    older = records.decode_record(b"%08x %08x %s" % (len(data), zlib.crc32(data), data))
    assert (older.side_copy, older.mtime_ns) == (None, None)
    assert older.copies == (older.target.with_name(older.temporary),)


def test_attributes_are_compared(tmp_path):
    first, second = tmp_path / "one", tmp_path / "two"
    first.touch(mode=0o644)
    second.touch(mode=0o644)
    assert attributes.are_kept(first, second)
    second.chmod(0o600)
    assert not attributes.are_kept(first, second)


@pytest.mark.parametrize("mark", ["i", "a"])
@pytest.mark.parametrize("where", ["file", "folder"])
def test_a_marked_file_or_folder_is_refused_in_one_sentence(mark, where, music, folder):
    path = tagged_files.make(STATES[0], music)
    before = path.read_bytes()
    marked = path if where == "file" else music
    chattr = shutil.which("chattr")
    if chattr is None:
        pytest.skip("chattr is not installed")
    if subprocess.run([chattr, f"+{mark}", marked], capture_output=True, check=False).returncode:
        pytest.skip("this file system or user can mark no file")
    try:
        (result,) = apply(music, folder)
        assert result.status is WriteStatus.REFUSED
        assert "immutable or append-only" in str(result.reason)
        assert path.read_bytes() == before
        assert contents(music) == {path.name: before}
    finally:
        subprocess.run([chattr, f"-{mark}", marked], check=True)
