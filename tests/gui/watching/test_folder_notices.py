"""Notices of the system: asked for few folders, on local disks, and for no others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QFileSystemWatcher, QObject

from genretagger.gui.watching import folder_notices
from genretagger.gui.watching.folder_notices import FolderNotices, folders_to_follow


@pytest.fixture
def notices(qapp):
    parent = QObject()
    return FolderNotices(parent), parent


def followed(parent):
    return [
        Path(folder)
        for watcher in parent.findChildren(QFileSystemWatcher)
        for folder in watcher.directories()
    ]


def test_only_the_folders_asked_for_last_are_followed(notices, tmp_path, qtbot):
    made, parent = notices
    made.follow(())
    assert parent.findChildren(QFileSystemWatcher) == []
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
    made.follow(folders[:2])
    assert sorted(followed(parent)) == folders[:2]
    made.follow(folders[1:])
    assert sorted(followed(parent)) == folders[1:]
    with qtbot.waitSignal(made.noticed):
        (folders[2] / "a.flac").touch()
    made.follow(())
    assert followed(parent) == []


def test_of_many_folders_those_nearest_to_the_root_are_followed(tmp_path, monkeypatch):
    deep, shallow = tmp_path / "artist" / "album", tmp_path / "artist"
    monkeypatch.setattr(folder_notices, "_MOST", 2)
    assert folders_to_follow([deep, tmp_path, shallow], [tmp_path]) == (tmp_path, shallow)


@pytest.mark.parametrize(
    ("kind", "is_followed"),
    [("ext4", True), ("fuseblk", True), ("apfs", True), ("nfs4", False), ("fuse.sshfs", False)],
)
def test_network_disks_are_not_followed(tmp_path, monkeypatch, kind, is_followed):
    class Disk:
        def __init__(self, path):
            self.path = path

        def fileSystemType(self):  # noqa: N802 - Qt's
            return QByteArray(kind if self.path.endswith("share") else "ext4")

    monkeypatch.setattr(folder_notices, "QStorageInfo", Disk)
    share, local = tmp_path / "share", tmp_path / "local"
    asked = [share, share / "album", local]
    expected = (share, local, share / "album") if is_followed else (local,)
    assert folders_to_follow(asked, [share, local]) == expected


def test_a_name_that_is_no_text_is_left_to_the_rescan(tmp_path):
    odd = tmp_path / os.fsdecode(b"caf\xe9")
    assert folders_to_follow([tmp_path, odd], [tmp_path]) == (tmp_path,)
