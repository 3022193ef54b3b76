"""Hears what comes into folders, for as long as it is not stopped; writes nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Final

from genretagger.core.errors import Cancelled
from genretagger.core.events import Failure, UnreadableFolder
from genretagger.library.watching import QUIET_S, FolderWatch, Look
from genretagger.pipeline.analysing import analyse
from genretagger.pipeline.context import Context
from genretagger.pipeline.stream import Analysis

# The window is told of new files by the system, and rescans for network disks only.
_RESCAN_TOLD_S: Final = 60.0
_RESCAN_UNTOLD_S: Final = 10.0
_CANCEL_CHECK_S: Final = 0.2


def folder_watch(folders: Sequence[Path], *, context: Context) -> FolderWatch:
    """Return what notices new files in `folders`, for somebody whom the system tells of changes."""
    skip_hidden = context.settings.skip_hidden_folders
    return FolderWatch(folders, rescan_s=_RESCAN_TOLD_S, skip_hidden=skip_hidden)


def watch(
    folders: Sequence[Path],
    *,
    context: Context,
    cancel: threading.Event,
    use_cache: bool = True,
    rescan_s: float = _RESCAN_UNTOLD_S,
    quiet_s: float = QUIET_S,
) -> Generator[Analysis, None, None]:
    """Hear what is in `folders`, and whatever comes or changes later once it has stopped growing.

    Yields what `analyse` yields. A failure that lasts is told once. Close the generator if you do
    not read it on, because its processes run until then.

    Raises
    ------
    ModelError
        The model cannot be loaded.
    StoreError
        Results cannot be stored.
    Cancelled
        `cancel` was set; it never ends by itself.
    """
    skip_hidden = context.settings.skip_hidden_folders
    watched = FolderWatch(folders, rescan_s=rescan_s, quiet_s=quiet_s, skip_hidden=skip_hidden)
    told: set[tuple[Path, str]] = set()
    is_first = True
    while not cancel.is_set():
        look = watched.look(cancel)
        if is_first and look.left_out:
            yield look.left_out
        yield from _news(look, told)
        if look.settled:
            paths = [file.path for file in look.settled]
            yield from analyse(paths, context=context, cancel=cancel, use_cache=use_cache, anew=())
        is_first = False
        _rest(look.pause_s, cancel)
    raise Cancelled


def _rest(pause_s: float, cancel: threading.Event) -> None:
    """Sleep for `pause_s` seconds, or until `cancel` is set.

    Not by `cancel.wait`: Ctrl-C sets `cancel` on this same thread, and would hang where it
    interrupts a wait that holds the lock of the event (`threading.Condition` in CPython).
    """
    end_s = time.monotonic() + pause_s
    while not cancel.is_set() and (left_s := end_s - time.monotonic()) > 0:
        time.sleep(min(left_s, _CANCEL_CHECK_S))


def _news(look: Look, told: set[tuple[Path, str]]) -> Generator[Failure, None, None]:
    """Yield the failures that were not there at the last look; `told` are those, and is renewed."""
    now = {(failure.path, failure.error.key): failure for failure in look.failures}
    for (path, key), failure in now.items():
        if (path, key) not in told:
            is_away = key == "path-missing"  # a folder that was there when the watch began
            yield Failure(path, UnreadableFolder(path).error()) if is_away else failure
    told.clear()
    told.update(now)
