"""Disks that fail at any step, are full, or may not be written: the same verdict on all of them."""

import contextlib
import errno
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from genretagger.core.errors import JournalError
from genretagger.core.writes import WriteStatus
from genretagger.tagging.disk import fs
from genretagger.tagging.writing import recovery
from tests.helpers import tagged_files, write_helpers
from tests.helpers.invariants import (
    apply,
    calls_of,
    contents,
    disturbed,
    in_child,
    require_whole,
    undo,
    undone_to_the_end,
)

# What cannot be removed or synced is logged.
pytestmark = pytest.mark.logs_warnings
ERRORS = [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.EDQUOT]
DONE = {"apply": WriteStatus.WRITTEN, "undo": WriteStatus.RESTORED}
NOBODY = 65534
linked = pytest.mark.parametrize("linked", [False, True], ids=["swapped", "in place"])
works = pytest.mark.parametrize("work", ["apply", "undo"])


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


def old_and_new(music, folder):
    """Return the contents before and after a write, which is taken back."""
    old = contents(music)
    elsewhere = folder.parent / "elsewhere"
    assert {r.status for r in apply(music, elsewhere)} == {WriteStatus.WRITTEN}
    new = contents(music)
    undo(elsewhere)
    assert contents(music) == old
    return old, new


def doing(work, music, folder):
    """Return the results of a work, and the one sentence if it was stopped."""
    try:
        return (apply(music, folder) if work == "apply" else undo(folder)), ""
    except JournalError as error:
        return [], str(error)


@pytest.mark.parametrize("ever", [False, True], ids=["once", "for ever"])
@works
@linked
def test_an_error_at_any_step_leaves_the_old_or_the_new_file(
    linked, work, ever, music, tmp_path, folder, torture
):
    path = tagged_files.make("mp3 2.3 without padding", music)
    if linked:
        (tmp_path / "second name").hardlink_to(path)
    old, new = old_and_new(music, folder)
    n_calls = len(calls_of(lambda: apply(music, folder.parent / "elsewhere"), looking=torture))
    undo(folder.parent / "elsewhere")
    statuses = set()
    for nth in range(1, n_calls + 1):
        for code in ERRORS if torture else [ERRORS[nth % len(ERRORS)]]:
            if work == "undo":
                apply(music, folder)

            def fail(_name, count, moment, nth=nth, code=code):
                if moment == "before" and (count == nth or (ever and count > nth)):
                    raise OSError(code, os.strerror(code))

            with disturbed(fail, looking=torture):
                results, stopped = doing(work, music, folder)
            sentences = [stopped, *(str(r.reason) for r in results if r.reason)]
            assert all("Traceback" not in text and "\n" not in text for text in sentences)
            now = contents(music)[path.name]
            if [r.status for r in results] == [DONE[work]]:
                assert now == (new if work == "apply" else old)[path.name]
            elif any("it is unchanged" in text for text in sentences):
                assert now == (old if work == "apply" else new)[path.name]
            statuses |= {r.status for r in results} | ({JournalError} if stopped else set())
            require_whole(music, folder, old, new)
            undone_to_the_end(folder)
            assert contents(music) == old
    assert {WriteStatus.FAILED, JournalError} <= statuses
    assert not linked or (tmp_path / "second name").samefile(path)


@contextlib.contextmanager
def mounted(mount_point, *, size_bytes):
    """Mount a small file system in memory at `mount_point`; skip where that is not allowed."""
    mount = shutil.which("mount")
    if mount is None:
        pytest.skip("this system has no mount")
    mount_point.mkdir(exist_ok=True)
    options = f"size={size_bytes}"
    call = [mount, "-t", "tmpfs", "-o", options, "none", mount_point]
    if subprocess.run(call, capture_output=True, check=False).returncode:
        pytest.skip("only a process with CAP_SYS_ADMIN can mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", mount_point], check=True)


def fill(folder, *, but=0):
    """Fill a disk up to its last page; return the file that fills it."""
    filler = folder / "filler"
    with filler.open("ab", buffering=0) as stream, contextlib.suppress(OSError):
        while stream.write(bytes(4096)):
            pass
    os.truncate(filler, max(filler.stat().st_size - but, 0))
    return filler


