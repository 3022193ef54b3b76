"""Notices files that are new in folders, once they have stopped growing.

Knows nothing of how a system tells of changes: whoever watches looks again after each pause, and
sooner if told.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from genretagger.core.events import Failure
from genretagger.library.leaving_out import LeftOutNames
from genretagger.library.scan import FoundFile, walk

# A program that copies or downloads writes more often than this, also over a slow network, or ends.
QUIET_S: Final = 5.0
# A library on a slow disk takes minutes to look through: at most a twentieth of the time is spent
# looking.
_PAUSES_PER_LOOK: Final = 19
# A disk that is away for longer is heard anew when it is back, from the store.
_FORGET_AFTER_S: Final = 7 * 24 * 3600
_NS: Final = 1_000_000_000


@dataclass(slots=True)
class _Watched:
    """What is known of a file: its state, since when it has that, and when it was last there."""

    state: tuple[int, int]
    since_s: float
    last_s: float
    is_settled: bool = False


class Settling:
    """Tells which files are new or changed and have not grown for a while.

    A file has settled if size and modification time are the same for `quiet_s`. What the first look
    meets has its modification time as proof, and need not wait. Access rights and names do not
    count: only another size or time makes a known file new again.

    Parameters
    ----------
    quiet_s : float
        How long a file must stay as it is, in seconds.
    clock : Callable[[], float]
        The time in seconds since 1970, as files have it.
    """

    def __init__(self, *, quiet_s: float, clock: Callable[[], float]) -> None:
        self._quiet_s, self._clock = quiet_s, clock
        self._files: dict[Path, _Watched] = {}
        self._is_first = True
        self.n_growing = 0

    def look(self, files: Iterable[FoundFile]) -> tuple[FoundFile, ...]:
        """Return those of `files`, all that are there now, that have settled since the last look.

        `n_growing` is then the number of those that still have to.
        """
        now_s, settled = self._clock(), []
        self.n_growing = 0
        for file in files:
            watched = self._watched(file, now_s)
            if watched.is_settled:
                continue
            # A clock that was put back would keep a file waiting for long.
            watched.since_s = min(watched.since_s, now_s)
            watched.is_settled = now_s - watched.since_s >= self._quiet_s
            if watched.is_settled:
                settled.append(file)
            else:
                self.n_growing += 1
        self._is_first = False
        self._forget(now_s)
        return tuple(settled)

    def _watched(self, file: FoundFile, now_s: float) -> _Watched:
        state, watched = file.stamp.size_and_time, self._files.get(file.path)
        if watched is None or watched.state != state:
            since_s = file.stamp.mtime_ns / _NS if self._is_first else now_s
            watched = self._files[file.path] = _Watched(state, since_s, now_s)
        watched.last_s = now_s
        return watched

    def _forget(self, now_s: float) -> None:
        """Forget files that have been away for long; a disk that comes back is no news."""
        away = [
            path
            for path, watched in self._files.items()
            if now_s - watched.last_s > _FORGET_AFTER_S
        ]
        for path in away:
            del self._files[path]


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at watched folders found.

    settled : files that are new or changed and have stopped growing
    failures : files and folders that could not be read
    left_out : names that were left out
    folders : folders that were listed
    took_s : how long the look took, in seconds
    pause_s : how long to wait before the next look, unless a change is noticed, in seconds
    """

    settled: tuple[FoundFile, ...]
    failures: tuple[Failure, ...]
    left_out: LeftOutNames
    folders: tuple[Path, ...]
    took_s: float
    pause_s: float


class FolderWatch:
    """Looks at folders again and again; each look walks them all.

    Parameters
    ----------
    rescan_s : float
        The pause between two looks if nothing grows, in seconds; longer for slow folders.
    quiet_s, clock
        See `Settling`.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        *,
        rescan_s: float,
        skip_hidden: bool = True,
        quiet_s: float = QUIET_S,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folders = tuple(folders)
        self._rescan_s, self._quiet_s = rescan_s, quiet_s
        self._skip_hidden = skip_hidden
        self._settling = Settling(quiet_s=quiet_s, clock=clock)

    def look(self, cancel: threading.Event) -> Look:
        """Return what is to be heard now.

        Raises
        ------
        Cancelled
            `cancel` was set.
        """
        began_s = time.monotonic()
        files: list[FoundFile] = []
        failures: list[Failure] = []
        folders: list[Path] = []
        left_out = LeftOutNames()
        for item in walk(
            self._folders, skip_hidden=self._skip_hidden, entered=folders, cancel=cancel
        ):
            match item:
                case FoundFile():
                    files.append(item)
                case Failure():
                    failures.append(item)
                case LeftOutNames():
                    left_out = item
        settled = self._settling.look(files)
        took_s = time.monotonic() - began_s
        pause_s = self._pause_s(took_s)
        return Look(settled, tuple(failures), left_out, tuple(folders), took_s, pause_s)

    def _pause_s(self, took_s: float) -> float:
        # Half of it, or a timer that fires a little early would cost a file one wait more.
        least_s = self._quiet_s / 2 if self._settling.n_growing else self._rescan_s
        return max(least_s, _PAUSES_PER_LOOK * took_s)
