"""The folders that were opened last, which of them are away, and where to look for another."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal

from genretagger.gui.jobs.job_runner import DaemonExecutor, TaskQueue
from genretagger.gui.shell.window_state import WindowState

_RECENT = "recent"  # a key of the window's state
_MOST_RECENT = 10


class RecentFolders(QObject):
    """Remembers folders and files that were opened, the last one first.

    Attributes
    ----------
    away : frozenset of Path
        Those that were not there when `look` looked.
    """

    changed = Signal()

    def __init__(self, window_state: WindowState, parent: QObject) -> None:
        super().__init__(parent)
        self.away: frozenset[Path] = frozenset()
        self._window_state = window_state
        # A look at a disk that hangs may never end.
        self._looks = TaskQueue(self, pool=DaemonExecutor("genretagger-recent"))

    def paths(self) -> Sequence[Path]:
        """Return the remembered paths, the last one first."""
        return self._window_state.paths(_RECENT)

    def add(self, paths: Iterable[Path]) -> None:
        """Put paths in front of those that are remembered."""
        recent = dict.fromkeys((*paths, *self.paths()))
        self._keep(islice(recent, _MOST_RECENT))

    def remove(self, path: Path) -> None:
        """Forget a path."""
        self._keep(other for other in self.paths() if other != path)

    def look(self) -> None:
        """Find out which paths are away, off the GUI thread."""
        paths = self.paths()
        if paths:
            self._looks.run(lambda: find_away(paths), then=self._take)

    def start_folder(self) -> Path:
        """Return where to look for a folder: beside the last one, else where music is kept."""
        for path in self.paths():
            if path not in self.away:
                return path.parent
        return music_folder()

    def close(self) -> None:
        """Stop looking."""
        self._looks.shutdown()

    def _keep(self, paths: Iterable[Path]) -> None:
        self._window_state.set_paths(_RECENT, paths)
        self.changed.emit()

    def _take(self, away: frozenset[Path]) -> None:
        if away != self.away:
            self.away = away
            self.changed.emit()


def find_away(paths: Iterable[Path]) -> frozenset[Path]:
    """Return those of `paths` that are not there, or on a disk that is not."""
    return frozenset(path for path in paths if not os.path.exists(path))  # noqa: PTH110 - never raises


def music_folder() -> Path:
    """Return the system's folder of music, the home folder where there is none."""
    music = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
    folder = Path(music)
    return folder if music and folder.is_dir() else Path.home()
