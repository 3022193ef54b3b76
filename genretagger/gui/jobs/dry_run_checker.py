"""Finds out before a write which files it would refuse: off the GUI thread, beside jobs."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from genretagger.core.writes import WriteResult
from genretagger.gui.jobs.job_runner import Job, JobRunner

_LOG = logging.getLogger(__name__)


class DryRunChecker(QObject):
    """Runs one check at a time; a new check replaces a running one.

    It has a thread of its own, because the window is not busy meanwhile. A write has to wait for
    `barrier`, so that no file is open under it.
    """

    checked = Signal(object)  # tuple of WriteResult
    ended = Signal(object)  # True if all files were checked

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next: Job | None = None
        self._is_asked = False  # whether the running check is still to be reported
        self._runner = JobRunner(self)
        self._runner.reported.connect(self._on_reported)
        self._runner.failed.connect(self._on_failed)
        self._runner.finished.connect(self._on_finished)

    def check(self, job: Job) -> None:
        """Begin a check as soon as the one before has closed its file."""
        self.cancel()
        self._next = job
        self._go_on()

    def cancel(self) -> None:
        """Stop the check that runs, and report nothing more of it."""
        self._next, self._is_asked = None, False
        self._runner.cancel()

    def barrier(self) -> Callable[[], None]:
        """Return a function that waits, on another thread, until no file is open any more."""
        return self._runner.barrier()

    def shutdown(self) -> None:
        """Stop and wait; call when the window closes."""
        self.cancel()
        self._runner.shutdown()

    def _go_on(self) -> None:
        if self._next is not None and not self._runner.is_running():
            job, self._next = self._next, None
            self._is_asked = True
            self._runner.start(job)

    def _on_reported(self, events: tuple[object, ...]) -> None:
        results = tuple(event for event in events if isinstance(event, WriteResult))
        if results and self._is_asked:
            self.checked.emit(results)

    def _on_failed(self, error: BaseException) -> None:
        _LOG.error("files could not be checked before a write", exc_info=error)

    def _on_finished(self, completed: bool) -> None:
        is_asked, self._is_asked = self._is_asked, False
        if is_asked:
            self.ended.emit(completed)
        self._go_on()
