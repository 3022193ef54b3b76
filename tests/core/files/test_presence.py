"""What is at a path is told without an exception, whatever the system says."""

from __future__ import annotations

import errno
import os

import pytest

from genretagger.core.files.presence import absence_of, is_folder

_LONG_NAME = "a" * 300  # ENAMETOOLONG, which Path.is_dir does not ignore


def test_what_is_there_is_there(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    assert is_folder(tmp_path)
    assert absence_of(tmp_path) is None
    assert not is_folder(tmp_path / "link")
    assert absence_of(tmp_path / "link") is None


def test_what_is_not_there_is_missing(tmp_path):
    (tmp_path / "file").touch()
    for path in (tmp_path / "nothing", tmp_path / "file" / "below", tmp_path / "a\0b"):
        assert not is_folder(path)
        assert absence_of(path).key == "path-missing"


def test_a_path_that_the_system_cannot_follow_is_unreadable_with_its_reason(tmp_path):
    path = tmp_path / _LONG_NAME
    assert not is_folder(path)
    assert absence_of(path).values["reason"] == "File name too long"


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOTCONN, errno.ESTALE, errno.EIO])
def test_a_disk_that_broke_is_unreadable(tmp_path, monkeypatch, number):
    def fail(path, **_named):
        raise OSError(number, os.strerror(number), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", fail)
        patch.setattr(os, "lstat", fail)
        is_one, absence = is_folder(tmp_path), absence_of(tmp_path)
    assert not is_one
    assert (absence.key, absence.values["reason"]) == ("folder-unreadable", os.strerror(number))
