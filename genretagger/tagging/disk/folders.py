"""The music folders that one batch writes in: their locks and syncs, shared by its threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
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
        self._held: dict[Path, _HeldFolder] = {}

    @contextmanager
    def hold(self, target: Path, *, path: Path) -> Iterator[SharedCall]:
        """Hold the lock on the folder of `target`, as `lock.lock_folder`; yield the folder's sync.

        Raises
        ------
        TagWriteError
            Another process writes in this folder; `path` is how the user names the file.
        """
        folder = target.parent
        with self._guard:
            held = self._held.setdefault(folder, _HeldFolder(folder))
            held.n_users += 1
        try:
            with held.locking:
                if held.stack is None:
                    with ExitStack() as stack:
                        stack.enter_context(lock.lock_folder(target, path=path))
                        held.stack = stack.pop_all()
            yield held.sync
        finally:
            self._leave(folder, held)

    def _leave(self, folder: Path, held: _HeldFolder) -> None:
        with self._guard:
            held.n_users -= 1
            if held.n_users:
                return
            del self._held[folder]
            if held.stack is not None:  # freed before anybody can ask for it anew
                held.stack.close()