@works
@linked
def test_a_disk_that_fills_up_at_any_step_leaves_the_old_or_the_new_file(
    linked, work, tmp_path, folder, torture
):
    disk = tmp_path / "disk"
    with mounted(disk, size_bytes=3 << 20):
        music = disk / "music"
        music.mkdir()
        path = tagged_files.make("mp3 2.3 without padding", music)
        if linked:
            (disk / "second name").hardlink_to(path)
        old, new = old_and_new(music, folder)
        names = calls_of(lambda: apply(music, folder.parent / "elsewhere"), looking=torture)
        undo(folder.parent / "elsewhere")
        statuses = set()
        for nth in range(1, len(names) + 1):
            if work == "undo":
                apply(music, folder)

            def fill_up(_name, count, moment, nth=nth):
                if (count, moment) == (nth, "before"):
                    fill(disk)

            with disturbed(fill_up, looking=torture):
                results, stopped = doing(work, music, folder)
            require_whole(music, folder, old, new)  # the disk is still full
            (disk / "filler").unlink(missing_ok=True)
            statuses |= {r.status for r in results}
            assert not stopped  # the journal is on another disk
            undone_to_the_end(folder)
            assert contents(music) == old
        assert {WriteStatus.FAILED, DONE[work]} <= statuses


@linked
def test_each_amount_of_free_space_is_enough_or_refused_in_one_sentence(
    linked, tmp_path, folder, monkeypatch, torture
):
    disk = tmp_path / "disk"
    monkeypatch.setattr(fs, "free_bytes", lambda _: 1 << 30)  # only the disk itself says no
    with mounted(disk, size_bytes=3 << 20):
        music = disk / "music"
        music.mkdir()
        path = tagged_files.make("mp3 2.3 without padding", music)
        if linked:
            (disk / "second name").hardlink_to(path)
        old, new = old_and_new(music, folder)
        statuses = set()
        for n_pages in range(0, 32, 1 if torture else 3):
            fill(disk, but=n_pages * 4096)
            (result,) = apply(music, folder)
            statuses.add(result.status)
            if result.status is WriteStatus.FAILED:
                assert "is full" in str(result.reason)
            require_whole(music, folder, old, new)
            (disk / "filler").unlink()
            undone_to_the_end(folder)
            assert contents(music) == old
    assert statuses == {WriteStatus.FAILED, WriteStatus.WRITTEN}


def test_a_read_only_file_system_is_one_sentence(tmp_path, folder):
    disk = tmp_path / "disk"
    with mounted(disk, size_bytes=3 << 20):
        path = tagged_files.make("mp3 2.3 text", disk)
        apply(disk, folder)
        before = contents(disk)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        for results in (apply(disk, folder, genres=("Rock",)), undo(folder)):
            (result,) = results
            assert result.status is WriteStatus.REFUSED
            assert "mounted read-only" in str(result.reason)
            assert str(path) in str(result.reason)
        assert contents(disk) == before


def test_a_file_system_without_attributes_is_swapped(tmp_path, folder, monkeypatch):
    """All files show the same owner and mode there, whatever is asked for."""
    disk = tmp_path / "disk"
    image = tmp_path / "image"
    tool = shutil.which("mkfs.vfat") or shutil.which("mkfs.fat")
    if tool is None:
        pytest.skip("mkfs.vfat is not installed")
    with image.open("wb") as stream:
        stream.truncate(4 << 20)
    subprocess.run([tool, image], check=True, capture_output=True)
    disk.mkdir()
    call = ["mount", "-o", "loop,uid=1234,umask=0", image, disk]
    if subprocess.run(call, capture_output=True, check=False).returncode:
        pytest.skip("only a process with CAP_SYS_ADMIN can mount a file system")
    try:
        path = tagged_files.make("mp3 2.3 text", disk)
        before, inode = path.read_bytes(), path.stat().st_ino
        assert [r.status for r in apply(disk, folder)] == [WriteStatus.WRITTEN]
        assert path.stat().st_ino != inode
        assert [r.status for r in undo(folder)] == [WriteStatus.RESTORED]
        assert path.read_bytes() == before
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)


def as_nobody(work):
    """Return the text that `work` returns in a process without rights."""
    reading, writing = os.pipe()

    def child():
        os.close(reading)
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        try:
            text = str(work())
        except BaseException as error:  # noqa: BLE001
            text = f"raised {error!r}"
        os.write(writing, text.encode())

    pid = in_child(child)
    os.close(writing)
    with os.fdopen(reading) as stream:
        text = stream.read()
    os.waitpid(pid, 0)
    return text


