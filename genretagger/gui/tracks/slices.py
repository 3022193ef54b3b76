"""Long work on the GUI thread in slices, between which the window paints and hears the user."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import islice
from time import perf_counter
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
# Work yields how many of how many rows are done, wherever the window may have a turn.
Work = Generator[tuple[int, int], None, _Answer]
# The first slice: deciding on so many rows takes 5 to 15 ms (benchmarks/large_library.py).
ROWS_PER_SLICE = 500
# The later ones fill a turn of the event loop. A short turn costs as much beside its rows as a
# long one, and one of more than 100 ms is felt: Nielsen, Usability Engineering (1993), chapter 5.
_TURN_S = 0.02
_FEWEST, MOST_ROWS = 100, 4000


def cut(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Yield all of `items` in slices that fill a turn each; none at all is one empty slice."""
    rest, n_left, size = iter(items), len(items), ROWS_PER_SLICE
    while True:
        begun = perf_counter()
        yield list(islice(rest, size))
        n_left -= size
        if n_left <= 0:
            return
        fitting = int(size * _TURN_S / max(perf_counter() - begun, _TURN_S / 2))
        size = min(max(fitting, _FEWEST), MOST_ROWS)


class SliceRunner(QObject):
    """Does one work after the other, a slice in each turn of the event loop.

    The first slice is done at once if nothing else waits: what fits into it is over when `run`
    returns, and the runner was never busy.
    """

    progressed = Signal(int, int)  # how many of how many rows are done
    busy_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[Work[Any], Callable[[Any], None]]] = deque()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._step)

    def is_busy(self) -> bool:
        """Return whether work goes on after the present turn of the event loop."""
        return self._timer.isActive()

    def run(self, work: Work[_Answer], *, then: Callable[[_Answer], None]) -> None:
        """Do `work` after all that waits; `then` gets what it returns, once it is over."""
        self._waiting.append((work, then))
        if len(self._waiting) == 1:
            self._step()
            if self._waiting and not self._timer.isActive():
                self._timer.start()
                self.busy_changed.emit()

    def stop(self) -> None:
        """Drop what is not done yet; what is done stays."""
        for work, _ in self._waiting:
            work.close()
        self._waiting.clear()
        self._rest()

    def _step(self) -> None:
        work, then = self._waiting[0]
        try:
            done, total = next(work)
        except StopIteration as end:
            self._waiting.popleft()
            self._rest()
            then(end.value)
        except BaseException:
            self._waiting.popleft()
            self._rest()
            raise
        else:
            self.progressed.emit(done, total)

    def _rest(self) -> None:
        """Stop the timer if nothing waits."""
        if not self._waiting and self._timer.isActive():
            self._timer.stop()
            self.busy_changed.emit()
