"""Mixes the channels of decoded frames to mono, and detects channels that cancel each other.

Tracks are heard as the mean of all channels; if the channels cancel each other, as one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import av
import numpy as np
from numpy.typing import NDArray

from genretagger.analysis.audio.joining import Shape, shape_of

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

# As steep as the filter that the embedding was trained with. FFmpeg's default passes more just
# below 8 kHz, which changes the outputs of the embedding (docs/model.md).
_RESAMPLING = {"filter_size": "64", "cutoff": "0.95"}
# Files of floats may exceed full scale; samples beyond this are damaged, and would overflow.
_SAMPLE_LIMIT: Final = 8.0
# So much audio behind the last sample of a result affects it, at most: 32 values of the filter, at
# the sample rate of the file or of the result, whichever is lower, for 8 kHz and more.
FILTER_REACH_S: Final = 0.005
_MOST_PLANES: Final = 7  # with eight planes, PyAV 18 reads one too many, and crashes
# The energy of the mix, for all frequencies and for the bass, relative to a mix of uncorrelated
# channels: for two equally loud channels, 1 plus their correlation. With one channel inverted and
# 1.1 ms late, 24 clips of GTZAN keep 0.2 to 1.5 of all, and most 0.1 to 0.3 of the bass.
_CANCELLED_BELOW: Final = np.array([0.2, 0.35])
_CANCELLED_SHARE: Final = 0.05  # of a track's energy; less may be an effect, or a record's rumble
# FFmpeg leaves the low-frequency channel out of a mix. If all other channels are softer by 50 dB,
# it is the only audible one.
_ALL_BUT_LFE: Final = 1e-5
_BLOCK_S: Final = 3.0
_STRETCH: Final = 1024  # samples
_ONE_STRETCH_IN: Final = 8  # is measured, which is cheap and accurate enough
_BASS_HZ: Final = 300  # channels are averaged to this rate, which keeps mostly what is below 130 Hz


class Resampler:
    """FFmpeg's resampler to float32, made anew where the stream changes its parameters.

    Parameters
    ----------
    channel : int or None
        The channel to hear, None for the mean of all.
    """

    def __init__(self, sample_rate_hz: int, *, channel: int | None = None) -> None:
        self._sample_rate_hz = sample_rate_hz
        self._channel = channel
        self._resampler: av.AudioResampler | None = None
        self._shape: Shape | None = None

    def feed(self, frame: AudioFrame) -> NDArray[np.float32]:
        """Return the samples that are ready after `frame`."""
        shape = shape_of(frame)
        done = np.empty(0, np.float32)
        if shape != self._shape:
            done = self.flush()
            self._shape = shape
            is_mix = self._channel is None
            self._resampler = av.AudioResampler(
                "fltp" if is_mix else "flt",
                "mono" if is_mix else frame.layout.name,
                self._sample_rate_hz,
                options=_RESAMPLING,
            )
        return np.concatenate([done, self._run(frame)])

    def flush(self) -> NDArray[np.float32]:
        """Return the samples that are still buffered."""
        return self._run(None)

    def _run(self, frame: AudioFrame | None) -> NDArray[np.float32]:
        if self._resampler is None:
            return np.empty(0, np.float32)
        pieces = [self._mono(out) for out in self._resampler.resample(frame)]
        return np.concatenate([np.empty(0, np.float32), *pieces])

    def _mono(self, frame: AudioFrame) -> NDArray[np.float32]:
        if self._channel is None:
            mix: NDArray[np.float32] = frame.to_ndarray()[0]
            return mix
        channels = read_channels(frame)
        samples: NDArray[np.float32] = channels[min(self._channel, len(channels) - 1)]
        return samples


def read_channels(frame: AudioFrame) -> NDArray[np.float32]:
    """Return the samples of a frame.

    Returns
    -------
    np.ndarray [float32, shape=(n_channels, n_samples)]
        Nominally in [-1, 1]; damaged files of floats still need `limit_samples`.
    """
    return _as_floats(_read_raw(frame))


def _read_raw(frame: AudioFrame) -> NDArray[Any]:
    """Return the samples in the type of the file [shape=(n_channels, n_samples)]."""
    n_channels = frame.layout.nb_channels
    if frame.format.is_planar and n_channels > _MOST_PLANES:
        packer = av.AudioResampler(frame.format.packed.name, frame.layout.name, frame.sample_rate)
        frame = packer.resample(frame)[0]
    raw: NDArray[Any] = frame.to_ndarray()
    return raw if frame.format.is_planar else raw.reshape(-1, n_channels).T


def _as_floats(raw: NDArray[Any]) -> NDArray[np.float32]:
    samples: NDArray[np.float32] = raw.astype(np.float32)
    if raw.dtype.kind != "f":
        samples *= np.float32(2.0 ** (1 - 8 * raw.dtype.itemsize))
    if raw.dtype.kind == "u":
        samples -= np.float32(1.0)
    return samples


def limit_samples(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Clip `samples` in place to finite numbers in [-8, 8], and return them."""
    np.nan_to_num(samples, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    np.clip(samples, -_SAMPLE_LIMIT, _SAMPLE_LIMIT, out=samples)
    return samples


class Mixdown:
    """Measures the energy of the channels of an excerpt and of their mix.

    It measures all frequencies, and the bass alone. If a channel is inverted and a little late, the
    bass cancels; in ordinary music the channels have the bass in common.

    Attributes
    ----------
    lfe : int or None
        Index of the low-frequency channel, None if there is none.
    """

    def __init__(self) -> None:
        self.lfe: int | None = None
        self._sample_rate_hz = 1
        self._held: list[NDArray[np.float32]] = []  # measured samples since the last block
        self._blocks: list[NDArray[np.float64]] = []

    def add(self, frame: AudioFrame) -> None:
        """Add a frame, the longer the better."""
        if frame.layout.nb_channels == 1:
            return
        samples = _as_floats(_thinned_out(_read_raw(frame)))
        if self._held and samples.shape[0] != self._held[0].shape[0]:
            self._end_block()
        names = [channel.name for channel in frame.layout.channels]
        self.lfe = names.index("LFE") if "LFE" in names else None
        self._sample_rate_hz = frame.sample_rate
        self._held.append(samples)
        n_held = sum(samples.shape[1] for samples in self._held)
        if _ONE_STRETCH_IN * n_held >= _BLOCK_S * self._sample_rate_hz:
            self._end_block()

    def _end_block(self) -> None:
        samples = limit_samples(np.ascontiguousarray(np.concatenate(self._held, axis=1)))
        size = max(1, self._sample_rate_hz // _BASS_HZ)
        n_bass = samples.shape[1] // size
        bass = samples[:, : n_bass * size].reshape(len(samples), n_bass, size).mean(axis=2)
        self._blocks.append(np.stack([_energies(samples), size * _energies(bass)]))
        self._held = []

    def blocks(self) -> list[NDArray[np.float64]]:
        """Return the energies of blocks of a few seconds.

        Returns
        -------
        list of np.ndarray [float64, shape=(2, n_channels + 1)]
            For all frequencies and for the bass: the energy of the mix, then of each channel.
        """
        if self._held:
            self._end_block()
        return self._blocks


def _thinned_out(samples: NDArray[Any]) -> NDArray[Any]:
    """Return one stretch of `samples` in a few, evenly spread; all if there are too few."""
    group = _ONE_STRETCH_IN * _STRETCH
    n_groups = samples.shape[1] // group
    if n_groups == 0:
        return samples
    stretches = samples[:, : n_groups * group].reshape(len(samples), n_groups, group)
    return stretches[:, :, :_STRETCH].reshape(len(samples), -1)


def _energies(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    with_mix = np.vstack([samples.mean(axis=0), samples])
    energies: NDArray[np.float32] = np.einsum("cn,cn->c", with_mix, with_mix)
    return energies.astype(np.float64)


def channel_to_hear(mixdowns: Sequence[Mixdown]) -> int | None:
    """Return the channel to hear in a track with these excerpts, None for the mix.

    If the mix loses nearly all energy in a part of the track, the loudest channel is heard in the
    whole track, because excerpts must be mixed alike to be comparable.
    """
    blocks = [block for mixdown in mixdowns for block in mixdown.blocks()]
    if not blocks:
        return None
    total = 0.0
    cancelled = np.zeros(2)
    for block in blocks:
        of_channels = block[:, 1:].sum(axis=1)
        is_lost = block[:, 0] < _CANCELLED_BELOW * of_channels / (block.shape[1] - 1) ** 2
        total += of_channels[0]
        cancelled += np.where(is_lost, of_channels, 0.0)
    n_channels = max(block.shape[1] for block in blocks) - 1
    loudness = np.zeros(n_channels)
    for block in blocks:
        loudness[: block.shape[1] - 1] += block[0, 1:]
    if cancelled.max() > _CANCELLED_SHARE * total:
        return int(np.argmax(loudness))
    lfes = {mixdown.lfe for mixdown in mixdowns} - {None}
    return next((lfe for lfe in lfes if total - loudness[lfe] < _ALL_BUT_LFE * total), None)
