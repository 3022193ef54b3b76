"""Changes that happen to real files: coding, level, bandwidth, channels, cuts.

A transform takes the samples of a whole track, mono at its own rate, and writes a new file, which
the application decodes like any other. Knows no models.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genretagger.sample.encoding import (
    AAC_96,
    FLAC,
    MP3_32,
    MP3_64,
    MP3_96,
    OPUS_64,
    Coding,
)
from genretagger.training.data.audio_files import write_audio

SampleChange = Callable[[NDArray[np.float64], int], NDArray[np.float64]]

_CLIP_DB: Final = 12.0
# A tail of 10 ms, 12 dB below the direct sound: it sounds wide and is not heard as an echo.
_TAIL_S: Final = 0.01
_TAIL_DB: Final = -12.0


@dataclass(frozen=True, slots=True)
class Transform:
    """A change of the samples of a file, then a coding."""

    name: str
    change: SampleChange
    coding: Coding = FLAC

    def write(self, samples: NDArray[np.float32], path: Path, *, sample_rate_hz: int) -> Path:
        """Write the changed `samples` to `path` plus name and suffix; return the path."""
        changed = self.change(samples.astype(np.float64), sample_rate_hz).astype(np.float32)
        target = path.with_name(f"{path.name}.{self.name}{self.coding.suffix}")
        return write_audio(target, changed, sample_rate_hz=sample_rate_hz, coding=self.coding)


def _same(samples: NDArray[np.float64], _rate_hz: int) -> NDArray[np.float64]:
    return samples


def _softer(decibels: float) -> SampleChange:
    return lambda samples, _: samples * 10 ** (-decibels / 20)


def _clipped(samples: NDArray[np.float64], _rate_hz: int) -> NDArray[np.float64]:
    """Return `samples` amplified by 12 dB, clipped, and turned down again."""
    gain = 10 ** (_CLIP_DB / 20)
    return np.clip(samples * gain, -1, 1) / gain


def _low_pass(cutoff_hz: float) -> SampleChange:
    """Return a brick-wall filter on the spectrum of the whole track; coders are hardly gentler."""

    def change(samples: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
        spectrum = np.fft.rfft(samples)
        spectrum[np.fft.rfftfreq(samples.size, 1 / rate_hz) > cutoff_hz] = 0
        return np.fft.irfft(spectrum, samples.size)

    return change


def _doubled(samples: NDArray[np.float64], _rate_hz: int) -> NDArray[np.float64]:
    return np.stack([samples, samples])


def _widened(samples: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    """Return two channels, the right one with a short tail of its own.

    The usual pair x + s, x - s would be x again when the application mixes it down.
    """
    tail = np.random.default_rng(0).standard_normal(round(_TAIL_S * rate_hz))
    tail *= np.exp(-4 * np.arange(tail.size) / tail.size)
    tail *= 10 ** (_TAIL_DB / 20) / np.sqrt(np.sum(tail**2))
    tail[0] += 1
    return np.stack([samples, np.convolve(samples, tail)[: samples.size]])


def _third(index: int) -> SampleChange:
    def change(samples: NDArray[np.float64], _rate_hz: int) -> NDArray[np.float64]:
        length = samples.size // 3
        return samples[index * length : (index + 1) * length]

    return change


IDENTITY: Final = Transform("flac-mono", _same)
# The embedding hears nothing above 8 kHz, so the usual low-pass of MP3 coders at 16 kHz would not
# change its input. These cut into what it hears: a file sampled at 16 kHz, and one of a telephone.
TRANSFORMS: Final = (
    IDENTITY,
    Transform("mp3-96k", _same, MP3_96),
    Transform("aac-96k", _same, AAC_96),
    Transform("opus-64k", _same, OPUS_64),
    Transform("low-pass-7.5kHz", _low_pass(7500)),
    Transform("low-pass-4kHz", _low_pass(4000)),
    Transform("10dB-softer", _softer(10)),
    Transform("20dB-softer", _softer(20)),
    Transform("clipped-12dB", _clipped),
    Transform("stereo-same", _doubled),
    Transform("stereo-wide", _widened),
    Transform("first-third", _third(0)),
    Transform("middle-third", _third(1)),
    Transform("last-third", _third(2)),
)

# The lowest bit rates at which music is still found; it must be recognised as music.
LOW_BIT_RATES: Final = (Transform("mp3-32k", _same, MP3_32), Transform("mp3-64k", _same, MP3_64))
