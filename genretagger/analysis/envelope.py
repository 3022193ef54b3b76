"""How loud a track is over its whole length, decoded in a process of its own.

A damaged file may crash or hang the decoder: that costs the picture of this file only.
"""

from __future__ import annotations

import threading
from multiprocessing.sharedctypes import RawValue
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from genretagger.analysis.audio import decode_whole
from genretagger.analysis.processes import WorkerProcesses, outcome
from genretagger.core.errors import Cancelled, DecodeError
from genretagger.core.hearing import Envelope

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from numpy.typing import NDArray

N_BINS: Final = 800
_GIVE_UP_AFTER_S = 120  # a whole day of audio takes less
_FIRST_BIN: Final = 64  # samples, doubled as often as the length of the track asks for
_MOST_BINS: Final = 8 * N_BINS
_SILENT_BELOW: Final = 1e-4  # -80 dB relative to full scale

# The number of the file that is wanted now, shared with this worker process by `_prepare`.
_wanted: Any = None


def envelope(path: Path, *, go_on: Callable[[], bool] = lambda: True) -> Envelope:
    """Return how loud `path` is along its whole length; it is decoded piece by piece.

    Parameters
    ----------
    go_on : Callable[[], bool]
        Asked between pieces; False ends the work.

    Raises
    ------
    DecodeError
        The file holds no audio that can be decoded.
    Cancelled
        `go_on` said so.
    """
    bins, n_samples, sample_rate_hz = _Bins(), 0, 1
    for samples, rate_hz in decode_whole(path):
        if not go_on():
            raise Cancelled
        sample_rate_hz = rate_hz
        n_samples += samples.size
        bins.add(samples)
    if not n_samples:
        raise DecodeError(path, "no-audio")
    return Envelope(_relative(bins.powers()), n_samples / sample_rate_hz)


class _Bins:
    """Mean squares of equal stretches, which grow so that there are never too many."""

    def __init__(self) -> None:
        self._size = _FIRST_BIN
        self._sums = np.zeros(_MOST_BINS, np.float64)
        self._n_full = 0
        self._rest = np.empty(0, np.float32)

    def add(self, samples: NDArray[np.float32]) -> None:
        """Take in samples that follow those before."""
        left = np.concatenate([self._rest, samples]) if self._rest.size else samples
        while (n_whole := left.size // self._size) > 0:
            n_taken = min(n_whole, _MOST_BINS - self._n_full)
            taken = left[: n_taken * self._size].astype(np.float64).reshape(n_taken, self._size)
            self._sums[self._n_full : self._n_full + n_taken] = np.square(taken).sum(axis=1)
            self._n_full += n_taken
            left = left[n_taken * self._size :]
            if self._n_full == _MOST_BINS:
                self._halve()
        self._rest = left

    def _halve(self) -> None:
        pairs = self._sums.reshape(-1, 2).sum(axis=1)
        self._sums[: pairs.size] = pairs
        self._n_full, self._size = pairs.size, 2 * self._size

    def powers(self) -> NDArray[np.float64]:
        """Return the mean square of at most `N_BINS` stretches of the same length."""
        full = self._sums[: self._n_full] / self._size
        if self._rest.size:
            full = np.append(full, np.square(self._rest.astype(np.float64)).mean())
        n_bins = min(N_BINS, full.size)
        edges = np.linspace(0, full.size, n_bins + 1).astype(int)
        powers: NDArray[np.float64] = np.add.reduceat(full, edges[:-1]) / np.diff(edges)
        return powers


def _relative(powers: NDArray[np.float64]) -> NDArray[np.float32]:
    levels = np.sqrt(powers)
    loudest = levels.max()
    return (levels / loudest if loudest > _SILENT_BELOW else np.zeros_like(levels)).astype(
        np.float32
    )


class EnvelopeReader:
    """Reads one envelope after the other in a process that the first one starts.

    `read` waits, so it belongs on a thread that may; `drop` and `stop` may be called from another.
    End it with `stop`.
    """

    def __init__(self) -> None:
        self._processes: WorkerProcesses | None = None
        self._number: Any = None  # shared with the process, made on the thread that asks first
        self._stopped = False
        self._lock = threading.Lock()  # no process is started behind the back of `stop`

    def read(self, path: Path) -> Envelope:
        """Return the envelope of `path`.

        Raises
        ------
        DecodeError
            The file holds no audio that can be decoded; or the process died or hung on it.
        Cancelled
            It was dropped meanwhile.
        """
        future = self._asked(path)
        try:
            return outcome(path, future, give_up_after_s=_GIVE_UP_AFTER_S)
        except DecodeError:
            if self._stopped:  # then it says how the process was ended
                raise Cancelled from None
            raise

    def _asked(self, path: Path) -> Future[Envelope]:
        with self._lock:
            if self._stopped:
                raise Cancelled
            if self._processes is None:
                self._number = RawValue("Q", 0)
                self._processes = WorkerProcesses(1, prepare=_prepare, args=(self._number,))
            self._number.value += 1
            return self._processes.submit(
                _in_worker, path, self._number.value, give_up_after_s=_GIVE_UP_AFTER_S
            )

    def pids(self) -> tuple[int, ...]:
        """Return the process that runs now, if there is one."""
        return () if self._processes is None else self._processes.pids()

    def drop(self) -> None:
        """Let go, soon, of the file that is read just now; nobody needs it any more."""
        if self._number is not None:
            self._number.value += 1

    def stop(self) -> None:
        """End the process at once, whatever it is at; nothing is read after that."""
        with self._lock:
            self._stopped = True
            self.drop()
            if self._processes is not None:
                self._processes.stop()


def _prepare(number: Any) -> None:
    global _wanted
    _wanted = number


def _in_worker(path: Path, number: int) -> Envelope:
    return envelope(path, go_on=lambda: bool(_wanted.value == number))
