"""The loudness of a track along its whole length, from the power of all channels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.audio.joining import join_frames
from genretagger.analysis.audio.mixing import limit_samples, read_channels
from genretagger.core.errors import Cancelled

if TYPE_CHECKING:
    from genretagger.analysis.audio.source import AudioSource

SILENT_BELOW: Final = 1e-4  # -80 dB relative to full scale
_FIRST_BIN: Final = 64  # samples; doubles while a track has more than _MOST_BINS
_MOST_BINS: Final = 6400
_BLOCK_S: Final = 0.25  # a constant offset is measured over this: below 4 Hz there is no music
# An offset with less than this share of a block's power does not matter, and subtracting it would
# be wrong where sound ends.
_MOSTLY: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Loudness:
    """The mean square of equal stretches of a track; the last one may be shorter.

    powers : np.ndarray [float64, shape=(n_bins,)]   of the samples of all channels, >= 0, without
        a dominant constant offset, which is inaudible
    bin_s : length of a stretch
    """

    powers: NDArray[np.float64]
    bin_s: float
    duration_s: float


def measure_loudness(
    source: AudioSource, *, go_on: Callable[[], bool] = lambda: True
) -> Loudness | None:
    """Return the loudness of `source` along its whole length, None if nothing can be decoded.

    Parameters
    ----------
    go_on : Callable[[], bool]
        Called between pieces; False ends the work.

    Raises
    ------
    Cancelled
        `go_on` returned False.
    """
    bins, n_samples, sample_rate_hz = _Bins(), 0, 0
    for power, rate_hz in _powers(source):
        if not go_on():
            raise Cancelled
        sample_rate_hz = rate_hz
        n_samples += power.size
        bins.add(power)
    if not n_samples:
        return None
    return Loudness(bins.means(), bins.size / sample_rate_hz, n_samples / sample_rate_hz)


def _powers(source: AudioSource) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Yield the mean square of the channels at each sample, and the sample rate."""
    sample_rate_hz = 0
    for samples, rate_hz in _blocks(source):
        sample_rate_hz = sample_rate_hz or rate_hz
        power = _power(samples)
        offset = samples.mean(axis=1, keepdims=True)
        if np.square(offset).mean() > _MOSTLY * power.mean():
            power = _power(samples - offset)
        if rate_hz != sample_rate_hz:  # the rate changed within the stream
            n_samples = round(power.size * sample_rate_hz / rate_hz)
            power = power[np.arange(n_samples) * power.size // max(1, n_samples)]
        yield power, sample_rate_hz


def _power(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    power: NDArray[np.float32] = np.einsum("cn,cn->n", samples, samples) / np.float32(len(samples))
    return power


def _blocks(source: AudioSource) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Yield blocks of `_BLOCK_S` or a little more, one row per channel, and their sample rate."""
    for frame in join_frames(source.frames(0.0), at_least_s=_BLOCK_S):
        yield limit_samples(np.ascontiguousarray(read_channels(frame))), frame.sample_rate


class _Bins:
    """Sums over equal stretches; these grow with the track, so that there are never too many."""

    def __init__(self) -> None:
        self.size = _FIRST_BIN
        self._sums = np.zeros(_MOST_BINS, np.float64)
        self._n_full = 0
        self._rest = np.empty(0, np.float32)

    def add(self, values: NDArray[np.float32]) -> None:
        """Add values that follow the earlier ones."""
        left = np.concatenate([self._rest, values]) if self._rest.size else values
        while (n_whole := left.size // self.size) > 0:
            n_taken = min(n_whole, _MOST_BINS - self._n_full)
            taken = left[: n_taken * self.size].reshape(n_taken, self.size)
            sums = taken.sum(axis=1, dtype=np.float64)
            self._sums[self._n_full : self._n_full + n_taken] = sums
            self._n_full += n_taken
            left = left[n_taken * self.size :]
            if self._n_full == _MOST_BINS:
                self._halve()
        self._rest = left

    def _halve(self) -> None:
        pairs = self._sums.reshape(-1, 2).sum(axis=1)
        self._sums[: pairs.size] = pairs
        self._n_full, self.size = pairs.size, 2 * self.size

    def means(self) -> NDArray[np.float64]:
        """Return the mean of each stretch."""
        means = self._sums[: self._n_full] / self.size
        if self._rest.size:
            means = np.append(means, self._rest.mean(dtype=np.float64))
        return means
