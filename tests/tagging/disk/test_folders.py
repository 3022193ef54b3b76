"""The threads of one batch share the lock of a folder; any other batch is kept out."""

import errno
import os
from pathlib import Path

import pytest

from genretagger.core.errors import TagWriteError
from genretagger.tagging.disk import fs, retry
from genretagger.tagging.disk.folders import Folders

pytest.importorskip("fcntl")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(retry, "sleep", lambda _: None)


@pytest.fixture
def files(tmp_path):
    return [tmp_path / name for name in ("a.mp3", "b.mp3")]


def is_free(file):
    """Return whether another batch may write beside `file`."""
    try:
        with Folders().hold(file, path=file):
            return True
    except TagWriteError as error:
        return error.key != "file-in-use"


def test_a_folder_is_held_until_the_last_of_its_files_is_written(files):
    ours = Folders()
    first, second = (ours.hold(file, path=file) for file in files)
    with second:
        with first:
            assert not is_free(files[0])
        assert not is_free(files[0])
    assert is_free(files[0])


def test_a_folder_is_held_once_whatever_it_is_called(files):
    """`/proc/self/root` gives a folder a second path, as a bind mount does."""
    by_process = Path("/proc/self/root", *files[1].parts[1:])
    if not by_process.parent.is_dir():
        pytest.skip("this system shows no root of a process")
    ours = Folders()
    with ours.hold(files[0], path=files[0]):
        with ours.hold(by_process, path=by_process):
            assert not is_free(files[0])
        assert not is_free(by_process)
    assert is_free(files[0])


def test_a_folder_that_another_batch_holds_is_refused_and_can_be_had_later(files):
    theirs, ours = Folders(), Folders()
    with theirs.hold(files[0], path=files[0]):
        for _ in range(2):
            with pytest.raises(TagWriteError), ours.hold(files[1], path=files[1]):
                pass
    with ours.hold(files[1], path=files[1]):
        assert not is_free(files[0])


def test_a_folder_is_synced_by_its_own_call(files, monkeypatch):
    synced = []
    monkeypatch.setattr(fs, "sync_folder", synced.append)
    with Folders().hold(files[0], path=files[0]) as sync:
        sync.run()
    assert synced == [files[0].parent]


def test_a_folder_that_cannot_be_synced_says_so(files, monkeypatch):
    def fail(_folder):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(fs, "sync_folder", fail)
    with Folders().hold(files[0], path=files[0]) as sync, pytest.raises(OSError, match="error"):
        sync.run()
