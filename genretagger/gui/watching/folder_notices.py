"""Tells when names come or go in folders, where the system tells of it: not on network disks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QStorageInfo, Signal

# Taken on the GUI thread: 45 ms for so many, measured. Each takes one of the 8,192 watches that
# older kernels allow a user (inotify(7), max_user_watches), which other programs need too.
_MOST: Final = 2048
# Disks on which another machine may change names without a word to this one: mount(8), and what
# macOS calls them. Most of fuse(8) are network disks, too (sshfs, rclone); fuseblk is a local disk.
_REMOTE: Final = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs"),
        *("lustre", "davfs", "afpfs", "webdav"),
    )
)


class FolderNotices(QObject):
    """Tells of changes in the folders that it follows, but not of files that grow."""

    noticed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watcher: QFileSystemWatcher | None = None  # it takes handles of the system

    def follow(self, folders: Iterable[Path]) -> None:
        """Tell of changes in `folders` from now on, and of no others."""
        asked = {str(folder) for folder in folders}
        if self._watcher is None:
            if not asked:
                return
            self._watcher = QFileSystemWatcher(self)
            self._watcher.directoryChanged.connect(self.noticed)
        followed = set(self._watcher.directories())
        if gone := followed - asked:
            self._watcher.removePaths(list(gone))
        if new := asked - followed:
            self._watcher.addPaths(list(new))


def folders_to_follow(folders: Iterable[Path], roots: Sequence[Path]) -> tuple[Path, ...]:
    """Return which of `folders`, which lie below `roots`, the system tells of; asks the disk.

    Of very many those nearest to the root: most often new albums come there.
    """
    remote = [root for root in roots if _is_remote(root)]
    local = [
        folder
        for folder in folders
        if _is_text(folder) and not any(map(folder.is_relative_to, remote))
    ]
    return tuple(sorted(local, key=lambda folder: len(folder.parts))[:_MOST])


def _is_remote(folder: Path) -> bool:
    if folder.drive.startswith("\\\\"):  # a share of Windows
        return True
    kind = bytes(QStorageInfo(str(folder)).fileSystemType().data()).decode(errors="replace")
    return kind in _REMOTE or kind.startswith("fuse.")


def _is_text(folder: Path) -> bool:
    """Return whether Qt can name a folder: on Linux a name may hold any bytes."""
    try:
        str(folder).encode()
    except UnicodeEncodeError:
        return False
    return True
