"""The progress bar: the share of a job that is done, and the time left."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from genretagger.core.events import Progress, Stage

# Estimates from less than this would fluctuate.
_LEAST_S = 3.0
_WIDTH_CHARACTERS, _LEAST_CHARACTERS = 36, 24
_MINUTE_S = 60
_HOUR_S = 3600


class RemainingTime:
    """Estimates the time left for a stage from its pace so far.

    Parameters
    ----------
    clock : Callable[[], float]
        A monotonic clock in seconds; tests pass their own.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stage: Stage | None = None
        self._from = (0.0, 0)

    def update(self, progress: Progress) -> float | None:
        """Return the seconds left, None while there is no estimate."""
        now = self._clock()
        if progress.stage != self._stage:
            self._stage, self._from = progress.stage, (now, progress.done)
        begun_at, done_then = self._from
        elapsed, done = now - begun_at, progress.done - done_then
        if elapsed < _LEAST_S or done < 1 or progress.total <= progress.done:
            return None
        return elapsed / done * (progress.total - progress.done)


class JobProgressBar(QProgressBar):
    """Shows the progress of one job; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progressBar")
        self.setAccessibleName(self.tr("Progress"))
        self._fit()
        self._remaining = RemainingTime()
        self.hide()

    def _fit(self) -> None:
        """Take as much width as its texts need."""
        character = self.fontMetrics().averageCharWidth()
        self.setMinimumWidth(character * _LEAST_CHARACTERS)
        self.setMaximumWidth(character * _WIDTH_CHARACTERS)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def begin(self) -> None:
        """Show that a job has begun; its progress is not known yet."""
        self._remaining = RemainingTime()
        self.setRange(0, 0)
        self.show()

    def forget_pace(self) -> None:
        """Estimate the time left anew, because the job rested."""
        self._remaining = RemainingTime()

    def end(self) -> None:
        """Hide the bar, because the job is over."""
        self.setRange(0, 1)
        self.hide()

    def tell(self, progress: Progress) -> None:
        """Show the progress of the job; without a known total, only that it is busy."""
        left_s = self._remaining.update(progress)
        # Qt repaints a changed value at once and, with it, all of the window that waits for that.
        self.setUpdatesEnabled(False)
        self.setRange(0, progress.total)
        self.setValue(progress.done)
        self.setFormat(self._text(progress, left_s))
        self.setUpdatesEnabled(True)

    def _text(self, progress: Progress, left_s: float | None) -> str:
        text = self.tr("{done} of {total}")
        if left_s is not None:
            text = self.tr("{done} of {total} · {time} left")
        time_left = "" if left_s is None else self._time_text(left_s)
        return text.format(done=progress.done, total=progress.total, time=time_left)

    def _time_text(self, seconds: float) -> str:
        if seconds < _MINUTE_S:
            return self.tr("under a minute")
        if seconds < _HOUR_S:
            return self.tr("about {n} min").format(n=round(seconds / _MINUTE_S))
        hours, rest = divmod(round(seconds / _MINUTE_S), _MINUTE_S)
        return self.tr("about {hours} h {minutes} min").format(hours=hours, minutes=rest)