@pytest.fixture
def public():
    """Return a folder that everybody can reach; pytest's own belong to one user only."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


def write_as_nobody(public, path, *, then_undo=False):
    """Return the words of the result of a write by somebody without rights, and of its undo."""
    folder = public / "journal"

    def work():
        result = write_helpers.write(path, "Blues", folder=folder)
        words = [result.status.value, str(result.reason)]
        if then_undo:
            words += [r.status.value for r in undo(folder)]
        return words

    return as_nobody(work)


@needs_root
@pytest.mark.parametrize("protected", ["file", "folder"])
def test_somebody_without_rights_is_told_so_in_one_sentence(protected, public):
    music = public / "music"
    music.mkdir(mode=0o777)
    music.chmod(0o777)
    path = tagged_files.make("mp3 2.3 text", music)
    before = path.read_bytes()
    path.chmod(0o644 if protected == "file" else 0o666)
    music.chmod(0o755 if protected == "folder" else 0o777)
    words = write_as_nobody(public, path)
    assert "write-protected" in words
    assert path.read_bytes() == before
    assert list(music.iterdir()) == [path]


@needs_root
def test_a_file_of_somebody_else_keeps_its_owner(public):
    music = public / "music"
    music.mkdir()
    music.chmod(0o777)
    path = tagged_files.make("mp3 2.3 text", music)
    path.chmod(0o666)
    before, status = path.read_bytes(), path.stat()
    words = write_as_nobody(public, path, then_undo=True)
    assert "written" in words
    assert "restored" in words
    now = path.stat()
    assert (now.st_uid, now.st_gid, now.st_mode) == (status.st_uid, status.st_gid, status.st_mode)
    assert now.st_ino == status.st_ino
    assert path.read_bytes() == before
    assert list(music.iterdir()) == [path]


@needs_root
def test_a_group_that_cannot_be_given_is_kept(public):
    music = public / "music"
    music.mkdir()
    music.chmod(0o777)
    path = tagged_files.make("mp3 2.3 text", music)
    os.chown(path, NOBODY, 0)
    path.chmod(0o664)
    before = path.read_bytes()
    words = write_as_nobody(public, path, then_undo=True)
    assert "written" in words
    assert "restored" in words
    assert (path.stat().st_uid, path.stat().st_gid) == (NOBODY, 0)
    assert path.read_bytes() == before


@needs_root
def test_a_folder_that_cannot_be_read_but_written_is_written_to(public):
    music = public / "music"
    music.mkdir()
    path = tagged_files.make("mp3 2.3 text", music)
    os.chown(path, NOBODY, NOBODY)
    music.chmod(0o733)
    before = path.read_bytes()
    words = write_as_nobody(public, path, then_undo=True)
    assert "written" in words, words
    assert "restored" in words, words
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["-rf.mp3", " a .mp3", "two\nlines\r.mp3", "a\\b'\"*?.mp3"])
def test_a_strange_name_is_written_and_restored(name, music, folder):
    path = tagged_files.make("mp3 2.3 text", music).rename(music / name)
    before = path.read_bytes()
    assert [r.status for r in apply(music, folder)] == [WriteStatus.WRITTEN]
    assert [r.status for r in undo(folder)] == [WriteStatus.RESTORED]
    assert path.read_bytes() == before


@pytest.mark.parametrize("length", [4060, 4080, 4094])
@linked
def test_a_path_as_long_as_may_be_is_written_or_refused_in_one_sentence(
    linked, length, music, folder, tmp_path
):
    sample = tagged_files.make("mp3 2.3 text", tmp_path)
    before = sample.read_bytes()
    here = os.open(music, os.O_RDONLY)
    path = music
    try:  # step by step, as no call takes so long a path
        while len(os.fsencode(path)) + 260 < length - 6:
            path /= "d" * 250
            os.mkdir("d" * 250, dir_fd=here)
            deeper = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
        rest = length - len(os.fsencode(path)) - 2 - len("a.mp3")
        path = path / ("e" * min(rest, 250)) / "a.mp3"
        os.mkdir(path.parent.name, dir_fd=here)
        deeper = os.open(path.parent.name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
        os.link(sample, "a.mp3", dst_dir_fd=here)
        if not linked:
            sample.unlink()
        result = apply_one(path, folder)
        if result.status is WriteStatus.WRITTEN:
            assert [r.status for r in undo(folder)] == [WriteStatus.RESTORED]
        else:
            assert "leaves no room" in str(result.reason)
            assert recovery.recover(folder) == ()
        assert os.listdir(here) == ["a.mp3"]  # noqa: PTH208
        with os.fdopen(os.open("a.mp3", os.O_RDONLY, dir_fd=here), "rb") as stream:
            assert stream.read() == before
    finally:
        os.close(here)


def apply_one(path, folder):
    return write_helpers.write(path, "Blues", folder=folder)
