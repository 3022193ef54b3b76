"""Reads the loudness of a track over its whole length, in a separate process.

If a damaged file crashes or hangs the decoder, only this file has no envelope.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing.sharedctypes import RawValue
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.audio import SILENT_BELOW, measure_loudness, open_source
from genretagger.analysis.processes import WorkerProcesses, wait_for_result
from genretagger.core.errors import Cancelled, DecodeError
from genretagger.core.predictions import Envelope

N_BINS: Final = 800
_GIVE_UP_AFTER_S = 120  # a whole day of audio takes less

# The number of the current request; the parent process shares it through `_prepare`.
_current: Any = None


def read_envelope(path: Path, *, go_on: Callable[[], bool] = lambda: True) -> Envelope:
    """Return the loudness of `path` along its whole length, decoding piece by piece.

    Parameters
    ----------
    go_on : Callable[[], bool]
        Called between pieces; False ends the work.

    Raises
    ------
    DecodeError
        The file has no decodable audio.
    Cancelled
        `go_on` returned False.
    """
    with open_source(path) as source:
        track = measure_loudness(source, go_on=go_on)
    if track is None:
        raise DecodeError(path, "no-audio")
    n_bins = min(N_BINS, track.powers.size)
    edges = np.linspace(0, track.powers.size, n_bins + 1).astype(int)
    powers = np.add.reduceat(track.powers, edges[:-1]) / np.diff(edges)
    return Envelope(_relative(powers), track.duration_s)


def _relative(powers: NDArray[np.float64]) -> NDArray[np.float32]:
    levels = np.sqrt(powers)
    loudest = levels.max()
    return (levels / loudest if loudest > SILENT_BELOW else np.zeros_like(levels)).astype(
        np.float32
    )


class EnvelopeReader:
    """Reads one envelope after the other, in a process that the first request starts.

    `read` blocks its thread; `drop` and `stop` may be called from another. Call `stop` in the end.
    """

    def __init__(self) -> None:
        self._processes: WorkerProcesses | None = None
        self._number: Any = None  # shared with the process; made with the first request
        self._stopped = False
        self._lock = threading.Lock()  # so that no process starts after `stop`

    def read(self, path: Path) -> Envelope:
        """Return the envelope of `path`.

        Raises
        ------
        DecodeError
            The file has no decodable audio, or the process died or hung on it.
        Cancelled
            `drop` or `stop` was called meanwhile.
        """
        future = self._submit(path)
        try:
            return wait_for_result(path, future)
        except DecodeError:
            if self._stopped:  # the error only says that the process was ended
                raise Cancelled from None
            raise

    def _submit(self, path: Path) -> Future[Envelope]:
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
        """Return the id of the running process, if there is one."""
        return () if self._processes is None else self._processes.pids()

    def drop(self) -> None:
        """Make `read` stop soon, because its envelope is no longer needed."""
        if self._number is not None:
            self._number.value += 1

    def stop(self) -> None:
        """End the process at once; later calls of `read` raise Cancelled."""
        with self._lock:
            self._stopped = True
            self.drop()
            if self._processes is not None:
                self._processes.stop()


def _prepare(number: Any) -> None:
    global _current
    _current = number


def _in_worker(path: Path, number: int) -> Envelope:
    return read_envelope(path, go_on=lambda: bool(_current.value == number))
