"""Watches shown folders for new tracks, and has them heard and put among the shown ones.

It begins nothing while the user decides in a dialog or another job runs, and never writes.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from genretagger.core.file_kinds import AUDIO_SUFFIXES
from genretagger.gui.jobs.job_outcome import JobOutcome, Task
from genretagger.gui.jobs.job_runner import DaemonExecutor, TaskQueue
from genretagger.gui.shell.actions import WATCH
from genretagger.gui.shell.feature import Feature, FeatureContext
from genretagger.gui.watching.folder_notices import FolderNotices, folders_to_follow
from genretagger.gui.widgets.persistent_menu import PersistentMenu
from genretagger.gui.widgets.texts import numbered_text, path_text, tooltip
from genretagger.review.rows.rescan import is_news
from genretagger.review.rows.row import Row

if TYPE_CHECKING:  # the package loads decoder and tag library
    from genretagger.library.scan import FoundFile
    from genretagger.library.watching import FolderWatch
    from genretagger.pipeline import Started

_GAP: Final = 12  # to the counts beside the label, in pixels
_WATCHED: Final = "watched"  # a key of the window's state
_SOON_MS: Final = 1000  # a program that copies an album makes many notices
_PAUSES_AFTER_NOTICE: Final = 4  # of a look's length, where notices come without end


@dataclass(frozen=True, slots=True)
class _Seen:
    """What came, which of the watched folders are away, and which folders the system tells of.

    took_s, pause_s : as in `Look`
    """

    came: tuple[FoundFile, ...]
    away: tuple[Path, ...]
    to_follow: tuple[Path, ...]
    took_s: float
    pause_s: float


class WatchFeature(Feature):
    """Looks at the watched folders after each pause, and soon after a notice of the system."""

    def __init__(self, context: FeatureContext) -> None:
        super().__init__(context)
        self._action = context.actions.make(
            WATCH, self.tr("&Watch for new tracks"), self.tr("Watch")
        )
        self._menu = PersistentMenu(context.window)
        self._menu.setObjectName("watchMenu")
        self._action.setMenu(self._menu)
        self._label = QLabel()
        self._label.setObjectName("watchingLabel")
        self._label.setIndent(_GAP)
        context.keep_in_sight(self._label)
        self._shown: tuple[Path, ...] | None = None  # the folders in the menu
        self._watched: tuple[Path, ...] = ()
        self._away: tuple[Path, ...] = ()
        self._watch: FolderWatch | None = None
        self._is_first_look = self._was_stopped = self._is_looking = False
        self._skips_hidden = True
        self._soon_ms = _SOON_MS
        self._noticed: tuple[FoundFile, ...] = ()
        self._cancel = threading.Event()
        # A look at a disk that hangs may never end.
        self._looks = TaskQueue(self, pool=DaemonExecutor("genretagger-look"))
        self._looks.failed.connect(self._on_failed)
        self._notices = FolderNotices(self)
        self._notices.noticed.connect(self._look_soon)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        context.controller.renewed.connect(self._renew)
        context.controller.ended.connect(self._on_ended)
        self.refresh_on(context.job_changed)
        self._say()

    def refresh_actions(self) -> None:
        paths = self._context.controller.paths
        folders = tuple(path for path in paths if path.suffix.lower() not in AUDIO_SUFFIXES)
        if folders != self._shown:
            self._shown = folders
            self._fill_menu(folders)
            self._follow()

    # What is watched

    def _fill_menu(self, folders: tuple[Path, ...]) -> None:
        self._menu.clear()
        chosen = self._context.window_state.paths(_WATCHED)
        for number, folder in enumerate(folders, 1):
            action = self._menu.addAction(numbered_text(folder, number))
            action.setObjectName(f"watchFolder{number}Action")
            action.setToolTip(tooltip(path_text(folder)))
            action.setCheckable(True)
            action.setStatusTip(self._explanation())
            action.setChecked(folder in chosen)
            action.toggled.connect(partial(self._choose, folder))
        self._action.setEnabled(bool(folders))

    def _choose(self, folder: Path, watched: bool) -> None:
        state = self._context.window_state
        others = [path for path in state.paths(_WATCHED) if path != folder]
        state.set_paths(_WATCHED, [*others, folder] if watched else others)
        self._follow()

    def _follow(self) -> None:
        """Watch those of the shown folders that the user chose."""
        chosen = self._context.window_state.paths(_WATCHED)
        watched = tuple(folder for folder in self._shown or () if folder in chosen)
        if watched != self._watched:
            self._watched = watched
            self._begin()

    def _renew(self, started: Started) -> None:
        """Begin anew if the settings choose other files now; else what came still waits."""
        if self._skips_hidden != started.context.settings.skip_hidden_folders:
            self._begin()

    def _begin(self) -> None:
        """Begin anew, with the settings as they are now."""
        opened = self._context.controller.opened
        self._watch, self._away, self._noticed = None, (), ()
        if self._watched and opened is not None:
            pipeline, started = opened
            self._watch = pipeline.folder_watch(self._watched, context=started.context)
            self._skips_hidden = started.context.settings.skip_hidden_folders
            self._is_first_look = True
            self._timer.start(_SOON_MS)
        else:
            self._timer.stop()
            self._notices.follow(())
        self._say()

    def _say(self) -> None:
        self._label.setVisible(bool(self._watched))
        n_folders = len(self._watched)
        text = self.tr("Watching 1 folder") if n_folders == 1 else ""
        text = text or self.tr("Watching {n} folders").format(n=n_folders)
        if self._away:
            text = self.tr("{watching} (not available: {n})").format(
                watching=text, n=len(self._away)
            )
        self._label.setText(text)
        lines = [*map(self._folder_text, self._watched), self._explanation()]
        self._label.setToolTip(tooltip("\n".join(lines)))

    def _folder_text(self, folder: Path) -> str:
        text = self.tr("{folder} (not available: it is waited for)")
        return (text if folder in self._away else "{folder}").format(folder=path_text(folder))

    def _explanation(self) -> str:
        return self.tr("New tracks are analysed once they are complete. Nothing is written.")

    # Looking

    def _on_ended(self, outcome: JobOutcome) -> None:
        """Leave what is there alone from now on if the user stopped its analysis."""
        if outcome.task is Task.ANALYSE:
            self._was_stopped = not outcome.completed
            if self._was_stopped:
                self._begin()

    def _look_soon(self) -> None:
        if self._watch is not None:
            self._go_on_in(self._soon_ms)

    def _go_on_in(self, pause_ms: int) -> None:
        """Go on after a pause, or at an earlier time that was asked for."""
        if not self._timer.isActive() or self._timer.remainingTime() > pause_ms:
            self._timer.start(pause_ms)

    def _go_on(self) -> None:
        """Have heard what was noticed, or look again, if nothing else is going on."""
        review = self._context.review
        if self._is_looking or not self._is_free():
            self._timer.start(_SOON_MS)
            return
        news = [
            file.path for file in self._noticed if is_news(review.row_at(file.path), file.stamp)
        ]
        self._noticed = ()
        if news:
            self._context.controller.analyse_files(news, noticed=True)
            self._timer.start(_SOON_MS)
        elif self._watch is not None:
            self._is_looking = True
            look = partial(
                _look, self._watch, self._watched, known=self._known(), cancel=self._cancel
            )
            self._looks.run(look, then=partial(self._on_looked, self._watch))

    def _known(self) -> tuple[Row, ...] | None:
        """Return what the next look knows of files; None: whatever is there is no news.

        What the first look meets was heard when its folder was opened, unless it came or changed
        since.
        """
        if not self._is_first_look:
            return ()
        return None if self._was_stopped else tuple(self._context.review.model.rows())

    def _is_free(self) -> bool:
        """Return whether nothing runs, and no dialog is open whose answer may start a job."""
        return not self._context.is_busy() and QApplication.activeModalWidget() is None

    def _on_looked(self, watch: FolderWatch, seen: _Seen) -> None:
        self._is_looking = False
        if watch is not self._watch:  # others are watched by now
            return
        self._is_first_look = False
        self._noticed, self._away = seen.came, seen.away
        self._say()
        self._notices.follow(seen.to_follow)
        self._soon_ms = max(_SOON_MS, round(1000 * _PAUSES_AFTER_NOTICE * seen.took_s))
        self._go_on_in(0 if self._noticed else round(1000 * seen.pause_s))

    def _on_failed(self, error: BaseException) -> None:
        """Watch no more after a bug, and tell of it."""
        self._is_looking = False
        self._watched = ()
        self._begin()
        self._context.controller.failed.emit(error)

    def close(self) -> None:
        """Stop looking; the folders are remembered."""
        self._timer.stop()
        self._watch = None
        self._cancel.set()
        self._looks.shutdown()


def _look(
    watch: FolderWatch,
    roots: tuple[Path, ...],
    *,
    known: tuple[Row, ...] | None,
    cancel: threading.Event,
) -> _Seen:
    """Return what a look at the folders `roots` means for the window; off its thread."""
    look = watch.look(cancel)
    return _Seen(
        came=() if known is None else _came(look.settled, known),
        away=tuple(failure.path for failure in look.failures if failure.path in roots),
        to_follow=folders_to_follow(look.folders, roots),
        took_s=look.took_s,
        pause_s=look.pause_s,
    )


def _came(settled: tuple[FoundFile, ...], known: tuple[Row, ...]) -> tuple[FoundFile, ...]:
    """Return the files that are news beside `known`; what could not be read was tried just now."""
    rows = {row.path: row for row in known}
    unreadable = {row.path for row in known if row.track is None}
    return tuple(
        file
        for file in settled
        if file.path not in unreadable and is_news(rows.get(file.path), file.stamp)
    )
