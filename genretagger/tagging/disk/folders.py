"""The music folders that one batch writes in: their locks and syncs, shared by its threads."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from genretagger.tagging.disk import fs, lock
from genretagger.tagging.disk.shared_call import SharedCall


class _HeldFolder:
    """A folder in which some threads write: its lock is taken by the first, freed by the last."""

    def __init__(self, folder: Path) -> None:
        self.n_users = 0
        self.locking = threading.Lock()
        self.stack: ExitStack | None = None  # holds the lock
        # Looked up at each call: tests replace it.
        self.sync = SharedCall(lambda: fs.sync_folder(folder))


class Folders:
    """The folders of the files that are written just now."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held: dict[Hashable, _HeldFolder] = {}

    @contextmanager
    def hold(self, target: Path, *, path: Path) -> Iterator[SharedCall]:
        """Hold the lock on the folder of `target`, as `lock.lock_folder`; yield the folder's sync.

        Raises
        ------
        TagWriteError
            Another process writes in this folder; `path` is how the user names the file.
        """
        folder = target.parent
        identity = _identity_of(folder)
        with self._guard:
            held = self._held.setdefault(identity, _HeldFolder(folder))
            held.n_users += 1
        try:
            with held.locking:
                if held.stack is None:
                    with ExitStack() as stack:
                        stack.enter_context(lock.lock_folder(target, path=path))
                        held.stack = stack.pop_all()
            yield held.sync
        finally:
            self._leave(identity, held)

    def _leave(self, identity: Hashable, held: _HeldFolder) -> None:
        with self._guard:
            held.n_users -= 1
            if held.n_users:
                return
            del self._held[identity]
            if held.stack is not None:  # freed before anybody can ask for it anew
                held.stack.close()


def _identity_of(folder: Path) -> Hashable:
    """Return what a folder is known by under all its paths: bind mounts give it more than one."""
    try:
        status = folder.stat()
    except OSError:
        return folder
    return status.st_dev, status.st_ino
