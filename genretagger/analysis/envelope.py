"""How loud a track is over its whole length, decoded in a process of its own.

A damaged file may crash or hang the decoder: that costs the picture of this file only.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.sharedctypes import RawValue
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from pebble import ProcessExpired, ProcessPool

from genretagger.analysis.audio import decode_whole
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

# The number of the file that is wanted now, shared with this worker process by `_start_worker`.
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
        self._pool: ProcessPool | None = None
        self._future: Future[Envelope] | None = None  # of what is read just now
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
            return future.result()
        except FutureTimeoutError as error:
            raise DecodeError(path, "decoder-hung", seconds=_GIVE_UP_AFTER_S) from error
        except (ProcessExpired, BrokenProcessPool) as error:
            if self._stopped:
                raise Cancelled from error
            raise DecodeError(path, "decoder-crashed") from error
        except CancelledError as error:
            raise Cancelled from error

    def _asked(self, path: Path) -> Future[Envelope]:
        with self._lock:
            if self._stopped:
                raise Cancelled
            if self._number is None:
                self._number = RawValue("Q", 0)
            self._number.value += 1
            pool, number = self._running(), self._number.value
            future: Future[Envelope] = pool.schedule(
                _in_worker, args=(path, number), timeout=_GIVE_UP_AFTER_S
            )
            self._future = future
        return future

    def _running(self) -> ProcessPool:
        if self._pool is not None and not self._pool.active:
            self._pool.stop()  # pebble gives up when a process dies while it has nothing to do
            self._pool.join()
            self._pool = None
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=1,
                initializer=_start_worker,
                initargs=(self._number,),
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool

    def drop(self) -> None:
        """Let go, soon, of the file that is read just now; nobody needs it any more."""
        if self._number is not None:
            self._number.value += 1

    def stop(self) -> None:
        """End the process at once, whatever it is at; nothing is read after that."""
        with self._lock:
            self._stopped = True
            self.drop()
            if self._pool is not None:
                self._pool.stop()
                self._pool.join()
            if self._future is not None:  # pebble forgets one that no process has taken yet
                self._future.cancel()


def _start_worker(number: Any) -> None:
    """Leave Ctrl-C to the parent, which ends its workers itself."""
    global _wanted
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _wanted = number


def _in_worker(path: Path, number: int) -> Envelope:
    return envelope(path, go_on=lambda: bool(_wanted.value == number))
